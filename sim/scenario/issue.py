"""What the talks are about: issues and their levels, anchored by name."""

from __future__ import annotations

from functools import cached_property
from typing import Annotated, Any, Literal

import numpy as np
from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from sim.foundations import Floats
from sim.scenario.quantity import Quantity, within


def levels_as_names(found: Any, besides: str = "") -> Any:
    """Refuse numbers among the names of levels, saying how they are written.

    Example:
        >>> levels_as_names([20, "40"])
        Traceback (most recent call last):
        ...
        ValueError: levels are names, in quotes: ["20", "40"]
    """
    if isinstance(found, list | tuple) and any(isinstance(level, int | float) for level in found):
        quoted = ", ".join(f'"{level}"' for level in found[:3]) + (", …" if len(found) > 3 else "")
        raise ValueError(f"levels are names, in quotes: [{quoted}]" + (f"; {besides}" if besides else ""))
    return found


class Issue(BaseModel):
    """One thing to be settled: ordered levels, a numeric range on a grid, or options without an order.

    Levels are anchored by name; positions on an ordered issue run from 0 (first level) to 1 (last level),
    equally spaced unless ``at`` places them.

    Source: position scales anchored at named levels (Thomson et al. 2006, DEU project).

    Example:
        >>> issue = Issue(kind="ordered", levels=["none", "some", "full"], status_quo="none")
        >>> issue.scale.tolist(), issue.status_quo_position
        ([0.0, 0.5, 1.0], 0.0)
    """

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)

    title: str = Field("", description="what people call it")
    kind: Literal["ordered", "numeric", "categorical"] = "ordered"
    levels: tuple[str, ...] = Field((), description="names of the levels, in their order if there is one")
    at: tuple[float, ...] | None = Field(None, description="place of each ordered level on its scale")
    low: float | None = Field(None, description="lowest number (numeric)")
    high: float | None = Field(None, description="highest number (numeric)")
    points: int | None = Field(None, ge=2, description="how many numbers from low to high are on offer")
    unit: str = Field("", description="what a numeric issue is counted in")
    status_quo: str | float = Field(description="the level while there is no deal")
    time_to_settle: Annotated[Quantity, within(0, np.inf)] | None = Field(
        None, description="years from signature until this issue's settlement is in force"
    )
    root_cause_of: str | None = Field(
        None, description="the actor who claims that this issue is a cause of the conflict"
    )
    enforcement: dict[str, float] = Field(
        default_factory=dict, description="enforcement that each level brings, on a scale from 0"
    )
    follow_on: dict[str, Annotated[Quantity, within(0, 1, open_high=True)]] = Field(
        default_factory=dict,
        description="per level, the chance per year that talks under the deal turn it into the reference settlement",
    )
    promise: bool = Field(False, description="a promise that may slide back, so that credibility matters")
    consent: dict[str, tuple[str, ...]] = Field(
        default_factory=dict, description="actors whose consent a level needs besides the signers"
    )
    available: tuple[str | float, ...] | None = Field(None, description="levels on offer; all if left out")

    @field_validator("levels", mode="before")
    @classmethod
    def _named(cls, found: Any) -> Any:
        """Say once, rather than at each level, that levels are names."""
        return levels_as_names(found, 'for a number scale use kind = "numeric" with low, high and points')

    @model_validator(mode="after")
    def _consistent(self) -> Issue:
        if self.kind == "numeric":
            if self.low is None or self.high is None or self.points is None or self.levels:
                raise ValueError("a numeric issue needs low, high and points, and no levels")
            if self.low >= self.high:
                raise ValueError(f"low {self.low:g} must be below high {self.high:g}")
            if not isinstance(self.status_quo, int | float):
                raise ValueError(f"the status quo of a numeric issue is a number, not {self.status_quo!r}")
            if not self.low <= self.status_quo <= self.high:
                raise ValueError(f"status quo {self.status_quo:g} lies outside {self.low:g} to {self.high:g}")
            return self
        if len(self.levels) < 2 or self.low is not None or self.high is not None or self.points is not None:
            raise ValueError(f"{self.kind} issues need two levels or more, and no low, high or points")
        if len(set(self.levels)) < len(self.levels):
            raise ValueError("two levels have the same name")
        if self.at is not None and (
            self.kind != "ordered"
            or len(self.at) != len(self.levels)
            or any(b <= a for a, b in zip(self.at, self.at[1:], strict=False))
        ):
            raise ValueError("`at` needs one increasing number for each level of an ordered issue")
        return self

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Names of all levels; grid points of a numeric issue are named by their number."""
        if self.kind != "numeric":
            return self.levels
        return tuple(f"{point:.6g}" for point in self._grid)

    @property
    def _grid(self) -> Floats:
        return np.linspace(float(self.low or 0), float(self.high or 0), int(self.points or 2))

    @cached_property
    def scale(self) -> Floats:
        """(L,) place of every level on the issue's scale from 0 to 1; 0, 1, 2, ... for categorical ones."""
        if self.kind == "categorical":
            return np.arange(len(self.levels), dtype=float)
        marks = self._grid if self.kind == "numeric" else np.asarray(self.at or range(len(self.levels)), float)
        return np.asarray((marks - marks[0]) / (marks[-1] - marks[0]))

    @cached_property
    def status_quo_position(self) -> float:
        """Place of the status quo on the issue's scale."""
        return self.place(self.status_quo)

    @cached_property
    def offered(self) -> tuple[int, ...]:
        """Indices of the levels on offer."""
        if self.available is None:
            return tuple(range(len(self.names)))
        chosen = {self._name(level) for level in self.available}
        return tuple(index for index, name in enumerate(self.names) if name in chosen)

    def _name(self, level: str | float) -> str:
        return level if isinstance(level, str) else f"{level:.6g}"

    def knows(self, level: str | float) -> bool:
        """Whether ``level`` names a level or lies on the numeric scale."""
        if isinstance(level, str):
            return level in self.names
        if self.kind == "numeric":
            return float(self.low or 0) <= level <= float(self.high or 0)
        return self.kind == "ordered" and float(self._marks()[0]) <= level <= float(self._marks()[-1])

    def _marks(self) -> Floats:
        return self._grid if self.kind == "numeric" else np.asarray(self.at or range(len(self.levels)), float)

    def place(self, level: str | float) -> float:
        """Convert the name of a level, or a number on the issue's own scale, to a place from 0 to 1.

        Raises:  KeyError if the issue has no such level
        """
        if isinstance(level, str):
            if level not in self.names:
                raise KeyError(level)
            return float(self.scale[self.names.index(level)])
        marks = self._marks()
        return float((level - marks[0]) / (marks[-1] - marks[0]))
