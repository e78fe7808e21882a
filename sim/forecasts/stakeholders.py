"""What collective-choice models take in: where actors stand, how much they care, what they can bring to bear."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.foundations import Floats, ShapeError


@dataclass(frozen=True)
class Stakeholders:
    """Positions, saliences and capabilities in a block of draws; the batch axis leads.

    position:   (B, A, I) where each actor stands on each issue, on any scale; nan where he takes no position
    salience:   (B, A, I) share of what he has that he brings to bear on the issue, 0..1; 0 counts for nothing
    capability: (B, A) what he could bring to bear at most, 0 or more, in any unit
    low, high:  (I,) ends of each issue's scale
    status_quo: (B, I) what stays in force if nothing is decided; nan where there is none to speak of

    Raises:  ShapeError if the arrays do not fit together
    Source:  input of the models since Bueno de Mesquita 1985, Int Stud Q 29:121-136, and Stokman & Van den Bos
             1992, Research in Politics and Society 4:219-253
    Example:
        >>> three = Stakeholders.of_issue([0, 4, 10], [1, 0.5, 1], [1, 1, 2])
        >>> three.draws, three.actors, three.issues, three.weight[0, :, 0].tolist()
        (1, 3, 1, [1.0, 0.5, 2.0])
    """

    position: Floats
    salience: Floats
    capability: Floats
    low: Floats
    high: Floats
    status_quo: Floats

    def __post_init__(self) -> None:
        draws, actors, issues = self.position.shape
        wanted = {
            "salience": (draws, actors, issues),
            "capability": (draws, actors),
            "low": (issues,),
            "high": (issues,),
            "status_quo": (draws, issues),
        }
        for name, shape in wanted.items():
            if getattr(self, name).shape != shape:
                raise ShapeError(f"{name} has shape {getattr(self, name).shape}, positions ask for {shape}")

    @classmethod
    def of_issue(
        cls,
        position: object,
        salience: object,
        capability: object,
        *,
        low: float | None = None,
        high: float | None = None,
        status_quo: float = np.nan,
    ) -> Stakeholders:
        """One issue in one draw, from a number for each actor; the scale runs over the positions if not given."""
        places = np.asarray(position, dtype=float)
        ends = (np.nanmin(places) if low is None else low, np.nanmax(places) if high is None else high)
        return cls(
            places[None, :, None],
            np.asarray(salience, dtype=float)[None, :, None],
            np.asarray(capability, dtype=float)[None, :],
            np.array([ends[0]], dtype=float),
            np.array([ends[1]], dtype=float),
            np.array([[status_quo]], dtype=float),
        )

    @property
    def draws(self) -> int:
        """How many draws there are."""
        return int(self.position.shape[0])

    @property
    def actors(self) -> int:
        """How many actors there are."""
        return int(self.position.shape[1])

    @property
    def issues(self) -> int:
        """How many issues there are."""
        return int(self.position.shape[2])

    @property
    def weight(self) -> Floats:
        """(B, A, I) capability times salience; 0 where no position is taken."""
        return np.where(np.isnan(self.position), 0.0, self.capability[:, :, None] * self.salience)

    def by_issue(self, values: Floats) -> Floats:
        """(B, A, I) -> (B * I, A): one row for each issue of each draw, for models that take issues one by one."""
        return np.asarray(np.moveaxis(values, 2, 1).reshape(self.draws * self.issues, self.actors))

    def together(self, rows: Floats) -> Floats:
        """(B * I, …) -> (B, I, …): the way back from ``by_issue``."""
        return np.asarray(rows.reshape(self.draws, self.issues, *rows.shape[1:]))
