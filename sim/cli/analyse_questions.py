"""The questions of `sim analyse`, each played or looked up as it needs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sim.cli.hiring import hired
from sim.cli.progress import progress

if TYPE_CHECKING:
    import xarray as xr

    from sim.ensemble import Progress
    from sim.scenario import Case, Scenario

#: Base points from which on other processes are worth their start.
_LARGE: Final = 256


@dataclass(frozen=True)
class Indices:
    """How Sobol indices are asked for.

    by:        number, actor or claim
    draws:     base points, rounded up to a power of two; ``None``: as many as it takes
    precision: how well the leading ones shall be known
    stories:   how many may be told
    workers:   processes; ``None``: one for each core if the design is large, none if it is small
    second:    second-order indices too
    screened:  many inputs are screened first
    """

    by: str
    draws: int | None
    precision: float
    stories: int
    workers: int | None
    second: bool
    screened: bool

    def play(self, scenario: Scenario, wanted: tuple[str, ...], step: Progress) -> xr.Dataset:
        """Play the design, in other processes if that pays."""
        from sim.report.questions import play_question

        base = None if self.draws is None else 1 << (self.draws - 1).bit_length()
        small = self.stories < 20 * _LARGE if base is None else base < _LARGE
        with hired(self.workers, small=small) as executor:
            return play_question(
                "sobol",
                scenario,
                base,
                wanted,
                by=self.by,
                second=self.second,
                screened=self.screened,
                precision=self.precision,
                stories=self.stories,
                executor=executor,
                progress=step,
            )


def play_design(
    scenario: Scenario, question: str, wanted: tuple[str, ...], draws: int | None, indices: Indices
) -> xr.Dataset:
    """Play the design that a question needs; Sobol indices as they were asked for."""
    from sim.report.questions import play_question

    with progress() as told:
        step = told(question)
        if question == "sobol":
            return indices.play(scenario, wanted, step)
        return play_question(question, scenario, draws, wanted, progress=step)


def name_claims(found: xr.Dataset, case: Case) -> None:
    """Say what people call the claims that were left out, where figures and tables can read it."""
    from sim.words import claim_title

    if found.attrs["method"] == "leave-one-out":
        claims = [str(name) for name in found["setting"].values[1:]]
        found.attrs["claim_titles"] = [claim_title(case.article, name) for name in claims]


def play_worlds(scenario: Scenario | None, draws: int | None) -> xr.Dataset:
    """Play the worlds of a plain run."""
    from sim.experiments import run

    assert scenario is not None
    with progress() as told:
        return run(scenario, draws, progress=told("playing"))
