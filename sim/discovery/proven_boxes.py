"""Boxes that search does not find in noise: inputs screened, density on held-out points, the whole search permuted."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from sim.discovery.box import Box
from sim.discovery.prim import DiscoveredBox, prim
from sim.foundations import Bools, Floats, Ints
from sim.foundations.dice import stream_key

#: Inputs that are searched: those in which points that are sought differ most from the others.
SCREENED: Final = 8
#: Quasi-p-value that a limit needs; small, as many limits are tried.
_SIGNIFICANT: Final = 0.003
#: Level of the test of the whole search.
LEVEL: Final = 0.05
#: Points that are sought, and points that are not, of which there must be so many: below the first nothing is searched,
#: below the second a box that is there may well be missed.
LEAST, ENOUGH = 20, 100


@dataclass(frozen=True)
class ProvenBox:
    """A box with what speaks for its being more than the best of many.

    found:        the box, on all points
    p_search:     how often the whole search finds as dense a box if the points that are sought are dealt anew, 0..1
    held_density: density of boxes found on one half of the points, in the other half; nan where none is found there
    held_points:  points that this was counted on
    """

    found: DiscoveredBox
    p_search: float
    held_density: float
    held_points: int


def screened(inputs: Floats, hits: Bools, unordered: frozenset[int], most: int = SCREENED) -> list[int]:
    """The inputs in which points that are sought differ most from the others, in their order.

    Ordered inputs by the largest distance of the two distributions, options by how much of one lies elsewhere in the
    other; both run from 0 to 1.

    Source:  Kolmogorov 1933, G Ist Ital Attuari 4:83-91; total variation
    Example:
        >>> x = np.random.default_rng(1).random((500, 20))
        >>> 7 in screened(x, x[:, 7] > 0.5, frozenset(), most=2)
        True
    """
    order = np.argsort(inputs, axis=0, kind="stable")
    sought = hits[order].astype(float)
    steps = sought / max(hits.sum(), 1) - (1 - sought) / max((~hits).sum(), 1)
    values = np.take_along_axis(inputs, order, axis=0)
    last = np.ones(values.shape, bool)
    last[:-1] = values[1:] != values[:-1]  # within ties there is no distance
    away = np.where(last, np.abs(np.cumsum(steps, axis=0)), 0.0).max(axis=0)
    for p in unordered:
        codes = np.unique(inputs[:, p])
        sides = [np.array([(inputs[group, p] == code).mean() for code in codes]) for group in (hits, ~hits)]
        away[p] = np.maximum(sides[0] - sides[1], 0.0).sum()
    return sorted(np.argsort(-away, kind="stable")[:most].tolist())


def proven_boxes(
    inputs: Floats,
    hits: Bools,
    *,
    most: int = 2,
    unordered: Iterable[int] = (),
    most_inputs: int = 4,
    permutations: int = 99,
    samples: int = 10,
    seed: str = "0",
) -> tuple[tuple[ProvenBox, ...], float]:
    """Find boxes, each among the points that earlier ones leave, as long as the search finds none as dense in noise.

    All that is done to find a box is done again with the points that are sought dealt anew: screening, peeling,
    choosing, dropping limits. So the chance to find a box where there is nothing is ``LEVEL`` at most, however many
    inputs there are.

    Args:
        permutations: at most; fewer where it is plain before that the box is no better than chance
        samples:      random halves on which it is looked whether limits come back
    Returns:
        boxes, and how often the search finds as dense a box in noise as the last that was looked at; nan where there
        were too few points to look
    Source:  Besag & Clifford 1991, Biometrika 78:301-304 (permutations that stop early); Friedman & Fisher 1999
    """
    codes = frozenset(unordered)
    left = np.ones(len(hits), bool)
    boxes: list[ProvenBox] = []
    chance = float("nan")
    for n in range(most):
        part, held = inputs[left], hits[left]
        if min(int(held.sum()), int((~held).sum())) < LEAST:
            break
        one = _proven(part, held, codes, most_inputs, permutations, samples, f"{seed} {n}")
        chance = one.p_search
        if chance > LEVEL or not one.found.box.restricted:
            break
        boxes.append(one)
        left &= ~one.found.box.inside(inputs)
    return tuple(boxes), chance


def _proven(
    inputs: Floats, hits: Bools, codes: frozenset[int], most_inputs: int, permutations: int, samples: int, seed: str
) -> ProvenBox:
    found = _searched(inputs, hits, codes, most_inputs, samples, seed)
    generator = np.random.default_rng(stream_key(seed, "permutations"))
    score, worse = _score(found.box, inputs, hits), 0
    enough = int(LEVEL * (permutations + 1)) + 1
    done = 0
    while done < permutations and worse < enough and score > 0:
        dealt = hits[generator.permutation(len(hits))]
        other = _searched(inputs, dealt, codes, most_inputs, 0, seed)
        worse += _score(other.box, inputs, dealt) >= score - 1e-12
        done += 1
    chance = (1 + worse) / (1 + done) if score > 0 else 1.0
    density, points = _held_out(inputs, hits, codes, most_inputs, generator, seed)
    return ProvenBox(found, chance, density, points)


def _searched(
    inputs: Floats, hits: Bools, codes: frozenset[int], most_inputs: int, samples: int, seed: str
) -> DiscoveredBox:
    """Screen, then search what is left; the box as one over all inputs."""
    few = screened(inputs, hits, codes)
    inner = [n for n, p in enumerate(few) if p in codes]
    found = prim(
        inputs[:, few],
        hits,
        unordered=inner,
        most_inputs=most_inputs,
        significant=_SIGNIFICANT,
        samples=samples,
        seed=seed,
    )
    return replace(
        found,
        box=found.box.renamed(few),
        p_values={few[n]: value for n, value in found.p_values.items()},
        reproduced={few[n]: value for n, value in found.reproduced.items()},
        trajectory=tuple(box.renamed(few) for box in found.trajectory),
    )


def _score(box: Box, inputs: Floats, hits: Bools) -> float:
    """How far the hits inside exceed what chance would put there, in standard deviations; 0 without a limit."""
    if not box.restricted:
        return 0.0
    inside, share = box.inside(inputs), hits.mean()
    size = inside.sum()
    return float((hits[inside].sum() - size * share) / np.sqrt(size * share * (1 - share)))


def _held_out(
    inputs: Floats, hits: Bools, codes: frozenset[int], most_inputs: int, generator: np.random.Generator, seed: str
) -> tuple[float, int]:
    """Density of the box of each half in the other half, and on how many points that was counted."""
    order: Ints = generator.permutation(len(hits))
    halves = order[: len(order) // 2], order[len(order) // 2 :]
    caught = size = 0
    for here, there in (halves, halves[::-1]):
        if hits[here].all() or not hits[here].any():
            continue
        box = _searched(inputs[here], hits[here], codes, most_inputs, 0, seed).box
        inside = box.inside(inputs[there]) if box.restricted else np.zeros(len(there), bool)
        caught += int(hits[there][inside].sum())
        size += int(inside.sum())
    return (caught / size if size else float("nan")), size
