"""What every forecast keeps, and the simple ones by hand."""

import numpy as np
import pytest

from sim.contracts import contracts_of
from sim.forecasts import FORECASTS, CondorcetElection, Stakeholders
from sim.forecasts.central_positions import weighted_mean, weighted_median
from sim.forecasts.condorcet_election import coalitions, election, pairwise
from sim.foundations import InputError, ShapeError
from tests.forecasts.emission_standards import rows, states

MEMBERS = [pytest.param(entry.member, id=entry.name) for entry in FORECASTS]


@pytest.mark.parametrize("member", MEMBERS)
@pytest.mark.parametrize("contract", contracts_of("forecast"), ids=lambda contract: contract.__name__)
def test_contract(contract, member):
    """What the contract says of any forecast holds for this one."""
    contract(member)


def test_the_emission_standards_stand_on_a_knife_edge():
    """Mean 7.39, median 7 by a margin of a third of a percent of the weight."""
    position, _, weight = rows(states())
    assert weighted_mean(position, weight)[0] == pytest.approx(7.38996, abs=1e-5)
    assert weighted_median(position, weight)[0] == 7
    assert weight[position <= 7].sum() / weight.sum() == pytest.approx(0.5037, abs=2e-4)


def test_an_election_by_hand():
    """Two voters, three alternatives: strengths, pairs and chances as a pencil gives them."""
    weight = np.array([[2.0, 1.0]])
    utility = np.array([[[1.0, 0.5, 0.0], [0.0, 0.5, 1.0]]])
    strength = coalitions(weight, utility)
    assert strength[0, 0, 1] == pytest.approx(1.0, abs=1e-7)
    assert strength[0, 1, 0] == pytest.approx(0.5, abs=1e-7)
    beats = pairwise(strength)
    assert beats[0, 0] == pytest.approx([1 / 2, 2 / 3, 2 / 3], abs=1e-6)
    wins = np.array([1 / 2 * 2 / 3 * 2 / 3, 1 / 3 * 1 / 2 * 2 / 3, 1 / 3 * 1 / 3 * 1 / 2])
    assert election(beats, strength)[0] == pytest.approx(wins / wins.sum(), abs=1e-6)


@pytest.mark.parametrize("rule", ["conditional", "markov-uniform", "markov-incentive"])
def test_elections_add_up_and_favour_the_stronger(rule):
    """Chances add up to 1, what does not stand gets none, and who beats everybody is the likeliest."""
    beats = np.array([[[0.5, 0.7, 0.9], [0.3, 0.5, 0.6], [0.1, 0.4, 0.5]]])
    chance = election(beats, beats, rule)
    assert chance.sum() == pytest.approx(1)
    assert chance[0].argmax() == 0
    some = election(beats, beats, rule, np.array([[False, True, True]]))
    assert some[0, 0] == 0
    assert some.sum() == pytest.approx(1)


def test_what_does_not_fit_is_refused():
    """Shapes that differ, and a way of telling that there is not, are errors."""
    with pytest.raises(ShapeError, match="salience"):
        Stakeholders(np.zeros((1, 2, 1)), np.zeros((1, 3, 1)), np.zeros((1, 2)), np.zeros(1), np.ones(1),
                     np.zeros((1, 1)))  # fmt: skip
    with pytest.raises(InputError, match="loudly"):
        CondorcetElection(told="loudly")
