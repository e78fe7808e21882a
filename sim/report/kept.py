"""What every results folder keeps, whatever was asked: manifest, scenario, evidence."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sim.evidence import Article
from sim.foundations import ResultsError
from sim.scenario import Case, Scenario, asked_scenario, read_case
from sim.store import Manifest


@dataclass(frozen=True)
class Kept:
    """A results folder read back, without the original files.

    folder:   where it was found
    manifest: what was asked
    scenario: what was played, with what the command line changed
    article:  the evidence; ``None`` for textbook cases
    overlays: names of the overlays beside the copied scenario
    """

    folder: Path
    manifest: Manifest
    scenario: Scenario
    article: Article | None
    overlays: tuple[str, ...]

    @property
    def assumed_count(self) -> int:
        """How many numbers rest on no claim."""
        return sum(not number.quantity.grounded for number in self.scenario.numbers.values())

    def _repr_html_(self) -> str:
        """The answer at a glance, in a notebook."""
        from sim.report.page.glimpse import glimpse

        return glimpse(self)


def read_kept(folder: Path, manifest: Manifest) -> Kept:
    """Read the copies of the inputs.

    Raises:  ResultsError if they are not there; InputError if they do not fit this version any more
    """
    case = _case(folder, manifest)
    scenario = asked_scenario(case.scenario, manifest.changes, manifest.widen)
    return Kept(folder, manifest, scenario, case.article, case.overlays)


def _case(folder: Path, manifest: Manifest) -> Case:
    if not manifest.inputs:
        raise ResultsError(f"{folder} holds no copies of what was run; run it again")
    copies = [folder / item["copy"] for item in manifest.inputs]
    missing = [path for path in copies if not path.is_file()]
    if missing:
        raise ResultsError(f"{missing[0]} is missing: the folder is not whole; run it again")
    overlay = next((path for path in copies[1:] if path.stem == manifest.overlay), None)
    return read_case(copies[0], overlay=overlay)
