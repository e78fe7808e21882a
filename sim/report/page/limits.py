"""Where a report should not be trusted: what holds for all of them, and what this run shows of itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sim.report.answer import Answer
from sim.report.kept import Kept
from sim.report.page.markup import Markup, bullets, element, joined, section
from sim.report.page.numbers import importance
from sim.report.sentences import FEW, doubts
from sim.report.stored_run import StoredRun
from sim.report.words import percent

#: Less than this share of the worlds kept says that model and observations disagree.
_RARE = 0.05

#: What holds for everything that the program says.
ALWAYS = (
    "This is no forecast. A share says how many of the drawn worlds end so, given the ranges and the rules.",
    "The ± counts chance in drawing worlds and nothing else. Ranges, rules and issues can all be wrong together.",
    "Nothing can happen that is not on the table: no new issue, no new actor, no change of government.",
    "Every actor speaks with one voice; what goes on inside a capital enters only as red lines and their price.",
    "Words of officials are taken as positions, part of which may be posture; nobody lies about facts.",
)


def limits(run: StoredRun) -> Markup:
    """Write the section on limits of a run."""
    return limits_section("run", list(_of_this_run(run)))


def limits_section(noun: str, own: Sequence[Markup | str], always: Sequence[str] = ()) -> Markup:
    """Write the section on limits: those of these results, those of their kind, and those of everything here.

    Args:
        noun: what these results are called
    """
    return section(
        "limits",
        "Where this should not be trusted",
        element("h3", f"This {noun}") if own else "",
        bullets(own),
        element("h3", f"Every {noun}") if own else "",
        bullets((*always, *ALWAYS)),
    )


def _of_this_run(run: StoredRun) -> Iterator[Markup | str]:
    yield from _of_draws(run.answer)
    yield from _of_numbers(run)
    yield from _of_choices(run.answer)
    if any(run.manifest.failures.values()):
        wrong = {name.replace("_", " "): count for name, count in run.manifest.failures.items() if count}
        yield "Some draws went wrong: " + ", ".join(f"{name}: {count}" for name, count in wrong.items()) + "."


def _of_draws(found: Answer) -> Iterator[str]:
    if found.central:
        yield "Every number stands at its central value, so the spread of the evidence is not in it at all."
    if found.draws == 1:
        yield "One world was drawn. It is a story, and no share can be read from it."
    elif found.told.draws < FEW:
        yield f"Only {found.told.draws:,} worlds stand behind the answer, so chance rules its shares."
    if found.observations and found.consistent.draws == 0:
        yield "No drawn world fits what was observed, so all are shown; ranges, rules or observations are wrong."
    yield from doubts(found)
    if found.observations and 0 < found.acceptance < _RARE:
        yield f"Only {percent(found.acceptance)} of the worlds fit what was observed: the model hardly explains it."


def _of_numbers(run: StoredRun) -> Iterator[str]:
    found, shares = run.answer, importance(run)
    if found.assumed_count:
        yield assumed_words(run)
    if sum(shares.values()) > 0 and not found.deterministic and found.draws > 1:
        explained = percent(min(sum(shares.values()), 1.0))
        yield (
            f"Single numbers together explain {explained} of the variation in the ending; the rest is interplay "
            "between numbers, and luck."
        )


def assumed_words(kept: Kept) -> str:
    """How many numbers are assumed."""
    return f"{kept.assumed_count} of {len(kept.scenario.numbers)} numbers are assumed, not taken from evidence."


def _of_choices(found: Answer) -> Iterator[Markup]:
    turning = sum(flip.changes_modal for flip in found.flips)
    if turning:
        setting = "setting tried would alone make" if turning == 1 else "settings tried would each alone make"
        yield see(f"{turning} {setting} another ending the most frequent", "flips", "What would change it")
    flipping = sum(row.changes_modal for row in found.conventions)
    if flipping:
        words = f"{flipping} of {len(found.conventions) - 1} other conventions change which ending is the most frequent"
        yield see(words, "conventions", "Conventions")


def see(words: str, place: str, title: str) -> Markup:
    """A limit that points to the section where it is shown."""
    return joined((words, " (", element("a", title, href=f"#{place}"), ")."))
