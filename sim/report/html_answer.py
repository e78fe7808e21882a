"""The head of the page: the question, the answer in three sentences, and the endings at a glance."""

from __future__ import annotations

from typing import Final

from sim.plots.style import ENDING_COLORS
from sim.report.answer import Answer
from sim.report.lead import lead
from sim.report.markup import Markup, element, escaped, joined, section, unbroken
from sim.report.stored import StoredRun
from sim.report.words import ENDING_WORDS, duration, with_error

_HEADS: Final = ("What happens", "Why", "How sure")


def head(run: StoredRun) -> Markup:
    """Write the title, the question, and what was run in a line."""
    found = run.answer
    facts = [
        f"Case {found.case}" + (f", with {found.overlay}" if found.overlay else ""),
        f"{found.draws:,} drawn world{'' if found.draws == 1 else 's'}",
        f"seed {found.seed}",
        f"{found.protocol}, {duration(found.horizon_years)}",
        run.manifest.started[:10],
    ]
    return joined(
        (
            element("p", "Negotiation simulation", class_="kicker"),
            element("h1", found.scenario.title),
            element("p", found.scenario.question, class_="question") if found.scenario.question else "",
            element("p", joined((element("span", fact) for fact in facts), " "), class_="facts"),
        )
    )


def short_answer(found: Answer) -> Markup:
    """Write the three sentences and the bar of endings."""
    pairs = [
        element("div", element("dt", title), element("dd", unbroken(sentence)))
        for title, sentence in zip(_HEADS, lead(found), strict=True)
    ]
    return section("answer", "The answer", element("dl", *pairs, class_="lead"), _glance(found))


def _glance(found: Answer) -> Markup:
    """Endings as one bar with its legend; the bar itself is for eyes only, the legend says the same."""
    shares, errors = found.told.endings.share, found.told.endings.error
    seen = [name for name in ENDING_WORDS if shares[name] > 0]
    parts = [
        element("span", style=f"width:{100 * shares[name]:.2f}%;background:{ENDING_COLORS[name]}") for name in seen
    ]
    bar = element("div", *parts, class_="endings-bar", aria_hidden="true")
    lines = [
        element(
            "li",
            element("span", class_="swatch", style=f"background:{ENDING_COLORS[name]}", aria_hidden="true"),
            escaped(f"{ENDING_WORDS[name]} "),
            element("strong", unbroken(with_error(shares[name], errors[name]))),
        )
        for name in seen
    ]
    note = f"State after {duration(found.horizon_years)}"
    note += ", in the worlds that fit what was observed." if found.group == "consistent" else "."
    note += (
        " ± covers 95 % of what chance in drawing the worlds may do." if any(errors[name] > 0 for name in seen) else ""
    )
    return element(
        "div", bar, element("ul", *lines, class_="legend"), element("p", note, class_="note"), class_="glance"
    )
