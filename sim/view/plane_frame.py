"""Where payoffs stand on a picture of the payoff plane: its frame, its ticks, the fallbacks."""

from __future__ import annotations

from typing import Final

import numpy as np

from sim.foundations import Floats
from sim.plots.frame.style import YELLOW
from sim.view.markup import escaped
from sim.view.ticks import round_ticks, said

WIDTH: Final = 440.0
HEIGHT: Final = 352.0
LEFT: Final = 56.0
RIGHT: Final = WIDTH - 12.0
TOP: Final = 22.0
BOTTOM: Final = HEIGHT - 44.0
#: Letters of a party's name that fit beside its fallback.
_LETTERS: Final = 22


class Frame:
    """Places of payoffs on the picture, in its units."""

    def __init__(self, payoff: Floats, war: Floats) -> None:
        low = np.minimum(payoff.min(axis=1), war)
        high = np.maximum(payoff.max(axis=1), war)
        margin = 0.06 * np.maximum(high - low, 0.02)
        self.low, self.high = low - margin, high + margin

    def at(self, payoff: Floats) -> Floats:
        """(2, N) places across and down of (2, N) payoffs."""
        share = (payoff - self.low[:, None]) / (self.high - self.low)[:, None]
        return np.stack([LEFT + share[0] * (RIGHT - LEFT), BOTTOM - share[1] * (BOTTOM - TOP)])

    def axes(self, first: str, second: str) -> list[str]:
        """Axis lines, round ticks, and what is told along both."""
        turned = f"translate(14 {(TOP + BOTTOM) / 2}) rotate(-90)"
        ticks = [round_ticks(float(self.low[n]), float(self.high[n]), 5) for n in (0, 1)]
        across, down = (self.at(np.array([values, values], dtype=float))[n] for n, values in enumerate(ticks))
        return [
            f'<path d="M{LEFT} {TOP}V{BOTTOM}H{RIGHT}" class="axis"/>',
            *(
                f'<text x="{x:.1f}" y="{BOTTOM + 16}" class="tick middle">{said(value)}</text>'
                for x, value in zip(across, ticks[0], strict=True)
            ),
            *(
                f'<text x="{LEFT - 6}" y="{y + 4:.1f}" class="tick end">{said(value)}</text>'
                for y, value in zip(down, ticks[1], strict=True)
            ),
            f'<text x="{(LEFT + RIGHT) / 2}" y="{HEIGHT - 6}" class="name middle">payoff to {escaped(first)}</text>',
            f'<text transform="{turned}" class="name middle">payoff to {escaped(second)}</text>',
        ]

    def better(self, war: Floats) -> str:
        """The area in which both get more than their fallbacks."""
        x, y = self.at(war[:, None])[:, 0]
        size = f'width="{RIGHT - x:.1f}" height="{y - TOP:.1f}"'
        return f'<rect x="{x:.1f}" y="{TOP}" {size} class="better" fill="{YELLOW}"/>'

    def fallbacks(self, war: Floats, first: str, second: str) -> list[str]:
        """Dashed lines at the fallbacks, each with its party's name."""
        x, y = self.at(war[:, None])[:, 0]
        side = "start" if x < LEFT + 60 else "end" if x > RIGHT - 60 else "middle"
        above = y - 5 if y > TOP + 18 else y + 14
        return [
            f'<path d="M{x:.1f} {TOP}V{BOTTOM}M{LEFT} {y:.1f}H{RIGHT}" class="war"/>',
            f'<text x="{x:.1f}" y="{TOP - 6}" class="halo fallback {side}">W of {_cut(first)}</text>',
            f'<text x="{RIGHT}" y="{above:.1f}" class="halo fallback end">W of {_cut(second)}</text>',
        ]


def _cut(title: str) -> str:
    return str(escaped(title if len(title) <= _LETTERS else f"{title[: _LETTERS - 1]}…"))
