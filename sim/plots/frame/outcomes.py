"""What can come of talks in the words and colours of the case, the same in every figure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import xarray as xr

from sim.plots.frame.style import (
    BLUE,
    ENDING_COLORS,
    GREEN,
    GREY,
    MIST,
    PREVAILED,
    SKY,
    STATE_COLORS,
    TEAL,
    VERMILION,
    YELLOW,
)
from sim.store import meanings
from sim.words import Vocabulary

#: Colours of kinds of deal that are not in the house's table, in the order of their codes.
_CYCLE: Final = (BLUE, GREEN, SKY, YELLOW, TEAL, MIST)


def vocabulary(results: xr.Dataset) -> Vocabulary:
    """Words of the case that the results are of.

    Raises:  InputError if the results do not carry them
    """
    return Vocabulary.from_attrs(results.attrs)


def outcome_colors(words: Vocabulary) -> Mapping[str, str]:
    """Colour of each ending, kind of first deal and state by its code; colour-blind people can tell them apart.

    What can stand for the absence of a deal is grey, what broke is vermilion, a kind of deal has a colour of its own.
    """
    free = [color for color in _CYCLE if color not in {ENDING_COLORS.get(kind) for kind in words.kinds}]
    others = [kind for kind in words.kinds if kind not in ENDING_COLORS]
    kinds = {kind: ENDING_COLORS.get(kind) or free[others.index(kind) % len(free)] for kind in words.kinds}
    states = {code: STATE_COLORS.get(code, GREY) for code in words.states}
    states |= {code: PREVAILED[n % len(PREVAILED)] for n, code in enumerate(words.outside)}
    broken = {words.broken: VERMILION} if words.broken else {}
    return {**states, "none": GREY, words.never: GREY, **broken, **kinds}


def kinds_offered(results: xr.Dataset) -> list[str]:
    """Kinds of deal that some deal on offer has."""
    codes = set(results["deal_kind"].values.tolist())
    return [name for code, name in enumerate(meanings(results, "deal_kind")) if code in codes]


def endings_listed(results: xr.Dataset) -> list[str]:
    """Endings that get a row: kinds of deal on offer, no deal, and a broken one where deals can break."""
    words = vocabulary(results)
    if not words.broken:
        return [*kinds_offered(results), words.never]
    broke = meanings(results, "ending").index(words.broken)
    breaks = arms_listed(results) or "true_hazard.base" in _paths(results) or broke in results["ending"].values
    return [*kinds_offered(results), words.never, *([words.broken] if breaks else [])]


def arms_listed(results: xr.Dataset) -> bool:
    """Whether arms can decide in these results."""
    return "decided_by_arms" in results and (
        "talks.decisive_chance" in _paths(results) or bool(results["decided_by_arms"].values.any())
    )


def _paths(results: xr.Dataset) -> list[str]:
    return results["path"].values.astype(str).tolist() if "path" in results.coords else []
