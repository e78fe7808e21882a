"""A bridge as tellers take it: what it takes, with the words of its case."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from sim.bridges import ANY_DEAL, Bridge, GoalCheck, Point
from sim.evidence import Article
from sim.report.analysis_words import condition_words
from sim.scenario import Scenario
from sim.words import Proportion, Vocabulary, actor_title, duration, enumerated, percent, term_words


@dataclass(frozen=True)
class BridgeReport:
    """What is told about a bridge.

    article: the evidence; ``None`` for textbook cases
    spread:  what the spread of the endings comes from, if that was worked out
    widened: half-widths of stated ranges were multiplied by this
    folder:  where the results are kept; empty if nowhere
    """

    found: Bridge
    scenario: Scenario
    article: Article | None = None
    spread: Mapping[str, Any] | None = None
    widened: float = 1.0
    folder: str = ""

    @cached_property
    def words(self) -> Vocabulary:
        """What the case calls its endings."""
        return Vocabulary.of(self.scenario)

    @property
    def years(self) -> str:
        """After how long endings are looked at."""
        talks = self.scenario.talks
        return duration(talks.horizon_rounds * talks.round_years, talks.round_years)

    @property
    def wanted(self) -> str:
        """What is wanted, as a clause."""
        goal = self.found.goal
        if not goal.is_kind(self.scenario):
            return condition_words(goal.want, self.scenario)
        if goal.measure == "declared":
            return "some deal is signed" if goal.want == ANY_DEAL else f"{self.deal} is what is signed first"
        if goal.measure == "acceptable":
            return f"{self.any_of_them} is acceptable to all who must agree"
        return f"{self.any_of_them} is in force after {self.years}"

    @property
    def deal(self) -> str:
        """What is wanted, as a thing."""
        goal = self.found.goal
        return self.words.endings[goal.want].noun if goal.want in self.words.kinds else "a deal"

    @property
    def any_of_them(self) -> str:
        """The same where whichever of them will do."""
        return "some deal" if self.found.goal.want == ANY_DEAL else self.deal

    def actor(self, name: str) -> str:
        """What people call an actor."""
        return actor_title(self.scenario, name)

    def actors(self, names: Sequence[str], nobody: str = "") -> str:
        """Several actors, each once."""
        return enumerated([self.actor(name) for name in dict.fromkeys(names)]) or nobody

    def term(self, actor: str, term: str, share: float) -> str:
        """Say who is in the way, by what, and how often."""
        return f"{self.actor(actor)}: {term_words(self.scenario, term)} ({percent(share)})"

    def share(self, point: Point) -> Proportion:
        """Share of worlds in which a use of the levers brings what is wanted."""
        return Proportion(point.chance * self.found.draws, self.found.draws)

    def uses(self, point: Point) -> str:
        """Levers in use, and how far; empty if none is."""
        return enumerated([f"{self.scenario.levers[name].title} ({percent(use)})" for name, use in ordered_uses(point)])


def ordered_uses(point: Point) -> list[tuple[str, float]]:
    """Levers in use, those used most first."""
    return sorted(point.use.items(), key=lambda item: (-item[1], item[0]))


def checked_share(found: GoalCheck) -> Proportion:
    """The chance of what is wanted somewhere else."""
    return Proportion(found.chance * found.draws, found.draws)
