"""The short answer as sentences that make sense when they are read aloud."""

from __future__ import annotations

import math
from typing import Final

from sim.experiments.flips import Flip
from sim.report.answer import Answer
from sim.report.convention_words import convention_clause, convention_code
from sim.report.findings import Blocker
from sim.report.lasting import Lasting
from sim.report.observed_words import doubts as doubts
from sim.report.observed_words import observations as observations
from sim.report.refusals import refusal_words
from sim.report.words import (
    ENDING_CLAUSES,
    ENDING_HEADS,
    ENDING_NOUNS,
    KIND_WORDS,
    actor_title,
    duration,
    issue_title,
    number_title,
    percent,
    term_words,
    with_error,
)
from sim.words import ENDING_SPOKEN
from sim.words.intervals import wilson

#: Fewer worlds than this leave shares to chance.
FEW: Final = 100
#: Kinds of deal whose lasting is told.
MOST_KINDS: Final = 3
#: Share of the ending that a single number should explain to be said to matter.
MATTERS: Final = 0.1


def worlds(answer: Answer) -> str:
    """The draws that the headline speaks of."""
    if answer.group == "consistent":
        count = answer.consistent.draws
        return f"the {count:,} of {answer.draws:,} drawn worlds that fit what was observed"
    return f"{answer.draws:,} drawn worlds" if answer.draws > 1 else "the one world drawn"


def headline(answer: Answer) -> str:
    """How it ends, most frequent first; with a warning where so few worlds are left that chance rules."""
    told = answer.told
    ranked = sorted(told.endings.share, key=lambda name: -told.endings.share[name])
    first, second, *rest = ranked
    horizon = duration(answer.horizon_years)
    if told.endings.share[first] == 1:
        aside = arms_aside(answer, first)
        if answer.deterministic or answer.draws == 1:
            where = "every world" if answer.draws > 1 else "this world"
            return f"After {horizon}, in {where}: {ENDING_CLAUSES[first]}{aside}."
        text = f"After {horizon}, in {every_world(answer)}: {ENDING_CLAUSES[first]}{aside}."
        return text + chance_rules(answer)
    share = with_error(told.endings.share[first], told.endings.error[first])
    text = f"After {horizon}, most often {ENDING_CLAUSES[first]}: in {share} of {worlds(answer)}"
    text += f"{arms_aside(answer, first)}."
    if told.endings.share[second] > 0:
        share = with_error(told.endings.share[second], told.endings.error[second])
        text += f" In {share} {ENDING_CLAUSES[second]}{arms_aside(answer, second)}."
    others = [name for name in rest if told.endings.share[name] > 0]
    if others:
        total = sum(told.endings.share[name] for name in others)
        text += f" The other {percent(total)}: " + "; ".join(
            f"{ENDING_CLAUSES[name]} ({percent(told.endings.share[name])})" for name in others
        )
        text += "."
    return text + chance_rules(answer)


def every_world(answer: Answer) -> str:
    """All the worlds that are told of, and how sure it is that this is nearly all there could be.

    Source: lower end of the 95 % interval of Wilson 1927
    """
    told = answer.told
    if answer.group == "consistent" and told.draws == 1:
        return "the only drawn world that fits what was observed (one says nothing about how often)"
    fit = " that fit what was observed" if answer.group == "consistent" else ""
    least = 100 * float(wilson(told.draws, told.draws)[0])
    sure = f"{math.floor(least)}" if least < 95 else f"{math.floor(10 * least) / 10:.1f}"
    return f"all {told.draws:,} worlds{fit} (95% sure: at least {sure}%)"


def chance_rules(answer: Answer) -> str:
    """A warning where few worlds stand behind the shares; empty where there are enough or chance has no part."""
    few = answer.told.draws
    if answer.deterministic or answer.central or answer.draws == 1 or few >= FEW:
        return ""
    return f" Only {few:,} world{' stands' if few == 1 else 's stand'} behind this, so chance rules these shares."


def arms_aside(answer: Answer, ending: str) -> str:
    """In how many of the worlds that end without a deal in force arms had decided, and in how many they had not."""
    told = answer.told
    if ending not in {"stalemate", "war"} or not told.arms_by_ending[ending] > 0:
        return ""
    decided = told.arms_by_ending[ending]
    left = told.endings.share[ending] - decided
    if told.draws == 1:
        return "; arms had decided the war by then"
    where = f"in {percent(decided)} arms had decided the war by then"
    return (
        f" ({where}, in {percent(left)} it goes on)" if left > 1e-9 else " (in all of these arms had decided the war)"
    )


def definitions(answer: Answer) -> list[str]:
    """What counts as an ending without a deal, with the code that data and options use; one place for it."""
    codes = [code for code in ("stalemate", "war", "no_deal", "broken") if code in answer.possible]
    lines = [
        f"{ENDING_HEADS[code][:1].upper()}{ENDING_HEADS[code][1:]} (“{code}” in data and options): "
        f"{ENDING_SPOKEN[code].meaning}."
        for code in codes
    ]
    if answer.arms_possible:
        lines.append("Arms decided: one side has prevailed before the end and imposes what it wants.")
    return lines


