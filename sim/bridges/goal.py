"""What is wanted, by which column, and how likely it shall be."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from sim.ensemble import label
from sim.ensemble.columns import columns_named
from sim.ensemble.condition import Condition, parse
from sim.ensemble.measures import measures_of
from sim.ensemble.named_outcomes import needed, outcome
from sim.ensemble.played_block import PlayedBlock
from sim.foundations import Bools, InputError, Ints, Problem, UnknownNameError
from sim.scenario import Scenario
from sim.scenario.kinds import by_root_causes, deal_kinds

#: Wanted where any kind of deal will do.
ANY_DEAL: Final = "any-deal"
#: By which column: in force at the horizon, signed first, or acceptable to all who must agree before anybody talks.
GOAL_MEASURES: Final = ("ending", "declared", "acceptable")


def usual_want(scenario: Scenario) -> str:
    """What is wanted unless somebody says otherwise: every root cause settled, or any deal where there are none."""
    return "settlement" if by_root_causes(scenario) else ANY_DEAL


@dataclass(frozen=True, slots=True)
class Goal:
    """What shall be as likely as asked: a kind of deal, or whatever a condition on outcomes says.

    want:     a kind of deal of the scenario, ``any-deal``, or a condition such as ``terms.price > 3.3e6 and signed``
    measure:  by which column a kind of deal counts, one of MEASURES
    at_least: the chance asked for, 0..1

    Raises:  UnknownNameError for another measure; InputError for a condition that makes no sense
    Example:
        >>> Goal("settlement").at_least, Goal("signed and held > 6").condition.names
        (0.5, ('signed', 'held'))
    """

    want: str = ANY_DEAL
    measure: str = "ending"
    at_least: float = 0.5

    def __post_init__(self) -> None:
        parse(self.want)
        if self.measure not in GOAL_MEASURES:
            raise UnknownNameError("measure", self.measure, GOAL_MEASURES)

    @property
    def condition(self) -> Condition:
        """What is wanted as a condition, where it is no kind of deal."""
        return parse(self.want)

    def is_kind(self, scenario: Scenario) -> bool:
        """Whether a kind of deal is wanted, or any."""
        return self.want in {*deal_kinds(scenario), ANY_DEAL}

    def require(self, scenario: Scenario) -> None:
        """Refuse what the scenario cannot bring.

        Raises:  UnknownNameError for a kind of deal or an outcome that it does not have, with the nearest
        """
        if self.is_kind(scenario):
            return
        try:
            (found, *_) = measures_of(scenario, [self.want])
        except InputError as error:
            if self.condition.names == (self.want,):
                raise UnknownNameError("ending", self.want, (*deal_kinds(scenario), ANY_DEAL)) from error
            raise
        if found.text != self.want.strip():
            said = f'"{self.want}" is a quantity: say what of it is wanted'
            raise InputError(Problem(said, allowed=f"a condition such as {found.text}"))

    def kinds(self, scenario: Scenario) -> Ints:
        """Codes of the kinds of deal that are wanted: any of them where a condition is."""
        kinds = deal_kinds(scenario)
        return np.array([kinds.index(self.want)]) if self.want in kinds else np.arange(len(kinds))

    def states(self, scenario: Scenario) -> bool:
        """Whether the state at the end of every round is asked about."""
        return not self.is_kind(scenario) and any(column.states for column in columns_named(self._needed()))

    def reached(self, played: PlayedBlock) -> Bools:
        """(B,) whether a draw brings what is wanted."""
        if not self.is_kind(played.scenario):
            columns = columns_named(self._needed())
            arrays = {column.name: column.read(played) for column in columns}
            results = label(played.worlds.space, arrays, played.rows)
            condition = self.condition
            return condition({name: outcome(results, name) for name in condition.names})
        kinds = self.kinds(played.scenario)
        if self.measure == "acceptable":
            return np.asarray(played.classes.exists[:, kinds].any(axis=1))
        return np.isin(getattr(played.outcome, self.measure), kinds)

    def _needed(self) -> set[str]:
        return {need for name in self.condition.names for need in needed(name)}
