"""What the charts show is what was played, and their tables say the same."""

import json
import re

import numpy as np
import pytest

from sim.plots.frame.labels import actor_titles, parties
from sim.plots.frame.style import GAIN, LOSS
from sim.plots.run.offer_path import offers_of, rounds_in_words
from sim.plots.run.payoff_frontier import frontiers
from sim.plots.run.why_not import waterfall
from sim.report.page.renderer import render_part
from sim.report.pieces import Section, Table, as_cell, plain_text
from sim.sweeps.boundaries import best_margin, middle_worlds
from sim.table import DealSpace
from sim.view import Session, SettingResults, open_case
from sim.view.actor_numbers import table_cells
from sim.view.ending_map import EndingMap
from sim.view.endings_chart import endings_bars, endings_note, endings_table
from sim.view.map_chart import THEORY, map_options, map_table, theory_words, triangles
from sim.view.outcome_pieces import told_outcomes
from sim.view.plane_chart import PICKED, deal_groups, plane_options, plane_pairs, plane_table
from sim.view.theory_line import TheoryLine, theory_line
from sim.view.waterfall_chart import waterfalls
from sim.words import Vocabulary
from sim.words.outcome_colors import outcome_colors
from tests.scenario.small_case import SMALL, write_case


def drawn_map(session, x, y, fixed=(), worlds=2):
    """A map that is still to be played, and the words of its case."""
    words = Vocabulary.of(session.opened.scenario)
    sliders = session.sliders[x], session.sliders[y]
    return EndingMap(*sliders, dict(fixed), worlds=worlds), words


def named(options):
    """Series of a chart by their names."""
    return {item["name"]: item for item in options["series"] if "name" in item}


def test_the_bars_hold_both_groups_and_the_table_says_the_same(session):
    """Shares of the worlds that fit and of all, each state in its colour; a mark where a pinned setting stood."""
    played = session.play(20)
    fit, codes = int(played.fitting.sum()), played.listed
    bars = endings_bars(played, played)
    heads = f"fit what was observed ({fit})", "all (20)"
    key = re.findall(r'<span class="(\w+)">(.*?)</span>', bars)
    assert key == [("told", heads[0]), ("all", heads[1]), ("pinned", "pinned")]
    colors, rows = outcome_colors(played.words), re.findall(r'<div class="bar">(.*?)</div></div>', bars)
    heard = re.search('aria-label="(.*?)"', bars)[1]
    for code, shown, cells in zip(codes, rows, endings_table(played).rows, strict=True):
        shares = [played.states(fitting=fitting).share[code] for fitting in (True, False)]
        laid = re.findall(r'title="(.*?): .*?" style="(?:width|left): ([\d.]+)%', shown)
        assert [name for name, _ in laid] == [*heads, "pinned"]
        assert [float(at) for _, at in laid] == pytest.approx(
            [100 * share for share in (*shares, shares[0])], abs=0.005
        )
        assert re.findall('background: (.*?)"', shown) == [colors[code]] * 2
        row = [plain_text(as_cell(item).words) for item in cells]
        assert row[1:] == [str(played.states(fitting=fitting).proportion(code)) for fitting in (True, False)]
        assert re.search("<em>(.*?)</em>", shown)[1] == row[1]
        assert row[1] in heard


def test_the_note_says_how_many_worlds_out_of_how_many(session):
    """Few worlds say why they are few."""
    played = session.play(20)
    assert "First 20 of 60 worlds; the rest follow." in render_part([endings_note(played, 60)])
    moving = "First 20 of 60 worlds while moving; the full number follows on release."
    assert moving in render_part([endings_note(played, 60, moving=True)])
    assert "60 worlds, the full number." in render_part([endings_note(session.play(60), 60)])


