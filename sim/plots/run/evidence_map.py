"""From claims through numbers to the outcome: how much of the answer hangs on which sentence."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import xarray as xr
from matplotlib.axes import Axes
from matplotlib.figure import SubFigure
from matplotlib.patches import PathPatch, Rectangle
from matplotlib.path import Path

from sim.foundations import Floats
from sim.plots.analysis.importance import beyond_chance, what_varies
from sim.plots.frame.labels import inches, listed, number_titles, wrapped
from sim.plots.frame.plot import WIDTH, Plot, figure
from sim.plots.frame.style import GREY, GROUND_COLORS, SKY, Look
from sim.plots.frame.user_text import one_line
from sim.plots.frame.world_groups import worlds_note
from sim.runs.explained_share import chance_share
from sim.words import claim_title, percent

NO_CLAIM: Final = "no claim: assumed"
COUNTED_ELSEWHERE: Final = "no claim: how often elsewhere"
_NO_CLAIMS: Final = (COUNTED_ELSEWHERE, NO_CLAIM)
_OTHER_CLAIMS: Final = "other claims"
_MOST_NUMBERS, _MOST_CLAIMS = 14, 7
_GAP: Final = 0.5  # of the column, in all gaps between its boxes together
_BOX: Final = 0.025  # width of a box, in widths of the axes
_LEFT, _MIDDLE, _RIGHT = 0.25, 0.5, 0.95
_ROW: Final = 0.4  # inches for a number
_LINE: Final = 0.15  # inches for a line of words
_BELOW: Final = 0.75  # inches for what stands below the columns


@dataclass(frozen=True)
class Flow:
    """Who feeds whom.

    claims:  names of the left column, largest first, what is assumed last
    numbers: names of the middle column, largest first, all others last
    weights: (claims, numbers) share of the variance of the outcome that runs from one to the other
    """

    claims: tuple[str, ...]
    numbers: tuple[str, ...]
    weights: Floats


@figure("evidence-map", source="flow diagram: Sankey 1898; widths: first-order share of variance, Sobol 1993")
class EvidenceMap(Plot):
    """Bands run from claims to the numbers that rest on them and on to the outcome, as wide as what each decides."""

    by_default = False
    rank = 41

    def fits(self, results: xr.Dataset) -> bool:
        """Importance was estimated, something has some, and some number rests on a claim."""
        return (
            {"importance", "number_claims"} <= set(results)
            and bool((np.nan_to_num(results["importance"].values) > 0).any())
            and any(str(claims) for claims in results["number_claims"].values)
        )

    def title(self, results: xr.Dataset) -> str:
        """How much hangs on claims, and on which most, of what is more than chance may do."""
        values = np.nan_to_num(results["importance"].values)
        found = flow(results, least=chance_share(results))
        if not found.numbers:
            return (
                f"No single number explains more of {what_varies(results)} than chance may "
                f"({percent(float(values.max()))} at most), so no claim decides it alone"
            )
        each = found.weights.sum(axis=1)
        share = {name: float(value / each.sum()) for name, value in zip(found.claims, each, strict=True)}
        said = {name: value for name, value in share.items() if name not in {*_NO_CLAIMS, _OTHER_CLAIMS}}
        explained = percent(float(values[values >= max(chance_share(results), 1e-12)].sum()))
        rest, rated = share.get(NO_CLAIM, 0.0), share.get(COUNTED_ELSEWHERE, 0.0)
        if not said:
            no_claim = "rests on no claim" if rated else "is all assumed"
            return f"What single numbers explain of {what_varies(results)} beyond chance, {explained}, {no_claim}"
        first = max(said, key=lambda name: said[name])
        return (
            f"Single numbers explain {explained} of {what_varies(results)} beyond chance; {percent(1 - rest - rated)} "
            f"of that rests on claims, most on “{_said(results, first)}” ({percent(said[first])})"
            + (f"; {percent(rest)} is assumed" if rest else "")
            + (f", {percent(rated)} rests on how often it went which way elsewhere" if rated else "")
        )

    def caption(self, results: xr.Dataset) -> str:
        """What widths mean."""
        least = chance_share(results)
        return (
            f"Width: first-order share of the variance of {what_varies(results)}; interaction of numbers and the luck "
            "of talks are not shown. A number that rests on several claims is shared out evenly among them. The best "
            f"of {results.sizes['path']} numbers without influence would reach {percent(least, 1)} one time in 20. "
            f"{beyond_chance(results)} Narrower bands may be chance. {worlds_note(results)}"
        )

    def height(self, results: xr.Dataset) -> float:
        """Inches: a line for each number."""
        return 0.6 + _ROW * len(flow(results).numbers)

    def paint(self, body: SubFigure, results: xr.Dataset, look: Look) -> None:
        """Three columns of boxes and the bands between them."""
        axes = body.subplots()
        room = min(inches(body) / WIDTH, 1.0)  # letters that fit beside the boxes
        found = flow(results)
        scale = (1 - _GAP) / found.weights.sum()
        said = [_lines(_said(results, name), int(38 * room**1.5)) for name in found.claims]
        values = found.weights.sum(axis=0)
        named = [
            _lines(f"{name} ({percent(float(value))})".replace(" %", "\u00a0%"), int(58 * room**1.5))
            for name, value in zip(found.numbers, values, strict=True)
        ]
        line = _LINE / max(self.height(results) - _BELOW, 1.0)
        left = _stack(found.weights.sum(axis=1) * scale, [line * (words.count("\n") + 1) for words in said])
        middle = _stack(values * scale, [line * (words.count("\n") + 1) for words in named])
        colors = [_color(name) for name in found.claims]
        _bands(axes, found, left, middle, scale, colors)
        _outcome(axes, results, found, middle, scale, look)
        for words, top, share, color in zip(said, left, found.weights.sum(axis=1), colors, strict=True):
            size = float(share * scale)
            _box(axes, _LEFT, top, size, color, f"{words} ({percent(float(share))})")
            axes.text(_LEFT - 0.012, top - size / 2, words, ha="right", va="center", fontsize=8, gid="claim")
        for words, top, value in zip(named, middle, values, strict=True):
            _box(axes, _MIDDLE, top, float(value * scale), look.ink, words)
            axes.text(_MIDDLE + _BOX + 0.012, top - value * scale / 2, words, va="center", fontsize=8, zorder=5)
        axes.set_xlim(0, 1)
        axes.set_ylim(-0.02, 1.02)
        axes.set_yticks([])
        axes.set_xticks([_LEFT, _MIDDLE, _RIGHT], ["claims", "numbers", "outcome"], ha="left")
        axes.set_xlabel("what each decides, from left to right")
        axes.tick_params(axis="x", length=0)
        axes.spines[["left", "bottom"]].set_visible(False)


def flow(results: xr.Dataset, least: float = 0.0) -> Flow:
    """Share the importance of each number out among the claims it rests on.

    Args:
        least: numbers that explain less are left out
    """
    values = np.nan_to_num(results["importance"].values)
    values = np.where(values >= least, np.maximum(values, 0.0), 0.0)
    rests = [tuple(filter(None, str(claims).split(","))) or (NO_CLAIM,) for claims in results["number_claims"].values]
    if "number_ground" in results:
        grounds = results["number_ground"].values
        rests = [
            (COUNTED_ELSEWHERE,) if ground == "rate" else rest for ground, rest in zip(grounds, rests, strict=True)
        ]
    names = number_titles(results)
    order = [int(n) for n in np.argsort(-values, kind="stable") if values[n] > 0]
    shown, others = order[:_MOST_NUMBERS], order[_MOST_NUMBERS:]
    weight: dict[str, float] = {}
    for n in order:
        for claim in rests[n]:
            weight[claim] = weight.get(claim, 0.0) + float(values[n]) / len(rests[n])
    said = sorted((claim for claim in weight if claim not in _NO_CLAIMS), key=lambda claim: -weight[claim])
    columns = said[:_MOST_CLAIMS]
    columns += [_OTHER_CLAIMS] if len(said) > _MOST_CLAIMS else []
    columns += [name for name in _NO_CLAIMS if name in weight]
    numbers = [names[n] for n in shown] + ([f"{len(others)} other numbers"] if others else [])
    weights = np.zeros((len(columns), len(numbers)))
    for n in order:
        place = shown.index(n) if n in shown else len(numbers) - 1
        for claim in rests[n]:
            weights[columns.index(claim if claim in columns else _OTHER_CLAIMS), place] += values[n] / len(rests[n])
    return Flow(tuple(columns), tuple(numbers), weights)


def _said(results: xr.Dataset, name: str) -> str:
    """What a claim of the left column says; its key as words where the results do not tell."""
    if name in {*_NO_CLAIMS, _OTHER_CLAIMS}:
        return name
    told: dict[str, str] = {}
    if "claim_titles" in results.attrs:
        told = dict(zip(listed(results, "claims"), listed(results, "claim_titles"), strict=True))
    return one_line(told.get(name) or claim_title(None, name))


def _color(claim: str) -> str:
    kinds = {NO_CLAIM: "assumed", COUNTED_ELSEWHERE: "rate"}
    return SKY if claim == _OTHER_CLAIMS else GROUND_COLORS[kinds.get(claim, "claim")]


def _lines(text: str, letters: int) -> str:
    """Text on three lines at most."""
    return textwrap.fill(text, letters, max_lines=3, placeholder=" …", break_on_hyphens=False)


def _stack(sizes: Floats, words: Sequence[float]) -> list[float]:
    """Upper ends of boxes in the middle of slots that fill the column, each as high as its box or its words.

    What is left is in equal gaps; slots shrink towards their boxes where there is too little room.
    """
    more = np.maximum(np.asarray(words) - sizes, 0.0)
    spare = 1 - float(sizes.sum())
    more *= min(1.0, spare / max(float(more.sum()), 1e-12))
    slots = sizes + more
    gap = (1 - float(slots.sum())) / max(len(sizes) - 1, 1)
    starts = np.concatenate([[0.0], np.cumsum(slots + gap)[:-1]])
    return [float(top) for top in 1 - starts - more / 2]


def _box(axes: Axes, x: float, top: float, size: float, color: str, words: str) -> None:
    """One box, which says in the figure's table what it stands for."""
    box = Rectangle((x, top - size), _BOX, size, facecolor=color, linewidth=0, zorder=3, gid="box", label=f"_{words}")
    axes.add_patch(box)


