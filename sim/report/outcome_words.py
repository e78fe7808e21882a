"""Outcomes in words: what they are called, what they come to, and where something moves them."""

from __future__ import annotations

import math
from typing import Final

from sim.ensemble.headline_outcomes import is_condition
from sim.report.case_words import CaseWords
from sim.report.condition_words import clause_words
from sim.report.convention_words import convention_clause
from sim.report.outcome_values import name_words, quantity_title, value_words
from sim.runs.flips import OutcomeMove
from sim.runs.outcome_changes import OutcomeChange
from sim.runs.outcome_summary import OutcomeSummary
from sim.words import (
    capital,
    half_width,
    number_title,
    percent,
    points,
    with_half,
)

#: Changes of outcomes below this are not worth a line.
MOVED: Final = 0.05
#: Outcomes that are lengths of time, and a day in years.
_LENGTHS: Final = frozenset({"time", "held"})
_DAY: Final = 1 / 365.25
#: Rounds shorter than this, in years, are told in weeks.
_WEEKLY: Final = 1 / 24
#: From here on numbers are written without what stands behind the point.
_LARGE: Final = 100


def outcome_title(case: CaseWords, of: str) -> str:
    """What people call an outcome.

    Example:
        >>> from sim.report.case_words import ToldCase
        >>> from sim.scenario import read_scenario
        >>> pie = ToldCase(read_scenario("scenarios/pie"))
        >>> outcome_title(pie, "terms.share"), outcome_title(pie, "surplus_share.first")
        ('Share of the first player', 'Part of the gain that goes to First player')
    """
    if named := next((found.title for found in case.scenario.headline.outcomes if found.of == of), ""):
        return named
    return capital(clause_words(case, of)) if is_condition(of) else quantity_title(case, of)


def summary_words(case: CaseWords, found: OutcomeSummary) -> str:
    """An outcome in a few words: its median, the share in which a condition holds, or the most frequent name."""
    if found.shares:
        name, share = next(iter(found.shares.items()))
        return f"{name_words(case, found.of, name)} ({percent(share)})"
    return percent(found.mean) if is_condition(found.of) else value_words(case, found.of, found.span.median)


def told_of(found: OutcomeMove) -> bool:
    """Whether a setting moves an outcome by enough to be told, and by more than chance may do."""
    return found.seen and found.distance >= MOVED


def move_words(case: CaseWords, found: OutcomeMove, *, paired: bool = False) -> str:
    """One outcome and where the setting that moves it most would take it.

    Args:
        paired: whether the change world by world is told as well, with its interval
    """
    if found.kind == "number":
        where = f"with “{number_title(case.scenario, found.name)}” at the {found.setting.split(',')[0]} of its range"
    else:
        where = f"if {convention_clause(case.scenario, found.name, found.setting)}"
    by = ""
    if paired and (found.shares or not math.isnan(found.change)):
        one = OutcomeChange(
            found.before.of, found.before, found.after, found.change, found.error, found.distance, found.shares,
            found.errors,
        )  # fmt: skip
        by = f" ({mean_change_words(case, one)})"
    return f"{outcome_title(case, found.before.of)}: {_from_to(case, found.before, found.after)}{by}, {where}"


def change_in_words(case: CaseWords, found: OutcomeChange) -> str:
    """An outcome in two plays: what it was and what it is."""
    return f"{outcome_title(case, found.of)}: {_from_to(case, found.before, found.after)}"


def _from_to(case: CaseWords, before: OutcomeSummary, after: OutcomeSummary) -> str:
    """What an outcome was and is; of names the most frequent one first, and what then is more frequent than it.

    Where the most frequent one stays so, the name that moves most is told.
    """
    if not before.shares or not after.shares:
        return f"{summary_words(case, before)} → {summary_words(case, after)}"
    first, now = next(iter(before.shares)), next(iter(after.shares))
    if now == first:
        names = dict.fromkeys([*before.shares, *after.shares])
        first = now = max(names, key=lambda name: abs(after.shares.get(name, 0.0) - before.shares.get(name, 0.0)))
    text = f"{name_words(case, before.of, first)} {percent(before.shares.get(first, 0.0))} → "
    text += percent(after.shares.get(first, 0.0))
    if now == first:
        return text
    was = percent(before.shares.get(now, 0.0))
    return f"{text}, and {name_words(case, after.of, now)} {was} → {percent(after.shares[now])}"


