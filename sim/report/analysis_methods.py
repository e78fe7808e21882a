"""What an analysis says, whichever method it is of: sentences, and tables between them."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from typing import Final

import numpy as np
import xarray as xr

from sim.discovery import ENOUGH, LEAST
from sim.foundations import Floats
from sim.report.analysis_measures import shown_measures
from sim.report.analysis_robust import posterior_lines, setting_lines, spread_lines
from sim.report.analysis_sobol import first_words, pairs, pairs_words, screening_words, settled_words
from sim.report.analysis_words import box_words, condition_words, input_spoken, input_title, inputs_by
from sim.report.pieces import Cell, Row, Table
from sim.report.ranked_table import change_cell, index_cell, number_cell, ranked_table
from sim.scenario import Scenario
from sim.store import meanings
from sim.words import NOTHING, Proportion, Vocabulary, Z, capital, counted, percent

_Teller = Callable[[xr.Dataset, Scenario | None], Iterator[str | Table]]


def analysis_lines(found: xr.Dataset, scenario: Scenario | None) -> Iterator[str | Table]:
    """Say what one analysis found, whichever method it is of, and what is missing from it."""
    yield from _TELLERS[str(found.attrs["method"])](found, scenario)
    failed = int(found.attrs.get("failed", 0))
    if failed:
        yield f"{left_out(failed)}."


def left_out(failed: int) -> str:
    """Say how many points an analysis does without."""
    gaps = "failed or has gaps and is left out" if failed == 1 else "failed or have gaps and are left out"
    return f"{counted(failed, 'points')} {gaps}"


#: Columns of the methods that give indices, and the arrays they show; the last decides the order.
METHOD_COLUMNS: Final[Mapping[str, tuple[tuple[str, str], ...]]] = {
    "sobol": (("alone", "S1"), ("with others", "ST")),
    "morris": (("mean |effect|", "mu_star"),),
    "delta": (("delta", "index"),),
    "pawn": (("PAWN", "index"),),
}
_HOW: Final[Mapping[str, str]] = {
    "sobol": "Shares of the variance on the prior; intervals 95 %, bootstrap. Luck is an input of its own.",
    "morris": "Mean absolute change of the indicator from one end of a number's quantiles to the other.",
    "delta": "Mean shift of the outcome's distribution once the number is known (0..1), less chance.",
    "pawn": "Largest gap between distribution functions, median over slices (0..1), less chance.",
}


def _indices(found: xr.Dataset, scenario: Scenario | None) -> Iterator[str | Table]:
    """Sobol, Morris, delta and PAWN."""
    method = str(found.attrs["method"])
    columns = METHOD_COLUMNS[method]
    last = columns[-1][1]
    for measure in shown_measures(found):
        one = found.sel(measure=measure)
        values, half = one[last].values, one[f"{last}_half"].values
        what = condition_words(measure, scenario)
        if not np.isfinite(values).any():
            yield f"Whether {what}: the same at every point, so nothing moves it."
            continue
        order = np.argsort(-np.nan_to_num(values, nan=-1.0), kind="stable")
        names = [str(name) for name in one["input"].values[order]]
        size = int(found.attrs.get("evaluations", found.attrs["points"]))
        by = inputs_by(found)
        yield from first_words(what, names, values[order], half[order], size, scenario, by)
        rows: list[Row] = [
            [
                input_title(scenario, str(one["input"].values[p]), by),
                *(index_cell(one[name].values[p], one[f"{name}_half"].values[p]) for _, name in columns),
            ]
            for p in order
        ]
        yield ranked_table(f"What moves whether {what}", ["input", *(word for word, _ in columns)], rows)
        yield from settled_words(one)
        yield from pairs_words(one)
        if clear := pairs(one, scenario):
            together: list[Row] = [[title, index_cell(index, wide)] for title, index, wide in clear]
            yield ranked_table(f"Pairs that together move whether {what}", ["pair", "together"], together)
    yield from screening_words(found, scenario)
    if inputs_by(found) == "claim":
        yield "By claim, numbers with several claims count for each of them, so shares do not add up."
    yield f"{_HOW[method]} {int(found.attrs.get('evaluations', found.attrs['points'])):,} points."


def _tornado(found: xr.Dataset, scenario: Scenario | None) -> Iterator[str | Table]:
    draws = int(found.attrs["draws"])
    for measure in shown_measures(found):
        one = found.sel(measure=measure, group="all")
        change, error = one["change"].values, one["error"].values
        order = np.argsort(-np.nanmax(np.abs(change), axis=1), kind="stable")
        first = input_spoken(scenario, str(one["input"].values[order[0]]))
        what = condition_words(measure, scenario)
        most = np.nanmax(np.abs(change), initial=0.0)
        clear = bool((np.abs(change) > Z * error).any())
        yield f"Share of worlds in which {what}: {Proportion(float(one['base']) * draws, draws)}. " + (
            "No number at an end of its range alone moves it."
            if not most
            else f"Of all numbers, {first} at an end of its range alone moves it most"
            + ("." if clear else ", but none moves it by more than chance might.")
        )
        rows: list[Row] = [
            [
                input_title(scenario, str(one["input"].values[p])),
                *(change_cell(change[p, e], error[p, e]) for e in (0, 1)),
            ]
            for p in order
        ]
        heads = ["number", "points at low end", "points at high end"]
        yield ranked_table(f"Change of the share of worlds in which {what}", heads, rows)
    yield f"{found.attrs['draws']:,} worlds at each end, the same ones with the same luck; ± 95 %, paired."


def _flips(found: xr.Dataset, scenario: Scenario | None) -> Iterator[str | Table]:
    endings = Vocabulary.from_attrs(found.attrs).endings
    names = [endings[code].head for code in meanings(found, "ending_code")]
    flips = np.isfinite(found["distance"].values)
    sure = found["sure"].values.astype(bool)
    clear = found["sure_value"].values if "sure_value" in found else np.where(sure, found["value"].values, np.nan)
    nearest = np.where(sure, np.abs(clear - found["central"].values) / _widths(found), np.inf)
    order = np.lexsort((np.where(flips, found["distance"].values, np.inf), nearest))
    asked = str(found.attrs.get("of", ""))
    what = f"whether, in most worlds, {condition_words(asked, scenario)}," if asked else "the most frequent ending"
    yield (
        f"{int(flips.sum())} of {len(flips)} numbers can change {what} within their range; "
        f"{int(sure.sum())} of them by more than chance might (two standard errors)."
    )
    if flips.any() and not sure.any():
        yield "So read these as a tie between endings that are about as frequent, or play more worlds (--draws)."
    rows: list[Row] = [
        [
            input_title(scenario, str(found["input"].values[p])),
            number_cell(found["central"].values[p], ".3g"),
            number_cell(found["value"].values[p], ".3g"),
            Cell(percent(float(found["distance"].values[p])), float(found["distance"].values[p])),
            f"{names[int(found['modal_code'].values[p])]} → {names[int(found['ending_code'].values[p])]}"
            if not asked
            else ("no → yes" if found["ending_code"].values[p] == 0 else "yes → no"),
            number_cell(clear[p], ".3g") if sure[p] else Cell(NOTHING, np.inf),
        ]
        for p in order
        if flips[p]
    ]
    if rows:
        heads = ["number", "central", "flips at", "of range", "holds" if asked else "ending", "clear at"]
        yield ranked_table("The smallest change of each number that alone turns the answer", heads, rows)
    yield (
        f"{found.attrs['draws']:,} worlds at each value; consistent ones decide. Distance is a share of the "
        "range; clear: the nearest value tried at which the new lead exceeds two standard errors."
    )


def _widths(found: xr.Dataset) -> Floats:
    """(input,) width of the range of each number, 1 where it has none."""
    width = found["high"].values - found["low"].values
    return np.asarray(np.where(width > 0, width, 1.0))


def _prim(found: xr.Dataset, scenario: Scenario | None) -> Iterator[str | Table]:
    what = condition_words(str(found.attrs["condition"]), scenario)
    noun = str(found.attrs.get("noun", "worlds"))
    by = " (by its most frequent ending, if of the ending)" if noun == "points" else ""
    base, size = float(found.attrs["share"]), int(found.attrs["points"])
    yield f"{capital(noun)} in which {what}{by}: {Proportion(base * size, size)} of {_looked_at(found, noun)}."
    yield from _too_few(found)
    if not found.sizes["box"]:
        yield _no_box(found)
    for b in range(found.sizes["box"]):
        one = found.isel(box=b)
        lead = "They are most common where" if b == 0 else "The rest are most common where"
        yield f"{lead} {box_words(one, scenario)}."
        yield (
            f"Inside it is {percent(float(one['density']))} instead of {percent(base)}; the box holds "
            f"{percent(float(one['mass']))} of {'the ' + noun if b == 0 else f'the {noun} left'} "
            f"and {percent(float(one['share_of_all']))} of those sought."
        )
        yield _proof(one, noun)
        rows: list[Row] = [
            [input_title(scenario, str(name)), number_cell(one["p_value"].values[p], ".2g"),
             Cell(percent(float(one["reproduced"].values[p])), float(one["reproduced"].values[p]))]
            for p, name in enumerate(one["input"].values)
            if one["limited"].values[p]
        ]  # fmt: skip
        yield ranked_table(f"Limits of box {b + 1}", ["limit on", "quasi-p", "found again"], rows)
    if "searched" in found.attrs:
        yield (
            f"PRIM among the {found.attrs['screened']} numbers that differ most, of {found.attrs['searched']}; a box "
            "is told only if the whole search finds as dense a one in at most 5 % of deals of the same points."
        )
    yield "Found again: share of random halves of the points that limit the same number."


def _no_box(found: xr.Dataset) -> str:
    """Say that nothing was found, and how near to something it was."""
    chance = float(found.attrs.get("p_search", math.nan))
    if math.isnan(chance):
        return "No box of numbers is looked for among so few."
    return (
        "No box of numbers holds more of them than search finds in noise: dealt anew, the same points give as dense a "
        f"box {percent(chance)} of the time."
    )


def _too_few(found: xr.Dataset) -> Iterator[str]:
    """Warn where a box that is there may be missed."""
    fewest = int(found.attrs.get("fewest", ENOUGH))
    if fewest < ENOUGH:
        yield (
            f"Only {fewest} are sought, or are not: with fewer than {ENOUGH} of either a box that is there may well be "
            f"missed{', and with fewer than ' + str(LEAST) + ' none is looked for' if fewest < LEAST else ''}."
        )


def _proof(one: xr.Dataset, noun: str) -> str:
    """What speaks for the box being more than the best of many."""
    if "p_search" not in one:
        return ""
    held = float(one["held_density"])
    judged = (
        f"In {noun} that it was not found on it is {percent(held)}."
        if math.isfinite(held)
        else "Halves are too small to find it again."
    )
    chance = percent(float(one["p_search"]))
    return f"{judged} Search in the same {noun}, dealt anew, finds one as dense {chance} of the time."


def _looked_at(found: xr.Dataset, noun: str) -> str:
    """Which worlds or points shares are of; where that is all of them, how to look at those that fit only."""
    count = f"{found.attrs['points']:,} {noun}"
    if int(found.attrs.get("consistent_only", 0)):
        return f"the {count} that fit what was observed"
    fitting = int(found.attrs.get("fitting", found.attrs["points"]))
    if noun == "worlds" and fitting < int(found.attrs["points"]):
        return f"all {count} (--consistent asks of the {fitting:,} that fit what was observed)"
    return f"all {count}"


_TELLERS: Final[Mapping[str, _Teller]] = {
    **dict.fromkeys(("sobol", "morris", "delta", "pawn"), _indices),
    "tornado": _tornado,
    "flip": _flips,
    "prim": _prim,
    "spread": spread_lines,
    "posterior": posterior_lines,
    "null-coding": setting_lines,
    "leave-one-out": setting_lines,
}
#: Every method that something can be said about.
METHODS: Final = tuple(_TELLERS)
