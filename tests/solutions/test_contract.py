"""What every registered solution on finite sets promises."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.contracts import contracts_of
from sim.foundations import NO_DEAL
from sim.solutions import SOLUTIONS, first, solve_all
from sim.table import BargainingTable
from tests.solutions.problems import permuted, quick, tables, with_payoff

EVERY = pytest.mark.parametrize("name", SOLUTIONS.names)


@EVERY
@pytest.mark.parametrize("contract", contracts_of("solution"), ids=lambda contract: contract.__name__)
def test_contract(contract, name):
    """What the contract says of any solution holds for this one."""
    contract(SOLUTIONS[name])


@quick
@given(table=tables(), data=st.data())
def test_order_of_actors_and_deals_does_not_matter(table, data):
    """Listing actors or deals in another order selects the same deals (symmetry, neutrality)."""
    actors = np.array(data.draw(st.permutations(range(len(table.actors)))))
    deals = np.array(data.draw(st.permutations(range(len(table.deals)))))
    other = permuted(table, actors=actors, deals=deals)
    for name in SOLUTIONS.names:
        solution = SOLUTIONS[name]()
        assert (solution.selects(other) == solution.selects(table)[:, deals]).all(), name


@quick
@given(table=tables())
def test_dominated_deal_changes_nothing(table):
    """Adding a deal that is worse for everybody than some deal leaves the selection alone."""
    order = np.r_[np.arange(len(table.deals)), 0]
    longer = permuted(table, deals=order)
    payoff = longer.payoff.copy()
    payoff[:, :, -1] -= 0.5
    for name in SOLUTIONS.names:
        solution = SOLUTIONS[name]()
        found = solution.selects(replace(longer, payoff=payoff))
        # A deal that is itself no candidate may have had its worse copy nowhere near the candidates either.
        assert (found[:, :-1] == solution.selects(table)).all(), name
        assert not found[:, -1].any(), name


@quick
@given(table=tables())
def test_common_rescaling_changes_nothing(table):
    """Shifting each actor's values and scaling all by one factor selects the same deals."""
    shift = np.arange(len(table.actors)) * 2.0
    moved = with_payoff(table, 4 * table.payoff + shift[:, None], 4 * table.disagreement + shift)
    for name in SOLUTIONS.names:
        solution = SOLUTIONS[name]()
        assert (solution.selects(moved) == solution.selects(table)).all(), name


@pytest.mark.parametrize("name", ["nash", "kalai-smorodinsky"])
@quick
@given(table=tables(), data=st.data())
def test_own_rescaling_changes_nothing_where_the_axiom_says_so(name, table, data):
    """Nash and Kalai-Smorodinsky do not depend on the units in which each actor's value is measured."""
    scale = np.array(data.draw(st.lists(st.sampled_from([0.5, 2, 3, 7, 40]), min_size=4, max_size=4)))
    scale = scale[: len(table.actors)]
    moved = with_payoff(table, table.payoff * scale[:, None], table.disagreement * scale)
    solution = SOLUTIONS[name]()
    assert (solution.selects(moved) == solution.selects(table)).all()


@EVERY
def test_pressure_is_part_of_the_value(name):
    """A lump added to the value of a deal that a signer refused makes the solution choose it."""
    payoff = np.array([[[3.0, 1.0], [-0.5, 1.0]]])
    table = BargainingTable.of_payoffs(payoff)
    assert SOLUTIONS[name]().choose(table).tolist() == [1]
    pressed = payoff + np.array([[[0.0, 0.0], [2.5, 0.0]]])
    assert SOLUTIONS[name]().choose(with_payoff(table, pressed)).tolist() == [0]


def test_solve_all_asks_the_solutions_named():
    """solve_all gives, for each name in the order given, what the solution itself chooses; no other."""
    rng = np.random.default_rng(5)
    table = BargainingTable.of_payoffs(rng.random((5, 4, 60)), 0.1)
    found = solve_all(table, reversed(SOLUTIONS.names))
    assert tuple(found) == SOLUTIONS.names[::-1]
    assert list(solve_all(table, ["nash"])) == ["nash"]
    for name, selected in found.items():
        assert selected.deal.tolist() == SOLUTIONS[name]().choose(table).tolist()


@quick
@given(table=tables())
def test_ties_are_told(table):
    """The number of deals that tie, and the next of them, stand beside the deal that is taken."""
    for name, found in solve_all(table, SOLUTIONS.names).items():
        selected = SOLUTIONS[name]().selects(table)
        assert found.ties.tolist() == selected.sum(axis=1).tolist(), name
        for draw, row in enumerate(selected):
            assert [*np.flatnonzero(row), NO_DEAL, NO_DEAL][:2] == [found.deal[draw], found.also[draw]], name


def test_first_of_no_ties_is_no_deal():
    """The tie rule answers NO_DEAL for a draw without ties and for no deals at all."""
    assert first(np.zeros((2, 3), bool)).tolist() == [NO_DEAL, NO_DEAL]
    assert first(np.zeros((2, 0), bool)).tolist() == [NO_DEAL, NO_DEAL]


@quick
@given(table=tables(), unit=st.sampled_from([1e-9, 1e-3, 1e3, 1e6]))
def test_unit_of_payoffs_does_not_matter(table, unit):
    """Payoffs of everybody in a unit a billion times smaller, or larger, select the same deals, ties included."""
    scaled = with_payoff(table, table.payoff * unit, table.disagreement * unit)
    for name in SOLUTIONS.names:
        assert (SOLUTIONS[name]().selects(scaled) == SOLUTIONS[name]().selects(table)).all(), name
