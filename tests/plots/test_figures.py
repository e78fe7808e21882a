"""What each figure draws is what the results hold."""

import numpy as np
import pytest
from matplotlib.colors import to_hex

from sim.plots import PLOTS
from sim.plots.frame.style import ENDING_COLORS
from sim.plots.frame.world_groups import focus, world_groups
from sim.plots.run.blockers import stops
from sim.plots.run.enforcement_interval import curve
from sim.plots.run.why_not import waterfall
from sim.store import meanings
from sim.words import wilson


def panels(figure):
    """Axes that show something."""
    return [axes for axes in figure.get_axes() if axes.axison]


def widths(axes):
    """Lengths of all horizontal bars."""
    return np.array([patch.get_width() for patch in axes.patches])


def ticks(axes):
    """First line of each label."""
    return [label.get_text().split("\n")[0] for label in axes.get_yticklabels()]


def test_endings_are_the_shares_of_all_and_of_consistent_draws(drawn, ceasefire):
    """Bars of all draws, then of consistent ones; arms come last and on their own."""
    left, right = panels(drawn("endings", ceasefire))
    hatched = [patch for patch in left.patches if patch.get_hatch()]
    names = meanings(ceasefire, "ending")
    expected = []
    for group in world_groups(ceasefire):
        codes = ceasefire["ending"].values[group.where]
        expected += [100 * (codes == names.index(name)).mean() for name in names]
        expected.append(100 * ceasefire["decided_by_arms"].values[group.where].mean())
    np.testing.assert_allclose(widths(left)[: len(expected)], expected)
    assert ticks(left) == ["Truce", "Partial deal", "Settlement", "No deal", "Broken deal", "Decided by arms"]
    arms = ceasefire["decided_by_arms"].values.astype(bool)
    split = [
        100 * (arms & (ceasefire["ending"].values == names.index(name)))[group.where].mean()
        for name in ("stalemate", "war")
        for group in world_groups(ceasefire)
    ]
    np.testing.assert_allclose([patch.get_width() for patch in hatched], split)
    np.testing.assert_allclose(sum(split[1::2]), 100 * arms[focus(ceasefire).where].mean())
    declared = ceasefire["declared"].values
    np.testing.assert_allclose(widths(right)[:4], 100 * np.bincount(declared, minlength=4) / len(declared))


def test_kinds_that_cannot_be_signed_are_left_out(drawn, labour):
    """Without a war there is one kind of deal."""
    left, _ = panels(drawn("endings", labour))
    assert ticks(left) == ["Deal", "No deal"]
    assert PLOTS["endings"].title(labour) == "The end is a deal in all 20 worlds"


@pytest.mark.slow
def test_states_stack_up_to_all_draws(drawn, ceasefire):
    """The areas at each round are the shares of draws, bottom to top 100 %."""
    _, right = panels(drawn("deals-over-time", ceasefire))
    group = focus(ceasefire)
    assert right.get_xlabel() == "time since the start of talks (years)"
    tops = [area.get_datalim(right.transData).y1 for area in right.collections]
    assert max(tops) == pytest.approx(100)
    settled = ceasefire["states"].values[ceasefire["state"].values.tolist().index("settlement"), group.index]
    assert right.collections[0].get_datalim(right.transData).y1 == pytest.approx(100 * settled.max() / group.count)


@pytest.mark.slow
def test_levels_are_counted_among_signed_deals(drawn, ceasefire):
    """Each panel's bars are the shares of levels of one issue."""
    first = panels(drawn("settled-levels", ceasefire))[0]
    levels = list(dict.fromkeys(ceasefire["deal_level"].values[0].tolist()))
    deals = ceasefire["deal"].values
    signed = ceasefire["deal_level"].values[0][deals[deals >= 0]]
    np.testing.assert_allclose(widths(first)[: len(levels)], [100 * (signed == level).mean() for level in levels])
    assert any("(status quo)" in label.get_text() for label in first.get_yticklabels())


@pytest.mark.slow
def test_many_numbers_are_drawn_on_their_scale_and_many_names_are_summed_up(drawn, labour, budget):
    """A pay rise has an axis; 28 divisions become the frequent ones and the rest."""
    pay = panels(drawn("settled-levels", labour))[0]
    assert pay.get_xlabel().startswith("per cent")
    assert sum(patch.get_height() for patch in pay.patches) == pytest.approx(100)
    division = panels(drawn("settled-levels", budget))[0]
    assert ticks(division)[-1] == "22 others together"
    assert widths(division).sum() == pytest.approx(100)


@pytest.mark.slow
def test_waterfalls_add_up_to_the_surplus(drawn, ceasefire):
    """Bars of all terms end where the total does; the words above count who accepts."""
    figure = drawn("why-not", ceasefire)
    first = panels(figure)[0]
    fall = waterfall(ceasefire, 0, "truce")
    *terms, total = first.patches
    assert sum(bar.get_width() for bar in terms) == pytest.approx(total.get_width(), abs=1e-6)
    assert total.get_width() == pytest.approx(fall.total[0])
    where = focus(ceasefire).where & (ceasefire["target_deal"].values[:, 0] >= 0)
    takes = (ceasefire["surplus"].values[where, 0, 0] >= -1e-9) & (ceasefire["barred"].values[where, 0, 0] == 0)
    assert fall.takes == takes.sum()
    assert any(f"accepts in {100 * takes.mean():.0f}\u00a0%" in text.get_text() for text in first.texts)
    assert "Interaction of issues" not in [label.get_text() for label in first.get_yticklabels()]


