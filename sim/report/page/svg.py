"""Figures as SVG that lives inside a page: its colours follow the page, its ids meet no others."""

from __future__ import annotations

import base64
import io
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

import matplotlib as mpl
import xarray as xr
from matplotlib.figure import Figure

from sim.plots import PLOTS, Plot, house_style
from sim.plots.frame.drawn_data import drawn_data
from sim.plots.frame.plot import widening
from sim.plots.frame.style import STYLES
from sim.report.page.data_address import data_address
from sim.words.outcome_colors import ARMS, STATE_COLORS

#: Colour in a figure -> variable of the page that takes its place; the rest is the same on dark and light.
VARIABLES: Final[Mapping[str, str]] = {
    STYLES["screen"].background.lower(): "--figure-paper",
    STYLES["screen"].ink.lower(): "--figure-ink",
    STYLES["screen"].muted.lower(): "--figure-muted",
    STYLES["screen"].grid.lower(): "--figure-grid",
    ARMS.lower(): "--figure-arms",
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
_BOX: Final = re.compile(r'viewBox="0 0 ([\d.]+) ([\d.]+)"')
#: Height over width beyond which letters would become too small in half a page.
_TALL: Final = 0.8
_FILL: Final = re.compile(r"fill: (#[0-9a-f]{6})")
#: Light colours that mean something by themselves and have no letters on them.
_MEANT: Final = frozenset(color.lower() for color in STATE_COLORS.values())
_DECIMALS: Final = re.compile(r"-?\d+\.\d{3,}")
#: Characters that the data of one figure may take on a page, as it stands there.
DATA_ROOM: Final = 160_000
_INLINE: Final = re.compile(r'style="[^"]*"')
_COLOR: Final = re.compile(r"#[0-9a-f]{6}\b")
_ID: Final = re.compile(r'(\bid="|\bhref="#|url\(#)([^")]+)')


@dataclass(frozen=True)
class Picture:
    """A figure ready for a page.

    name:    of the figure
    key:     what tells it apart on its page: the name, or more where two figures of one name stand there
    title:   what is seen, in a sentence
    caption: what is shown and how sure it is
    svg:     the element without its title, without glyphs; empty if it became too large
    glyphs:  id -> outline of a letter, shared by all figures of a page
    png:     base64 of the same figure, where ``svg`` is empty
    data:    what it shows, as CSV; empty where that is too much for a page
    leading: whether it carries news, so that it stands on paper too
    """

    name: str
    key: str
    title: str
    caption: str
    svg: str
    glyphs: Mapping[str, str]
    png: str = ""
    data: str = ""
    leading: bool = True

    @property
    def tall(self) -> bool:
        """Whether it is about as high as it is wide, or higher, so that it needs more than half a page."""
        box = _BOX.search(self.svg)
        return box is not None and float(box[2]) > _TALL * float(box[1])

    @property
    def pale(self) -> bool:
        """Whether it has tints of white, as maps have, so that its letters can be read on light ground only."""
        shaded = "<image" in self.svg  # a table of shares has its shades in pixels
        return shaded or any(_tint(color) for color in set(_FILL.findall(self.svg)) - _MEANT)

    @property
    def size(self) -> int:
        """Bytes on the page."""
        return len(self.svg) + len(self.png)


def _tint(color: str) -> bool:
    """Whether a colour is light (ITU-R BT.601) and mixed with white."""
    red, green, blue = (int(color[n : n + 2], 16) for n in (1, 3, 5))
    return min(red, green, blue) > 0x70 and 0.299 * red + 0.587 * green + 0.114 * blue > 185


def picture(results: xr.Dataset, name: str, key: str = "") -> Picture:
    """Draw a registered figure for a page.

    Args:
        key: what tells it apart on its page; its name if left out
    Raises:  ResultsError if it does not fit these results
    """
    plot, key = PLOTS[name], key or name
    drawn = _drawn(results, name)
    data = drawn_data(drawn)
    text = _saved(drawn, "svg", key).decode()
    glyphs = {found[1]: found[0] for found in _GLYPH.finditer(text)}
    svg = _embedded(_GLYPH.sub("", text), key, frozenset(glyphs))
    shorter = {name: _shorter(glyph) for name, glyph in glyphs.items()}
    return Picture(
        name,
        key,
        plot.title(results),
        _caption(plot, results),
        svg,
        shorter,
        data=data if len(data_address(data)) <= DATA_ROOM else "",
    )


def _caption(plot: Plot, results: xr.Dataset) -> str:
    """The caption, and what the figure says above its title besides the title of the page."""
    caption, wider = plot.caption(results), widening(results)
    return caption if not wider or "widened" in caption else f"{caption} {wider[:1].upper()}{wider[1:]}."


def as_png(results: xr.Dataset, found: Picture) -> Picture:
    """Turn a picture that takes too much room into pixels."""
    content = _saved(_drawn(results, found.name), "png", found.key)
    return replace(found, svg="", glyphs={}, png=base64.b64encode(content).decode())


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
