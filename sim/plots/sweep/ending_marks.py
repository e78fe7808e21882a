"""How the endings of a case look in figures of sweeps: words, colours and markers, by their codes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
import xarray as xr
from matplotlib.artist import Artist
from matplotlib.colors import to_rgb
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from sim.foundations import Floats
from sim.plots.frame.outcomes import vocabulary
from sim.plots.frame.style import Look
from sim.words import capital
from sim.words.outcome_colors import outcome_colors

#: Markers of kinds of deal in their order, so that a figure can be read without colours; no deal and a broken one.
_DEALS: Final = ("o", "s", "^", "v", "P", "p", "<", ">")
_NEVER, _BROKEN = "D", "X"
#: Share at which a colour is as pale as it gets: with five endings the most frequent has 20 % or more.
_PALE: Final = 0.2


@dataclass(frozen=True)
class EndingMarks:
    """E endings of a case in the order of their codes.

    codes:   what they are called in data
    nouns:   what people call them
    colors:  of areas, lines and points
    markers: of points
    """

    codes: tuple[str, ...]
    nouns: tuple[str, ...]
    colors: tuple[str, ...]
    markers: tuple[str, ...]

    @classmethod
    def of(cls, results: xr.Dataset) -> EndingMarks:
        """The endings that the results tell of.

        Raises:  InputError if the results do not say what their endings are called
        """
        words = vocabulary(results)
        colors = outcome_colors(words)
        codes = tuple(words.endings)
        own = {kind: _DEALS[n % len(_DEALS)] for n, kind in enumerate(words.kinds)}
        marks = own | {words.never: _NEVER, words.broken: _BROKEN}
        return cls(
            codes=codes,
            nouns=tuple(words.endings[code].noun for code in codes),
            colors=tuple(colors[code] for code in codes),
            markers=tuple(marks[code] for code in codes),
        )

    def legend(self, which: Iterable[int], kind: Literal["area", "point", "line"]) -> list[Artist]:
        """Entries of a legend for some of the endings."""
        found: list[Artist] = []
        for e in which:
            label, color = capital(self.nouns[e]), self.colors[e]
            if kind == "area":
                found.append(Patch(facecolor=color, label=label))
            else:
                found.append(Line2D([], [], color=color, marker=self.markers[e], linewidth=1.8 * (kind == "line"),
                                    markersize=6 if kind == "point" else 5, label=label))  # fmt: skip
        return found

    def shades(self, modal: np.ndarray, share: Floats, look: Look) -> Floats:
        """Blend the colour of the most frequent ending with the page as its share falls.

        Args:
            modal: (...) index of the ending; -1 where there are no worlds
            share: (..., E)

        Returns:
            (..., 3) red, green, blue
        """
        full = np.array([to_rgb(color) for color in self.colors])[np.maximum(modal, 0)]
        top = np.take_along_axis(share, np.maximum(modal, 0)[..., None], axis=-1)
        weight = 0.15 + 0.85 * np.clip((top - _PALE) / (1 - _PALE), 0, 1)
        page = np.array(to_rgb(look.background))
        return np.where((modal >= 0)[..., None], page + weight * (full - page), page)

    def counted(self, modal: np.ndarray) -> str:
        """Say how many points each ending leads at, the one that leads at most first.

        Args:
            modal: index of the most frequent ending at each point, any shape; -1 where there are no worlds
        Example:
            >>> two = EndingMarks(("truce", "war"), ("a truce", "a broken deal"), ("b", "r"), ("o", "X"))
            >>> two.counted(np.array([1, 1, 0]))
            'A broken deal is the most frequent ending at 2 of 3 points, a truce at 1'
            >>> two.counted(np.array([1, 1]))
            'A broken deal is the most frequent ending at all 2 points'
        """
        ranked = self.ranked(modal)
        if not ranked:
            return "At no point is there a world to tell of"
        counts = [int((modal == e).sum()) for e in ranked]
        first = f"{capital(self.nouns[ranked[0]])} is the most frequent ending at"
        if counts[0] == modal.size:
            return f"{first} all {modal.size:,} points"
        rest = "".join(f", {self.nouns[e]} at {n:,}" for e, n in zip(ranked[1:], counts[1:], strict=True))
        return f"{first} {counts[0]:,} of {modal.size:,} points{rest}"

    def ranked(self, modal: np.ndarray) -> Sequence[int]:
        """Endings that lead at some point, the one that leads at most first."""
        counts = np.bincount(modal[modal >= 0].ravel(), minlength=len(self.codes))
        return [int(e) for e in np.argsort(-counts, kind="stable") if counts[e]]
