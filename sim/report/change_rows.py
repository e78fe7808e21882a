"""Changes of states and outcomes from one answer to another, row by row, as a figure and JSON have them."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import xarray as xr

from sim.ensemble.headline_outcomes import is_condition
from sim.report.case_words import CaseWords
from sim.report.outcome_values import name_words
from sim.report.outcome_words import counted_in, is_share_of, mean_change_words, outcome_title, summary_words
from sim.runs.difference import Difference, Shares
from sim.runs.outcome_changes import OutcomeChange
from sim.words import POINTS, Vocabulary, capital, clear, percent, points
from sim.words.outcome_colors import outcome_colors

#: Names of one outcome that get a row each, those that change most.
_NAMES: Final = 3
#: Rows of shares of what is agreed; more would not be looked at.
_MOST: Final = 12
_STANDS: Final = "How things stand at the end"
_AGREED: Final = "What the case asks for, and terms"


@dataclass(frozen=True)
class ChangeRow:
    """One state, one level of an outcome or one number in two answers.

    of, name:      ``state`` or the outcome; which state or level, empty for numbers and conditions
    title:         what people call it
    panel, unit:   what it stands among; what it is counted in, "points" for shares
    change, error: second less first, and standard error of that, in the unit
    before, after, told: what it was and is, and the change, in words
    sure:          whether it is beyond chance
    size:          by which the largest is found: of shares the change, of numbers that relative to what they were
    color:         of its state; empty for others
    """

    of: str
    name: str
    title: str
    panel: str
    unit: str
    change: float
    error: float
    before: str
    after: str
    told: str
    sure: bool
    size: float
    color: str = ""


def state_rows(
    words: Vocabulary, before: Shares, after: Shares, change: Difference, *, least: float = 0.0
) -> tuple[ChangeRow, ...]:
    """Rows of the states that occur in either answer, in the order of the case.

    Args:
        least: change of a share from which on it is worth telling
    """
    colors = outcome_colors(words)
    found = []
    for name, spoken in words.states.items():
        one, two = before.share.get(name, 0.0), after.share.get(name, 0.0)
        moved, error = change.share.get(name, math.nan), change.error.get(name, math.nan)
        if not (one > 0 or two > 0) or math.isnan(moved):
            continue
        sure = bool(moved) and clear(moved, error) and abs(moved) >= least
        title = capital(spoken.row)
        found.append(_share("state", name, title, _STANDS, (moved, error, one, two), sure=sure, color=colors[name]))
    return tuple(found)


def outcome_rows(case: CaseWords, changes: Sequence[OutcomeChange]) -> tuple[ChangeRow, ...]:
    """Rows of outcomes that both answers have; of levels those that change most."""
    return tuple(row for one in changes if one.before.draws and one.after.draws for row in _rows(case, one))


def _rows(case: CaseWords, one: OutcomeChange) -> Iterator[ChangeRow]:
    title = outcome_title(case, one.of)
    if one.shares:
        proven = one.proven()
        for name in list(one.shares)[:_NAMES]:
            shares = (one.before.shares.get(name, 0.0), one.after.shares.get(name, 0.0))
            called = f"{title}: {name_words(case, one.of, name)}"
            values = (one.shares[name], one.errors[name], *shares)
            yield _share(one.of, name, called, _AGREED, values, sure=name in proven)
    elif math.isnan(one.change):
        return
    elif is_condition(one.of):
        values = (one.change, one.error, one.before.mean, one.after.mean)
        yield _share(one.of, "", title, _AGREED, values, sure=one.seen())
    else:
        part = is_share_of(one)
        unit, scale = (POINTS, 100.0) if part else counted_in(case, one.of)
        before, after = summary_words(case, one.before), summary_words(case, one.after)
        size = abs(one.change / one.before.mean) if one.before.mean and not part else abs(one.change)
        panel = _AGREED if part else f"On average ({unit})" if unit else title
        told = mean_change_words(case, one)
        yield ChangeRow(
            one.of, "", title, panel, unit, one.change * scale, one.error * scale, before, after,
            f"on average {told}" if part and one.moved else told, one.seen(), size,
        )  # fmt: skip


def _share(
    of: str,
    name: str,
    title: str,
    panel: str,
    values: tuple[float, float, float, float],
    *,
    sure: bool,
    color: str = "",
) -> ChangeRow:
    """A row of a share: its change with error, what it was and is."""
    change, error, before, after = values
    return ChangeRow(
        of, name, title, panel, POINTS, 100 * change, 100 * error, percent(before), percent(after),
        f"{points(change, error)} points", sure, abs(change), color,
    )  # fmt: skip


@dataclass(frozen=True)
class ChangesSaid:
    """What a figure of changes says besides its rows.

    title:  of the case or what is compared
    change: what is taken from what, as "the second run less the first"
    worlds: in which worlds, and whether they are the same
    values: what stands beside a row, as "before → after"
    """

    title: str
    change: str
    worlds: str
    values: str


def shown_changes(rows: Sequence[ChangeRow], said: ChangesSaid) -> xr.Dataset | None:
    """What the figure of them is drawn from; ``None`` where there is nothing to compare."""
    shown, moving = _shown(rows), _moving(rows)
    if not shown:
        return None
    return change_results(shown, said, len(moving) - len(shown), same=len(moving) < len(rows))


def _moving(rows: Sequence[ChangeRow]) -> list[ChangeRow]:
    """Rows that change at all; where none does, how things stand."""
    return [row for row in rows if row.change or row.error] or [row for row in rows if row.of == "state"]


def _shown(rows: Sequence[ChangeRow]) -> list[ChangeRow]:
    """Rows that have a place in the figure, panels in the order of the first of them."""
    moving = _moving(rows)
    agreed = sorted((row for row in moving if row.panel == _AGREED), key=lambda row: (not row.sure, -row.size))[:_MOST]
    return [row for row in moving if row.panel != _AGREED or row in agreed]


def change_results(
    rows: Sequence[ChangeRow], said: ChangesSaid, left_out: int = 0, *, same: bool = False
) -> xr.Dataset:
    """Rows as arrays that ``paired-changes`` is drawn from.

    Args:
        left_out: how many more rows there are that change
        same:     whether something is the same in both, and has no row
    """
    texts = ("title", "panel", "unit", "before", "after", "told", "color")
    found: dict[str, tuple[str, np.ndarray]] = {
        name: ("row", np.array([getattr(row, name) for row in rows], dtype=object)) for name in texts
    }
    found |= {
        name: ("row", np.array([getattr(row, name) for row in rows], float)) for name in ("change", "error", "size")
    }
    found["sure"] = ("row", np.array([row.sure for row in rows], bool))
    attrs: Mapping[str, object] = {
        "kind": "changes", "title": said.title, "change": said.change, "worlds": said.worlds, "values": said.values,
        "left_out": left_out,
        "same": int(same),
    }  # fmt: skip
    return xr.Dataset(found, attrs=dict(attrs))
