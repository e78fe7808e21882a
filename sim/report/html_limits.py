"""Where a report should not be trusted: what holds for all of them, and what this run shows of itself."""

from __future__ import annotations

from collections.abc import Iterator

from sim.report.html_numbers import importance
from sim.report.markup import Markup, bullets, element, paragraph, section
from sim.report.stored import StoredRun
from sim.report.words import percent

#: Fewer draws than this leave shares to chance.
_FEW = 100
#: Less than this share of the worlds kept says that model and observations disagree.
_RARE = 0.05

_ALWAYS = (
    "This is no forecast. A share says how many of the drawn worlds end so, given the ranges and the rules; it is not "
    "the probability that history does.",
    "The ± counts chance in drawing worlds and nothing else. Ranges, rules and the list of issues can all be wrong "
    "together, and no number of draws would show it.",
    "Nothing can happen that is not on the table: no new issue, no new actor, no change of government, no surprise at "
    "the front beyond the chance that arms decide.",
    "Every actor speaks with one voice and weighs issues by fixed values. What goes on inside a capital enters only as "
    "red lines and as the price of crossing them.",
    "Words of officials are taken as positions, part of which may be posture. Nobody lies about facts, and nobody "
    "learns what others hide except from their offers.",
)


def limits(run: StoredRun) -> Markup:
    """Write the section on limits."""
    own = list(_of_this_run(run))
    return section(
        "limits",
        "Where this should not be trusted",
        element("h3", "This run") if own else "",
        bullets(own),
        element("h3", "Every run") if own else "",
        bullets(_ALWAYS),
    )


def _of_this_run(run: StoredRun) -> Iterator[Markup | str]:
    found = run.answer
    total = found.assumed_count + found.claimed_count
    if found.central:
        yield "Every number stands at its central value, so the spread of the evidence is not in it at all."
    if found.draws == 1:
        yield "One world was drawn. It is a story, and no share can be read from it."
    elif found.told.draws < _FEW:
        yield f"Only {found.told.draws:,} worlds stand behind the answer, so chance rules its shares."
    if found.observations and found.consistent.draws == 0:
        yield "No drawn world fits what was observed, so all are shown: the ranges, the rules or the observations are wrong."
    elif found.observations and found.acceptance < _RARE:
        yield f"Only {percent(found.acceptance)} of the worlds fit what was observed: model and observations hardly agree."
    if found.assumed_count:
        yield f"{found.assumed_count} of {total} numbers are assumed, not taken from evidence."
    turning = [flip for flip in found.flips if flip.changes_modal]
    if turning:
        yield paragraph_of(f"{len(turning)} assumed settings would each alone make another ending the most frequent")
    if found.conventions:
        flipping = sum(row.changes_modal for row in found.conventions)
        if flipping:
            yield paragraph_of(f"{flipping} of {len(found.conventions) - 1} other conventions change the most frequent ending")
    shares = importance(run)
    if shares and not found.deterministic and found.draws > 1:
        yield (
            f"Single numbers together explain {percent(min(sum(shares.values()), 1.0))} of the variation in the ending; "
            "the rest is interplay between numbers, and luck."
        )
    if any(run.manifest.failures.values()):
        listed = ", ".join(f"{name.replace('_', ' ')}: {count}" for name, count in run.manifest.failures.items() if count)
        yield f"Some draws went wrong: {listed}."


def paragraph_of(words: str) -> Markup:
    """A limit that points to the section where it is shown."""
    return Markup(str(paragraph(words, " (", element("a", "see what would change it", href="#flips"), ").")))
