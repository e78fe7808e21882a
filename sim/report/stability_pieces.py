"""Would what is signed be kept? Certificates as sentences and tables."""

from __future__ import annotations

import math
from typing import Any, Final

import numpy as np
import xarray as xr

from sim.report.pieces import Cell, Row, Section, Sentence, Table
from sim.runs.certified_deals import CertifiedDeal, CertifiedDeals
from sim.scenario import Scenario
from sim.theory import BREACHES, HOLDS
from sim.words import NOTHING, Proportion, Vocabulary, actor_title, capital, enumerated, level_title, percent

#: What holds a deal, as heads of columns, and what that means.
_HEADS: Final = {
    "preference": "by preference",
    "structure": "by structure",
    "threat": "by threat",
    "unstable": "unstable",
}
_CLAUSES: Final = {
    "preference": "stable by preference (nobody who signs would gain by a first breach)",
    "structure": "stable by structure (others could answer a breach, would gain by it and leave him no better off)",
    "threat": "stable by threat alone (only answers that cost those who give them could deter)",
    "unstable": "unstable (a breach would pay whatever the others did)",
}
_BREACH: Final = {"takes back": "taking back what it conceded", "ends": "ending the deal"}
_MEANING: Final = (
    "After the signature each may keep his word, take back what he conceded while the others keep theirs, or end the "
    "deal; the graph model of conflict resolution asks who would. In the play itself deals break by their hazard."
)
_MOST: Final = 8


def stability_section(found: CertifiedDeals | None, scenario: Scenario) -> tuple[Section, ...]:
    """A sentence on what holds the deals, who would break them first and who can answer, and the deals one by one."""
    if found is None:
        return ()
    pieces = (
        stability_sentence(found),
        _breaches(found, scenario),
        _deals(found, scenario),
        Sentence(_MEANING, "note"),
    )
    return (Section("stability", "Would what is signed be kept?", pieces, "Kept?"),)


def stability_sentence(found: CertifiedDeals) -> Sentence:
    """What holds the deals that are signed, in what share of them."""
    told = [f"{Proportion(count, found.signed)} are {_CLAUSES[name]}" for name, count in found.held_by.items() if count]
    return Sentence(f"Of the deals that are signed, {enumerated(told)}.")


def certificate(results: xr.Dataset, scenario: Scenario) -> dict[str, Any] | None:
    """The certificate of the deal that is signed in the first draw, as plain data; ``None`` where there is none.

    It says by what the deal is held; and of each who would gain by a first breach, how, how much, and who can answer.
    """
    holds = HOLDS[int(results["held_by"].values[0])] if "held_by" in results else "none"
    if holds == "none":
        return None
    names = list(scenario.actors)
    breach, gain, bits = (results[name].values[0] for name in ("breach", "breach_gain", "breach_answers"))
    found = [
        {
            "actor": names[n],
            "by": BREACHES[int(breach[n])],
            "gain": float(gain[n]),
            "answers": [other for m, other in enumerate(names) if int(bits[n]) >> m & 1],
        }
        for n in np.flatnonzero(breach)
    ]
    return {"held_by": holds, "breaches": found}


def certificate_words(results: xr.Dataset, scenario: Scenario) -> str:
    """What holds the deal that is signed in the first draw, who would break it first and who could answer.

    Empty where nothing is signed, or results hold no certificates.
    """
    found = certificate(results, scenario)
    if found is None:
        return ""
    told = [f"{capital(_CLAUSES[found['held_by']])}."]
    for one in found["breaches"]:
        who = enumerated([actor_title(scenario, name) for name in one["answers"]])
        answer = f"{who} could answer at once, and gain by it" if who else "nobody could answer and gain by it"
        told.append(
            f"{actor_title(scenario, one['actor'])} would gain {one['gain']:.3f} by {_BREACH[one['by']]}; {answer}."
        )
    return " ".join(told)


def _breaches(found: CertifiedDeals, scenario: Scenario) -> Table:
    rows: list[Row] = []
    for one in found.breaches:
        who = sorted(one.answered, key=lambda name: -one.answered[name])
        rows.append(
            [
                actor_title(scenario, one.name),
                Cell(percent(one.takes_back / one.signed), one.takes_back),
                Cell(percent(one.ends / one.signed), one.ends),
                Cell(NOTHING if math.isnan(one.gain) else f"{one.gain:.3f}", one.gain),
                enumerated(
                    [f"{actor_title(scenario, name)} ({percent(one.answered[name] / one.gains)})" for name in who]
                )
                or (NOTHING if not one.gains else "nobody"),
            ]
        )
    heads = ("who signs", "gains by taking back", "by ending it", "so much", "who can answer, and gains by it")
    caption = (
        "First breaches, if the others stood still: in what share of the deals he signs each would gain by one, how "
        "much of all that is at stake, and who could answer at once so that he does not"
    )
    return Table("breach-table", caption, heads, rows, (1, 2, 3), stacked=True)


def _deals(found: CertifiedDeals, scenario: Scenario) -> Table:
    shown = [name for name in _HEADS if found.held_by.get(name)]
    rows: list[Row] = [
        [
            _terms(one, scenario),
            Cell(str(one.worlds), one.worlds),
            *(Cell(str(one.held_by[name]), one.held_by[name]) for name in shown),
            enumerated([f"{actor_title(scenario, name)} ({count})" for name, count in one.breakers.items()]) or NOTHING,
            enumerated([f"{actor_title(scenario, name)} ({count})" for name, count in one.answerers.items()])
            or NOTHING,
        ]
        for one in found.deals
    ]
    heads = ("deal", "worlds", *(_HEADS[name] for name in shown), "gains by a breach", "can answer")
    caption = "Certificate of each deal that is signed, in numbers of worlds"
    numbers = tuple(range(1, 2 + len(shown)))
    return Table("certificate-table", caption, heads, rows, numbers, stacked=True, long=True, most=_MOST)


def _terms(one: CertifiedDeal, scenario: Scenario) -> str:
    """Levels that leave the status quo; of a single issue its level."""
    words = Vocabulary.of(scenario)
    moved = [
        level_title(scenario, issue, level)
        for issue, level in one.levels.items()
        if len(one.levels) == 1 or level != scenario.issues[issue].status_quo_key
    ]
    kind = words.declared[one.kind].noun if len(words.kinds) > 1 else ""
    return capital(": ".join(part for part in (kind, ", ".join(moved)) if part) or "all as it is")
