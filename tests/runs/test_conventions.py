"""The usual alternatives apply to every case of the project."""

from pathlib import Path

import pytest

from sim.engine import talk_rules
from sim.ensemble.alternatives import alternatives
from sim.scenario import change, read_case

CASES = sorted(path.parent.name for path in (Path(__file__).parents[2] / "scenarios").glob("*/scenario.toml"))

#: Those that take longer are looked at with the slow tests.
LONG = {"coalition", "emission_standards", "summit", "treaty_articles"}


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=pytest.mark.slow) if name in LONG else name for name in CASES]
)
def test_every_alternative_can_be_played(name):
    """No alternative leaves settings behind that its rule does not know, as another acceptance rule did."""
    scenario = read_case(Path(__file__).parents[2] / "scenarios" / name).scenario
    found = list(alternatives(scenario))
    assert found
    for what, setting, changes in found:
        assert talk_rules(change(scenario, changes)) == [], (what, setting)
