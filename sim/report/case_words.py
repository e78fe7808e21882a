"""What a case is called when it is told: its actors, issues, levels, times and outcomes."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Final

from sim.evidence import Article
from sim.scenario import Scenario
from sim.words import Vocabulary, actor_title, duration, issue_title, level_title

#: Said of a level that is the status quo, unless it is called so.
AS_IT_IS: Final = "as it is"


class CaseWords:
    """A case as tellers name it, whatever was found out about it.

    scenario: the case
    """

    scenario: Scenario

    @cached_property
    def words(self) -> Vocabulary:
        """What the case calls its endings, kinds of deal and states."""
        return Vocabulary.of(self.scenario)

    def actor(self, name: str) -> str:
        """What people call an actor."""
        return actor_title(self.scenario, name)

    def issue(self, name: str) -> str:
        """What people call an issue."""
        return issue_title(self.scenario, name)

    def level(self, issue: str, level: str) -> str:
        """Name a level of an issue, and say whether it is how things stand."""
        title = level_title(self.scenario, issue, level)
        now = level == self.scenario.issues[issue].status_quo_key and title != AS_IT_IS
        return f"{title} ({AS_IT_IS})" if now else title

    def duration(self, years: float) -> str:
        """Write a length of time of the case, in weeks where it is counted in weeks."""
        return duration(years, self.scenario.talks.round_years)


@dataclass(frozen=True)
class ToldCase(CaseWords):
    """A case of which something is told that is no run.

    article: the evidence; ``None`` for textbook cases
    """

    scenario: Scenario
    article: Article | None = None
