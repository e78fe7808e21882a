"""What the behaviour-dependent tactics share."""

import numpy as np
import pytest

from sim.foundations import InputError
from sim.strategies import (
    AveragedTitForTat,
    RandomAbsoluteTitForTat,
    RelativeTitForTat,
    averaged,
    random_absolute,
    relative,
)
from tests.strategies.hearings import hearing_of, pie

TACTICS = [RelativeTitForTat(), RandomAbsoluteTitForTat(spread=0.0), AveragedTitForTat()]


def heard(*values):
    """What the first of two actors has heard from the second, in his own payoff."""
    return [np.array([[np.nan, value]]) for value in values]


@pytest.mark.parametrize("tactic", TACTICS)
def test_opens_with_the_best(tactic):
    """Before anything was asked or heard he asks for his best deal."""
    assert tactic.demand(hearing_of(pie())) == pytest.approx([1.0])


@pytest.mark.parametrize("tactic", TACTICS)
def test_stands_still_until_two_offers_are_heard(tactic):
    """One offer shows no movement yet, so he repeats what he asked for."""
    hearing = hearing_of(pie(), asked=[np.array([0.9])], heard=heard(np.nan, 0.2))
    assert tactic.demand(hearing) == pytest.approx([0.9])


@pytest.mark.parametrize("tactic", TACTICS)
def test_answers_concession_with_concession(tactic):
    """An opponent who offers more is asked for less, one who stands still for the same."""
    moved = hearing_of(pie(), asked=[np.array([0.9])], heard=heard(0.0, 0.2))
    still = hearing_of(pie(), asked=[np.array([0.9])], heard=heard(0.2, 0.2))
    assert tactic.demand(moved)[0] < 0.9
    assert tactic.demand(still) == pytest.approx([0.9])


@pytest.mark.parametrize("tactic", TACTICS)
def test_the_unit_of_payoffs_does_not_matter(tactic):
    """In payoffs from 3 to 11, no deal among them, he asks for the same share as in payoffs from 0 to 1."""
    demands = []
    for least, size in ((0.0, 1.0), (3.0, 8.0)):
        table = type(pie()).of_payoffs(least + size * pie().payoff, least + size * 0.1)
        history = heard(*(least + size * np.array([0.0, 0.2])))
        hearing = hearing_of(table, asked=[np.array([least + size * 0.9])], heard=history)
        demands.append(tactic.demand(hearing)[0])
    assert 0.1 < demands[0] < 0.9
    assert demands[1] == pytest.approx(demands[0])


@pytest.mark.parametrize("tactic", TACTICS)
def test_nobody_asks_for_more_than_the_best_or_less_than_the_worst(tactic):
    """An opponent who takes back all he offered is asked for the best deal, one who gives all for the worst."""
    harsh = hearing_of(pie(), asked=[np.array([0.9])], heard=heard(0.9, 0.0))
    soft = hearing_of(pie(), asked=[np.array([0.1])], heard=heard(0.0, 1.0))
    assert tactic.demand(harsh) == pytest.approx([1.0])
    assert tactic.demand(soft) == pytest.approx([0.0])


def test_answers_to_several_opponents_are_averaged():
    """With one opponent moving and one standing still he concedes half as much."""
    both = pie()
    three = type(both).of_payoffs(np.concatenate([both.payoff, both.payoff[:, 1:]], axis=1))
    history = [np.array([[np.nan, 0.0, 0.3]]), np.array([[np.nan, 0.2, 0.3]])]
    hearing = hearing_of(three, asked=[np.array([0.9])], heard=history)
    assert RandomAbsoluteTitForTat(spread=0.0).demand(hearing) == pytest.approx([0.8])


@pytest.mark.parametrize("formula", [relative, averaged])
def test_too_short_a_history_is_refused(formula):
    """Looking back two moves needs three offers."""
    with pytest.raises(InputError, match="at least 3"):
        formula(15.0, np.array([3.0, 2.0]), 2, 0, 20)
    with pytest.raises(InputError, match="at least 3"):
        random_absolute(15.0, np.array([3.0, 2.0]), 2, 0.0, low=0, high=20, increasing=True)


def test_lags_may_differ_between_draws():
    """A lag for each draw looks back a different number of moves in each."""
    table = pie(draws=2)
    history = [np.array([[np.nan, value]] * 2) for value in (0.0, 0.2, 0.3)]
    hearing = hearing_of(table, asked=[np.array([0.9, 0.9])], heard=history)
    demand = RandomAbsoluteTitForTat(lag=np.array([1, 2]), spread=0.0).demand(hearing)
    assert demand == pytest.approx([0.8, 0.7])
