"""Where a report should not be trusted: what holds for all of them, and what this run shows of itself."""

from __future__ import annotations

from collections.abc import Sequence

from sim.report.kept import Kept
from sim.report.page.markup import Markup, bullets, element, section

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


def assumed_words(kept: Kept) -> str:
    """How many numbers are assumed."""
    return f"{kept.assumed_count} of {len(kept.scenario.numbers)} numbers are assumed, not taken from evidence."
