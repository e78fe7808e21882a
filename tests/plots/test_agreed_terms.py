"""Terms as talks agree them and as solutions choose them, read back from the figure."""

import numpy as np
import pytest

from sim.plots import PLOTS
from sim.plots.frame.labels import issue_levels
from sim.plots.run.chosen_terms import level_shares
from sim.report.page.svg import picture
from sim.store import with_replays


@pytest.mark.slow
def test_numbers_have_the_median_and_the_middle_of_the_agreed_values(drawn, labour):
    """Dots are medians, lines reach from the 10 % to the 90 % quantile; talks first."""
    pay, *_ = drawn("agreed-terms", labour).get_axes()
    assert [label.get_text() for label in pay.get_yticklabels()][:2] == ["talks", "Egalitarian"]
    deals = [labour["deal"].values, labour["solution_deal"].values[:, 0]]
    spans = [line for line in pay.lines if line.get_label() == "_span"]
    dots = [line for line in pay.lines if line.get_label() == "_median"]
    for deal, span, dot in zip(deals, spans, dots, strict=False):
        values = labour["level_value"].values[0][deal[deal >= 0]]
        np.testing.assert_allclose(span.get_xdata(), np.quantile(values, [0.1, 0.9]))
        assert dot.get_xdata()[0] == pytest.approx(np.median(values))
    assert PLOTS["agreed-terms"].title(labour).startswith("“Pay rise”: talks agree on ")
    assert pay.get_xlabel().startswith("per cent; status quo: ")


def test_levels_with_names_have_shares_that_add_up(drawn, labour, budget):
    """Each row is all deals of talks or of one solution; levels too many for a column stand together."""
    _, week, *_ = drawn("agreed-terms", labour).get_axes()
    shown = np.asarray(week.images[0].get_array())
    np.testing.assert_allclose(shown.sum(axis=1), 100)
    keys = labour["deal_level"].values[1]
    signed = keys[labour["deal"].values[labour["deal"].values >= 0]]
    np.testing.assert_allclose(shown[0], [100 * (signed == key).mean() for key in dict.fromkeys(keys.tolist())])
    (division,) = drawn("agreed-terms", budget).get_axes()
    assert division.get_xticklabels()[-1].get_text() == "23 others"
    np.testing.assert_allclose(np.asarray(division.images[0].get_array()).sum(axis=1), 100)


@pytest.mark.slow
def test_shaded_tables_stand_on_light_ground_in_a_page(labour):
    """Their letters could not be read on a dark page."""
    assert picture(labour, "agreed-terms").pale
    assert picture(labour, "who-would-sign").pale


def test_issues_on_which_nobody_differs_are_said_and_have_no_panel(labour):
    """A panel of dots below each other says less than a sentence."""
    alike = labour.copy(deep=True)
    keys = alike["deal_level"].values[2]
    only = int(np.bincount(alike["deal"].values[alike["deal"].values >= 0]).argmax())
    same = np.flatnonzero(keys == keys[only])
    for name in ("deal", "solution_deal"):
        found = alike[name].values
        found[found >= 0] = same[found[found >= 0] % len(same)]
    panels = PLOTS["agreed-terms"].draw(alike).get_axes()
    titles = [axes.get_title(loc="left") for axes in panels if axes.axison]
    assert titles == ["Pay rise", "Working week"]
    assert f"The same in nearly all of them: Job security: {keys[only]}. " in PLOTS["agreed-terms"].caption(alike)


def test_a_difference_of_next_to_nothing_looks_small(labour):
    """An axis shows at least a quarter of what is on offer."""
    one = labour.copy(deep=True)
    values = one["level_value"].values[0]
    near, next_to_it = np.unique(values)[:2]
    one["deal"] = one["deal"] * 0 + int(np.flatnonzero(values == near)[0])
    one["solution_deal"] = one["solution_deal"] * 0 + int(np.flatnonzero(values == next_to_it)[0])
    pay = PLOTS["agreed-terms"].draw(one).get_axes()[0]
    assert pay.get_title(loc="left") == "Pay rise"
    low, high = pay.get_xlim()
    assert high - low >= 0.25 * np.ptp(values)
    assert next_to_it - near < 0.1 * np.ptp(values)


