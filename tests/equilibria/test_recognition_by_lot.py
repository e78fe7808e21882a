"""Proposers drawn by lot over finite sets of deals come close to the stationary equilibria of the theory."""

import numpy as np
import pytest

from sim.equilibria import banks_duggan, baron_ferejohn, random_proposer, recognition_by_lot
from sim.table import BargainingTable, SigningRule
from sim.table.lot_plan import proposals


def cake(parts, discount, rule=None):
    """A pie in so many parts for three, every division on the list."""
    grid = [(a, b, parts - a - b) for a in range(parts + 1) for b in range(parts + 1 - a)]
    return BargainingTable.of_payoffs(np.array(grid).T / parts, discount=[discount], rule=rule)


def line(ideals, points, discount, quota):
    """A point on a line, worth 1 less its distance."""
    at = np.linspace(0, 1, points)
    payoff = np.stack([1 - np.abs(at - ideal) for ideal in ideals])
    rule = SigningRule.k_of_n(len(ideals), quota)
    return at, BargainingTable.of_payoffs(payoff, discount=[[discount] * len(ideals)], rule=rule)


def test_equals_who_must_all_agree_share_equally():
    """Unanimity among equals: a third each, before the proposer is drawn (Binmore 1987)."""
    found = recognition_by_lot(cake(60, [0.9] * 3), 80)
    assert found.value[0] == pytest.approx(random_proposer([1 / 3] * 3, [0.9] * 3).value, abs=0.02)


def test_the_patient_get_more_where_all_must_agree():
    """Unanimity with unequal patience, on a fine pie for two."""
    share = np.linspace(0, 1, 4001)
    table = BargainingTable.of_payoffs(np.stack([share, 1 - share]), discount=[[0.9, 0.8]])
    found = recognition_by_lot(table, 150, [0.6, 0.4])
    assert found.value[0] == pytest.approx(random_proposer([0.6, 0.4], [0.9, 0.8]).value, abs=2e-3)


def test_a_finer_pie_comes_closer():
    """What is off for three is the grain of the pie, which patience magnifies: half the grain, about half the error."""
    patience, chances = [0.9, 0.95, 0.8], [0.5, 0.3, 0.2]
    expected = random_proposer(chances, patience).value
    off = [np.abs(recognition_by_lot(cake(n, patience), 120, chances).value[0] - expected).max() for n in (25, 50, 100)]
    assert off[0] > 1.5 * off[1] > 2.0 * off[2]


def test_a_majority_of_equals_is_baron_and_ferejohn():
    """Two of three: the proposer keeps 0.7 and buys one partner for 0.3 (Baron & Ferejohn 1989)."""
    table = cake(30, [0.9] * 3, SigningRule.k_of_n(3, 2))
    plan = recognition_by_lot(table, 60)
    best = proposals(table, plan.reservation[:, :, 0], 0)[0]
    found = baron_ferejohn(3, 2, 0.9)
    bought = table.payoff[0][:, best]
    assert bought[0] == pytest.approx([found.proposer] * 2)
    assert sorted(bought[1]) == pytest.approx([0.0, found.partner])
    assert plan.value[0] == pytest.approx([1 / 3] * 3)


@pytest.mark.parametrize("quota", [2, 3])
def test_a_line_is_banks_and_duggan(quota):
    """One dimension: what each proposes is within a step of the closed form, under a majority and where all agree."""
    ideals, discount = [0.0, 0.5, 1.0], 0.9
    at, table = line(ideals, 201, discount, quota)
    plan = recognition_by_lot(table, 120)
    expected = banks_duggan(ideals, [1 / 3] * 3, discount, quota)
    for voter, proposal in enumerate(expected.proposals):
        best = proposals(table, plan.reservation[:, :, 0], voter)[0]
        assert at[best] == pytest.approx([proposal] * best.sum(), abs=0.011)
    assert plan.value[0] == pytest.approx(expected.value, abs=0.01)


def test_two_dimensions_numerically():
    """Three corners of a triangle are alike, so they expect the same; nobody gets his way, as the core is empty."""
    corners = np.array([[0.0, 0.0], [1.0, 0.0], [0.5, np.sqrt(3) / 2]])
    weights = np.array([(a, b, 30 - a - b) for a in range(31) for b in range(31 - a)]) / 30
    places = weights @ corners
    payoff = 1 - np.linalg.norm(places[None] - corners[:, None], axis=2)
    rule = SigningRule.k_of_n(3, 2)
    table = BargainingTable.of_payoffs(payoff, discount=[[0.9] * 3], rule=rule)
    plan = recognition_by_lot(table, 80)
    assert plan.value[0] == pytest.approx([plan.value[0, 0]] * 3, abs=1e-9)
    best = proposals(table, plan.reservation[:, :, 0], 0)[0]
    assert 0 < table.payoff[0, 0, best].max() < 1


def test_more_patience_brings_proposals_together():
    """As rounds shrink, what is proposed on a line approaches the median (Banks & Duggan 2000, theorem 6)."""
    spread = []
    for discount in (0.5, 0.8, 0.95):
        at, table = line([0.0, 0.5, 1.0], 101, discount, 2)
        plan = recognition_by_lot(table, 200)
        ends = [at[proposals(table, plan.reservation[:, :, 0], voter)[0]].mean() for voter in (0, 2)]
        spread.append(ends[1] - ends[0])
    assert spread[0] > spread[1] > spread[2]


def test_chances_must_add_up():
    """Chances of being drawn that do not are refused, and so are talks without a round."""
    with pytest.raises(ValueError, match="add up"):
        recognition_by_lot(cake(3, [0.9] * 3), 3, [0.5, 0.3, 0.1])
    with pytest.raises(ValueError, match="at least one round"):
        recognition_by_lot(cake(3, [0.9] * 3), 0)
