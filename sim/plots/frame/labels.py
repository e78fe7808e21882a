"""Words for what the results name: actors, issues, levels, terms, times."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Sequence

import numpy as np
import xarray as xr
from matplotlib.figure import SubFigure

from sim.foundations import Floats
from sim.words import ENDING_SPOKEN, TERM_SPOKEN, Vocabulary

#: Endings and kinds of deal as people say them.
SPOKEN = {**{name: words.noun for name, words in ENDING_SPOKEN.items()}, "none": "no deal"}


def listed(results: xr.Dataset, attribute: str) -> list[str]:
    """An attribute as a list; files give back a list of one as a bare word."""
    return [str(item) for item in np.atleast_1d(results.attrs[attribute])]


def actor_titles(results: xr.Dataset) -> list[str]:
    """Titles of the actors, in the order of the results."""
    return listed(results, "actor_titles")


def parties(results: xr.Dataset) -> list[int]:
    """Places of the parties among the actors."""
    names = [str(name) for name in results["actor"].values]
    return [names.index(name) for name in listed(results, "parties")]


def issue_titles(results: xr.Dataset) -> dict[str, str]:
    """Issue -> title."""
    return dict(zip(map(str, results["issue"].values), listed(results, "issue_titles"), strict=True))


def levels_of(results: xr.Dataset, issue: int) -> list[str]:
    """Levels on offer of an issue, in their order."""
    return list(dict.fromkeys(map(str, results["deal_level"].values[issue])))


def kinds_offered(results: xr.Dataset) -> list[str]:
    """Kinds of deal that some deal on offer has."""
    names = str(results["deal_kind"].attrs["flag_meanings"]).split("|")
    return [name for code, name in enumerate(names) if (results["deal_kind"].values == code).any()]


def endings_listed(results: xr.Dataset) -> list[str]:
    """Endings that get a row: kinds of deal on offer, no deal, and a broken one where deals can break."""
    codes, words = results["ending"], Vocabulary.from_attrs(results.attrs)
    names = str(codes.attrs["flag_meanings"]).split("|")
    broke = names.index(words.broken) if words.broken else -1
    breaks = arms_listed(results) or "true_hazard.base" in _paths(results) or bool((codes.values == broke).any())
    return [*kinds_offered(results), words.never, *([words.broken] if breaks and words.broken else [])]


def arms_listed(results: xr.Dataset) -> bool:
    """Whether arms can decide in these results."""
    return "talks.decisive_chance" in _paths(results) or bool(results["decided_by_arms"].values.any())


def _paths(results: xr.Dataset) -> list[str]:
    return results["path"].values.astype(str).tolist() if "path" in results.coords else []


def term_title(results: xr.Dataset, term: str) -> str:
    """A term of the surplus or a red line in words."""
    titles = issue_titles(results)
    if ".red_lines." in term:
        label = term.rsplit(".", 1)[-1]
        return f"Red line: {titles.get(label, worded(label))}"
    return titles.get(term) or (capital(TERM_SPOKEN[term].noun) if term in TERM_SPOKEN else worded(term))


def worded(name: str) -> str:
    """An identifier as words.

    Example:
        >>> worded("moscow_refuses_quick_truce")
        'Moscow refuses quick truce'
    """
    text = name.replace("_", " ")
    return capital(text)


def capital(text: str) -> str:
    """Text with its first letter large.

    Example:
        >>> capital("a truce")
        'A truce'
    """
    return text[:1].upper() + text[1:]


def wrapped(text: str, letters: int) -> str:
    """Text broken into lines of at most so many letters."""
    return textwrap.fill(text, letters)


def inches(body: SubFigure) -> float:
    """How wide the part of the page is that a figure is painted into."""
    return float(body.bbox.width / body.dpi)


def enumerated(items: Sequence[str]) -> str:
    """Words joined as in a sentence.

    Example:
        >>> enumerated(["a", "b", "c"])
        'a, b and c'
    """
    return " and ".join([", ".join(items[:-1]), items[-1]]) if len(items) > 1 else "".join(items)


def time_axis(results: xr.Dataset, rounds: int) -> tuple[Floats, str]:
    """Ends of the first so many rounds in a unit that gives readable numbers, and that unit.

    Returns:
        (rounds,) times; "weeks", "months" or "years"
    """
    years = np.arange(1.0, rounds + 1) * float(results.attrs["round_years"])
    if years[-1] >= 3:
        return years, "years"
    return (years * 12, "months") if years[-1] >= 0.4 else (years * 365.25 / 7, "weeks")


def span(value: float, unit: str) -> str:
    """A span of time in words.

    Example:
        >>> span(1.0, "years"), span(2.5, "months")
        ('1 year', '2.5 months')
    """
    number = f"{round(value)}" if math.isclose(value, round(value), abs_tol=0.05) else f"{value:.1f}"
    return f"{number} {unit[:-1] if number == '1' else unit}"
