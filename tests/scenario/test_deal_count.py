"""Counts of deals, against an enumeration of all of them."""

import itertools
import tomllib

import hypothesis.strategies as st
import pytest
from hypothesis import given

from sim.scenario import Scenario, deal_count
from sim.scenario.deal_count import selected_count
from sim.table import DealSpace
from tests.scenario.small_case import SMALL

KINDS = ("truce", "partial", "settlement")


def made_of(shapes, follow):
    """A scenario whose issues have so many levels, offered levels, and are root causes or not."""
    issues = {}
    for index, (levels, offered, root) in enumerate(shapes):
        names = [f"l{level}" for level in range(levels)]
        issues[f"i{index}"] = {
            "levels": names,
            "status_quo": "l0",
            "available": names[:offered] if offered > 0 else names[offered:],
            "root_cause_of": "a" if root else None,
            "follow_on": {"l1": {"value": 0.1}} if follow == index else {},
        }
    actor = {"patience": {"value": 0.9}}
    return Scenario.model_validate({"title": "t", "issues": issues, "actors": {"a": actor, "b": actor}})


def enumerated(scenario):
    """Kind and levels of every deal, one by one."""
    issues = list(scenario.issues.values())
    for deal in itertools.product(*([issue.names[i] for i in issue.offered] for issue in issues)):
        pairs = list(zip(issues, deal, strict=True))
        roots = [level != issue.status_quo for issue, level in pairs if issue.root_cause_of]
        kind = "settlement" if all(roots) else "partial" if any(roots) else "truce"
        talks = any(issue.follow_on and level != issue.status_quo for issue, level in pairs)
        if not (roots and kind == "settlement" and talks):
            yield kind, deal


SHAPES = st.lists(st.tuples(st.integers(2, 4), st.sampled_from([-1, 1, 2]), st.booleans()), min_size=1, max_size=4)


@given(SHAPES, st.integers(0, 4))
def test_counts_equal_the_enumeration(shapes, follow):
    """By kind and in total, with and without root causes and follow-on talks."""
    scenario = made_of(shapes, follow)
    deals = list(enumerated(scenario))
    assert deal_count(scenario) == len(deals)
    for kind in KINDS:
        assert selected_count(scenario, (kind,), {}) == sum(found == kind for found, _ in deals)
        chosen = sum(found == kind and deal[0] in {"l0", "l2"} for found, deal in deals)
        levels = {"i0": tuple(name for name in ("l0", "l2") if name in scenario.issues["i0"].names)}
        assert selected_count(scenario, (kind,), levels) == chosen
    if deals:
        assert len(DealSpace.of(scenario)) == len(deals)


@pytest.mark.parametrize(("kind", "count"), [("truce", 72), ("partial", 0), ("settlement", 72)])
def test_kinds_of_the_small_case(kind, count):
    """3 lines, 2 colours, 6 prices; a truce with or without talks to follow, two settlements without."""
    scenario = Scenario.model_validate(tomllib.loads(SMALL))
    assert selected_count(scenario, (kind,), {}) == count
