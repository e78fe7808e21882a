"""Inputs, conditions and boxes in the words of the scenario."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

import numpy as np
import xarray as xr

from sim.report.case_words import ToldCase
from sim.report.condition_words import clause_words
from sim.scenario import Scenario
from sim.words import ENDING_SPOKEN, Vocabulary, actor_title, claim_title, number_title

_SIMPLE: Final = re.compile(r"\s*(ending|declared)\s*==\s*\"?([a-z_]+)\"?\s*")
#: Groups of numbers that belong to no actor.
_SECTIONS: Final[Mapping[str, str]] = {
    "issues": "Issues and their delays",
    "talks": "Talks and fighting",
    "true_hazard": "True hazard",
    "after_signature": "After the signature",
    "observations": "Observations",
}


def condition_words(text: str, scenario: Scenario | None = None) -> str:
    """A condition as a clause, in the words of the scenario.

    Example:
        >>> condition_words("ending == settlement"), condition_words("held < 12")
        ('the dispute is settled', 'held < 12')
    """
    if text.replace(" ", "") == "acceptable_deals>0":
        return "some deal is acceptable to all who sign"
    if text.replace(" ", "") == "acceptable_deals==0":
        return "no deal is acceptable to all who sign"
    found = _SIMPLE.fullmatch(text)
    if found is None:
        return text.strip() if scenario is None else clause_words(ToldCase(scenario), text)
    known = ENDING_SPOKEN if scenario is None else Vocabulary.of(scenario).endings
    if found[1] == "declared" and found[2] == "none":
        return "nothing is signed"
    if scenario is not None and found[2] not in known:
        return text.strip()
    words = known[found[2]]
    return words.clause if found[1] == "ending" else f"{words.noun} is signed first"


def input_title(scenario: Scenario | None, name: str, by: str = "number") -> str:
    """What an input is: a number of the scenario, an actor, claims, or the name itself.

    Args:
        by: what inputs are: "claim" where names are keys of claims on which the same numbers rest, joined by " + "
    """
    if by == "claim":  # what is no claim stands in brackets and stays
        return " + ".join(key if key.startswith("(") else claim_title(None, key) for key in name.split(" + "))
    if scenario is None:
        return name
    if name in scenario.numbers:
        return number_title(scenario, name)
    if name in _SECTIONS:
        return _SECTIONS[name]
    return actor_title(scenario, name) if name in scenario.actors else name


def input_spoken(scenario: Scenario | None, name: str, by: str = "number") -> str:
    """An input inside a sentence: "Russia's patience", "the chance that arms decide", "where Ann's red line begins"."""
    title = input_title(scenario, name, by)
    if by == "claim" and title != name:
        return f"“{title}”"
    if scenario is None or name not in scenario.numbers:
        return title.strip("()") if title.startswith("(") else title
    owner, colon, what = title.partition(": ")
    if colon and owner in {actor_title(scenario, actor) for actor in scenario.actors}:
        if what.startswith("how "):
            return f"“{title}”"
        where = "where " if name.endswith(".begins") and what.startswith("where its ") else ""
        what = what.removeprefix("where its ").replace("its red line", "red line")
        return f"{where}{owner}'{'' if owner.endswith('s') else 's'} {what}"
    return title[:1].lower() + title[1:]


def inputs_by(found: xr.Dataset) -> str:
    """What the inputs of an analysis are: numbers, claims, or groups of numbers."""
    return str(found.attrs.get("by", "number"))


def box_words(box: xr.Dataset, scenario: Scenario | None) -> str:
    """A box as a clause: its limits joined by "and".

    Args:
        box: one box of what discovery found
    """
    return " and ".join(
        limit_words(box, p, scenario) for p in range(box.sizes["input"]) if bool(box["limited"].values[p])
    )


def limit_words(box: xr.Dataset, p: int, scenario: Scenario | None) -> str:
    """One limit of a box in words."""
    path = str(box["input"].values[p])
    begins = path.endswith(".begins")
    title = input_spoken(scenario, path).removeprefix("where " if begins else "")
    options = str(box["options"].values[p])
    if options:
        return f"{title} {'at' if begins else 'is'} {' or '.join(options.split('|'))}"
    low, high = float(box["low"].values[p]), float(box["high"].values[p])
    number = scenario.numbers.get(path) if scenario is not None else None
    if scenario is not None and number is not None and number.issue is not None:
        places = _places(scenario, number.issue, low, high, box, p)
        if begins:
            return f"{title} {places.removeprefix('is ')}"
        return f"{title} {places}"
    below, above = bool(box["limited_low"].values[p]), bool(box["limited_high"].values[p])
    if below and above:
        return f"{title} is between {low:.3g} and {high:.3g}"
    return f"{title} is above {low:.3g}" if below else f"{title} is below {high:.3g}"


def _places(scenario: Scenario, issue: str, low: float, high: float, box: xr.Dataset, p: int) -> str:
    """Ends on the scale of an issue, named by the nearest levels."""
    scale, names = scenario.issues[issue].scale, scenario.issues[issue].names

    def near(place: float) -> str:
        n = int(np.abs(scale - place).argmin())
        exact = abs(scale[n] - place) < 0.02
        return f'"{names[n]}"' if exact else f'about "{names[n]}" ({place:.2f})'

    if bool(box["limited_low"].values[p]) and bool(box["limited_high"].values[p]):
        return f"is at {near(low)}" if high - low < 0.02 else f"lies from {near(low)} to {near(high)}"
    if bool(box["limited_low"].values[p]):
        return f"is at {near(low)} or beyond" if low < 0.98 else f"is at {near(low)}"
    return f"is at most {near(high)}" if high > 0.02 else f"is at {near(high)}"
