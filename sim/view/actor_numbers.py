"""Numbers of an actor on an issue, as a table of positions, weights and red lines shows them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sim.scenario import Scenario
from sim.view.sliders import movable
from sim.words import line_title


@dataclass(frozen=True)
class ActorNumber:
    """One number of an actor on an issue.

    path:  its dotted path
    words: what it is, where the issue alone does not say so
    free:  whether it has a range to move in
    shown: how it stands in the file
    """

    path: str
    words: str
    free: bool
    shown: str


def table_cells(scenario: Scenario, actor: str, issue: str, aspect: str) -> tuple[ActorNumber, ...]:
    """Find the numbers of an actor on an issue: one position or weight, or one for each red line and its firmness."""
    free = set(movable(scenario))
    return tuple(
        ActorNumber(path, words, path in free, scenario.numbers[path].quantity.words())
        for path, words in _paths(scenario, actor, issue, aspect)
        if path in scenario.numbers
    )


def _paths(scenario: Scenario, actor: str, issue: str, aspect: str) -> Iterator[tuple[str, str]]:
    if aspect != "red_lines":
        yield f"{actor}.{aspect}.{issue}", ""
        return
    lines = [name for name, line in scenario.actors[actor].red_lines.items() if line.issue == issue]
    for name in lines:
        # The column names the issue already; only several lines on it need telling apart.
        title = f"{line_title(scenario, actor, name)}: " if len(lines) > 1 else ""
        yield f"{actor}.red_lines.{name}.begins", f"{title}begins at"
        yield f"{actor}.red_lines.{name}.firmness", f"{title}how often it is hard"
