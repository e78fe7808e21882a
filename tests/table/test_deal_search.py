"""Deals found by search where they are too many to count out, against an enumeration where they are not."""

import sys

import numpy as np
import pytest

from sim.ensemble import Design, play
from sim.ensemble.search_accuracy import search_told
from sim.scenario import Scenario, change, draw
from sim.scenario.deal_tree import DealTree
from sim.solutions import solve_all
from sim.table import DealSpace, build
from sim.table.deal_search import CANDIDATES, _Search, nash_shortfall, searched_tree


def articles(count, *, seed=1, forbid=(), sums=None, interact=()):
    """A case of yes-or-no issues that four parties like more or less."""
    dice = np.random.default_rng(seed)
    issues = {f"i{n:02}": {"levels": ["out", "in"], "status_quo": "out"} for n in range(count)}

    def actor():
        values = {
            name: {"in": {"value": (v := float(dice.random())), "low": 0.9 * v, "high": min(1, 1.1 * v + 0.01)},
                   "out": {"value": 0.5}}
            for name in issues
        }  # fmt: skip
        pairs = [{"issues": list(pair), "size": {"value": float(dice.uniform(-0.2, 0.2))}} for pair in interact]
        salience = {name: {"value": 1} for name in issues}
        reserve = {"value": 0.45}
        return {"patience": {"value": 0.9}, "reservation": reserve, "salience": salience, "values": values,
                "interactions": pairs}  # fmt: skip

    return Scenario.model_validate(
        {
            "title": "t", "default_assumed": "toy", "issues": issues, "actors": {who: actor() for who in "abcd"},
            "forbid": list(forbid), "sums": sums or {},
        }
    )  # fmt: skip


RULES = {
    "free": {},
    "pairs that exclude each other": {"forbid": [{f"i{2 * n:02}": "in", f"i{2 * n + 1:02}": "in"} for n in range(4)]},
    "at most six": {"sums": {"few": {"of": {f"i{n:02}": {"in": 1} for n in range(12)}, "at_most": 6}}},
    "interactions": {"interact": [("i00", "i01"), ("i01", "i02"), ("i05", "i09")]},
}


@pytest.mark.parametrize("rules", RULES.values(), ids=RULES)
def test_the_best_deals_of_an_enumeration_are_among_those_found(rules):
    """Of 4,096 combinations: every party's best deal, and nearly all of the Nash, utilitarian and egalitarian ones."""
    scenario = articles(12, **rules)
    whole = DealSpace.of(scenario)
    found = {tuple(deal) for deal in searched_tree(scenario).deals().tolist()}
    assert found <= {tuple(deal) for deal in whole.deals.tolist()}
    assert len(found) < len(whole) or rules.get("sums")
    table = build(whole, draw(scenario, np.arange(1000, 1040))).table
    for party in range(4):
        best = table.payoff[:, party].argmax(axis=1)
        assert np.mean([tuple(whole.deals[deal]) in found for deal in best]) > 0.9
    for deal in (one.deal for one in solve_all(table, ["nash", "utilitarian", "egalitarian"]).values()):
        assert np.mean([tuple(whole.deals[one]) in found for one in deal]) > 0.7


@pytest.mark.parametrize("changed", [(0,), (1,), (3,), (0, 1), (1, 2), (0, 3)])
def test_a_step_is_scored_by_what_it_changes(changed):
    """With interactions, too, scores differ between levels as the weighted flows of the deals themselves do."""
    scenario = articles(4, interact=[("i00", "i01"), ("i01", "i02"), ("i02", "i03")])
    search, space = _Search(scenario), DealSpace.of(scenario)
    world = np.arange(len(search.draws))
    weights = np.random.default_rng(2).random((len(world), 4))
    flow = np.einsum("ba,bak->bk", weights, build(space, draw(scenario, world)).flow)
    place = space.deals[np.random.default_rng(3).integers(16, size=len(world))]
    if len(changed) == 1:
        (i,) = changed
        score = search._score(weights, i) + search._together(weights, world, place, i)
    else:
        one, two = (search._score(weights, i) + search._together(weights, world, place, i, j)
                    for i, j in (changed, changed[::-1]))  # fmt: skip
        score = one[:, :, None] + two[:, None, :] + search._between(weights, world, *changed)
    for levels in np.ndindex(score.shape[1:]):
        moved, start = place.copy(), place.copy()
        moved[:, changed], start[:, changed] = levels, 0
        gained = flow[world, _numbers_in(space, moved)] - flow[world, _numbers_in(space, start)]
        np.testing.assert_allclose(score[(slice(None), *levels)] - score[(slice(None), *[0] * len(levels))], gained)


