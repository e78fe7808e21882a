"""What a deal is said to be worth is what it turns out to be worth on average."""

import numpy as np
import pytest

from sim.engine import play_story
from sim.foundations import NO_DEAL
from sim.scenario import draw
from sim.scenario.levers_at import moved
from sim.table import DealSpace, build
from tests.engine.repeated import same_worlds
from tests.engine.staged import Staged, one_deal, with_numbers
from tests.table.dispute import dispute, number

DRAWS = 40_000

#: What changes from the plain case: a believed hazard of 0.2 a year, a horizon of 12 rounds.
CASES = {
    "plain": {},
    "short horizon": {"horizon": 3},
    "long horizon": {"horizon": 60},
    "collapse hurts": {"etaA": 0.2, "etaB": 0.1},
    "power shifts at once": {"shift": 0.3, "theta": 1.0},
    "power shifts slowly": {"shift": 0.3, "theta": 0.15},
    "slow shift, short horizon": {"shift": 0.4, "theta": 0.1, "horizon": 4},
    "delay": {"delay": 3.0},
    "delay beyond the horizon": {"delay": 5.0, "horizon": 3},
    "arms decide": {"m": 0.2, "delay": 2.0},
    "all of it": {"etaA": 0.1, "etaB": 0.2, "shift": -0.3, "theta": 0.2, "delay": 2.0, "m": 0.15},
    "all of it, short": {"etaA": 0.1, "shift": 0.3, "theta": 0.2, "delay": 1.0, "m": 0.15, "horizon": 6},
    "agreed late": {"agreed": 4, "m": 0.1, "delay": 2.0, "shift": 0.2, "theta": 0.3},
    "pressed": {"press": 0.15, "agreed": 3, "m": 0.1},
    "some deals are fragile": {"fragile": 0.4, "horizon": 3, "etaA": 0.1},
    "fragile, power shifts": {"fragile": 0.6, "horizon": 5, "shift": 0.3, "theta": 0.2, "m": 0.1, "delay": 2.0},
    "all fragile": {"fragile": 1.0, "horizon": 5, "shift": 0.3, "theta": 0.2},
    "who prevails shifts": {"swing": 0.3, "theta": 0.3, "m": 0.15, "horizon": 5},
    "who prevails shifts, fragile": {"swing": -0.3, "theta": 0.2, "m": 0.2, "fragile": 0.5, "horizon": 8, "delay": 1.0},
    "the front moves": {"front": 0.04, "m": 0.15, "delay": 2.0, "horizon": 6, "agreed": 0},
    "the front moves, fragile": {"front": -0.05, "m": 0.1, "fragile": 0.5, "delay": 1.0, "horizon": 7},
    "the front moves, signed again": {"front": 0.04, "reopen": 0.5, "lasts": 1.0, "m": 0.1, "horizon": 7},
    "the front moves, signed again, delay": {
        "front": -0.03, "reopen": 0.4, "lasts": 2.0, "delay": 2.0, "m": 0.15, "etaA": 0.05, "horizon": 9, "agreed": 0,
    },
    "the front moves, signed again, who prevails": {
        "front": 0.03, "reopen": 0.6, "lasts": 1.0, "swing": 0.3, "theta": 0.3, "m": 0.15, "delay": 1.0, "horizon": 5,
    },
    "the front moves, signed again, hardens": {
        "front": 0.03, "reopen": 0.5, "lasts": 1.0, "shape": 0.6, "fragile": 0.3, "m": 0.1, "horizon": 6,
    },
    "the front moves, pressed each time": {
        "front": 0.03, "press": 0.15, "reopen": 0.5, "lasts": 3.0, "m": 0.1, "delay": 1.0, "horizon": 4, "each": True,
    },
    "damage in years of war": {"years": 3.0, "m": 0.1, "horizon": 6},
    "hardens with age": {"shape": 0.5, "horizon": 6, "shift": 0.2, "theta": 0.3},
    "wears out": {"shape": 1.6, "horizon": 6, "m": 0.1, "delay": 1.0},
    "hardens, fragile": {"shape": 0.6, "fragile": 0.3, "horizon": 4, "etaA": 0.1},
    "signed again": {"reopen": 0.5, "lasts": 2.0, "m": 0.1, "horizon": 7},
    "signed again at once": {"reopen": 1.0, "lasts": 0.0, "horizon": 5},
    "signed again, delay": {"reopen": 0.4, "lasts": 1.0, "delay": 2.0, "m": 0.15, "etaA": 0.05, "horizon": 9},
    "signed again, talks beyond the horizon": {"reopen": 0.9, "lasts": 4.0, "m": 0.1, "horizon": 4},
    "signed again, shift": {"reopen": 0.5, "lasts": 1.0, "shift": 0.2, "theta": 0.4, "m": 0.1, "horizon": 6},
    "signed again, who prevails": {
        "reopen": 0.6, "lasts": 1.0, "swing": 0.3, "theta": 0.3, "m": 0.15, "delay": 1.0, "horizon": 8,
    },
    "signed again, fragile": {
        "reopen": 0.5, "lasts": 1.0, "fragile": 0.5, "m": 0.1, "swing": 0.2, "theta": 0.5, "horizon": 7, "years": 1.0,
    },
    "signed again, hardens": {"reopen": 0.5, "lasts": 1.0, "shape": 0.6, "m": 0.1, "horizon": 6},
    "pressed once": {"press": 0.15, "reopen": 0.5, "lasts": 1.0, "m": 0.1, "horizon": 6},
    "pressed each time": {"press": 0.15, "reopen": 0.5, "lasts": 1.0, "m": 0.1, "delay": 1.0, "horizon": 6,
                          "each": True},
    "pressed deals are fragile": {"press": 0.15, "fragile": 0.3, "pressure": 1.5, "m": 0.1, "horizon": 6},
    "a collapse teaches": {
        "reopen": 0.6, "lasts": 1.0, "fragile": 0.3, "lesson": 0.8, "m": 0.1, "swing": 0.2, "theta": 0.5, "horizon": 8,
    },
    "a collapse teaches, pressed": {
        "reopen": 0.6, "lasts": 1.0, "fragile": 0.2, "lesson": 1.0, "press": 0.1, "each": True, "pressure": 0.7,
        "m": 0.1, "horizon": 8,
    },
    "promised at home": {"promise": 0.9, "m": 0.1, "delay": 2.0, "horizon": 6},
    "promised at home, pressed each time": {"promise": 0.8, "press": 0.15, "reopen": 0.5, "lasts": 1.0, "each": True,
                                            "m": 0.1, "horizon": 6},
    "each may break it first": {"tempt": 0.05, "penalty": 0.02, "horizon": 8},
    "breaking pays a fine": {"tempt": 0.03, "penalty": 0.08, "m": 0.1, "delay": 2.0, "etaA": 0.1, "horizon": 6},
    "each fears the other": {"tempt": 0.08, "expected": "fragile", "m": 0.1, "horizon": 12},
    "nobody would keep it": {"tempt": 0.6, "penalty": 0.1, "etaB": 0.2, "horizon": 6},
}  # fmt: skip

