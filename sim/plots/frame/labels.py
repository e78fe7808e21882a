"""Words for what the results name: actors, issues, levels, terms, times; each on one line and not too long."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass

import numpy as np
import xarray as xr
from matplotlib.figure import SubFigure

from sim.foundations import Floats, Ints
from sim.plots.frame.user_text import one_line
from sim.words import TERM_SPOKEN, capital, quantity

_DAYS = 3 * 7 / 365.25  # years, below which a time is told in days: so few weeks have no whole ticks between
#: Letters of what users call things, beyond which it is shortened.
_ACTOR, _ISSUE, _LEVEL, _OTHER = 40, 60, 60, 90


@dataclass(frozen=True)
class IssueLevels:
    """Levels of one issue that some deal on offer has, in their order.

    names:  how they are called, shortened; two may read alike; no line breaks within a number
    of_deal: (K,) place of each deal's level among them
    values: (levels,) numbers of a numeric issue, in its unit; nan where levels have names
    """

    names: list[str]
    of_deal: Ints
    values: Floats

    @property
    def numeric(self) -> bool:
        """Whether the levels are numbers."""
        return bool(np.isfinite(self.values).all())


def listed(results: xr.Dataset, attribute: str) -> list[str]:
    """An attribute as a list; files give back a list of one as a bare word."""
    return [one_line(str(item), _OTHER) for item in np.atleast_1d(results.attrs[attribute])]


def actor_titles(results: xr.Dataset) -> list[str]:
    """Titles of the actors, in the order of the results."""
    return [one_line(str(title), _ACTOR) for title in np.atleast_1d(results.attrs["actor_titles"])]


def parties(results: xr.Dataset) -> list[int]:
    """Places of the parties among the actors."""
    names = [str(name) for name in results["actor"].values]
    return [names.index(str(name)) for name in np.atleast_1d(results.attrs["parties"])]


def issue_titles(results: xr.Dataset) -> dict[str, str]:
    """Issue -> title."""
    titles = [one_line(str(title), _ISSUE) for title in np.atleast_1d(results.attrs["issue_titles"])]
    return dict(zip(map(str, results["issue"].values), titles, strict=True))


def issue_units(results: xr.Dataset) -> list[str]:
    """What each issue is counted in; empty where its levels have names or the results do not tell."""
    units = listed(results, "issue_units") if "issue_units" in results.attrs else [""] * results.sizes["issue"]
    return ["" if unit == "-" else unit for unit in units]


def issue_levels(results: xr.Dataset, issue: int) -> IssueLevels:
    """Levels on offer of an issue, told apart by their place, never by how they are written."""
    keys = results["deal_level"].values[issue].tolist()
    places = {key: place for place, key in enumerate(_in_order(results, issue))}
    of_deal = np.array([places[key] for key in keys], dtype=np.int64)
    first = np.unique(of_deal, return_index=True)[1]
    values = _level_values(results, issue)[first]
    names = [
        quantity(float(value)).replace(" ", "\u00a0") if np.isfinite(value) else one_line(key, _LEVEL)
        for key, value in zip(places, values, strict=True)
    ]
    return IssueLevels(names, of_deal, values)


def _in_order(results: xr.Dataset, issue: int) -> list[str]:
    """Levels of an issue in their order: that in which deals come, or as results of some deals say."""
    keys = results["deal_level"].values[issue].tolist()
    if "level_place" not in results:
        return list(dict.fromkeys(keys))
    _, first = np.unique(results["level_place"].values[issue], return_index=True)
    return [keys[deal] for deal in first]


def _level_values(results: xr.Dataset, issue: int) -> Floats:
    if "level_value" in results:
        return np.asarray(results["level_value"].values[issue], dtype=float)
    if issue_units(results)[issue] == "":
        return np.full(results.sizes["deal_index"], np.nan)
    return np.array([float(key) for key in results["deal_level"].values[issue]])


def status_quo(results: xr.Dataset, issue: int) -> int:
    """Place of the level while there is no deal among those on offer; -1 where it is none of them."""
    if "status_quo" not in results:
        return -1
    keys = _in_order(results, issue)
    quo = str(np.atleast_1d(results["status_quo"].values)[issue])
    return keys.index(quo) if quo in keys else -1


def number_titles(results: xr.Dataset) -> list[str]:
    """What people call each uncertain number; its path in results of versions that kept no titles."""
    kept = results["number_title" if "number_title" in results else "path"].values
    return [one_line(str(name), _OTHER) for name in kept]


def term_title(results: xr.Dataset, term: str) -> str:
    """A term of the surplus or a red line in words."""
    titles = issue_titles(results)
    if ".red_lines." in term:
        label = term.rsplit(".", 1)[-1]
        return f"Red line: {titles.get(label, worded(label))}"
    return titles.get(term) or (capital(TERM_SPOKEN[term].noun) if term in TERM_SPOKEN else worded(term))


def solution_title(name: str) -> str:
    """What people call a solution.

    Example:
        >>> solution_title("kalai-smorodinsky")
        'Kalai–Smorodinsky'
    """
    return "–".join(worded(part) for part in name.split("-"))


def worded(name: str) -> str:
    """An identifier as words.

    Example:
        >>> worded("moscow_refuses_quick_truce")
        'Moscow refuses quick truce'
    """
    return capital(one_line(name.replace("_", " "), _OTHER))


def wrapped(text: str, letters: int, lines: int | None = None) -> str:
    r"""Text broken into lines of at most so many letters, and cut with an ellipsis after so many lines.

    Example:
        >>> wrapped("one two three four", 9), wrapped("one two three four", 9, 1)
        ('one two\nthree\nfour', 'one two …')
    """
    return textwrap.fill(text, max(letters, 2), max_lines=lines, placeholder=" …")


def inches(body: SubFigure) -> float:
    """How wide the part of the page is that a figure is painted into."""
    return float(body.bbox.width / body.dpi)


def time_axis(results: xr.Dataset, rounds: int) -> tuple[Floats, str]:
    """Ends of the first so many rounds in a unit that gives readable numbers, and that unit.

    Returns:
        (rounds,) times; "days", "weeks", "months" or "years"
    """
    years = np.arange(1.0, rounds + 1) * float(results.attrs["round_years"])
    if years[-1] >= 3:
        return years, "years"
    if years[-1] < _DAYS:
        return years * 365.25, "days"
    if years[0] < 1 / 24 and years[-1] < 1:  # as lengths of time are told in words
        return years * 365.25 / 7, "weeks"
    return (years * 12, "months") if years[-1] >= 0.4 else (years * 365.25 / 7, "weeks")
