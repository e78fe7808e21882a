"""What a boundary is: a line in the plane of two swept things that theory draws without holding any talks."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from typing import ClassVar, Final, Literal

from sim.foundations import Floats, Registry
from sim.foundations.registry import Status
from sim.table import Worlds

#: What a boundary is for: the signing rule itself, a closed form of the same line, or a line about terms.
Role = Literal["signing", "closed form", "terms"]

#: Every boundary by its name.
BOUNDARIES: Final[Registry[Boundary]] = Registry("boundary", plural="boundaries", home="sim.sweeps.boundaries")


class Boundary(ABC):
    """A signed field over worlds whose zero is the line; it holds no talks and throws no dice.

    name:  what it is called, in results with ``boundary_`` before it
    role:  the signing rule itself, a closed form that must agree with it, or a line about terms
    label: what is written beside the line, on the side where the field is 0 or more
    rank:  of several closed forms that fit, the lowest is drawn
    """

    name: ClassVar[str]
    source: ClassVar[str]
    role: ClassVar[Role]
    label: ClassVar[str]
    rank: ClassVar[int] = 0

    @abstractmethod
    def fits(self, worlds: Worlds, varied: frozenset[str]) -> bool:
        """Whether these worlds meet every assumption of the source.

        Args:
            worlds: a block of points at central values
            varied: dotted paths that the sweep varies
        """

    @abstractmethod
    def field(self, worlds: Worlds) -> Floats:
        """(B,) signed distance from the line, in any unit: 0 or more on the side that the label names."""


def boundary_named(name: str, *, source: str, status: Status = "tested") -> Callable[[type[Boundary]], type[Boundary]]:
    """Register an instance of the decorated boundary under ``name``."""

    def add(kind: type[Boundary]) -> type[Boundary]:
        kind.name, kind.source = name, source
        BOUNDARIES.register(name, source=source, status=status)(kind())
        return kind

    return add
