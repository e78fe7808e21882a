"""Where theoretical results are listed: closed forms and solvers, each with its source."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from sim.foundations import Registry
from sim.foundations.registry import Status

Function = TypeVar("Function", bound=Callable[..., Any])


class Equilibria(Registry[Callable[..., Any]]):
    """Name -> closed form or solver; registering keeps a function's own signature for type checkers."""

    def register(self, name: str, *, source: str, status: Status = "tested") -> Callable[[Function], Function]:
        """Add the decorated function under ``name``; a name taken twice is refused."""
        add = super().register(name, source=source, status=status)

        def keep(function: Function) -> Function:
            add(function)
            return function

        return keep


#: Closed forms and solvers by name; signatures differ, as the theories do.
EQUILIBRIA = Equilibria("equilibrium", plural="equilibria")
