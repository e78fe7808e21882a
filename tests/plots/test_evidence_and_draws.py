"""Figures of consistent draws, offers, survival, evidence and comparisons draw what is stored."""

import numpy as np
import pytest

from sim.plots import PLOTS, figure_choice
from sim.plots.frame.labels import time_axis
from sim.plots.frame.world_groups import focus
from sim.plots.run.consistent_draws import chosen, separation
from sim.plots.run.deal_survival import survivals_by_kind
from sim.plots.run.ending_triangle import shares
from sim.plots.run.evidence_map import NO_CLAIM, flow
from sim.plots.run.offer_log import still_apart
from sim.plots.run.protocols_and_solutions import kinds_selected, same_as_talks
from sim.runs.survival import kaplan_meier
from sim.store import with_replays
from sim.words import Z


def panels(figure):
    """Axes that show something."""
    return [axes for axes in figure.get_axes() if axes.axison]


def ticks(axes):
    """Labels of the rows."""
    return [label.get_text() for label in axes.get_yticklabels()]


@pytest.fixture(scope="module")
def replayed(ceasefire):
    """A run with two protocols, a convention and an overlay beside it."""

    def row(*values):
        names = ("truce", "partial", "settlement", "stalemate", "war")
        share = dict(zip(names, values, strict=True))
        return {"share": share, "error": dict.fromkeys(names, 0.02), "draws": 60}

    now = {"share": {"truce": 0.1, "fighting_without_deal": 0.9}}
    told = {
        "conventions": [
            {"name": "as written", "setting": "", "endings": row(0.1, 0.1, 0.0, 0.5, 0.3)},
            {"name": "who opens", "setting": "ukraine", "endings": row(0.1, 0.0, 0.0, 0.6, 0.3)},
            {"name": "protocol", "setting": "zeuthen", "endings": row(0.2, 0.1, 0.0, 0.3, 0.4)},
        ],
        "overlays": [
            {"title": "base", "endings": row(0.1, 0.1, 0.0, 0.5, 0.3), "states": now, "state_change": None},
            {
                "title": "monitors",
                "endings": row(0.5, 0.1, 0.0, 0.2, 0.2),
                "states": {"share": {"truce": 0.5, "fighting_without_deal": 0.5}},
                "state_change": {
                    "share": {"truce": 0.4, "fighting_without_deal": -0.4},
                    "error": {"truce": 0.05, "fighting_without_deal": 0.3},
                },
            },
        ],
    }
    return with_replays(ceasefire, told)


def test_kaplan_and_meiers_own_table():
    """Remission under 6-MP: Freireich et al. 1963, as in Kalbfleisch & Prentice 2002, table 1.2 and section 1.4."""
    broke = [6, 6, 6, 7, 10, 13, 16, 22, 23]
    lost = [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35]
    found = kaplan_meier(np.array(broke + lost), np.array([True] * len(broke) + [False] * len(lost)))
    assert found.times.tolist() == [0, 6, 7, 10, 13, 16, 22, 23]
    np.testing.assert_allclose(found.share[1:], [0.857, 0.807, 0.753, 0.690, 0.627, 0.538, 0.448], atol=5e-4)
    assert (found.low <= found.share).all()
    assert (found.share <= found.high).all()
    assert found.at(9) == pytest.approx(0.807, abs=5e-4)


def test_without_censoring_it_is_the_plain_share():
    """If all broke, the curve is one less the empirical distribution function."""
    lasted = np.array([1, 1, 4, 7, 7, 9])
    found = kaplan_meier(lasted, np.ones(6, bool))
    np.testing.assert_allclose(found.share, [1, 4 / 6, 3 / 6, 1 / 6, 0])


def test_steps_are_the_estimate(drawn, ceasefire):
    """One curve for each kind; its last height is the share that is left."""
    (axes,) = panels(drawn("deal-survival", ceasefire))
    found = survivals_by_kind(ceasefire)
    lines = {line.get_label(): line for line in axes.lines if line.get_drawstyle() == "steps-post"}
    assert len(lines) == len(found)
    np.testing.assert_allclose(lines["a truce"].get_ydata()[:-1], 100 * found["truce"].share)
    counted = ((ceasefire["held"].values > 0) & focus(ceasefire).where).sum()
    assert sum(curve.count for curve in found.values()) == counted


