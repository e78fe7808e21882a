"""PRIM: where in the space of numbers does a condition hold, as boxes that can be said in a sentence."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import bdtrc

from sim.discovery.box import Box, Quality
from sim.discovery.peeling import Peeling, paste, peel
from sim.foundations import Bools, Floats, InputError
from sim.foundations.dice import stream_key

_SAMPLES = 10  # random halves on which a box is found again


@dataclass(frozen=True)
class DiscoveredBox:
    """A box, how good it is, and how far it can be trusted.

    box:          the limits
    quality:      coverage, density, mass, number of inputs; on all points
    p_values:     input -> quasi-p-value: chance of at least so many hits inside if the limit did nothing; small is
                  good, and it is optimistic, since the limit was chosen on the same points
    reproduced:   input -> share of the random halves in which the box of like coverage and density limits it, 0..1
    trajectory:   boxes on the way, from no limit to the smallest
    qualities:    their qualities
    """

    box: Box
    quality: Quality
    p_values: dict[int, float]
    reproduced: dict[int, float]
    trajectory: tuple[Box, ...]
    qualities: tuple[Quality, ...]


def prim(
    inputs: Floats,
    hits: Bools,
    *,
    unordered: Iterable[int] = (),
    how: Peeling | None = None,
    most_inputs: int = 4,
    significant: float = 0.05,
    samples: int = _SAMPLES,
    seed: str = "0",
) -> DiscoveredBox:
    """Find a box: peel, choose from the trajectory, drop limits that do nothing, paste.

    The box chosen is the one with the best balance of coverage and gain in density over all points. If it limits
    more than ``most_inputs`` inputs, those whose limits the density can best do without are set free, and the rest
    is peeled again. Then limits whose quasi-p-value exceeds ``significant`` are dropped, the worst first.

    Args:
        inputs:    (N, P) numbers, or codes for unordered inputs
        hits:      (N,) where the condition holds
        unordered: inputs whose values are codes of options
        samples:   random halves for the resampling statistic; 0 leaves it out
    Raises:  InputError if the condition holds nowhere or everywhere, or a value is missing
    Source:  Friedman & Fisher 1999; coverage, density, interpretability, quasi-p-values and resampling of Bryant &
        Lempert 2010. The choice of the box and of its inputs is ours; every box of the trajectory is returned.

    Example:
        >>> x = np.random.default_rng(1).random((2000, 3))
        >>> found = prim(x, (x[:, 0] > 0.6) & (x[:, 2] < 0.4))
        >>> found.box.restricted
        (0, 2)
    """
    inputs, hits = np.asarray(inputs, float), np.asarray(hits, bool)
    if not np.isfinite(inputs).all():
        raise InputError("points with gaps cannot be put in boxes; leave them out first")
    if hits.all() or not hits.any():
        where = "everywhere" if hits.all() else "nowhere"
        raise InputError(f"the condition holds {where}, so there is no region to be found")
    rules, codes = how or Peeling(), frozenset(unordered)
    trajectory = [box for box, _ in peel(inputs, hits.astype(float), codes, rules)]
    qualities = [Quality.of(box, inputs, hits) for box in trajectory]
    chosen = trajectory[_best(qualities, float(hits.mean()))]
    if len(chosen.restricted) > most_inputs:
        few = _telling(chosen, inputs, hits, most_inputs)
        trajectory = [
            box.renamed(few) for box, _ in peel(inputs[:, few], hits.astype(float), _among(codes, few), rules)
        ]
        qualities = [Quality.of(box, inputs, hits) for box in trajectory]
        chosen = trajectory[_best(qualities, float(hits.mean()))]
    chosen = _pruned(chosen, inputs, hits, significant)
    if chosen.restricted:
        chosen = _pruned(paste(inputs, hits.astype(float), chosen, rules), inputs, hits, significant)
    quality = Quality.of(chosen, inputs, hits)
    return DiscoveredBox(
        chosen,
        quality,
        {p: quasi_p_value(chosen, p, inputs, hits) for p in chosen.restricted},
        _reproduced(chosen, quality, inputs, hits, codes, rules, samples, seed),
        tuple(trajectory),
        tuple(qualities),
    )


def boxes(
    inputs: Floats, hits: Bools, *, most: int = 3, seed: str = "0", **settings: object
) -> tuple[DiscoveredBox, ...]:
    """Find a box, take its points away, find the next, as long as a box is clearly denser than all points are.

    Source: covering by successive boxes (Friedman & Fisher 1999, section 8.3)
    """
    left = np.ones(len(hits), bool)
    found: list[DiscoveredBox] = []
    for n in range(most):
        part, held = inputs[left], hits[left]
        if held.sum() < 10 or held.all():
            break
        one = prim(part, held, seed=f"{seed} {n}", **settings)  # type: ignore[arg-type]
        share, size = float(hits.mean()), max(one.quality.mass * len(part), 1.0)
        if not one.box.restricted or one.quality.density <= share + 2 * np.sqrt(share * (1 - share) / size):
            break
        found.append(one)
        left &= ~one.box.inside(inputs)
    return tuple(found)


def quasi_p_value(box: Box, p: int, inputs: Floats, hits: Bools) -> float:
    """Chance of so many hits inside, were the limit on one input without effect.

    Source: Bryant & Lempert 2010, appendix: binomial with the density of the box without that limit
    """
    inside, wider = box.inside(inputs), box.without(p).inside(inputs)
    rate = hits[wider].mean()
    caught, size = int(hits[inside].sum()), int(inside.sum())
    return float(bdtrc(caught - 1, size, rate)) if caught > 0 else 1.0


def _best(qualities: Sequence[Quality], share: float) -> int:
    """The box with the best harmonic mean of coverage and gain in density (0: as everywhere, 1: pure)."""
    scores = []
    for quality in qualities:
        gain = max(quality.density - share, 0.0) / (1 - share)
        total = quality.coverage + gain
        scores.append(2 * quality.coverage * gain / total if total else 0.0)
    return int(np.argmax(scores))


def _telling(box: Box, inputs: Floats, hits: Bools, most: int) -> list[int]:
    """The inputs whose limits matter: the one that the density can best do without goes first."""
    while len(box.restricted) > most:
        box = max((box.without(p) for p in box.restricted), key=lambda b: float(hits[b.inside(inputs)].mean()))
    return list(box.restricted)


def _among(codes: frozenset[int], few: Sequence[int]) -> frozenset[int]:
    return frozenset(n for n, p in enumerate(few) if p in codes)


def _pruned(box: Box, inputs: Floats, hits: Bools, significant: float) -> Box:
    while box.restricted:
        worst = max(box.restricted, key=lambda p: quasi_p_value(box, p, inputs, hits))
        if quasi_p_value(box, worst, inputs, hits) <= significant:
            break
        box = box.without(worst)
    return box


def _reproduced(
    box: Box,
    quality: Quality,
    inputs: Floats,
    hits: Bools,
    unordered: frozenset[int],
    how: Peeling,
    samples: int,
    seed: str,
) -> dict[int, float]:
    """Share of random halves whose box of the nearest coverage and density limits each input of the box."""
    counts = dict.fromkeys(box.restricted, 0)
    generator = np.random.default_rng(stream_key(seed, "prim"))
    done = 0
    for _ in range(samples):
        half = generator.permutation(len(hits))[: len(hits) // 2]
        if not hits[half].any():
            continue
        done += 1
        part, held = inputs[half], hits[half]
        steps = [(b, held[inside]) for b, inside in peel(part, held.astype(float), unordered, how)]
        away = [
            (inner.sum() / held.sum() - quality.coverage) ** 2 + (inner.mean() - quality.density) ** 2
            for _, inner in steps
        ]
        nearest = steps[int(np.argmin(away))][0]
        for p in counts:
            counts[p] += p in nearest.restricted
    return {p: count / done for p, count in counts.items()} if done else {}
