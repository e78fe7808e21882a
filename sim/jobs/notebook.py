"""Results as notebooks show them: what there is to say first, the arrays below."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import ParamSpec

import xarray as xr

from sim.jobs.run_case import play_case as play_kept
from sim.jobs.sweep_case import resume_sweep as go_on
from sim.jobs.sweep_case import sweep_case as sweep_kept
from sim.plots import PLOTS, fitting
from sim.report.page.renderer import render_part
from sim.report.pieces import Items, Sentence, Span
from sim.runs import run as play_run
from sim.store import load_results as load
from sim.sweeps import sweep as play_sweep

_P = ParamSpec("_P")


class Results(xr.Dataset):  # type: ignore[no-untyped-call]  # its __init_subclass__ has no types
    """Labelled results: a dataset like any other that, in a notebook, first says what each fitting figure says.

    Example:
        >>> from sim import read_scenario, run
        >>> results = run(read_scenario("scenarios/pie"), 4)
        >>> "figures.endings(results)" in results._repr_html_(), results.sizes["draw"]
        (True, 4)
    """

    __slots__ = ()

    def _repr_html_(self) -> str:
        """Each figure's finding with the call that draws it, then the arrays."""
        said = tuple(
            (f"{PLOTS[name].title(self)} ", Span(f"figures.{name.replace('-', '_')}(results)", "code"))
            for name in fitting(self)
        )
        head = Sentence(Span(str(self.attrs.get("title", "Results")), "strong"))
        return str(render_part((head, Items(said)))) + super()._repr_html_()


def _shown(play: Callable[_P, xr.Dataset]) -> Callable[_P, Results]:
    """Return the results of a function as what shows itself in a notebook."""

    @functools.wraps(play)
    def shown(*args: _P.args, **kwargs: _P.kwargs) -> Results:
        found = play(*args, **kwargs)
        return Results(dict(found.data_vars), found.coords, found.attrs)

    return shown


run = _shown(play_run)
play_case = _shown(play_kept)
sweep = _shown(play_sweep)
sweep_case = _shown(sweep_kept)
resume_sweep = _shown(go_on)
load_results = _shown(load)
