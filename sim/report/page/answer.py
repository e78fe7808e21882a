"""The head of the page: the question, the answer in three sentences, and the endings at a glance."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Final

from sim.plots.frame.style import ENDING_COLORS
from sim.report.answer import Answer
from sim.report.lead import lead
from sim.report.page.markup import Markup, element, escaped, joined, section, unbroken
from sim.report.page.words import linked, words_box
from sim.report.stored_run import StoredRun
from sim.report.words import ENDING_WORDS, duration, percent, with_error

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
    return heading("Negotiation simulation", found.scenario.title, found.scenario.question, facts)


def heading(kicker: str, title: str, question: str, facts: Sequence[str]) -> Markup:
    """Write what the page is about."""
    return joined(
        (
            element("p", kicker, class_="kicker"),
            element("h1", title),
            element("p", question, class_="question") if question else "",
            element("p", joined((element("span", fact) for fact in facts), " "), class_="facts"),
        )
    )


def short_answer(found: Answer) -> Markup:
    """Write the three sentences and the bar of endings."""
    return section("answer", "The answer", three(_HEADS, lead(found)), _glance(found), words_box())


def three(heads: Sequence[str], sentences: Sequence[str]) -> Markup:
    """Write the three sentences of an answer, each below what it is about."""
    seen: set[str] = set()
    pairs = [
        element("div", element("dt", title), element("dd", linked(unbroken(sentence), seen)))
        for title, sentence in zip(heads, sentences, strict=True)
    ]
    return element("dl", *pairs, class_="lead")


def _glance(found: Answer) -> Markup:
    """Endings as one bar with its legend."""
    shares, errors = found.told.endings.share, found.told.endings.error
    note = f"State after {duration(found.horizon_years)}"
    note += ", in the worlds that fit what was observed." if found.group == "consistent" else "."
    doubtful = any(errors[name] > 0 for name in shares if shares[name] > 0)
    note += " ± covers 95 % of what chance in drawing the worlds may do." if doubtful else ""
    shown = {name: with_error(shares[name], errors[name]) for name in shares}
    arms = {name: share for name, share in found.told.arms_by_ending.items() if name in {"stalemate", "war"}}
    return ending_bar(shares, shown, ENDING_WORDS, note, arms)


def ending_bar(
    parts: Mapping[str, float],
    shown: Mapping[str, str],
    words: Mapping[str, str],
    note: str,
    arms: Mapping[str, float] = MappingProxyType({}),
) -> Markup:
    """Write shares of endings as one bar; the bar is for eyes only, its legend says the same.

    Args:
        parts: ending -> share of the bar, 0..1
        shown: ending -> the share as it is told
        words: ending -> what it is called in the legend
        arms:  ending -> share of the bar in which it ends so and arms have decided; that part is hatched
    """
    seen = [name for name, share in parts.items() if share > 0]
    pieces = []
    for name in seen:
        hatched = min(arms.get(name, 0.0), parts[name])
        for width, kind in ((parts[name] - hatched, None), (hatched, "hatched")):
            if width > 0:
                style = f"width:{100 * width:.2f}%;background-color:{ENDING_COLORS[name]}"
                pieces.append(element("span", style=style, class_=kind))
    bar = element("div", *pieces, class_="endings-bar", aria_hidden="true")
    lines = [
        element(
            "li",
            element("span", class_="swatch", style=f"background:{ENDING_COLORS[name]}", aria_hidden="true"),
            escaped(f"{words[name]} "),
            element("strong", unbroken(shown[name])),
        )
        for name in seen
    ]
    decided = sum(arms.values())
    if decided > 0:
        swatch = element("span", class_="swatch hatched", aria_hidden="true")
        words_of_arms = escaped("hatched: of these, arms had decided the war in ")
        lines.append(element("li", swatch, words_of_arms, element("strong", percent(decided))))
    return element(
        "div", bar, element("ul", *lines, class_="legend"), element("p", note, class_="note"), class_="glance"
    )