def _numbers_in(space, deals):
    """Places of deals among all of a space."""
    return (space.deals[None] == deals[:, None]).all(axis=2).argmax(axis=1)


def test_a_status_quo_that_is_not_on_offer_is_no_deal_to_begin_with():
    """Where only the first level is on offer and things stand at the last."""
    scenario = articles(4)
    scenario = change(scenario, {"issues.i01.status_quo": "in", "issues.i01.available": ["out"]})
    assert not searched_tree(scenario).deals()[:, 1].any()
    assert not _Search(scenario).allowed(np.array([[0, 1, 0, 0]])).any()
    assert _Search(scenario).allowed(np.array([[1, 0, 1, 1]])).all()


def test_the_bound_holds_and_is_tight():
    """No deal of the enumeration has a larger Nash product than the bound allows; at the best deal it is small."""
    scenario = articles(12)
    worlds = build(DealSpace.of(scenario), draw(scenario, np.arange(60)))
    gains = worlds.table.premium
    worth = [worlds.preferences.weight[:, :, i, None] * value for i, value in enumerate(worlds.preferences.value)]
    offset = gains[:, :, 0] - sum(one[:, :, 0] for one in worth)
    products = np.where((gains > 0).all(axis=1), np.maximum(gains, 0).prod(axis=1), -np.inf)
    dice = np.random.default_rng(0)
    looked = np.where(dice.random(products.shape) < 0.01, products, -np.inf)
    looked[:, 0] = products[:, 0]
    deal = looked.argmax(axis=1)
    rows = np.arange(60)
    short = nash_shortfall(gains, deal, worth, offset)
    known = np.isfinite(short)
    assert known.any()
    real = 1 - products[rows, deal] / products.max(axis=1)
    assert (short[known] >= real[known] - 1e-9).all()
    best = nash_shortfall(gains, products.argmax(axis=1), worth, offset)
    assert np.nanmedian(best) < 0.1


@pytest.mark.slow
def test_a_case_of_a_million_million_drafts_is_played():
    """Forty articles, eight pairs of which exclude each other: searched in a moment, with method and accuracy told."""
    rules = [{f"i{2 * n:02}": "in", f"i{2 * n + 1:02}": "in"} for n in range(8)]
    scenario = articles(40, forbid=rules)
    space = DealSpace.of(scenario)
    assert space.searched
    assert 1000 < len(space) <= CANDIDATES
    for rule in rules:
        one, two = (list(scenario.issues).index(name) for name in rule)
        assert not ((space.deals[:, one] == 1) & (space.deals[:, two] == 1)).any()
    told = search_told(space)
    assert "1.1e+12 combinations" in told["deal_search"]
    assert "coordinate ascent" in told["deal_search"]
    assert 0 <= told["search_shortfall"] < 0.9
    results = play(Design.of_draws(scenario, 3))
    assert (results["deal"].values >= 0).any()


def test_what_can_be_counted_out_is_not_searched(monkeypatch):
    """Nothing is told of a search then; below the limit the same case is the same deals."""
    scenario = articles(8)
    assert search_told(DealSpace.of(scenario)) == {}
    monkeypatch.setattr(sys.modules["sim.scenario.deal_count"], "DEAL_LIMIT", 100)
    space = DealSpace.of(scenario)
    assert space.searched
    assert len(space) == len(DealTree.of(scenario).kept(np.isin(np.arange(256), _numbers(space))).deals())


def _numbers(space):
    return space.deals @ (2 ** np.arange(7, -1, -1))
