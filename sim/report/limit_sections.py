"""Where a report should not be trusted: what holds for all of them, and what a run shows of itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from sim.report.number_sections import assumed_words
from sim.report.pieces import Heading, Items, Piece, Section, Span, Words
from sim.report.run_lead import doubts
from sim.report.run_report import FEW, RunReport
from sim.words import counted, percent

#: Less than this share of the worlds kept says that model and observations disagree.
_RARE: Final = 0.05

#: What holds for everything that the program says.
ALWAYS: Final = (
    "This is no forecast. A share says how many of the drawn worlds end so, given the ranges and the rules.",
    "The ± counts chance in drawing worlds and nothing else. Ranges, rules and issues can all be wrong together.",
    "Nothing can happen that is not on the table: no new issue, no new actor, no change of government.",
    "Every actor speaks with one voice; what goes on inside a capital enters only as red lines and their price.",
    "Words of officials are taken as positions, part of which may be posture; nobody lies about facts.",
)


def limit_section(noun: str, own: Sequence[Words], always: Sequence[str] = ()) -> Section:
    """Write the section on limits: those of these results, those of their kind, and those of everything here.

    Args:
        noun: what these results are called
    """
    mine: tuple[Piece, ...] = (Heading(f"This {noun}"), Items(tuple(own)), Heading(f"Every {noun}")) if own else ()
    pieces = (*mine, Items((*always, *ALWAYS)))
    return Section("limits", "Where this should not be trusted", pieces, "Where not to trust it", shown="page")


def run_limits(run: RunReport, failures: Mapping[str, int]) -> Section:
    """Write the section on limits of a run.

    Args:
        failures: what went wrong -> in how many draws
    """
    own = [*_of_draws(run), *_of_numbers(run), *_of_choices(run)]
    wrong = {name.replace("_", " "): count for name, count in failures.items() if count}
    if wrong:
        own.append("Some draws went wrong: " + ", ".join(f"{name}: {count}" for name, count in wrong.items()) + ".")
    return limit_section("run", own)


def _of_draws(run: RunReport) -> Iterator[Words]:
    found, subject = run.answer, run.answer.subject
    if subject.central:
        yield "Every number stands at its central value, so the spread of the evidence is not in it at all."
    if subject.draws == 1:
        yield "One world was drawn. It is a story, and no share can be read from it."
    elif found.told.draws < FEW:
        yield f"Only {found.told.draws:,} worlds stand behind the answer, so chance rules its shares."
    if found.reasons.observations and found.consistent.draws == 0:
        yield "No drawn world fits what was observed, so all are shown; ranges, rules or observations are wrong."
    yield from doubts(run)
    if found.reasons.observations and 0 < found.fitting.share < _RARE:
        yield f"Only {found.fitting} of the worlds fit what was observed: the model hardly explains it."


def _of_numbers(run: RunReport) -> Iterator[Words]:
    subject, telling = run.answer.subject, run.telling
    if run.answer.numbers.assumed:
        yield assumed_words(run.scenario)
    explained = sum(telling.values())
    # Numbers that cross the bar cross it by luck too; what adds up to more than everything is no finding.
    if 0 < explained < 1 and not subject.deterministic and subject.draws > 1:
        many = len(telling) > 1
        which, verb = (f"{len(telling)} numbers", "explain") if many else ("one number", "explains")
        yield (
            f"The {which} that {verb} more of the ending than chance may {verb} {percent(explained)} of its variation"
            f"{' together' if many else ''}; the rest is smaller shares, interplay between numbers, and luck."
        )


def _of_choices(run: RunReport) -> Iterator[Words]:
    changes = run.answer.changes
    turning = sum(flip.changes_modal for flip in changes.flips)
    if turning:
        setting = "setting tried would alone make" if turning == 1 else "settings tried would each alone make"
        words = f"{turning} {setting} another ending the most frequent ("
        yield (words, Span("What would change it", "link", "flips"), ").")
    flipping = sum(row.changes_modal for row in changes.conventions)
    if flipping:
        others = counted(len(changes.conventions) - 1, "other conventions")
        words = f"{flipping} of {others} change which ending is the most frequent ("
        yield (words, Span("Conventions", "link", "conventions"), ").")
