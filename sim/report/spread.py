"""What the spread of the endings comes from: evidence, model, both together, luck."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import xarray as xr

#: What each part stands for, in words; the order of the parts.
PARTS: Mapping[str, str] = {
    "evidence": "evidence (the ranges of the numbers)",
    "model": "model (protocol and conventions)",
    "both": "both together",
    "luck": "luck (talks, arms, collapse)",
}


@dataclass(frozen=True)
class Spread:
    """Parts of the variance of the ending, over all worlds.

    part:   name of the part, as in PARTS -> share of the variance, 0..1
    half:   half the width of its 95 % interval
    worlds: how many worlds were told again and again
    """

    part: Mapping[str, float]
    half: Mapping[str, float]
    worlds: int

    @classmethod
    def of(cls, found: xr.Dataset) -> Spread | None:
        """Read the split of the ending off the result of ``split_spread``; ``None`` where nothing varies."""
        measures = [str(name) for name in found["measure"].values]
        if "ending (all)" not in measures:
            return None
        of_ending = found.isel(measure=measures.index("ending (all)"))
        if not np.isfinite(of_ending["part"].values).all():
            return None
        return cls(
            {name: float(value) for name, value in zip(PARTS, of_ending["part"].values, strict=True)},
            {name: float(value) for name, value in zip(PARTS, of_ending["half"].values, strict=True)},
            int(found.attrs["worlds"]),
        )

    def sentence(self) -> str:
        """The split in one sentence.

        Example:
            >>> parts = {"evidence": 0.42, "model": 0.03, "both": 0.14, "luck": 0.41}
            >>> Spread(parts, dict.fromkeys(parts, 0.07), 40).sentence()[:72]
            'Of the spread of the endings 42% ± 7 is evidence (the ranges of the numb'
        """
        parts = [
            f"{100 * self.part[name]:.0f}% ± {100 * self.half[name]:.0f} is {words}" for name, words in PARTS.items()
        ]
        told = f"{', '.join(parts[:-1])}, and {parts[-1]}"
        return f"Of the spread of the endings {told} ({self.worlds} worlds, all conventions)."
