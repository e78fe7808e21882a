"""The sentences that an answer begins with: how things stand at the end, then the outcomes that the case asks for."""

from __future__ import annotations

import math
import re
from typing import Final

from sim.ensemble.headline_outcomes import is_condition
from sim.ensemble.off_table import named_off_table
from sim.report.outcome_values import name_words, value_words
from sim.report.outcome_words import outcome_title, summary_words
from sim.report.run_report import RunReport
from sim.runs.outcome_summary import OutcomeSummary, headline_outcomes
from sim.scenario.headline import HeadlineOutcome
from sim.words import (
    NOTHING,
    Proportion,
    enumerated,
    percent,
    protocol_words,
    sure_percent,
)

#: An interval in brackets at the end, or in the middle, of other brackets.
_NESTED_END: Final = re.compile(r"\(([^()]*) \(([^()]*)\)\)")
_NESTED: Final = re.compile(r"\(([^()]*) \(([^()]*)\)")
#: So many states are told one by one, besides the rest.
_STATES_TOLD = 3
#: So many names of an outcome are told one by one.
_NAMES_TOLD = 4
#: Where the middle and the ends of a number lie, as a case words them or is taken to.
_FROM_TO: Final = " (10–90 %: {low} to {high})"
_SPAN: Final = "{median}" + _FROM_TO
#: Outcomes whose names are those of actors.
_OF_PEOPLE: Final = frozenset({"signers", "left_out", "by"})
#: Placeholders that say what an outcome is, as the case is played.
_OWN: Final = frozenset({"median", "mean", "share", "most", "all"})


def headline_sentences(run: RunReport) -> tuple[str, ...]:
    """How things stand at the end, in one sentence, then one sentence for each outcome of the headline that occurs."""
    asked = zip(headline_outcomes(run.scenario), run.answer.outcomes.headline_outcomes, strict=True)
    told = (outcome_sentence(run, wanted, found) for wanted, found in asked)
    return (state_sentence(run), *filter(None, told))


def state_sentence(run: RunReport) -> str:
    """The most frequent states at the end, with what chance in the draws may have done to their shares, and when."""
    found, told, words = run.answer.outcomes, run.answer.told, run.words.states
    ranked = sorted((state for state, share in found.states.items() if share), key=lambda name: -found.states[name])
    start = f"After {run.duration(run.answer.subject.horizon_years)}"
    if len(ranked) == 1:
        since = _since(run, ranked[0], ", in half of them within {}")
        apart = "" if ranked[0] in {*run.words.kinds, *run.words.outside} else ","  # else "no deal in every world"
        return f"{start}, {words[ranked[0]].clause}{apart} {everywhere(run, since)}."
    shown = ranked[:_STATES_TOLD] if len(ranked) > _STATES_TOLD + 1 else ranked
    first, *others = shown
    shares = {state: run.share(told.of_draws(found.states[state])) for state in shown}
    parts = [f"in {shares[first]} of {run.worlds}{_since(run, first)}"]
    parts += [f"in {shares[state]}, {words[state].clause}{_since(run, state)}" for state in others]
    joint = "," if ":" in words[first].clause else ":"  # a state may have a colon of its own
    text = f"{start}, most often {words[first].clause}{joint} {'; '.join(parts)}"
    rest = sum(found.states[state] for state in ranked[len(shown) :])
    return f"{text}; the other {percent(rest)} stand in other ways." if rest else f"{text}."


def everywhere(run: RunReport, since: str = "") -> str:
    """All the worlds that are told of, and how sure it is that this is nearly all there could be.

    Args:
        since: what is said of them, before how sure it is
    Source: lower end of the 95 % interval of Wilson 1927
    """
    found = run.answer
    if found.subject.draws == 1:
        return f"in this world{since}"
    if found.subject.deterministic:
        return f"in every world{since}"
    if found.told.draws == 1:
        return f"in the only drawn world that fits what was observed{since} (one says nothing about how often)"
    fit = " that fit what was observed" if found.group == "consistent" else ""
    least = Proportion(found.told.draws, found.told.draws).interval[0]
    return f"in all {found.told.draws:,} worlds{fit}{since} (95 % sure: in at least {sure_percent(least)})"


def _since(run: RunReport, state: str, half: str = " (half of them within {})") -> str:
    """When half of the worlds that end in a state were in it; empty for how things stand from the beginning."""
    found = run.answer.outcomes.half_by.get(state, math.nan)
    if state not in {*run.words.kinds, *run.words.outside} or run.answer.told.draws == 0:
        return ""
    if not found > 0:
        return ", from the first round on" if run.answer.subject.deterministic else ""
    same = run.answer.subject.deterministic or run.answer.told.draws == 1
    return f", after {run.duration(found)}" if same else half.format(run.duration(found))


