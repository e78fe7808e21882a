"""What the answer owes to the evidence: the null coding, and one claim left out at a time."""

from __future__ import annotations

from typing import Final

import numpy as np
import xarray as xr
from matplotlib.artist import Artist
from matplotlib.axes import Axes

from sim.foundations import Bools, Floats, Ints
from sim.plots.analysis.row_frame import RowPlot, most_varied
from sim.plots.frame.plot import figure
from sim.plots.frame.style import BLUE, GREY, Look
from sim.words import clear, half_width, percent, points

_NULL: Final = "null-coding"


@figure("encoding-changes", source="null model and leave-one-out of the evidence (own design)", status="light")
class EncodingChanges(RowPlot):
    """Points show how shares change under a null coding, or with each claim left out, with paired intervals."""

    most = 16
    inches = 0.3

    def fits(self, results: xr.Dataset) -> bool:
        """A comparison of codings of the same worlds."""
        return results.attrs.get("method") in {_NULL, "leave-one-out"} and results.sizes["setting"] > 1

    def title(self, results: xr.Dataset) -> str:
        """The largest change, or that none is clear."""
        n, (change, error) = int(self.shown(results)[0]), _changes(results)
        moved, any_clear = points(float(change[n]), float(error[n])), bool(_clear(results).any())
        if _is_null(results):
            told = f"the share in which {results['measure_words'].values[n]} changes by {moved} points"
            return f"Everybody in the middle, equal weights: {told if any_clear else 'no share changes clearly'}"
        if not any_clear:
            return f"No claim, left out, changes clearly whether {_what(results)}"
        return f"Without “{_claims(results)[n]}” the share in which {_what(results)} changes by {moved} points"

    def caption(self, results: xr.Dataset) -> str:
        """What was played."""
        found = _clear(results)
        unit = "outcomes" if _is_null(results) else "claims"
        what = (
            "Positions at the middle of their scales and equal salience, against the scenario as written."
            if _is_null(results)
            else "The numbers that rest on the claim are drawn from all that is plausible, and observations that "
            "rest on it alone are not asked for."
        )
        return (
            f"{what} The {len(self.shown(results))} largest changes of {len(found)}; {int(found.sum())} of "
            f"{len(found)} {unit} change clearly (blue). {int(results.attrs['draws']):,} worlds, the same with the "
            "same luck; lines: 95 % intervals, paired. All worlds, whether or not they fit the observations."
        )

    def ranked(self, results: xr.Dataset) -> Floats:
        """Size of the change."""
        return np.abs(_changes(results)[0])

    def names(self, results: xr.Dataset) -> list[str]:
        """Outcomes with their share, or claims."""
        if not _is_null(results):
            return _claims(results)
        written = results["share"].sel(group="all").isel(setting=0).values
        told = zip(results["measure_words"].values, written, strict=True)
        return [f"{words} ({percent(float(share))} as written)" for words, share in told]

    def along(self, results: xr.Dataset) -> str:
        """Change of which share."""
        what = "of each outcome" if _is_null(results) else f"in which {_what(results)}"
        return f"change of the share of worlds {what} (percentage points)"

    def legend(self, results: xr.Dataset, look: Look) -> list[Artist]:
        """None: the caption says what blue is."""
        del results, look
        return []

    def paint_rows(self, axes: Axes, results: xr.Dataset, shown: Ints, look: Look) -> None:
        """A point with its interval for each change."""
        (change, error), beyond = _changes(results), _clear(results)
        for row, n in enumerate(shown):
            color = BLUE if beyond[n] else GREY
            axes.errorbar(100 * change[n], row, xerr=100 * half_width(float(error[n])), fmt="o", color=color,
                          ecolor=color, capsize=2, markersize=6)  # fmt: skip
        axes.axvline(0, color=look.ink, linewidth=1.0)


def _is_null(results: xr.Dataset) -> bool:
    return bool(results.attrs["method"] == _NULL)


def _measure(results: xr.Dataset) -> int:
    """The outcome that varies most as the scenario is written."""
    return most_varied(results["share"].sel(group="all").isel(setting=0).values)


def _what(results: xr.Dataset) -> str:
    return str(results["measure_words"].values[_measure(results)])


def _changes(results: xr.Dataset) -> tuple[Floats, Floats]:
    """Changes and standard errors: of every outcome for the null coding, of one outcome for every claim."""
    where = {"setting": 1} if _is_null(results) else {"setting": slice(1, None), "measure": _measure(results)}
    one = results.sel(group="all").isel(where)
    return np.asarray(one["change"].values), np.asarray(one["change_error"].values)


def _clear(results: xr.Dataset) -> Bools:
    """(N,) whether a change is beyond chance."""
    return np.array([clear(float(change), float(error)) for change, error in zip(*_changes(results), strict=True)])


def _claims(results: xr.Dataset) -> list[str]:
    """What each claim says in short, where titles were kept, else its name."""
    told = results.attrs.get("claim_titles")
    titles = told if isinstance(told, list) else str(told).split("\n") if told else []
    return [str(title) for title in titles or results["setting"].values[1:]]
