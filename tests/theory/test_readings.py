"""Theories read on cases: what applies, what it predicts, and why the rest does not."""

import numpy as np
import pytest

from sim.ensemble import Design, play
from sim.equilibria import EQUILIBRIA, crisis_ultimatum, eraslan, rotating_proposer_shares
from sim.foundations.plain_data import plain_data
from sim.report.pieces import Sentence
from sim.report.theory_story import theory_sections
from sim.runs.theory_beside import READ_BY_THEORY, theories_of, theory_beside
from sim.scenario import Scenario, draw
from sim.solutions import SOLUTIONS
from sim.table import DealSpace, build
from sim.theory import NEEDS, READABLE, READINGS, read_theories
from tests.shipped import shipped

SURE = {"value": 1}


def worlds(scenario, draws=3):
    """The core model of some draws."""
    return build(DealSpace.of(scenario), draw(scenario, np.arange(draws)))


def said(scenario, name, draws=3):
    """(fails, chance, gains) of one theory."""
    found = read_theories(worlds(scenario, draws))
    place = READABLE.index(name)
    return found.fails[:, place], found.chance[:, place], found.gains[:, place]


def division(count, patience, sign=None):
    """``count`` parties who share one of two hundred parts; the last level gives everybody nothing."""
    steps = 20
    grid = [[a, b, steps - a - b] for a in range(steps + 1) for b in range(steps + 1 - a)][
        : 400 if count == 3 else None
    ]
    levels = ["-".join(map(str, one)) for one in grid]
    actors = {
        f"p{i}": {
            "patience": {"value": patience[i]},
            "reservation": {"value": 0},
            "salience": {"cake": SURE},
            "values": {"cake": {level: {"value": one[i] / steps} for level, one in zip(levels, grid, strict=True)}},
        }
        for i in range(count)
    }
    return Scenario(
        title="cake",
        default_assumed="a textbook",
        issues={"cake": {"kind": "categorical", "levels": levels, "status_quo": levels[0]}},
        actors=actors,
        talks={"round": "1 year", "rounds": 5, "horizon": 5, "sign": sign or {}},
    )


def crisis(low, high, cost=0.1, private=()):
    """Two sides and a prize; a year of war decides it, and what it costs the second is a range."""
    patience, power = {"value": 1e-9}, {"value": 0.5}

    def side(position, war):
        return {
            "patience": patience,
            "power": power,
            "war_cost": war,
            "salience": {"prize": SURE},
            "position": {"prize": {"value": position}},
        }

    return Scenario(
        title="crisis",
        default_assumed="a textbook",
        issues={"prize": {"kind": "numeric", "low": 0, "high": 1, "points": 201, "status_quo": 0.5}},
        actors={
            "A": side(1, {"value": cost}),
            "B": side(0, {"value": (low + high) / 2, "low": low, "high": high}) | {"private": private},
        },
        talks={"round": "1 year", "rounds": 3, "horizon": 3, "settings": {"offers": 1} if private else {}},
    )


def test_every_equilibrium_and_solution_is_read_once():
    """Whatever is registered says of every case whether it applies, and nothing is read twice."""
    names = [reading.name for reading in READINGS]
    assert sorted(names) == sorted([*EQUILIBRIA.names, *SOLUTIONS.names])
    assert len({need.name for need in NEEDS}) == len(NEEDS)


def test_needs_tell_what_is_so_instead():
    """Each need is a clause, and so is what is told where it is not met."""
    scenario = shipped("ceasefire")
    for need in NEEDS:
        assert need.says
        assert need.why(scenario)


def test_rubinstein_in_the_terms_of_the_pie():
    """The case of the textbook gets the number of the textbook: 5/7 at patience .9 and .8."""
    fails, chance, gains = said(shipped("pie"), "rubinstein")
    assert fails.tolist() == [-1] * 3
    assert chance.tolist() == [1.0] * 3
    assert gains[0] == pytest.approx([5 / 7, 2 / 7], abs=1e-9)


def test_rotating_proposer_in_the_terms_of_a_cake():
    """Three who must all agree get the stationary shares of the closed form, in the order in which they speak."""
    patience = [0.9, 0.8, 0.95]
    fails, _, gains = said(division(3, patience), "rotating-proposer")
    assert (fails == -1).all()
    assert gains[0] == pytest.approx(rotating_proposer_shares(patience), abs=1e-6)