def outcome_sentence(run: RunReport, wanted: HeadlineOutcome, found: OutcomeSummary) -> str:
    """The sentence of one outcome, a plain one where the case has no words for it; empty where no world has it."""
    if not found.draws:
        return ""
    told = _told(run, wanted.of, found)
    if not found.mean and (absent := named_off_table(run.scenario, wanted.of)):
        levels, verb = enumerated([f"“{level}”" for level in absent]), "is" if len(absent) == 1 else "are"
        told["share"] = f"{percent(0)} ({levels} {verb} not on the table in “{run.scenario.title}”)"
    if wanted.by:
        told["by"] = _by_protocol(run, wanted)
    if wanted.say:
        return unnested(_without_empty_spans(wanted.say, found).format_map(told))
    title = outcome_title(run, wanted.of)
    if found.shares:
        return unnested(f"{title}: {told['all']}.")
    if is_condition(wanted.of):
        return unnested(f"{title}: {told['share']}.")
    return f"{title}: {_without_empty_spans(_SPAN, found).format_map(told)}."


def _without_empty_spans(say: str, found: OutcomeSummary) -> str:
    """A wording without from where to where a number goes, where it is the same in nearly every world."""
    return say if found.shares or found.span.low < found.span.high else say.replace(_FROM_TO, "")


def unnested(text: str) -> str:
    """A sentence without brackets within brackets, where an interval stands in a sentence's own.

    Example:
        >>> unnested("Those who sign: A and B (95 % (90–98 %)). C (0 % (at most 3 %) of what is signed).")
        'Those who sign: A and B (95 %; 90–98 %). C (0 %, at most 3 %, of what is signed).'
    """
    text = _NESTED_END.sub(r"(\1; \2)", text)
    return _NESTED.sub(r"(\1, \2,", text)


def _told(run: RunReport, of: str, found: OutcomeSummary) -> dict[str, str]:
    """Placeholder -> words."""
    ranked = list(found.shares)
    names = [name_words(run, of, name) for name in ranked]
    shares = [run.share(Proportion(found.shares[name] * found.draws, found.draws)) for name in ranked]
    span = {key: value_words(run, of, getattr(found.span, key)) for key in ("median", "low", "high")}
    told = [f"{name} in {share}" for name, share in zip(names, shares, strict=True)]
    rest = sum(found.shares[name] for name in ranked[_NAMES_TOLD:])
    listed = told[:_NAMES_TOLD] + ([f"others in {percent(rest)}"] if rest else [])
    return {
        **span,
        "mean": value_words(run, of, found.mean),
        "share": run.share(Proportion(found.mean * found.draws, found.draws)) if 0 <= found.mean <= 1 else NOTHING,
        "most": names[0] if names else NOTHING,
        "most_share": shares[0] if names else NOTHING,
        "second": names[1] if len(names) > 1 else "nobody else" if of in _OF_PEOPLE else "no other",
        "second_share": shares[1] if len(names) > 1 else percent(0),
        "all": enumerated(listed) if len(told) > 1 else _alone(run, names),
    }


def _alone(run: RunReport, names: list[str]) -> str:
    """The only name that occurs."""
    if not names:
        return NOTHING
    return names[0] if run.answer.told.draws == 1 else f"{names[0]}, in every world"


def _by_protocol(run: RunReport, wanted: HeadlineOutcome) -> str:
    """The outcome under each protocol that was tried, in a phrase; protocols that come to the same stand together.

    What it is under the case's own protocol, the first, is left out where the sentence says that itself.
    """
    alike: dict[str, list[str]] = {}
    for way in run.answer.changes.ways:
        if way.found.of != wanted.of or not way.found.draws:
            continue
        alike.setdefault(summary_words(run, way.found), []).append(protocol_words(way.protocol))
    if not alike:
        return "not tried under other protocols in this run"
    said = not _OWN.isdisjoint(wanted.placeholders)
    if len(alike) == 1:
        (protocols,) = alike.values()
        if len(protocols) == 1:
            return f"with {protocols[0]}"
        return f"with {enumerated(protocols)} alike" if said else f"alike with {enumerated(protocols)}"
    parts = [f"{shown} with {enumerated(protocols)}" for shown, protocols in alike.items()]
    if said:
        parts[0] = f"with {enumerated(next(iter(alike.values())))}"
    return f"{', '.join(parts[:-1])}, and {parts[-1]}" if any(" and " in part for part in parts) else enumerated(parts)
