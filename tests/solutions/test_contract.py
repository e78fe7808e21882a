"""What every registered solution on finite sets promises."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.foundations import NO_DEAL
from sim.solutions import SOLUTIONS, BargainingProblem, first, pareto_frontier, solve_all
from sim.table import BargainingTable, SigningRule
from tests.solutions.problems import permuted, quick, tables, with_payoff

EVERY = pytest.mark.parametrize("name", SOLUTIONS.names)


@EVERY
def test_entry_is_documented(name):
    """Each solution has a source, a status and a summary."""
    entry = SOLUTIONS.entry(name)
    assert entry.source
    assert entry.status == "tested"
    assert entry.summary


@pytest.mark.slow
@EVERY
@quick
@given(table=tables())
def test_selects_efficient_feasible_deals(name, table):
    """Only signable deals that no other signable deal dominates are selected."""
    selected = SOLUTIONS[name]().selects(table)
    assert not (selected & ~table.signable).any()
    assert not (selected & ~pareto_frontier(BargainingProblem.of_table(table))).any()


@EVERY
@quick
@given(table=tables())
def test_chooses_lowest_of_its_ties(name, table):
    """The deal chosen is the lowest index among those selected, NO_DEAL where none is."""
    selected, deal = SOLUTIONS[name]().selects(table), SOLUTIONS[name]().choose(table)
    assert deal.tolist() == [np.flatnonzero(row)[0] if row.any() else NO_DEAL for row in selected]


@EVERY
@quick
@given(table=tables(), data=st.data())
def test_order_of_actors_and_deals_does_not_matter(name, table, data):
    """Listing actors or deals in another order selects the same deals (symmetry, neutrality)."""
    actors = np.array(data.draw(st.permutations(range(len(table.actors)))))
    deals = np.array(data.draw(st.permutations(range(len(table.deals)))))
    solution = SOLUTIONS[name]()
    expected = solution.selects(table)[:, deals]
    assert (solution.selects(permuted(table, actors=actors, deals=deals)) == expected).all()


@EVERY
@quick
@given(table=tables())
def test_dominated_deal_changes_nothing(name, table):
    """Adding a deal that is worse for everybody than some deal leaves the selection alone."""
    order = np.r_[np.arange(len(table.deals)), 0]
    longer = permuted(table, deals=order)
    payoff = longer.payoff.copy()
    payoff[:, :, -1] -= 0.5
    solution = SOLUTIONS[name]()
    found = solution.selects(replace(longer, payoff=payoff))
    # A deal that is itself no candidate may have had its worse copy nowhere near the candidates either.
    assert (found[:, :-1] == solution.selects(table)).all()
    assert not found[:, -1].any()


@EVERY
@quick
@given(table=tables())
def test_common_rescaling_changes_nothing(name, table):
    """Shifting each actor's values and scaling all by one factor selects the same deals."""
    shift = np.arange(len(table.actors)) * 2.0
    moved = with_payoff(table, 4 * table.payoff + shift[:, None], 4 * table.disagreement + shift)
    solution = SOLUTIONS[name]()
    assert (solution.selects(moved) == solution.selects(table)).all()


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
def test_equal_deals_all_tie(name):
    """Duplicates of a selected deal are selected; the first is chosen."""
    table = BargainingTable.of_payoffs([[1, 2, 2, 2], [1, 2, 2, 2]])
    assert SOLUTIONS[name]().selects(table).tolist() == [[False, True, True, True]]
    assert SOLUTIONS[name]().choose(table).tolist() == [1]


@EVERY
def test_one_draw_does_not_touch_another(name):
    """Solving draws together or one by one gives the same."""
    rng = np.random.default_rng(3)
    table = BargainingTable.of_payoffs(rng.random((6, 3, 40)), rng.random((6, 3)) * 0.4)
    alone = [SOLUTIONS[name]().choose(table.select(np.array([b])))[0] for b in range(6)]
    assert SOLUTIONS[name]().choose(table).tolist() == alone


@EVERY
def test_no_rational_deal_is_no_deal(name):
    """Where nobody can be better off than without a deal, nothing is chosen."""
    table = BargainingTable.of_payoffs([[1.0, 0.0], [0.0, 1.0]], [0.8, 0.8])
    assert SOLUTIONS[name]().choose(table).tolist() == [NO_DEAL]
    assert not SOLUTIONS[name]().selects(table).any()


