"""The table that a run uses gives the values, slacks and alternatives of the one-dimensional theory."""

import math

import pytest

from tests.table.dispute import Document, beliefs, cases, dispute, level_of_watch, number

CLOSE = {"rel": 0, "abs": 1e-9}

T1 = [
    (
        {"u": 0.5, "W": 0.45, "eta": 0.05, "signedD": -0.1, "delta": 0.95, "h": 0.1, "theta": 0.25}
        | {"q": 0, "s0": 0, "lam": 0},
        {"value": 0.38882614441907964, "premium_over_fighting": -0.06117385558092034}
        | {"wI": 0.3448275862068966, "wW": 0.6551724137931034, "phiW": 0.45656614201609996},
    ),
    (
        {"u": 0.45, "W": 0.42, "eta": 0.05, "signedD": -0.1, "delta": 0.97, "h": 0.08, "theta": 0.2}
        | {"q": 0.15, "s0": 0.55, "lam": 0.0},
        {"value": 0.4633793507529207, "premium_over_fighting": 0.04337935075292068}
        | {"wI": 0.12424418123084568, "wW": 0.32137828211712083, "phiW": 0.16348140342912995},
    ),
]


def truce_with_talks(case):
    """Document of share u, converted with chance q into a settlement that never breaks and is worth s0."""
    A = {"W": case["W"], "eta": case["eta"], "shift": case["signedD"], "delta": case["delta"]}
    shares = sorted({case["u"], case["s0"]} - {0, 1})
    scenario = dispute(A, {"W": 0.0, "delta": 0.9}, shares=shares, theta=case["theta"], hazards=(case["h"], case["h"]))
    raw = scenario.model_dump()
    raw["issues"]["share"]["available"] = [str(x) for x in shares]
    for name in ("A", "B"):
        raw["actors"][name]["beliefs"] = beliefs((case["h"], case["h"])) | {"resolved": number(800.0)}
    raw["issues"]["causes"]["follow_on"] = {}
    raw["issues"]["talks"] = {
        "levels": ["none", "broad"],
        "status_quo": "none",
        "follow_on": {"broad": number(case["q"])},
    }
    return type(scenario).model_validate(raw)


@pytest.mark.parametrize(("case", "expected"), [c for c in cases("T1_values", T1) if not c[0]["lam"]])
def test_value_of_a_document(case, expected):
    """T1: weights, value and premium of a document, also one that may be converted."""
    scenario = truce_with_talks(case)
    wanted = {"share": (str(case["u"]),), "causes": ("0.0",), "watch": ("unwatched",)}
    wanted["talks"] = ("broad",) if case["q"] else ("none",)
    document = Document.of(scenario, wanted, (0.0, 0.0))
    assert document.v[0] == pytest.approx(expected["value"], **CLOSE)
    assert document.v[0] - document.W[0] == pytest.approx(expected["premium_over_fighting"], **CLOSE)
    for name, key in (("w_interim", "wI"), ("omega", "wW"), ("phi", "phiW")):
        assert document.weight(name)[0] == pytest.approx(expected[key], **CLOSE)


T3 = [
    (
        {"p": 0.55, "cA": 0.12, "cB": 0.18, "gA": 0.0, "gB": 0.0, "etaA": 0.0, "etaB": 0.0}
        | {"D": 0.0, "dA": 0.95, "dB": 0.95, "h": 0.1, "theta": 1.0},
        {"x_min": 0.43, "x_max": 0.73, "L": 0.3, "omega_A": 0.6551724137931034, "chi_A": 1.9}
        | {"omega_B": 0.6551724137931034, "psi_A": 1.9, "psi_B": 1.9},
    ),
    (
        {"p": 0.55, "cA": 0.12, "cB": 0.18, "gA": 0.2, "gB": 0.0, "etaA": 0.0, "etaB": 0.0}
        | {"D": 0.0, "dA": 0.95, "dB": 0.95, "h": 0.1, "theta": 1.0},
        {"x_min": 0.63, "x_max": 0.73, "L": 0.1, "omega_A": 0.6551724137931034, "chi_A": 1.9}
        | {"omega_B": 0.6551724137931034, "psi_A": 1.9, "psi_B": 1.9},
    ),
    (
        {"p": 0.55, "cA": 0.12, "cB": 0.18, "gA": 0.0, "gB": 0.0, "etaA": 0.0, "etaB": 0.0}
        | {"D": 0.15, "dA": 0.98, "dB": 0.9, "h": 0.1, "theta": 0.5},
        {"x_min": -0.22742397137745976, "x_max": 0.6165546218487395, "L": 0.8439785932261993}
        | {"omega_A": 0.8305084745762712, "omega_B": 0.47368421052631576, "chi_A": 4.9}
        | {"psi_A": 4.382826475849732, "psi_B": 0.7563025210084033},
    ),
]


