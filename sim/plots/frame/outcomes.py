"""What can come of talks in the words of the case, the same in every figure."""

from __future__ import annotations

import xarray as xr

from sim.store import meanings
from sim.words import Vocabulary


def vocabulary(results: xr.Dataset) -> Vocabulary:
    """Words of the case that the results are of.

    Raises:  InputError if the results do not carry them
    """
    return Vocabulary.from_attrs(results.attrs)


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
