"""In one dimension the bridge finds the thresholds that theory has in closed form."""

import math

import pytest

from sim.bridges import Goal, bridge
from sim.equilibria import enforcement_interval, stalemate_frontier
from tests.bridges.one_dimension import dispute, lever, number, with_levers
from tests.table.dispute import cases
from tests.table.test_theory_cases import truce_and_settlement

#: How finely the bridge is asked.
FINE = 1e-7


def crossing(scenario, at_least=0.5, measure="acceptable", want="any-deal", **more):
    """The bridge of a scenario in which every draw is the same, so that chances are 0 or 1."""
    goal = Goal(want, measure, at_least)
    return bridge(scenario, goal, draws=1, tolerance=FINE, checked=0, evaluations=24, **more)


# ---- T5: the hazards at which one side signs are an interval ---------------------------------------------

T5 = [
    ({"a": 0.06, "eta": 0, "signedD": -0.15, "delta": 0.95, "theta": 1}, {"h_interval": [0.0, 0.02105263157894739]}),
    (
        {"a": 0.06, "eta": 0.02, "signedD": -0.15, "delta": 0.95, "theta": 0.25},
        {"h_interval": [0.0, 0.021975922564226383]},
    ),
    (
        {"a": -0.05, "eta": 0.01, "signedD": 0.15, "delta": 0.95, "theta": 0.25},
        {"h_interval": [0.023218936498620658, 1.0]},
    ),
    ({"a": -0.05, "eta": 0.0, "signedD": -0.1, "delta": 0.95, "theta": 0.5}, {"h_interval": None}),
]


def fragile_truce(case, rate, moved):
    """A truce that A may refuse and B never does; a lever moves the hazard A believes in."""
    share = 0.5
    A = {"W": share - case["a"], "eta": case["eta"], "shift": case["signedD"], "delta": case["delta"]}
    scenario = dispute(A, {"W": 0.0, "delta": 0.9}, shares=(share,), theta=case["theta"])
    beliefs = {"base": number(rate), "enforcement": number(0.0), "resolved": number(0.0)}
    return with_levers(
        scenario,
        {"watch": lever({"A.beliefs.base": moved})},
        {"share": (share,), "causes": (0.0,), "watch": ("unwatched",)},
        A={"beliefs": beliefs},
    )


@pytest.mark.slow
@pytest.mark.parametrize(("case", "expected"), cases("T5_enforcement_interval", T5))
def test_enforcement_that_a_truce_needs(case, expected):
    """T5: from a hopeless truce, enforcement is raised until the hazard is the upper end of the interval."""
    interval = enforcement_interval(case["a"], case["eta"], case["signedD"], case["delta"], case["theta"])
    assert (interval is None) == (expected["h_interval"] is None)
    worst = 0.9
    rate = -math.log1p(-worst)
    found = crossing(fragile_truce(case, rate, ("scale", 0.0)))
    if interval is None or interval[0] > worst:
        assert found.found is None
        assert found.best.chance == 0
        assert found.reasons.blockers[0][0] == "A"
    elif interval[1] >= worst:
        assert found.found.use == {}
    elif interval[1] > 0.02 * worst:  # wider than the steps of the search, or else it may be missed
        hazard = -math.expm1(-rate * (1 - found.found.use["watch"]))
        assert hazard == pytest.approx(interval[1], abs=1e-6)


@pytest.mark.slow
def test_a_riser_signs_only_a_weak_truce():
    """T5: who gains from a pause on terms he dislikes signs once the truce is fragile enough, not before."""
    case = T5[2][0]
    low, _ = enforcement_interval(case["a"], case["eta"], case["signedD"], case["delta"], case["theta"])
    rate = -math.log1p(-0.5)
    scenario = fragile_truce(case, 0.0, ("add", rate))
    found = crossing(scenario)
    assert -math.expm1(-rate * found.found.use["watch"]) == pytest.approx(low, abs=1e-6)
    guarded = fragile_truce(case, rate, ("scale", 0.0))
    assert crossing(guarded).found.use == {}


