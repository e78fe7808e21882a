"""The answer of a run in three sentences: what happens, why, and how sure that is."""

from __future__ import annotations

from typing import Final

from sim.report.benchmark_pieces import benchmark_sentence
from sim.report.convention_words import convention_clause
from sim.report.deal_lifetime import DealLifetime
from sim.report.glossary_links import linked
from sim.report.headline_words import headline_sentences
from sim.report.outcome_words import move_words, told_of
from sim.report.pieces import KeyValues, Words
from sim.report.reading_pieces import reading_sentence
from sim.report.run_report import FEW, RunReport
from sim.robustness import CONTRADICTED
from sim.runs.flips import Flip
from sim.runs.never_true import sentence_on
from sim.words import (
    Proportion,
    capital,
    counted,
    duration,
    number_title,
    observation_title,
    percent,
    term_words,
    widened_words,
    words_of,
)

#: Draws from which a share below the threshold is not mere chance.
_ENOUGH: Final = 50


def answer_lead(run: RunReport) -> KeyValues:
    """Say in one sentence each what happens, why, and how sure that is."""
    seen: set[str] = set()
    told = {"What happens": run_headline(run), "Why": why(run), "How sure": run_sureness(run)}
    pairs: list[tuple[str, Words]] = [(head, linked(text, seen, words_of(run.words))) for head, text in told.items()]
    return KeyValues(tuple(pairs), "lead")


def run_headline(run: RunReport) -> str:
    """How things stand at the end and what the case asks, with a warning where few worlds stand behind it."""
    return " ".join(headline_sentences(run)) + chance_rules(run)


def chance_rules(run: RunReport) -> str:
    """A warning where few worlds stand behind the shares; empty where there are enough or chance has no part."""
    few, subject = run.answer.told.draws, run.answer.subject
    if subject.deterministic or subject.central or subject.draws == 1 or few >= FEW:
        return ""
    return f" Only {counted(few, 'worlds')} stand{'s' if few == 1 else ''} behind this, so chance rules these shares."


def why(run: RunReport) -> str:
    """What stands in the way most often, or what is signed where nothing does."""
    told, words = run.answer.told, run.words
    nothing = told.declared.proportion("none")
    kinds = {name: count for name, count in told.declared.count.items() if name != "none" and count}
    if kinds and (told.endings.modal != words.never or not nothing.count):
        return _signed(run, max(kinds, key=lambda name: kinds[name]), nothing)
    parts = []
    impossible = sum(told.no_deal_by.values())
    if run.answer.reasons.blockers and impossible > 0:
        parts.append(
            f"{_within(impossible)}no deal of any kind suits all who must agree; what comes closest {_fails(run)}"
        )
    talks = run.answer.talks
    if talks.talks_failed_at_table > 0:
        parts.append(f"{_within(talks.talks_failed_at_table)}the talks miss a deal that all could accept")
    if talks.overtaken > 0:
        parts.append(f"{_within(talks.overtaken)}the talks agree, but {overtaken_by(run)} before the signature")
    where = "" if nothing.share == 1 else f" in {nothing}"
    return f"Nothing is signed{where}: {'; '.join(parts) or 'the rules leave no deal to sign'}."


def overtaken_by(run: RunReport) -> str:
    """What comes between an agreement and its signature, as a clause."""
    return "arms decide" if run.words.war else "something from outside decides"


def _within(share: float) -> str:
    """The share of the worlds that something is said of; nothing where that is all of them."""
    return "" if share == 1 else f"in {percent(share)} "


def _fails(run: RunReport) -> str:
    """On whom the deal that comes closest fails most often, and why."""
    found = run.answer.reasons.blockers[0]
    who, term = run.actor(found.actor), term_words(run.scenario, found.term)
    return (
        f"fails on {who} ({term})"
        if found.share == 1
        else (f"fails most often on {who} ({percent(found.share)} of these: {term})")
    )


