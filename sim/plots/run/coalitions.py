"""Who signs with whom where some suffice, and who is left out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import xarray as xr
from matplotlib.axes import Axes
from matplotlib.figure import SubFigure

from sim.foundations import Bools, Ints
from sim.plots.frame.consent import signer_places, signer_titles, some_suffice
from sim.plots.frame.labels import inches, wrapped
from sim.plots.frame.plot import Plot, figure
from sim.plots.frame.style import BLUE, GREY, VERMILION, Look
from sim.plots.frame.world_groups import WorldGroup, focus, world_groups, worlds_note
from sim.plots.run.grouped_bars import share_axis, share_bars
from sim.words import Proportion, counted, enumerated

_MOST: Final = 10  # coalitions with a row
_ROW: Final = 0.36  # inches
_THICK: Final = 0.6


@dataclass(frozen=True)
class CoalitionCounts:
    """Who signed first deals together, the most frequent first.

    members: (C, S) who is in each coalition, of those who sign
    count:   (C,) in how many worlds it signed
    signed:  worlds with a deal
    """

    members: Bools
    count: Ints
    signed: int

    @property
    def left_out(self) -> Ints:
        """(S,) in how many worlds with a deal each did not sign it."""
        return np.asarray(self.count @ ~self.members, dtype=np.int64)


@figure("coalitions", source="combinations as a matrix: Lex et al. 2014, IEEE Trans Vis Comput Graph 20:1983-1992")
class Coalitions(Plot):
    """Dots show who signs with whom, bars in what share of worlds with a deal, and below how often each is left out."""

    of_draws = True
    rank = 2

    def fits(self, results: xr.Dataset) -> bool:
        """Some deal was signed, and not everybody has to sign."""
        kept = {"signed_by", "deal", "would_sign", "could_be_signed"} <= set(results)
        return kept and bool((results["deal"].values >= 0).any()) and some_suffice(results)

    def varies(self, results: xr.Dataset) -> bool:
        """Not always the same sign."""
        return len(coalition_counts(results).count) > 1

    def title(self, results: xr.Dataset) -> str:
        """The most frequent coalition, and who is left out most."""
        found, titles = coalition_counts(results), signer_titles(results)
        members = enumerated([titles[n] for n in np.flatnonzero(found.members[0])])
        verb = "sign" if found.members[0].sum() > 1 else "signs"
        text = f"{members} {verb} {'together ' if verb == 'sign' else ''}most often, {_share(found, found.count[0])}"
        out = found.left_out
        if not out.any():
            return f"{text} of deals; nobody is left out"
        most = [titles[n] for n in np.flatnonzero(out == out.max())]
        verb = "is" if len(most) == 1 else "are"
        return f"{text} of deals; {enumerated(most)} {verb} left out most, {_share(found, out.max())}"

    def caption(self, results: xr.Dataset) -> str:
        """What a coalition is."""
        found = coalition_counts(results)
        rest = len(found.count) - _MOST
        more = f"{counted(rest, 'rarer coalitions')} without a row. " if rest > 0 else ""
        return (
            "A row is one coalition: a dot for each who said yes to the first deal signed; shares of the "
            f"{found.signed:,} worlds with such a deal. Left out: of those who may sign, who did not. {more}Lines: "
            f"95 % intervals (Wilson). {worlds_note(results)}"
        )

    def height(self, results: xr.Dataset) -> float:
        """Inches: a row for each coalition, and for each who signs."""
        return 1.9 + _ROW * (min(len(coalition_counts(results).count), _MOST) + len(signer_titles(results)))

    def paint(self, body: SubFigure, results: xr.Dataset, look: Look) -> None:
        """Dots beside bars; below, bars of those left out."""
        found, titles = coalition_counts(results), signer_titles(results)
        rows = min(len(found.count), _MOST)
        wide = min(0.3 * len(titles), 1.2)
        grid = body.subplots(2, 2, height_ratios=[rows + 0.6, len(titles) + 0.6], width_ratios=[wide, 1.6])
        _dots(grid[0, 0], found.members[:rows], titles, look, inches(body) * wide / (wide + 2.0))
        grid[1, 0].set_axis_off()
        together, out = grid[:, 1]
        share_bars(together, np.arange(rows, dtype=float), found.count[:rows].astype(float), found.signed,
                   [BLUE] * rows, look, thick=_THICK)  # fmt: skip
        together.set_yticks([])
        together.set_ylim(rows - 0.4, -0.6)
        together.set_title("Who signs with whom")
        places = np.arange(len(titles), dtype=float)
        left_out, colors = found.left_out.astype(float), [VERMILION] * len(titles)
        share_bars(out, places, left_out, found.signed, colors, look, thick=_THICK)
        out.set_yticks(places, [wrapped(title, 24, 2) for title in titles])
        out.set_ylim(len(titles) - 0.4, -0.6)
        out.set_title("Who is left out")
        for axes in (together, out):
            share_axis(axes)
        out.set_xlabel("share of worlds with a deal (%)")


def coalition_counts(results: xr.Dataset) -> CoalitionCounts:
    """Count who signed the first deal together, among the worlds that fit if any of them has one."""
    deal = results["deal"].values >= 0
    where = _focus(results).where & deal
    signed = results["signed_by"].values.astype(bool)[where][:, signer_places(results)]
    members, count = np.unique(signed, axis=0, return_counts=True)
    order = np.argsort(-count, kind="stable")
    return CoalitionCounts(members[order], count[order], int(where.sum()))


def _focus(results: xr.Dataset) -> WorldGroup:
    group = focus(results)
    return group if (group.where & (results["deal"].values >= 0)).any() else world_groups(results)[0]


def _share(found: CoalitionCounts, count: int) -> str:
    return f"in {Proportion(int(count), found.signed)}"


def _dots(axes: Axes, members: Bools, titles: list[str], look: Look, room: float) -> None:
    """A column for each who signs; a filled dot for a member, joined to the others by a line."""
    rows, columns = members.shape
    for inside, color, size in ((False, look.grid, 60), (True, look.ink, 80)):
        row, column = np.nonzero(members == inside)
        axes.scatter(column, row, s=size, color=color, zorder=3, label="member" if inside else "_other")
    for place in range(rows):
        own = np.flatnonzero(members[place])
        if len(own):
            axes.plot([own[0], own[-1]], [place, place], color=look.ink, linewidth=2, zorder=2)
    upright = max(map(len, titles)) > int(room / columns * 10)
    names = [wrapped(title, 24, 2) for title in titles] if upright else titles
    axes.set_xticks(range(columns), names, rotation=90 if upright else 0)
    axes.xaxis.tick_top()
    axes.set_yticks([])
    axes.set_xlim(-0.6, columns - 0.4)
    axes.set_ylim(rows - 0.4, -0.6)
    axes.tick_params(length=0)
    axes.spines[:].set_visible(False)
    axes.axhline(-0.6, color=GREY, linewidth=0.6)