@pytest.mark.slow
def test_the_talks_agree_with_theory():
    """T5 in the play: with one document on offer, what is signed first is what both accept."""
    case = T5[0][0]
    rate = -math.log1p(-0.5)
    found = crossing(fragile_truce(case, rate, ("scale", 0.0)), measure="declared", want="truce")
    hazard = -math.expm1(-rate * (1 - found.found.use["watch"]))
    assert hazard == pytest.approx(T5[0][1]["h_interval"][1], abs=1e-6)
    assert found.stands


# ---- T6: partial formulas on root causes -----------------------------------------------------------------

T6 = [
    (
        {"rA": 0.2, "zB": 0.5, "C_total_war_cost": 0.3},
        {"zopa_linear": True, "zopa_quadratic": True, "rho_star_quadratic": 0.28571428571428575},
    ),
    (
        {"rA": 0.5, "zB": 0.45, "C_total_war_cost": 0.3},
        {"zopa_linear": False, "zopa_quadratic": True, "rho_star_quadratic": 0.5263157894736842},
    ),
    (
        {"rA": 0.9, "zB": 0.8, "C_total_war_cost": 0.3},
        {"zopa_linear": False, "zopa_quadratic": False, "rho_star_quadratic": 0.9 / 1.7},
    ),
]


def root_causes(r, z, cost, rho, shape, levers):
    """Best case for a deal: nothing breaks, war costs both alike, the share that suits the best formula on offer."""
    p, half = 0.5, cost / 2
    ideal = rho**shape
    # Shares at which the partial formula, the truce and the settlement leave both equally well off.
    marks = []
    for loss_A, loss_B in (((1 - rho) ** shape * r, ideal * z), (r, 0.0), (0.0, z)):
        low, high = p - half + loss_A, p + half - loss_B
        marks.append(min(1.0, max(0.0, (low + high) / 2)))
    scenario = dispute(
        {"W": p - half, "grievance": r, "delta": 0.9},
        {"W": 1 - p - half, "grievance": z, "delta": 0.9},
        shares=tuple(marks),
        rho=(0.0, rho, 1.0),
    )
    curved = {"shape": {"causes": number(shape)}}
    return with_levers(scenario, levers, {"share": marks, "causes": (0.0, 1.0)}, A=curved, B=curved)


@pytest.mark.parametrize(("case", "expected"), cases("T6_root_causes", T6))
def test_partial_formulas_open_the_stalemate(case, expected):
    """T6: with losses that grow with the square, putting the best formula on offer helps iff rz/(r+z) <= C."""
    r, z, cost = case["rA"], case["zB"], case["C_total_war_cost"]
    rho = expected["rho_star_quadratic"]
    partial = stalemate_frontier(r, z, cost, divisible=True)
    linear = stalemate_frontier(r, z, cost)
    assert partial.deal_exists == expected["zopa_quadratic"]
    scenario = root_causes(r, z, cost, rho, 2.0, {"formula": lever(opens={"causes": [str(rho)]})})
    found = crossing(scenario)
    if linear.deal_exists:
        assert found.found.use == {}
    elif partial.deal_exists:
        assert found.found.use == {"formula": 1.0}
    else:
        assert found.found is None
        assert found.reasons.binding == "acceptable to nobody or not to all who must agree"


@pytest.mark.slow
@pytest.mark.parametrize("salience", [0.35, 0.58])
def test_how_divisible_root_causes_must_be(salience):
    """T6 between its two cases: with equal salience r, half a formula costs r 2^-s, so s = log2(r/C) opens it."""
    cost = 0.3
    levers = {
        "formula": lever({"A.shape.causes": ("set", 2.0), "B.shape.causes": ("set", 2.0)}),
    }
    scenario = root_causes(salience, salience, cost, 0.5, 1.0, levers)
    scenario = scenario.model_validate(
        scenario.model_dump() | {"issues": _all_levels(scenario, "causes", ["0.0", "0.5", "1.0"])}
    )
    found = crossing(scenario)
    # Joint loss at a half: 2 r (1/2)^shape = r 2^(1 - shape), to be at most C.
    assert found.found.use["formula"] == pytest.approx(math.log2(salience / cost), abs=1e-6)


