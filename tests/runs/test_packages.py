"""Packages of which it is told who would sign them: the case's own, then those that overlays name."""

from sim.runs import run
from sim.runs.packages import add_packages
from sim.scenario.scenario import Scenario
from tests.shipped import shipped


def test_packages_of_an_overlay_are_told_in_the_base():
    """What an overlay names is told beside the own ones, once, if it is on offer in the base."""
    base = shipped("labour")
    issue, other = list(base.issues.items())[1]
    level = other.names[other.offered[-1]]
    raw = base.model_dump()
    raw["packages"] = {"fresh": {"title": "a fresh idea", "levels": {issue: level}}}
    overlay = Scenario.model_validate(raw)
    results, alone = run(base, 5), run(base, 5)
    add_packages(alone, base)
    add_packages(results, base, [overlay, overlay])
    own = [str(name) for name in alone["package"].values]
    assert [str(name) for name in results["package"].values] == [*own, "fresh"]
