"""Delegations that settle each issue without the others."""

import numpy as np
import pytest

from sim.engine import simulate
from sim.equilibria import issue_by_issue_apart, package_deal_limit, rubinstein
from sim.foundations import NO_DEAL
from sim.protocols.issues_apart import issue_table
from sim.scenario import Scenario, draw
from sim.table import BargainingTable, DealSpace

STEPS, PATIENCE = 61, 0.6


def number(value):
    """A number that is known."""
    return {"value": value, "assumed": "test"}


def two_issues(values_a=(3, 1), values_b=(1, 3), patience=PATIENCE, reservation=(0, 0), order=("a", "b")):
    """Two pies, worth different things to A and B."""

    def actor(values, ideal, least):
        names = dict(zip("xy", values, strict=True))
        return {
            "patience": number(patience),
            "reservation": number(least),
            "salience": {name: number(value) for name, value in names.items()},
            "position": {name: number(ideal) for name in names},
        }

    issue = {"kind": "numeric", "low": 0, "high": 1, "points": STEPS, "status_quo": 0}
    return Scenario.model_validate(
        {
            "title": "two pies",
            "issues": {"x": issue, "y": issue},
            "actors": {"a": actor(values_a, 1, reservation[0]), "b": actor(values_b, 0, reservation[1])},
            "no_deal": {"model": "reservation"},
            "talks": {
                "round": "1 year",
                "rounds": 60,
                "horizon": 60,
                "protocol": "separate-delegations",
                "order": order,
            },
        }
    )


def played(scenario):
    """Worlds and what came of them."""
    return simulate(DealSpace.of(scenario), draw(scenario, np.arange(2)))


@pytest.mark.parametrize(("values_a", "values_b"), [((3, 1), (1, 3)), ((2, 2), (1, 3))])
def test_each_issue_is_split(values_a, values_b):
    """Averaged over who opens, the play is worth what theory says of delegations apart; a package is worth more."""
    scale = np.array([sum(values_a), sum(values_b)])
    found = np.zeros(2)
    for order in (("a", "b"), ("b", "a")):
        block = played(two_issues(values_a, values_b, order=order))
        assert (block.outcome.round == 0).all()
        worth = block.worlds.payoff[0, :, block.outcome.deal[0]]
        opens = 0 if order[0] == "a" else 1
        assert worth[opens] == pytest.approx(rubinstein(PATIENCE, PATIENCE), abs=0.05)
        found += worth / 2
    assert found == pytest.approx(np.array(issue_by_issue_apart(values_a, values_b)) / scale, abs=0.03)
    assert (np.array(package_deal_limit(values_a, values_b).values) / scale >= found - 1e-9).all()


def test_a_capital_may_refuse():
    """Each delegation asks for its part of what B has elsewhere; where both have much, nobody trades one issue."""
    block = played(two_issues(reservation=(0, 0.6)))
    assert (block.outcome.deal != NO_DEAL).all()
    assert (block.worlds.payoff[0, 1, block.outcome.deal[0]]) >= 0.6 - 1e-9
    none = played(two_issues(reservation=(0.6, 0.6)))
    assert (none.outcome.deal == NO_DEAL).all()  # a package would be worth .75 to both: nobody trades issues
    assert none.worlds.table.signable.any()


def test_what_a_delegation_sees_adds_up():
    """Parts of the issues sum to what the whole is worth over no deal, where issues add up."""
    rng = np.random.default_rng(0)
    deals = np.array([(i, j) for i in range(3) for j in range(4)])
    parts = rng.random((2, 3)), rng.random((2, 4))
    payoff = parts[0][:, deals[:, 0]] + parts[1][:, deals[:, 1]]
    table = BargainingTable.of_payoffs(payoff, [0.3, 0.1], deals=deals, issues=("x", "y"))
    tables = [issue_table(table, i)[0] for i in range(2)]
    whole = sum(one.premium[0][:, deals[:, i]] for i, one in enumerate(tables))
    assert whole == pytest.approx(table.premium[0])
