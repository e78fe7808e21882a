"""How many draws each observation leaves, and what it does to the endings."""

from __future__ import annotations

import numpy as np
import xarray as xr
from matplotlib.axes import Axes
from matplotlib.figure import SubFigure
from matplotlib.lines import Line2D

from sim.foundations import Bools, Floats
from sim.plots.frame.labels import SPOKEN, endings_listed, worded, wrapped
from sim.plots.frame.plot import Plot, figure
from sim.plots.frame.shares import bars, draws_note, percent, with_error
from sim.plots.frame.style import ENDING_COLORS, ORANGE, PURPLE, Look
from sim.store import meanings


@figure("observation-acceptance", source="intervals: Wilson 1927, J Am Stat Assoc 22:209-212")
class ObservationAcceptance(Plot):
    """Bars show how many draws each observation leaves; dots show the endings without and with it."""

    of_draws = True

    def fits(self, results: xr.Dataset) -> bool:
        """The scenario has observations."""
        return "kept" in results and results.sizes.get("observation", 0) > 0

    def title(self, results: xr.Dataset) -> str:
        """Acceptance, and the observation that matters most to the endings."""
        size = results.sizes["draw"]
        text = f"Observations leave {with_error(int(results['consistent'].values.sum()), size)} of draws"
        best: tuple[float, str] = (0.0, "")
        for index, name in enumerate(results["observation"].values):
            without, kept = without_and_with(results, index)
            if not without.any() or not kept.any():
                continue
            for code, ending in enumerate(meanings(results, "ending")):
                before, after = ((results["ending"].values[where] == code).mean() for where in (without, kept))
                if abs(after - before) > best[0]:
                    change = 100 * float(after - before)
                    much = f"{abs(change):.0f} points {'more' if change > 0 else 'less'} likely"
                    best = (abs(change) / 100, f"; “{worded(str(name))}” makes {SPOKEN[ending]} {much}")
        return text + (best[1] if best[0] >= 0.005 else "; none of them moves any ending by a point")

    def caption(self, results: xr.Dataset) -> str:
        """What holds, kept and with mean."""
        return (
            "Holds: the actor would do in that draw what was observed. Kept: it holds, or is said though it does "
            "not hold (the drawn chance of a bluff). Below: share of each ending among draws that survive all "
            "the other observations (hollow) and those that survive this one as well (full). Lines: 95 % Wilson "
            f"intervals. {draws_note(results)}"
        )

    def height(self, results: xr.Dataset) -> float:
        """Inches."""
        observations = results.sizes["observation"]
        return 1.4 + 0.5 * (observations + 1) + -(-observations // 3) * (0.9 + 0.28 * len(_endings(results)))

    def paint(self, body: SubFigure, results: xr.Dataset, look: Look) -> None:
        """Above, acceptance; below, a panel of endings for each observation."""
        observations = results.sizes["observation"]
        columns = min(observations, 3)
        rows = -(-observations // columns)
        ratios = [0.5 * (observations + 1) + 0.5, *[0.9 + 0.28 * len(_endings(results))] * rows]
        grid = body.add_gridspec(rows + 1, columns, height_ratios=ratios)
        _acceptance(body.add_subplot(grid[0, :]), results, look)
        first: Axes | None = None
        for index in range(observations):
            axes = body.add_subplot(grid[1 + index // columns, index % columns], sharex=first)
            first = first or axes
            _dots(axes, results, index, look)
            axes.tick_params(axis="y", labelleft=index % columns == 0)
        if first is not None:
            marks = [
                Line2D([], [], marker="o", linestyle="", color=look.muted, markerfacecolor=face, markersize=6)
                for face in (look.background, look.muted)
            ]
            body.legend(marks, ["without this observation", "with it"], loc="outside lower center", ncols=2)


def without_and_with(results: xr.Dataset, observation: int) -> tuple[Bools, Bools]:
    """(B,) draws that survive all the other observations, and those that survive this one as well."""
    kept = results["kept"].values.astype(bool)
    others = np.asarray(np.delete(kept, observation, axis=1).all(axis=1))
    return others, np.asarray(others & kept[:, observation])


def _endings(results: xr.Dataset) -> list[str]:
    return endings_listed(results)


def _acceptance(axes: Axes, results: xr.Dataset, look: Look) -> None:
    size = results.sizes["draw"]
    names = [worded(str(name)) for name in results["observation"].values]
    rows = np.arange(float(len(names)))
    # Colours that no ending has: those stand for endings in the panels below.
    for variable, color, offset in (("holds", ORANGE, -0.19), ("kept", PURPLE, 0.19)):
        share, error = bars(results[variable].values.sum(axis=0), size)
        _bar(axes, rows + offset, share, error, color, variable, look)
    share, error = bars(np.array([float(results["consistent"].values.sum())]), size)
    _bar(axes, np.array([len(names) + 0.1]), share, error, look.muted, "", look)
    axes.set_yticks([*rows, len(names) + 0.1], [*(wrapped(name, 34) for name in names), "All of them: acceptance"])
    axes.set_ylim(len(names) + 0.5, -0.5)
    axes.set_xlim(0, 112)
    axes.set_xticks(range(0, 101, 25))
    axes.set_xlabel("share of all draws (%)")
    axes.set_title("How many draws each leaves")
    axes.grid(axis="x")
    axes.tick_params(axis="y", length=0)


def _bar(axes: Axes, at: Floats, share: Floats, error: Floats, color: str, label: str, look: Look) -> None:
    axes.barh(
        at,
        share,
        0.36,
        xerr=error,
        color=color,
        label=label,
        error_kw={"ecolor": look.ink, "elinewidth": 1.0, "capsize": 2},
    )
    for y, value, beyond in zip(at, share, error[1], strict=True):
        axes.text(
            value + beyond + 1, y, f"{percent(value / 100)} {label}".strip(), va="center", fontsize=8.5, color=look.ink
        )


def _dots(axes: Axes, results: xr.Dataset, index: int, look: Look) -> None:
    endings = _endings(results)
    codes = [meanings(results, "ending").index(name) for name in endings]
    sides = without_and_with(results, index)
    rows = np.arange(len(endings))
    colors = [ENDING_COLORS[name] for name in endings]
    for where, offset, full in zip(sides, (-0.13, 0.13), (False, True), strict=True):
        size = int(where.sum())
        share, error = bars(np.array([(results["ending"].values[where] == code).sum() for code in codes]), size)
        if size == 0:
            if not full:
                axes.text(50, rows.mean(), "no draw survives the others", ha="center", color=look.muted, fontsize=8.5)
            continue
        axes.errorbar(share, rows + offset, xerr=error, fmt="none", ecolor=look.muted, elinewidth=1.0)
        axes.scatter(
            share,
            rows + offset,
            s=34,
            facecolor=colors if full else look.background,
            edgecolor=colors,
            linewidth=1.5,
            zorder=4,
        )
    axes.set_yticks(rows, [SPOKEN[name].removeprefix("a ").capitalize() for name in endings])
    axes.set_ylim(len(endings) - 0.5, -0.5)
    axes.set_xlim(0, 100)
    axes.set_xlabel("share of draws (%)")
    axes.set_title(wrapped(worded(str(results["observation"].values[index])), 34))
    axes.grid(axis="x")
    axes.tick_params(axis="y", length=0)
