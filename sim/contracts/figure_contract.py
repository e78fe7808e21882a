"""What every figure keeps, whatever results it is shown."""

from __future__ import annotations

from functools import cache
from typing import Any, Final

import xarray as xr

from sim.plots import Plot
from sim.plots.frame.plot import WIDTH
from sim.runs.run_scenario import run
from sim.scenario import Scenario

_ASSUMED: Final = {"assumed": "made up"}


def _spread(value: float, low: float, high: float) -> dict[str, Any]:
    return {"value": value, "low": low, "high": high, **_ASSUMED}


@cache
def small_results() -> xr.Dataset:
    """A run of forty worlds in which two sides settle or do not: what figures of runs are tried on."""
    issues = {
        "border": {"levels": ["north", "middle", "south"], "status_quo": "north"},
        "trade": {"levels": ["closed", "open"], "status_quo": "closed"},
    }
    actors = {
        name: {
            "role": "party",
            "patience": _spread(0.85, 0.6, 0.97),
            "war_cost": _spread(0.2, 0.0, 0.5),
            "power": _spread(0.5, 0.3, 0.7),
            "position": {"border": {"value": end, **_ASSUMED}, "trade": {"value": "open", **_ASSUMED}},
            "salience": {"border": _spread(1.0, 0.5, 2.0), "trade": _spread(1.0, 0.5, 2.0)},
        }
        for name, end in (("highland", "north"), ("lowland", "south"))
    }
    scenario = Scenario.model_validate({"title": "Two valleys", "issues": issues, "actors": actors})
    return run(scenario, 40)


def it_fits_or_it_does_not(figure: Plot) -> None:
    """Asked whether it fits, it answers yes or no, to results without anything in them as well."""
    assert isinstance(figure.fits(small_results()), bool)
    assert figure.fits(xr.Dataset()) is False, "it claims to fit results that hold nothing"


def it_says_what_is_seen(figure: Plot) -> None:
    """Title and caption are sentences about the results: no codes of data, no number that is none."""
    if figure.fits(small_results()):
        title, caption = figure.title(small_results()), figure.caption(small_results())
        assert title, "no title"
        assert caption, "no caption"
        assert "nan" not in f"{title} {caption}"


def it_is_drawn_in_every_style(figure: Plot) -> None:
    """It can be drawn for the screen, for paper and in the dark, and has a height."""
    if figure.fits(small_results()):
        assert figure.height(small_results()) > 0
        for style in ("screen", "paper", "dark"):
            assert figure.draw(small_results(), style=style, width=WIDTH) is not None


def it_says_what_its_marks_are(figure: Plot) -> None:
    """The docstring says what is drawn, which is what lists of figures show."""
    assert (type(figure).__doc__ or "").strip()


#: In the order in which they are tried.
FIGURE_CONTRACTS: Final = (
    it_fits_or_it_does_not,
    it_says_what_is_seen,
    it_is_drawn_in_every_style,
    it_says_what_its_marks_are,
)
