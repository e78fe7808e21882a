"""What more chance of the wanted ending costs, and which levers it takes."""

from __future__ import annotations

import numpy as np
import xarray as xr
from matplotlib.axes import Axes
from matplotlib.figure import SubFigure

from sim.plots.frame.labels import listed, wrapped
from sim.plots.frame.outcomes import vocabulary
from sim.plots.frame.plot import Plot, figure
from sim.plots.frame.style import GREY, Look, ink_on
from sim.plots.frame.world_groups import bar_lengths
from sim.words import capital, counted, duration, in_hundred, percent, stated_percent, without_article
from sim.words.outcome_colors import outcome_colors

_AFTER = 1.9  # inches of what follows
_WRITTEN = 10.0  # percent from which a share is written into its bar


@figure("bridge-frontier", source="Pareto frontier of cost and probability; after Lempert et al. 2003")
class BridgeFrontier(Plot):
    """Dots show the likeliest use of the levers at each cost, squares below how much of each lever that takes."""

    def fits(self, results: xr.Dataset) -> bool:
        """The results are those of a bridge."""
        return "bridge_chance" in results and results.sizes["bridge_point"] > 0

    def title(self, results: xr.Dataset) -> str:
        """What it takes, or that nothing does."""
        marked = int(results["bridge_marked"].values.argmax())
        cost, share = float(results["bridge_cost"][marked]), float(results["bridge_chance"][marked])
        asked = percent(float(results.attrs["bridge_at_least"]))
        then = _then(results, marked)
        if results.attrs["bridge_found"]:
            asked_for = f"; {asked} was asked for" if not then else ""
            return f"{capital(_what(results))} in {percent(share)} of worlds costs {cost:.3f}{asked_for}{then}"
        if share >= float(results.attrs["bridge_at_least"]):
            asked += " of worlds by more than one standard error"
        else:
            asked += " of worlds"
        return f"No combination of levers reaches {_what(results)} in {asked}; best: {percent(share)}{then}"

    def caption(self, results: xr.Dataset) -> str:
        """What is counted, and how."""
        worlds = counted(int(results.attrs["bridge_draws"]), "worlds")
        said = (
            " What all could accept need not be signed, and what is signed can break"
            f"{': the report says how things end' if not _follows(results) else ''}."
            if results.attrs["bridge_measure"] == "acceptable"
            else ""
        )
        said += (
            f" Middle: how these worlds stand after {duration(float(results.attrs['bridge_years']))}."
            if _follows(results)
            else ""
        )
        return (
            f"Share of {worlds} with {_what(results)}, against the cost of the levers in use, summed over holders in "
            "their own value (a stake is 1, for ever). Every dot is unbeaten: nothing tried is both as cheap and "
            "likelier. The same worlds for every dot; bars: 95 % interval; pale lines: costs from the low to the high "
            f"ends of their ranges.{said}"
        )

    def height(self, results: xr.Dataset) -> float:
        """Inches: the curve, what follows, and a row for each lever."""
        return 3.6 + 0.42 * results.sizes["lever"] + (_AFTER + 0.5 if _follows(results) else 0.0)

    def paint(self, body: SubFigure, results: xr.Dataset, look: Look) -> None:
        """Chance over cost, and below it which levers."""
        levers = results.sizes["lever"]
        if _follows(results):
            top, middle, bottom = body.subplots(3, 1, height_ratios=[2.6, _AFTER, 0.42 * levers])
            _ends(middle, results, look)
        else:
            top, bottom = body.subplots(2, 1, height_ratios=[2.6, 0.42 * levers])
        cost = results["bridge_cost"].values
        draws = int(results.attrs["bridge_draws"])
        share, error = bar_lengths(results["bridge_chance"].values * draws, draws)
        reach = np.stack([cost - results["bridge_cost_low"].values, results["bridge_cost_high"].values - cost])
        marked = results["bridge_marked"].values.astype(bool)
        asked = 100 * float(results.attrs["bridge_at_least"])
        top.errorbar(cost, share, xerr=reach, fmt="none", ecolor=look.grid, elinewidth=2.5, zorder=1)
        top.step(cost, share, where="post", color=look.muted, linewidth=1.2, alpha=0.6, zorder=2)
        top.errorbar(
            cost, share, yerr=error, fmt="o", color=look.muted, ecolor=look.muted, elinewidth=1, capsize=2, zorder=3
        )
        word = "found" if results.attrs["bridge_found"] else "best tried"
        top.plot(cost[marked], share[marked], "D", color=look.ink, markersize=9, zorder=4, label=word)
        top.axhline(
            asked, color=look.ink, linewidth=1, linestyle=(0, (5, 3)), label=f"asked for: {stated_percent(asked / 100)}"
        )
        top.set_ylim(0, min(104, max(asked, float((share + error[1]).max())) * 1.12 + 1))
        top.set_xlim(left=-0.02 * max(float(cost.max()), 1e-3))
        top.set_xlabel("cost of the levers in use (own value of their holders)")
        top.set_ylabel("share of worlds (%)")
        top.grid(axis="y")
        top.legend(loc="upper left", bbox_to_anchor=(0, 1.12), ncols=2)
        self._uses(bottom, results, look, marked)

    def _uses(self, axes: Axes, results: xr.Dataset, look: Look, marked: np.ndarray) -> None:
        uses = results["bridge_use"].values
        names = listed(results, "lever_titles")
        holders = listed(results, "lever_holders")
        for n, row in enumerate(uses):
            for i, use in enumerate(row):
                axes.barh(i, 0.9, 0.8, left=n - 0.45, color=look.grid, zorder=1)
                if use > 0:
                    color = look.ink if marked[n] else look.muted
                    axes.barh(i, 0.9 * use, 0.8, left=n - 0.45, color=color, zorder=2)
                    inside = use > 0.6
                    axes.text(
                        n - 0.42 if inside else n - 0.45 + 0.9 * use + 0.03,
                        i,
                        in_hundred(use),
                        va="center",
                        fontsize=7.5,
                        color=ink_on(color) if inside else look.ink,
                    )
        rows = [f"{wrapped(name, 42)}\n({holder})" for name, holder in zip(names, holders, strict=True)]
        axes.set_yticks(range(len(rows)), rows, fontsize=7.5)
        shares = results["bridge_chance"].values
        columns = [
            f"{cost:.3f}\n{percent(share)}" for cost, share in zip(results["bridge_cost"].values, shares, strict=True)
        ]
        axes.set_xticks(range(len(columns)), columns, fontsize=8)
        axes.set_xlim(-0.5, max(len(columns), 2) - 0.5)
        axes.set_ylim(len(rows) - 0.5, -0.5)
        axes.set_xlabel("each dot: cost, chance; bars: how much of each lever is used (%)")
        axes.tick_params(length=0)
        for side in ("left", "bottom"):
            axes.spines[side].set_color(GREY)
            axes.spines[side].set_visible(False)


