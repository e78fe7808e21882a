"""How likely the wanted ending is for a use of the levers, and what it costs; every answer is remembered."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

import numpy as np

from sim.bridges.levers_played import Stage
from sim.foundations import Floats
from sim.scenario.draws import ends
from sim.scenario.levers_at import cost_number


@dataclass(frozen=True)
class Prices:
    """What full use of each lever costs.

    central, low, high: (L,) in the holder's own value
    """

    central: Floats
    low: Floats
    high: Floats

    @classmethod
    def of(cls, stage: Stage) -> Prices:
        """Read the costs off the scenario."""
        numbers = [cost_number(stage.scenario, name) for name in stage.levers]
        reach = [ends(stage.scenario, number) for number in numbers]
        return cls(
            np.array([float(number.quantity.value) for number in numbers]),
            np.array([low for low, _ in reach]),
            np.array([high for _, high in reach]),
        )


@dataclass
class Chance:
    """Share of draws that bring what is wanted, as a function of how much the levers are used.

    The share is a step function of the use: on fixed draws it has no noise, and no slope either.

    stage: what is played, and in which draws
    known: use -> share, of everything tried so far
    told:  called after each new use
    """

    stage: Stage
    told: Callable[[], None] = lambda: None
    known: dict[tuple[float, ...], float] = field(default_factory=dict)

    def __call__(self, use: Floats) -> float:
        """Share of draws, 0..1, for (L,) uses."""
        key = self.key(use)
        if key not in self.known:
            self.known[key] = float(self.stage.play(np.array(key)).reached.mean())
            self.told()
        return self.known[key]

    @staticmethod
    def key(use: Floats) -> tuple[float, ...]:
        """(L,) uses as they are remembered."""
        return tuple(round(float(amount), 9) for amount in use)

    def expect(self, uses: Iterable[Floats]) -> None:
        """Say which uses are about to be asked for, so that they can be played side by side."""
        keys = [self.key(use) for use in uses]
        self.stage.expect(np.array(key) for key in keys if key not in self.known)

    def safe(self, use: Floats) -> float:
        """The share less its Monte Carlo standard error, so that luck in the draws is not taken for success.

        Equal to the share where all draws agree.
        """
        share = self(use)
        return share - self.error(share)

    def error(self, share: float) -> float:
        """Monte Carlo standard error of a share on these draws."""
        return float(np.sqrt(max(share * (1 - share), 0.0) / len(self.stage.numbers)))

    @property
    def tried(self) -> Floats:
        """(N, L) uses tried so far."""
        return np.array(list(self.known)).reshape(len(self.known), len(self.stage.levers))

    @property
    def shares(self) -> Floats:
        """(N,) their shares."""
        return np.array(list(self.known.values()))
