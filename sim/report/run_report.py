"""A run as tellers take it: the answer, with the words of its case and what its numbers rest on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from sim.evidence import Article
from sim.report.answer import Answer
from sim.report.case_words import CaseWords
from sim.report.pieces import Cell, interval_numbers
from sim.scenario import Scenario
from sim.words import Proportion, percent

#: Fewer worlds than this leave shares to chance.
FEW = 100


@dataclass(frozen=True)
class RunReport(CaseWords):
    """What is told about a run.

    article:    the evidence; ``None`` for textbook cases
    importance: path -> share of the variation in the ending that the number explains alone; empty if not worked out
    overlays:   whether the case has overlays
    chance:     what the best of as many numbers without influence would explain one time in 20, 0..1
    """

    answer: Answer
    scenario: Scenario
    article: Article | None = None
    importance: Mapping[str, float] = field(default_factory=dict)
    overlays: bool = False
    chance: float = 0.0

    @property
    def telling(self) -> dict[str, float]:
        """The numbers of ``importance`` that explain more than chance may."""
        return {path: share for path, share in self.importance.items() if share > 0 and share >= self.chance}

    def share(self, found: Proportion) -> str:
        """Write a share with its interval, without one where chance has no part."""
        return percent(found.share) if self.answer.subject.deterministic else str(found)

    def share_cell(self, found: Proportion) -> Cell:
        """Return the same as a cell."""
        sure = self.answer.subject.deterministic or self.answer.subject.central
        return Cell(self.share(found), found.share, numbers={} if sure else interval_numbers(found))

    @property
    def worlds(self) -> str:
        """The draws that the run_headline speaks of."""
        found = self.answer
        if found.group == "consistent":
            return f"the {found.consistent.draws:,} of {found.subject.draws:,} drawn worlds that fit what was observed"
        return f"{found.subject.draws:,} drawn worlds" if found.subject.draws > 1 else "the one world drawn"

    @property
    def these_worlds(self) -> str:
        """The same in fewer words."""
        if self.answer.group == "consistent":
            return f"the {self.answer.told.draws:,} worlds that fit what was observed"
        return "the worlds"

    @property
    def without_deal(self) -> tuple[str, ...]:
        """Endings in which no deal is in force."""
        return tuple(code for code in (self.words.never, self.words.broken) if code)
