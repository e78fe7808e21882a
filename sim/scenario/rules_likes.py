"""Rules on numbers that are the worth of a deal: the deal is one that the case knows."""

from __future__ import annotations

from collections.abc import Iterator

from sim.evidence import Place
from sim.foundations import Problem
from sim.scenario.naming import level_problems, named_ends, unknown_name
from sim.scenario.own_value import STATUS_QUO, whose
from sim.scenario.scenario import Scenario


def like_problems(scenario: Scenario) -> Iterator[Problem]:
    """Deals with issues, levels or actors that there are not, and numbers that are no own value."""
    for number in scenario.numbers.values():
        like, place = number.quantity.like, number.place
        if like is None:
            continue
        if number.issue is not None or not _own_value(place) or whose(number) not in scenario.actors:
            yield Problem("like stands for an own value: of no deal, or of a red line", (*place, "like"))
        elif isinstance(like, str):
            if like != STATUS_QUO and like not in scenario.actors:
                known = [*scenario.actors, STATUS_QUO]
                yield unknown_name("actor", like, known, (*place, "like"))
            elif like != STATUS_QUO and not scenario.actors[like].position:
                yield Problem(f'"{like}" has no positions, so it offers nothing', (*place, "like"))
        else:
            for name, level in like.items():
                where: Place = (*place, "like", name)
                if name not in scenario.issues:
                    yield unknown_name("issue", name, scenario.issues, where)
                    continue
                for end, at in named_ends(level, where):
                    yield from level_problems(name, scenario.issues[name], end, at)


def _own_value(place: Place) -> bool:
    return place[-1] in {"reservation", "own_value"} or place[:2] == ("no_deal", "worth")
