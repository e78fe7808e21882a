"""What every results folder keeps, whatever was asked: manifest, scenario, evidence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sim.ensemble.ask import Ask
from sim.evidence import Article
from sim.report.pieces import FigurePiece, Story
from sim.scenario import Scenario
from sim.store import Manifest, ask_again


@dataclass(frozen=True)
class ResultsFolder:
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

    def story(self, figures: Sequence[FigurePiece] = ()) -> Story:
        """Tell what was found, with the figures that were drawn."""
        raise NotImplementedError

    def _repr_html_(self) -> str:
        """The answer at a glance, in a notebook."""
        from sim.report.page.renderer import render_glance  # only notebooks need the templates here

        return render_glance(self.story(), self.folder.as_posix())


def read_kept(folder: Path, manifest: Manifest) -> ResultsFolder:
    """Read the copies of the inputs.

    Raises:  ResultsError if they are not there; InputError if they do not fit this version any more
    """
    return ResultsFolder(folder, manifest, ask_again(folder))
