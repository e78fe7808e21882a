"""The questions of `sim analyse`, each played or looked up as it needs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sim.cli.hiring import hired
from sim.cli.progress import progress

if TYPE_CHECKING:
    import xarray as xr

    from sim.experiments.sensitivity.evaluate import Progress
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
        from sim.experiments.sensitivity import sobol

        base = None if self.draws is None else 1 << (self.draws - 1).bit_length()
        small = self.stories < 20 * _LARGE if base is None else base < _LARGE
        with hired(self.workers, small=small) as executor:
            return sobol(
                scenario,
                base,
                by=self.by,
                of=wanted,
                second=self.second,
                screened=self.screened,
                precision=self.precision,
                stories=self.stories,
                executor=executor,
                progress=step,
            )


def play_design(
    scenario: Scenario, method: str, wanted: tuple[str, ...], draws: int | None, indices: Indices
) -> xr.Dataset:
    """Play the design that a method of sensitivity needs."""
    from sim.experiments.sensitivity import flip_distances, morris, tornado

    with progress() as told:
        step = told(method)
        if method == "sobol":
            return indices.play(scenario, wanted, step)
        if method == "morris":
            return morris(scenario, draws or 50, of=wanted, progress=step)
        if method == "tornado":
            return tornado(scenario, draws or 200, of=wanted, progress=step)
        return flip_distances(scenario, draws or 100, of=wanted, progress=step)


def play_again(scenario: Scenario, question: str, wanted: tuple[str, ...], draws: int | None) -> xr.Dataset:
    """Answer a question about the encoding, or about where the spread comes from."""
    from sim.experiments.robustness import leave_one_claim_out, null_coding, split_spread

    with progress() as told:
        step = told(question)
        if question == "spread":
            return split_spread(scenario, draws or 100, of=wanted, progress=step)
        if question == "null-coding":
            return null_coding(scenario, draws or 500, of=wanted, progress=step)
        return leave_one_claim_out(scenario, draws or 300, of=wanted, progress=step)


def name_claims(found: xr.Dataset, case: Case) -> None:
    """Say what people call the claims that were left out, where figures and tables can read it."""
    from sim.scenario import claim_title

    if found.attrs["method"] == "leave-one-out":
        claims = [str(name) for name in found["setting"].values[1:]]
        found.attrs["claim_titles"] = [claim_title(case.article, name) for name in claims]


def play_worlds(scenario: Scenario | None, draws: int | None) -> xr.Dataset:
    """Play the worlds of a plain run."""
    from sim.experiments import run

    assert scenario is not None
    with progress() as told:
        return run(scenario, draws, progress=told("playing"))


def look_at(
    results: xr.Dataset,
    scenario: Scenario | None,
    method: str,
    wanted: tuple[str, ...],
    condition: str | None,
    *,
    only_consistent: bool,
) -> xr.Dataset:
    """Answer a question from draws or points that are there."""
    from sim.experiments.discovery.discover import discover
    from sim.experiments.discovery.points import points_of
    from sim.experiments.measures import measured, measures
    from sim.experiments.robustness import posterior
    from sim.experiments.sensitivity import given_data

    if method == "posterior":
        return posterior(results)
    seed = str(results.attrs.get("seed", "0"))
    points = points_of(results, "consistent" if only_consistent else "all")
    if only_consistent:
        points = points.select(points.kept)
    if method == "discover":
        found = discover(points, str(condition), scenario, seed=seed)
    else:
        texts = wanted or tuple(f"ending == {name}" for name in points.columns["ending"].names)
        parsed = measures(texts)
        found = given_data(
            method, points.inputs, measured(points.columns, parsed), points.names, [m.text for m in parsed], seed=seed
        )
    found.attrs["title"] = str(results.attrs.get("title", ""))
    found.attrs["noun"] = "points" if "axes" in results.attrs else "worlds"
    found.attrs["consistent_only"] = int(only_consistent)
    found.attrs["fitting"] = int(points.kept.sum())
    return found
