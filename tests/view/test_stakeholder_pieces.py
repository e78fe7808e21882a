"""What the viewer tells of stakeholders is what a report of the same worlds would."""

import base64

import pytest

from sim.report.page.renderer import render_part
from sim.report.pieces import Items, plain_text
from sim.view import Session, open_case
from sim.view.stakeholder_pieces import FIGURES, told_stakeholders

pytestmark = pytest.mark.slow


def test_words_and_figures_of_many_parties():
    """Short sentences for each issue, and four figures with their titles for those who do not see them."""
    opened = open_case("scenarios/emission_standards", draws=20)
    told = told_stakeholders(opened, Session(opened).play(20))
    items = next(piece for piece in told.pieces if isinstance(piece, Items))
    assert "challenged first, in most worlds" in plain_text(items.items[0])
    assert "Luxembourg" in render_part(told.pieces)
    assert len(told.figures) == len(FIGURES)
    for figure in told.figures:
        assert figure.title.startswith("Delay until the standards apply")
        assert base64.b64decode(figure.png).startswith(b"\x89PNG")


def test_two_parties_are_told_why_there_is_nothing():
    """A note, and no figure."""
    opened = open_case("scenarios/purchase", draws=4)
    told = told_stakeholders(opened, Session(opened).play(4))
    assert "three parties" in plain_text(told.pieces[0].words)
    assert told.figures == ()