#: Those that are worth running every time.
QUICK = (
    "short horizon", "all of it", "pressed", "some deals are fragile", "the front moves, signed again",
    "each may break it first",
)  # fmt: skip


def broken_first(case):
    """What lets both sides break the deal, as everybody foresees; nothing where there is nothing to gain."""
    if "tempt" not in case:
        return {}
    breaking = {"temptation": number(case["tempt"]), "penalty": number(case.get("penalty", 0.0))}
    breaking |= {"foreseen": True, "expected": case.get("expected", "calm")}
    shifts = {f"actors.{name}.power_shift": None for name in ("A", "B")}
    return {**shifts, "after_signature": {"breaking": breaking}}


def promised(case):
    """What both sides have promised at home; nothing where they did not."""
    audience = {"promise": number(case.get("promise", 0.0)), "slope": number(0.3)}
    return {f"actors.{name}.audience": audience for name in ("A", "B") if "promise" in case}


def staged(case, truth, worlds_of=same_worlds):
    """Worlds in which the true hazard is the belief of ``truth``, and the settlement in them."""
    shift = case.get("shift", 0.0)
    scenario = dispute(
        {"W": 0.0, "delta": 0.9, "grievance": 0.5, "eta": case.get("etaA", 0.0), "shift": shift},
        {"W": 0.0, "delta": 0.8, "grievance": 0.3, "eta": case.get("etaB", 0.0), "shift": -shift},
        m=case.get("m", 0.0),
        theta=case.get("theta", 1.0),
        years_to_settle=case.get("delay", 0.0),
        hazards=(0.2, 0.2),
        horizon=case.get("horizon", 12),
    )
    numbers = {
        "actors.B.beliefs.base": number(0.05),
        "true_hazard.base": number(scenario.actors["A"].beliefs.base.value if truth == "A" else 0.05),
        "issues.share.status_quo": "0.5",
    }
    for name, power, cost in (("A", 1.5, 0.2), ("B", 1.0, 0.3)):
        numbers[f"actors.{name}.reservation"] = None
        numbers[f"actors.{name}.power"] = number(power)
        numbers[f"actors.{name}.war_cost"] = number(cost)
    base = scenario.actors["A"].beliefs.base.value if truth == "A" else 0.05
    life = {"base": number(base), "enforcement": number(0.0), "resolved": number(0.0)}
    if "shape" in case:
        life["shape"] = number(case["shape"])
    if "fragile" in case:
        life["fragile"] = {"chance": number(case["fragile"]), "base": number(0.6)}
        life["fragile"] |= {"pressure": number(case.get("pressure", 0.0))}
        life["fragile"] |= {"after_collapse": number(case.get("lesson", 0.0))}
    numbers["true_hazard"] = numbers[f"actors.{truth}.beliefs"] = life
    numbers.pop("true_hazard.base")
    if truth == "B":
        numbers.pop("actors.B.beliefs.base")
    if "swing" in case:
        numbers["actors.A.prevail_shift"] = number(case["swing"])
    if "front" in case:
        numbers["no_deal"] = {"drift": {"A": number(case["front"]), "B": number(-case["front"])}}
    if "years" in case:
        numbers["conventions.damage"] = "years of war"
        numbers["actors.A.collapse_damage"] = numbers["actors.B.collapse_damage"] = number(case["years"])
    if "reopen" in case:
        numbers["talks.reopening"] = {"chance": number(case["reopen"]), "lasts": number(case["lasts"])}
        numbers["talks.reopening"]["pressure"] = "each time" if case.get("each") else "once"
    numbers |= broken_first(case)
    numbers |= promised(case)
    if "press" in case:
        mediator = {"role": "mediator", "patience": number(0.5), "war_cost": number(0.5)}
        mediator |= {"salience": {"share": number(1.0)}, "position": {"share": number("0.5")}}
        mediator["pressure"] = {n: {"strength": number(case["press"])} for n in ("A", "B")}
        numbers["actors.M"] = mediator
    scenario = with_numbers(scenario, numbers)
    space = DealSpace.of(scenario)
    deal = one_deal(space, share="0.5", causes="1.0", watch="unwatched")
    return worlds_of(space, scenario, DRAWS), deal


