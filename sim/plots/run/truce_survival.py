"""How long deals hold: the share of first deals still in force as time goes on."""

from __future__ import annotations

import numpy as np
import xarray as xr
from matplotlib.figure import SubFigure

from sim.experiments import survival
from sim.experiments.survival import Survival, first_deals
from sim.plots.frame.label_spacing import spaced
from sim.plots.frame.labels import span
from sim.plots.frame.plot import Plot, figure
from sim.plots.frame.shares import counted, draws_note, focus, percent
from sim.plots.frame.style import ENDING_COLORS, Look

_PLURAL = {"truce": "truces", "partial": "partial deals", "settlement": "settlements", "deal": "deals"}
_FEW = 30  # deals below which a band would cover the whole figure and say nothing
_GAP = 11.0  # percent of the axis between two labels at the ends of curves


@figure("truce-survival", source="Kaplan & Meier 1958, J Am Stat Assoc 53:457-481")
class TruceSurvival(Plot):
    """Steps show the share of truces, and of other first deals, that still hold, with 95 % bands."""

    of_draws = True

    def fits(self, results: xr.Dataset) -> bool:
        """Some first deal was in force, and some deal broke: else there is nothing but a flat line."""
        found = survivals(results) if {"held", "collapses", "declared", "consistent"} <= set(results) else {}
        return any(curve.broken for curve in found.values())

    def title(self, results: xr.Dataset) -> str:
        """How many of the most frequent kind are left."""
        found = survivals(results)
        kind = "truce" if "truce" in found else next(iter(found))
        curve, years = found[kind], float(results.attrs["round_years"])
        first = f"Of {curve.count:,} {_PLURAL.get(kind, kind)} that come into force"
        if curve.half > 0:
            return f"{first}, half have broken after {_spoken(curve.half * years)}"
        horizon = int(results.attrs["horizon_rounds"])
        return f"{first}, {percent(curve.at(horizon))} would hold to the horizon of {_spoken(horizon * years)}"

    def caption(self, results: xr.Dataset) -> str:
        """What counts as broken, and what the band is."""
        counts = "; ".join(
            f"{counted(curve.count, _PLURAL.get(kind, kind))}, {curve.broken:,} broken"
            for kind, curve in survivals(results).items()
        )
        return (
            "Share of first deals still in force by their age (Kaplan–Meier). A deal that the horizon, or a decision "
            "by arms, finds unbroken counts as far as it was seen (ticks); one that follow-on talks convert goes on as "
            f"what it becomes. Bands: 95 %, chance in the draws alone (none below {_FEW} deals). {counts}, of "
            f"{focus(results).of_draws}. "
            f"{draws_note(results)}"
        )

    def height(self, results: xr.Dataset) -> float:
        """Inches."""
        del results
        return 3.6

    def paint(self, body: SubFigure, results: xr.Dataset, look: Look) -> None:
        """One step function for each kind of first deal."""
        axes = body.subplots()
        years = float(results.attrs["round_years"])
        found = survivals(results)
        end = int(results.attrs["horizon_rounds"]) * years
        lasted, broke, kinds = first_deals(results, focus(results).where)
        for kind, curve in found.items():
            times = np.append(curve.times, end / years) * years
            share, low, high = (100 * np.append(side, side[-1]) for side in (curve.share, curve.low, curve.high))
            color = ENDING_COLORS[kind]
            axes.step(times, share, where="post", color=color, label=_PLURAL.get(kind, kind))
            if curve.count >= _FEW:
                axes.fill_between(times, low, high, step="post", color=color, alpha=0.16, linewidth=0)
            seen = np.unique(lasted[~broke & (kinds == kind)])
            axes.plot(seen * years, [100 * curve.at(time) for time in seen], "|", color=color, markersize=7)
        axes.axhline(50, color=look.muted, linewidth=0.8, linestyle=":")
        axes.set_xlim(0, end)
        axes.set_ylim(0, 103)
        axes.set_xlabel("age of the deal (years)")
        axes.set_ylabel("still in force (%)")
        axes.grid(axis="y")
        places = spaced([100 * curve.share[-1] for curve in found.values()], _GAP, 2, 100)
        for (kind, curve), place in zip(found.items(), places, strict=True):
            axes.annotate(
                f"{_PLURAL.get(kind, kind)}\n({curve.count:,})", (end, place), (6, 0), textcoords="offset points",
                va="center", fontsize=8.5, color=look.ink, annotation_clip=False,
            )  # fmt: skip


def survivals(results: xr.Dataset) -> dict[str, Survival]:
    """Kind of first deal -> how long deals of that kind last, among the draws that headlines speak of."""
    return survival.survivals(results, focus(results).where)


def _spoken(years: float) -> str:
    return span(years, "years") if years >= 2 else span(12 * years, "months")