def test_arms_decide_in_a_share_of_the_worlds_told(session):
    """The share and the number it is a share of belong together: the worlds that fit, where some do not."""
    played = session.play(60)
    results = played.results.assign(decided_by_arms=("draw", played.fitting.astype(np.int8)))
    told = plain_text(endings_note(SettingResults({}, results), 60).words)
    assert f"Arms decide in 100 % of the {int(played.fitting.sum())} that fit before the end" in told
    everything = results.assign(consistent=("draw", np.ones(60, np.int8)))
    share = f"{100 * played.fitting.mean():.0f}"
    told = plain_text(endings_note(SettingResults({}, everything), 60).words)
    assert f"Arms decide in {share} % of them before the end" in told


def test_a_full_result_is_told_as_a_report_would(session):
    """The answer, the timeline, who would sign what and the terms, each share one of the results themselves."""
    played = session.play(60)
    found = told_outcomes(session.opened, played)
    tables = {piece.identity: piece for piece in found if isinstance(piece, Table)}
    sections = {piece.identity for piece in found if isinstance(piece, Section)}
    assert {"timeline-table", "terms-table"} <= set(tables)
    assert "packages" in sections
    states = played.told
    last = {plain_text(as_cell(row[0]).words): as_cell(row[-1]).sort for row in tables["timeline-table"].rows}
    for code, words in played.words.states.items():
        if words.row in last:
            assert last[words.row] == pytest.approx(states.share[code])


@pytest.mark.parametrize("aspect", ["position", "salience", "red_lines"])
def test_the_table_has_every_number_of_actors_on_issues(session, aspect):
    """Each such number stands in one cell, and what has a range can be set there."""
    scenario = session.opened.scenario
    cells = [
        cell
        for actor in scenario.actors
        for issue in scenario.issues
        for cell in table_cells(scenario, actor, issue, aspect)
    ]
    wanted = {
        path for path in scenario.numbers
        if path.split(".")[1] == aspect and (aspect != "red_lines" or path.rsplit(".", 1)[1] in {"begins", "firmness"})
    }  # fmt: skip
    assert {cell.path for cell in cells if cell.path.split(".")[0] in scenario.actors} == wanted
    for cell in cells:
        assert cell.free == bool(scenario.numbers[cell.path].quantity.spread)
        if cell.free:
            assert session.slider(cell.path).stops
        assert aspect != "red_lines" or cell.words in {
            "begins at",
            "how often it is hard",
        }  # the column names the issue


def test_waterfalls_add_up_to_the_surplus(session):
    """The last step of each is the mean surplus of the results; no term is lost, and boxes are laid end to end."""
    played = session.play(60)
    wanted = [
        waterfall(played.results, party, target).total[0]
        for target in map(str, played.results["target"].values)
        for party in parties(played.results)
    ]
    falls = waterfalls(played)
    assert [fall.steps[-1].mean for fall in falls] == pytest.approx(wanted)
    for fall, total in zip(falls, wanted, strict=True):
        assert sum(step.mean for step in fall.steps[:-1]) == pytest.approx(total, abs=6e-4)
        boxes = fall.options()["series"][0]["data"]
        place = 0.0
        for step, box in zip(fall.steps[:-1], boxes, strict=False):
            assert box["value"][1:4:2] == pytest.approx(sorted((place, place + step.mean)))
            assert box["itemStyle"]["color"] == (GAIN if step.mean >= 0 else LOSS)
            place += step.mean
            assert fall.span[0] <= box["value"][0] <= box["value"][4] <= fall.span[1]
        assert len(fall.table("x").rows) == len(fall.steps)


def test_the_plane_has_a_point_for_every_deal(session):
    """Each carries the number of its deal, and stands where the payoffs put it."""
    results = session.play(20).results
    (pair,) = plane_pairs(results)
    options, _ = plane_options(results, pair)
    points = {point["deal"]: point["value"] for item in options["series"] for point in item["data"] if "deal" in point}
    assert set(points) == set(range(results.sizes["deal_index"]))
    for deal, place in points.items():
        assert place == results["cloud_payoff"].values[list(pair), deal].tolist()
    assert options["series"][-1]["id"] == PICKED
    json.dumps(options)


