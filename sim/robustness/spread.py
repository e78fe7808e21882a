"""The spread of the ending split into evidence (ranges), model (protocol, conventions) and luck (talks, collapse)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import Final

import numpy as np
import xarray as xr

from sim.ensemble import Progress, Rows
from sim.ensemble.complete import require_complete
from sim.ensemble.condition import Condition
from sim.ensemble.convention_settings import OpenConvention, combined, joint_design, open_conventions, set_otherwise
from sim.ensemble.evaluate import evaluate, evaluate_together
from sim.ensemble.judging import Judge, fitting_worlds
from sim.ensemble.measures import measured, measures_of
from sim.foundations import Floats, InputError, Ints
from sim.foundations.dice import stream_key
from sim.scenario import Scenario
from sim.scenario.changes import change
from sim.words import Z

#: Parts of the spread, in the order of tables.
VARIANCE_PARTS: Final = ("evidence", "model", "evidence and model together", "luck")
#: Combinations of conventions that the spread is split over.
SPREAD_READINGS: Final = 24
#: Worlds are looked through for such as fit, up to so many times as many as are wanted.
_LOOKED_AT: Final = 60

#: Gives the numbers of some worlds that are moved away from their draws: scenario, worlds -> path -> values.
Moves = Callable[[Scenario, Ints], Mapping[str, float | Floats]]


@dataclass(frozen=True)
class _Told:
    """Worlds told several times each, with luck that no other variant shares.

    numbers: (W,) of the worlds
    variant: which variant this is, out of how many
    moves:   gives the numbers of some worlds that are not as they are drawn, by path
    """

    numbers: Ints
    repeats: int
    variant: int
    variants: int
    moves: Callable[[Ints], Mapping[str, float | Floats]]

    @property
    def points(self) -> int:
        return len(self.numbers) * self.repeats

    def rows(self, start: int, stop: int) -> Rows:
        place, repeat = np.divmod(np.arange(start, stop), self.repeats)
        luck: Ints = (place * self.variants + self.variant) * self.repeats + repeat
        return Rows(self.numbers[place], luck, fixed=self.moves(self.numbers[place]))


def split_spread(
    scenario: Scenario,
    worlds: int = 100,
    repeats: int = 4,
    *,
    of: Sequence[str] = (),
    conventions: bool = True,
    readings: int = SPREAD_READINGS,
    moves: Moves | None = None,
    judge: Scenario | Judge | None = None,
    progress: Progress | None = None,
) -> xr.Dataset:
    """Tell the story of the same worlds several times under several readings, and split the variance.

    A world is a draw of all numbers and of which red lines are hard, of those that the headline speaks of: the first
    ones that fit what was observed, where any does. Luck is everything that talks, arms, collapses and conversions
    decide by chance. A reading is a combination of conventions, the settings of each equally often; so the part of
    the model depends on which conventions are thought to be open. A setting that leaves every story as it is, or as
    another setting of the same convention makes it, is not counted, however often it is listed.

    Args:
        worlds:      how many worlds
        repeats:     stories of each world under each reading, at least 2
        of:          conditions whose indicators are split; endings and others by default
        conventions: whether to vary the model; without it its parts are 0
        readings:    combinations of conventions that are drawn
        moves:       numbers that are moved away from their draws, of a variant of the scenario in some worlds
        judge:       whose observations say which worlds fit, such as the base of an overlay; by default its own
    Returns:
        part and half (part, measure): share of the variance, 0..1, and half the width of its 95 % interval over
        worlds and readings; total (measure); the measure "ending (all)" sums over the endings. mean (variant, measure)
    Raises:  IncompleteError if a story failed
    Source:  law of total variance, estimated by the two-way layout with replication (Searle, Casella &
        McCulloch 1992, ch. 4), worlds and readings random
    """
    numbers, fitting = worlds_told(scenario if judge is None else judge, worlds)
    wanted = measures_of(scenario, of)
    variants = _variants(scenario, numbers, wanted, readings, moves or _unmoved) if conventions else [("", scenario)]
    cells = np.empty((len(numbers), len(variants), repeats, len(wanted)))
    asked = [
        (variant, _Told(numbers, repeats, v, len(variants), partial(moves or _unmoved, variant)))
        for v, (_, variant) in enumerate(variants)
    ]
    for v, found_in in enumerate(evaluate_together(asked, wanted)):
        outcomes = measured(found_in, wanted).reshape(len(numbers), repeats, -1)
        require_complete(outcomes.reshape(len(numbers) * repeats, -1), "the split of the spread")
        cells[:, v] = outcomes
        if progress is not None:
            progress(v + 1, len(variants))
    found = variance_parts(
        cells, [m.text for m in wanted], sums=ending_columns(wanted), seed=scenario.seed, sampled=len(variants) > 1
    )
    found["mean"] = (("variant", "measure_alone"), cells.mean(axis=(0, 2)))
    found = found.assign_coords(
        variant=[name or "as written" for name, _ in variants], measure_alone=[m.text for m in wanted]
    )
    found.attrs |= {"method": "spread", "worlds": len(numbers), "repeats": repeats, "title": scenario.title}
    found.attrs |= {"variants": len(variants), "evaluations": cells[..., 0].size, "failed": 0, "fitting": int(fitting)}
    return found


def worlds_told(judge: Scenario | Judge, wanted: int) -> tuple[Ints, bool]:
    """Numbers of the first worlds that fit what was observed, and whether these are some of all.

    Args:
        judge: whose observations
    Returns:
        as many as are wanted; fewer where hardly any fits, the first worlds of all where none does
    """
    judge = Judge(judge) if isinstance(judge, Scenario) else judge
    if not judge.scenario.observations:
        return np.arange(wanted), False
    found: list[Ints] = []
    for first in range(0, _LOOKED_AT * wanted, 4 * wanted):
        numbers, fits = fitting_worlds(judge, 4 * wanted, first=first)
        found += [numbers] if fits else []
        if sum(map(len, found)) >= wanted:
            break
    fitting = np.concatenate([*found, np.empty(0, np.int64)])[:wanted]
    return (fitting, True) if len(fitting) > 1 else (np.arange(wanted), False)


def _variants(
    scenario: Scenario, numbers: Ints, wanted: Sequence[Condition], readings: int, moves: Moves
) -> list[tuple[str, Scenario]]:
    """Readings of the scenario by name, drawn over the settings that do something that no other setting does."""
    listed = [(choice, _applied(scenario, choice)) for choice in open_conventions(scenario)]
    played = [scenario, *(variant for _, applied in listed for variant in applied.values())]
    told = _stories(played, numbers, wanted, moves)
    written = next(told)
    choices = [_telling(choice, {name: next(told) for name in applied}, written) for choice, applied in listed]
    choices = [choice for choice in choices if len(choice.settings) > 1]
    if not choices:
        return [("", scenario)]
    found: list[tuple[str, Scenario]] = []
    for row in joint_design([len(choice.settings) for choice in choices], readings, scenario.seed):
        name = ", ".join(f"{one.name}: {one.setting}" for one in set_otherwise(choices, row))
        with suppress(InputError):  # a setting that does not go with the others
            found.append((name, change(scenario, combined(scenario, choices, row))))
    return found or [("", scenario)]


def _applied(scenario: Scenario, choice: OpenConvention) -> dict[str, Scenario]:
    """The scenario under each setting of a convention but the first, where it applies."""
    found: dict[str, Scenario] = {}
    for setting, changes in choice.settings[1:]:
        with suppress(InputError):
            found[setting] = change(scenario, changes)
    return found


def _telling(choice: OpenConvention, stories: Mapping[str, bytes], written: bytes) -> OpenConvention:
    """A convention with those of its settings that tell some story otherwise than every setting before.

    Args:
        stories: setting that applies -> what each world comes to
        written: the stories as the scenario is written, which is the first setting
    """
    seen, kept = {written}, [choice.settings[0]]
    for setting, changes in choice.settings[1:]:
        if setting in stories and stories[setting] not in seen:
            seen.add(stories[setting])
            kept.append((setting, changes))
    return OpenConvention(choice.name, tuple(kept))


def _stories(readings: Sequence[Scenario], numbers: Ints, wanted: Sequence[Condition], moves: Moves) -> Iterator[bytes]:
    """What each world comes to under each reading, told once."""
    asked = [(reading, _Told(numbers, 1, 0, 1, partial(moves, reading))) for reading in readings]
    for found in evaluate_together(asked, wanted):
        yield np.ascontiguousarray(measured(found, wanted).reshape(len(numbers), 1, -1)).tobytes()


def tell(
    scenario: Scenario,
    worlds: Ints | int,
    repeats: int,
    wanted: Sequence[Condition],
    *,
    variant: tuple[int, int],
    moves: Callable[[Ints], Mapping[str, float | Floats]],
) -> Floats:
    """(W, R, M) whether conditions hold in stories of the same worlds; nan where a story failed.

    Args:
        worlds:  (W,) their numbers, or how many
        variant: which variant this is, and out of how many: no two share their luck
        moves:   gives the numbers of some worlds that are not as they are drawn
    """
    numbers = np.arange(worlds) if isinstance(worlds, int) else worlds
    design = _Told(numbers, repeats, *variant, moves)
    return measured(evaluate(scenario, design, wanted), wanted).reshape(len(numbers), repeats, -1)


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
        {"part_name": list(VARIANCE_PARTS), "measure": labels},
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
