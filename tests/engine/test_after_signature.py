"""Spoilers who attack, and sides that choose to break a deal, in the play: how often theory says."""

import numpy as np
import pytest

from sim.engine import play_story
from sim.equilibria import endogenous_hazard, spoilers
from sim.scenario import draw
from sim.scenario.rules import rule_problems
from sim.table import DealSpace, build
from sim.table.mutual_fear import breach_chances
from tests.engine.staged import Staged, one_deal, with_numbers
from tests.table.dispute import dispute, number

DRAWS = 4_000


def signed(war=0.35, **numbers):
    """The worlds of two who sign a deal at once, and how long it was in force, 20 rounds at most."""
    scenario = dispute(
        {"W": war, "delta": 0.98, "grievance": 0.0},
        {"W": war, "delta": 0.98, "grievance": 0.0},
        hazards=(0.0, 0.0),
        horizon=20,
        rounds=1,
    )
    scenario = with_numbers(scenario, numbers)
    space = DealSpace.of(scenario)
    worlds = build(space, draw(scenario, np.arange(DRAWS)))
    deal = one_deal(space, share="0.5", causes="0.0", watch="unwatched")
    return worlds, deal, play_story(worlds, Staged([deal]))


def lasting(trust, strength, laxity, needed, rounds):
    """Chance that one who signs still has enough trust after each round, by the trust after every count of attacks."""
    alive = {(trust, True): trust, (trust, False): 1 - trust}
    found = []
    for _ in range(rounds):
        then = {}
        for (now, honest), chance in alive.items():
            prevents = strength if honest else laxity
            told = spoilers(now, strength, laxity, needed)
            quiet = (round(float(told.quiet), 12), honest)
            then[quiet] = then.get(quiet, 0.0) + chance * prevents
            if bool(told.survives):
                hurt = (round(float(told.attacked), 12), honest)
                then[hurt] = then.get(hurt, 0.0) + chance * (1 - prevents)
        alive = then
        found.append(sum(alive.values()))
    return np.array(found)


@pytest.mark.parametrize("needed", [0.5, 0.62])
def test_spoilers_end_as_many_deals_as_bayes_says(needed):
    """Trust falls with each attack and rises with quiet; a deal lasts as long as both are trusted (Kydd & Walter)."""
    given = {"trust": 0.7, "strength": 0.5, "laxity": 0.2, "needed": needed}
    table = {name: number(value) for name, value in given.items()}
    _, _, outcome = signed(**{"after_signature.spoilers": table})
    expected = lasting(0.7, 0.5, 0.2, needed, 19) ** 2
    found = np.array([(outcome.held > n).mean() for n in range(1, 20)])
    assert found == pytest.approx(expected, abs=0.03)
    first = spoilers(0.7, 0.5, 0.2, needed)
    assert (found[0] < 1) == (not bool(first.survives))


def test_strong_moderates_are_easier_to_spoil():
    """The stronger a trustworthy side is thought to be, the more an attack tells against it."""
    held = []
    for strength in (0.5, 0.9):
        given = {"trust": 0.7, "strength": strength, "laxity": 0.2, "needed": 0.5}
        table = {name: number(value) for name, value in given.items()}
        _, _, outcome = signed(**{"after_signature.spoilers": table})
        held.append((outcome.held == 1).mean())
    assert held[0] == 0  # an attack is survived
    assert held[1] > 0.3


@pytest.mark.parametrize("expected", ["calm", "fragile"])
def test_a_truce_holds_if_both_expect_it(expected):
    """Both ways to play the same truce break as often as their equilibrium says."""
    table = {"temptation": number(0.02), "penalty": number(0.004), "expected": expected}
    worlds, deal, outcome = signed(**{"after_signature.breaking": table})
    flow = worlds.flow[0, :, deal] - worlds.fallback[0]
    theory = endogenous_hazard(tuple(flow), (0.004, 0.004), (0.02, 0.02), 0.98)
    assert theory.multiple
    hazard = getattr(theory, expected).hazard
    found = np.array([(outcome.held > n).mean() for n in range(1, 8)])
    assert found == pytest.approx((1 - hazard) ** np.arange(1, 8), abs=0.03)


