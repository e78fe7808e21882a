"""The head of the page: the question, the answer in three sentences, and the endings at a glance."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from sim.plots.frame.style import ENDING_COLORS
from sim.report.page.markup import Markup, element, escaped, joined, unbroken
from sim.report.page.words import linked
from sim.report.words import ENDING_WORDS, percent


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


def three(heads: Sequence[str], sentences: Sequence[str]) -> Markup:
    """Write the three sentences of an answer, each below what it is about."""
    seen: set[str] = set()
    pairs = [
        element("div", element("dt", title), element("dd", linked(unbroken(sentence), seen)))
        for title, sentence in zip(heads, sentences, strict=True)
    ]
    return element("dl", *pairs, class_="lead")


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
    seen = [name for name in ENDING_WORDS if parts.get(name, 0.0) > 0]
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
