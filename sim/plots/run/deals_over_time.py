"""How many draws are in which state as time goes on."""

from __future__ import annotations

import numpy as np
import xarray as xr
from matplotlib.figure import SubFigure

from sim.foundations import Floats
from sim.plots.frame.labels import inches, span, time_axis, worded, wrapped
from sim.plots.frame.plot import Plot, figure
from sim.plots.frame.shares import draws_note, error_note, focus, groups, percent, with_error
from sim.plots.frame.style import STATE_COLORS, Look
from sim.store import meanings

_LABELS = {
    "truce": "Truce in force",
    "partial": "Partial deal in force",
    "settlement": "Settlement in force",
    "deal": "Deal in force",
}


@figure("deals-over-time", source="state occupation: Aalen & Johansen 1978, Scand J Stat 5:141-150")
class DealsOverTime(Plot):
    """Areas show the share of draws that talk, fight on, or have a deal in force, round by round."""

    of_draws = True

    def fits(self, results: xr.Dataset) -> bool:
        """States were kept and there is more than one round to show."""
        return "states" in results and results.sizes["round_number"] > 1

    def title(self, results: xr.Dataset) -> str:
        """Deals in force at the horizon, and decisions by arms."""
        group = focus(results)
        counts = results["states"].values[:, group.index]
        names = [str(name) for name in results["state"].values]
        times, unit = time_axis(results, counts.shape[1])
        force = counts[[names.index(name) for name in meanings(results, "deal_kind")]].sum(axis=0)
        arms = counts[names.index("decided by arms"), -1] if "decided by arms" in names else 0
        end = span(float(times[-1]), unit)
        if force[-1] == group.count:
            half = int(np.argmax(force >= group.count / 2))
            return (
                f"A deal is in force in {group.every_draw} at the horizon of {end}, "
                f"{'in half of them' if group.count > 1 else 'first'} within {span(float(times[half]), unit)}"
            )
        text = f"After {end} a deal is in force in {with_error(force[-1], group.count)} of {group.noun}"
        peak = int(force.argmax())
        if force[peak] - force[-1] > 0.1 * group.count:
            text += f", down from {percent(force[peak] / group.count)} after {span(float(times[peak]), unit)}"
        return text + (f"; arms have decided {percent(arms / group.count)}" if arms else "")

    def caption(self, results: xr.Dataset) -> str:
        """What the states mean."""
        return (
            "State at the end of each round. Talking: before the first signature or again after a collapse; fighting "
            "on: talks are over without a deal; broken down: a deal collapsed and nothing is in force. "
            f"{error_note(focus(results).count)} {draws_note(results)}"
        )

    def height(self, results: xr.Dataset) -> float:
        """Inches."""
        del results
        return 3.5

    def paint(self, body: SubFigure, results: xr.Dataset, look: Look) -> None:
        """One stacked area for each group of draws."""
        shown = groups(results)
        panels = body.subplots(1, len(shown), sharey=True, squeeze=False)[0]
        names = [str(name) for name in results["state"].values]
        order = _stacking(names)
        ever = results["states"].values.sum(axis=(1, 2)) > 0
        order = [name for name in order if ever[names.index(name)]]
        times, unit = time_axis(results, results.sizes["round_number"])
        for axes, group in zip(panels, shown, strict=True):
            share = shares_of_states(results, group.index, group.count)
            axes.stackplot(
                times,
                share[[names.index(name) for name in order]],
                labels=[_LABELS.get(name, worded(name)) for name in order],
                colors=[STATE_COLORS[name] for name in order],
                edgecolor=look.background,
                linewidth=0.4,
            )
            talks = int(results.attrs["talk_rounds"])
            if talks < len(times):
                axes.axvline(times[talks - 1], color=look.ink, linewidth=0.9, linestyle=":")
                axes.text(
                    times[talks - 1],
                    101,
                    "talks may last until here",
                    fontsize=8,
                    color=look.muted,
                    ha="left" if times[talks - 1] < 0.4 * times[-1] else "right",
                    va="bottom",
                )
            axes.set_xlim(times[0], times[-1])
            axes.set_ylim(0, 100)
            axes.set_xlabel(wrapped(f"time since the start of talks ({unit})", int(inches(body) / len(shown) * 9)))
            axes.set_title(group.label[:1].upper() + group.label[1:], pad=16, fontsize=9.5)
        panels[0].set_ylabel("share of draws (%)")
        handles, labels = panels[0].get_legend_handles_labels()
        body.legend(handles[::-1], labels[::-1], loc="outside right center", handlelength=1.0)


def shares_of_states(results: xr.Dataset, group: int, count: int) -> Floats:
    """(states, rounds) percent of the draws of a group in each state."""
    return np.asarray(100 * results["states"].values[:, group] / max(count, 1), dtype=float)


def _stacking(names: list[str]) -> list[str]:
    """Deals at the bottom, so that what is in force has one height; then what is not."""
    waiting = ("agreed, not yet in force", "talking", "fighting on", "no deal", "broken down")
    last = ("decided by arms", "taken by others")
    bottom = [name for name in reversed(names) if name not in (*waiting, *last)]
    return bottom + [name for name in (*waiting, *last) if name in names]