@pytest.mark.slow
def test_draws_that_fit_are_lines_across_their_numbers(drawn, ceasefire):
    """As many lines as consistent draws; the order is that of the separation of endings."""
    (axes,) = panels(drawn("consistent-draws", ceasefire))
    lines = axes.collections[0].get_segments()
    assert len(lines) == focus(ceasefire).count
    order = chosen(ceasefire)
    assert (np.diff(separation(ceasefire)[order]) <= 0).all()
    low, high = ceasefire["number_low"].values[order], ceasefire["number_high"].values[order]
    first = np.flatnonzero(focus(ceasefire).where)[0]
    np.testing.assert_allclose(lines[0][:, 1], (ceasefire["number"].values[first][order] - low) / (high - low))


@pytest.mark.slow
def test_offers_are_the_log(drawn, labour):
    """Each panel's markers are the levels that were offered; the star is what is signed."""
    axes = panels(drawn("offer-log", labour))[1]
    levels = list(dict.fromkeys(labour["deal_level"].values[1].tolist()))
    spoken = labour["offer_act"].values.astype(str) != "accept"
    for actor, title in enumerate(("Union", "Firm")):
        mine = spoken & (labour["offer_actor"].values == actor)
        offered = labour["deal_level"].values[1][labour["offer_deal"].values[mine]]
        line = next(line for line in axes.lines if line.get_label() == title)
        np.testing.assert_array_equal(np.round(line.get_ydata()), [levels.index(level) for level in offered])
        times, _ = time_axis(labour, int(labour.attrs["talk_rounds"]))
        np.testing.assert_allclose(line.get_xdata(), times[labour["offer_round"].values[mine]])
    star = axes.collections[-1].get_offsets()[0]
    assert levels[int(star[1])] == labour["deal_level"].values[1][int(labour["story_agreed"])]
    assert all(0 <= issue < labour.sizes["issue"] for issue in still_apart(labour))


def test_widths_of_the_evidence_map_add_up(drawn, ceasefire):
    """What leaves the claims arrives at the numbers; nothing of the importance is lost."""
    found = flow(ceasefire)
    total = np.maximum(np.nan_to_num(ceasefire["importance"].values), 0).sum()
    assert found.weights.sum() == pytest.approx(total)
    assumed = (ceasefire["number_claims"].values == "") & (ceasefire["number_ground"].values != "rate")
    mine = np.maximum(np.nan_to_num(ceasefire["importance"].values[assumed]), 0).sum()
    assert found.weights[found.claims.index(NO_CLAIM)].sum() == pytest.approx(mine)
    (axes,) = panels(drawn("evidence-map", ceasefire))
    boxes = [patch for patch in axes.patches if patch.get_gid() == "box"]
    assert len(boxes) == len(found.claims) + len(found.numbers) + 1
    assert all(box.get_label().strip("_") for box in boxes)  # so that the figure's table says what each is
    assert len({box.get_label() for box in boxes}) == len(boxes)
    middle = [box.get_height() for box in boxes if box.get_x() == pytest.approx(0.5)]
    np.testing.assert_allclose(sum(middle), 0.5)
    bands = [patch for patch in axes.patches if patch.get_gid() == "band"]
    assert len(bands) == (found.weights > 0).sum() + len(found.numbers)


def test_claims_of_numbers_are_stored(ceasefire):
    """A number has claims, or it is assumed, or it follows another one."""
    claims = ceasefire["number_claims"].values.astype(str)
    row = ceasefire["path"].values.tolist().index("russia.position.nato")
    assert claims[row]
    assert not claims[ceasefire["number_assumed"].values.astype(bool)].astype(bool).any()


def test_solutions_stand_beside_what_talks_sign(drawn, ceasefire):
    """Each row adds up to 100; the first is what was declared."""
    (axes,) = panels(drawn("protocols-and-solutions", ceasefire))
    rows = kinds_selected(ceasefire)
    assert ticks(axes) == list(rows)
    for values in rows.values():
        assert values.sum() == pytest.approx(100)
    declared = np.bincount(ceasefire["declared"].values[focus(ceasefire).where], minlength=4)
    np.testing.assert_allclose(rows["what talks sign"], 100 * declared / declared.sum())
    widths = np.array([patch.get_width() for patch in axes.patches]).reshape(4, len(rows)).T
    np.testing.assert_allclose(widths, list(rows.values()))
    assert all(0 <= share <= 1 for share in same_as_talks(ceasefire).values())