@pytest.mark.parametrize(("case", "expected"), cases("T3_range", T3))
@pytest.mark.parametrize("share", [0.0, 0.25, 0.6, 1.0])
def test_bargaining_range(case, expected, share):
    """T3: the slack is the distance to one's own end of the range, the premium that times 1 - omega."""
    A = {"W": case["p"] - case["cA"], "grievance": 2 * case["gA"], "eta": case["etaA"], "shift": case["D"]}
    B = {"W": 1 - case["p"] - case["cB"], "grievance": 2 * case["gB"], "eta": case["etaB"]}
    A["delta"], B["delta"], B["shift"] = case["dA"], case["dB"], -case["D"]
    scenario = dispute(A, B, shares=(share,), rho=(0.5,), theta=case["theta"], hazards=(case["h"], case["h"]))
    document = Document(scenario, share, 0.5)
    slack = [share - expected["x_min"], expected["x_max"] - share]
    omega = [expected["omega_A"], expected["omega_B"]]
    assert pytest.approx(slack, **CLOSE) == document.S
    premium = [v - w for v, w in zip(document.v, document.W, strict=True)]
    assert premium == pytest.approx([(1 - o) * s for o, s in zip(omega, slack, strict=True)], **CLOSE)
    assert document.weight("omega") == pytest.approx(omega, **CLOSE)
    assert document.weight("chi")[0] == pytest.approx(expected["chi_A"], **CLOSE)
    assert document.weight("psi") == pytest.approx([expected["psi_A"], expected["psi_B"]], **CLOSE)
    assert document.accepts == [s >= -1e-9 for s in slack]


T7 = [
    (
        {"p": 0.55, "cA": 0.12, "cB": 0.2, "rA": 0.1, "zB": 0.15, "y0": 0.55, "xS": 0.57}
        | {"rhoT": 0.0, "rhoS": 1.0, "hT": 0.15, "hS": 0.02, "thetaT": 0.25, "thetaS": 0.25}
        | {"DT": 0.0, "DS": 0.0, "etaA": 0.0, "etaB": 0.0, "m": 0.02, "dA": 0.95, "dB": 0.95},
        {
            "A": {"W": 0.43, "v_truce": 0.4351948051948052, "G_truce": 0.005194805194805195}
            | {"G_settlement_at_signing": 0.10144927536231885, "gamma": 0.931}
            | {"n_threshold": 41.567356597720725}
            | {"accepts_truce_vs_fighting": True, "accepts_settlement_vs_fighting": True},
            "B": {"W": 0.25, "v_truce": 0.30194805194805197, "G_truce": 0.05194805194805195}
            | {"G_settlement_at_signing": 0.021739130434782608, "gamma": 0.931}
            | {"n_threshold": -12.184322409368068}
            | {"accepts_truce_vs_fighting": True, "accepts_settlement_vs_fighting": True},
        },
    ),
    (
        {"p": 0.55, "cA": 0.12, "cB": 0.2, "rA": 0.1, "zB": 0.15, "y0": 0.55, "xS": 0.57}
        | {"rhoT": 0.0, "rhoS": 1.0, "hT": 0.01, "hS": 0.02, "thetaT": 0.25, "thetaS": 0.25}
        | {"DT": -0.08, "DS": 0.0, "etaA": 0.0, "etaB": 0.0, "m": 0.02, "dA": 0.95, "dB": 0.95},
        {
            "A": {"W": 0.43, "v_truce": 0.43596827615220884, "G_truce": 0.0059682761522088686}
            | {"G_settlement_at_signing": 0.10144927536231885, "gamma": 0.931}
            | {"n_threshold": 39.62600315949403}
            | {"accepts_truce_vs_fighting": True, "accepts_settlement_vs_fighting": True},
            "B": {"W": 0.25, "v_truce": 0.4289056734276231, "G_truce": 0.17890567342762306}
            | {"G_settlement_at_signing": 0.021739130434782608, "gamma": 0.931}
            | {"n_threshold": -29.480597097674927}
            | {"accepts_truce_vs_fighting": True, "accepts_settlement_vs_fighting": True},
        },
    ),
]


