"""Whether red lines alone could ever bar every deal, or some deal crosses none however they are drawn."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from sim.ensemble import Rows
from sim.scenario import Scenario
from sim.scenario.draws import ends
from sim.table import DealSpace, Worlds, build, settled_parts


def lines_can_bar_all(scenario: Scenario) -> bool:
    """Whether red lines alone could ever bar every deal: each as firm as it may be, and wherever it may begin.

    Lines on an own value depend on numbers, so they may. Where some deal crosses no line however these are drawn, a
    share of worlds in which red lines alone stop everything is 0 by construction, and no finding.

    Example:
        >>> from sim.scenario import read_scenario
        >>> lines_can_bar_all(read_scenario("scenarios/pie"))
        False
    """
    every = [(name, label, line) for name, actor in scenario.actors.items() for label, line in actor.red_lines.items()]
    if any(line.own_value is not None for _, _, line in every):
        return True
    firm, fixed = [], {}
    for name, label, _ in every:
        path = f"{name}.red_lines.{label}"
        if max(ends(scenario, scenario.numbers[f"{path}.firmness"])) > 0:
            firm.append(path)
        fixed[f"{path}.firmness"] = float(path in firm)
    space = DealSpace.of(scenario)
    free = np.ones(len(space), bool)
    for where in _beginnings(scenario, firm):
        for worlds in _one_world(space, {**fixed, **where}):
            free &= worlds.table.agreed(worlds.permitted)[0]
    return not free.any()


def _beginnings(scenario: Scenario, firm: Sequence[str]) -> Iterator[dict[str, float]]:
    """Both ends of where the lines may begin."""
    for end in (0, 1):
        found = {}
        for path in firm:
            number = scenario.numbers.get(f"{path}.begins")
            if number is not None:
                found[number.path] = float(ends(scenario, number)[end])
        yield found


def _one_world(space: DealSpace, fixed: Mapping[str, float]) -> Iterator[Worlds]:
    """One world with these numbers."""
    rows = Rows(np.zeros(1, np.int64), fixed=dict(fixed))
    for part in settled_parts(space, rows.draws(space.scenario)):
        yield build(part.space, part.draws)
