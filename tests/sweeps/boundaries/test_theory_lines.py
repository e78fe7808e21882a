"""Lines on a map lie where theory has its thresholds, and the signing rule agrees with every closed form."""

import math

import numpy as np
import pytest

from sim.equilibria import enforcement_interval, preventive_war, stahl, stalemate_frontier
from sim.scenario import draw
from sim.sweeps.boundaries import BOUNDARIES, best_margin
from sim.sweeps.boundaries.bargaining_range_line import share_range
from sim.sweeps.boundaries.one_share import one_share, plain_pair
from sim.table import DealSpace, build
from tests.shipped import shipped
from tests.sweeps.boundaries.lines import crossing, divided, here, lines, lone_truce, rate_of
from tests.table.dispute import cases, dispute, number
from tests.table.test_theory_cases import T3, truce_and_settlement

CLOSE = {"rel": 0, "abs": 1e-9}
#: A step of the share: the signing rule knows only the shares on offer.
STEP = 0.01


# ---- Fearon 1995: the bargaining range ----------------------------------------------------------------------


@pytest.mark.parametrize(("case", "expected"), cases("T3_range", T3))
def test_ends_of_the_range_are_those_of_theory(case, expected):
    """T3: least and largest share, with hazard, grievance, damage, shift and unequal patience."""
    A = {"W": case["p"] - case["cA"], "grievance": case["gA"], "eta": case["etaA"], "shift": case["D"]}
    B = {"W": 1 - case["p"] - case["cB"], "eta": case["etaB"], "shift": -case["D"]}
    A["delta"], B["delta"] = case["dA"], case["dB"]
    assert not case["gB"]  # with nothing resolved only A has a grievance
    worlds = here(divided(A, B, theta=case["theta"], hazards=(case["h"], case["h"])))
    found = one_share(worlds, plain_pair(worlds))
    low, high = share_range(worlds, found)
    # The table has A's values as (u + r)/(1 + r): shares are the same.
    assert low[0] == pytest.approx(expected["x_min"], **CLOSE)
    assert high[0] == pytest.approx(expected["x_max"], **CLOSE)


def test_the_range_closes_where_both_want_more_than_there_is():
    """Fearon 1995, p=.55, c=(.12,.18): W = .43 and .27; B's line lies at W_B = 1 - .43 = .57, A's at .73."""
    scenario = divided({"W": 0.43, "delta": 0.95}, {"W": 0.27, "delta": 0.95}, hazards=(0.1, 0.1))
    found = lines(scenario, "A.reservation=0.03:0.93:10", "B.reservation=0.07:0.87:9")
    for name, exact in (("boundary_bargaining_range", 1e-8), ("boundary_any_deal", STEP)):
        at_a = crossing(found[name], "boundary_B.reservation", **{"boundary_A.reservation": 0.43})
        at_b = crossing(found[name], "boundary_A.reservation", **{"boundary_B.reservation": 0.27})
        assert at_a == pytest.approx(0.57, abs=exact)
        assert at_b == pytest.approx(0.73, abs=exact)


def test_the_decliner_fights_beyond_fearons_shift():
    """Fearon 1995 on preventive war: delta p2 - p1 > c (1 - delta)^2; .9, .3, c = 1 give a shift of .04444."""
    delta, p, lump = 0.9, 0.3, 1.0
    B = {"W": 1 - p - (1 - delta) * lump, "delta": delta}
    scenario = divided({"W": 0.0, "delta": delta}, B, hazards=(1.0, 1.0))
    found = lines(scenario, "B.power_shift=-0.1:0:11", "B.reservation=0.2:0.9:8")
    threshold = crossing(
        found["boundary_bargaining_range"], "boundary_B.power_shift", **{"boundary_B.reservation": B["W"]}
    )
    assert threshold == pytest.approx(-0.4 / 9, abs=1e-8)
    assert not preventive_war(delta, p, p - threshold - 1e-6, lump).war
    assert preventive_war(delta, p, p - threshold + 1e-6, lump).war
    rule = crossing(found["boundary_any_deal"], "boundary_B.power_shift", **{"boundary_B.reservation": B["W"]})
    assert rule == pytest.approx(threshold, abs=STEP / 9 + 1e-3)