def test_acceptance_curves_are_the_stored_counts(drawn, ceasefire):
    """Each actor's line and that of all signers, in percent of the group."""
    (axes,) = panels(drawn("enforcement-interval", ceasefire))
    group = focus(ceasefire)
    lines = {line.get_label(): line for line in axes.lines if not line.get_label().startswith("_")}
    np.testing.assert_allclose(
        lines["Russia"].get_ydata(), 100 * ceasefire["truce_accepted"].values[group.index, 0] / group.count
    )
    np.testing.assert_allclose(lines["All signers"].get_ydata(), curve(ceasefire, group, None))
    assert axes.get_xlabel() == "chance that the truce collapses within a year (%)"
    bands = [band.get_paths()[0].vertices[:, 1] for band in axes.collections]
    for band, actor in zip(bands, (0, 1, None), strict=True):
        low, high = wilson(curve(ceasefire, group, actor) / 100 * group.count, group.count)
        assert {*np.round(100 * low, 9), *np.round(100 * high, 9)} == {*np.round(band, 9)}


@pytest.mark.slow
def test_the_payoff_plane_holds_every_deal_once(drawn, ceasefire, labour, budget):
    """Deals by kind and those barred make up the cloud; one panel for each pair of parties."""
    for results, pairs in ((ceasefire, 1), (labour, 1), (budget, 3)):
        figure = drawn("payoff-plane", results)
        planes = panels(figure)
        assert len(planes) == pairs
        clouds = [c for c in planes[0].collections if c.get_label().endswith(")") and "consent" not in c.get_label()]
        assert sum(len(cloud.get_offsets()) for cloud in clouds) == results.sizes["deal_index"]
        points = np.concatenate([cloud.get_offsets() for cloud in clouds])
        np.testing.assert_allclose(
            np.sort(points[:, 0]), np.sort(results["cloud_payoff"].values[0]), rtol=0, atol=1e-12
        )


def test_solutions_that_coincide_share_a_marker(drawn, labour):
    """Every solution is named once in the legend."""
    figure = drawn("payoff-plane", labour)
    (legend,) = [part.legends[0] for part in figure.subfigs if part.legends]
    words = " ".join(text.get_text().replace("\n= ", " ") for text in legend.get_texts())
    for name in ("Nash", "Egalitarian", "Utilitarian", "Kalai–Smorodinsky"):
        assert words.count(name) == 1
    assert "the deal they sign" in words


def test_offers_are_worth_what_the_cloud_says(drawn, labour):
    """Own offers and those of the other, valued by the party of the panel."""
    union, firm = panels(drawn("concession-curves", labour))
    offers = labour["offer_act"].values.astype(str) != "accept"
    for axes, party in ((union, 0), (firm, 1)):
        lines = {line.get_label(): line for line in axes.lines}
        for actor, title in enumerate(("Union", "Firm")):
            mine = offers & (labour["offer_actor"].values == actor)
            if mine.any():
                expected = labour["cloud_payoff"].values[party][labour["offer_deal"].values[mine]]
                np.testing.assert_allclose(lines[f"offers of {title}"].get_ydata(), expected)
        assert lines["fallback: no deal"].get_ydata()[0] == pytest.approx(float(labour["cloud_war"].values[party]))


@pytest.mark.slow
def test_acceptance_of_observations_is_the_stored_one(drawn, ceasefire):
    """Holds and kept of each, then what all leave together."""
    top, *rest = panels(drawn("observation-acceptance", ceasefire))
    expected = [
        *100 * ceasefire["holds"].values.mean(axis=0),
        *100 * ceasefire["kept"].values.mean(axis=0),
        100 * ceasefire["consistent"].values.mean(),
    ]
    np.testing.assert_allclose(widths(top), expected)
    assert len(rest) == ceasefire.sizes["observation"]
    endings = {to_hex(color) for color in ENDING_COLORS.values()}
    assert not endings & {to_hex(patch.get_facecolor()) for patch in top.patches}
    kept = ceasefire["kept"].values.astype(bool)
    with_it = [c.get_offsets()[:, 0] for c in rest[0].collections if len(c.get_offsets()) == 5][-1]
    endings = ceasefire["ending"].values[kept.all(axis=1)]
    np.testing.assert_allclose(with_it, 100 * np.bincount(endings, minlength=5) / len(endings))


def test_blockers_are_counted_once_each(drawn, ceasefire):
    """Ways of stopping add up to the draws without an acceptable deal; the longest bar is the first."""
    group = focus(ceasefire)
    rows = stops(ceasefire, group)
    blocked = ceasefire["blocker"].values[group.where] >= 0
    assert sum(count for *_, count, _ in rows) == blocked.sum()
    _, below = panels(drawn("blockers", ceasefire))
    assert widths(below)[0] == pytest.approx(100 * rows[0][2] / blocked.sum())
    assert widths(below)[: len(rows)].max() == widths(below)[0]


@pytest.mark.slow
def test_importance_is_sorted_and_told_by_origin(drawn, ceasefire):
    """Largest first, in percent; what a number rests on has a colour of its own."""
    (axes,) = panels(drawn("importance", ceasefire))
    values = np.sort(ceasefire["importance"].values)[::-1][:12]
    np.testing.assert_allclose(widths(axes), 100 * values[values > 0])
    order = np.argsort(-ceasefire["importance"].values, kind="stable")[: len(axes.patches)]
    colors = [bar.get_facecolor()[:3] for bar in axes.patches]  # without the paleness of what may be chance
    grounds = [str(ground) for ground in ceasefire["number_ground"].values[order]]
    assert len(set(grounds)) > 1
    assert [color == colors[0] for color in colors] == [ground == grounds[0] for ground in grounds]
