"""Numbers that move nothing: over its whole range such a number changes no array of table or play."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from sim.ensemble import Rows, play_block
from sim.foundations import Ints
from sim.scenario import Scenario
from sim.scenario.draws import ends
from sim.table import DealSpace, build, observe

Array = npt.NDArray[Any]
Arrays = Callable[[DealSpace, Rows], Iterator[Array]]

#: A handful of draws settles nearly every number; only those that did not move are looked at in all draws.
_FIRST: Final = 4


def dead_numbers(scenario: Scenario, draws: int = 64) -> tuple[str, ...]:
    """Return the paths of the numbers that change nothing on their way from the low to the high end.

    Looked at are, draw by draw and with the same luck: war payoffs, alternatives, the value of every deal to
    everybody, red lines, observations, and how talks and play come out. Numbers without a range are left out,
    they do not move; so are those that mirror another, which move with it.

    Args:
        draws: how many plausible worlds to look at; with few, what acts only in rare worlds is missed
    Returns:
        paths in the order of the file
    Raises:  InputError for a protocol, strategy or setting that does not exist
    Source:  one-at-a-time screening (Saltelli et al. 2008, ch. 2); the all-or-nothing reading is ours
    Example:
        >>> issue = {"levels": ["a", "b"], "status_quo": "a"}
        >>> sure, some = {"value": 0.9, "assumed": "toy"}, {"value": 0.5, "range": [0.2, 1], "assumed": "toy"}
        >>> actor = {"patience": sure, "salience": {"x": some}, "posture": some}
        >>> actor |= {"position": {"x": {"value": "b", "assumed": "toy"}}}
        >>> toy = Scenario(title="toy", issues={"x": issue}, actors={"p": actor, "q": actor})
        >>> dead_numbers(toy)  # with one issue its weight is 1, whatever its salience
        ('p.salience.x', 'q.salience.x')
    """
    space = DealSpace.of(scenario)
    still = [path for path, number in scenario.numbers.items() if number.quantity.spread]
    few = min(_FIRST, draws)
    for numbers in (np.arange(few), np.arange(few, draws)):
        for arrays in (_table, _play) if len(numbers) else ():
            still = [path for path in still if not _moves(space, path, numbers, arrays)]
    return tuple(still)


def _moves(space: DealSpace, path: str, numbers: Ints, arrays: Arrays) -> bool:
    """Whether the ends of a number's range make a difference in some draw."""
    scenario = space.scenario
    low, high = (arrays(space, Rows(numbers, fixed={path: end})) for end in ends(scenario, scenario.numbers[path]))
    return any(not np.array_equal(one, other) for one, other in zip(low, high, strict=True))


def _table(space: DealSpace, rows: Rows) -> Iterator[Array]:
    """What the table says, as far as anything is computed from it."""
    worlds = build(space, rows.draws(space.scenario))
    yield from (worlds.no_deal.value, worlds.alternative, worlds.payoff, worlds.permitted)
    yield observe(worlds).kept


def _play(space: DealSpace, rows: Rows) -> Iterator[Array]:
    """How talks and play come out."""
    outcome = play_block(space, rows).outcome
    yield from (outcome.deal, outcome.round, outcome.by, outcome.ending, outcome.held, outcome.utility)