def truce_and_settlement(case, *, power, n=0.0, conventions=None):
    """Two documents of one scenario: the truce at the frozen line, the settlement n years later.

    The model has one shift for all documents; ``power`` says which of the two, D_T or D_S, to write down.
    """
    A = {"W": case["p"] - case["cA"], "grievance": case["rA"], "eta": case["etaA"], "delta": case["dA"]}
    B = {"W": 1 - case["p"] - case["cB"], "grievance": case["zB"], "eta": case["etaB"], "delta": case["dB"]}
    A["shift"], B["shift"] = case[power], -case[power]
    hazards = (case["hT"], case["hS"])
    scenario = dispute(
        A,
        B,
        shares=(case["y0"], case["xS"]),
        rho=(case["rhoT"], case["rhoS"]),
        m=case["m"],
        theta=case["thetaT"],
        years_to_settle=float(n),
        hazards=hazards,
        conventions=conventions,
    )
    truce, settlement = (level_of_watch(hazards, which) for which in (0, 1))
    raw = scenario.model_dump()
    raw["issues"]["causes"]["available"] = [str(float(case["rhoT"])), str(float(case["rhoS"]))]
    raw["issues"]["share"]["available"] = sorted({str(case["y0"]), str(case["xS"])})
    scenario = type(scenario).model_validate(raw)
    return scenario, (case["y0"], float(case["rhoT"]), truce), (case["xS"], float(case["rhoS"]), settlement)


@pytest.mark.parametrize(("case", "expected"), cases("T7_truce_vs_settlement", T7))
@pytest.mark.parametrize("n", [0, 7])
def test_truce_or_settlement(case, expected, n):
    """T7: war, truce and settlement at signing; a settlement n years off; which is better."""
    now, where, _ = truce_and_settlement(case, power="DT", n=n)
    truce = Document(now, *where)
    later, _, where = truce_and_settlement(case, power="DS", n=n)
    settlement = Document(later, *where)
    for i, name in enumerate("AB"):
        out = expected[name]
        gamma = float(settlement.worlds.gamma[0, i])
        assert truce.W[i] == pytest.approx(out["W"], **CLOSE)
        assert truce.v[i] == pytest.approx(out["v_truce"], **CLOSE)
        assert truce.V[i] == pytest.approx(out["v_truce"], **CLOSE)
        assert truce.v[i] - truce.W[i] == pytest.approx(out["G_truce"], **CLOSE)
        assert settlement.v[i] - settlement.W[i] == pytest.approx(out["G_settlement_at_signing"], **CLOSE)
        assert gamma == pytest.approx(out["gamma"], **CLOSE)
        assert settlement.V[i] - settlement.W[i] == pytest.approx(
            out["gamma"] ** n * out["G_settlement_at_signing"], **CLOSE
        )
        assert truce.accepts[i] is out["accepts_truce_vs_fighting"]
        assert settlement.accepts[i] is out["accepts_settlement_vs_fighting"]
        if out["n_threshold"] is not None:
            ratio = (settlement.v[i] - settlement.W[i]) / (truce.v[i] - truce.W[i])
            assert math.log(ratio) / -math.log(gamma) == pytest.approx(out["n_threshold"], rel=1e-9)


T16 = [
    (
        {"scenario": "symmetric_baseline", "n": 4, "p": 0.55, "cA": 0.12, "cB": 0.2, "rA": 0.1, "zB": 0.15}
        | {"y0": 0.55, "xS": 0.57, "rhoT": 0.0, "rhoS": 1.0, "hT": 0.15, "hS": 0.02}
        | {"thetaT": 0.25, "thetaS": 0.25, "DT": 0.0, "DS": 0.0, "etaA": 0.0, "etaB": 0.0}
        | {"m": 0.02, "dA": 0.95, "dB": 0.95},
        {
            "A": {"O": 0.5062162669253188, "v_truce": 0.49161463915250875, "accepts": False}
            | {"slack": -0.05621626692531873, "pressure_needed": 0.01460162777281006},
            "B": {"O": 0.2663320571982826, "v_truce": 0.31403801636755985, "accepts": True}
            | {"slack": 0.18366794280171736, "pressure_needed": 0.0},
        },
    ),
    (
        {"scenario": "pause_favours_B", "n": 12, "p": 0.55, "cA": 0.12, "cB": 0.2, "rA": 0.1, "zB": 0.15}
        | {"y0": 0.55, "xS": 0.57, "rhoT": 0.0, "rhoS": 1.0, "hT": 0.15, "hS": 0.02}
        | {"thetaT": 0.25, "thetaS": 0.25, "DT": -0.08, "DS": 0.0, "etaA": 0.0, "etaB": 0.0}
        | {"m": 0.02, "dA": 0.95, "dB": 0.95},
        {
            "A": {"O": 0.4730174954115032, "v_truce": 0.4294980191710856, "accepts": False}
            | {"slack": -0.16754998352560774, "pressure_needed": 0.04351947624041759},
            "B": {"O": 0.2592180347310364, "v_truce": 0.34631269794741776, "accepts": True}
            | {"slack": 0.33531445338306815, "pressure_needed": 0.0},
        },
    ),
]


