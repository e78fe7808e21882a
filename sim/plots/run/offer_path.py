"""The dance of offers on the payoff plane: where each party's offers lie, in their order."""

from __future__ import annotations

from typing import Final

import numpy as np
import xarray as xr
from matplotlib.axes import Axes
from matplotlib.colors import to_hex, to_rgb
from matplotlib.patheffects import withStroke

from sim.foundations import Floats, Ints
from sim.plots.frame.labels import actor_titles, parties
from sim.plots.frame.style import Look

PALEST: Final = 0.3  # how much of its colour the first offer has
NEAR: Final = 0.03  # of the axes; shorter steps have no arrowhead


def offers_of(results: xr.Dataset, actor: int) -> tuple[Ints, Ints]:
    """Rounds and deals of an actor's own offers, in their order; acceptances are none."""
    own = (results["offer_actor"].values == actor) & (results["offer_act"].values.astype(str) != "accept")
    return np.asarray(results["offer_round"].values[own]), np.asarray(results["offer_deal"].values[own])


def silence(results: xr.Dataset) -> str:
    """Say which parties offer nothing, and why; empty where all offer something.

    Why is known where offers alternate: nobody offers what is worth less to him than his fallback, what crosses
    his red line, or what others would stop.
    """
    titles = actor_titles(results)
    gain = results["cloud_payoff"].values - results["cloud_war"].values[:, None]
    allowed = results["cloud_permitted"].values.astype(bool)
    said = []
    for actor in parties(results):
        if len(offers_of(results, actor)[1]) or (results["offer_actor"].values == actor).any():
            continue
        better = gain[actor] >= -1e-9
        why = ""
        if not better.any():
            why = ": none beats its fallback"
        elif not (better & allowed[actor]).any():
            why = ": its red lines bar every deal that beats its fallback"
        elif str(results.attrs["protocol"]) == "alternating-offers":
            count = int((better & allowed[actor]).sum())
            why = f": others refuse their consent to {_those(count)} that it could sign"
        said.append(f"{titles[actor]} makes no offer{why}. ")
    return "".join(said)


def moves(results: xr.Dataset, actor: int) -> Ints:
    """Deals that an actor moves to, first offer included: his offers without those that repeat the last one."""
    _, deals = offers_of(results, actor)
    return deals[np.concatenate([[True], deals[1:] != deals[:-1]])] if len(deals) else deals


def shades(count: int) -> Floats:
    """(count,) how much of its colour each of so many offers has, the first the palest."""
    return np.linspace(PALEST, 1, count) if count > 1 else np.ones(1)


def round_marks(rounds: Ints, places: Floats) -> list[tuple[int, str]]:
    """Which of the places an actor moves to carry a number of a round, and the number: the first and the last.

    Args:
        rounds: of all his offers
        places: (2, N) on the plane that he moves to
    """
    if np.allclose(places, places[:, :1], rtol=0, atol=1e-12):
        return [(0, rounds_in_words(rounds))]
    return [(0, f"{rounds[0] + 1}"), (places.shape[1] - 1, f"{rounds[-1] + 1}")]


def rounds_in_words(rounds: Ints, one: str = "", many: str = "") -> str:
    """Rounds as people count them, from the first to the last."""
    first, last = rounds[0] + 1, rounds[-1] + 1
    return f"{one}{first}" if first == last else f"{many}{first}–{last}"


def draw_offers(axes: Axes, results: xr.Dataset, actor: int, payoff: Floats, look: Look) -> None:
    """Draw one party's offers: a line from faint to full colour, arrowheads, and the first and last round's number.

    Args:
        payoff: (2, K) of the two parties of the plane
    """
    rounds, _ = offers_of(results, actor)
    deals = moves(results, actor)
    if not len(deals):
        return
    color, marker = _visible(look.actor_color(actor), look), look.actor_marker(actor)
    x, y = payoff[:, deals]
    axes.plot(
        [], [], color=color, linewidth=1.0, marker=marker, markersize=5.5,
        label=f"offers of {actor_titles(results)[actor]},\n{rounds_in_words(rounds, 'round ', 'rounds ')}",
    )  # fmt: skip
    axes.plot(x, y, color=color, linewidth=0.9, alpha=0.6, zorder=5, gid="offers")
    shade = shades(len(deals))
    full, empty = np.array(to_rgb(color)), np.array(to_rgb(look.background))
    axes.scatter(
        x, y, s=30, marker=marker, c=shade[:, None] * full + (1 - shade[:, None]) * empty, edgecolor=color,
        linewidth=0.7, zorder=6,
    )  # fmt: skip
    _arrowheads(axes, x, y, color)
    for n, words in round_marks(rounds, payoff[:, deals]):
        axes.annotate(
            words, (x[n], y[n]), xytext=(5, 5), textcoords="offset points", fontsize=9, weight="bold", color=color,
            zorder=10, path_effects=[withStroke(linewidth=2.5, foreground=look.background)], gid="round",
        )  # fmt: skip


def _visible(color: str, look: Look) -> str:
    """A colour that thin lines and figures can have: lighter on a dark page."""
    mixed = np.array(to_rgb(color)) * 0.65 + 0.35 if look.name == "dark" else np.array(to_rgb(color))
    return to_hex((float(mixed[0]), float(mixed[1]), float(mixed[2])))


def _arrowheads(axes: Axes, x: Floats, y: Floats, color: str) -> None:
    """Put one in the middle of each step that has room for it."""
    (left, right), (low, high) = axes.get_xlim(), axes.get_ylim()
    for n in range(len(x) - 1):
        dx, dy = float(x[n + 1] - x[n]), float(y[n + 1] - y[n])
        if np.hypot(dx / (right - left), dy / (high - low)) < NEAR:
            continue
        axes.annotate(
            "", (x[n] + 0.58 * dx, y[n] + 0.58 * dy), (x[n] + 0.5 * dx, y[n] + 0.5 * dy), zorder=5,
            arrowprops={"arrowstyle": "-|>", "color": color, "lw": 0, "mutation_scale": 8, "shrinkA": 0, "shrinkB": 0},
        )  # fmt: skip


def _those(count: int) -> str:
    return "the one deal" if count == 1 else f"each of the {count:,} deals"
