"""What every solution on finite sets of deals keeps."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import numpy as np

from sim.contracts.random_tables import random_tables
from sim.foundations import NO_DEAL
from sim.solutions import AbstractSolution, BargainingProblem, pareto_frontier
from sim.table import BargainingTable, SigningRule


def _reordered(table: BargainingTable, actors: np.ndarray, deals: np.ndarray) -> BargainingTable:
    return replace(
        table,
        actors=tuple(table.actors[i] for i in actors),
        deals=table.deals[deals],
        kind=table.kind[deals],
        payoff=table.payoff[:, actors][:, :, deals],
        disagreement=table.disagreement[:, actors],
        discount=table.discount[:, actors],
        permitted=table.permitted[:, actors][:, :, deals],
        consent=table.consent[actors][:, deals],
    )


def what_is_selected_is_efficient(kind: type[AbstractSolution]) -> None:
    """Only signable deals that no other signable deal dominates are selected."""
    for table in random_tables(25):
        selected = kind().selects(table)
        assert selected.shape == table.signable.shape
        assert not (selected & ~table.signable).any()
        assert not (selected & ~pareto_frontier(BargainingProblem.of_table(table))).any()


def the_first_of_equals_is_chosen(kind: type[AbstractSolution]) -> None:
    """The deal chosen is the lowest index among those selected, NO_DEAL where none is."""
    for table in random_tables(25):
        selected = kind().selects(table)
        expected = [int(np.flatnonzero(row)[0]) if row.any() else NO_DEAL for row in selected]
        assert kind().choose(table).tolist() == expected


def order_does_not_matter(kind: type[AbstractSolution]) -> None:
    """Listing actors or deals the other way round selects the same deals (symmetry, neutrality)."""
    for table in random_tables(25):
        actors, deals = np.arange(len(table.actors))[::-1], np.arange(len(table.deals))[::-1]
        expected = kind().selects(table)[:, deals]
        assert (kind().selects(_reordered(table, actors, deals)) == expected).all()


def equal_deals_all_tie(kind: type[AbstractSolution]) -> None:
    """Duplicates of a selected deal are selected."""
    table = BargainingTable.of_payoffs([[1, 2, 2, 2], [1, 2, 2, 2]])
    assert kind().selects(table).tolist() == [[False, True, True, True]]


def one_draw_does_not_touch_another(kind: type[AbstractSolution]) -> None:
    """Solving draws together or one by one gives the same."""
    rng = np.random.default_rng(3)
    table = BargainingTable.of_payoffs(rng.random((6, 3, 40)), rng.random((6, 3)) * 0.4)
    alone = [kind().choose(table.select(np.array([draw])))[0] for draw in range(6)]
    assert kind().choose(table).tolist() == alone


def no_rational_deal_is_no_deal(kind: type[AbstractSolution]) -> None:
    """Where nobody can be better off than without a deal, or there are no deals at all, nothing is chosen."""
    table = BargainingTable.of_payoffs([[1.0, 0.0], [0.0, 1.0]], [0.8, 0.8])
    assert kind().choose(table).tolist() == [NO_DEAL]
    assert kind().choose(BargainingTable.of_payoffs(np.empty((2, 2, 0)))).tolist() == [NO_DEAL] * 2


def a_red_line_removes_a_deal(kind: type[AbstractSolution]) -> None:
    """A deal that crosses a hard red line of a signer is never chosen, however good."""
    table = BargainingTable.of_payoffs([[9.0, 2.0], [9.0, 2.0]])
    permitted = table.permitted.copy()
    permitted[0, 1, 0] = False
    assert kind().choose(replace(table, permitted=permitted)).tolist() == [1]


def an_outsider_counts_by_consent_only(kind: type[AbstractSolution]) -> None:
    """An outsider's losses count for nothing, unless a level of the deal needs his consent."""
    rule = SigningRule.unanimity(3, np.array([True, True, False]))
    table = BargainingTable.of_payoffs([[3.0, 1.0], [3.0, 1.0], [-5.0, 1.0]], rule=rule)
    assert kind().choose(table).tolist() == [0]
    consent = np.array([[False, False], [False, False], [True, False]])
    assert kind().choose(replace(table, consent=consent)).tolist() == [1]


def every_signer_must_gain(kind: type[AbstractSolution]) -> None:
    """Under majority rule a deal that leaves one signer below his disagreement value is no solution."""
    table = BargainingTable.of_payoffs([[9.0, 1.0], [9.0, 1.0], [-1.0, 1.0]], rule=SigningRule.k_of_n(3, 2))
    assert kind().choose(table).tolist() == [1]


#: In the order in which they are tried.
SOLUTION_CONTRACTS: Final = (
    what_is_selected_is_efficient,
    the_first_of_equals_is_chosen,
    order_does_not_matter,
    equal_deals_all_tie,
    one_draw_does_not_touch_another,
    no_rational_deal_is_no_deal,
    a_red_line_removes_a_deal,
    an_outsider_counts_by_consent_only,
    every_signer_must_gain,
)
