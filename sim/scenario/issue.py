"""What the talks are about: issues and their levels, anchored by name."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Annotated, Any, Literal

import numpy as np
from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from sim.foundations import Floats, quantity
from sim.scenario.interval import MOST, within
from sim.scenario.level_range import LevelName, LevelRange, Levels
from sim.scenario.number_grid import NumberGrid, counted_points
from sim.scenario.quantity import Quantity


class NeededConsent(BaseModel):
    """Actors whose consent some levels of an issue need besides that of the signers."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    levels: Levels = Field(description="the levels: names, numbers, or a range of them")
    actors: tuple[str, ...] = Field(min_length=1, description="the actors whose consent they need")


class Issue(BaseModel):
    """One thing to be settled: ordered levels, a numeric range on a grid, or options without an order.

    Levels are anchored by name, those of a numeric issue by their number; what a level is called never tells it
    from another one, its index does. Positions on an ordered issue run from 0 (first level) to 1 (last level),
    equally spaced unless ``at`` places them.

    Source: position scales anchored at named levels (Thomson et al. 2006, DEU project).

    Example:
        >>> issue = Issue(kind="ordered", levels=["none", "some", "full"], status_quo="none")
        >>> issue.scale.tolist(), issue.status_quo_position
        ([0.0, 0.5, 1.0], 0.0)
        >>> price = Issue(kind="numeric", low=2.9e6, high=3.7e6, points=9, unit="USD", status_quo=3.2e6)
        >>> price.index(3_400_000), price.index("3.4e6"), price.key(5), price.names[5], float(price.values[5])
        (5, 5, '3400000', '3.4 M USD', 3400000.0)
        >>> price.indices([2.9e6, LevelRange(at_least=3.55e6)])
        (0, 7, 8)
    """

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)

    title: str = Field("", description="what people call it")
    kind: Literal["ordered", "numeric", "categorical"] = Field(
        "ordered", description="levels in an order, numbers from low to high, or options without an order"
    )
    levels: tuple[str, ...] = Field((), description="names of the levels, in their order if there is one")
    at: tuple[float, ...] | None = Field(None, description="place of each ordered level on its scale")
    low: float | None = Field(None, description="lowest number (numeric)")
    high: float | None = Field(None, description="highest number (numeric)")
    points: int | None = Field(
        None,
        ge=2,
        le=10**12,
        description="how many numbers from low to high are on offer; without points and step an issue is continuous, "
        "which is told in some hundreds of round steps",
    )
    step: float | None = Field(
        None, gt=0, description="instead of points: how far apart the numbers on offer are (numeric)"
    )
    unit: str = Field("", description="what a numeric issue is counted in")
    format: Literal["short", "full"] = Field(
        "short", description="how people are told large numbers: 3.42 M (short) or 3,420,000 (full)"
    )
    status_quo: LevelName = Field(description="the level while there is no deal")
    time_to_settle: Annotated[Quantity, within(0, MOST)] | None = Field(
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
    given: str | None = Field(
        None, description="the contingency under which the term holds: it is worth something only if that comes true"
    )
    unless: str | None = Field(None, description="the contingency under which the term does not hold")
    promise: bool = Field(False, description="a promise that may slide back, so that credibility matters")
    consent: dict[str, tuple[str, ...]] | tuple[NeededConsent, ...] = Field(
        default_factory=dict,
        description="actors whose consent a level needs besides the signers; for several levels, or a range of "
        'them, a list of { levels = …, actors = ["…"] }',
    )
    available: Levels | None = Field(None, description="levels on offer, or a range of them; all if left out")

    taken_away: tuple[str, ...] = Field(
        (),
        description="names of levels that an overlay takes out of `levels`, filled in as it is laid: no deal has them, "
        "but a headline and packages may go on naming them",
    )

    @field_validator("levels", mode="before")
    @classmethod
    def _named(cls, found: Any) -> Any:
        """Say once, rather than at each level, that levels are names."""
        if isinstance(found, list | tuple) and any(isinstance(level, int | float) for level in found):
            quoted = ", ".join(f'"{level}"' for level in found[:3]) + (", …" if len(found) > 3 else "")
            raise ValueError(
                f"levels are names, in quotes: [{quoted}]; "
                'for a number scale use kind = "numeric" with low, high and points'
            )
        return found

    @model_validator(mode="before")
    @classmethod
    def _fine(cls, found: Any) -> Any:
        """Count the points of a numeric issue that says how far apart they are, or nothing of it."""
        if not isinstance(found, dict) or found.get("kind") != "numeric":
            return found
        step, points = found.get("step"), found.get("points")
        ends = [one for one in (found.get("low"), found.get("high")) if isinstance(one, int | float)]
        if len(ends) < 2 or not all(map(math.isfinite, ends)) or ends[0] >= ends[1]:
            return found  # told below, as is a step that is none
        if points is not None if step is None else not isinstance(step, int | float) or step <= 0:
            return found
        counted = counted_points(float(ends[0]), float(ends[1]), step)
        if points is not None and points != counted:
            raise ValueError(f"step {step:.12g} makes {counted:,} points, not {points}: say one of both")
        return {**found, "points": counted}

    @model_validator(mode="after")
    def _consistent(self) -> Issue:
        if self.kind == "numeric":
            if self.low is None or self.high is None or self.points is None or self.levels:
                raise ValueError("a numeric issue needs low and high, and no levels; points or step say how fine it is")
            if self.grid.fault:
                raise ValueError(self.grid.fault)
            self._check_status_quo()
            return self
        if len(self.levels) < 2 or any(one is not None for one in (self.low, self.high, self.points, self.step)):
            raise ValueError(f"{self.kind} issues need two levels or more, and no low, high, points or step")
        if len(set(self.levels)) < len(self.levels):
            raise ValueError("two levels have the same name")
        if self.at is not None and (
            self.kind != "ordered"
            or len(self.at) != len(self.levels)
            or any(b <= a for a, b in zip(self.at, self.at[1:], strict=False))
        ):
            raise ValueError("`at` needs one increasing number for each level of an ordered issue")
        return self

    def _check_status_quo(self) -> None:
        """The status quo of a numeric issue is one of its levels, whatever is on offer besides."""
        found = _number(self.status_quo)
        if found is None:
            raise ValueError(f"status_quo of a numeric issue is a number, not {self.status_quo!r}")
        if self.grid.index(found) is None:
            around = " and ".join(self.grid.around(found))
            lies = "is none of the levels" if self.low <= found <= self.high else "lies outside the issue"  # type: ignore[operator]
            raise ValueError(
                f"status_quo {found:.12g} {lies} {self.low:.12g} to {self.high:.12g} in {self.points:,} points; "
                f"the nearest: {around}"
            )

    @cached_property
    def grid(self) -> NumberGrid:
        """The numbers of a numeric issue."""
        return NumberGrid(float(self.low or 0), float(self.high or 0), int(self.points or 2))

    @cached_property
    def keys(self) -> tuple[str, ...]:
        """(L,) what each level is called in files and data: its name, or its number written out."""
        return self.grid.keys if self.kind == "numeric" else self.levels

    def key(self, index: int) -> str:
        """What a level is called in files and data: its name, or its number written out."""
        return self.keys[index]

    @cached_property
    def names(self) -> tuple[str, ...]:
        """(L,) what people call each level: its name, or its number with its unit. No two are alike."""
        if self.kind != "numeric":
            return self.levels
        found = tuple(quantity(float(value), self.unit) for value in self.values)
        if self.format == "full" or len(set(found)) < len(found):
            return tuple(f"{_grouped(key)} {self.unit}".rstrip() for key in self.keys)
        return found

    @cached_property
    def values(self) -> Floats:
        """(L,) the number that each level of a numeric issue is; nan for named levels."""
        if self.kind != "numeric":
            return np.full(len(self.levels), np.nan)
        return np.array([float(key) for key in self.keys])

    @cached_property
    def scale(self) -> Floats:
        """(L,) place of every level on the issue's scale from 0 to 1; 0, 1, 2, ... for categorical ones."""
        if self.kind == "categorical":
            return np.arange(len(self.levels), dtype=float)
        marks = self._marks
        return np.asarray((marks - marks[0]) / (marks[-1] - marks[0]))

    @cached_property
    def status_quo_index(self) -> int:
        """The level while there is no deal."""
        return self.index(self.status_quo)

    @property
    def status_quo_key(self) -> str:
        """What the level while there is no deal is called in files and data."""
        return self.key(self.status_quo_index)

    @property
    def status_quo_position(self) -> float:
        """Place of the status quo on the issue's scale."""
        return float(self.scale[self.status_quo_index])

    @cached_property
    def offered(self) -> tuple[int, ...]:
        """Indices of the levels on offer."""
        if self.available is None:
            return tuple(range(len(self.scale)))
        return tuple(sorted(self.indices(self.available)))

    @cached_property
    def enforcement_by_level(self) -> Floats:
        """(L,) enforcement that each level brings."""
        found = np.zeros(len(self.scale))
        for level, amount in self.enforcement.items():
            found[self.index(level)] = amount
        return found

    @cached_property
    def consents(self) -> tuple[NeededConsent, ...]:
        """Whose consent which levels need, however it is written."""
        if not isinstance(self.consent, Mapping):
            return self.consent
        return tuple(NeededConsent(levels=(level,), actors=actors) for level, actors in self.consent.items() if actors)

    def index(self, level: LevelName) -> int:
        """The level of a name; of a numeric issue, the level that a number is, written as a number or as text.

        Raises:  KeyError if the issue has no such level
        """
        if self.kind == "numeric":
            number = _number(level)
            found = None if number is None else self.grid.index(number)
            if found is None:
                raise KeyError(level)
            return found
        if level not in self.levels:
            raise KeyError(level)
        return self.levels.index(str(level))

    def indices(self, chosen: Iterable[LevelName | LevelRange]) -> tuple[int, ...]:
        """All levels among some names, numbers and ranges, each once, in the order of the list.

        Raises:  KeyError for a level that the issue does not have
        """
        found: list[int] = []
        for item in chosen:
            found += self._between(item) if isinstance(item, LevelRange) else [self.index(item)]
        return tuple(dict.fromkeys(found))

    def _between(self, stretch: LevelRange) -> list[int]:
        first, last = (None if end is None else self.place(end) for end in stretch.ends)
        slack = self.grid.slack if self.kind == "numeric" else 1e-12
        low, high = -np.inf if first is None else first - slack, np.inf if last is None else last + slack
        return [int(index) for index in np.flatnonzero((self.scale >= low) & (self.scale <= high))]

    def knows(self, level: LevelName) -> bool:
        """Whether ``level`` names a level or lies on the issue's own scale of numbers."""
        if isinstance(level, str) and self.kind != "numeric":
            return level in self.levels
        number = _number(level)
        if number is None or self.kind == "categorical":
            return False
        return bool(self._marks[0] <= number <= self._marks[-1])

    @cached_property
    def _marks(self) -> Floats:
        return self.grid.marks if self.kind == "numeric" else np.asarray(self.at or range(len(self.levels)), float)

    def place(self, level: LevelName) -> float:
        """Convert the name of a level, or a number on the issue's own scale, to a place from 0 to 1.

        Raises:  KeyError if the issue has no such level
        """
        if isinstance(level, str) and self.kind != "numeric":
            return float(self.scale[self.index(level)])
        number = _number(level)
        if number is None:
            raise KeyError(level)
        marks = self._marks
        return float((number - marks[0]) / (marks[-1] - marks[0]))

    @property
    def span(self) -> float:
        """How long the issue's own scale is, in its unit; in levels where they have no numbers."""
        return 1.0 if self.kind == "categorical" else float(self._marks[-1] - self._marks[0])

    def mark(self, level: LevelName) -> float:
        """Convert a level, or a number on the issue's own scale, to a number on that scale.

        Raises:  KeyError if the issue has no such level
        """
        marks = self._marks
        return float(marks[0] + self.place(level) * (marks[-1] - marks[0]))


def _number(level: LevelName) -> float | None:
    """The finite number that a level is written as, or ``None``."""
    try:
        found = float(level)
    except (ValueError, OverflowError):
        return None
    return found if math.isfinite(found) else None


def _grouped(key: str) -> str:
    """A number written out, with its thousands apart.

    Example:
        >>> _grouped("3420000"), _grouped("-1234.5"), _grouped("1e-12")
        ('3,420,000', '-1,234.5', '1e-12')
    """
    whole, dot, rest = key.removeprefix("-").partition(".")
    sign = "-" if key.startswith("-") else ""
    return f"{sign}{int(whole):,}{dot}{rest}" if whole.isdecimal() else key