def _bands(axes: Axes, found: Flow, left: list[float], middle: list[float], scale: float, colors: list[str]) -> None:
    """From each claim to each number that rests on it."""
    leaves, enters = list(left), list(middle)
    for c, color in enumerate(colors):
        for n in np.flatnonzero(found.weights[c] > 0):
            size = float(found.weights[c, n] * scale)
            _band(axes, (_LEFT + _BOX, leaves[c]), (_MIDDLE, enters[n]), size, color)
            leaves[c] -= size
            enters[n] -= size


def _outcome(axes: Axes, results: xr.Dataset, found: Flow, middle: list[float], scale: float, look: Look) -> None:
    """From each number to the one outcome."""
    sizes = found.weights.sum(axis=0) * scale
    top = (1 + float(sizes.sum())) / 2
    enter = top
    for start, size in zip(middle, sizes, strict=True):
        _band(axes, (_MIDDLE + _BOX, start), (_RIGHT, enter), float(size), GREY, 0.16)
        enter -= float(size)
    _box(axes, _RIGHT, top, float(sizes.sum()), look.ink, what_varies(results))
    axes.text(_RIGHT + _BOX / 2, top + 0.02, wrapped(what_varies(results), 18), ha="center", va="bottom", fontsize=8.5)


def _band(
    axes: Axes, start: tuple[float, float], end: tuple[float, float], size: float, color: str, strong: float = 0.38
) -> None:
    """A band of equal height between two upper corners."""
    (x0, y0), (x1, y1) = start, end
    mid = (x0 + x1) / 2
    corners = [(x0, y0), (mid, y0), (mid, y1), (x1, y1), (x1, y1 - size), (mid, y1 - size), (mid, y0 - size),
               (x0, y0 - size), (x0, y0)]  # fmt: skip
    curve = Path.CURVE4
    codes = [Path.MOVETO, curve, curve, curve, Path.LINETO, curve, curve, curve, Path.CLOSEPOLY]
    axes.add_patch(PathPatch(Path(corners, codes), facecolor=color, alpha=strong, linewidth=0, zorder=2, gid="band"))