# ---- T6: root causes -----------------------------------------------------------------------------------------

T6 = [
    ({"rA": 0.2, "zB": 0.5, "C_total_war_cost": 0.3}, {"zopa_linear": True, "zopa_quadratic": True}),
    ({"rA": 0.5, "zB": 0.45, "C_total_war_cost": 0.3}, {"zopa_linear": False, "zopa_quadratic": True}),
    ({"rA": 0.9, "zB": 0.8, "C_total_war_cost": 0.3}, {"zopa_linear": False, "zopa_quadratic": False}),
]


def roots(r, z, cost, shape=1.0, formulas=2):
    """A free share and formulas on the root causes; war costs both alike."""
    marks = tuple(n / 100 for n in range(101))
    scenario = dispute(
        {"W": 0.5 - cost / 2, "grievance": r, "delta": 0.9},
        {"W": 0.5 - cost / 2, "grievance": z, "delta": 0.9},
        shares=marks,
        rho=tuple(n / (formulas - 1) for n in range(formulas)),
    )
    raw = scenario.model_dump()
    raw["issues"]["watch"]["available"] = ["unwatched"]
    for name in "AB":
        raw["actors"][name]["shape"] = {"causes": number(shape)}
    return type(scenario).model_validate(raw)


@pytest.mark.parametrize(("case", "expected"), cases("T6_root_causes", T6))
@pytest.mark.parametrize("divisible", [False, True])
def test_stalemate_frontier_at_the_worked_examples(case, expected, divisible):
    """T6: the field is the cost of war less the least loss, straight or square."""
    r, z, cost = case["rA"], case["zB"], case["C_total_war_cost"]
    worlds = here(roots(r, z, cost, 2.0 if divisible else 1.0, 11 if divisible else 2))
    line = BOUNDARIES["stalemate-frontier"]
    assert line.fits(worlds, frozenset())
    theory = stalemate_frontier(r, z, cost, divisible=divisible)
    assert line.field(worlds)[0] == pytest.approx(theory.surplus, abs=1e-8)
    assert (line.field(worlds)[0] >= 0) == expected["zopa_quadratic" if divisible else "zopa_linear"]


def test_the_frontier_of_two_saliences():
    """T6 with W = .6 of all there is: settle nothing and divide iff z >= .5 + 1.5 r; at r = .1 that is .65."""
    scenario = roots(0.0, 0.0, 0.0)
    raw = scenario.model_dump()
    for name in "AB":
        raw["actors"][name]["reservation"] = number(0.6)
    scenario = type(scenario).model_validate(raw)
    found = lines(scenario, "A.salience.causes=0:0.2:11", "B.salience.causes=0.4:1:13")
    for name, exact in (("boundary_stalemate_frontier", 1e-8), ("boundary_any_deal", 2.5 * STEP)):
        z = crossing(found[name], "boundary_B.salience.causes", **{"boundary_A.salience.causes": 0.1})
        assert z == pytest.approx(0.65, abs=exact)


# ---- T5: the enforcement interval ----------------------------------------------------------------------------

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
]


@pytest.mark.parametrize(("case", "expected"), T5)
def test_enforcement_line_at_the_worked_examples(case, expected):
    """T5: along the hazard that A believes in, the line lies at the end of his interval."""
    low, high = expected["h_interval"]
    end = high if high < 1 else low
    shift = case["signedD"]
    over = f"A.power_shift={shift - 0.05}:{shift + 0.05}:11"
    found = lines(lone_truce(case), f"A.beliefs.base={0.5 * rate_of(end)}:{1.5 * rate_of(end)}:11", over)
    for name in ("boundary_enforcement_interval", "boundary_any_deal"):
        rate = crossing(found[name], "boundary_A.beliefs.base", **{"boundary_A.power_shift": shift})
        assert -math.expm1(-rate) == pytest.approx(end, rel=1e-3)
    same = (found["boundary_enforcement_interval"] >= 0) == (found["boundary_any_deal"] >= 0)
    assert bool(same.all())