def test_many_truces_are_each_one():
    """What is worked out for many at once is what is worked out for each."""
    rng = np.random.default_rng(4)
    flow, penalty = rng.uniform(-0.1, 0.3, (40, 2)), rng.uniform(0, 0.03, (40, 2))
    temptation, delta = rng.uniform(0.01, 0.08, (40, 2)), np.full((40, 2), 0.95)
    for fragile in (False, True):
        many = breach_chances(flow, penalty, temptation, delta, fragile=fragile)
        for n in range(40):
            one = endogenous_hazard(tuple(flow[n]), tuple(penalty[n]), tuple(temptation[n]), 0.95)
            assert many[n] == pytest.approx((one.fragile if fragile else one.calm).breaks, abs=1e-6)


def test_what_makes_no_sense_is_told():
    """Those who are not trustworthy do not prevent more; three cannot break in turn."""
    scenario = dispute({"W": 0.3, "delta": 0.9}, {"W": 0.3, "delta": 0.9}, hazards=(0.0, 0.0))
    given = {"trust": 0.7, "strength": 0.2, "laxity": 0.5, "needed": 0.5}
    table = {name: number(value) for name, value in given.items()}
    found = rule_problems(with_numbers(scenario, {"after_signature.spoilers": table}))
    assert any("laxity" in one.message for one in found)


def test_those_who_wait_for_ever_are_the_limit_of_the_patient():
    """With d = 1 a truce of equals is worth y = s whatever it pays meanwhile, so that a = exp(-(E + (1 - a) s) / s)."""
    pair, penalty, temptation = np.ones((1, 2)), 0.004, 0.02
    for patience in (1.0, 1 - 1e-9):
        found = breach_chances(0.15 * pair, penalty * pair, temptation * pair, patience * pair, fragile=False)
        assert 0.1 < found[0, 0] < 0.9
        assert found == pytest.approx(np.exp(-penalty / temptation - (1 - found)), rel=1e-5)


@pytest.mark.parametrize(
    ("expected", "war", "E"), [("calm", 0.35, 0.004), ("fragile", 0.35, 0.004), ("calm", 0.85, 0.05)]
)
def test_who_breaks_deals_that_end_by_themselves_too(expected, war, E):
    """Both cut-offs and what they gain, with a hazard of 0.2 besides: the equations of ``sim.table.open_breaches``."""
    patience, hazard = 0.95, 0.2
    table = {"temptation": number(0.0), "penalty": number(E), "expected": expected}
    side = {"W": war, "delta": patience, "eta": 0.05}
    for mean in (0.02, 0.03):
        scenario = dispute(side, side | {"W": war - 0.05}, hazards=(hazard, hazard))
        table["temptation"] = number(mean)
        still = dict.fromkeys(("actors.A.power_shift", "actors.B.power_shift"))
        scenario = with_numbers(scenario, still | {"after_signature.breaking": table})
        space = DealSpace.of(scenario)
        worlds = build(space, draw(scenario, np.arange(1)))
        deal = one_deal(space, share="0.5", causes="0.0", watch="unwatched")
        a, gained = worlds.opened.chance[0, :, deal], worlds.opened.gained[0, :, deal]
        b = worlds.flow[0, :, deal] - (worlds.fallback[0] - worlds.damage[0])
        d, trust = patience * (1 - hazard), 1 - a[::-1]
        y = ((1 - patience) * b + d * a * mean) / (1 - d + d * a[::-1])
        assert a == pytest.approx(np.exp(-(E + trust * y) / mean), abs=1e-9)
        assert a[0] != pytest.approx(a[1], rel=0.01)
        # who breaks has drawn more than E + (1 - a') y, by s in the mean
        assert gained == pytest.approx(d * a * (trust * y + mean) / (1 - d * (1 - a[0]) * (1 - a[1])), rel=1e-6)
