"""The spread of the ending split into evidence (ranges), model (protocol, conventions) and luck (talks, collapse)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

import numpy as np
import xarray as xr

from sim.ensemble import Progress, Rows
from sim.ensemble.alternatives import alternatives
from sim.ensemble.complete import require_complete
from sim.ensemble.condition import Condition
from sim.ensemble.evaluate import evaluate
from sim.ensemble.measures import measured, measures_of
from sim.foundations import Floats, Ints
from sim.foundations.dice import stream_key
from sim.scenario import Scenario
from sim.scenario.changes import change
from sim.words import Z

#: Parts of the spread, in the order of tables.
PARTS: Final = ("evidence", "model", "evidence and model together", "luck")

#: Gives the numbers of some worlds that are moved away from their draws: scenario, worlds -> path -> values.
Moves = Callable[[Scenario, Ints], Mapping[str, float | Floats]]


@dataclass(frozen=True)
class _Told:
    """Worlds told several times each, with luck that no other variant shares.

    variant: which variant this is, out of how many
    moves:   gives the numbers of some worlds that are not as they are drawn, by path
    """

    worlds: int
    repeats: int
    variant: int
    variants: int
    moves: Callable[[Ints], Mapping[str, float | Floats]]

    @property
    def points(self) -> int:
        return self.worlds * self.repeats

    def rows(self, start: int, stop: int) -> Rows:
        world, repeat = np.divmod(np.arange(start, stop), self.repeats)
        luck: Ints = (world * self.variants + self.variant) * self.repeats + repeat
        return Rows(world, luck, fixed=self.moves(world))


def split_spread(
    scenario: Scenario,
    worlds: int = 100,
    repeats: int = 4,
    *,
    of: Sequence[str] = (),
    conventions: bool = True,
    moves: Moves | None = None,
    progress: Progress | None = None,
) -> xr.Dataset:
    """Tell the story of the same worlds several times under every convention, and split the variance.

    A world is a draw of all numbers and of which red lines are hard; luck is everything that talks, arms,
    collapses and conversions decide by chance. The variants are the scenario as it stands and the usual
    alternatives of ``sim run --conventions``, each counted alike; so the part of the model depends on how many
    alternatives one thinks of, and is a floor if some are missing.

    Args:
        worlds:      worlds, all drawn from the prior
        repeats:     stories of each world under each variant, at least 2
        of:          conditions whose indicators are split; endings and others by default
        conventions: whether to vary the model; without it its parts are 0
        moves:       numbers that are moved away from their draws, of a variant of the scenario in some worlds
    Returns:
        part and half (part, measure): share of the variance, 0..1, and half the width of its 95 % interval over
        worlds; total (measure); the measure "ending (all)" sums over the endings. mean (variant, measure)
    Raises:  IncompleteError if a story failed
    Source:  law of total variance, estimated by the two-way layout with replication (Searle, Casella &
        McCulloch 1992, ch. 4), variants fixed and worlds random
    """
    changed = list(alternatives(scenario)) if conventions else []
    variants = [scenario, *(change(scenario, changes) for _, _, changes in changed)]
    names = ["as written", *(f"{name}: {setting}" for name, setting, _ in changed)]
    wanted = measures_of(scenario, of)
    cells = np.empty((worlds, len(variants), repeats, len(wanted)))
    for v, variant in enumerate(variants):
        move = partial(moves or _unmoved, variant)
        outcomes = tell(variant, worlds, repeats, wanted, variant=(v, len(variants)), moves=move)
        require_complete(outcomes.reshape(worlds * repeats, -1), "the split of the spread")
        cells[:, v] = outcomes
        if progress is not None:
            progress(v + 1, len(variants))
    found = variance_parts(cells, [m.text for m in wanted], sums=ending_columns(wanted), seed=scenario.seed)
    found["mean"] = (("variant", "measure_alone"), cells.mean(axis=(0, 2)))
    found = found.assign_coords(variant=names, measure_alone=[m.text for m in wanted])
    found.attrs |= {"method": "spread", "worlds": worlds, "repeats": repeats, "title": scenario.title}
    found.attrs |= {"variants": len(variants), "evaluations": cells[..., 0].size, "failed": 0}
    return found


def tell(
    scenario: Scenario,
    worlds: int,
    repeats: int,
    wanted: Sequence[Condition],
    *,
    variant: tuple[int, int],
    moves: Callable[[Ints], Mapping[str, float | Floats]],
) -> Floats:
    """(W, R, M) whether conditions hold in stories of the same worlds; nan where a story failed.

    Args:
        variant: which variant this is, and out of how many: no two share their luck
        moves:   gives the numbers of some worlds that are not as they are drawn
    """
    design = _Told(worlds, repeats, *variant, moves)
    return measured(evaluate(scenario, design, wanted), wanted).reshape(worlds, repeats, -1)


def variance_parts(
    cells: Floats,
    names: Sequence[str],
    *,
    sums: Sequence[int] = (),
    seed: str = "0",
    resamples: int = 200,
    sampled: bool = False,
) -> xr.Dataset:
    """Split the variance of replicated outcomes into worlds, variants, both together, and replicates.

    Args:
        cells: (W, V, R, M) outcomes of worlds under variants, R stories each
        sums:  measures whose variances are also added up, under the name "ending (all)"
        sampled: whether the variants are some of many, so that the intervals are over variants too
    Returns:
        part, half (part, measure), total (measure)

    Example:
        >>> worlds = np.repeat([0.0, 1.0], 50).reshape(100, 1, 1, 1)
        >>> variance_parts(np.broadcast_to(worlds, (100, 1, 2, 1)), ["y"])["part"].values[:, 0].tolist()
        [1.0, 0.0, 0.0, 0.0]
    """
    generator = np.random.default_rng(stream_key(seed, "spread"))
    parts = _components(cells, sums, sampled=sampled)
    total = parts.sum(axis=0)
    worlds, variants = cells.shape[:2]
    resampled = []
    for _ in range(resamples):
        some = cells[generator.integers(worlds, size=worlds)]
        if sampled:
            some = some[:, generator.integers(variants, size=variants)]
        resampled.append(_shares(_components(some, sums, sampled=sampled)))
    again = np.stack(resampled)
    half = np.full_like(parts, np.nan)
    known = np.isfinite(again).any(axis=0)  # what never varies has no shares
    half[known] = Z * np.nanstd(again[:, known], axis=0)
    labels = [*names, *(["ending (all)"] if len(sums) else [])]
    return xr.Dataset(
        {"part": (("part_name", "measure"), _shares(parts)), "half": (("part_name", "measure"), half),
         "total": (("measure",), total)},
        {"part_name": list(PARTS), "measure": labels},
    )  # fmt: skip


def _components(cells: Floats, sums: Sequence[int], *, sampled: bool) -> Floats:
    """(4, M) unbiased variance components, negative ones cut off at 0.

    Variants are all there are (a mixed layout), or sampled from many (a random one).
    """
    worlds, variants, repeats, _ = cells.shape
    mean = cells.mean(axis=2)
    within = cells.var(axis=2, ddof=1).mean(axis=(0, 1)) if repeats > 1 else np.zeros(cells.shape[3])
    row, column, grand = mean.mean(axis=1), mean.mean(axis=0), mean.mean(axis=(0, 1))
    rest = mean - row[:, None] - column[None] + grand
    degrees = max((worlds - 1) * (variants - 1), 1)
    mixed = (rest**2).sum(axis=(0, 1)) / degrees  # = interaction + within / repeats
    if sampled and variants > 1:
        of_worlds = row.var(axis=0, ddof=1) - mixed / variants
        of_variants = column.var(axis=0, ddof=1) - mixed / worlds
        together = mixed - within / repeats
    else:
        of_worlds = row.var(axis=0, ddof=1) - within / (repeats * variants)
        of_variants = column.var(axis=0) - mixed * (variants - 1) / (variants * worlds)
        together = (mixed - within / repeats) * (variants - 1) / variants
    found = np.maximum(np.stack([of_worlds, of_variants, together, within]), 0.0)
    found[np.abs(found) < 1e-15] = 0.0
    if len(sums):
        found = np.column_stack([found, found[:, list(sums)].sum(axis=1)])
    return np.asarray(found)


def _shares(parts: Floats) -> Floats:
    total = parts.sum(axis=0)
    return np.asarray(np.divide(parts, total, out=np.full_like(parts, np.nan), where=total > 0))


def _unmoved(_scenario: Scenario, _worlds: Ints) -> Mapping[str, float | Floats]:
    return {}


def ending_columns(wanted: Sequence[Condition]) -> list[int]:
    """Which of some conditions are about the ending."""
    return [n for n, one in enumerate(wanted) if one.text.startswith("ending ==")]
