"""Boundaries of a scenario over two axes, without playing anything."""

import math

import numpy as np
import xarray as xr

from sim.ensemble.ask import ask_scenario
from sim.sweeps.axis_text import parse_axis
from sim.sweeps.boundaries import BOUNDARIES, central_worlds, with_boundaries
from sim.sweeps.design_points import make_points
from sim.sweeps.sweep_ask import SweepAsk
from sim.table import DealSpace
from tests.bridges.one_dimension import dispute, number, with_levers


def asked_over(scenario, *over, draws=1):
    """A grid sweep as it would be asked for on the command line."""
    axes = [parse_axis(text, scenario) for text in over]
    return SweepAsk(ask_scenario(scenario, draws), make_points(axes, "grid", None, scenario.seed))


def lines(scenario, *over):
    """The stored fields of a sweep over these axes."""
    return with_boundaries(asked_over(scenario, *over), xr.Dataset())


def here(scenario, **fixed):
    """The core model at central values, some numbers fixed."""
    over = [f"{path.replace('__', '.')}={value}:{value}" for path, value in fixed.items()]
    first = next(iter(scenario.numbers))
    over = over or [f"{first}={scenario.numbers[first].quantity.value}:{scenario.numbers[first].quantity.value}"]
    points = asked_over(scenario, *over).points
    return central_worlds(DealSpace.of(scenario), points, np.arange(1))


def crossing(field, dim, **at):
    """Where a field changes its sign along one axis, the other at the nearest value."""
    line = field.sel(at, method="nearest") if at else field
    places, values = line[dim].values, line.values
    n = np.flatnonzero((values[1:] >= 0) != (values[:-1] >= 0))
    assert len(n) == 1, (places, values)
    n = int(n[0])
    share = values[n] / (values[n] - values[n + 1])
    return float(places[n] + share * (places[n + 1] - places[n]))


def divided(A, B, points=101, **more):
    """Two who divide one stake in hundredths, nothing else on the table."""
    marks = [n / (points - 1) for n in range(points)]
    scenario = dispute(A, B, shares=tuple(marks), **more)
    raw = scenario.model_dump()
    raw["issues"]["causes"]["available"] = ["0.0"]
    raw["issues"]["watch"]["available"] = ["unwatched"]
    return type(scenario).model_validate(raw)


def lone_truce(case, share=0.5, rate=0.1):
    """One truce on offer, which A may refuse and B never does; A believes in his own rate of collapse."""
    A = {"W": share - case["a"], "eta": case["eta"], "shift": case["signedD"], "delta": case["delta"]}
    scenario = dispute(A, {"W": 0.0, "delta": 0.9}, shares=(share,), theta=case["theta"])
    beliefs = {"base": number(rate), "enforcement": number(0.0), "resolved": number(0.0)}
    on_offer = {"share": (share,), "causes": (0.0,), "watch": ("unwatched",)}
    pressing = {"pressure": {"A": {"strength": number(0.0)}}, "position": {"watch": number("unwatched")}}
    return with_levers(scenario, {}, on_offer, pressing, A={"beliefs": beliefs})


def rate_of(hazard):
    """Rate per year at which a document collapses within a year with this chance."""
    return -math.log1p(-hazard)


__all__ = ["BOUNDARIES", "asked_over", "crossing", "dispute", "divided", "here", "lines", "lone_truce", "number"]
