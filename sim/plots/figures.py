"""Every figure as a function: ``figures.endings(results)``, ``figures.regime_map(results, ax=ax)``.

The names are those of ``sim plot --list``, with ``_`` for ``-``; figures that other packages register are there too.

Example:
    >>> from sim.plots import figures
    >>> "payoff_plane" in dir(figures)
    True
    >>> print(figures.payoff_plane.__doc__.splitlines()[0])
    Points show what each deal is worth to two parties in one world, with fallbacks, frontier and offers.
    >>> import matplotlib.pyplot as plt
    >>> from sim import read_scenario, run
    >>> results = run(read_scenario("scenarios/pie"), 20)
    >>> mine, (left, right) = plt.subplots(1, 2, figsize=(12, 4))
    >>> figures.endings(results, ax=left) is mine
    True
    >>> len(mine.subfigs), right in mine.axes
    (1, True)
"""

from __future__ import annotations

from typing import Protocol

import xarray as xr
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.plots.frame.plot import PLOTS, WIDTH

_DOC = """{summary}

Args:
    results: what ``run`` gives, or ``load_results``
    ax:      paint into the place of this Axes of one's own figure, instead of making a new one
    style:   "screen", "paper" or "dark"
    width:   inches of a new figure
Returns:
    the new figure, or the one that ``ax`` belonged to
Raises:  ResultsError if the figure does not fit these results
Source:  {source}
"""


class DrawFigure(Protocol):
    """A function that draws one figure."""

    __name__: str

    def __call__(
        self, results: xr.Dataset, ax: Axes | None = None, *, style: str = "screen", width: float = WIDTH
    ) -> Figure:
        """Draw it."""
        ...


def __getattr__(name: str) -> DrawFigure:
    """Make the function of a figure when it is first asked for."""
    known = name.replace("_", "-")
    if name.startswith("_") or known not in PLOTS.names:
        raise AttributeError(f"module {__name__!r} has no figure {name!r}; it has {', '.join(__dir__())}")
    found = _function(known)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    """Names of all figures."""
    return sorted(name.replace("-", "_") for name in PLOTS.names)


def _function(name: str) -> DrawFigure:
    entry = PLOTS.entry(name)

    def draw(results: xr.Dataset, ax: Axes | None = None, *, style: str = "screen", width: float = WIDTH) -> Figure:
        return entry.member.draw(results, ax, style=style, width=width)

    draw.__name__ = draw.__qualname__ = name.replace("-", "_")
    draw.__doc__ = _DOC.format(summary=entry.summary, source=entry.source)
    return draw