@pytest.mark.parametrize(("case", "expected"), cases("T16_master_inequality", T16))
def test_master_inequality(case, expected):
    """T16: with a settlement in prospect, the alternative is that settlement, n rounds of war away."""
    scenario, _, where = truce_and_settlement(case, power="DS", n=case["n"], conventions={"alternative": "talks"})
    # The prospect is one settlement: no other share is on offer, nor that share with less to hold it.
    raw = scenario.model_dump()
    raw["issues"]["share"]["available"] = [str(case["xS"])]
    raw["issues"]["watch"]["available"] = [where[2]]
    prospect = Document(type(scenario).model_validate(raw), *where)
    wanted = [expected["A"]["O"], expected["B"]["O"]]
    assert pytest.approx(wanted, **CLOSE) == prospect.O

    # A document whose collapse returns to O, under the shift of the truce: war is replaced by the prospect.
    scenario, where, _ = truce_and_settlement(case, power="DT")
    raw = scenario.model_dump()
    for i, name in enumerate("AB"):
        r = prospect.r[i]
        raw["actors"][name]["reservation"] = number((prospect.O[i] + r) / (1 + r))
    truce = Document(type(scenario).model_validate(raw), *where)
    _check_truce(truce, expected)
    assert truce.accepts == [expected[name]["accepts"] for name in "AB"]


@pytest.mark.parametrize(
    ("case", "expected"),
    [c for c in cases("T16_master_inequality", T16) if c[0]["DT"] == c[0]["DS"]],
)
def test_master_inequality_in_one_table(case, expected):
    """T16 where truce and settlement move power alike: alternative, fallback and slack from the same table.

    The two documents are the two levels of one issue, so that the settlement in prospect is that of the case.
    """
    scenario, _, _ = truce_and_settlement(case, power="DT", n=case["n"], conventions={"alternative": "talks"})
    raw = scenario.model_dump()
    names = ("truce", "settlement")
    hazards = (case["hT"], case["hS"])
    tight = "settlement" if case["hS"] < case["hT"] else "truce"
    issue = {"levels": names, "kind": "categorical", "status_quo": "truce", "root_cause_of": "A"}
    issue |= {"enforcement": {tight: 1.0}, "time_to_settle": number(float(case["n"]))}
    raw["issues"] = {"document": issue}
    r, z = case["rA"], case["zB"]
    flows = {
        "A": [(x + r * rho) / (1 + r) for x, rho in ((case["y0"], case["rhoT"]), (case["xS"], case["rhoS"]))],
        "B": [(1 - x + z * (1 - rho)) / (1 + z) for x, rho in ((case["y0"], case["rhoT"]), (case["xS"], case["rhoS"]))],
    }
    for name, values in flows.items():
        actor = raw["actors"][name]
        actor |= {"salience": {"document": number(1.0)}, "position": {}, "beliefs": beliefs(hazards)}
        actor["values"] = {"document": dict(zip(names, map(number, values), strict=True))}
    document = Document.of(type(scenario).model_validate(raw), {"document": ("truce",)}, (r, z))
    assert pytest.approx([expected["A"]["O"], expected["B"]["O"]], **CLOSE) == document.O
    _check_truce(document, expected)
    assert document.accepts == [expected[name]["accepts"] for name in "AB"]


def _check_truce(document, expected):
    for i, name in enumerate("AB"):
        out = expected[name]
        assert document.v[i] == pytest.approx(out["v_truce"], **CLOSE)
        assert document.S[i] == pytest.approx(out["slack"], **CLOSE)
        assert max(0.0, document.O[i] - document.v[i]) == pytest.approx(out["pressure_needed"], **CLOSE)


def test_without_the_frills_it_is_ordinary_bargaining():
    """With no hazard, loss, shift or delay the value of a deal is its flow and the alternative is war."""
    scenario = dispute({"W": 0.3, "delta": 0.9}, {"W": 0.2, "delta": 0.8}, shares=(0.25, 0.5))
    document = Document(scenario, 0.25, 0.0)
    assert pytest.approx([0.25, 0.75], abs=1e-12) == document.V
    assert (document.worlds.value == document.worlds.flow).all()
    assert pytest.approx([0.3, 0.2], abs=1e-12) == document.O
    assert document.accepts == [False, True]
