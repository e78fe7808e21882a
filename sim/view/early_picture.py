"""What stands on the page before its scripts have loaded: the name of the case and how things stand at the end."""

from __future__ import annotations

from typing import Final

from markupsafe import Markup

from sim.report.page.renderer import render_part
from sim.report.pieces import Sentence
from sim.view.endings_chart import ENDINGS_TITLE, endings_bars, endings_note
from sim.view.session import Session
from sim.view.setting_results import SettingResults
from sim.view.viewed_case import ViewedCase

#: The page itself has to load, to be put together and to ask the server; when it stands, what was early goes.
_SCRIPT: Final = Markup(
    '<script>if (matchMedia("(prefers-color-scheme: dark)").matches) document.body.classList.add("body--dark");'
    "new MutationObserver((_, seen) => { if (document.querySelector('#app h1')) {"
    " document.getElementById('early')?.remove(); seen.disconnect(); } })"
    ".observe(document.body, {subtree: true, childList: true});</script>"
)
#: Name under which it is kept.
_NAME: Final = "early picture"
_PAGE: Final = Markup(
    '<div id="early"><div class="top"><div class="words"><h1>{}</h1>{}</div></div><div class="page">'
    '<div class="first"><div class="two"><div class="card"><h2>{}</h2>{}</div></div></div></div></div>{}'
)


def early_picture(opened: ViewedCase, first: SettingResults) -> Markup:
    """Write the first picture as HTML that waits for no script to load, laid out as the page that takes its place.

    Args:
        first: the few worlds that are shown first
    """
    scenario = opened.scenario
    bars = endings_bars(first) + render_part([endings_note(first, opened.draws)])
    return _PAGE.format(
        scenario.title, render_part([Sentence(scenario.question, "note")]), ENDINGS_TITLE, bars, _SCRIPT
    )


def prepare(opened: ViewedCase) -> None:
    """Play the first few worlds and write their picture, once for all windows."""
    first = Session(opened).first_picture()
    opened.once(_NAME, lambda: str(early_picture(opened, first)))


def prepared(opened: ViewedCase) -> str | None:
    """The first picture as HTML, if it has been made already: nobody waits for it."""
    found: str | None = opened.made(_NAME)
    return found