def test_words_above_an_upright_line_run_towards_the_middle(session):
    """So that the edge of the chart cuts off neither those of a line far to the right nor of one far to the left."""
    results = session.play(20).results
    (pair,) = plane_pairs(results)
    free = results["cloud_payoff"].values[pair[0]]
    for place, side in ((free.max() + 0.1, "right"), (free.min() - 0.1, "left")):
        moved = results.copy()
        moved["cloud_war"] = results["cloud_war"].copy(deep=True)
        moved["cloud_war"].values[pair[0]] = place
        options, _ = plane_options(moved, pair)
        upright, _ = options["series"][0]["markLine"]["data"]
        assert upright["label"]["align"] == side


def test_the_plane_marks_what_the_figure_marks(session):
    """Counts of the legend, a frontier, names of both fallbacks, and offers with their first and last round."""
    results = session.play(20).results
    options, _ = plane_options(results, plane_pairs(results)[0])
    series = named(options)
    assert {item["name"] for item in options["legend"]["data"]} == set(series)
    for words, _, which in deal_groups(results):
        assert len(series[words]["data"]) == which.sum()
        assert f"({which.sum():,})" in words
    assert sum(which.sum() for _, _, which in deal_groups(results)) == results.sizes["deal_index"]
    assert any("can be signed" in name for name in series) == bool(results["cloud_signable"].values.any())
    assert all(f"Pareto frontier of {found.among}" in series for found in frontiers(results))
    lines = [line["label"]["formatter"] for line in options["series"][0]["markLine"]["data"]]
    for actor in parties(results):
        title = actor_titles(results)[actor]
        assert f"{title} without a deal" in lines
        rounds, _ = offers_of(results, actor)
        if len(rounds):
            words = f"offers of {title}, {rounds_in_words(rounds, 'round ', 'rounds ')}"
            (found,) = (item for name, item in series.items() if name.startswith(words))
            assert found["data"][0]["label"]["formatter"].startswith(str(rounds[0] + 1))
    assert len(plane_table(results).rows) == len(deal_groups(results)) + len(frontiers(results)) + 1


def test_rings_and_numbers_mark_deals_that_only_others_stop(session):
    """Two deals on one point have one ring and a ×2."""
    results = session.play(5).results.copy(deep=True)
    results["cloud_signable"][:] = 0
    results["cloud_permitted"][:] = 1
    results["cloud_payoff"][:] = results["cloud_war"] - 0.01
    own = parties(results)
    results["cloud_payoff"].values[own, :3] = results["cloud_war"].values[own, None] + np.array([0.1, 0.1, 0.2])
    rings = named(plane_options(results, plane_pairs(results)[0])[0])["all parties prefer it, others stop it (3)"]
    assert [point["label"]["formatter"] for point in rings["data"]] == ["×2", ""]


def test_the_line_of_theory_separates_signs_of_the_signing_rule(session):
    """On the left of each line some deal is acceptable to all at central values; no line where none changes."""
    drawn, words = drawn_map(session, "south.patience", "north.war_cost")
    x, y = drawn.x, drawn.y
    found = theory_line(session.opened, (x.path, drawn.xs), (y.path, drawn.ys), {})
    space = DealSpace.of(session.opened.scenario)
    margin = [
        [float(best_margin(middle_worlds(space, {x.path: one.place, y.path: two.place}, 1))[0]) for one in drawn.xs]
        for two in drawn.ys
    ]
    assert found.share == np.mean(np.array(margin) >= -1e-9)
    assert bool(found.lines) == (0 < found.share < 1)
    drawn.theory = TheoryLine((np.array([[0.5, 2.0], [8.0, 2.0]]),), 0.5)
    assert len(named(map_options(drawn, words)[0])[THEORY]["data"]) > 3
    assert "on the side of the triangles" in theory_words(drawn)
    drawn.theory = TheoryLine((), 1.0)
    assert "everywhere on this map some deal" in theory_words(drawn)


