"""Other evidence about a case, from its overlay to what is told; `sim update` and Python alike."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sim.ensemble.ask import Ask, ask
from sim.foundations.plain_data import plain_data
from sim.jobs.steps import Steps, silent
from sim.report.case_words import ToldCase
from sim.report.page.pictures import changes_picture, pieces_of
from sim.report.page.svg import Picture
from sim.report.pieces import Story
from sim.report.update_story import indicator_words, update_changes, update_shown, update_story, what_words
from sim.runs.other_evidence import Update, update
from sim.scenario import Case, asked_scenario
from sim.scenario.changed_places import new_claims


@dataclass(frozen=True)
class CaseUpdate:
    """What other evidence does to the answer of a case.

    asked:    the case with the overlay that brings the evidence, as it was asked
    found:    what moves, by which claim, and what to watch
    articles: titles of the articles that only the overlay names
    """

    asked: Ask
    found: Update
    articles: tuple[str, ...]

    @property
    def told(self) -> ToldCase:
        """The case as it is told, with all its articles."""
        return ToldCase(self.asked.scenario, self.asked.case.article)

    @property
    def story(self) -> Story:
        """Tell it."""
        return self.story_with(())

    def story_with(self, drawn: Sequence[Picture]) -> Story:
        """Tell it with its figures."""
        title = self.asked.scenario.title if not self.articles else "; ".join(self.articles)
        figures = pieces_of(drawn)
        return update_story(self.found, self.told, title=title, seed=self.asked.seed, figures=figures)

    def pictures(self) -> list[Picture]:
        """Draw what changes, for a page."""
        return changes_picture(update_shown(self.found, self.told))

    def to_json(self) -> dict[str, Any]:
        """What was found as plain data, with what people call it beside the names."""
        found: dict[str, Any] = plain_data(self.found)
        for effect, data in zip(self.found.effects, found["effects"], strict=True):
            data["about"] = [what_words(self.told, change) for change in effect.changes]
            data["changes"] = [
                {"path": change.path, "before": change.before, "after": change.after} for change in effect.changes
            ]
        for one, data in zip(self.found.watch, found["watch"], strict=True):
            data["words"] = indicator_words(one, self.told)
        found["changes"] = plain_data(update_changes(self.found, self.told))
        return {"case": self.asked.case.name, "with": self.asked.overlay, "articles": list(self.articles),
                "seed": self.asked.seed, **found}  # fmt: skip


def update_case(
    case: Case | str | Path,
    overlay: str | Path,
    draws: int | None = None,
    *,
    changes: Mapping[str, Any] | None = None,
    seed: str | None = None,
    protocol: str | None = None,
    widen: float | None = None,
    steps: Steps = silent,
) -> CaseUpdate:
    """Play a case as it stands and with the evidence that an overlay brings, and say what moves the answer.

    Args:
        overlay:  its name, or its file; its ``evidence`` names the article that came to it
        draws:    how many worlds; the scenario's own number by default
        changes:  dotted path -> new value, in both alike
        seed:     root of all random numbers
        protocol: rules of the talks
        widen:    half-widths of stated ranges times this
    Raises:  InputError with everything that is wrong in the files, or if the overlay changes nothing
    Example:
        >>> update_case("scenarios/pie", "scenarios/pie/overlays/none.toml")  # doctest: +SKIP
    """
    asked = ask(case, overlay=overlay, changes=changes, seed=seed, protocol=protocol, widen=widen, draws=draws)
    later, base = asked.case, asked.cases[1]
    found = update(
        base,
        later,
        asked.draws,
        changed=lambda scenario: asked_scenario(scenario, asked.changes, asked.widen),
        progress=steps("playing"),
    )
    return CaseUpdate(asked, found, _articles(base, later))


def _articles(base: Case, later: Case) -> tuple[str, ...]:
    new = new_claims(base, later)
    known = {name.partition(":")[0] for name in new}
    texts = later.article.texts if later.article is not None else {}
    return tuple(text.title for name, text in texts.items() if name.partition(":")[0] in known)
