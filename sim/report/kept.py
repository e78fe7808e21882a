"""What every results folder keeps, whatever was asked: manifest, scenario, evidence."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sim.ensemble.ask import Ask
from sim.evidence import Article
from sim.scenario import Scenario
from sim.store import Manifest, ask_again


@dataclass(frozen=True)
class Kept:
    """A results folder read back, without the original files.

    folder:   where it was found
    manifest: the record of what was asked and done
    asked:    what was asked, of the copies of its files
    """

    folder: Path
    manifest: Manifest
    asked: Ask

    @property
    def scenario(self) -> Scenario:
        """What was played, with what was changed."""
        return self.asked.scenario

    @property
    def article(self) -> Article | None:
        """The evidence; ``None`` for textbook cases."""
        return self.asked.case.article

    @property
    def overlays(self) -> tuple[str, ...]:
        """Names of the overlays beside the copied scenario."""
        return self.asked.case.overlays

    @property
    def assumed_count(self) -> int:
        """How many numbers rest on no claim."""
        return self.scenario.grounds["assumed"]

    def _repr_html_(self) -> str:
        """The answer at a glance, in a notebook."""
        from sim.report.page.glimpse import glimpse

        return glimpse(self)


def read_kept(folder: Path, manifest: Manifest) -> Kept:
    """Read the copies of the inputs.

    Raises:  ResultsError if they are not there; InputError if they do not fit this version any more
    """
    return Kept(folder, manifest, ask_again(folder))