def test_majority_in_the_terms_of_a_cake():
    """Two of three are enough: Eraslan's values, and Baron and Ferejohn's only for equals."""
    patience = [0.9, 0.8, 0.95]
    case = division(3, patience, {"rule": "k-of-n", "k": 2})
    fails, _, gains = said(case, "eraslan")
    assert (fails == -1).all()
    assert gains[0] == pytest.approx(eraslan([1 / 3] * 3, patience, 2).value, abs=1e-6)
    fails, _, _ = said(case, "baron-ferejohn")
    assert {NEEDS[code].name for code in fails} == {"equally-patient"}
    assert (said(division(3, [0.9] * 3, {"rule": "k-of-n", "k": 2}), "baron-ferejohn")[0] == -1).all()


def test_demand_under_doubt_in_the_terms_of_a_crisis():
    """A range of the other side's war cost is read as what is believed: Fearon's risk and demand."""
    fails, chance, _ = said(crisis(0.0, 0.4), "crisis-ultimatum")
    assert (fails == -1).all()
    expected = crisis_ultimatum(0.5, 0.1, 0.0, 0.4)
    assert 1 - chance[0] == pytest.approx(float(expected.war), abs=1e-6)


def test_a_known_cost_is_no_doubt():
    """Without a range of that cost the theory does not apply, and says so."""
    fails, chance, _ = said(crisis(0.2, 0.2), "crisis-ultimatum")
    assert {NEEDS[code].name for code in fails} == {"private-cost"}
    assert np.isnan(chance).all()


@pytest.mark.slow
def test_power_shift_closes_the_range():
    """Mechanisms are marked only in draws in which they are at work."""
    found = read_theories(worlds(shipped("ceasefire"), 40))
    place = READABLE.index("preventive-war")
    blocked = READABLE.index("bargaining-range")
    marked = found.marked[:, place].astype(bool)
    assert 0 < marked.sum() < 40
    assert found.marked[:, blocked].astype(bool)[marked].all()


def test_a_secret_in_the_terms_of_a_crisis():
    """Where B keeps its cost of war private the first offer is Fearon's gamble, on a grid of types; else all know."""
    fails, chance, gains = said(crisis(0.0, 0.4, private=["war_cost"]), "screening-by-type")
    assert fails.tolist() == [-1] * 3
    assert chance == pytest.approx(np.full(3, 1 - 0.375), abs=1 / 11)
    assert (gains > 0).all()
    fails, _, _ = said(crisis(0.0, 0.4), "screening-by-type")
    assert {NEEDS[int(one)].name for one in fails} == {"private-types"}


def test_a_tie_is_told_as_a_tie():
    """However a pie is divided, the sum is the same: the largest sum says nothing of who gets what, equal gains do."""
    case = shipped("pie")
    assert np.isnan(said(case, "utilitarian")[2]).all()
    assert said(case, "egalitarian")[2] == pytest.approx(0.5)
    predictions = theory_sections(theory_beside(case, 5), case)[0]
    told = [one.words for one in predictions.pieces if isinstance(one, Sentence)]
    assert any("Utilitarian does not say who gets what" in str(words) for words in told)


@pytest.mark.parametrize(("case", "war"), [("pie", False), ("ceasefire", True)])
def test_formulas_of_fighting_are_part_of_the_model_only_where_there_is_a_war(case, war):
    """A purchase is not told that armies turn into chances in every one of its worlds."""
    names = {one.name for one in theory_beside(shipped(case), 1, central=True).ingredients}
    assert "truce-survival" in names
    assert ({"battlefield-drift", "costly-lottery", "power-shift"} <= names) == war
    assert war or not names & {"battlefield-drift", "costly-lottery", "power-shift"}


@pytest.mark.slow
def test_theories_are_asked_only_in_worlds_that_count():
    """What is said of the worlds that fit is what comes of all of them, bit for bit; the others cost nothing."""
    case = shipped("ceasefire")
    every = play(Design.of_draws(case, 12), columns=READ_BY_THEORY)
    assert 0 < every["consistent"].values.sum() < 12
    assert plain_data(theory_beside(case, 12)) == plain_data(theories_of(every, case))