def test_the_map_shows_what_was_played_and_what_waits(session):
    """A cell stands in the series of its ending, those that wait are blank; a ring stands at the present setting."""
    stop = session.sliders["south.patience"].stops[0]
    drawn, words = drawn_map(session, "south.patience", "north.patience", {"south.patience": stop}, worlds=10)

    def few(done, total):
        if done == 4:
            raise StopIteration

    with pytest.raises(StopIteration):
        drawn.play(session.opened, few)
    options, _ = map_options(drawn, words)
    cells = {
        tuple(point["cell"]): code
        for code, item in zip(words.endings, options["series"], strict=False)
        for point in item["data"]
    }
    assert cells == {place: cell.ending for place, cell in drawn.cells.items()}
    assert len(cells) == 4
    (ring,) = named(options)["where it stands now"]["data"]
    assert ring[0] == 0.5
    assert drawn.here[0] == 0
    said = [plain_text(as_cell(item).words) for row in map_table(drawn, words).rows for item in row[1:]]
    assert len(said) - said.count("–") == 4


def test_the_side_of_the_triangles_is_where_a_deal_is_acceptable(session, monkeypatch):
    """Where more of the number across makes a deal acceptable, they point to the right, and to the left where less."""
    drawn, _ = drawn_map(session, "south.patience", "north.patience")
    columns, rows = len(drawn.xs), len(drawn.ys)
    for sign in (1, -1):
        margin = sign * np.tile(np.arange(columns) - 3.5, rows)
        monkeypatch.setattr("sim.view.theory_line.best_margin", lambda worlds, margin=margin: margin)
        found = theory_line(session.opened, (drawn.x.path, drawn.xs), (drawn.y.path, drawn.ys), {})
        (line,) = found.lines
        assert np.allclose(line[:, 0], 4.0)
        marks = list(triangles(line))
        assert {mark["symbolRotate"] for mark in marks} == {-90 * sign}  # counted against the clock
        assert all(np.sign(mark["symbolOffset"][0]) == sign for mark in marks)


@pytest.mark.slow
def test_nothing_a_scenario_says_becomes_markup(tmp_path):
    """Tooltips are drawn and never HTML; tables and sentences are escaped; no key of a chart is a user's."""
    evil = SMALL.replace("[actors.north]", '[actors.north]\ntitle = "<script>x</script>"').replace(
        "[issues.line]", "[issues.line]\ntitle = '\"><img src=x>'"
    )
    found = Session(open_case(write_case(tmp_path / "evil", evil), draws=5))
    played = found.play(5)
    for path in ("north.patience", "north.war_cost"):
        found.add(path)
    drawn, words = drawn_map(found, "north.patience", "north.war_cost", worlds=5)
    drawn.play(found.opened, lambda done, total: None)
    charts = [
        *(fall.options() for fall in waterfalls(played)),
        plane_options(played.results, plane_pairs(played.results)[0])[0],
        map_options(drawn, words)[0],
    ]
    assert any("<script>" in json.dumps(options) for options in charts)
    for options in charts:
        assert options["tooltip"]["renderMode"] == "richText"
        assert not [key for key in keys(options) if not key.isalnum()]
    tables = [
        endings_table(played),
        *told_outcomes(found.opened, played),
        plane_table(played.results),
        map_table(drawn, words),
        *(fall.table("x") for fall in waterfalls(played)),
    ]
    text = render_part(tables) + endings_bars(played)
    assert "&lt;script&gt;" in text
    assert "<script" not in text
    assert "<img" not in text


def keys(found):
    """Every key of nested options."""
    if isinstance(found, dict):
        return [*found, *(key for item in found.values() for key in keys(item))]
    return [key for item in found for key in keys(item)] if isinstance(found, list) else []
