"""A mediator who knows more, and whether he is believed."""

import numpy as np
import pytest

from sim.engine.seating import seat
from sim.ensemble import Design, play
from sim.equilibria import biased_mediator, mediated_screening
from sim.foundations import InputError
from sim.scenario import change, draw
from sim.table import BargainingTable, DealSpace, SigningRule, TypeGrid, build
from sim.theory.all_readings import find_reading
from sim.theory.case_facts import CaseFacts
from tests.shipped import shipped

PIE = np.linspace(0, 1, 2001)
POWER, COST, LOW, HIGH = 0.5, 0.1, 0.05, 0.3


def plans(bias, dread, error):
    """A stake with two types of B, and a mediator who likes A's share so much and dreads war so much."""
    payoff = np.stack([PIE, 1 - PIE, bias * PIE])
    war = [POWER - COST, 1 - POWER - LOW, bias * (POWER - COST) - dread]
    table = BargainingTable.of_payoffs(
        payoff, war, rule=SigningRule.unanimity(3, np.array([True, True, False])), order=np.array([0, 1])
    )
    nothing = np.array([[POWER - COST] * 2, [1 - POWER - HIGH, 1 - POWER - LOW]])
    types = TypeGrid.of_values(payoff[:2], nothing)
    return mediated_screening(table, types, 0, 1, 1, mediator=2, error=error)


@pytest.mark.parametrize(("error", "dread"), [(0.1, 1.0), (0.2, 1.0), (0.1, 0.4)])
def test_the_least_bias_is_kydds(error, dread):
    """He is believed from the bias on that the closed form names, and not below it."""
    least = float(biased_mediator(dread, error, COST, LOW, HIGH))
    assert not plans(least * 0.98, dread, error).credible[0]
    assert plans(least * 1.02, dread, error).credible[0]


def test_who_is_not_believed():
    """One who wants nothing but peace would always say that the other is tough, and so would the other's friend."""
    assert not plans(0.0, 1.0, 0.1).credible[0]
    assert not plans(-0.5, 1.0, 0.1).credible[0]


def test_whoever_is_believed_is_followed():
    """After "weak" more is asked for than after "tough"; where nobody is believed the word changes nothing."""
    found = plans(0.6, 1.0, 0.1)
    asked = [float(PIE[found.after(np.array([weak])).offer[0, 0, 0, 0]]) for weak in (True, False)]
    assert asked == pytest.approx([POWER + HIGH, POWER + LOW], abs=1e-3)
    found = plans(0.0, 1.0, 0.1)
    assert found.after(np.array([True])).offer.tolist() == found.after(np.array([False])).offer.tolist()


def told_case(position, **settings):
    """The pie's case, with a secret of the second player and a mediator who wants the pie divided so."""
    case = shipped("pie")
    second = {"value": 0.3, "low": 0.0, "high": 0.6, "assumed": "test"}
    friend = {"role": "mediator", "patience": {"value": 0.9, "assumed": "test"}}
    friend |= {"salience": {"share": {"value": 1, "assumed": "test"}}}
    friend |= {"position": {"share": {"value": position, "assumed": "test"}}}
    changes = {
        "actors.second.reservation": second,
        "actors.second.private": ["reservation"],
        "actors.friend": friend,
        "talks.protocol": "strategic-screening",
        "talks.rounds": 1,
        "talks.settings": {"offers": 1, "about": "second", **settings},
    }
    return change(case, changes)


def gains(case, draws=400):
    """What the first player gains in play, draw by draw, and what its plan expects."""
    worlds = build(DealSpace.of(case), draw(case, np.arange(draws)))
    plan = seat(worlds).screening_plan
    outcome = play(Design.of_draws(case, draws), columns=("utility",))["utility"].values
    return outcome[:, 0], plan.value[:, 0]


@pytest.mark.slow
def test_a_mediator_in_play():
    """A friend of the first player who knows lets it ask for what the other can bear, and play is what was expected."""
    alone, _ = gains(told_case(1.0))
    told, expected = gains(told_case(1.0, mediator="friend", error=0.1))
    error = np.hypot(told.std(), alone.std()) / np.sqrt(len(told))
    assert told.mean() - alone.mean() > 3 * error
    assert told.mean() == pytest.approx(expected.mean(), abs=4 * told.std() / np.sqrt(len(told)))


def test_a_friend_of_the_other_changes_nothing():
    """Whoever wants the second player to have it all is not believed, and play is as without him."""
    assert gains(told_case(0.0, mediator="friend", error=0.1), 40)[0] == pytest.approx(gains(told_case(0.0), 40)[0])


def test_what_a_mediator_may_be():
    """He does not sign, hears better than a coin, and battles tell nothing beside his word."""
    for settings in ({"mediator": "first"}, {"mediator": "friend", "error": 0.7}, {"mediator": "friend", "leak": 0.5}):
        case = told_case(1.0, **settings)
        with pytest.raises(InputError):
            seat(build(DealSpace.of(case), draw(case, np.arange(2))))


def test_theory_says_whether_he_is_believed():
    """Read on the case, the theory marks the worlds in which he is."""
    for position, believed in ((1.0, True), (0.0, False)):
        case = told_case(position, mediator="friend", error=0.1)
        facts = CaseFacts(build(DealSpace.of(case), draw(case, np.arange(5))))
        reading = find_reading("biased-mediator")
        assert reading.applies(facts).all()
        assert (reading.predict(facts).marked == believed).all()
