"""Members that break a promise are told which; those that keep all are taken."""

from dataclasses import dataclass

import numpy as np
import pytest

from sim.contracts import ContractError, check, contracts_of
from sim.contracts.random_tables import random_tables
from sim.forecasts import AbstractForecast, Forecast, Mean
from sim.foundations import UnknownNameError
from sim.plots import PLOTS, Plot
from sim.protocols import AbstractProtocol, StrategicAlternatingOffers
from sim.solutions import AbstractSolution, Nash
from sim.strategies import AbstractAspiration, HardLiner

KINDS = ("protocol", "strategy", "solution", "forecast", "figure")


@dataclass(frozen=True)
class Overruling(AbstractProtocol):
    """Signs the first deal whether anybody likes it or not.

    rounds: round budget

    Source:  nobody
    """

    rounds: int

    def step(self, table, talks, dice, round_):
        """Sign."""
        talks.close(np.ones(table.draws, bool), np.zeros(table.draws, np.int64), round_, -1)


class Greedy(AbstractAspiration):
    """Asks for more than there is."""

    def demand(self, hearing):
        """Twice his best."""
        return 2 * np.ones_like(hearing.best)


class Anything(AbstractSolution):
    """Selects every deal, feasible or not."""

    def ties(self, problem):
        """All."""
        return np.ones_like(problem.feasible)


class OffTheScale(AbstractForecast):
    """Decides what nobody wants."""

    def predict(self, stakeholders, dice=None):
        """Far off."""
        return Forecast(np.full((stakeholders.draws, stakeholders.issues), 1e6))


class Blank(Plot):
    """A figure without a title."""

    name = "blank"

    def fits(self, results):
        """Always."""
        return True

    def title(self, results):
        """Nothing."""
        return ""

    caption = title

    def height(self, results):
        """One inch."""
        return 1.0

    def paint(self, body, results, look):
        """Nothing."""


@pytest.mark.parametrize(
    ("kind", "member", "promise"),
    [
        ("protocol", Overruling, "A deal is signed only if it could be"),
        ("strategy", Greedy, "He asks for a share between 0 and 1"),
        ("solution", Anything, "Only signable deals that no other signable deal dominates"),
        ("forecast", OffTheScale, "Every model decides something between the outermost positions"),
        pytest.param("figure", Blank(), "Title and caption are sentences", marks=pytest.mark.slow),
    ],
)
def test_what_is_broken_is_told(kind, member, promise):
    """The error lists the promise that is broken in its own words, and the member's name."""
    with pytest.raises(ContractError, match=promise) as caught:
        check(kind, member)
    assert any(one.startswith(promise) for one in caught.value.broken)
    assert "is no" in str(caught.value)


@pytest.mark.parametrize(
    ("kind", "member"),
    [
        pytest.param("protocol", StrategicAlternatingOffers, marks=pytest.mark.slow),
        ("strategy", HardLiner),
        ("solution", Nash),
        ("forecast", Mean),
    ],
)
def test_members_of_our_own_are_taken(kind, member):
    """Nothing is said of a member that keeps every promise."""
    check(kind, member)


@pytest.mark.slow
@pytest.mark.parametrize("name", ["endings", "settled-levels"])
def test_figures_of_our_own_are_taken(name):
    """They are drawn in every style."""
    check("figure", PLOTS[name])


@pytest.mark.parametrize("kind", KINDS)
def test_every_promise_says_what_it_is(kind):
    """Its docstring is one sentence, which is what the error shows."""
    assert contracts_of(kind)
    for contract in contracts_of(kind):
        assert contract.__doc__.strip().endswith(".")


def test_another_kind_is_refused():
    """With the nearest."""
    with pytest.raises(UnknownNameError, match="protocol"):
        contracts_of("protocl")


def test_tables_are_the_same_at_every_call():
    """What is tried on one machine is tried on every other."""
    for one, other in zip(random_tables(5), random_tables(5), strict=True):
        assert (one.payoff == other.payoff).all()
        assert (one.permitted == other.permitted).all()