def _signed(run: RunReport, kind: str, nothing: Proportion) -> str:
    """What is signed most often and how long it lasts."""
    told, noun = run.answer.told, run.words.declared[kind].noun
    held = told.held.median_years
    if told.declared.share[kind] == 1 and held == told.held.mean_years:
        lasts = f" and is in force for {duration(held)}" if held > 0 else " and never comes into force"
        return f"{capital(noun)} is signed{lasts}."
    lasting = next((item for item in told.lasting if item.kind == kind and run.words.broken), None)
    if told.declared.share[kind] == 1:
        lasts = f" {deals_last(run, lasting, 'It')}" if lasting is not None else ""
        return f"{capital(noun)} is signed in all of these worlds.{lasts}"
    lasts = f" {deals_last(run, lasting)}" if lasting is not None else ""
    if len(run.words.kinds) == 1:
        return f"{capital(noun)} is signed in {told.declared.proportion(kind)}.{lasts}"
    some = f"A deal is signed in {percent(1 - nothing.share)}, most often {noun}"
    return f"{some} ({told.declared.proportion(kind)}).{lasts}"


def deals_last(run: RunReport, found: DealLifetime, pronoun: str = "") -> str:
    """How many deals of a kind come into force, and how long they hold."""
    subject = pronoun or capital(run.words.declared[found.kind].noun)
    return f"{subject} comes into force in {counted(found.count, 'worlds')}: {found.words()}."


def run_sureness(run: RunReport) -> str:
    """What the ± leaves out: assumed numbers, what alone would turn the answer, observations that are never true."""
    wider = widened_words(run.answer.subject.widened or 1.0)
    found = run.answer.subject.deal_search
    return " ".join(
        filter(None, [*doubts(run), _sureness(run), benchmark_sentence(run), reading_sentence(run), wider, found])
    )


def _sureness(run: RunReport) -> str:
    found, subject = run.answer, run.answer.subject
    total, assumed = found.numbers.total, found.numbers.assumed
    some = f"{'All' if assumed == total else f'{assumed} of'} {total} numbers are our assumptions"
    if subject.deterministic:
        return f"{some}; another seed would change nothing."
    if subject.draws == 1 or subject.central:
        return f"This is an illustration: one world says nothing about how often. {some}."
    chance = "The ± is only what chance in drawing worlds may do (95 %)."
    turning = [flip for flip in found.changes.flips if flip.changes_modal]
    if turning:
        return f"Not very. {some}. {turned(run, turning[0])} {chance}"
    if found.changes.flips:
        furthest = next((move for move in found.changes.moves if told_of(move)), None)
        but = f" {move_words(run, furthest)}." if furthest is not None else ""
        alike = run.answer.told.endings.share[run.answer.told.endings.modal] == 1
        kept = "changes how the talks end" if alike else "makes another ending the most frequent"
        return f"{some}, though none of those tried alone {kept}.{but} {chance}"
    return f"{some}. {chance}"


def turned(run: RunReport, flip: Flip) -> str:
    """What one other setting would make the most frequent ending, in a sentence."""
    if flip.kind == "number":
        end = flip.setting.split(",")[0]
        begins = f"With “{number_title(run.scenario, flip.name)}” at the {end} of its range"
    else:
        begins = f"If {convention_clause(run.scenario, flip.name, flip.setting)}"
    ending = flip.after.modal
    share, worlds = percent(flip.after.share[ending]), flip.after.draws
    noun = run.words.endings[ending].noun
    return f"{begins}, {noun} would be most frequent ({share} of the {worlds:,} worlds tried)."


def doubts(run: RunReport) -> list[str]:
    """Say what speaks against the encoding, in sentences without which the answer should not be read.

    They name observations that are true in no drawn world, and those that hardly any world survives.
    """
    reasons = run.answer.reasons
    rare = [
        f"The article contradicts the encoding: only {percent(seen.kept)} of all worlds survive "
        f"“{observation_title(seen.id)}”."
        for seen in reasons.observations
        if run.answer.subject.draws >= _ENOUGH and seen.kept < CONTRADICTED and seen.id not in reasons.never_true
    ]
    lost = reasons.observations and run.answer.group == "all" and not run.answer.consistent.draws
    none = ["No drawn world fits what was observed, so all of them are told of."] if lost else []
    return [*none, *(f"{sentence_on(observation_title(name))}." for name in reasons.never_true), *rare]
