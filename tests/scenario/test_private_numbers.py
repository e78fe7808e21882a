"""Numbers that an actor keeps to himself, and what he could be like instead."""

import numpy as np
import pytest

from sim.scenario import change, draw
from sim.scenario.private_numbers import private_numbers, secrets, typed_draws
from tests.shipped import shipped


def test_types_spread_over_the_range():
    """Eleven types take the middles of elevenths of each secret's distribution, each once; all else stays as drawn."""
    scenario = change(shipped("ceasefire"), {"actors.russia.private": ("war_cost", "patience")})
    draws = draw(scenario, np.arange(4))
    found = [typed_draws(scenario, draws, ["russia"], number, 11) for number in range(11)]
    for path in ("russia.war_cost", "russia.patience"):
        values = np.array([one[path] for one in found])
        assert (values == values[:, :1]).all()
        assert len(np.unique(values[:, 0])) == 11
    assert [len({tuple(one["ukraine.war_cost"]) for one in found})] == [1]
    costs = sorted(float(one["russia.war_cost"][0]) for one in found)
    assert costs[0] < float(np.median(costs)) < costs[-1]
    assert float(np.median(costs)) == pytest.approx(scenario.actors["russia"].war_cost.value, abs=0.02)


def test_what_others_depend_on_is_no_secret():
    """Power counts for others' wars, so it is never a secret; who names none keeps all his other numbers."""
    scenario = shipped("ceasefire")
    fields = {number.path.partition(".")[2] for number in private_numbers(scenario, "russia")}
    assert "war_cost" in fields
    assert not any(field.startswith(("power", "capability", "pressure")) for field in fields)
    assert secrets(scenario) == {}