def way(protocol, issue, low, median, high):
    """What a run keeps of the same case by another protocol."""
    span = {"median": median, "low": low, "high": high, "unit": ""}
    return {"protocol": protocol, "found": {"of": f"terms.{issue}", "draws": 20, "span": span, "mean": median}}


@pytest.mark.slow
def test_protocols_that_were_played_have_rows_between_talks_and_solutions(labour):
    """Their ends and median are what the answer keeps; other issues, and runs that played none, have no such row."""
    ways = [way("alternating-offers", "wage", 1, 2, 3), way("zeuthen", "wage", 2, 4.5, 5)]
    told = with_replays(labour, {"ways": ways})
    figure = PLOTS["agreed-terms"].draw(told)
    pay, week, *_ = figure.get_axes()
    rows = [label.get_text() for label in pay.get_yticklabels()]
    assert rows[:3] == ["talks", "with Zeuthen's rule", "Egalitarian"]
    spans = [line for line in pay.lines if line.get_label() == "_span"]
    dots = [line for line in pay.lines if line.get_label() == "_median"]
    assert (spans[1].get_xdata().tolist(), dots[1].get_xdata()[0]) == ([2, 5], 4.5)
    assert len(spans) == len(rows)
    assert week.images[0].get_array().shape[0] == len(rows) - 1
    assert [label.get_text() for label in week.get_yticklabels()] == [rows[0], *rows[2:]]
    assert "; 4.5 per cent with Zeuthen's rule; the" in PLOTS["agreed-terms"].title(told)
    assert "“With …”: the same case by another protocol of talks, 20 deals each. " in PLOTS["agreed-terms"].caption(
        told
    )
    assert "way_median" not in with_replays(labour, {"ways": ways[:1]})


def test_conventions_that_were_played_hold_what_protocols_agree_on(labour):
    """`sim run --conventions` plays them too, in a case whose headline does not ask for it."""
    found = way("single-text", "wage", 1, 2, 3)["found"]
    share = {"share": {"deal": 1.0}, "error": {"deal": 0.0}, "draws": 20}
    rows = [{"name": "as written", "setting": "", "endings": share, "outcomes": [found]}]
    rows += [{"name": "protocol", "setting": "single-text", "endings": share, "outcomes": [found]}]
    told = with_replays(labour, {"conventions": rows})
    assert told["way"].values.tolist() == ["single-text"]
    assert float(told["way_median"].sel(way="single-text", way_issue="wage")) == 2


def test_levels_with_names_have_rows_by_protocol_too(budget):
    """Cells are the shares that the answer keeps, at the place of the level; rare levels stand together at the end."""
    levels = budget["deal_level"].values[0].astype(str)
    first, last = levels[0], levels[-1]
    found = {"of": "terms.division", "draws": 20, "span": {}, "mean": None, "shares": {last: 0.75, first: 0.25}}
    rows = [{"protocol": "alternating-offers", "found": found}, {"protocol": "zeuthen", "found": found}]
    told = with_replays(budget, {"ways": rows})
    assert told["way_share"].values.tolist() == [[0.75, 0.25]]
    (share,) = level_shares(told, 0).values()
    names = issue_levels(told, 0).of_deal
    assert (share[names[-1]], share[names[0]], share.sum()) == (0.75, 0.25, 1)
    (division,) = PLOTS["agreed-terms"].draw(told).get_axes()
    labels = [label.get_text() for label in division.get_yticklabels()]
    assert labels[:2] == ["talks", "with Zeuthen's rule"]
    cells = division.images[0].get_array()
    assert cells.shape[0] == len(labels)
    np.testing.assert_allclose(cells.sum(axis=1), 100)
    assert cells[1].max() == 75
    assert "20 deals each" in PLOTS["agreed-terms"].caption(told)