def _follows(results: xr.Dataset) -> bool:
    """Whether how it ends is something else than what was asked for, and was kept."""
    known = "bridge_ending" in results and bool(np.isfinite(results["bridge_ending"].values).all())
    return known and results.attrs["bridge_measure"] != "ending"


def _then(results: xr.Dataset, marked: int) -> str:
    """In what share of worlds a deal is in force at the end, for a title; empty where that was asked for itself."""
    if not _follows(results):
        return ""
    kinds = list(vocabulary(results).kinds)
    kept = float(results["bridge_ending"][marked].sel(ending_name=kinds).sum())
    return f"; in the end a deal is in force in {percent(kept)}"


def _ends(axes: Axes, results: xr.Dataset, look: Look) -> None:
    """A stacked column of endings below each dot: deals in force from below, a deal that broke on top."""
    words, colors = vocabulary(results), outcome_colors(vocabulary(results))
    shares = results["bridge_ending"]
    codes = [code for code in (*words.kinds, words.never, words.broken) if code in shares["ending_name"].values]
    below = np.zeros(shares.sizes["bridge_point"])
    for code in codes:
        part = 100 * shares.sel(ending_name=code).values
        if not part.any():
            continue
        axes.bar(np.arange(len(part)), part, 0.9, bottom=below, color=colors[code], edgecolor=look.background,
                 linewidth=0.6, label=without_article(words.endings[code].noun))  # fmt: skip
        for n in np.flatnonzero(part >= _WRITTEN).tolist():
            axes.text(n, below[n] + part[n] / 2, in_hundred(part[n] / 100), ha="center", va="center", fontsize=7.5,
                      color=ink_on(colors[code]))  # fmt: skip
        below = below + part
    axes.set_xlim(-0.5, max(len(below), 2) - 0.5)
    axes.set_ylim(0, 100)
    axes.set_xticks([])
    axes.set_ylabel("share of worlds (%)")
    axes.set_title(f"How it stands after {duration(float(results.attrs['bridge_years']))}", pad=20, fontsize=9.5)
    axes.legend(loc="lower left", bbox_to_anchor=(0, 0.97), ncols=5, fontsize=8, handlelength=1.0)


def _what(results: xr.Dataset) -> str:
    """What is asked for, and in what sense."""
    want = str(results.attrs["bridge_want"])
    words = vocabulary(results).endings
    if want not in words and want != "any-deal":
        return f"“{want}”"
    noun = words[want].noun if want in words else "a deal"
    sense = {
        "ending": f"in force after {duration(float(results.attrs['bridge_years']))}",
        "declared": "signed first",
        "acceptable": "acceptable to all who must agree",
    }
    return f"{noun} {sense[str(results.attrs['bridge_measure'])]}"
