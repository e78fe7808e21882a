"""The short answer as sentences that make sense when they are read aloud."""

from __future__ import annotations

from sim.experiments.flips import Flip
from sim.report.answer import Answer
from sim.report.findings import Blocker
from sim.report.words import (
    ENDING_CLAUSES,
    KIND_WORDS,
    actor_title,
    duration,
    issue_title,
    number_title,
    percent,
    term_words,
    with_error,
)


def worlds(answer: Answer) -> str:
    """The draws that the headline speaks of."""
    if answer.group == "consistent":
        count = answer.consistent.draws
        return f"the {count:,} of {answer.draws:,} drawn worlds that fit what was observed"
    return f"{answer.draws:,} drawn worlds" if answer.draws > 1 else "the one world drawn"


def headline(answer: Answer) -> str:
    """How it ends, most frequent first."""
    told = answer.told
    ranked = sorted(told.endings.share, key=lambda name: -told.endings.share[name])
    first, second, *rest = ranked
    horizon = duration(answer.horizon_years)
    if answer.deterministic or told.endings.share[first] == 1:
        where = "every world" if answer.draws > 1 else "this world"
        return f"After {horizon}, in {where}: {ENDING_CLAUSES[first]}."
    share = with_error(told.endings.share[first], told.endings.error[first])
    text = f"After {horizon}, most often {ENDING_CLAUSES[first]}: in {share} of {worlds(answer)}."
    if told.endings.share[second] > 0:
        share = with_error(told.endings.share[second], told.endings.error[second])
        text += f" In {share} {ENDING_CLAUSES[second]}."
    others = [name for name in rest if told.endings.share[name] > 0]
    if others:
        total = sum(told.endings.share[name] for name in others)
        text += f" The other {percent(total)}: " + "; ".join(
            f"{ENDING_CLAUSES[name]} ({percent(told.endings.share[name])})" for name in others
        )
        text += "."
    return text


def observations(answer: Answer) -> list[str]:
    """How many worlds the observations keep, and how each fares."""
    if answer.seen_in_base and answer.group == "consistent":
        return ["The worlds are those in which the base case fits what was observed."]
    if not answer.observations:
        return []
    error = (answer.acceptance * (1 - answer.acceptance) / answer.draws) ** 0.5
    lines = [
        f"{with_error(answer.acceptance, error)} of all worlds fit what was observed"
        + ("; so few that chance rules these shares." if 0 < answer.consistent.draws < 50 else ".")
    ]
    if answer.consistent.draws == 0:
        lines[0] = "No world drawn fits what was observed, so all are shown."
    lines += [
        f"{seen.id.replace('_', ' ').capitalize()}: true in {percent(seen.share)} of all worlds; "
        f"{percent(seen.kept)} are kept, since it may be a bluff."
        for seen in answer.observations
    ]
    return lines


def signing(answer: Answer) -> str:
    """What was signed first, how long it lasted, whether arms decided."""
    told = answer.told
    shares = sorted(told.declared.share.items(), key=lambda item: -item[1])
    named = ", ".join(f"{KIND_WORDS[name]} {percent(share)}" for name, share in shares if share > 0)
    text = f"What is signed first: {named}."
    if told.held.signed > 0:
        length = duration(told.held.median_years)
        text += (
            f" Half of the signed deals last {length} or less; "
            f"{percent(told.held.at_least_30_days)} last 30 days or more, "
            f"{percent(told.held.at_least_1_year)} a year or more."
        )
        if told.held.median_years == 0:
            text = text.replace("last no time or less", "never come into force")
    if told.decided_by_arms > 0:
        text += f" Arms decide the war before the end in {percent(told.decided_by_arms)} of the worlds."
    return text


def no_deal(answer: Answer) -> str:
    """Why nothing is signed: no deal to find, or not found."""
    told = answer.told
    nothing = told.declared.share["none"]
    if not nothing > 0:
        return ""
    impossible = sum(told.no_deal_by.values())
    text = f"Nothing is signed in {percent(nothing)} of the worlds."
    if told.talks_failed > 0:
        text += f" In {percent(told.talks_failed)} there was a deal that all could accept and the talks missed it."
    if impossible > 0:
        by = told.no_deal_by
        text += (
            f" In {percent(impossible)} no deal was acceptable to all who must agree, stopped by hard red lines alone "
            f"({percent(by['red_lines_alone'])}), by numbers alone, since no deal pays for all "
            f"({percent(by['numbers_alone'])}), or only by both together ({percent(by['both'])})"
        )
        either = by.get("either_alone", 0.0)
        text += f"; in {percent(either)} either would do." if either > 0 else "."
    return text


def blocker(answer: Answer, found: Blocker) -> str:
    """Who blocks, by which term, and whether that term is the only one."""
    scenario = answer.scenario
    text = f"{actor_title(scenario, found.actor)}: {term_words(scenario, found.term)}"
    if found.alone >= 0.995 or not found.then:
        return f"{text} (the only obstacle)"
    then = term_words(scenario, found.then)
    if found.alone < 0.005:
        return f"{text} (next: {then})"
    return f"{text} (the only obstacle in {percent(found.alone)}; else next: {then})"


def satisfaction(answer: Answer) -> str:
    """Which party gains least."""
    found = answer.least_satisfied
    where = f"{percent(found.share)} of the {'signed deals' if found.signed else 'worlds'}"
    if found.share == 1:
        where = "every signed deal" if found.signed else "every world"
    verb = "gains" if found.mean_gain >= 0 else "loses"
    return (
        f"{actor_title(answer.scenario, found.actor)} gains least in {where}: on average it "
        f"{verb} {abs(100 * found.mean_gain):.1f}% of all that is at stake for it, compared with no deal."
    )


def solutions(answer: Answer) -> list[str]:
    """What textbook solutions would select."""
    lines = []
    for name, deal in answer.solutions.items():
        if not deal.levels:
            lines.append(f"{name}: there is never anything to divide")
            continue
        changed = [
            f"{issue_title(answer.scenario, issue)}: {level}"
            for issue, level in deal.levels.items()
            if level != str(answer.scenario.issues[issue].status_quo)
        ]
        lines.append(f"{name} ({percent(deal.share)} of worlds): {'; '.join(changed) or 'nothing changes'}")
    return lines


def flip(answer: Answer, found: Flip) -> str:
    """One assumed number or convention and where it would move the endings."""
    scenario = answer.scenario
    if found.kind == "number":
        title = f"{number_title(scenario, found.name)}, at the {found.setting.replace(' end, ', ' end of its range, ')}"
    else:
        title = f"Convention: {found.name} = {found.setting}"
    before, after = found.before, found.after
    if not after.draws:
        return f"{title}: no world fits what was observed any more"
    moved = sorted(before.share, key=lambda name: -abs(after.share[name] - before.share[name]))[:2]
    shares = ", ".join(
        f"{name} {percent(before.share[name])} → {percent(after.share[name])}"
        for name in moved
        if after.share[name] != before.share[name]
    )
    if found.changes_modal:
        return f"{title}: most often {after.modal} instead of {before.modal} ({shares})"
    return f"{title}: {shares}; most often still {before.modal}"


def basis(answer: Answer) -> str:
    """How much of it is assumed."""
    total = answer.assumed_count + answer.claimed_count
    return f"{answer.assumed_count} of {total} numbers are assumed, {answer.claimed_count} rest on claims."
