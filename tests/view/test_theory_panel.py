"""The panel of theory in the viewer."""

import pytest

from sim.report.page.renderer import render_part
from sim.view import open_case
from sim.view.latest import Superseded, Ticket


@pytest.fixture
def panel():
    """The module of the panel, read only here: the library of the page takes long."""
    return pytest.importorskip("sim.view.theory_panel", exc_type=ModuleNotFoundError)


def test_theory_is_asked_about_the_setting_on_screen(panel):
    """Patience set by hand moves Rubinstein's share; the tables are those of `sim theory`."""
    opened = open_case("scenarios/pie", draws=20)
    found = {
        patience: next(
            one.found.gains["first"].median
            for one in panel.theory_of(opened, {"second.patience": patience}, Ticket()).applies
            if one.found.name == "rubinstein"
        )
        for patience in (0.5, 0.95)
    }
    assert found[0.5] > found[0.95]
    words = render_part(panel.theory_pieces(panel.theory_of(opened, {}, Ticket()), opened))
    assert "What theory predicts" in words
    assert "rubinstein" in words


def test_what_nobody_waits_for_is_given_up(panel):
    """A newer setting ends the work at its next block."""
    ticket = Ticket()
    ticket.supersede()
    with pytest.raises(Superseded):
        panel.theory_of(open_case("scenarios/pie", draws=20), {}, ticket)
