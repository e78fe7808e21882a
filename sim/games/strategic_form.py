"""A game in strategic form with names: who plays, what each may do, what it comes to."""

from __future__ import annotations

from dataclasses import dataclass

from sim.foundations import Floats, ShapeError


@dataclass(frozen=True)
class StrategicForm:
    """A game in strategic form.

    title:      what it is called
    players:    (P,) names
    strategies: for each player the names of his strategies
    payoff:     (P, S_1, ..., S_P)

    Raises:  ShapeError if names and payoffs do not fit
    Source:  von Neumann & Morgenstern 1944, section 11
    Example:
        >>> import numpy as np
        >>> StrategicForm("coin", ("A", "B"), (("h", "t"), ("h", "t")), np.zeros((2, 2, 2))).shape
        (2, 2)
    """

    title: str
    players: tuple[str, ...]
    strategies: tuple[tuple[str, ...], ...]
    payoff: Floats

    def __post_init__(self) -> None:
        if self.payoff.shape != (len(self.players), *(len(one) for one in self.strategies)):
            raise ShapeError(
                f"payoffs of shape {self.payoff.shape} do not fit {len(self.players)} players with "
                f"{', '.join(str(len(one)) for one in self.strategies)} strategies"
            )

    @property
    def shape(self) -> tuple[int, ...]:
        """How many strategies each player has."""
        return tuple(len(one) for one in self.strategies)

    @classmethod
    def unnamed(cls, payoff: Floats, title: str = "a game") -> StrategicForm:
        """A game of which only payoffs are known; players and strategies are numbered."""
        return cls(
            title,
            tuple(f"player {i + 1}" for i in range(len(payoff))),
            tuple(tuple(str(k + 1) for k in range(size)) for size in payoff.shape[1:]),
            payoff,
        )
