"""Payoffs of the game over strategies, with what nobody would leave."""

from __future__ import annotations

from typing import Final

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from sim.plots.frame.style import ACTOR_COLORS, VERMILION, Look, house_style
from sim.runs.tournament import Tournament

#: Inches of a cell, of the margins and of the texts above and below.
_CELL: Final = (1.25, 0.62)
_LEFT, _TOP, _BELOW = 1.6, 1.1, 0.6


def tournament_map(found: Tournament, style: str = "screen") -> Figure:
    """Draw who should do what: of two parties a matrix of payoffs, of more how often each strategy is played.

    In the matrix the darker a cell, the more somebody gains by leaving it; frames are equilibria in pure strategies,
    and payoffs that are best replies are bold. Of more than two parties bars show quantal responses.
    """
    with house_style(style) as look:
        figure = _matrix(found, look) if len(found.players) == 2 else _bars(found, look)
    figure.sim_style = style  # type: ignore[attr-defined]
    return figure


def _title(found: Tournament) -> str:
    best = found.least_regret
    pairs = zip(found.titles, best.strategies, strict=True)
    told = ", ".join(f"{title}: {found.strategies[k]}" for title, k in pairs)
    return f"{told}. " + ("Nobody gains by leaving" if best.regret <= 1e-12 else "Nobody gains much by leaving")


def _matrix(found: Tournament, look: Look) -> Figure:
    size = len(found.strategies)
    width, height = max(7.0, _LEFT + _CELL[0] * size + 0.3), _TOP + _CELL[1] * size + _BELOW
    figure = Figure(figsize=(width, height))
    axes = figure.add_axes(
        (_LEFT / width, _BELOW / height, _CELL[0] * size / width, _CELL[1] * size / height), label="matrix"
    )
    regret = np.array([one.regret for one in found.profiles]).reshape(size, size)
    axes.imshow(regret, cmap="Greys", vmin=0, vmax=max(4.0 * float(regret.max()), 1e-12), aspect="auto")
    for profile in found.profiles:
        row, column = profile.strategies
        for place, (payoff, dy) in enumerate(zip(profile.payoffs, (-0.17, 0.2), strict=True)):
            weight = "bold" if _is_best(found, profile.strategies, place) else "normal"
            color = ACTOR_COLORS[place]
            axes.text(column, row + dy, f"{payoff + 0.0:.3f}", ha="center", va="center", color=color, weight=weight)
    for row, column in found.game.pure:
        axes.add_patch(Rectangle((column - 0.47, row - 0.45), 0.94, 0.9, fill=False, edgecolor=VERMILION, linewidth=2))
    axes.set_xticks(range(size), found.strategies)
    axes.set_yticks(range(size), found.strategies)
    axes.xaxis.tick_top()
    axes.tick_params(length=0)
    axes.set_xlabel(found.titles[1], color=ACTOR_COLORS[1])
    axes.xaxis.set_label_position("top")
    axes.set_ylabel(found.titles[0], color=ACTOR_COLORS[0])
    axes.grid(visible=False)
    note = "Frames: equilibria in pure strategies. Bold: best replies. Grey: regret."
    _told(figure, found, note, look)
    return figure


def _is_best(found: Tournament, cell: tuple[int, ...], player: int) -> bool:
    own = np.moveaxis(found.payoff[player], player, 0)
    others = tuple(k for p, k in enumerate(cell) if p != player)
    column = own[(slice(None), *others)]
    return bool(column[cell[player]] >= column.max() - 1e-12)


def _bars(found: Tournament, look: Look) -> Figure:
    figure = Figure(figsize=(8.0, 4.2))
    axes: Axes = figure.add_axes((0.09, 0.22, 0.88, 0.52))
    shares = found.game.quantal.mixed if found.game.quantal is not None else found.replicator or ()
    for place, one in enumerate(shares):
        at = np.arange(len(one)) + (place - (len(shares) - 1) / 2) * 0.8 / max(1, len(shares))
        axes.bar(at, one, 0.8 / max(1, len(shares)), color=ACTOR_COLORS[place], label=found.titles[place])
    axes.set_xticks(range(len(found.strategies)), found.strategies)
    axes.set_ylim(0, 1.02)
    axes.set_ylabel("chance of being played")
    axes.legend(loc="upper right", frameon=False)
    _told(figure, found, "Quantal responses, from play at random to few mistakes.", look)
    return figure


def _told(figure: Figure, found: Tournament, note: str, look: Look) -> None:
    chance = "Deterministic: another seed gives the same." if found.deterministic else f"{found.worlds:,} worlds."
    figure.text(0.02, 0.98, _title(found), va="top", ha="left", weight="bold", gid="title")
    figure.text(
        0.02, 0.03, f"{note} {chance} {found.protocol}.", va="bottom", ha="left", color=look.muted, size="small"
    )
