"""Who would sign what: figures of consent show what the counts of worlds say."""

import re

import numpy as np
import pytest

from sim.plots import PLOTS
from sim.plots.frame.consent import some_suffice
from sim.plots.frame.world_groups import focus
from sim.plots.run.deal_space_map import level_pairs


@pytest.mark.slow
def test_packages_by_actor_are_the_stored_counts(drawn, ceasefire):
    """Each cell is a share of the worlds that fit; the last column those that enough would sign."""
    (axes,) = drawn("who-would-sign", ceasefire).get_axes()
    group, places = focus(ceasefire), ceasefire["package_deal"].values
    enough = ceasefire["could_be_signed"].values[group.index][places]
    order = np.argsort(-enough, kind="stable")
    shown = np.asarray(axes.images[0].get_array())
    np.testing.assert_allclose(shown[:, -1], 100 * enough[order] / group.count)
    parties = ceasefire["would_sign"].values[group.index][:, places[order]]
    np.testing.assert_allclose(shown[:, :-1], 100 * parties.T / group.count)
    names = [label.get_text().replace("\n", " ") for label in axes.get_xticklabels()]
    assert names == ["Russia", "Ukraine", "United States", "Ukraine's Western allies", "all"]
    words = [text.get_text() for text in axes.texts]
    assert words[shown.shape[1] - 1].replace("\u00a0", " ") == str(group.proportion(int(enough[order][0])))
    assert not some_suffice(ceasefire)
    assert "Russia and Ukraine in" in PLOTS["who-would-sign"].title(ceasefire)
    assert " holds " in PLOTS["who-would-sign"].caption(ceasefire)


def test_where_a_majority_signs_the_last_column_says_enough(drawn, budget):
    """Nobody reads it as the consent of all; what all would sign everywhere is no news."""
    (axes,) = drawn("who-would-sign", budget).get_axes()
    assert axes.get_xticklabels()[-1].get_text() == "enough"
    assert some_suffice(budget)
    assert not PLOTS["who-would-sign"].varies(budget)


def test_coalitions_are_counted_among_signed_deals(drawn, budget, ceasefire):
    """A row for each set of signers with its share; below, how often each did not sign."""
    matrix, together, _, out = drawn("coalitions", budget).get_axes()
    signed = budget["signed_by"].values.astype(bool)[budget["deal"].values >= 0]
    members, count = np.unique(signed, axis=0, return_counts=True)
    np.testing.assert_allclose([bar.get_width() for bar in together.patches], 100 * np.sort(count)[::-1] / len(signed))
    np.testing.assert_allclose([bar.get_width() for bar in out.patches], 100 * (~signed).mean(axis=0))
    (dots,) = [found for found in matrix.collections if found.get_label() == "member"]
    first = dots.get_offsets()[dots.get_offsets()[:, 1] == 0][:, 0]
    assert first.tolist() == np.flatnonzero(members[count.argmax()]).tolist()
    assert PLOTS["coalitions"].title(budget).startswith("North and East sign together most often, in ")
    assert not PLOTS["coalitions"].fits(ceasefire)


@pytest.mark.slow
def test_levels_of_two_issues_have_the_consent_of_the_best_deal_with_them(drawn, ceasefire):
    """First the map of all, then of each who must sign; a cell is the deal with these levels that most would sign."""
    panels = drawn("deal-space-map", ceasefire).get_axes()
    assert [axes.get_title(loc="left") for axes in panels] == ["All", "Russia", "Ukraine"]
    group, pairs = focus(ceasefire), level_pairs(ceasefire)
    rows, columns = (ceasefire["deal_level"].values[issue] for issue in pairs.issues)
    counts = [ceasefire["could_be_signed"].values[group.index], *ceasefire["would_sign"].values[group.index][:2]]
    for axes, count in zip(panels, counts, strict=True):
        expected = [
            [100 * count[(rows == up) & (columns == across)].max() / group.count for across in dict.fromkeys(columns)]
            for up in dict.fromkeys(rows)
        ]
        np.testing.assert_allclose(np.asarray(axes.images[0].get_array()), expected)
    best = int(pairs.counts[-1].max())
    assert str(group.proportion(best)) in PLOTS["deal-space-map"].title(ceasefire)


def test_a_map_needs_two_issues(budget, labour):
    """Of one issue there are no pairs."""
    assert not PLOTS["deal-space-map"].fits(budget)
    assert PLOTS["deal-space-map"].fits(labour)


def test_names_of_many_actors_are_not_broken_within_a_word(drawn, budget):
    """Where a word has no room across, names stand upright; packages that tie are counted, and the worst is named."""
    many = budget.copy(deep=True)
    many.attrs["actor_titles"] = ["International", "Christian Unionists", "Greens"] * (many.sizes["actor"] // 3)
    (axes,) = PLOTS["who-would-sign"].draw(many, width=5.0).get_axes()
    labels = axes.get_xticklabels()
    assert {label.get_rotation() for label in labels} == {90.0}
    assert "International" in [label.get_text() for label in labels]
    (wide,) = drawn("who-would-sign", budget).get_axes()
    assert {label.get_rotation() for label in wide.get_xticklabels()} == {0.0}
    assert re.search(r", and \d+ other packages about as often", PLOTS["who-would-sign"].title(budget))
