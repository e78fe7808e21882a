"""Sentences and lists, the same ones for a terminal and for a page."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import xarray as xr

from sim.scenario import Scenario


@dataclass(frozen=True)
class Figure:
    """A number as it is shown, and what it is worth when rows are sorted."""

    shown: str
    sort: float


@dataclass(frozen=True)
class Listing:
    """A list with columns.

    caption: what it shows
    heads:   heads of the columns
    rows:    entries, the most important first
    """

    caption: str
    heads: Sequence[str]
    rows: Sequence[Sequence[str | Figure]]


#: A sentence, a list, or "" for a break between parts.
Piece = str | Listing
Teller = Callable[[xr.Dataset, Scenario | None], Iterator[Piece]]


def with_half(value: float, half: float) -> Figure:
    """A number with half the width of its interval."""
    return Figure("–" if not np.isfinite(value) else f"{value:.2f} ± {half:.2f}", float(value))


def in_points(change: float, error: float) -> Figure:
    """A change of a share in percentage points, with its 95 % half-width."""
    return Figure(f"{100 * change:+.0f} ± {196 * error:.0f}", float(change))


def figure(value: float, form: str) -> Figure:
    """A number in a format."""
    return Figure(format(float(value), form), float(value))
