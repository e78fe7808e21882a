"""The figures of results on a page: one at a time on a screen, all of them on paper."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

import xarray as xr

from sim.plots import fitting
from sim.report.page.markup import Markup, element, escaped, joined, section
from sim.report.page.svg import Picture, as_png, picture
from sim.report.pieces import FigurePiece

#: Bytes that all figures together may take; beyond it the largest become pixels, then are left out.
ROOM: Final = 1_350_000


def pictures(results: xr.Dataset, names: Iterable[str] | None = None, *, room: int = ROOM) -> list[Picture]:
    """Draw the figures that fit the results, small enough to be sent together.

    Args:
        names: figures to draw; all that fit if left out
        room:  bytes that they may take
    """
    chosen = list(fitting(results) if names is None else names)
    return _within(room, [(results, picture(results, name)) for name in chosen])


def pictures_of(found: Mapping[str, xr.Dataset], *, room: int = ROOM) -> list[Picture]:
    """Draw the figures that fit several results; those of one kind are told apart by what they are of."""
    names = [(key, results, name) for key, results in found.items() for name in fitting(results)]
    often = Counter(name for _, _, name in names)
    drawn = [
        (results, picture(results, name, f"{name}-{key}" if often[name] > 1 else name)) for key, results, name in names
    ]
    return _within(room, drawn)


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


def figures(found: Sequence[Picture]) -> Markup:
    """Write the section with all figures; a script turns them into tabs where there is one."""
    if not found:
        return Markup("")
    # One set of letters for all figures. It takes no room but must be rendered: what is not displayed draws nothing.
    letters = joined(Markup(outline) for outline in _letters(found))
    defs = Markup(f'<svg class="letters" width="0" height="0" aria-hidden="true"><defs>{letters}</defs></svg>')
    tabs = element("div", id="figure-tabs", class_="tabs", role="tablist", aria_label="Figures", hidden=True)
    panels = element("div", *(_panel(item) for item in found), id="figure-panels", class_="panels")
    return section("figures", "Figures", defs, tabs, panels)


def _panel(found: Picture) -> Markup:
    words = f"{found.title}. {found.caption}"
    if found.svg:
        drawn = Markup(found.svg.replace("<svg ", f'<svg role="img" aria-label="{escaped(words)}" ', 1))
    else:
        drawn = element("img", src=f"data:image/png;base64,{found.png}", alt=words)
    return element(
        "figure",
        element("h3", found.title, id=f"figure-{found.key}-title"),
        element("div", drawn, class_="scroll drawing"),
        element("figcaption", found.caption),
        id=f"figure-{found.key}",
        class_=" ".join(["panel", *(["tall"] if found.tall else []), *(["pale"] if found.pale else [])]),
        data_tab=label(found.key),
        aria_labelledby=f"figure-{found.key}-title",
    )


def pieces_of(found: Sequence[Picture]) -> list[FigurePiece]:
    """What a story says of pictures."""
    return [FigurePiece(item.key, item.title, item.caption) for item in found]


def label(name: str) -> str:
    """Name of a figure on its tab.

    Example:
        >>> label("why-not")
        'Why not'
    """
    words = name.replace("-", " ")
    return words[:1].upper() + words[1:]


def _letters(found: Sequence[Picture]) -> list[str]:
    every: dict[str, str] = {}
    for item in found:
        every |= item.glyphs
    return [every[name] for name in sorted(every)]
