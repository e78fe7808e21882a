"""Where theoretical results are listed: closed forms and solvers, each with its source."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sim.foundations import Registry

#: Closed forms and solvers by name; signatures differ, as the theories do.
EQUILIBRIA: Registry[Callable[..., Any]] = Registry("equilibrium")
