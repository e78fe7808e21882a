"""Battles while the talks go on: beliefs come together, and a deal opens when theory says."""

import numpy as np
import pytest

from sim.engine import simulate
from sim.equilibria import convergence
from sim.foundations import NO_DEAL, InputError
from sim.scenario import Scenario, draw
from sim.scenario.rules import rule_problems
from sim.scenario.talks import Battles
from sim.table import DealSpace
from sim.table.war import decision_weight

COST, POWER, PATIENCE, DECISIVE, WORTH = 0.06, 0.55, 0.9, 0.1, 6.0


def number(value):
    """A number that is known."""
    return {"value": value, "assumed": "test"}


def war(optimism=(0.25, 0.2), worth=WORTH, points=201, **talks):
    """Two parties fight over a line; each round of a year makes offers, and each is a battle."""
    actors = {
        name: {
            "patience": number(PATIENCE),
            "power": number(power),
            "war_cost": number(COST),
            "optimism": number(more),
            "position": {"line": number(ideal)},
            "salience": {"line": number(1)},
        }
        for name, power, more, ideal in zip("ab", (POWER, 1 - POWER), optimism, (1, 0), strict=True)
    }
    line = {"kind": "numeric", "low": 0, "high": 1, "points": points, "status_quo": 0.5}
    return Scenario.model_validate(
        {
            "title": "a line",
            "issues": {"line": line},
            "actors": actors,
            "talks": {
                "round": "1 year",
                "rounds": 30,
                "horizon": 30,
                "protocol": "strategic-alternating-offers",
                "decisive_chance": number(DECISIVE),
                "battles": {"every": 1, "worth": number(worth)},
                **talks,
            },
        }
    )


def stories(scenario, draws=80):
    """What came of it."""
    return simulate(DealSpace.of(scenario), draw(scenario, np.arange(draws))).outcome


@pytest.mark.parametrize(
    ("optimism", "worth"),
    [((0.25, 0.2), 3.0), pytest.param((0.3, 0.3), 3.0, marks=pytest.mark.slow), ((0.0, 0.3), 4.0)],
)
def test_a_deal_opens_when_theory_says(optimism, worth):
    """On every path of victories the range opens after as many battles as beta learning takes (Wagner 2000).

    War is worth (1 - mu) (u - c) + mu p to each, so that beliefs leave no room as long as mu times the optimism of both
    is more than (1 - mu) times the costs of both.
    """
    mu = float(decision_weight(np.array(PATIENCE), np.array(DECISIVE)))
    length = (1 - mu) * 2 * COST / mu
    strength = worth
    alphas = (strength * (POWER + optimism[0]), strength * (POWER - optimism[1]))
    waits = convergence(strength, alphas, length).rounds
    found = stories(war(optimism, worth))
    signed = found.deal != NO_DEAL
    assert waits > 2
    assert signed.any()
    # Steps of the line may be wider than a range that has just opened.
    assert found.round[signed].min() >= waits
    assert np.mean(found.round[signed] <= waits + 1) > 0.9
    assert (found.changed[signed] == found.round[signed]).all()
    assert (found.reopened == 0).all()
    # Those without a deal are those whom arms overtook before it.
    assert (signed | (found.decided_by_arms == 1)).all()
    assert signed.mean() == pytest.approx((1 - DECISIVE) ** waits, abs=0.15)


def test_battles_teach_the_truth():
    """Without costs that leave room nobody ever signs; with beliefs as they are the first offer is taken."""
    assert (stories(war((0.0, 0.0))).round == 0).all()


@pytest.mark.slow
def test_firm_beliefs_hardly_move():
    """A belief worth a thousand battles leaves no deal in a lifetime."""
    found = stories(war(worth=1000.0), 20)
    assert (found.deal == NO_DEAL).all()


@pytest.mark.slow
def test_fewer_battles_teach_later():
    """With a battle every other year the range opens twice as late."""
    often, seldom = (stories(war(battles={"every": every, "worth": number(3.0)})) for every in (1, 2))
    first = [found.round[found.deal != NO_DEAL].min() for found in (often, seldom)]
    assert first[1] >= 2 * first[0] - 1


def problems(scenario):
    """What is wrong with a case, as text."""
    try:
        return " ".join(one.message for one in rule_problems(scenario))
    except InputError as error:
        return str(error)


def test_what_battles_cannot_be_combined_with():
    """Nobody to learn, or events beside them, are told."""
    scenario = war()
    actors = {name: actor.model_copy(update={"optimism": None}) for name, actor in scenario.actors.items()}
    assert "nobody learns" in problems(scenario.model_copy(update={"actors": actors}))
    raw = scenario.model_dump()
    raw["events"] = {"vote": {"on": 3, "adds": {"a.war_cost": number(0.1)}}}
    assert "beside events" in problems(Scenario.model_validate(raw))


@pytest.mark.parametrize(
    ("every", "wrong"),
    [
        ("1e400", "no duration"),
        ("²", "no duration"),
        ("2026-01-01", "is a day"),
        (0, "round 1"),
        ("soon", "no duration"),
    ],
)
def test_battles_come_every_so_many_rounds_or_every_length(every, wrong):
    """What is neither is refused where it is read, not when it is played."""
    with pytest.raises(ValueError, match=wrong):
        Battles(every=every, worth={"value": 2, "assumed": "toy"})
