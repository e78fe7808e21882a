"""Choose figures that fit, draw them, save them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import xarray as xr

from sim.foundations import ResultsError
from sim.plots.frame.missing_letters import missing_letters_told_once
from sim.plots.frame.plot import PLOTS, WIDTH
from sim.plots.frame.save_figure import save

#: Figures that are drawn unasked, beside those of what was replayed: more are not opened.
_MOST: Final = 6


@dataclass(frozen=True)
class FigureChoice:
    """Figures that fit some results, by whether they are drawn unasked.

    news:     those that are, in the order in which they are read
    constant: those that are not since what they show is the same in all worlds
    others:   those that are not since they show one typical world or a detail, or come after the first six
    repeated: those that are not since another one shows the same numbers -> that other one
    """

    news: tuple[str, ...]
    constant: tuple[str, ...]
    others: tuple[str, ...]
    repeated: Mapping[str, str] = field(default_factory=dict)

    @property
    def left_out(self) -> str:
        """What is not drawn and how to have it, in a sentence; empty where all that fit are drawn."""
        said = []
        if self.constant:
            said.append(f"nothing varies, or next to nothing, in {', '.join(self.constant)}")
        said += [f"{name} has the same numbers as {other}" for name, other in self.repeated.items()]
        if self.others:
            said.append(f"{len(self.others)} more with `sim plot`: {', '.join(self.others)}")
        return "; ".join(said)


def fitting(results: xr.Dataset) -> list[str]:
    """Names of the figures that fit, in the order in which they are read; of one world, those that say something."""
    single = results.sizes.get("draw") == 1
    found = [entry for entry in PLOTS if entry.member.fits(results) and not (single and entry.member.of_draws)]
    return [entry.name for entry in sorted(found, key=lambda entry: (entry.member.rank, entry.name))]


def figure_choice(results: xr.Dataset) -> FigureChoice:
    """Say which of the figures that fit carry news, so that they are drawn unasked: the first six of them by rank.

    What was replayed beside the run comes on top, so that the choice among the others does not depend on it. Of one
    world, and where all worlds are alike, those of the typical world do.
    """
    names = fitting(results)
    constant = tuple(name for name in names if not PLOTS[name].varies(results))
    repeated = {name: other for name in names if name not in constant and (other := PLOTS[name].repeats(results))}
    rest = tuple(name for name in names if name not in constant and name not in repeated)
    default = [name for name in rest if PLOTS[name].by_default]
    own = [name for name in default if not PLOTS[name].of_replays][:_MOST]
    news = tuple(name for name in default if PLOTS[name].of_replays or name in own)
    if results.sizes.get("draw") == 1 or not news:
        return FigureChoice(rest, constant, (), repeated)
    return FigureChoice(news, constant, tuple(name for name in rest if name not in news), repeated)


def plot_all(
    results: xr.Dataset,
    folder: str | Path,
    formats: Sequence[str] = ("png", "svg"),
    only: Sequence[str] | None = None,
    *,
    style: str = "screen",
    width: float = WIDTH,
    stems: Mapping[str, str] | None = None,
) -> list[Path]:
    """Draw every figure that fits, or only those named, into a folder, and return the files.

    Args:
        width: inches; the height follows from what is shown
        stems: figure -> name of its file, where it is not that of the figure

    Raises:  UnknownNameError for a figure, style or format that does not exist;
             ResultsError if a figure asked for does not fit
    """
    names = fitting(results)
    if only is not None:
        for name in only:
            if not PLOTS[name].fits(results):
                raise ResultsError(f'the figure "{name}" does not fit these results; those that do: {", ".join(names)}')
        names = list(dict.fromkeys(only))
    results = results.load()  # once, not for every figure
    written: list[Path] = []
    with missing_letters_told_once():
        for name in names:
            stem = (stems or {}).get(name, name)
            written += save(PLOTS[name].draw(results, style=style, width=width), Path(folder), stem, formats)
    return written


def stems_of(found: Sequence[xr.Dataset]) -> list[dict[str, str]]:
    """Name files apart where one figure fits several analyses, which would overwrite each other: by their methods."""
    shared = Counter(name for results in found for name in fitting(results))
    return [
        {name: f"{name}-{results.attrs['method']}" for name in fitting(results) if shared[name] > 1}
        for results in found
    ]
