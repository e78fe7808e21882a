"""What an outcome column is: one thing kept of a play, and what sweeps keep of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from sim.ensemble.played_block import PlayedBlock
from sim.scenario import Scenario


@dataclass(frozen=True)
class SweptMeasure:
    """What a sweep keeps of a column at each of its points, among all draws and among those that fit.

    name:    of the measure, which studies may ask to be shown
    meaning: what it is; its share or mean and its error have it for their long name
    mean:    whether numbers are averaged, over the draws that have one; otherwise codes or truth values are counted
    single:  whether single draws keep it too, where these are kept
    asked:   whether it is kept only where somebody asks for it, since it costs more than the rest
    """

    name: str
    meaning: str
    mean: bool = False
    single: bool = True
    asked: bool = False


@dataclass(frozen=True)
class OutcomeColumn:
    """One thing that is kept of a play.

    name:    of the variable
    meaning: what it holds, with its unit: the variable's long name
    values:  reads it off a block: (B, ...) by world, or counts over the worlds, which are added up
    dims:    names of its dimensions
    codes:   names of its values, in their order, as the scenario has them; ``None`` for plain numbers
    index:   dimension along which its values are places, -1 for none; empty for plain numbers
    light:   whether it belongs to what is kept while a slider moves, and of variants that are only compared
    states:  whether the state at the end of every round has to be kept for it
    swept:   what sweeps keep of it; ``None`` for nothing
    kept:    whether runs keep it; where it follows from other columns they do not
    """

    name: str
    meaning: str
    values: Callable[[PlayedBlock], np.ndarray]
    dims: tuple[str, ...] = ("draw",)
    codes: Callable[[Scenario], tuple[str, ...]] | None = None
    index: str = ""
    light: bool = False
    states: bool = False
    swept: SweptMeasure | None = None
    kept: bool = True

    @property
    def by_draw(self) -> bool:
        """Whether it has a value for each world; otherwise it counts worlds."""
        return self.dims[0] == "draw"

    def read(self, played: PlayedBlock) -> np.ndarray:
        """Read it off a block, as it is stored: whole numbers small, truth values as int8 (netCDF has no booleans)."""
        values = self.values(played)
        if values.dtype == bool:
            return values.astype(np.int8)
        return values.astype(np.int32) if values.dtype == np.int64 else values
