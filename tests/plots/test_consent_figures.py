"""Who would sign what: figures of consent show what the counts of worlds say."""

import numpy as np

from sim.plots import PLOTS
from sim.plots.frame.consent import some_suffice
from sim.plots.frame.world_groups import focus


def test_packages_by_actor_are_the_stored_counts(drawn, ceasefire):
    """Each cell is a share of the worlds that fit; the last column those that enough would sign."""
    (axes,) = drawn("who-would-sign", ceasefire).get_axes()
    group, places = focus(ceasefire), ceasefire["package_deal"].values
    enough = ceasefire["could_be_signed"].values[group.index][places]
    order = np.argsort(-enough, kind="stable")
    shown = np.asarray(axes.images[0].get_array())
    np.testing.assert_allclose(shown[:, -1], 100 * enough[order] / group.count)
    parties = ceasefire["would_sign"].values[group.index][:2][:, places[order]]
    np.testing.assert_allclose(shown[:, :-1], 100 * parties.T / group.count)
    assert [label.get_text() for label in axes.get_xticklabels()] == ["Russia", "Ukraine", "all"]
    words = [text.get_text() for text in axes.texts]
    assert words[shown.shape[1] - 1].replace("\u00a0", " ") == str(group.proportion(int(enough[order][0])))
    assert not some_suffice(ceasefire)
    assert "Russia and Ukraine in" in PLOTS["who-would-sign"].title(ceasefire)
    assert "Line that divides control: " in PLOTS["who-would-sign"].caption(ceasefire)


def test_where_a_majority_signs_the_last_column_says_enough(drawn, budget):
    """Nobody reads it as the consent of all; what all would sign everywhere is no news."""
    (axes,) = drawn("who-would-sign", budget).get_axes()
    assert axes.get_xticklabels()[-1].get_text() == "enough"
    assert some_suffice(budget)
    assert not PLOTS["who-would-sign"].varies(budget)
