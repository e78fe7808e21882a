"""What the pictures show is what was played."""

import re

import numpy as np
import pytest

from sim.plots.frame.labels import actor_titles, parties
from sim.plots.frame.outcomes import vocabulary
from sim.plots.frame.style import GAIN, LOSS
from sim.plots.run.offer_path import offers_of, rounds_in_words
from sim.plots.run.payoff_frontier import frontiers
from sim.plots.run.why_not import waterfall
from sim.sweeps.boundaries import best_margin, middle_worlds
from sim.table import DealSpace
from sim.view.bars import endings_table, waterfall_tables
from sim.view.map_svg import axis_ticks, regime_svg
from sim.view.payoff_svg import payoff_planes
from sim.view.plane_deals import groups
from sim.view.played import Played
from sim.view.regime_map import RegimeMap
from sim.view.sliders import Stop
from sim.view.theory_line import TheoryLine, theory_line
from sim.words import without_article
from tests.war_codes import ENDINGS


def test_the_endings_table_holds_both_groups_and_both_counts(session):
    """Shares of all worlds and of those that fit; how many were played, and out of how many."""
    played = session.play(20)
    text = endings_table(played, 60)
    fit = int(played.fitting.sum())
    assert f"fit what was observed ({fit})" in text
    assert "all (20)" in text
    assert "First 20 of 60 worlds; the rest follow." in text
    assert "First 20 of 60 worlds while moving; the full number follows on release." in endings_table(
        played, 60, moving=True
    )
    for name in ENDINGS[3:]:
        row = re.search(rf'<tr data-ending="{name}">.*?</tr>', text)[0]
        width = float(re.search(r'width="([\d.]+)" height="10" fill', row)[1])
        assert width == pytest.approx(100 * played.endings(fitting=True).share[name], abs=0.01)
    assert "the full number" in endings_table(session.play(60), 60)


def test_arms_decide_in_a_share_of_the_worlds_told(session):
    """The share and the number it is a share of belong together: the worlds that fit, where some do not."""
    played = session.play(60)
    results = played.results.assign(decided_by_arms=("draw", played.fitting.astype(np.int8)))
    told = endings_table(Played({}, results), 60)
    assert f"Arms decide in 100 % of the {int(played.fitting.sum())} that fit before the end" in told
    everything = results.assign(consistent=("draw", np.ones(60, np.int8)))
    share = f"{100 * played.fitting.mean():.0f}"
    assert f"Arms decide in {share} % of them before the end" in endings_table(Played({}, everything), 60)


def test_waterfalls_say_what_colours_and_numbers_mean(session):
    """A key with both colours and the unit stands above the first table."""
    text = waterfall_tables(session.play(20))
    head = text[: text.index("<table")]
    assert GAIN in head
    assert LOSS in head
    assert "per round" in head


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
    found = {int(deal): float(x) for x, deal in re.findall(r'<path d="M([\d.]+) [^>]*? data-deal="(\d+)"', text)}
    assert set(found) == set(range(results.sizes["deal_index"]))
    order = np.argsort(results["cloud_payoff"].values[parties(results)[0]], kind="stable")
    assert all(np.diff([found[int(deal)] for deal in order]) >= -0.11)


def test_the_plane_marks_what_the_figure_marks(session):
    """Counts of the legend, a frontier, names of both fallbacks, and offers with their first and last round."""
    results = session.play(20).results
    text = payoff_planes(results)
    for look, kind, which in groups(results):
        name = without_article(vocabulary(results).endings[kind].noun) if kind else "barred by a red line"
        assert f"{name}{', can be signed' if look == 'signable' else ''} ({which.sum():,})" in text
    assert sum(which.sum() for _, _, which in groups(results)) == results.sizes["deal_index"]
    assert ("can be signed" in text) == bool(results["cloud_signable"].values.any())
    for found in frontiers(results):
        assert f"Pareto frontier of {found.among}" in text
    assert re.findall(r'class="frontier[^"]*"', text)
    for actor in parties(results):
        title = actor_titles(results)[actor]
        assert f">W of {title}<" in text
        rounds, _ = offers_of(results, actor)
        if len(rounds):
            assert f"offers of {title}, {rounds_in_words(rounds, 'round ', 'rounds ')}" in text
            assert re.search(rf'class="halo round">{rounds[0] + 1}[<–]', text)