def signing(answer: Answer) -> str:
    """What was signed first, how long it lasted, whether arms decided."""
    told = answer.told
    shares = sorted(told.declared.share.items(), key=lambda item: -item[1])
    named = ", ".join(f"{KIND_WORDS[name]} {percent(share)}" for name, share in shares if share > 0)
    text = f"What is signed first: {named}."
    if told.not_in_force == 1:
        text += " None of the signed deals comes into force before the end."
    elif told.not_in_force > 0:
        text += f" {percent(told.not_in_force)} of the signed deals never come into force before the end."
    if answer.draws > 1:
        text += "".join(f" {deals_last(item)}." for item in told.lasting[:MOST_KINDS])
    if told.decided_by_arms > 0:
        text += f" Arms decide the war before the end in {percent(told.decided_by_arms)} of {these_worlds(answer)}."
    return text


def deals_last(found: Lasting) -> str:
    """How long deals of a kind hold, with how many there are."""
    some = f"Of the {found.count:,} {found.plural} that come into force" if found.count > 1 else None
    return f"{some}, {found.words()}" if some else f"Of the one {found.plural} that comes into force: {found.words()}"


def these_worlds(answer: Answer) -> str:
    """The worlds that shares are of, in a few words."""
    if answer.group == "consistent":
        return f"the {answer.told.draws:,} worlds that fit what was observed"
    return "the worlds"


def no_deal(answer: Answer) -> str:
    """Why nothing is signed: no deal to find, or not found."""
    told = answer.told
    nothing = told.declared.share["none"]
    if not nothing > 0:
        return ""
    impossible = sum(told.no_deal_by.values())
    text = f"Nothing is signed in {percent(nothing)} of {these_worlds(answer)}."
    if told.talks_failed > 0:
        text += f" In {percent(told.talks_failed)} there was a deal that all could accept and the talks missed it."
    if impossible > 0:
        by = told.no_deal_by
        text += (
            f" In {percent(impossible)} no deal of any kind was acceptable to all who must agree. What stops them all "
            f"is hard red lines alone, which bar every deal though some would pay for all "
            f"({percent(by['red_lines_alone'])}); numbers alone, as no deal pays for all though some cross no red line "
            f"({percent(by['numbers_alone'])}); or only both together, as every deal that pays for all is barred "
            f"({percent(by['both'])})"
        )
        either = by.get("either_alone", 0.0)
        text += f". In {percent(either)} either alone would do." if either > 0 else "."
    return text


def blocker(answer: Answer, found: Blocker) -> str:
    """Who blocks, by which term, and whether that term is the only one it has against that deal."""
    scenario = answer.scenario
    text = f"{actor_title(scenario, found.actor)}: {term_words(scenario, found.term)}"
    if found.alone >= 0.995 or not found.then:
        return f"{text} (the only obstacle)"
    then = term_words(scenario, found.then)
    if found.alone < 0.005:
        return f"{text} (next: {then})"
    return f"{text} (the only obstacle in {percent(found.alone)}; else next: {then})"


def kind_by_kind(answer: Answer) -> str:
    """Which side the nearest deal of each kind fails on; empty where none is ever refused."""
    if answer.draws == 1 or not answer.refusals:
        return ""
    told = [refusal_words(answer.scenario, found) for found in answer.refusals]
    return f"Asked kind by kind: {'; '.join(told)}."


def satisfaction(answer: Answer) -> str:
    """Which party gains least."""
    found = answer.least_satisfied
    where = f"{percent(found.share)} of the {'signed deals' if found.signed else 'worlds'}"
    if found.share == 1:
        where = "every signed deal" if found.signed else "every world"
    gain = f"{100 * found.mean_gain:+.1f}%".replace("-", "−")
    return (
        f"In {where} least is gained by {actor_title(answer.scenario, found.actor)}: on average {gain} of all that is "
        "at stake, compared with no deal."
    )


def important_title(answer: Answer) -> str:
    """What the list of the numbers that matter most is called; it says so where none of them matters much."""
    most = max((number.share for number in answer.important), default=0.0)
    if most < MATTERS:
        return f"No single number matters much: alone, the first explains {percent(most)} of the ending"
    return "Numbers that matter most, by how much of the ending each explains alone"


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
            if level != answer.scenario.issues[issue].status_quo_key
        ]
        lines.append(f"{name} ({percent(deal.share)} of worlds): {'; '.join(changed) or 'nothing changes'}")
    return lines


def flip(answer: Answer, found: Flip) -> str:
    """One assumed number or convention and where it would move the endings, on the sample it was tried on."""
    scenario = answer.scenario
    if found.kind == "number":
        end = found.setting.replace(" end, ", " end of its range, ")
        title, code = f"{number_title(scenario, found.name)}, at the {end}", ""
    else:
        title = f"If {convention_clause(scenario, found.name, found.setting)}"
        code = f" [{convention_code(found.name, found.setting)}]"
    before, after = found.before, found.after
    if not after.draws:
        return f"{title}: no world fits what was observed any more{code}"
    moved = sorted(before.share, key=lambda name: -abs(after.share[name] - before.share[name]))[:2]
    shares = ", ".join(
        f"{ENDING_NOUNS[name]} {percent(before.share[name])} → {percent(after.share[name])}"
        for name in moved
        if after.share[name] != before.share[name]
    )
    sample = f"in the {before.draws:,} world{'' if before.draws == 1 else 's'} tried"
    if found.changes_modal:
        new, old = ENDING_NOUNS[after.modal], ENDING_NOUNS[before.modal]
        return f"{title}: most often {new} instead of {old} ({sample}: {shares}){code}"
    return f"{title}: {shares}, {sample}; most often still {ENDING_NOUNS[before.modal]}{code}"


def basis(answer: Answer) -> str:
    """How much of it is assumed."""
    total = answer.assumed_count + answer.claimed_count
    return f"{answer.assumed_count} of {total} numbers are assumed, {answer.claimed_count} rest on claims."
