"""The payoff plane: frontiers are undominated, offers are the log in its order, words agree with marks."""

import numpy as np
import pytest

from sim.plots import PLOTS
from sim.plots.frame.labels import parties
from sim.plots.run.offer_path import moves, offers_of, silence
from sim.plots.run.payoff_frontier import frontiers, open_frontier, permitted, signable_frontier


def planes(figure):
    """Axes that show something."""
    return [axes for axes in figure.get_axes() if axes.axison]


def words(figure, gid):
    """Texts of a kind, in the order they were written."""
    return [text.get_text() for axes in planes(figure) for text in axes.texts if text.get_gid() == gid]


def undominated(payoff, allowed):
    """Deals that no allowed deal dominates, by comparing every pair."""
    found = []
    for k in np.flatnonzero(allowed):
        others = payoff[:, allowed]
        worse = (others >= payoff[:, k, None]).all(axis=0) & (others > payoff[:, k, None] + 1e-11).any(axis=0)
        if not worse.any():
            found.append(k)
    return found


@pytest.mark.parametrize("case", ["ceasefire", "labour", "budget"])
def test_the_frontier_is_what_comparing_every_pair_leaves(case, request):
    """Of the deals that no red line of a party bars."""
    results = request.getfixturevalue(case)
    payoff = results["cloud_payoff"].values[parties(results)]
    assert open_frontier(results).deals.tolist() == undominated(payoff, permitted(results))


def test_where_red_lines_bar_every_deal_the_frontier_is_that_of_all(labour):
    """And its name says so."""
    found = labour.copy(deep=True)
    found["cloud_permitted"] = found["cloud_permitted"] * 0
    found["cloud_frontier"] = found["cloud_frontier"] * 0
    (only,) = frontiers(found)
    assert only.among == "all deals"
    assert only.deals.tolist() == undominated(found["cloud_payoff"].values, np.ones(found.sizes["deal_index"], bool))
    assert "among all deals." in PLOTS["payoff-plane"].caption(found)


def test_stairs_go_down_through_the_frontier(drawn, labour):
    """The thick line passes the deals that can be signed, from the worst for the first party to the best."""
    (axes,) = planes(drawn("payoff-plane", labour))
    lines = {line.get_label(): line for line in axes.lines}
    thick = lines["Pareto frontier of\ndeals they can sign"]
    x, y = np.asarray(thick.get_data())
    assert thick.get_drawstyle() == "steps-pre"
    assert (np.diff(x) >= 0).all()
    assert (np.diff(y) <= 0).all()
    on = signable_frontier(labour).deals
    np.testing.assert_allclose(np.sort(x), np.sort(labour["cloud_payoff"].values[0, on]))
    assert lines["Pareto frontier of\ndeals no red line bars"].get_linewidth() < thick.get_linewidth()


def test_offers_are_drawn_in_their_order_and_their_ends_are_numbered(drawn, labour):
    """Repeated offers are one point; the bold numbers are the first and the last round."""
    figure = drawn("payoff-plane", labour)
    (axes,) = planes(figure)
    lines = [line for line in axes.lines if line.get_gid() == "offers"]
    expected = []
    for actor, line in enumerate(lines):
        rounds, deals = offers_of(labour, actor)
        own = moves(labour, actor)
        np.testing.assert_allclose(np.asarray(line.get_data()), labour["cloud_payoff"].values[:, own])
        assert set(own.tolist()) == set(deals.tolist())
        assert (np.diff(own) != 0).all()
        expected += [str(rounds[0] + 1), str(rounds[-1] + 1)]
    assert len(lines) == 2
    assert words(figure, "round") == expected


@pytest.mark.slow
def test_every_party_of_three_has_its_offers_in_the_legend(drawn, budget):
    """Also those that do not appear in the first plane."""
    figure = drawn("payoff-plane", budget)
    (legend,) = [part.legends[0] for part in figure.subfigs if part.legends]
    told = " ".join(text.get_text() for text in legend.get_texts())
    assert all(f"offers of {name}," in told for name in ("North", "East", "South"))


def silent(results):
    """The same results in which the second party says nothing."""
    found = results.copy(deep=True)
    found["offer_actor"] = found["offer_actor"] * 0
    return found


@pytest.mark.slow
def test_a_party_that_offers_nothing_is_named_with_the_reason(labour):
    """No deal beats its fallback, red lines bar those that do, or others refuse their consent."""
    assert silence(labour) == ""
    found = silent(labour)
    assert silence(found).startswith("Firm makes no offer: others refuse their consent to each of the ")
    barred = silent(labour)
    barred["cloud_permitted"].loc[{"actor": "firm"}] = 0
    assert silence(barred) == "Firm makes no offer: its red lines bar every deal that beats its fallback. "
    poor = silent(labour)
    poor["cloud_war"] = poor["cloud_war"] + 10
    assert silence(poor) == "Firm makes no offer: none beats its fallback. "
    assert silence(poor) in PLOTS["payoff-plane"].caption(poor) + " "
    other = silent(labour)
    other.attrs = labour.attrs | {"protocol": "mediated-single-text"}
    assert silence(other) == "Firm makes no offer. "


def test_the_title_counts_only_deals_that_no_red_line_bars(labour):
    """What both could accept is better than their fallbacks and permitted to both."""
    gain = labour["cloud_payoff"].values - labour["cloud_war"].values[:, None]
    both = ((gain >= -1e-9) & labour["cloud_permitted"].values.astype(bool)).all(axis=0)
    told = PLOTS["payoff-plane"].title(labour)
    assert told == f"One typical world: Union and Firm could both accept {both.sum()} of 340 deals; a deal is signed"


def test_deals_on_one_point_are_counted_beside_it(labour):
    """Two deals of equal worth that only others stop are marked ×2, and the caption says what that means."""
    found = labour.copy(deep=True)
    payoff = np.zeros_like(labour["cloud_payoff"].values)
    payoff[:, :2] = 1.0
    found["cloud_payoff"] = (("actor", "deal_index"), payoff)
    found["cloud_war"] = found["cloud_war"] * 0 + 0.5
    found["cloud_permitted"] = found["cloud_permitted"] * 0 + 1
    for name in ("cloud_signable", "cloud_frontier"):
        found[name] = found[name] * 0
    found["story_agreed"] = found["story_agreed"] * 0 - 1
    plot = PLOTS["payoff-plane"]
    assert words(plot.draw(found), "twins") == ["×2"]
    assert "×2: two deals on one point." in plot.caption(found)
    assert plot.title(found).startswith(
        "One typical world: Union and Firm could both accept 2 of 340 deals, but others would refuse"
    )


def test_fallbacks_are_named_where_their_lines_leave_the_plane(drawn, ceasefire):
    """With the names of the parties."""
    assert words(drawn("payoff-plane", ceasefire), "fallback") == ["fallback of Russia", "fallback of\nUkraine"]
