"""Results of very many deals tell of those that matter, and say the same as if they told of all."""

from types import SimpleNamespace

import numpy as np
import pytest

import sim.ensemble.told_deals
from sim.ensemble.dataset_labels import deals_in_all
from sim.ensemble.named_outcomes import outcome
from sim.ensemble.told_deals import _by_levels
from sim.plots.frame.labels import issue_levels
from sim.plots.run.deal_space_map import level_pairs
from sim.runs.packages import add_packages
from sim.runs.run_scenario import run
from tests.shipped import shipped


@pytest.fixture(scope="module")
def both():
    """A case with all of its deals told of, and with a part of them."""
    scenario = shipped("labour")
    whole = run(scenario, 12)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sim.ensemble.told_deals, "ALL_TOLD", 20)
        patch.setattr(sim.ensemble.told_deals, "SAMPLE", 10)
        part = run(scenario, 12)
    for results in (whole, part):
        add_packages(results, scenario)
    return whole, part


class Few:
    """Four deals of two issues, of which one level of each is in a single deal and one in none, and two who sign."""

    scenario = SimpleNamespace(actors={"a": None, "watches": None, "b": None}, signers=("a", "b"))
    deals = np.array([[0, 0], [0, 2], [1, 0], [0, 0]])

    def __len__(self):
        return 4


def test_levels_are_apart_by_the_mean_consent_to_their_deals():
    """Summed over signers and what enough would sign; by hand. Of deals as much agreed to, the first is told of."""
    would = np.array([[[4, 2, 0, 4], [9, 0, 0, 0], [0, 2, 4, 5]]])
    spread, best = _by_levels(Few(), would, np.array([[0, 2, 0, 0]]))
    np.testing.assert_allclose(spread, [[10 / 3 + 5 / 3 + 2 / 3, 2 / 3 + 1 + 2]])
    assert best.tolist() == [0, 1, 2, 3, 1, 2, 0, 1, 2]


def test_fewer_deals_are_told_of_and_all_are_counted(both):
    """Their numbers stand along deal_index, rising; how many there are in all in an attribute."""
    whole, part = both
    assert 20 < part.sizes["deal_index"] < whole.sizes["deal_index"] == deals_in_all(part)
    assert (np.diff(part["deal_index"].values) > 0).all()


@pytest.mark.parametrize("name", ["deal", "final_deal", "reference", "solution_deal", "target_deal", "offer_deal"])
def test_every_place_means_the_same_deal(both, name):
    """What is signed, solved for, offered or comes near is told of, under its number."""
    whole, part = both
    numbers = part["deal_index"].values
    found = part[name].values
    assert (np.where(found < 0, found, numbers[found]) == whole[name].values).all()


def test_what_a_deal_is_worth_stands_beside_it(both):
    """Levels, kinds, consent and the cloud are those of the deals told of."""
    whole, part = both
    numbers = part["deal_index"].values
    for name in ("deal_level", "deal_kind", "would_sign", "could_be_signed", "cloud_payoff", "cloud_frontier"):
        assert (part[name].values == whole[name].values[..., numbers]).all(), name


def test_terms_levels_and_packages_are_the_same(both):
    """Outcomes by their names, the order of levels in figures, and who would sign what."""
    whole, part = both
    for n, issue in enumerate(whole["issue"].values):
        one, two = (outcome(results, f"terms.{issue}") for results in both)
        np.testing.assert_array_equal(one.values, two.values)
        assert one.names == two.names
        assert issue_levels(whole, n).names == issue_levels(part, n).names
    assert whole["package_title"].values.tolist() == part["package_title"].values.tolist()
    assert (part["deal_index"].values[part["package_deal"].values] == whole["package_deal"].values).all()


def test_the_map_of_levels_is_the_same(both):
    """For each two levels the deal that most would sign is among those told of."""
    one, two = (level_pairs(results) for results in both)
    assert one.issues == two.issues
    assert (one.counts == two.counts).all()