def test_rings_and_numbers_mark_deals_that_only_others_stop(session):
    """Two deals on one point have one ring and a ×2."""
    results = session.play(5).results.copy(deep=True)
    results["cloud_signable"][:] = 0
    results["cloud_permitted"][:] = 1
    results["cloud_payoff"][:] = results["cloud_war"] - 0.01
    own = parties(results)
    results["cloud_payoff"].values[own, :3] = results["cloud_war"].values[own, None] + np.array([0.1, 0.1, 0.2])
    text = payoff_planes(results)
    assert text.count('class="ring"') == 2 + 1  # and once in the legend
    assert text.count("×2") == 1
    assert "others stop it (3)" in text


def test_ticks_are_round_numbers_in_their_places():
    """Between the stops of a slider, where its own values are odd; levels are named, at most four."""
    stops = tuple(Stop(value, value, f"{value:.4g}") for value in np.linspace(0.6, 0.97, 9).tolist())
    found = axis_ticks(stops)
    assert [words for _, words in found] == ["0.6", "0.7", "0.8", "0.9"]
    assert found[0][0] == pytest.approx(0.5)
    assert found[1][0] == pytest.approx(0.5 + 8 * 0.1 / 0.37)
    levels = tuple(Stop(name, n / 8, name) for n, name in enumerate("abcdefghi"))
    assert [words for _, words in axis_ticks(levels)] == ["a", "d", "f", "i"]
    assert axis_ticks(stops[:1]) == [(0.5, "0.6")]


def test_the_line_of_theory_separates_signs_of_the_signing_rule(session):
    """On the left of each line some deal is acceptable to all at central values; no line where none changes."""
    x, y = session.sliders["south.patience"], session.sliders["north.war_cost"]
    drawn = RegimeMap(x, y, {}, worlds=2)
    found = theory_line(session.opened, (x.path, drawn.xs), (y.path, drawn.ys), {})
    space = DealSpace.of(session.opened.scenario)
    margin = [
        [float(best_margin(middle_worlds(space, {x.path: one.place, y.path: two.place}, 1))[0]) for one in drawn.xs]
        for two in drawn.ys
    ]
    assert found.share == np.mean(np.array(margin) >= -1e-9)
    assert bool(found.lines) == (0 < found.share < 1)
    drawn.theory = TheoryLine((np.array([[0.5, 2.0], [8.0, 2.0]]),), 0.5)
    text = regime_svg(drawn)
    assert text.count('class="side"') > 3
    assert "on the side of the triangles" in text
    drawn.theory = TheoryLine((), 1.0)
    assert "everywhere on this map some deal" in regime_svg(drawn)


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


def test_the_side_of_the_triangles_is_where_a_deal_is_acceptable(session, monkeypatch):
    """Where more of the number across makes a deal acceptable, they point to the right, and to the left where less."""
    x, y = session.sliders["south.patience"], session.sliders["north.patience"]
    drawn = RegimeMap(x, y, {}, worlds=2)
    columns, rows = len(drawn.xs), len(drawn.ys)
    for sign in (1, -1):
        margin = sign * np.tile(np.arange(columns) - 3.5, rows)
        monkeypatch.setattr("sim.view.theory_line.best_margin", lambda worlds, margin=margin: margin)
        drawn.theory = theory_line(session.opened, (x.path, drawn.xs), (y.path, drawn.ys), {})
        (line,) = drawn.theory.lines
        assert np.allclose(line[:, 0], 4.0)
        turns = {int(turn) for turn in re.findall(r'rotate\((-?\d+)\)" class="side"', regime_svg(drawn))}
        assert turns == {90 * sign}  # an upright triangle turned clockwise points to the right


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
