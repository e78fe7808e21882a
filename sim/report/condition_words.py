"""Conditions on outcomes as people say them: "Price is above 3.3 M USD and a deal is signed"."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Final

from sim.ensemble.condition import Clause, parse
from sim.foundations import InputError
from sim.report.case_words import CaseWords
from sim.report.outcome_values import name_words, quantity_title, time_words, value_words
from sim.words import OutcomeWords, enumerated, event_title

_SIGNS: Final = {
    ">": "is above", ">=": "is at least", "<": "is below", "<=": "is at most", "==": "is", "!=": "is not",
}  # fmt: skip
#: Outcome that holds or not -> the clause that it does, and that it does not.
_HOLDS: Final = {
    "signed": ("a deal is signed", "nothing is signed"),
    "any_deal": ("some deal is acceptable to all who sign", "no deal is acceptable to all who sign"),
    "consistent": ("the world fits what was observed", "the world does not fit what was observed"),
    "decided_by_arms": ("arms decide", "arms do not decide"),
    "talks_failed_at_table": ("the talks miss a deal that all could accept", "the talks miss no deal"),
    "efficient": ("no deal would be better for all who sign", "some deal would be better for all who sign"),
}
#: Length of time -> clauses below and above one.
_TIMES: Final = {
    "time": ("a deal is signed in less than {0}", "it takes more than {0} until a deal is signed"),
    "held": ("the first deal is in force for less than {0}", "the first deal is in force for more than {0}"),
}
#: Outcome with a time -> the clause that it holds, and that it does not.
_WITHIN: Final = {
    "in_force_by": ("a deal is in force within {0}", "no deal is in force within {0}"),
    "held": ("the first deal is in force for {0}", "the first deal is not in force for {0}"),
}
#: Comparison with a round -> the clause.
_ROUNDS: Final = {
    "<": "a deal is signed before round {0}", "<=": "a deal is signed by round {0}",
    ">": "a deal is signed after round {0}", ">=": "a deal is signed in round {0} or later",
    "==": "a deal is signed in round {0}", "!=": "a deal is signed in another round than {0}",
}  # fmt: skip
#: Outcome -> the clause that it is one of its names.
_NAMED: Final = {"signers": "{0} sign{s}", "left_out": "{0} {be} left out", "by": "the offer of {0} is accepted"}
#: Names of no member.
_NOBODY: Final = ("none", "nobody")


def clause_words(case: CaseWords, text: str) -> str:
    """A condition as a clause, in the words of the case; as it was typed where it makes no sense.

    Example:
        >>> from sim.report.case_words import ToldCase
        >>> from sim.scenario import read_scenario
        >>> purchase = ToldCase(read_scenario("scenarios/purchase"))
        >>> clause_words(purchase, "terms.price > 3.3e6 and signed")
        '“Price of a turbine” is above 3.3 M USD and a deal is signed'
        >>> clause_words(purchase, 'signers == "seller + buyer" or time < 0.1')
        'Buyer and Seller sign or a deal is signed in less than 5 weeks'
    """
    try:
        return _said(case, parse(text).clause)
    except InputError:
        return text.strip()


def _said(case: CaseWords, clause: Clause, *, turned: bool = False) -> str:
    if clause.sign == "not":
        inner = clause.parts[0]
        if inner.parts:
            return f"it is not so that {_said(case, inner)}"
        return _said(case, inner, turned=not turned)
    if clause.parts:
        parts = [
            f"({_said(case, part)})" if part.parts and part.sign != "not" else _said(case, part)
            for part in clause.parts
        ]
        return f" {clause.sign} ".join(parts)
    if clause.sign == "holds":
        return _whether(case, clause.name, turned=turned)
    sign, values = clause.sign, clause.values
    if turned:
        sign = {
            ">": "<=", ">=": "<", "<": ">=", "<=": ">", "==": "!=", "!=": "==", "in": "not in", "not in": "in",
        }[sign]  # fmt: skip
    if len(values) == 1 and not isinstance(values[0], str):
        return _compared(case, clause.name, sign, values[0])
    return _one_of(case, clause.name, [str(value) for value in values], turned=sign in {"!=", "not in"})


def _whether(case: CaseWords, name: str, *, turned: bool) -> str:
    head, _, member = name.partition(".")
    if name in _HOLDS:
        return _HOLDS[name][turned]
    if head == "event" and member in case.scenario.events:
        title = event_title(case.scenario, member)
        return f"nothing is signed after {title}" if turned else f"{title} comes while nothing is signed"
    base, _, when = name.partition("@")
    if base in _WITHIN and when:
        said, never = _WITHIN[base]
        return (never if turned else said).format(time_words(when))
    return f"“{quantity_title(case, name)}” {'does not hold' if turned else 'holds'}"


def _compared(case: CaseWords, name: str, sign: str, value: float) -> str:
    """A number against a number."""
    if name in _HOLDS and value in {0.0, 1.0} and sign in {"==", "!="}:
        return _HOLDS[name][(value == 0) == (sign == "==")]
    if name == "acceptable_deals" and value == 0 and sign in {">", "=="}:
        return _HOLDS["any_deal"][sign == "=="]
    head = name.partition(".")[0]
    if head in _TIMES and sign in {"<", "<=", ">", ">="} and value > 0:
        below, above = _TIMES[head]
        return (below if sign.startswith("<") else above).format(value_words(case, name, value, typed=True))
    if name == "round":
        return _ROUNDS[sign].format(_number(case, name, value))
    return f"“{quantity_title(case, name)}” {_SIGNS[sign]} {_number(case, name, value)}"


def _number(case: CaseWords, name: str, value: float) -> str:
    return f"{value:g}" if math.isnan(value) else value_words(case, name, value, typed=True)


def _one_of(case: CaseWords, name: str, values: list[str], *, turned: bool) -> str:
    """A name among names."""
    head, _, member = name.partition(".")
    base, _, when = head.partition("@")
    groups = {"state": case.words.states, "ending": case.words.endings, "declared": case.words.declared}
    not_so = "it is not so that " if turned else ""
    if base in groups:
        told = [_outcome(base, groups[base], value) for value in values]
        return f"{not_so}{_after(when)}{' or '.join(told)}"
    if base in _NAMED:
        told = [_members(case, base, value) for value in values]
        return f"{not_so}{' or '.join(told)}"
    if name.startswith(("terms", "terms_in_force")) and member in case.scenario.issues:
        levels = enumerated([f"“{name_words(case, name, value)}”" for value in values], "or")
        return f"“{quantity_title(case, name)}” is {'not ' if turned else ''}{levels}"
    spoken = enumerated([value.replace("_", " ") for value in values], "or")
    return f"“{quantity_title(case, name)}” is {'not ' if turned else ''}{spoken}"


def _outcome(base: str, words: Mapping[str, OutcomeWords], value: str) -> str:
    found = words.get(value)
    if found is None:
        return value.replace("_", " ")
    if base == "declared":
        return "nothing is signed" if value == "none" else f"{found.noun} is signed first"
    return str(found.clause)


def _after(when: str) -> str:
    """The time at which a state is asked for."""
    return f"after {time_words(when)} " if when else ""


def _members(case: CaseWords, base: str, value: str) -> str:
    """Who signs, is left out or makes the offer."""
    parts = value.split(" + ")
    order = list(case.scenario.actors)
    if all(part in order for part in parts):
        value = " + ".join(sorted(parts, key=order.index))
    if base == "signers" and value in _NOBODY:
        return "nothing is signed"
    who = "nobody" if value in _NOBODY else name_words(case, base, value)
    many = len(parts) > 1
    return _NAMED[base].format(who, s="" if many else "s", be="are" if many else "is")
