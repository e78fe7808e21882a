"""Rules on what ties issues together: names, levels, and sums that say something."""

from __future__ import annotations

from collections.abc import Iterator

from sim.evidence import Place
from sim.foundations import Problem
from sim.scenario.limits import LimitedSum
from sim.scenario.naming import exact_level_problems, levels_problems, twice_problems, unknown_name
from sim.scenario.scenario import Scenario


def limit_problems(scenario: Scenario) -> Iterator[Problem]:
    """Everything that is wrong with forbidden combinations and with sums."""
    for index, found in enumerate(scenario.forbid):
        place: Place = ("forbid", index)
        if not found:
            yield Problem("a forbidden combination names no issue, so it would forbid every deal", place)
        for name, levels in found.items():
            if name not in scenario.issues:
                yield unknown_name("issue", name, scenario.issues, (*place, name))
                continue
            yield from levels_problems(name, scenario.issues[name], levels, (*place, name))
    for name, limited in scenario.sums.items():
        wrong = list(_of(scenario, limited, ("sums", name, "of")))
        yield from wrong or _out_of_reach(scenario, limited, ("sums", name))


def _of(scenario: Scenario, limited: LimitedSum, place: Place) -> Iterator[Problem]:
    for name, added in limited.of.items():
        where = (*place, name)
        issue = scenario.issues.get(name)
        if issue is None:
            yield unknown_name("issue", name, scenario.issues, where)
        elif isinstance(added, dict):
            for level in added:
                yield from exact_level_problems(name, issue, level, (*where, level))
            yield from twice_problems(name, issue, added, where)
        elif issue.kind != "numeric":
            yield Problem(
                f'issue "{name}" has no numbers that {added:g} could be a factor on',
                where,
                f'a number for each level: {{ "{issue.keys[0]}" = …, … }}',
            )


def _out_of_reach(scenario: Scenario, limited: LimitedSum, place: Place) -> Iterator[Problem]:
    """A sum that no deal on offer keeps, whatever else is forbidden."""
    own = [limited.amounts(name, scenario.issues[name])[list(scenario.issues[name].offered)] for name in limited.of]
    if not all(len(found) for found in own):
        return
    least, most = sum(float(found.min()) for found in own), sum(float(found.max()) for found in own)
    low, high = limited.ends
    if least > high + 1e-9 * max(1.0, abs(high)) or most < low - 1e-9 * max(1.0, abs(low)):
        key = "at_most" if least > high else "at_least"
        yield Problem(
            f"no deal keeps this sum: the levels on offer add up to {least:.12g} to {most:.12g}", (*place, key)
        )
