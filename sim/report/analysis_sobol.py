"""What Sobol indices say beyond their list: whether they are settled, what was screened, which pairs work together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np
import xarray as xr

from sim.foundations import Floats
from sim.report.analysis_words import input_spoken, input_title, inputs_by
from sim.scenario import Scenario
from sim.sensitivity.grouping import DUMMY, LUCK, OTHERS
from sim.words import value_with_half

#: Pairs that are listed.
_PAIRS: Final = 8


def leader_words(names: Sequence[str], scenario: Scenario | None, by: str = "number") -> str:
    """Who comes first, names in descending order: the first number also where luck or all others together lead.

    Example:
        >>> leader_words(["(luck of talks and collapses)", "talks.decisive_chance"], None)
        'luck of talks and collapses; of the numbers, talks.decisive_chance'
    """
    named = [name for name in names if name not in {OTHERS, DUMMY}]
    first = input_spoken(scenario, named[0], by)
    if named[0] == LUCK and len(named) > 1:
        return f"{first}; of the numbers, {input_spoken(scenario, named[1], by)}"
    return first


def first_words(
    what: str,
    names: Sequence[str],
    values: Floats,
    half: Floats,
    size: int,
    scenario: Scenario | None,
    by: str = "number",
) -> Iterator[str]:
    """What moves an outcome most, or that so few points do not tell.

    Args:
        names:        inputs in descending order
        values, half: their indices and half their intervals
        by:           what inputs are, as ``input_title`` takes it
    Example:
        >>> one, none = np.array([0.5, 0.0]), np.array([0.1, 0.0])
        >>> list(first_words("it ends", ["a", DUMMY], one, none, 90, None))
        ['What moves whether it ends: most of all, a.', '1 of 1 inputs has an interval above 0.']
        >>> list(first_words("it ends", ["a", DUMMY], none, one, 90, None))
        ['What moves whether it ends: 90 points do not tell. No input has an interval above 0.']
    """
    real = np.array([name != DUMMY for name in names])
    sure = int((values - half > 0)[real].sum())
    if not sure:
        yield f"What moves whether {what}: {size:,} points do not tell. No input has an interval above 0."
        return
    yield f"What moves whether {what}: most of all, {leader_words(names, scenario, by)}."
    yield f"{sure} of {int(real.sum())} inputs {'has' if sure == 1 else 'have'} an interval above 0."


def settled_words(one: xr.Dataset) -> Iterator[str]:
    """Whether the leading indices of a measure are known well enough, with how far they moved."""
    if "widest" not in one or not np.isfinite(float(one["widest"])):
        return
    a = one.attrs
    if int(a["base"]) < 2 * int(one["size"].values[0]):
        half = "Half of the points are too few to compare with."
    else:
        half = f"From half of the points to all of them none of these moved by more than {float(one['moved']):.2f}."
    known = f"the leading indices are known to ± {float(one['widest']):.2f} from {int(a['base']):,} base points"
    if bool(one["converged"]):
        yield f"Settled: {known}. {half}"
        return
    stories = int(a.get("stories", 0))
    more = f"the limit of {stories:,} stories ends it here; more: --stories" if stories else "more: a larger --draws"
    yield f"NOT settled: {known}, and ± {float(a['precision']):g} was asked for ({more}). {half}"


def screening_words(found: xr.Dataset, scenario: Scenario | None) -> Iterator[str]:
    """What was screened, and the input left out that might have mattered most."""
    a = found.attrs
    if "screened" not in a:
        return
    kept = int((~found["input"].isin([OTHERS, DUMMY])).sum())
    yield (
        f"{int(a['screened'])} inputs were screened first, with {int(a['screening_points']):,} stories. Those that "
        f"change most have a row of their own ({kept} rows, with luck); the other {int(a['others'])} numbers share one."
    )
    if a["left_out"]:
        yield (
            f"Of these, {input_spoken(scenario, str(a['left_out']), inputs_by(found))} changed most: total index about "
            f"{value_with_half(float(a['left_out_total']), float(a['left_out_half']))} in the screening."
        )


def pairs(one: xr.Dataset, scenario: Scenario | None) -> list[tuple[str, float, float]]:
    """Pairs of inputs by their second-order index: title, index, half its interval; only those above 0.

    Example:
        >>> pairs(xr.Dataset(), None)
        []
    """
    if "S2" not in one:
        return []
    index, half = one["S2"].values, one["S2_half"].values
    names = [input_title(scenario, str(name), inputs_by(one)) for name in one["input"].values]
    clear = np.argwhere(np.isfinite(index) & (index - half > 0))
    found = [(f"{names[p]} × {names[q]}", float(index[p, q]), float(half[p, q])) for p, q in clear]
    return sorted(found, key=lambda pair: -pair[1])[:_PAIRS]


def pairs_words(one: xr.Dataset) -> Iterator[str]:
    """A sentence about the pairs, where second-order indices were asked for."""
    if "S2" not in one:
        return
    index, half = one["S2"].values, one["S2_half"].values
    tried = int(np.isfinite(index).sum())
    clear = int((np.isfinite(index) & (index - half > 0)).sum())
    widest = float(np.nanmax(half)) if tried else np.nan
    yield (
        f"{clear} of {tried} pairs work together by an index whose interval is above 0 (chance alone would make "
        f"about {max(1, round(tried / 40))} of them); the widest interval of a pair is ± {widest:.2f}."
    )
