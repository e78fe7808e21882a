"""Decisions that were taken: who wanted what, how much he cared, and what came of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from sim.forecasts import Stakeholders
from sim.foundations import Bools, Floats, InputError, Ints, Problem, ShapeError


@dataclass(frozen=True)
class Decision:
    """One decision on one issue or several that were decided together.

    name:       of the decision
    actors:     names
    issues:     names
    position:   (A, I) where each actor stood, on the scale of the issue; nan where he took no position
    salience:   (A, I) share of full salience, 0..1; nan or 0 counts for nothing
    capability: (A,) 0 or more, in any unit
    low, high:  (I,) ends of the scales
    status_quo: (I,) what would have stayed in force; nan where there was none to speak of
    outcome:    (I,) what was decided; nan where it is not known
    groups:     (I) entries of column -> what the issue is there, such as the rule by which it was voted on

    Raises:  ShapeError if the arrays do not fit together
    """

    name: str
    actors: tuple[str, ...]
    issues: tuple[str, ...]
    position: Floats
    salience: Floats
    capability: Floats
    low: Floats
    high: Floats
    status_quo: Floats
    outcome: Floats
    groups: tuple[Mapping[str, str], ...] = ()

    def __post_init__(self) -> None:
        actors, issues = len(self.actors), len(self.issues)
        wanted = {"position": (actors, issues), "salience": (actors, issues), "capability": (actors,)}
        wanted |= dict.fromkeys(("low", "high", "status_quo", "outcome"), (issues,))
        for name, shape in wanted.items():
            if getattr(self, name).shape != shape:
                raise ShapeError(f"{name} has shape {getattr(self, name).shape}, the names ask for {shape}")

    @property
    def takes_part(self) -> Bools:
        """(A, I) who has both a position and a salience, be it 0."""
        return np.asarray(~np.isnan(self.position) & ~np.isnan(self.salience))

    @property
    def span(self) -> Floats:
        """(I,) length of each scale, above 0."""
        return np.where(self.high > self.low, self.high - self.low, 1.0)

    def only(self, issues: Bools) -> Decision:
        """Some of its issues, and those who take part in any of them."""
        there = np.asarray(self.takes_part[:, issues].any(axis=1))
        return replace(
            self,
            actors=tuple(name for name, stays in zip(self.actors, there, strict=True) if stays),
            issues=tuple(name for name, stays in zip(self.issues, issues, strict=True) if stays),
            position=self.position[np.ix_(there, issues)],
            salience=self.salience[np.ix_(there, issues)],
            capability=self.capability[there],
            groups=tuple(group for group, stays in zip(self.groups, issues, strict=True) if stays),
            **{name: getattr(self, name)[issues] for name in ("low", "high", "status_quo", "outcome")},
        )

    def stakeholders(self, position: Floats | None = None, salience: Floats | None = None) -> Stakeholders:
        """What the forecasts take in: as it was coded, or in draws around it.

        Args:
            position, salience: (B, A, I) in place of those that were coded
        """
        position = self.position[None] if position is None else position
        salience = self.salience[None] if salience is None else salience
        there = self.takes_part
        draws = len(position)
        return Stakeholders(
            np.where(there, position, np.nan),
            np.where(there, salience, 0.0),
            np.repeat(self.capability[None], draws, axis=0),
            self.low,
            self.high,
            np.repeat(self.status_quo[None], draws, axis=0),
        )


@dataclass(frozen=True)
class DecisionSet:
    """Decisions of one file, with what was read into them.

    title:     of the file
    decisions: those that can be scored, each with the issues that can
    columns:   names of the groups that issues fall into
    left_out:  issues that have an outcome and cannot be scored
    notes:     how the file was read, in sentences
    """

    title: str
    decisions: tuple[Decision, ...]
    columns: tuple[str, ...]
    left_out: int = 0
    notes: tuple[str, ...] = ()

    @property
    def issues(self) -> int:
        """How many issues there are in all."""
        return sum(len(decision.issues) for decision in self.decisions)

    @property
    def outcome(self) -> Floats:
        """(N,) what was decided, in points of a scale of 100, one after the other."""
        return self.in_points([decision.outcome for decision in self.decisions])

    @property
    def cluster(self) -> Ints:
        """(N,) number of the decision that each issue belongs to."""
        return np.repeat(np.arange(len(self.decisions)), [len(decision.issues) for decision in self.decisions])

    def in_points(self, values: list[Floats]) -> Floats:
        """(N,) numbers by decision, each on the scale of its issue, in points of a scale of 100."""
        found = [
            100 * (each - one.low) / one.span for each, one in zip(values, self.decisions, strict=True)
        ]  # fmt: skip
        return np.concatenate(found) if found else np.zeros(0)

    def group(self, column: str) -> list[str]:
        """What each issue is in a column; empty where the file does not say."""
        return [group.get(column, "") for decision in self.decisions for group in decision.groups]


def scoreable(title: str, decisions: list[Decision], *, least: int = 3, notes: tuple[str, ...] = ()) -> DecisionSet:
    """Keep the issues that can be scored: an outcome, and enough actors with a position and a salience.

    Args:
        least: actors that an issue needs, 1 or more; one of them with a salience above 0 in any case
    Raises:  InputError where nothing is left
    """
    found, left_out = [], 0
    for decision in decisions:
        known = ~np.isnan(decision.outcome)
        there = decision.takes_part
        some = (np.where(there, decision.salience, 0.0) * decision.capability[:, None] > 0).any(axis=0)
        enough = known & (there.sum(axis=0) >= least) & some
        left_out += int((known & ~enough).sum())
        if enough.any():
            found.append(decision.only(enough))
    if not found:
        told = f"no issue has an outcome and {least} actors with a position and a salience"
        raise InputError(Problem(told, file=title))
    columns = dict.fromkeys(name for one in found for group in one.groups for name in group)
    return DecisionSet(title, tuple(found), tuple(columns), left_out, notes)
