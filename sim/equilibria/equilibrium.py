"""Where theoretical results are listed: closed forms and solvers, each with its source."""

from __future__ import annotations

from typing import Final

from sim.foundations import FunctionRegistry

#: Closed forms and solvers by name; signatures differ, as the theories do.
EQUILIBRIA: Final = FunctionRegistry("equilibrium", plural="equilibria", home="sim.equilibria")