@EVERY
def test_table_without_deals_is_no_deal(name):
    """An empty deal space yields no deal instead of an error."""
    assert SOLUTIONS[name]().choose(BargainingTable.of_payoffs(np.empty((2, 2, 0)))).tolist() == [NO_DEAL] * 2


@EVERY
def test_red_line_removes_a_deal(name):
    """A deal that crosses a hard red line of a signer is never chosen, however good."""
    table = BargainingTable.of_payoffs([[9.0, 2.0], [9.0, 2.0]])
    permitted = table.permitted.copy()
    permitted[0, 1, 0] = False
    assert SOLUTIONS[name]().choose(replace(table, permitted=permitted)).tolist() == [1]


@EVERY
def test_pressure_is_part_of_the_value(name):
    """A lump added to the value of a deal that a signer refused makes the solution choose it."""
    payoff = np.array([[[3.0, 1.0], [-0.5, 1.0]]])
    table = BargainingTable.of_payoffs(payoff)
    assert SOLUTIONS[name]().choose(table).tolist() == [1]
    pressed = payoff + np.array([[[0.0, 0.0], [2.5, 0.0]]])
    assert SOLUTIONS[name]().choose(with_payoff(table, pressed)).tolist() == [0]


@EVERY
def test_actor_who_does_not_sign_counts_only_by_consent(name):
    """An outsider's losses count for nothing, unless a level of the deal needs his consent."""
    rule = SigningRule.unanimity(3, np.array([True, True, False]))
    table = BargainingTable.of_payoffs([[3.0, 1.0], [3.0, 1.0], [-5.0, 1.0]], rule=rule)
    assert SOLUTIONS[name]().choose(table).tolist() == [0]
    consent = np.array([[False, False], [False, False], [True, False]])
    assert SOLUTIONS[name]().choose(replace(table, consent=consent)).tolist() == [1]


@EVERY
def test_other_signing_rules_still_ask_for_rationality_of_every_signer(name):
    """Under majority rule a deal that leaves one signer below his disagreement value is no solution."""
    table = BargainingTable.of_payoffs([[9.0, 1.0], [9.0, 1.0], [-1.0, 1.0]], rule=SigningRule.k_of_n(3, 2))
    assert table.signable.tolist() == [[True, True]]
    assert SOLUTIONS[name]().choose(table).tolist() == [1]


def test_solve_all_asks_the_solutions_named():
    """solve_all gives, for each name in the order given, what the solution itself chooses; no other."""
    rng = np.random.default_rng(5)
    table = BargainingTable.of_payoffs(rng.random((5, 4, 60)), 0.1)
    found = solve_all(table, reversed(SOLUTIONS.names))
    assert tuple(found) == SOLUTIONS.names[::-1]
    assert list(solve_all(table, ["nash"])) == ["nash"]
    for name, selected in found.items():
        assert selected.deal.tolist() == SOLUTIONS[name]().choose(table).tolist()


@EVERY
@quick
@given(table=tables())
def test_ties_are_told(name, table):
    """The number of deals that tie, and the next of them, stand beside the deal that is taken."""
    found, selected = solve_all(table, [name])[name], SOLUTIONS[name]().selects(table)
    assert found.ties.tolist() == selected.sum(axis=1).tolist()
    for draw, row in enumerate(selected):
        assert [*np.flatnonzero(row), NO_DEAL, NO_DEAL][:2] == [found.deal[draw], found.also[draw]]


def test_first_of_no_ties_is_no_deal():
    """The tie rule answers NO_DEAL for a draw without ties and for no deals at all."""
    assert first(np.zeros((2, 3), bool)).tolist() == [NO_DEAL, NO_DEAL]
    assert first(np.zeros((2, 0), bool)).tolist() == [NO_DEAL, NO_DEAL]


@EVERY
@quick
@given(table=tables(), unit=st.sampled_from([1e-9, 1e-3, 1e3, 1e6]))
def test_unit_of_payoffs_does_not_matter(name, table, unit):
    """Payoffs of everybody in a unit a billion times smaller, or larger, select the same deals, ties included."""
    scaled = with_payoff(table, table.payoff * unit, table.disagreement * unit)
    assert (SOLUTIONS[name]().selects(scaled) == SOLUTIONS[name]().selects(table)).all()