def _all_levels(scenario, issue, levels):
    raw = scenario.model_dump()["issues"]
    raw[issue]["available"] = levels
    return raw


# ---- T15: pressure that a truce needs when a settlement is in prospect -----------------------------------

COMMON = {"p": 0.55, "cA": 0.12, "cB": 0.2, "zB": 0.15, "y0": 0.55, "xS": 0.57, "rhoT": 0.0, "rhoS": 1.0}
COMMON |= {"hT": 0.15, "hS": 0.02, "thetaT": 0.25, "thetaS": 0.25, "DS": 0.0, "etaA": 0.0, "etaB": 0.0}
COMMON |= {"m": 0.02, "dA": 0.95, "dB": 0.95}
T15 = [
    (COMMON | {"n": 4, "rA": 0.1, "DT": 0.0}, {"pressure_A": 0.07102146173051366, "pressure_B": 0.0}),
    (COMMON | {"n": 10, "rA": 0.1, "DT": -0.08}, {"pressure_A": 0.0819762703844428, "pressure_B": 0.0}),
    (COMMON | {"n": 20, "rA": 0.25, "DT": -0.04}, {"pressure_A": 0.07681634498449233, "pressure_B": 0.0}),
]


@pytest.mark.parametrize(
    ("case", "expected", "measure"),
    [(*T15[0], "acceptable")]
    + [pytest.param(*one, "acceptable", marks=pytest.mark.slow) for one in cases("T15_pressure_crowding_out", T15)[1:]]
    + [pytest.param(*T15[0], "declared", marks=pytest.mark.slow)],
)
def test_pressure_that_a_truce_needs(case, expected, measure):
    """T15, terminal: each side is pressed by just what the settlement in prospect is worth more than the truce.

    The prospect is put into what no deal is worth; a collapse into war is then worse than that by the same.
    """
    scenario, (line, causes, watch), _ = truce_and_settlement(case, power="DT")
    later, _, where = truce_and_settlement(case, power="DS", n=case["n"])
    full = 1.0
    raw = scenario.model_dump()
    for name, grievance in (("A", case["rA"]), ("B", case["zB"])):
        scale = 1 + grievance
        hope = max(0.0, _prospect(later, where, name))
        actor = raw["actors"][name]
        actor["reservation"] = number(actor["reservation"]["value"] + hope / scale)
        actor["collapse_damage"] = number(actor["collapse_damage"]["value"] + hope / scale)
    weights = {"A": 1 + case["rA"], "B": 1 + case["zB"]}
    pressing = {"pressure": {name: {"strength": number(0.0)} for name in "AB"}}
    levers = {f"press_{name}": lever({f"M.pressure.{name}.strength": ("add", full / weights[name])}) for name in "AB"}
    pressed = with_levers(
        scenario.model_validate(raw),
        levers,
        {"share": (line,), "causes": (causes,), "watch": (watch,)},
        observer=pressing | {"position": {"watch": number(watch)}},
    )
    found = crossing(pressed, measure=measure, want="truce")
    assert found.found is not None
    for name in "AB":
        needed = expected[f"pressure_{name}"]
        assert found.found.use.get(f"press_{name}", 0.0) * full == pytest.approx(needed, abs=1e-6)
    assert found.found.cost == pytest.approx(expected["pressure_A"] + expected["pressure_B"], abs=1e-6)


def _prospect(later, where, name):
    """What the settlement in prospect adds to war, in theory's units."""
    from tests.table.dispute import Document

    document = Document(later, *where)
    i = "AB".index(name)
    return document.V[i] - document.W[i]
