"""Every protocol and solution is shown values with the pressure in them, V and never the slack."""

import numpy as np
import pytest

from sim.engine import simulate
from sim.foundations import NO_DEAL
from sim.protocols import PROTOCOLS
from sim.scenario import Scenario, draw
from sim.scenario.talks import Conventions
from sim.solutions import SOLUTIONS
from sim.table import DealSpace, build
from tests.engine.staged import with_numbers
from tests.table.dispute import beliefs, dispute, number

SHARES = tuple(round(0.1 * n, 1) for n in range(11))
NUMBERS = np.arange(20)
#: Protocols of the package; one from outside need not find the deal that all prefer, or move under pressure.
OWN = Conventions().protocols


def pressed(strength, protocol="alternating-offers") -> Scenario:
    """A pie of ten slices; a mediator who wants A to have nine leans on B, for deals near that only."""
    mediator = {"role": "mediator", "patience": number(0.5), "reservation": number(0.85)}
    mediator |= {"salience": {"share": number(1.0)}, "position": {"share": number("0.9")}}
    mediator["pressure"] = {"B": {"strength": number(strength)}}
    scenario = dispute({"W": 0.0, "delta": 0.9}, {"W": 0.0, "delta": 0.9}, shares=SHARES)
    return with_numbers(
        scenario,
        {
            "actors.M": mediator,
            "issues.causes.available": ["1.0"],
            "issues.watch.available": ["unwatched"],
        },
        protocol=protocol,
        rounds=20,
        horizon=20,
    )


def test_pressure_makes_some_deals_better_for_its_target():
    """Only the deals the mediator likes better than war are worth more, and only to B."""
    scenario = pressed(0.5)
    worlds = build(DealSpace.of(scenario), draw(scenario, NUMBERS))
    share = np.array(SHARES)
    expected = 1 - share + np.where(share > 0.75, 0.5, 0.0)
    np.testing.assert_allclose(worlds.payoff[0, 1], expected, atol=1e-12)
    np.testing.assert_allclose(worlds.payoff[0, 0], share, atol=1e-12)


@pytest.mark.parametrize("name", Conventions().solutions)
def test_pressure_changes_our_own_solutions(name):
    """What is fair or efficient moves towards the deals that are pressed for."""
    chosen = []
    for strength in (0.0, 0.5):
        scenario = pressed(strength)
        worlds = build(DealSpace.of(scenario), draw(scenario, NUMBERS))
        chosen.append(SOLUTIONS[name]().choose(worlds.table))
    assert (chosen[0] != NO_DEAL).all()
    assert (chosen[1] != NO_DEAL).all()
    shares = [np.array(SHARES)[deal] for deal in chosen]
    assert (shares[0] <= 0.6).all()
    assert (shares[1] >= 0.8).all()


def seen_by(name, scenario, monkeypatch):
    """The worlds of a scenario, and the table at which its protocol of that name was told to start."""
    tables = []
    kind = PROTOCOLS[name]
    start = kind.start

    def watched(self, table, dice, *, keep_log=False):
        tables.append(table)
        return start(self, table, dice, keep_log=keep_log)

    monkeypatch.setattr(kind, "start", watched)
    block = simulate(DealSpace.of(scenario), draw(scenario, NUMBERS))
    monkeypatch.undo()
    return block.worlds, tables[0]


@pytest.mark.parametrize("name", PROTOCOLS.names)
def test_every_protocol_is_shown_the_pressure(name, monkeypatch):
    """The payoffs on its table hold what the mediator adds, to the target alone; fallbacks are what they were."""
    (_, free), (worlds, table) = (seen_by(name, pressed(strength, name), monkeypatch) for strength in (0.0, 0.9))
    np.testing.assert_array_equal(table.payoff, worlds.payoff)
    added = table.payoff - free.payoff
    expected = np.where(np.array(SHARES) > 0.75, 0.9, 0.0)
    np.testing.assert_allclose(
        added[:, list(table.actors).index("B")], np.tile(expected, (len(NUMBERS), 1)), atol=1e-12
    )
    np.testing.assert_allclose(np.delete(added, list(table.actors).index("B"), axis=1), 0.0, atol=1e-12)
    np.testing.assert_allclose(table.disagreement, free.disagreement, atol=1e-12)


@pytest.mark.parametrize("name", OWN)
def test_pressure_changes_the_talks_of_our_own_protocols(name):
    """With pressure talks end more often with one of the deals pressed for, and in most draws with another deal."""
    found = []
    for strength in (0.0, 0.9):
        scenario = pressed(strength, name)
        found.append(simulate(DealSpace.of(scenario), draw(scenario, NUMBERS)).outcome)
    shares = [np.where(one.deal != NO_DEAL, np.array(SHARES)[one.deal], -1) for one in found]
    assert (shares[0] != shares[1]).mean() > 0.5
    assert (shares[1] >= 0.8).mean() > (shares[0] >= 0.8).mean()


def fragile_or_solid(protocol="alternating-offers") -> Scenario:
    """Two deals: one pays more while it lasts and breaks soon, the other pays less and lasts."""
    scenario = dispute({"W": 0.1, "delta": 0.9}, {"W": 0.1, "delta": 0.9}, hazards=(0.5, 0.01))
    raw = scenario.model_dump()
    levels = ("nothing", "fragile", "solid")
    raw["issues"] = {
        "document": {
            "kind": "categorical",
            "levels": levels,
            "status_quo": "nothing",
            "enforcement": {"solid": 1.0},
            "available": ["fragile", "solid"],
        }
    }
    for actor in raw["actors"].values():
        actor |= {"salience": {"document": number(1.0)}, "position": {}, "beliefs": beliefs((0.5, 0.01))}
        values = dict(zip(levels, (0.0, 0.8, 0.6), strict=True))
        actor["values"] = {"document": {name: number(value) for name, value in values.items()}}
    raw["talks"] |= {"protocol": protocol, "rounds": 20, "horizon": 20}
    return Scenario.model_validate(raw)


def test_slack_and_value_disagree_here():
    """The fragile deal has the larger slack, the solid one the larger value, for both sides."""
    scenario = fragile_or_solid()
    worlds = build(DealSpace.of(scenario), draw(scenario, np.arange(1)))
    assert (worlds.slack[0].argmax(axis=1) == 0).all()
    assert (worlds.payoff[0].argmax(axis=1) == 1).all()


@pytest.mark.parametrize("name", SOLUTIONS.names)
def test_every_solution_ranks_by_value(name):
    """All solutions choose the deal of larger value."""
    scenario = fragile_or_solid()
    worlds = build(DealSpace.of(scenario), draw(scenario, NUMBERS))
    assert (SOLUTIONS[name]().choose(worlds.table) == 1).all()


@pytest.mark.parametrize("name", PROTOCOLS.names)
def test_every_protocol_is_shown_values(name, monkeypatch):
    """The payoffs on its table are values of deals, not their slack, so that it ranks the solid deal first."""
    worlds, table = seen_by(name, fragile_or_solid(name), monkeypatch)
    np.testing.assert_array_equal(table.payoff, worlds.payoff)
    assert (table.payoff.argmax(axis=2) == 1).all()


@pytest.mark.parametrize("name", OWN)
def test_our_own_protocols_rank_by_value(name):
    """Nearly all talks end with the deal of larger value, which both sides prefer."""
    scenario = fragile_or_solid(name)
    outcome = simulate(DealSpace.of(scenario), draw(scenario, NUMBERS)).outcome
    assert (outcome.deal[outcome.deal != NO_DEAL] == 1).mean() > 0.9
    assert (outcome.deal != NO_DEAL).mean() > 0.9
