"""What the pictures show is what was played."""

import re

import numpy as np
import pytest

from sim.engine import ENDINGS
from sim.plots.labels import parties
from sim.plots.why_not import waterfall
from sim.view.bars import endings_table, waterfall_tables
from sim.view.map_svg import regime_svg
from sim.view.payoff_svg import payoff_planes
from sim.view.regime_map import RegimeMap


def test_the_endings_table_holds_both_groups_and_both_counts(session):
    """Shares of all worlds and of those that fit; how many were played, and out of how many."""
    played = session.play(20)
    text = endings_table(played, 60)
    fit = int(played.fitting.sum())
    assert f"fit what was observed ({fit})" in text
    assert "all (20)" in text
    assert "20 of 60 worlds while moving" in text
    for name in ENDINGS[3:]:
        row = re.search(rf'<tr data-ending="{name}">.*?</tr>', text)[0]
        width = float(re.search(r'width="([\d.]+)" height="10" fill', row)[1])
        assert width == pytest.approx(100 * played.endings(fitting=True).share[name], abs=0.01)
    assert "the full number" in endings_table(session.play(60), 60)


def test_waterfalls_add_up_to_the_surplus(session):
    """The last line of each is the mean surplus of the results; no term is lost."""
    played = session.play(60)
    text = waterfall_tables(played)
    tables = re.findall(r"<table.*?</table>", text)
    wanted = [
        waterfall(played.results, party, target).total[0]
        for target in ("truce", "settlement")
        for party in parties(played.results)
    ]
    assert len(tables) == len(wanted)
    for table, total in zip(tables, wanted, strict=True):
        values = [float(item.replace("−", "-")) for item in re.findall(r'class="value">([+−][\d.]+)<', table)]
        assert values[-1] == pytest.approx(total, abs=6e-4)
        assert sum(values[:-1]) == pytest.approx(total, abs=1e-3 * len(values))


def test_the_plane_has_a_point_for_every_deal(session):
    """Each carries the number of its deal, and stands where the payoffs put it."""
    results = session.play(20).results
    text = payoff_planes(results)
    found = {int(deal): float(x) for x, deal in re.findall(r'<circle cx="([\d.]+)".*?data-deal="(\d+)"', text)}
    assert set(found) == set(range(results.sizes["deal_index"]))
    order = np.argsort(results["cloud_payoff"].values[parties(results)[0]], kind="stable")
    assert all(np.diff([found[int(deal)] for deal in order]) >= -0.11)


def test_the_map_shows_what_was_played_and_what_waits(session):
    """Cells are buttons with their ending; the rest are blank; a ring stands at the present setting."""
    x, y = session.sliders["south.patience"], session.sliders["north.patience"]
    drawn = RegimeMap(x, y, {x.path: x.stops[0]}, worlds=10)

    def few(done, total):
        if done == 4:
            raise StopIteration

    with pytest.raises(StopIteration):
        drawn.play(session.opened, few)
    text = regime_svg(drawn)
    assert len(re.findall(r'data-cell="', text)) == 4
    assert len(re.findall(r'class="waiting"', text)) == drawn.size - 4
    for (column, row), cell in drawn.cells.items():
        shown = re.search(rf'data-cell="{column},{row}" data-ending="(\w+)"', text)[1]
        assert shown == ENDINGS[cell.modal]
    assert 'class="here"' in text


def test_nothing_a_scenario_says_becomes_markup(session, place, tmp_path):
    """Titles are escaped, whatever they hold."""
    from sim.view import Session, open_case
    from tests.scenario.small_case import SMALL, write_case

    evil = SMALL.replace("[actors.north]", '[actors.north]\ntitle = "<script>x</script>"').replace(
        "[issues.line]", "[issues.line]\ntitle = '\"><img src=x>'"
    )
    found = Session(open_case(write_case(tmp_path / "evil", evil), draws=5))
    played = found.play(5)
    drawn = RegimeMap(found.add("north.patience"), found.add("north.war_cost"), {}, worlds=5)
    texts = [waterfall_tables(played), payoff_planes(played.results), endings_table(played, 5), regime_svg(drawn)]
    assert not any("<script" in text or "<img" in text for text in texts)