@pytest.mark.slow
def test_replays_are_shown_where_there_are_some(replayed):
    """A second panel: as written, protocols, then conventions; overlays have a place in the triangle only."""
    top, below = panels(PLOTS["protocols-and-solutions"].draw(replayed))
    assert len(ticks(top)) == 1 + replayed.sizes["solution"]
    assert ticks(below) == ["as written", "protocol: zeuthen", "who opens: Ukraine"]
    widths = np.array([patch.get_width() for patch in below.patches]).reshape(5, 3).T
    np.testing.assert_allclose(widths[1], [20, 10, 0, 30, 40])
    found = shares(replayed)
    assert found.choices == ("nothing: as it stands", "a convention", "the protocol", "Monitors")
    np.testing.assert_allclose(found.values[-1], [0.6, 0.2, 0.2])
    assert PLOTS["ending-triangle"].fits(replayed)
    PLOTS["ending-triangle"].draw(replayed, style="dark")


def test_a_run_without_replays_has_none(ceasefire):
    """Nothing is added where nothing was replayed."""
    assert with_replays(ceasefire, {}) is ceasefire
    assert not PLOTS["ending-triangle"].fits(ceasefire)


def test_what_ifs_are_paired_changes_by_state(replayed):
    """A dot at each change in points, its line as long as the interval; hollow where chance may have done it."""
    plot = PLOTS["what-if"]
    panels = plot.draw(replayed).get_axes()
    assert [axes.get_title(loc="left").split("\n")[0] for axes in panels] == ["Truce", "Fighting without a deal"]
    for axes, change, error in zip(panels, (40, -40), (5, 30), strict=True):
        (bar,) = axes.containers
        dot, _, (line,) = bar.lines
        assert dot.get_xdata()[0] == pytest.approx(change)
        ends = line.get_segments()[0][:, 0]
        np.testing.assert_allclose(ends, [change - Z * error, change + Z * error])
    assert [axes.containers[0].lines[0].get_markerfacecolor() == "#FFFFFF" for axes in panels] == [False, True]
    assert panels[0].get_yticklabels()[0].get_text() == "monitors"
    assert (
        plot.title(replayed) == "“monitors” changes most: a truce in 50 % of worlds instead of 10 % (+40 ± 10 points)"
    )
    assert figure_choice(replayed).news[0] == "what-if"
    assert "ending-triangle" in figure_choice(replayed).others


def test_what_ifs_show_terms_where_no_state_changes(labour):
    """Everybody settles either way; that pay rises by half a point more is the news, on the scale of the issue."""
    settled = {"share": {"deal": 1.0}, "error": {"deal": 0.0}}
    none = {"share": {"deal": 0.0}, "error": {"deal": 0.0}}
    endings = settled | {"draws": 20}

    def outcome(of, mean, change, error):
        return {"of": of, "before": {"of": of, "draws": 20, "mean": mean, "shares": {}}, "change": change,
                "error": error}  # fmt: skip

    issue = str(labour["issue"].values[0])
    base = {"title": "base", "endings": endings, "states": settled, "state_change": None, "outcomes": []}
    rows = [
        ("inflation", [outcome(f"terms.{issue}", 3.0, 0.5, 0.1), outcome("terms.week", None, None, None)]),
        ("nothing new", [outcome(f"terms.{issue}", 3.0, 0.1, 0.1)]),
    ]
    laid = [base, *(base | {"title": name, "state_change": none, "outcomes": found} for name, found in rows)]
    plot, both = PLOTS["what-if"], with_replays(labour, {"overlays": laid})
    assert both["term_issue"].values.tolist() == [issue]
    assert plot.varies(both)
    (pay,) = plot.draw(both).get_axes()
    assert pay.get_title(loc="left") == "Pay rise\nnow 3 per cent"
    assert pay.get_xlabel() == "change of the mean (per cent)"
    assert [label.get_text() for label in pay.get_yticklabels()] == ["inflation", "nothing new"]
    dots = [bar.lines[0] for bar in pay.containers]
    assert [dot.get_xdata()[0] for dot in dots] == [0.5, 0.1]
    assert [dot.get_markerfacecolor() == "#FFFFFF" for dot in dots] == [False, True]
    assert plot.title(both) == (
        "“inflation” changes what is agreed: “Pay rise” 3.5 per cent on average instead of 3 per cent (+0.5 ± 0.2); "
        "1 overlay of 2 changes nothing beyond chance"
    )
    assert "States that change less" not in plot.caption(both)
    dull = with_replays(labour, {"overlays": [laid[0], laid[2]]})
    assert not plot.varies(dull)