def mean_change_words(case: CaseWords, found: OutcomeChange) -> str:
    """The mean change of a number or a share with its interval; of names that of the one that changes most.

    Source: the interval of ``sim.words``, 95 %
    """
    if not found.moved:
        return "the same"
    if found.shares:
        name, change = next(iter(found.shares.items()))
        return f"{name_words(case, found.of, name)} {points(change, found.errors[name], 1)} points"
    if math.isnan(found.change):
        return f"{percent(found.moved)} otherwise"
    if is_share_of(found):
        return f"{points(found.change, found.error, 1)} points"
    return f"on average {_on_average(case, found)}"


def _on_average(case: CaseWords, found: OutcomeChange) -> str:
    """A mean change in the unit of what changes."""
    head, _, member = found.of.partition(".")
    if head in _LENGTHS:
        return _longer(case, found)
    if head in {"terms", "terms_in_force"} and member in case.scenario.issues:
        return f"{_large_change(found.change, found.error)} {case.scenario.issues[member].unit}".rstrip()
    return with_half(found.change, found.error, signed=True)


def _longer(case: CaseWords, found: OutcomeChange) -> str:
    """A change of a length of time with half of its interval, where that comes to a day at least."""
    scale = 1.0 if found.of == "time" else case.scenario.talks.round_years
    half = half_width(found.error) * scale
    sure = f" ± {case.duration(half)}" if half > _DAY else ""
    return f"{case.duration(abs(found.change) * scale)}{sure} {'less' if found.change < 0 else 'more'}"


def _large_change(change: float, error: float) -> str:
    """A change with half of its interval; from hundreds on to two digits of the interval, others as they come.

    Example:
        >>> _large_change(-48_000.0, 2_842.0), _large_change(-0.5, 0.05)
        ('-48,000 ± 5,600', '-0.50 ± 0.10')
    """
    half = half_width(error)
    if max(abs(change), half) < _LARGE:
        return with_half(change, error, signed=True)
    digits = max(0, math.floor(math.log10(half or abs(change))) - 1)
    shown = f"{round(change, -digits):+,.0f}"
    return f"{shown} ± {round(half, -digits):,.0f}" if half > 0 else shown


def is_share_of(found: OutcomeChange) -> bool:
    """Whether an outcome is told as a share: a condition, or a part of something."""
    return is_condition(found.of) or (0 <= max(found.before.mean, found.after.mean) <= 1 and _is_share(found.of))


def counted_in(case: CaseWords, of: str) -> tuple[str, float]:
    """Unit in which an axis has a number, empty where it has none, and how many of it are one of the outcome's own.

    Example:
        >>> from sim.report.case_words import ToldCase
        >>> from sim.scenario import read_scenario
        >>> labour = ToldCase(read_scenario("scenarios/labour"))
        >>> counted_in(labour, "terms.wage"), counted_in(labour, "time")[0]
        (('per cent', 1.0), 'weeks')
    """
    head, _, member = of.partition(".")
    talks = case.scenario.talks
    if head in _LENGTHS:
        unit, years = ("weeks", 7 * _DAY) if talks.round_years < _WEEKLY else ("months", 1 / 12)
        return unit, (1.0 if head == "time" else talks.round_years) / years
    issue = case.scenario.issues.get(member) if head in {"terms", "terms_in_force"} else None
    return (issue.unit if issue is not None else "rounds" if head == "round" else ""), 1.0


def _is_share(of: str) -> bool:
    return of.partition(".")[0] in {"surplus_share", "waiting_share", "efficiency"}
