"""Figures as SVG that lives inside a page: its colours follow the page, its ids meet no others."""

from __future__ import annotations

import base64
import io
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import matplotlib as mpl
import xarray as xr
from matplotlib.figure import Figure

from sim.plots import PLOTS, house_style
from sim.plots.style import STATE_COLORS, STYLES

#: Colour in a figure -> variable of the page that takes its place; the rest is the same on dark and light.
VARIABLES: Final[Mapping[str, str]] = {
    STYLES["screen"].background.lower(): "--figure-paper",
    STYLES["screen"].ink.lower(): "--figure-ink",
    STYLES["screen"].muted.lower(): "--figure-muted",
    STYLES["screen"].grid.lower(): "--figure-grid",
    STATE_COLORS["decided by arms"].lower(): "--figure-arms",
}
#: Texts of a figure that the page says itself, in letters that grow with the reader's.
_SAID_BY_PAGE: Final = frozenset({"kicker", "title", "caption"})

_DROPPED: Final = re.compile(
    r"<\?xml.*?\?>|<!DOCTYPE.*?>|<!--.*?-->|<metadata>.*?</metadata>|<title>.*?</title>", re.DOTALL
)
_STYLE: Final = re.compile(r"<style[^>]*>.*?</style>", re.DOTALL)
_GLYPH: Final = re.compile(r'<path id="(DejaVu[^"]+)"[^>]*/>', re.DOTALL)
#: What is measured in points; scales are not, and keep their digits.
_GEOMETRY: Final = re.compile(r'\b(?:d|points|x|y|viewBox)="[^"]*"|translate\([^)]*\)')
_DECIMALS: Final = re.compile(r"-?\d+\.\d{3,}")
_INLINE: Final = re.compile(r'style="[^"]*"')
_COLOR: Final = re.compile(r"#[0-9a-f]{6}\b")
_ID: Final = re.compile(r'(\bid="|\bhref="#|url\(#)([^")]+)')


@dataclass(frozen=True)
class Picture:
    """A figure ready for a page.

    name:    of the figure
    title:   what is seen, in a sentence
    caption: what is shown and how sure it is
    svg:     the element without its title, without glyphs; empty if it became too large
    glyphs:  id -> outline of a letter, shared by all figures of a page
    png:     base64 of the same figure, where ``svg`` is empty
    """

    name: str
    title: str
    caption: str
    svg: str
    glyphs: Mapping[str, str]
    png: str = ""

    @property
    def size(self) -> int:
        """Bytes on the page."""
        return len(self.svg) + len(self.png)


def picture(results: xr.Dataset, name: str) -> Picture:
    """Draw a registered figure for a page.

    Raises:  ResultsError if it does not fit these results
    """
    plot = PLOTS[name]
    text = _saved(_drawn(results, name), "svg", name).decode()
    glyphs = {found[1]: found[0] for found in _GLYPH.finditer(text)}
    svg = _embedded(_GLYPH.sub("", text), name, frozenset(glyphs))
    return Picture(name, plot.title(results), plot.caption(results), svg, {k: _shorter(g) for k, g in glyphs.items()})


def as_png(results: xr.Dataset, found: Picture) -> Picture:
    """Turn a picture that takes too much room into pixels."""
    content = _saved(_drawn(results, found.name), "png", found.name)
    return Picture(found.name, found.title, found.caption, "", {}, base64.b64encode(content).decode())


def _drawn(results: xr.Dataset, name: str) -> Figure:
    figure: Figure = PLOTS[name].draw(results, style="screen")
    for text in [text for text in figure.texts if text.get_gid() in _SAID_BY_PAGE]:
        text.remove()
    return figure


def _saved(figure: Figure, kind: str, name: str) -> bytes:
    stream = io.BytesIO()
    metadata: dict[str, Any] = {"Date": None, "Creator": None} if kind == "svg" else {"Software": None}
    # Only the part between title and caption, which are on the page. The salt makes ids repeatable.
    body = figure.subfigs[1].bbox.transformed(figure.dpi_scale_trans.inverted())
    with house_style("screen"), mpl.rc_context({"svg.hashsalt": name}):
        figure.savefig(stream, format=kind, dpi=STYLES["screen"].dpi, bbox_inches=body, metadata=metadata)
    return stream.getvalue()


def _embedded(text: str, name: str, shared: frozenset[str]) -> str:
    """SVG without what belongs to a file of its own, with ids that name the figure."""

    def named(found: re.Match[str]) -> str:
        return found[0] if found[2] in shared else f"{found[1]}{name}-{found[2]}"

    def colored(found: re.Match[str]) -> str:
        return _COLOR.sub(lambda c: f"var({VARIABLES[c[0]]})" if c[0] in VARIABLES else c[0], found[0])

    text = _STYLE.sub("", _DROPPED.sub("", text))
    text = text.replace("xlink:href", "href")
    text = re.sub(r' xmlns(?::xlink)?="[^"]*"| version="1.1"', "", text)
    text = _ID.sub(named, _INLINE.sub(colored, text))
    used = {found[2] for found in _ID.finditer(text) if not found[1].endswith('id="')}
    text = re.sub(r' id="([^"]*)"', lambda found: found[0] if found[1] in used else "", text)
    return re.sub(r"<defs>\s*</defs>|\n *", "", _shorter(text)).strip()


def _shorter(text: str) -> str:
    """Two decimals of a point are finer than any screen; line breaks say nothing."""
    return _GEOMETRY.sub(lambda found: _rounded(found[0]), text)


def _rounded(text: str) -> str:
    rounded = _DECIMALS.sub(lambda found: f"{float(found[0]):.2f}".rstrip("0").rstrip("."), text)
    return re.sub(r" ?\n", " ", rounded)