def test_the_signing_rule_accepts_in_the_interval_and_nowhere_else():
    """T5 at 400 random places: the sign of the rule's margin is that of the interval wherever it is not on its end."""
    dice = np.random.default_rng(5)
    a, eta, shift, delta, theta, hazard = (
        dice.uniform(low, high, 400)
        for low, high in ((-0.2, 0.2), (0, 0.1), (-0.3, 0.3), (0.5, 0.98), (0.05, 1), (0, 0.8))
    )
    fixed = {"A.reservation": 0.5 - a, "A.collapse_damage": eta, "A.power_shift": shift, "A.patience": delta}
    fixed |= {"talks.rearmament_speed": theta, "A.beliefs.base": -np.log1p(-hazard)}
    scenario = lone_truce(T5[0][0])
    drawn = draw(scenario, np.zeros(400, np.int64), central=True, fixed=fixed)
    margin = best_margin(build(DealSpace.of(scenario), drawn))
    rows = zip(a, eta, shift, delta, theta, strict=True)
    low, high = np.array([enforcement_interval(*map(float, row)) or (2.0, -1.0) for row in rows]).T
    sure = np.minimum(np.abs(hazard - low), np.abs(hazard - high)) > 1e-6
    np.testing.assert_array_equal((margin >= -1e-9)[sure], ((low <= hazard) & (hazard <= high))[sure])
    assert 40 < (margin >= 0).sum() < 360


# ---- T15: pressure that a truce needs ------------------------------------------------------------------------

COMMON = {"p": 0.55, "cA": 0.12, "cB": 0.2, "zB": 0.15, "y0": 0.55, "xS": 0.57, "rhoT": 0.0, "rhoS": 1.0}
COMMON |= {"hT": 0.15, "hS": 0.02, "thetaT": 0.25, "thetaS": 0.25, "DS": 0.0, "etaA": 0.0, "etaB": 0.0}
COMMON |= {"m": 0.02, "dA": 0.95, "dB": 0.95}


def test_pressure_that_a_refused_truce_needs():
    """Theory P3: l = (1 - omega)(-S); h = .1, delta = .95 give 1 - omega = .34483, so S = -.02 asks for .0068966."""
    case = {"a": -0.02, "eta": 0.0, "signedD": 0.0, "delta": 0.95, "theta": 1.0}
    found = lines(lone_truce(case, rate=rate_of(0.1)), "M.pressure.A.strength=0:0.02:11", "A.reservation=0.42:0.62:11")
    needed = 0.02 * 0.05 / (1 - 0.95 * 0.9)
    assert needed == pytest.approx(0.0068966, abs=1e-7)
    for name in ("boundary_pressure_needed", "boundary_any_deal"):
        at = crossing(found[name], "boundary_M.pressure.A.strength", **{"boundary_A.reservation": 0.52})
        assert at == pytest.approx(needed, abs=1e-7)
        assert float(found["boundary_M.pressure.A.strength"][0]) == 0  # pressure below 0 is refused