def one_by_one(space, scenario, draws):
    """Worlds that are computed draw by draw."""
    del draws
    return build(space, draw(scenario, np.arange(200)))


def repeated(space, scenario, draws):
    """As many worlds that are computed once."""
    del draws
    return same_worlds(space, scenario, 200)


@pytest.mark.parametrize("name", ["all of it", "a collapse teaches, pressed", "nobody would keep it"])
def test_the_same_world_many_times_is_what_its_draws_are(name):
    """What the tests below play is what building each draw would give, to the last bit."""
    (one, deal), (many, _) = (staged(CASES[name], "A", worlds_of) for worlds_of in (one_by_one, repeated))
    plain, whole = (play_story(worlds, Staged([deal])) for worlds in (one, many))
    for column in ("utility", "ending", "held", "collapses", "decided_by_arms"):
        np.testing.assert_array_equal(getattr(plain, column), getattr(whole, column))


@pytest.mark.parametrize("truth", ["A", pytest.param("B", marks=pytest.mark.slow)])
@pytest.mark.parametrize("name", [n if n in QUICK else pytest.param(n, marks=pytest.mark.slow) for n in CASES])
def test_value_equals_play(name, truth):
    """Mean realised utility is V, seen from the round of signature, within four standard errors."""
    case = CASES[name]
    worlds, deal = staged(case, truth)
    agreed = case.get("agreed", 0)
    outcome = play_story(worlds, Staged([deal], [agreed]))
    a = worlds.actors.index(truth)
    realised = outcome.utility[:, a]
    war = worlds.no_deal.value[0, a]
    expected = war + worlds.gamma[0, a] ** agreed * (worlds.payoff[0, a, deal] - war)
    error = realised.std() / np.sqrt(DRAWS)
    assert realised.mean() == pytest.approx(expected, abs=4 * error + 1e-9)


def realised(worlds, deal, a, agreed=0):
    """Mean utility of an actor who signs that deal in that round, what it was said to be worth, and the error."""
    outcome = play_story(worlds, Staged([deal], [agreed]))
    war = worlds.no_deal.value[0, a]
    worth = worlds.payoff[0, a, deal] if deal != NO_DEAL else war
    expected = war + worlds.gamma[0, a] ** agreed * (worth - war)
    utility = outcome.utility[:, a]
    return utility.mean(), expected, utility.std() / np.sqrt(len(utility))


