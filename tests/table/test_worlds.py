"""Pressure, enforcement, alternatives and arms in the table of the core model."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.foundations import NO_DEAL
from sim.scenario import draw
from sim.table import DealSpace, build
from tests.engine.staged import with_numbers
from tests.shipped import shipped
from tests.table.dispute import dispute, number
from tests.war_codes import KINDS

NUMBERS = np.arange(150)


@pytest.fixture(scope="module", params=["war", "talks"])
def scenario(request):
    """The ceasefire case under both conventions of the alternative.

    Nobody talks again after a collapse, and pressure does no more than add a lump, as theory has it.
    """
    found = shipped("ceasefire")
    plain = {"conventions": {"alternative": request.param}, "talks.reopening": None}
    hazards = ["true_hazard", *(f"actors.{name}.beliefs" for name in found.actors)]
    return with_numbers(found, plain | {f"{path}.fragile.pressure": None for path in hazards})


@pytest.fixture(scope="module")
def space(scenario):
    """Its deals."""
    return DealSpace.of(scenario)


@pytest.fixture(scope="module")
def worlds(scenario, space):
    """Worlds of it, as they are drawn; only looked at."""
    return build(space, draw(scenario, NUMBERS))


@pytest.mark.slow
def test_more_pressure_never_loses_a_deal(scenario, space):
    """On every draw the deals each actor accepts, and those all accept, only grow with pressure."""
    before = None
    for strength in (0.0, 0.02, 0.1, 0.4):
        fixed = {f"us.pressure.{name}.strength": strength for name in ("russia", "ukraine")}
        worlds = build(space, draw(scenario, NUMBERS, fixed=fixed))
        joint = worlds.table.agreed(worlds.accepts)
        if before is not None:
            assert not (before[0] & ~worlds.accepts).any()
            assert not (before[1] & ~joint).any()
            assert not (before[2] & ~worlds.table.signable).any()
            assert (worlds.signed == before[3].signed).all()  # what was observed, was without pressure
            assert (worlds.alternative == before[3].alternative).all()
            assert (worlds.reference == before[3].reference).all()
        before = worlds.accepts, joint, worlds.table.signable, worlds
    assert joint.sum() > 0


def test_pressure_is_only_for_deals_the_presser_wants(scenario, space, worlds):
    """The lump stands on deals that the presser, its cost paid, prefers to war, and costs him there."""
    us, names = worlds.actors.index("us"), worlds.actors
    pays = np.zeros(worlds.payoff[:, us].shape)
    for target in ("russia", "ukraine"):
        lump = worlds.pressure[:, names.index(target)]
        strength = worlds.draws[f"us.pressure.{target}.strength"]
        cost = worlds.draws[f"us.pressure.{target}.cost"]
        assert ((lump == 0) | (lump == strength[:, None])).all()
        war = worlds.no_deal.value[:, us, None]
        assert ((lump > 0) == (worlds.signed[:, us] - cost[:, None] > war + 1e-9)).all()
        pays -= cost[:, None] * (lump > 0)
    np.testing.assert_allclose(worlds.pressure[:, us], pays, atol=1e-15)


def enforced(scenario, grades):
    """The scenario with other grades of enforcement."""
    levels = scenario.issues["guarantees"].levels
    graded = dict(zip(levels, grades, strict=True))
    return with_numbers(scenario, {"issues.guarantees.enforcement": graded})


def test_more_enforcement_never_hurts_who_fears_the_pause(scenario, space):
    """For shift <= 0 the slack never falls, and V never falls where the deal is worth signing at all.

    Held fixed are the flow (no promise gains trust) and the alternative. V itself may fall where the slack is
    negative: with slow rearmament the loading of the shift peaks at a middling hazard, so that
    a truce which is more sure to break at once is the lesser evil. The slack has no such hump.
    """
    scenario = with_numbers(
        scenario,
        {
            "conventions": {"alternative": "war"},
            "issues.nato.promise": False,
            "issues.russian_speakers.promise": False,
            "issues.talks.available": ["no further talks"],
        },
    )
    low = build(DealSpace.of(scenario), draw(scenario, NUMBERS))
    more = enforced(scenario, (0, 1.5, 4, 6))
    high = build(DealSpace.of(more), draw(more, NUMBERS))
    assert (high.documents.believed.fragile <= low.documents.believed.fragile + 1e-15).all()
    for a, name in enumerate(low.actors):
        fears = low.shift[:, a] <= 0
        assert fears.any(), name
        one, two = low.slack[fears, a] - _lump(low)[fears, a], high.slack[fears, a] - _lump(high)[fears, a]
        assert (two >= one - 1e-9 * (1 + np.abs(one))).all()
        worth = one >= 0
        assert (high.signed[fears, a] >= low.signed[fears, a] - 1e-12)[worth].all()


def test_more_enforcement_helps_whenever_power_shifts_at_once(scenario):
    """With nothing gradual the clean statement holds: shift <= 0 and u >= R - eta, then V never falls."""
    scenario = with_numbers(
        scenario,
        {
            "conventions": {"alternative": "war"},
            "issues.nato.promise": False,
            "issues.russian_speakers.promise": False,
            "issues.talks.available": ["no further talks"],
            "talks.rearmament_speed": number(1.0),
        },
    )
    low = build(DealSpace.of(scenario), draw(scenario, NUMBERS))
    more = enforced(scenario, (0.5, 1.5, 4, 6))
    high = build(DealSpace.of(more), draw(more, NUMBERS))
    better = low.flow >= (low.fallback - low.damage)[:, :, None]
    fears = (low.shift <= 0)[:, :, None]
    assert (better & fears).mean() > 0.2
    assert (high.signed >= low.signed - 1e-12)[better & fears].all()


def _lump(worlds):
    """(B, A, K) the part of the slack that is pressure."""
    group = worlds.space.durability_classes[1]
    return worlds.pressure / (1 - worlds.weights.omega)[:, :, group]


def test_slack_has_the_sign_of_the_premium(scenario, space, worlds):
    """(1 - omega) S = v + l - O; before delay and pressure it decides acceptance."""
    group = space.durability_classes[1]
    np.testing.assert_allclose(
        (1 - worlds.weights.omega)[:, :, group] * worlds.slack,
        worlds.value - worlds.alternative[:, :, None] + worlds.pressure,
        atol=1e-12,
    )
    bare = space.select(("truce", "settlement"), {"talks": ("no further talks",)})
    if scenario.conventions.alternative == "talks":
        return
    omega, phi = (getattr(worlds.weights, name)[:, :, group][:, :, bare] for name in ("omega", "phi"))
    chi, psi = omega / (1 - omega), phi / (1 - omega)
    u, O, eta = worlds.flow[:, :, bare], worlds.alternative[:, :, None], worlds.damage[:, :, None]
    slack = u - O - chi * eta + psi * worlds.shift[:, :, None]
    slack += worlds.pressure[:, :, bare] / (1 - omega)
    np.testing.assert_allclose(worlds.slack[:, :, bare], slack, atol=1e-9)


def test_alternatives_follow_the_convention(scenario, space, worlds):
    """War, or war and what a settlement acceptable to all signers is worth from it; a collapse returns to it."""
    war, rows = worlds.no_deal.value, np.arange(len(NUMBERS))
    assert (worlds.alternative >= war - 1e-12).all()
    assert (worlds.fallback == worlds.alternative).all()
    has = worlds.reference != NO_DEAL
    assert 0 < has.mean() < 1
    assert (worlds.alternative == war)[~has].all()
    assert (space.kind[worlds.reference[has]] == KINDS.index("settlement")).all()
    signers = worlds.rule.signers
    assert worlds.permitted[rows, :, worlds.reference][has][:, signers].all()
    if scenario.conventions.alternative == "war":
        assert (worlds.alternative == war).all()
        # The reference has the largest product of gains among the settlements that everybody needed signs.
        gain = worlds.signed - war[:, :, None]
        agree = (gain >= -1e-9) & worlds.permitted
        ok = (agree[:, signers].all(axis=1)) & (agree | ~space.consent).all(axis=1)
        ok &= space.kind == KINDS.index("settlement")
        product = np.where(ok, np.maximum(gain[:, signers], 0).prod(axis=1), -1)
        assert (ok.any(axis=1) == has).all()
        np.testing.assert_allclose(
            product[rows, worlds.reference][has], product.max(axis=1)[has], rtol=1e-9, atol=1e-15
        )


def test_what_talks_lead_to_is_worth_its_own_value(space, worlds):
    """The settlement that follow-on talks lead to counts in a truce as it counts by itself, damage and all."""
    rows = np.arange(len(NUMBERS))
    has = worlds.reference != NO_DEAL
    assert worlds.damage[has].all()
    alone = worlds.value[rows, :, worlds.reference]
    np.testing.assert_allclose(worlds.settled[has], alone[has], atol=1e-14)
    # A truce with talks is worth the difference more: w_C s and nothing else comes from the talks.
    group, weights = space.durability_classes[1], worlds.weights
    rest = weights.omega * (worlds.fallback - worlds.damage)[:, :, None] + weights.phi * worlds.shift[:, :, None]
    rest += weights.w_conversion * alone[:, :, None]
    value = weights.w_interim[:, :, group] * worlds.flow + rest[:, :, group]
    np.testing.assert_allclose(worlds.value[has], value[has], atol=1e-14)


def test_war_adds_up_from_what_arms_promise(scenario, space, worlds):
    """W is the status quo, less the cost while the fighting lasts, plus what each issue is expected to bring."""
    fighting, quo = worlds.no_deal, worlds.preferences.flow_at_status_quo()
    mu = fighting.weight
    cost = np.column_stack([worlds.draws[f"{name}.war_cost"] for name in worlds.actors])
    war = quo - (1 - mu) * cost + mu * fighting.promised.sum(axis=2)
    np.testing.assert_allclose(fighting.value, war, atol=1e-12)
    chance = worlds.no_deal.ends[:, None]
    np.testing.assert_allclose(mu, worlds.delta * chance / (1 - worlds.delta * (1 - chance)), atol=1e-12)


def test_imposed_levels_are_the_winners_ideal():
    """Arms give the winner the level he likes best on issues he weighs; the rest stays as it was."""
    scenario = with_numbers(
        dispute({"W": 0, "delta": 0.9}, {"W": 0, "delta": 0.9, "grievance": 1.0}, shares=(0.5,), m=0.5),
        {
            "issues.share.status_quo": "0.5",
            "actors.A.reservation": None,
            "actors.A.power": number(1.0),
            "actors.A.war_cost": number(0.1),
            "actors.B.reservation": None,
            "actors.B.power": number(3.0),
            "actors.B.war_cost": number(0.2),
        },
    )
    worlds = build(DealSpace.of(scenario), draw(scenario, np.arange(1)))
    fighting = worlds.no_deal
    assert fighting.prevail[0].tolist() == [0.25, 0.75]
    # A weighs only the share, so his victory brings share 1 and leaves the causes alone (worth 1 to B).
    assert fighting.imposed[0].tolist() == [[1.0, 0.0], [0.5, 1.0]]
    mu = 0.9 * 0.5 / (1 - 0.9 * 0.5)
    expected = [(1 - mu) * (0.5 - 0.1) + mu * 0.25, (1 - mu) * (0.75 - 0.2) + mu * (0.25 * 0.5 + 0.75)]
    np.testing.assert_allclose(fighting.value[0], expected, atol=1e-12)


@given(st.floats(0, 1), st.floats(0, 1), st.floats(0.1, 0.95), st.floats(0, 0.9))
def test_hazard_alone_never_changes_a_decision(share, h, delta, war):
    """Impermanence neutrality: if a collapse costs nothing, signing depends on u >= O only."""
    scenario = dispute({"W": war, "delta": delta}, {"W": war, "delta": delta}, shares=(share,), hazards=(h, h))
    worlds = build(DealSpace.of(scenario), draw(scenario, np.arange(1)))
    flow = worlds.flow - worlds.alternative[:, :, None]
    clear = np.abs(flow) > 1e-6 / (1 - worlds.weights.omega.max())
    assert (worlds.accepts == (flow >= 0))[clear].all()
