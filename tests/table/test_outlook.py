"""What signing again is worth, of deals that take their time: by the formulas of ``sim.table.reopening``."""

import numpy as np
import pytest

from sim.scenario import draw
from sim.table import DealSpace, build
from sim.table.outlook import Past, value_of_waiting
from sim.table.reopening import LESSONS, reopens
from tests.engine.staged import one_deal, with_numbers
from tests.table.dispute import dispute, number

CHANCE, TALKS = 0.5, 1.0


def built(*, m=0.0, **changes):
    """One world of two sides, and its deals that come into force at once and after two rounds."""
    side = {"W": 0.1, "delta": 0.9}
    scenario = dispute(side, side, hazards=(0.3, 0.3), theta=0.4, years_to_settle=2.0, m=m)
    scenario = with_numbers(scenario, changes)
    space = DealSpace.of(scenario)
    worlds = build(space, draw(scenario, np.arange(1)))
    deals = [one_deal(space, share="0.5", causes=cause, watch="unwatched") for cause in ("0.0", "1.0")]
    assert worlds.delay[0, deals].tolist() == [0, 2]
    return worlds, deals


def discount(worlds, deal):
    """(A,) what a unit paid when the deal is next in force is worth at a collapse."""
    gamma = worlds.gamma[0]
    signed = CHANCE * gamma**TALKS / (1 - (1 - CHANCE) * gamma)
    return signed * worlds.no_deal.waiting[0] ** worlds.delay[0, deal]


REOPENING = {"talks.reopening": {"chance": number(CHANCE), "lasts": number(TALKS)}}


def test_the_premium_comes_back_once_the_deal_is_in_force_again():
    """X = (v0 - W) / (1 - Omega kappa), with kappa down by the rounds that a deal takes to come."""
    (worlds, deals), (never, _) = built(**REOPENING), built()
    for deal in deals:
        loss = worlds.weights.omega[0, :, worlds.space.durability_classes[1][deal]]
        bare = never.value[0, :, deal] - never.no_deal.value[0]
        premium = worlds.value[0, :, deal] - worlds.no_deal.value[0]
        assert premium == pytest.approx(bare / (1 - loss * discount(worlds, deal)), rel=1e-9)


def test_power_that_has_moved_is_worth_less_to_wait_with():
    """All of the shift behind one moves W by Delta, and what comes back by kappa beta less, a round from now."""
    changes = {f"actors.{name}.{path}": value for name in "AB"
               for path, value in (("reservation", None), ("power", number(1.0)), ("war_cost", number(0.2)),
                                   ("power_shift", None))}  # fmt: skip
    worlds, deals = built(m=0.1, **changes, **{"actors.A.prevail_shift": number(0.1)}, **REOPENING)
    assert worlds.swing is not None
    shift, zero = worlds.shift[0], np.zeros(1, np.int64)
    for deal in deals:
        group = worlds.space.durability_classes[1][deal]
        unmoved = worlds.weights.omega[0, :, group] - worlds.weights.phi[0, :, group]
        kappa = discount(worlds, deal)
        beta = shift * (1 - unmoved) / (1 - kappa * unmoved)
        none, all_of_it = (
            value_of_waiting(worlds, zero, Past(zero, np.array([behind]), zero + 1, zero + deal), zero)[0]
            for behind in (0.0, 1.0)
        )
        assert all_of_it - none == pytest.approx(shift - worlds.gamma[0] * kappa * beta, rel=1e-9)
        assert np.abs(all_of_it - none).min() > 1e-3


def test_each_collapse_teaches_that_deals_are_fragile():
    """What is signed again after one more collapse is no more than after one fewer, and in the end less."""
    life = {"base": number(0.05), "enforcement": number(0.0), "resolved": number(0.0)}
    life["fragile"] = {
        "chance": number(0.1),
        "base": number(2.0),
        "pressure": number(0.0),
        "after_collapse": number(1.0),
    }
    changes = {f"actors.{name}.beliefs": life for name in "AB"} | {"true_hazard": life}
    changes |= {f"actors.{name}.collapse_damage": number(0.3) for name in "AB"}
    worlds, _ = built(**changes, **REOPENING)
    assert len(worlds.lasting) == LESSONS
    again = np.array([signs[0] for signs in worlds.lasting])
    assert (again[1:] <= again[:-1]).all()
    counts = again.sum(axis=1)
    assert counts[0] > counts[-1]
    for collapses in range(1, LESSONS + 1):
        told = [
            worlds.signs_again(np.zeros(1, int), np.array([deal]), np.array([collapses]))[0]
            for deal in range(len(again[0]))
        ]
        assert told == again[collapses - 1].tolist()


def test_where_a_refusal_falls_back_on_talks_nothing_reopens_besides():
    """Values reckon with talks in that way instead; without a word about either they do not."""
    side = {"W": 0.1, "delta": 0.9}
    assert not reopens(dispute(side, side, conventions={"alternative": "talks"}))
    assert not reopens(dispute(side, side))
    assert reopens(with_numbers(dispute(side, side), REOPENING))