def aided(case, use, truth="A"):
    """The same worlds with so much aid to B: less of A's power, and a lower cost of war for B."""
    worlds, deal = staged(case, truth)
    moves = {"A.power": {"mode": "add", "full": number(-0.6)}, "B.war_cost": {"mode": "scale", "full": number(0.4)}}
    lever = {"title": "aid", "holder": "B", "assumed": "test", "cost": number(0.05), "moves": moves}
    scenario = with_numbers(worlds.scenario, {"levers": {"aid": lever}})
    rows = np.arange(DRAWS)
    changed = moved(scenario, {"aid": use}, draw(scenario, rows))
    return build(DealSpace.of(scenario), draw(scenario, rows, fixed=changed)), deal


@pytest.mark.slow
@pytest.mark.parametrize("truth", ["A", "B"])
@pytest.mark.parametrize("use", [0.5, 1.0])
def test_a_deal_under_aid_is_worth_its_value(use, truth):
    """Aid moves who prevails and what the war costs, in values and play alike, and signing again knows of it."""
    case = {"m": 0.15, "reopen": 0.5, "lasts": 1.0, "swing": 0.2, "theta": 0.3, "horizon": 6}
    worlds, deal = aided(case, use, truth)
    before, _ = staged(case, truth)
    a = worlds.actors.index(truth)
    gain = (worlds.no_deal.value - before.no_deal.value)[0]
    assert gain[0] < 0 < gain[1]
    for signed in (deal, NO_DEAL):
        mean, expected, error = realised(worlds, signed, a)
        assert mean == pytest.approx(expected, abs=4 * error + 1e-9)


@pytest.mark.slow
def test_war_is_worth_its_payoff():
    """Without any deal the mean realised utility is W, and arms decide as often as their chance says."""
    worlds, _ = staged(CASES["arms decide"], "A")
    outcome = play_story(worlds, Staged([NO_DEAL]))
    error = outcome.utility.std(axis=0) / np.sqrt(DRAWS)
    assert (np.abs(outcome.utility.mean(axis=0) - worlds.no_deal.value[0]) < 4 * error).all()
    share = 1 - 0.8**12
    spread = np.sqrt(share * (1 - share) / DRAWS)
    assert outcome.decided_by_arms.mean() == pytest.approx(share, abs=4 * spread)
    assert (outcome.ending == 3).all()


def converting(more):
    """Worlds in which talks follow a truce, and that truce."""
    worlds, _ = staged({"etaA": 0.05, "m": 0.1, "horizon": 10, "shift": 0.1, "theta": 0.5, **more}, "A")
    talks = {"levels": ("none", "broad"), "status_quo": "none", "follow_on": {"broad": number(0.3)}}
    scenario = with_numbers(worlds.scenario, {"issues.talks": talks})
    space = DealSpace.of(scenario)
    worlds = same_worlds(space, scenario, DRAWS)
    assert (worlds.reference != NO_DEAL).all()
    return worlds, one_deal(space, share="0.5", causes="0.0", watch="unwatched", talks="broad")


@pytest.mark.slow
@pytest.mark.parametrize("more", [{}, {"front": 0.05, "delay": 3.0}, {"front": 0.05, "reopen": 0.5, "lasts": 2.0}])
def test_a_truce_with_talks_is_worth_its_value(more):
    """Follow-on talks that convert a truce are worth what they turn out to be worth, also while a front moves."""
    worlds, deal = converting(more)
    outcome = play_story(worlds, Staged([deal]))
    error = outcome.utility[:, 0].std() / np.sqrt(DRAWS)
    assert outcome.utility[:, 0].mean() == pytest.approx(worlds.signed[0, 0, deal], abs=4 * error)
    assert 0.3 < outcome.converted.mean() < 1


@pytest.mark.slow
def test_going_back_to_the_table_makes_a_harmless_collapse_harmless():
    """Signed again at once, a settlement that costs nothing to break is worth its flow all along."""
    worlds, deal = staged({}, "A")
    scenario = with_numbers(worlds.scenario, {"conventions": {"after_collapse": "recursive"}})
    worlds = same_worlds(worlds.space.of(scenario), scenario, DRAWS)
    outcome = play_story(worlds, Staged([deal]))
    assert outcome.collapses.mean() == pytest.approx(12 * 0.2, abs=0.05)
    standing = outcome.final_deal == deal  # the others broke in the very last round
    assert standing.mean() == pytest.approx(0.8, abs=0.01)
    left = 0.9**12 * worlds.value[0, 0, deal]
    expected = (1 - 0.9**12) * worlds.flow[0, 0, deal] + left
    assert outcome.utility[standing, 0] == pytest.approx(expected, abs=1e-12)
    assert (outcome.ending[standing] == 2).all()
    assert (outcome.ending[~standing] == 4).all()
