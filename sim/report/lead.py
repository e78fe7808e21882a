"""The answer in three sentences: what happens, why, and how sure that is."""

from __future__ import annotations

from sim.experiments.flips import Flip
from sim.report import sentences
from sim.report.answer import Answer
from sim.report.convention_words import convention_clause
from sim.report.words import (
    ENDING_CLAUSES,
    ENDING_NOUNS,
    KIND_WORDS,
    actor_title,
    duration,
    number_title,
    percent,
    term_words,
    widened_words,
    with_error,
)


def lead(answer: Answer) -> tuple[str, str, str]:
    """Say in one sentence each what happens, why, and how sure that is."""
    sure = " ".join(filter(None, (how_sure(answer), widened_words(answer.widened))))
    return what(answer), why(answer), sure


def what(answer: Answer) -> str:
    """The two most frequent endings, with what chance in the draws may have done to their shares."""
    told = answer.told
    ranked = sorted(
        (name for name, share in told.endings.share.items() if share > 0), key=lambda n: -told.endings.share[n]
    )
    horizon = duration(answer.horizon_years)
    few = sentences.chance_rules(answer)
    if len(ranked) == 1:
        if answer.draws == 1 or answer.deterministic:
            worlds = sentences.worlds(answer)
            where = (
                f"in all {'of ' if worlds.startswith('the ') else ''}{worlds}" if answer.draws > 1 else f"in {worlds}"
            )
        else:
            where = f"in {sentences.every_world(answer)}"
        return f"After {horizon}, {ENDING_CLAUSES[ranked[0]]} {where}.{few}"
    first, second = ranked[:2]
    one, two = (with_error(told.endings.share[name], told.endings.error[name]) for name in (first, second))
    rest = sum(told.endings.share[name] for name in ranked[2:])
    text = (
        f"After {horizon}, most often {ENDING_CLAUSES[first]}: in {one} of {sentences.worlds(answer)}"
        f"{sentences.arms_aside(answer, first)}; in {two}, {ENDING_CLAUSES[second]}"
    )
    return (f"{text}, and the other {percent(rest)} end in other ways." if rest else f"{text}.") + few


def why(answer: Answer) -> str:
    """What stands in the way most often, or what is signed where nothing does."""
    told = answer.told
    nothing, error = told.declared.share["none"], told.declared.error["none"]
    kinds = {name: share for name, share in told.declared.share.items() if name != "none" and share > 0}
    if kinds and (told.endings.modal not in {"stalemate", "no_deal"} or not nothing > 0):
        kind = max(kinds, key=lambda name: kinds[name])
        held = told.held.median_years
        if kinds[kind] == 1 and held == told.held.mean_years:
            lasts = f" and is in force for {duration(held)}" if held > 0 else " and never comes into force"
            return f"{KIND_WORDS[kind][:1].upper()}{KIND_WORDS[kind][1:]} is signed{lasts}."
        lasting = next((item for item in told.lasting if item.kind == kind), None)
        lasts = f". {sentences.deals_last(lasting)}" if lasting is not None else ""
        share = with_error(kinds[kind], told.declared.error[kind])
        return f"A deal is signed in {percent(1 - nothing)}, most often {KIND_WORDS[kind]} ({share}){lasts}."
    parts = []
    impossible = sum(told.no_deal_by.values())
    if answer.blockers and impossible > 0:
        found = answer.blockers[0]
        who = actor_title(answer.scenario, found.actor)
        parts.append(
            f"in {percent(impossible)} no deal of any kind suits all who must agree; what comes closest fails most "
            f"often on {who} ({percent(found.share)} of these: {term_words(answer.scenario, found.term)})"
        )
    if told.talks_failed > 0:
        parts.append(f"in {percent(told.talks_failed)} the talks miss a deal that all could accept")
    reason = "; ".join(parts) or "the rules leave no deal to sign"
    return f"Nothing is signed in {with_error(nothing, error)}: {reason}."


def how_sure(answer: Answer) -> str:
    """What the ± leaves out: assumed numbers, what alone would turn the answer, observations that are never true."""
    return " ".join([*sentences.doubts(answer), sureness(answer)])


def sureness(answer: Answer) -> str:
    """What the ± leaves out: assumed numbers, and what alone would turn the answer."""
    total = answer.assumed_count + answer.claimed_count
    every = answer.assumed_count == total
    counted = f"{'All' if every else f'{answer.assumed_count} of'} {total} numbers are our assumptions"
    if answer.deterministic:
        return f"{counted}; another seed would change nothing."
    if answer.draws == 1 or answer.central:
        return f"This is an illustration: one world says nothing about how often. {counted}."
    chance = "The ± is only what chance in drawing worlds may do (95 %)."
    turning = [flip for flip in answer.flips if flip.changes_modal]
    if turning:
        return f"Not very. {counted}. {turned(answer, turning[0])} {chance}"
    if answer.flips:
        return f"{counted}, though none of those tried alone makes another ending the most frequent. {chance}"
    return f"{counted}. {chance}"


def turned(answer: Answer, flip: Flip) -> str:
    """What one other setting would make the most frequent ending, in a sentence."""
    scenario = answer.scenario
    if flip.kind == "number":
        begins = f"With “{number_title(scenario, flip.name)}” at the {flip.setting.split(',')[0]} of its range"
    else:
        begins = f"If {convention_clause(scenario, flip.name, flip.setting)}"
    ending = flip.after.modal
    share, worlds = percent(flip.after.share[ending]), flip.after.draws
    return f"{begins}, {ENDING_NOUNS[ending]} would be most frequent ({share} of the {worlds:,} worlds tried)."
