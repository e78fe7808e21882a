"""What people call what can come of talks: endings, kinds of first deal and states, in the words of the case."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any, Final

from sim.foundations import InputError, Problem
from sim.foundations.plain_data import type_adapter
from sim.scenario.kinds import (
    broken_code,
    broken_state,
    deal_kinds,
    kind_meaning,
    kind_title,
    models_war,
    never_code,
    outside_states,
    state_codes,
    waiting_state,
)
from sim.scenario.scenario import Scenario

#: Name of the attribute under which results carry their words.
ATTRIBUTE: Final = "vocabulary"


@dataclass(frozen=True)
class OutcomeWords:
    """An ending, a kind of first deal or a state as people say it; in data, conditions and options it keeps its code.

    noun:    as a thing that there is more or less of
    clause:  in a sentence about the end
    row:     in a table, below "how it stands at the end"
    head:    above a narrow column
    meaning: what counts as it
    """

    noun: str
    clause: str
    row: str
    head: str
    meaning: str


@dataclass(frozen=True)
class Vocabulary:
    """The words of one case, stored with its results so that every teller says the same.

    war:      whether a war is modelled; where it is not, no word of one may be told
    kinds:    codes of the kinds of deal, in the order of their codes
    never:    code of the ending without a deal in force that never had one
    broken:   code of the ending after a deal that broke; empty where deals cannot break
    endings:  code -> words, in the order of the codes
    declared: code -> words of the first signed deal, ``none`` last
    states:   code -> words of the end of a round, in the order of the codes
    outside:  codes of the states after something from outside ended the matter: in a war, of who prevailed

    Example:
        >>> side = {"patience": {"value": 0.9}, "reservation": {"value": 0}, "salience": {"price": {"value": 1}},
        ...         "position": {"price": {"value": 0}}}
        >>> issue = {"kind": "numeric", "low": 0, "high": 1, "points": 3, "status_quo": 0}
        >>> toy = Scenario(title="toy", issues={"price": issue}, actors={"a": side, "b": side})
        >>> words = Vocabulary.of(toy)
        >>> Vocabulary.from_attrs(words.to_attrs()) == words
        True
    """

    war: bool
    kinds: tuple[str, ...]
    never: str
    broken: str
    endings: Mapping[str, OutcomeWords]
    declared: Mapping[str, OutcomeWords]
    states: Mapping[str, OutcomeWords]
    outside: tuple[str, ...] = ()

    @classmethod
    def of(cls, scenario: Scenario) -> Vocabulary:
        """Collect the words of a case."""
        war, never, broken = models_war(scenario), never_code(scenario), broken_code(scenario)
        kinds = {kind: _kind(scenario, kind) for kind in deal_kinds(scenario)}
        named = scenario.no_deal.title
        without = {
            never: replace(NEVER_IN_FORCE, clause=named or NEVER_IN_FORCE.clause, row=named or NEVER_IN_FORCE.row)
        }
        if broken:
            without[broken] = BROKEN_BY_ARMS if war else _BROKEN
        return cls(
            war=war,
            kinds=tuple(kinds),
            never=never,
            broken=broken,
            endings={**kinds, **without},
            declared={**kinds, "none": _NONE},
            states=_states(scenario, kinds),
            outside=tuple(outside_states(scenario).values()),
        )

    def to_attrs(self) -> dict[str, str]:
        """The words as one attribute of a dataset."""
        unsaid = None if self.war else {"war"}  # results of a case without one have no word of it
        return {ATTRIBUTE: type_adapter(Vocabulary).dump_json(self, exclude=unsaid).decode()}

    @classmethod
    def from_attrs(cls, attrs: Mapping[Any, Any]) -> Vocabulary:
        """Read the words back from the attributes of results.

        Raises:  InputError if the results carry none, or some that cannot be read
        """
        try:
            return type_adapter(Vocabulary).validate_python({"war": False, **json.loads(str(attrs[ATTRIBUTE]))})
        except (KeyError, TypeError, ValueError) as error:
            raise InputError(
                Problem("these results do not say what their endings are called", allowed="play them again")
            ) from error


def _kind(scenario: Scenario, kind: str) -> OutcomeWords:
    """Words of a kind of deal: its own in a war, else made from its title."""
    if kind in _WAR_KINDS and models_war(scenario):
        return _WAR_KINDS[kind]
    title = kind_title(scenario, kind)
    return OutcomeWords(title, f"{title} is in force", f"{title} is in force", kind, kind_meaning(scenario, kind))


_WAR_KINDS: Final[Mapping[str, OutcomeWords]] = MappingProxyType(
    {
        "truce": OutcomeWords(
            "a truce",
            "there is a truce",
            "a truce is in force",
            "truce",
            "a deal is in force that leaves every root cause as it is",
        ),
        "partial": OutcomeWords(
            "a partial deal",
            "a partial deal is in force",
            "a partial deal is in force",
            "partial",
            "a deal is in force that settles some of the root causes",
        ),
        "settlement": OutcomeWords(
            "a settlement",
            "the dispute is settled",
            "a settlement is in force",
            "settled",
            "a deal is in force that settles every root cause",
        ),
    }
)
PARTIAL: Final = _WAR_KINDS["partial"]
NEVER_IN_FORCE: Final = OutcomeWords(
    "no deal",
    "there is no deal",
    "no deal",
    "no deal",
    "none was signed, or the one signed is not yet in force at the end",
)
_DEAL: Final = OutcomeWords("a deal", "a deal is in force", "a deal is in force", "deal", "a deal is in force")
_NONE: Final = OutcomeWords("no deal", "no deal was signed", "no deal was signed", "no deal", "none was signed")
_BROKEN: Final = OutcomeWords(
    "a broken deal",
    "a deal was signed and broke",
    "a deal was signed and broke",
    "deal broke",
    "a deal was signed, and then broke; none is in force at the end",
)
BROKEN_BY_ARMS: Final = OutcomeWords(
    _BROKEN.noun,
    _BROKEN.clause,
    _BROKEN.row,
    _BROKEN.head,
    "a deal was signed, and then broke or was overtaken by arms; none is in force at the end",
)
_FIGHTING: Final = OutcomeWords(
    "fighting without a deal",
    "the fighting goes on without a deal",
    "fighting without a deal",
    "fighting",
    "the war goes on; no deal has been in force, whether the parties talk, wait for one to come into force or neither",
)
_FIGHTING_AGAIN: Final = OutcomeWords(
    "fighting after a broken deal",
    "the fighting goes on after a deal that broke",
    "fighting after a broken deal",
    "deal broke",
    "the war goes on after a deal that was in force and broke",
)
_WAITING: Final = OutcomeWords("no deal", "there is no deal", "no deal", "no deal", "no deal has been in force")
_BROKE: Final = OutcomeWords(
    "a broken deal", "the deal broke", "a deal broke", "deal broke", "a deal was in force and broke; none is any more"
)
_TAKEN: Final = OutcomeWords(
    "a deal of others",
    "somebody else has the deal",
    "somebody else has the deal",
    "others",
    "somebody else has got the deal, and talks are over",
)


def _states(scenario: Scenario, kinds: Mapping[str, OutcomeWords]) -> dict[str, OutcomeWords]:
    """Words of every state, by code."""
    war, named = models_war(scenario), scenario.no_deal.title
    waiting = _FIGHTING if war else _called(_WAITING, named if not outside_states(scenario) else "")
    found = {**kinds, waiting_state(scenario): waiting}
    found[broken_state(scenario)] = _FIGHTING_AGAIN if war else _BROKE
    for who, state in outside_states(scenario).items():
        found[state] = _prevailed(scenario.actors[who].title or who) if who else _called(_TAKEN, named)
    return {code: found[code] for code in state_codes(scenario)}


def _called(words: OutcomeWords, clause: str) -> OutcomeWords:
    """The words, or what the case says instead."""
    return replace(words, clause=clause, row=clause) if clause else words


def _prevailed(who: str) -> OutcomeWords:
    text = f"{who} has prevailed by arms"
    return OutcomeWords(f"victory of {who}", text, text, who, f"arms have decided for {who}, which imposes its will")


class _Spoken(dict[str, OutcomeWords]):
    """Words by code; kinds of deal that a case names itself are called by their names."""

    def __missing__(self, code: str) -> OutcomeWords:
        name = code.replace("_", " ")
        return OutcomeWords(f"a deal ({name})", f"a deal is in force ({name})", name, name, "a deal is in force")


#: Code of an ending, where the case names no kinds of deal -> its words; `Vocabulary` knows those of each case.
ENDING_SPOKEN: Final[Mapping[str, OutcomeWords]] = _Spoken(
    {
        **_WAR_KINDS,
        "stalemate": NEVER_IN_FORCE,
        "war": BROKEN_BY_ARMS,
        "deal": _DEAL,
        "no_deal": NEVER_IN_FORCE,
        "broken": _BROKEN,
    }
)
