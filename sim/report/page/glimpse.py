"""Results at a glance, as notebooks show them: the question and the answer in three sentences."""

from __future__ import annotations

from sim.report.kept import Kept
from sim.report.page.analysis import three_of_analysis
from sim.report.page.bridge import three_of_bridge
from sim.report.page.markup import element, joined
from sim.report.stored_analysis import StoredAnalysis
from sim.report.stored_bridge import StoredBridge


def glimpse(kept: Kept) -> str:
    """Write title, question, answer and where the whole page comes from as a small piece of HTML."""
    told: tuple[str, ...]
    match kept:
        case StoredBridge():
            told = three_of_bridge(kept)
        case StoredAnalysis():
            told = tuple(three_of_analysis(kept)[1])
        case _:
            told = ()
    title = kept.scenario.title
    return element(
        "div",
        element("strong", title),
        element("p", element("em", kept.scenario.question)) if kept.scenario.question else "",
        joined(element("p", sentence) for sentence in told),
        element("p", "The whole page: ", element("code", f"sim report {kept.folder.as_posix()}")),
    )
