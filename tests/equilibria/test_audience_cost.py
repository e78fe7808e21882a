"""Promises made in public."""

import numpy as np
import pytest

from sim.equilibria import audience_cost
from sim.scenario import draw
from sim.table import DealSpace, build, surplus
from sim.theory.all_readings import find_reading
from sim.theory.case_facts import CaseFacts
from tests.engine.staged import with_numbers
from tests.table.dispute import dispute, number

#: A stake cut into two hundredths.
FINE = tuple(np.linspace(0, 1, 201).round(4).tolist())


def test_the_least_share_rises():
    """A promise of .6 raises the least share from .43 to .4725 where peace weighs .3 and each point costs .1."""
    assert float(audience_cost(0.43, 0.6, 0.1, 0.3)) == pytest.approx(0.4725)
    assert float(audience_cost(0.43, 0.4, 1.0, 0.8)) == 0.43


def test_at_the_least_share_the_side_is_indifferent():
    """What the document is worth above war pays exactly for what falls short; without limit the promise is kept."""
    slope = np.array([0.0, 0.1, 1.0, 1e9])
    share = audience_cost(0.4, 0.7, slope, 0.5)
    assert 0.5 * (share - 0.4) == pytest.approx(slope * (0.7 - share), abs=1e-6)
    assert (np.diff(share) > 0).all()
    assert share[-1] == pytest.approx(0.7)


@pytest.mark.parametrize(("promise", "slope"), [(0.6, 0.2), (0.8, 0.1), (0.3, 0.5)])
def test_the_least_share_in_a_case(promise, slope):
    """Of a stake cut fine, whoever promised more at home signs from the share on that the formula names."""
    ends = {"delta": 0.9, "grievance": 0.0}
    scenario = dispute({"W": 0.4, **ends}, {"W": 0.2, **ends}, hazards=(0.2, 0.2), shares=FINE)
    audience = {"promise": number(promise), "slope": number(slope)}
    scenario = with_numbers(scenario, {"actors.A.audience": audience})
    space = DealSpace.of(scenario)
    worlds = build(space, draw(scenario, np.arange(1)))
    shares = worlds.flow[0, 0, worlds.accepts[0, 0]]
    peace = 1 - float(worlds.weights.omega[0, 0, 0])
    assert shares.min() == pytest.approx(float(audience_cost(0.4, promise, slope, peace)), abs=1 / 200)
    reading = find_reading("audience-cost")
    assert reading.applies(CaseFacts(worlds)).all()


def test_a_promise_can_leave_no_deal():
    """What each promised alone leaves nothing that both would sign, and theory says so of the case."""
    ends = {"delta": 0.9, "grievance": 0.0}
    scenario = dispute({"W": 0.3, **ends}, {"W": 0.3, **ends}, hazards=(0.0, 0.0), shares=FINE)
    facts = CaseFacts(build(DealSpace.of(scenario), draw(scenario, np.arange(1))))
    assert facts.any_deal.all()
    audience = {f"actors.{name}.audience": {"promise": number(0.9), "slope": number(2.0)} for name in "AB"}
    scenario = with_numbers(scenario, audience)
    facts = CaseFacts(build(DealSpace.of(scenario), draw(scenario, np.arange(1))))
    assert not facts.any_deal.any()
    assert find_reading("audience-cost").predict(facts).marked.all()
    surplus_of = surplus(facts.worlds, np.array([0]))
    assert surplus_of.parts.sum(axis=2) == pytest.approx(surplus_of.total)
    assert surplus_of.parts[0, 1, surplus_of.terms.index("audience")] <= 0
