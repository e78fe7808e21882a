"""Deals that somebody breaks in secret: who does, what they are worth, and what becomes of them."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.engine import play_story
from sim.scenario import Scenario
from sim.table import DealSpace
from sim.table.durability import durability, watched
from tests.engine.repeated import same_worlds
from tests.engine.staged import Staged, one_deal

DRAWS = 20_000


def number(value):
    """A number that somebody assumed."""
    return {"value": value, "assumed": "made up"}


def case(cheating, *, base=0.1, horizon=12, damage=0.0, patience=(0.9, 0.8), settle=0.0, years=1.0, nothing=0.35):
    """Limits for relief, with inspectors or without; rounds are years."""
    issue = {"levels": ("none", "some", "full"), "status_quo": "none"}
    life = {"base": number(base), "enforcement": number(0.0), "resolved": number(0.0)}

    def side(salience, position, patience):
        return {
            "patience": number(patience),
            "reservation": number(nothing),
            "collapse_damage": number(damage),
            "salience": {name: number(value) for name, value in salience.items()},
            "position": {name: number(value) for name, value in position.items()},
            "beliefs": life,
        }

    return Scenario(
        title="limits for relief",
        issues={
            "limits": issue | ({"time_to_settle": number(settle)} if settle else {}),
            "relief": issue,
            "inspection": {"levels": ("no", "yes"), "status_quo": "no", "enforcement": {"yes": 1.0}},
        },
        actors={
            "a": side({"limits": 0.5, "relief": 0.5}, {"limits": "none", "relief": "full"}, patience[0]),
            "b": side({"limits": 0.7, "relief": 0.3}, {"limits": "full", "relief": "none"}, patience[1]),
        },
        no_deal={"model": "reservation"},
        conventions={"damage": "for ever"},
        true_hazard=life,
        talks={"round": f"{years} years", "rounds": 5, "horizon": horizon},
        cheating=cheating,
    )


def may(detection=0.1, **more):
    """One who may break limits in secret."""
    return {"on": ("limits",), "detection": number(detection)} | {
        key: value if isinstance(value, dict | tuple) else number(value) for key, value in more.items()
    }


def built(scenario, draws=DRAWS):
    """Worlds, and the deal with full limits and full relief, by inspection."""
    space = DealSpace.of(scenario)
    worlds = same_worlds(space, scenario, draws)
    return worlds, [one_deal(space, limits="full", relief="full", inspection=level) for level in ("no", "yes")]


#: Who may cheat how, and what is different besides.
CASES = {
    "found out at once": ({"a": may(0.2)}, {}),
    "found out late": ({"a": may(0.4, delay=3.0)}, {}),
    "sanctions": ({"a": may(0.3, penalty=0.05, delay=1.0)}, {"damage": 0.02}),
    "sanctions, short": ({"a": may(0.3, penalty=0.05, delay=2.0)}, {"horizon": 3, "damage": 0.02}),
    "half the way": ({"a": may(0.3, far=0.5)}, {"horizon": 5}),
    "both": ({"a": may(0.2, delay=2.0, penalty=0.02), "b": {**may(0.3, penalty=0.03), "on": ("relief",)}}, {}),
    "in force late": ({"a": may(0.3, delay=1.0, penalty=0.04)}, {"settle": 2.0, "horizon": 6}),
    "never": ({"a": may(0.0)}, {"horizon": 4}),
    "half-year rounds": ({"a": may(0.3, delay=1.0, penalty=0.01)}, {"years": 0.5, "horizon": 9}),
}
QUICK = ("sanctions, short",)


@pytest.mark.parametrize("name", [n if n in QUICK else pytest.param(n, marks=pytest.mark.slow) for n in CASES])
def test_value_equals_play(name):
    """Mean realised utility of everybody is what the deal is said to be worth, within four standard errors."""
    cheating, more = CASES[name]
    worlds, (deal, _) = built(case(cheating, **more))
    assert worlds.breaches.cheats[:, 0, deal].any(), "somebody cheats in these cases"
    outcome = play_story(worlds, Staged([deal]))
    for a in range(2):
        realised = outcome.utility[:, a]
        error = realised.std() / np.sqrt(DRAWS)
        assert realised.mean() == pytest.approx(worlds.payoff[0, a, deal], abs=4 * error + 1e-9)
    assert (outcome.cheats == worlds.breaches.of_deals(np.arange(DRAWS), np.full(DRAWS, deal), 2)).all()


@pytest.mark.slow
def test_value_equals_play_where_a_refusal_falls_back_on_talks():
    """Once somebody is found out they sign the settlement in prospect, which inspectors keep: that is what R says."""
    watched = may(0.05, penalty=0.1, found_by={"inspection": {"yes": number(0.9)}})
    raw = case({"a": watched}, damage=0.01, base=0.15).model_dump()
    raw["conventions"]["alternative"] = "talks"
    for life in (raw["true_hazard"], *(raw["actors"][name]["beliefs"] for name in "ab")):
        life["enforcement"] = number(60.0)
    scenario = Scenario.model_validate(raw)
    worlds, (deal, _) = built(scenario)
    settlement = int(worlds.reference[0])
    assert worlds.breaches.cheats[0, 0, deal]
    assert not worlds.breaches.cheats[0, 0, settlement]
    np.testing.assert_allclose(worlds.fallback[0], worlds.flow[0, :, settlement])
    outcome = play_story(worlds, Staged([deal, settlement]))
    assert outcome.found_out[:, 0].any()
    for a in range(2):
        realised = outcome.utility[:, a]
        error = realised.std() / np.sqrt(DRAWS)
        assert realised.mean() == pytest.approx(worlds.signed[0, a, deal], abs=4 * error + 1e-9)


def test_who_would_cheat_is_who_gains_by_one_round_of_it():
    """With breaches seen at once: (1 - delta) g against delta (1 - h) f (v - (R - p)), deal by deal."""
    for detection in (0.02, 0.1, 0.2, 0.3, 0.5, 0.9):
        scenario = case({"a": may(detection, penalty=0.03)}, damage=0.01)
        kept, _ = built(scenario.model_copy(update={"cheating": {}}), 1)
        worlds, _ = built(scenario, 1)
        hazard = 1 - np.exp(-0.1)
        gain = worlds.breaches.change[0, 0, 0]
        value = kept.value[0, 0]
        back = 0.35 - 0.01 - 0.03
        wanted = (1 - 0.9) * gain > 0.9 * (1 - hazard) * detection * (value - back) + 1e-12
        assert worlds.breaches.cheats[0, 0].tolist() == wanted.tolist()


def test_inspection_makes_the_others_sign():
    """Without inspectors the deal will be broken and b does not want it; with them it is kept, and worth signing."""
    scenario = case({"a": may(0.02, found_by={"inspection": {"yes": number(0.9)}})}, base=0.0, patience=(0.9, 0.9))
    worlds, (no, yes) = built(scenario, 1)
    assert worlds.breaches.cheats[0, 0, [no, yes]].tolist() == [True, False]
    assert worlds.accepts[0, :, no].tolist() == [True, False]
    assert worlds.accepts[0, :, yes].tolist() == [True, True]
    assert worlds.flow[0, :, no] == pytest.approx([1.0, 0.0])  # he has relief without limits
    assert worlds.flow[0, :, yes] == pytest.approx([0.5, 0.7])


def test_two_who_cheat_answer_each_other():
    """Two who may cheat, each on his own term: the likelier it is to be found out, the fewer do."""
    chances = np.linspace(0.05, 0.6, 7)
    pairs = []
    for chance in chances:
        cheating = {"a": may(chance), "b": {**may(chance), "on": ("relief",)}}
        worlds, (deal, _) = built(case(cheating, patience=(0.9, 0.9), nothing=0.1), 1)
        pairs.append(tuple(worlds.breaches.cheats[:, 0, deal]))
    assert pairs[0] == (True, True)
    assert pairs[-1] == (False, False)
    counts = [sum(pair) for pair in pairs]
    assert counts == sorted(counts, reverse=True), "the likelier it is to be found out the fewer cheat"


@pytest.mark.slow
def test_found_out_as_often_as_it_is_said():
    """Nobody before the delay is over, then by the chance of a year; sanctions burden whoever was found out."""
    worlds, (deal, _) = built(case({"a": may(0.3, delay=3.0, penalty=0.01)}, base=0.0, horizon=6))
    outcome = play_story(worlds, Staged([deal]), keep_states=True)
    share = 1 - 0.7**3
    error = np.sqrt(share * (1 - share) / DRAWS)
    assert outcome.found_out[:, 0].mean() == pytest.approx(share, abs=4 * error)
    assert not outcome.found_out[:, 1].any()
    assert (outcome.held[outcome.found_out[:, 0]] > 3).all()
    assert (outcome.collapses == outcome.found_out[:, 0]).all()


@given(
    st.floats(0.3, 0.97), st.floats(0, 0.5), st.floats(0.05, 1), st.floats(0, 0.3),
    st.lists(st.tuples(st.floats(0, 1), st.integers(0, 6)), min_size=1, max_size=3), st.integers(0, 8),
)  # fmt: skip
def test_weights_are_the_sums_of_the_series(delta, hazard, theta, turns, breaches, age):
    """Each weight is what comes of adding up the rounds one by one."""
    found, unseen = ([np.array(float(one)) for one in column] for column in zip(*breaches, strict=True))
    weights, caught = watched(delta, hazard, turns, theta, found, unseen, age=age)
    alive, moved = 1.0, 1.0
    interim = omega = converted = shift = 0.0
    by = np.zeros(len(found))
    for at in range(1, 4000):
        interim += (1 - delta) * alive * delta ** (at - 1)
        moved *= 1 - theta
        here = np.array([f * (at + age > n) for f, n in zip(found, unseen, strict=True)])
        stays = (1 - hazard) * np.prod(1 - here)
        omega += delta**at * alive * (1 - stays)
        shift += delta**at * alive * (1 - stays) * (1 - moved)
        by += delta**at * alive * (1 - hazard) * here
        converted += delta**at * alive * stays * turns
        alive *= stays * (1 - turns)
        if alive * delta**at < 1e-14:
            break
    told = [weights.w_interim, weights.omega, weights.w_conversion, weights.phi, *caught]
    assert told == pytest.approx([interim, omega, converted, shift, *by], abs=1e-9)
    assert float(weights.w_interim + weights.omega + weights.w_conversion) == pytest.approx(1)


def test_nobody_found_out_leaves_the_plain_weights():
    """With no chance of being found out the weights are those of any document, the odds too."""
    plain = durability(0.9, 0.2, 0.1, 0.3)
    same, caught = watched(0.9, 0.2, 0.1, 0.3, [np.array(0.0)], [np.array(2.0)])
    assert [float(one) for one in same] == pytest.approx([float(one) for one in plain])
    assert caught[0] == 0


@pytest.mark.parametrize("together", [0.0, 0.2])
def test_who_cheats_on_a_promise_gives_up_what_was_believed_of_it(together):
    """His change is the flow without the promise less the flow with it, for whoever doubts it and whoever does not."""
    raw = case({"a": may(0.3)}).model_dump()
    raw["issues"]["limits"]["promise"] = True
    for name, base in (("a", 0.5), ("b", 0.25)):
        raw["actors"][name]["interactions"] = [{"issues": ("limits", "relief"), "size": number(together)}]
        raw["actors"][name]["credibility"] = {"base": number(base), "enforcement": number(1.0)}
    scenario = Scenario.model_validate(raw)
    kept = scenario.model_copy(update={"cheating": {}})
    worlds, deals = built(scenario, 1)
    flow = built(kept, 1)[0].flow[0]
    for deal, level in zip(deals, ("no", "yes"), strict=True):
        without = one_deal(worlds.space, limits="none", relief="full", inspection=level)
        assert worlds.breaches.change[0, 0, :, deal] == pytest.approx(flow[:, without] - flow[:, deal])
    if together:
        return
    # b believes a quarter of the promise without inspectors, and it is 0.7 of all he wants; to a it is half of half
    assert worlds.breaches.change[0, 0, :, deals[0]] == pytest.approx([0.25, -0.7 * 0.25])