def test_pressure_when_a_settlement_is_in_prospect():
    """T15, terminal, n = 4: the truce asks for .0710215 of pressure on A, none on B."""
    case = COMMON | {"n": 4, "rA": 0.1, "DT": 0.0}
    scenario, (line, causes, watch), _ = truce_and_settlement(case, power="DT")
    later, _, where = truce_and_settlement(case, power="DS", n=case["n"])
    from tests.bridges.one_dimension import with_levers
    from tests.table.dispute import Document

    document = Document(later, *where)
    raw = scenario.model_dump()
    for i, (name, grievance) in enumerate((("A", case["rA"]), ("B", case["zB"]))):
        hope = max(0.0, document.V[i] - document.W[i]) / (1 + grievance)
        raw["actors"][name]["reservation"] = number(raw["actors"][name]["reservation"]["value"] + hope)
        raw["actors"][name]["collapse_damage"] = number(raw["actors"][name]["collapse_damage"]["value"] + hope)
    pressing = {"pressure": {"A": {"strength": number(0.0)}}, "position": {"watch": number(watch)}}
    on_offer = {"share": (line,), "causes": (causes,), "watch": (watch,)}
    pressed = with_levers(type(scenario).model_validate(raw), {}, on_offer, pressing)
    wait = raw["actors"]["A"]["reservation"]["value"]
    found = lines(pressed, "M.pressure.A.strength=0:0.2:11", f"A.reservation={wait - 0.05}:{wait + 0.05}:11")
    for name in ("boundary_pressure_needed", "boundary_any_deal"):
        at = crossing(found[name], "boundary_M.pressure.A.strength", **{"boundary_A.reservation": wait})
        assert at * (1 + case["rA"]) == pytest.approx(0.07102146173051366, abs=1e-6)


# ---- cases of the project ------------------------------------------------------------------------------------


def test_the_pie_is_too_small_where_both_want_more_than_all():
    """Pie: the line is r1 + r2 = 1, and nobody gets more than all of it."""
    found = lines(shipped("pie"), "first.reservation=0:0.9:10", "second.reservation=0:0.9:10")
    line, rule = found["boundary_bargaining_range"], found["boundary_any_deal"]
    first, second = (found[f"boundary_{name}.reservation"].values for name in ("first", "second"))
    left = np.minimum(1 - second, 1) - np.maximum(first[:, None], 0)
    np.testing.assert_allclose(line.values, left, atol=1e-8)
    differ = (line.values >= 0) != (rule.values >= 0)
    assert np.abs(left)[differ].max(initial=0) <= STEP + 1e-9


def test_the_pie_is_shared_equally_where_stahl_says():
    """Ståhl 1972, ten offers: .576077 for the first at (.9, .8); on the line each gets a half."""
    found = lines(shipped("pie"), "first.patience=0.5:0.9:9", "second.patience=0.6:0.95:8")
    field = found["boundary_equal_shares"]
    here_ = field.sel({"boundary_first.patience": 0.9, "boundary_second.patience": 0.8}, method="nearest")
    assert float(here_) == pytest.approx(0.076077312, abs=1e-8)
    at = crossing(field, "boundary_second.patience", **{"boundary_first.patience": 0.7})
    assert stahl(0.7, at, 10) == pytest.approx(0.5, abs=1e-4)


@pytest.mark.parametrize(
    ("case", "names"),
    [
        ("buyer_seller", ("buyer", "seller")),
        pytest.param("labour", ("union", "firm"), marks=pytest.mark.slow),
    ],
)
def test_the_zone_of_agreement_ends_at_the_frontier(case, names):
    """Raiffa 1982: a deal exists iff one side's best, the other having his reservation, is not below his own."""
    scenario = shipped(case)
    found = lines(scenario, *(f"{name}.reservation=0.1:0.9:9" for name in names))
    rule = found["boundary_any_deal"].values >= 0
    np.testing.assert_array_equal(found["boundary_zone_of_agreement"].values >= 0, rule)
    worlds = here(scenario)
    one, two = (list(scenario.actors).index(name) for name in names)
    fine = worlds.permitted[0, one] & worlds.permitted[0, two]
    flow = worlds.flow[0][:, fine]
    first, second = (found[f"boundary_{name}.reservation"].values for name in names)
    for i in range(0, len(first), 9):
        enough = flow[one] >= first[i] - 1e-9
        best = flow[two][enough].max(initial=-1)
        np.testing.assert_array_equal(rule[i], second <= best + 1e-9)
    assert 0.1 < rule.mean() < 0.9
