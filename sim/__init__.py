"""Negotiation game theory from a news article: sourced numbers in, a distribution and a reason out."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sim.experiments import run as run
    from sim.experiments.sweep import sweep as sweep
    from sim.scenario import read_case as read_case
    from sim.scenario import read_scenario as read_scenario
    from sim.store import load_results as load_results

__all__ = ["load_results", "read_case", "read_scenario", "run", "sweep"]

#: Where each public name comes from; imported when it is first used, so that `sim --help` stays quick.
_HOMES = {
    "load_results": "sim.store",
    "read_case": "sim.scenario",
    "read_scenario": "sim.scenario",
    "run": "sim.experiments",
    "sweep": "sim.experiments.sweep",
}


def __getattr__(name: str) -> Any:
    """Import a public name when it is first asked for."""
    if name in _HOMES:
        return getattr(importlib.import_module(_HOMES[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
