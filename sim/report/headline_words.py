"""The sentences that an answer begins with: how things stand at the end, then the outcomes that the case asks for."""

from __future__ import annotations

import math
from typing import Final

from sim.ensemble.headline_outcomes import is_condition
from sim.report.convention_words import convention_clause
from sim.report.run_report import RunReport
from sim.runs.flips import OutcomeMove
from sim.runs.outcome_summary import OutcomeSummary, headline_outcomes
from sim.scenario.headline import HeadlineOutcome
from sim.words import (
    NOTHING,
    OutcomeWords,
    Proportion,
    actor_title,
    capital,
    enumerated,
    issue_title,
    level_title,
    number_title,
    percent,
    quantity,
)

#: So many states are told one by one, besides the rest.
_STATES_TOLD = 3
#: So many names of an outcome are told one by one.
_NAMES_TOLD = 4


#: Changes of outcomes below this are not worth a line.
MOVED: Final = 0.05
#: Outcome of an actor -> its title.
_OF_ACTORS: Final = {
    "surplus_share": "Part of the gain that goes to {0}",
    "waiting_share": "Part of the cost of waiting that {0} pays",
    "payoff": "What comes of it for {0}",
}
#: Outcome -> its title, where its name would not do.
_TITLES: Final = {
    "time": "Time until a deal is signed",
    "round": "Round in which a deal is signed",
    "held": "How long the first deal is in force",
    "signers": "Who signs",
    "left_out": "Who is left out",
    "declared": "What is signed first",
    "by": "Whose offer is accepted",
    "efficiency": "How much of the possible gain is found",
}


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
        return f"{start}, {words[ranked[0]].clause} {everywhere(run, since)}."
    shown = ranked[:_STATES_TOLD] if len(ranked) > _STATES_TOLD + 1 else ranked
    first, *others = shown
    shares = {state: run.share(told.of_draws(found.states[state])) for state in shown}
    parts = [f"in {shares[first]} of {run.worlds}{_since(run, first)}"]
    parts += [f"in {shares[state]}, {words[state].clause}{_since(run, state)}" for state in others]
    text = f"{start}, most often {words[first].clause}: {'; '.join(parts)}"
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
    least = 100 * Proportion(found.told.draws, found.told.draws).interval[0]
    sure = f"{math.floor(least)}" if least < 95 else f"{math.floor(10 * least) / 10:.1f}"
    return f"in all {found.told.draws:,} worlds{fit}{since} (95 % sure: in at least {sure} %)"


def _since(run: RunReport, state: str, half: str = " (half of them within {})") -> str:
    """When half of the worlds that end in a state were in it; empty for how things stand from the beginning."""
    found = run.answer.outcomes.half_by.get(state, math.nan)
    if state not in {*run.words.kinds, *run.words.outside} or run.answer.told.draws == 0:
        return ""
    if math.isnan(found):
        return ", from the first round on" if run.answer.subject.deterministic else ""
    same = run.answer.subject.deterministic or run.answer.told.draws == 1
    return f", after {run.duration(found)}" if same else half.format(run.duration(found))


def outcome_sentence(run: RunReport, wanted: HeadlineOutcome, found: OutcomeSummary) -> str:
    """The sentence of one outcome; empty where no world has it."""
    return wanted.say.format_map(_told(run, wanted.of, found)) if found.draws else ""


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
        "second": names[1] if len(names) > 1 else "nobody else",
        "second_share": shares[1] if len(names) > 1 else percent(0),
        "all": enumerated(listed) if len(told) > 1 else _alone(run, names),
        "by": _by_protocol(run, of),
    }


def _alone(run: RunReport, names: list[str]) -> str:
    """The only name that occurs."""
    if not names:
        return NOTHING
    return names[0] if run.answer.told.draws == 1 else f"{names[0]} always"


def _by_protocol(run: RunReport, of: str) -> str:
    """The outcome under each protocol that was tried, in a phrase."""
    parts = []
    for way in run.answer.changes.ways:
        if way.found.of != of or not way.found.draws:
            continue
        shown = summary_words(run, way.found)
        spoken = way.protocol.replace("-", " ")
        parts.append(f"{shown} under {spoken if ' ' in spoken else capital(spoken)}")  # one word: after somebody
    return enumerated(parts) or "not tried under other protocols in this run"


def value_words(run: RunReport, of: str, value: float) -> str:
    """A number of an outcome as people say it: with its unit, as a length of time, or as a share."""
    head, _, member = of.partition(".")
    if math.isnan(value):
        return NOTHING
    if head in {"terms", "terms_in_force"} and member in run.scenario.issues:
        issue = run.scenario.issues[member]
        told = value if value in issue.values else float(f"{value:.4g}")  # a level is never rounded to another
        return quantity(told, issue.unit)
    if head in {"time", "held"}:
        length = value if head == "time" else value * run.scenario.talks.round_years
        return run.duration(length) if length > 0 else "no time at all"
    if head in {"surplus_share", "waiting_share", "efficiency"}:
        return percent(value)
    return f"{value + (head == 'round'):.3g}"  # rounds are counted from 1 for people


def name_words(run: RunReport, of: str, name: str) -> str:
    """A name that an outcome can have, as people say it."""
    head, _, member = of.partition(".")
    groups = {"state": run.words.states, "ending": run.words.endings, "declared": run.words.declared}
    spoken: OutcomeWords | None = groups.get(head.partition("@")[0], {}).get(name)
    if spoken is not None:
        return spoken.noun
    if head in {"terms", "terms_in_force"}:
        return level_title(run.scenario, member, name)
    if name == "none":
        return "nobody"
    return enumerated([actor_title(run.scenario, part) for part in name.split(" + ")])


def outcome_title(run: RunReport, of: str) -> str:
    """What people call an outcome.

    Example:
        >>> from sim.report import answer
        >>> from sim.runs import run
        >>> from sim.scenario import read_scenario
        >>> pie = read_scenario("scenarios/pie")
        >>> told = RunReport(answer(run(pie, 3), pie, "pie", "out"), pie)
        >>> outcome_title(told, "terms.share"), outcome_title(told, "surplus_share.first")
        ('Share of the first player', 'Part of the gain that goes to First player')
    """
    if named := next((found.title for found in run.scenario.headline.outcomes if found.of == of), ""):
        return named
    head, _, member = of.partition(".")
    if head in {"terms", "terms_in_force"} and member in run.scenario.issues:
        return issue_title(run.scenario, member)
    if member in run.scenario.actors and head in _OF_ACTORS:
        return _OF_ACTORS[head].format(actor_title(run.scenario, member))
    return _TITLES.get(of, of if is_condition(of) else capital(of.replace("_", " ")))


def summary_words(run: RunReport, found: OutcomeSummary) -> str:
    """An outcome in a few words: its median, the share in which a condition holds, or the most frequent name."""
    if found.shares:
        name, share = next(iter(found.shares.items()))
        return f"{name_words(run, found.of, name)} ({percent(share)})"
    return percent(found.mean) if is_condition(found.of) else value_words(run, found.of, found.span.median)


def move_words(run: RunReport, found: OutcomeMove) -> str:
    """One outcome of the headline and where the setting that moves it most would take it."""
    if found.kind == "number":
        where = f"with “{number_title(run.scenario, found.name)}” at the {found.setting.split(',')[0]} of its range"
    else:
        where = f"if {convention_clause(run.scenario, found.name, found.setting)}"
    title, before, after = (
        outcome_title(run, found.before.of), summary_words(run, found.before), summary_words(run, found.after)
    )  # fmt: skip
    return f"{title}: {before} → {after}, {where}"
