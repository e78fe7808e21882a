"""Terms of the surplus: each is what its own number adds or takes, and together they are the whole."""

import numpy as np
import pytest

from sim.scenario import draw
from sim.table import DealSpace, build, surplus
from tests.engine.staged import with_numbers
from tests.table.dispute import dispute, number

NUMBERS = np.arange(40)
SIDES = {"W": 0.3, "grievance": 0.5, "delta": 0.9}, {"W": 0.2, "grievance": 0.2, "delta": 0.8}


def with_line(**fixed):
    """A will not have less than half; whether he means it is a toss, and where he does not it costs him something."""
    line = {"issue": "share", "levels": ["0.0"], "firmness": number(0.5), "cost": number(0.3, 0.1, 0.5)}
    scenario = with_numbers(dispute(*SIDES, m=0.1), {"actors.A.red_lines.half": line})
    return build(DealSpace.of(scenario), draw(scenario, NUMBERS, fixed=fixed))


def test_a_soft_line_costs_what_is_missing_with_it_and_a_hard_one_forbids():
    """Where the line is soft its term is all that changes when it is free; where it is hard it has no term."""
    worlds, free = with_line(), with_line(**{"A.red_lines.half.cost": 0.0})
    (line,) = worlds.red_lines
    assert 5 < line.hard.sum() < 35
    for deal in range(len(worlds.space)):
        found, without = (surplus(one, np.full(len(NUMBERS), deal)) for one in (worlds, free))
        term = found.parts[:, 0, found.terms.index("soft red lines")]
        np.testing.assert_allclose(term, found.total[:, 0] - without.total[:, 0], atol=1e-12)
        assert ((term < -1e-3) == (line.crossed[:, deal] & ~line.hard)).all()
        assert not term[line.hard].any()
        assert np.array_equal(found.parts[:, 1], without.parts[:, 1])
        others = [n for n, name in enumerate(found.terms) if name != "soft red lines"]
        np.testing.assert_allclose(found.parts[:, 0, others], without.parts[:, 0, others], atol=1e-12)


@pytest.mark.parametrize("years", [0, 3])
def test_an_issue_is_worth_its_weight_times_its_gain_once_it_is_in_force(years):
    """Weights 1 and r over 1 + r, discounted by patience and the risk of arms; what nobody minds is worth nothing."""
    scenario = dispute(*SIDES, m=0.1, years_to_settle=float(years))
    worlds = build(DealSpace.of(scenario), draw(scenario, np.arange(1)))
    best = np.flatnonzero(worlds.space.select((), {"share": ("1.0",), "causes": ("1.0",)}))
    found = surplus(worlds, best[:1])
    by_name = dict(zip(found.terms, found.parts[0].T, strict=True))
    late = np.array([0.9 * 0.9, 0.9 * 0.8]) ** years
    np.testing.assert_allclose(by_name["share"], late * [1 / 1.5, -1 / 1.2])
    np.testing.assert_allclose(by_name["causes"], late * [0.5 / 1.5, -0.2 / 1.2])
    assert not by_name["watch"].any()
    np.testing.assert_allclose(by_name["interaction of issues"], 0, atol=1e-12)
    np.testing.assert_allclose(found.parts.sum(axis=2), found.total)
