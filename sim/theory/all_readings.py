"""Every equilibrium and solution, and how it is read on a case."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from sim.theory.assumption import WAR, Assumption, never
from sim.theory.in_conflict import IN_CONFLICT
from sim.theory.kept_or_broken import KEPT_OR_BROKEN
from sim.theory.many_sided import MANY_SIDED
from sim.theory.recommended import RECOMMENDED
from sim.theory.theory_reading import TheoryReading
from sim.theory.two_sided import TWO_SIDED

_UNIFORM: Final = never(
    "uniform-secret",
    "a stake is divided, and one side's cost of war may be anything up to a highest one, all as likely",
    "deals are lists of levels; screening-by-type asks the same of them, for any secret",
)
_ONE_LINE: Final = never(
    "one-line",
    "one line is drawn and one root cause is met in part",
    "deals are lists of levels; the same question is asked of them by stalemate-frontier and truce-or-settlement",
)
_STAND: Final = never(
    "standing-firm",
    "two stand firm until one gives way or both fight, and nobody makes another offer",
    "talks are about offers; what falling short of a promise costs enters by audience-cost",
)
_HOME: Final = never(
    "home-front",
    "known ratifiers at home set each side's least share",
    "domestic limits enter as red lines of the actor himself",
)
_SPLIT: Final = never(
    "split-issues",
    "two issues are divided one after the other, each by shares",
    "every deal settles all issues at once",
)
_CURVED: Final = never(
    "curved-worth",
    "worth is a power of the share",
    "payoffs are those of the case; the frontier of breakdown holds for any of them",
)

#: Theories that need what no case has: evaluate them on numbers of your own with ``sim solve``.
_ON_NUMBERS: Final[Mapping[str, Assumption]] = {
    "best-document": _ONE_LINE,
    "breakdown-curved": _CURVED,
    "crisis-ultimatum-two-types": _UNIFORM,
    "critical-salience": _ONE_LINE,
    "escalating-crisis": _STAND,
    "issue-by-issue": _SPLIT,
    "issue-by-issue-apart": _SPLIT,
    "ratification-floors": _HOME,
    "screening": _UNIFORM,
    "screening-while-fighting": _UNIFORM,
    "status-quo-bargaining": _UNIFORM,
    "talks-under-truce": _ONE_LINE,
}
#: Formulas that the core model is made of: they hold in every world and predict nothing of their own.
_INGREDIENTS: Final[Mapping[str, str]] = {
    "continuous-delay": "what waiting costs, for rounds without length",
    "continuous-durability": "what a document adds up to, for rounds without length",
    "truce-survival": "how long deals last",
}
#: Those that are part of it only where no deal means a war.
_INGREDIENTS_OF_WAR: Final[Mapping[str, str]] = {
    "battlefield-drift": "what fighting is worth while the front moves",
    "costly-lottery": "what a round of fighting costs in all",
    "power-shift": "how armies turn into chances",
}


def _never_read(name: str, need: Assumption) -> TheoryReading:
    return TheoryReading(name, "equilibrium", (), (need,))


#: All, in the order in which they are told: play by turns, conflict, recommendations, then what is not read.
READINGS: Final[tuple[TheoryReading, ...]] = (
    *TWO_SIDED,
    *MANY_SIDED,
    *IN_CONFLICT,
    *KEPT_OR_BROKEN,
    *RECOMMENDED,
    *(TheoryReading(name, "ingredient", (says,), ()) for name, says in _INGREDIENTS.items()),
    *(TheoryReading(name, "ingredient", (says,), (WAR,)) for name, says in _INGREDIENTS_OF_WAR.items()),
    *(_never_read(name, need) for name, need in _ON_NUMBERS.items()),
)
#: Names of those that can predict something.
READABLE: Final = tuple(reading.name for reading in READINGS if reading.predict is not None)


def _needs() -> tuple[Assumption, ...]:
    found = {need.name: need for reading in READINGS for need in reading.needs}
    return tuple(found.values())


#: Everything that is asked of a case, each once.
NEEDS: Final = _needs()


def find_reading(name: str) -> TheoryReading:
    """The reading of an equilibrium or solution.

    Raises:  KeyError for a name without one
    Example:
        >>> find_reading("rubinstein").kind
        'equilibrium'
    """
    return next(one for one in READINGS if one.name == name)
