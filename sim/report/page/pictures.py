"""The figures of results on a page: one at a time on a screen, all of them on paper."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Final

import xarray as xr

from sim.plots import figure_choice, fitting
from sim.plots.frame.missing_letters import missing_letters_told_once
from sim.report.page.svg import Picture, as_png, picture
from sim.report.pieces import FigurePiece

#: Bytes that all figures together may take; beyond it the largest become pixels, then are left out.
ROOM: Final = 1_310_000


def pictures(results: xr.Dataset, names: Iterable[str] | None = None, *, room: int = ROOM) -> list[Picture]:
    """Draw the figures that fit the results, those with news first, small enough to be sent together.

    Args:
        names: figures to draw; all that fit if left out
        room:  bytes that they may take
    """
    with missing_letters_told_once():
        if names is not None:
            return _within(room, [(results, picture(results, name)) for name in names])
        choice = figure_choice(results)
        chosen = [*choice.news, *choice.others, *choice.repeated, *choice.constant]
        drawn = [(results, replace(picture(results, name), leading=name in choice.news)) for name in chosen]
        return _within(room, drawn)


def pictures_of(found: Mapping[str, xr.Dataset], *, room: int = ROOM) -> list[Picture]:
    """Draw the figures that fit several results; those of one kind are told apart by what they are of."""
    names = [(key, results, name) for key, results in found.items() for name in fitting(results)]
    often = Counter(name for _, _, name in names)
    with missing_letters_told_once():
        drawn = [
            (results, picture(results, name, f"{name}-{key}" if often[name] > 1 else name))
            for key, results, name in names
        ]
        return _within(room, drawn)


def changes_picture(shown: xr.Dataset | None) -> list[Picture]:
    """Draw what changes from one answer to another; nothing where nothing is shown."""
    return [] if shown is None else pictures(shown, ["paired-changes"])


def _within(room: int, drawn: list[tuple[xr.Dataset, Picture]]) -> list[Picture]:
    """Turn the largest figures into pixels, then leave out what comes last, until they take no more than ``room``."""
    found = [item for _, item in drawn]
    for results, item in sorted(drawn, key=lambda pair: -pair[1].size):
        if sum(one.size for one in found) <= room:
            break
        smaller = as_png(results, item)
        if smaller.size < item.size:
            found[found.index(item)] = smaller
    while sum(item.size for item in found) > room:
        found.pop()  # what comes last in the order matters least
    return found


def pieces_of(found: Sequence[Picture]) -> list[FigurePiece]:
    """What a story says of pictures."""
    return [FigurePiece(item.key, item.title, item.caption, leading=item.leading) for item in found]
