"""How many worlds are in which state as time goes on."""

from __future__ import annotations

import numpy as np
import xarray as xr
from matplotlib.figure import SubFigure

from sim.foundations import Floats, Ints
from sim.plots.frame.labels import inches, time_axis, wrapped
from sim.plots.frame.outcomes import vocabulary
from sim.plots.frame.plot import Plot, figure
from sim.plots.frame.quantity_ticks import whole_ticks
from sim.plots.frame.style import Look
from sim.plots.frame.world_groups import WorldGroup, error_note, focus, world_groups, worlds_note
from sim.words import capital, duration, percent, without_article
from sim.words.outcome_colors import outcome_colors

_NOTABLE = 0.1  # share of worlds that must have lost their deal before the title says so


@figure("deals-over-time", source="stacked areas: Playfair 1786; states: sim.engine.outcome")
class DealsOverTime(Plot):
    """Areas show the share of worlds that talk, are without a deal, or have one in force, round by round."""

    of_draws = True
    rank = 1

    def fits(self, results: xr.Dataset) -> bool:
        """States were kept and there is more than one round to show."""
        return "states" in results and results.sizes["round_number"] > 1

    def varies(self, results: xr.Dataset) -> bool:
        """At some time worlds are in different states; where all sign at once, the first sentences say when."""
        return bool(((results["states"].values.sum(axis=1) > 0).sum(axis=0) > 1).any())

    def title(self, results: xr.Dataset) -> str:
        """Deals in force at the horizon, and decisions by arms."""
        group = focus(results)
        counts, names = results["states"].values[:, group.index], _states(results)
        force = in_force(results, group)
        end = _after(results, counts.shape[1] - 1)
        if force[-1] == group.count:
            half = _after(results, int(np.argmax(force >= group.count / 2)))
            first = "in half of them" if group.count > 1 else "first"
            return f"A deal is in force in {group.every_world} after {end}, {first} within {half}"
        text = f"After {end} a deal is in force in {group.proportion(int(force[-1]))} of {group.noun}"
        peak = int(force.argmax())
        if force[peak] - force[-1] > _NOTABLE * group.count:
            text += f", down from {percent(force[peak] / group.count)} after {_after(results, peak)}"
        arms = sum(int(counts[names.index(state), -1]) for state in vocabulary(results).outside)
        decided = "arms have decided" if vocabulary(results).war else "others have the deal in"
        return text + (f"; {decided} {percent(arms / group.count)}" if arms else "")

    def caption(self, results: xr.Dataset) -> str:
        """What the states mean."""
        words, ever = vocabulary(results), _ever(results)
        meant = "; ".join(
            f"{noun}: {words.states[code].meaning}"
            for code in words.states
            if code in ever
            and code not in words.kinds
            # what would only say itself again is left out
            and (noun := without_article(words.states[code].noun)) not in words.states[code].meaning
        )
        said = ("How things stand at the end of each round", capital(meant))
        return f"{'. '.join(filter(None, said))}. {error_note(focus(results).count)} {worlds_note(results)}"

    def height(self, results: xr.Dataset) -> float:
        """Inches."""
        del results
        return 3.5

    def paint(self, body: SubFigure, results: xr.Dataset, look: Look) -> None:
        """One stacked area for each group of worlds."""
        shown, words = world_groups(results), vocabulary(results)
        panels = body.subplots(1, len(shown), sharey=True, squeeze=False)[0]
        names, colors = _states(results), outcome_colors(words)
        order = [name for name in _stacking(results) if name in _ever(results)]
        times, unit = time_axis(results, results.sizes["round_number"])
        for axes, group in zip(panels, shown, strict=True):
            share = shares_of_states(results, group.index, group.count)
            axes.stackplot(
                times,
                share[[names.index(name) for name in order]],
                labels=[wrapped(capital(without_article(words.states[name].noun)), 26) for name in order],
                colors=[colors[name] for name in order],
                edgecolor=look.background,
                linewidth=0.4,
            )
            talks = int(results.attrs["talk_rounds"])
            if talks < len(times):
                at = float(times[talks - 1])
                axes.axvline(at, color=look.ink, linewidth=0.9, linestyle=":")
                axes.text(at, 101, "talks may last until here", fontsize=8, color=look.muted, va="bottom",
                          ha="left" if at < 0.4 * times[-1] else "right")  # fmt: skip
            axes.set_xlim(times[0], times[-1])
            whole_ticks(axes.xaxis)
            axes.set_ylim(0, 100)
            axes.set_xlabel(wrapped(f"time since the start of talks ({unit})", int(inches(body) / len(shown) * 9)))
            axes.set_title(wrapped(capital(group.label), int(inches(body) / len(shown) * 9)), pad=16, fontsize=9.5)
        panels[0].set_ylabel("share of worlds (%)")
        handles, labels = panels[0].get_legend_handles_labels()
        body.legend(handles[::-1], labels[::-1], loc="outside right center", handlelength=1.0)


def shares_of_states(results: xr.Dataset, group: int, count: int) -> Floats:
    """(states, rounds) percent of the worlds of a group in each state."""
    return np.asarray(100 * results["states"].values[:, group] / max(count, 1), dtype=float)


def in_force(results: xr.Dataset, group: WorldGroup) -> Ints:
    """(rounds,) in how many worlds of a group a deal of any kind is in force."""
    kinds = [_states(results).index(kind) for kind in vocabulary(results).kinds]
    return np.asarray(results["states"].values[kinds, group.index].sum(axis=0), dtype=np.int64)


def _states(results: xr.Dataset) -> list[str]:
    return [str(name) for name in results["state"].values]


def _ever(results: xr.Dataset) -> set[str]:
    """States in which some world is some time."""
    ever = results["states"].values.sum(axis=(1, 2)) > 0
    return {name for name, some in zip(_states(results), ever, strict=True) if some}


def _after(results: xr.Dataset, place: int) -> str:
    each = float(results.attrs["round_years"])
    return duration(each * (place + 1), each)


def _stacking(results: xr.Dataset) -> list[str]:
    """Deals at the bottom, the firmest first, so that what is in force has one height; what arms decided on top."""
    kinds = [*reversed(vocabulary(results).kinds)]
    return [*kinds, *(name for name in _states(results) if name not in kinds)]
