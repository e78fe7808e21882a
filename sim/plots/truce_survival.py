"""How long deals hold: the share of first deals still in force as time goes on."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import xarray as xr
from matplotlib.figure import SubFigure

from sim.foundations import Bools, Floats, Ints
from sim.plots.labels import span
from sim.plots.plot import Plot, figure
from sim.plots.shares import Z, counted, draws_note, focus, percent
from sim.plots.spread import spread
from sim.plots.style import ENDING_COLORS, Look
from sim.store import meanings

_PLURAL = {"truce": "truces", "partial": "partial deals", "settlement": "settlements"}
_FEW = 30  # deals below which a band would cover the whole figure and say nothing
_GAP = 11.0  # percent of the axis between two labels at the ends of curves


@dataclass(frozen=True)
class Survival:
    """Kaplan-Meier estimate of how long something lasts.

    times:  (E+1,) rounds at which something broke, 0 first
    share:  (E+1,) share that is left just after each
    low:    (E+1,) lower end of its 95 % interval
    high:   (E+1,) upper end
    count:  how many there were at the beginning
    broken: how many broke before they were lost to sight
    """

    times: Floats
    share: Floats
    low: Floats
    high: Floats
    count: int
    broken: int

    def at(self, time: float) -> float:
        """Share that is left at a time."""
        return float(self.share[np.searchsorted(self.times, time, side="right") - 1])


def kaplan_meier(lasted: Ints, broke: Bools) -> Survival:
    """Estimate the share that lasts longer than each time, where some are only known to have lasted so far.

    Args:
        lasted: (N,) rounds until it broke, or until it was last seen
        broke:  (N,) whether it broke then
    Source:  Kaplan & Meier 1958, J Am Stat Assoc 53:457-481; intervals on the log-log scale with Greenwood's
             variance (Kalbfleisch & Prentice 2002, section 1.4)

    Example:
        >>> found = kaplan_meier(np.array([1, 2, 2, 3]), np.array([True, False, True, False]))
        >>> [float(value) for value in found.share]
        [1.0, 0.75, 0.5]
    """
    times, deaths = np.unique(lasted[broke], return_counts=True)
    at_risk = (lasted[None, :] >= times[:, None]).sum(axis=1)
    share = np.cumprod(1 - deaths / np.maximum(at_risk, 1))
    left = at_risk - deaths
    with np.errstate(divide="ignore", invalid="ignore"):
        greenwood = np.cumsum(np.where(left > 0, deaths / (at_risk * left), 0.0))
        half = Z * np.sqrt(greenwood) / np.abs(np.log(share))
        inside = (share > 0) & (share < 1)
        low = np.where(inside, share ** np.exp(half), share)
        high = np.where(inside, share ** np.exp(-half), share)
    one = np.ones(1)
    return Survival(
        np.concatenate([[0.0], times]), np.concatenate([one, share]), np.concatenate([one, low]),
        np.concatenate([one, high]), len(lasted), int(broke.sum()),
    )  # fmt: skip


@figure("truce-survival", source="Kaplan & Meier 1958, J Am Stat Assoc 53:457-481")
class TruceSurvival(Plot):
    """Steps show the share of truces, and of other first deals, that still hold, with 95 % bands."""

    def fits(self, results: xr.Dataset) -> bool:
        """Some first deal was in force, and some deal broke: else there is nothing but a flat line."""
        found = survivals(results) if {"held", "collapses", "declared", "consistent"} <= set(results) else {}
        return any(curve.broken for curve in found.values())

    def title(self, results: xr.Dataset) -> str:
        """How many of the most frequent kind are left."""
        found = survivals(results)
        kind = "truce" if "truce" in found else next(iter(found))
        curve, years = found[kind], float(results.attrs["round_years"])
        below = np.flatnonzero(curve.share <= 0.5)
        first = f"Of {curve.count:,} {_PLURAL[kind]} that come into force"
        if len(below):
            return f"{first}, half have broken after {_spoken(curve.times[below[0]] * years)}"
        horizon = int(results.attrs["horizon_rounds"])
        return f"{first}, {percent(curve.at(horizon))} would hold to the horizon of {_spoken(horizon * years)}"

    def caption(self, results: xr.Dataset) -> str:
        """What counts as broken, and what the band is."""
        counts = "; ".join(
            f"{counted(curve.count, _PLURAL[kind])}, {curve.broken:,} broken"
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
        lasted, broke, kinds = _first_deals(results)
        for kind, curve in found.items():
            times = np.append(curve.times, end / years) * years
            share, low, high = (100 * np.append(side, side[-1]) for side in (curve.share, curve.low, curve.high))
            color = ENDING_COLORS[kind]
            axes.step(times, share, where="post", color=color, label=_PLURAL[kind])
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
        places = spread([100 * curve.share[-1] for curve in found.values()], _GAP, 2, 100)
        for (kind, curve), place in zip(found.items(), places, strict=True):
            axes.annotate(
                f"{_PLURAL[kind]}\n({curve.count:,})", (end, place), (6, 0), textcoords="offset points",
                va="center", fontsize=8.5, color=look.ink, annotation_clip=False,
            )  # fmt: skip


def survivals(results: xr.Dataset) -> dict[str, Survival]:
    """Kind of first deal -> how long deals of that kind last, among the draws that headlines speak of."""
    lasted, broke, kinds = _first_deals(results)
    return {
        kind: kaplan_meier(lasted[kinds == kind], broke[kinds == kind]) for kind in _PLURAL if (kinds == kind).any()
    }


def _first_deals(results: xr.Dataset) -> tuple[Ints, Bools, np.ndarray]:
    """Rounds in force, whether broken then, and kind, of first deals that came into force."""
    where = focus(results).where & (results["held"].values > 0)
    names = np.array(meanings(results, "declared"))
    return (
        results["held"].values[where].astype(np.int64),
        results["collapses"].values[where] > 0,
        names[results["declared"].values[where]],
    )


def _spoken(years: float) -> str:
    return span(years, "years") if years >= 2 else span(12 * years, "months")
