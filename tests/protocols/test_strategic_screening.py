"""Play of offers to somebody whose resolve is his secret."""

from dataclasses import replace

import numpy as np
import pytest

from sim.engine import negotiate
from sim.engine.seating import seat
from sim.equilibria import screening_by_type
from sim.foundations import Dice, InputError
from sim.protocols import StrategicScreening
from sim.scenario import change, draw
from sim.table import BargainingTable, DealSpace, TypeGrid, build
from tests.shipped import shipped

PIE = np.linspace(0, 1, 401)
TYPES = 40
COSTS = (np.arange(TYPES) + 0.5) / TYPES * 0.4


def talks(offers=3, gamma=0.6, cost=0.05, leak=0.0, repeats=25):
    """Talks with every type, each many times, all of them planned alike."""
    payoff = np.stack([PIE, 1 - PIE])
    base = BargainingTable.of_payoffs(payoff, [0.5 - cost, 0.3], discount=gamma)
    types = TypeGrid.of_values(payoff, np.stack([np.full(TYPES, 0.5 - cost), 0.5 - COSTS]))
    plan = screening_by_type(base, types, 0, 1, offers, leak=leak)
    real = np.tile(np.arange(TYPES), repeats)
    table = base.select(np.zeros(len(real), np.int64))
    table.disagreement[:, 1] = 0.5 - COSTS[real]
    tough = 1 - (real + 0.5) / TYPES  # the cheaper war is for him, the tougher
    many = replace(plan.select(np.zeros(len(real), np.int64)), tough=tough)
    protocol = StrategicScreening(many, offers, offers, leak)
    dice = Dice("screening", np.arange(len(real)))
    state = protocol.start(table, dice)
    for round_ in range(offers):
        protocol.step(table, state, dice, round_)
    return plan, table, state, real


@pytest.mark.parametrize("leak", [0.0, 0.8])
def test_play_is_worth_what_the_plan_says(leak):
    """Over all types, the play has the deals and the gains that theory expects of it, battles or not."""
    plan, table, state, _ = talks(leak=leak, repeats=60 if leak else 1)
    rows = np.arange(table.draws)
    agreed = state.deal >= 0
    kept = 0.6 ** np.where(agreed, state.round, 0)
    gains = np.where(agreed[:, None], table.premium[rows, :, np.maximum(state.deal, 0)], 0.0) * kept[:, None]
    near = 0.02 if leak else 1e-9
    assert agreed.mean() == pytest.approx(float(plan.chance[0]), abs=near)
    assert gains.mean(axis=0) == pytest.approx(plan.value[0], abs=near)


def test_the_soft_accept_first():
    """Types separate downward: whoever accepts earlier has the higher cost of war, and offers get milder."""
    _, _, state, real = talks()
    first = [COSTS[real][(state.deal >= 0) & (state.round == n)] for n in range(3)]
    assert first[0].min() > first[1].max() > first[2].max()
    terms = [float(PIE[state.deal[(state.deal >= 0) & (state.round == n)]].mean()) for n in range(3)]
    assert terms[0] > terms[1] > terms[2]


def test_beliefs_are_calibrated():
    """What is thought of a type after refusals and battles is how often it is so in all worlds that look alike."""
    _, _, state, real = talks(leak=0.8, repeats=60)
    open_ = state.deal < 0
    tough = TYPES - 1 - real[open_]  # place by toughness
    believed = (state.belief[open_] * np.arange(TYPES)).sum(axis=1)
    for won in range(3):
        alike = state.won[open_] == won
        if alike.sum() > 60:
            assert believed[alike].mean() == pytest.approx(tough[alike].mean(), abs=1.5)
    assert state.belief.sum(axis=1) == pytest.approx(np.ones(len(real)))


def test_whom_nobody_believed_in_is_believed_in_no_less():
    """Where all types should have accepted and one did not, beliefs stay what they were."""
    plan, _, state, _ = talks(offers=2)
    before = state.belief.copy()
    everybody = np.full(len(before), TYPES)
    StrategicScreening(plan, 2, 2)._learn(state, Dice("b", np.arange(len(before))), 1, everybody)
    assert np.array_equal(state.belief, before)
    assert before.sum(axis=1) == pytest.approx(np.ones(len(before)))


def test_without_a_number_of_rounds_the_offers_take_as_long_as_they_need():
    """One after each pause."""
    plan = replace(talks()[0], pause=3)
    assert StrategicScreening(plan).rounds == 9
    assert StrategicScreening(plan, 7).rounds == 7


def case(**settings):
    """The dam case with war costs, or the pie, under these rules."""
    changes = {"talks.protocol": "strategic-screening"} | {f"talks.settings.{k}": v for k, v in settings.items()}
    return change(shipped("buyer_seller"), changes)


def seated(scenario, draws=20):
    """The protocol that the scenario seats."""
    return seat(build(DealSpace.of(scenario), draw(scenario, np.arange(draws))))


def test_a_case_is_played():
    """Secrets of a case are sounded out; who is sounded out may be named; talks of some draws go the same way."""
    scenario = case()
    worlds = build(DealSpace.of(scenario), draw(scenario, np.arange(60)))
    protocol = seat(worlds)
    dice = worlds.draws.dice.child("talks", 0)
    whole = negotiate(protocol, worlds.table, dice, keep_log=True)
    some = np.arange(0, 60, 3)
    part = negotiate(protocol.select(some), worlds.table.select(some), dice.select(some), keep_log=True)
    assert part.deal.tolist() == whole.deal[some].tolist()
    assert (whole.deal >= 0).any()
    assert (whole.deal[~worlds.table.signable.any(axis=1)] == -1).all()


@pytest.mark.parametrize("wrong", [{"offers": 0}, {"leak": 1.5}, {"about": "nobody"}])
def test_senseless_settings_are_refused(wrong):
    """No offer, a leak beyond 1, somebody who does not sign."""
    with pytest.raises(InputError):
        seated(case(**wrong))
