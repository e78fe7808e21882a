"""Text of users on figures: drawn letter by letter, on one line, in a font that has its letters."""

from __future__ import annotations

import functools
import textwrap
import unicodedata
from collections.abc import Iterable
from typing import Final

from matplotlib import font_manager
from matplotlib.axis import Axis
from matplotlib.figure import Figure, SubFigure
from matplotlib.font_manager import FontProperties
from matplotlib.text import Text
from matplotlib.ticker import FixedLocator

from sim.plots.frame.measuring_canvas import MeasuringCanvas
from sim.plots.frame.missing_letters import MISSING, tell_missing_letters

#: Comes with matplotlib, so that figures are the same everywhere.
FIRST_FONT: Final = "DejaVu Sans"
#: Fonts for letters that the first one lacks, tried in this order where they are installed.
_MORE_FONTS: Final = (
    "Noto Sans CJK SC",
    "Noto Sans CJK JP",
    "Noto Sans SC",
    "Noto Sans JP",
    "Noto Sans KR",
    "Source Han Sans SC",
    "WenQuanYi Zen Hei",
    "WenQuanYi Micro Hei",
    "IPAexGothic",
    "PingFang SC",
    "Hiragino Sans",
    "Microsoft YaHei",
    "MS Gothic",
    "Malgun Gothic",
    "Noto Sans",
    "Noto Sans Arabic",
    "Noto Sans Hebrew",
    "Noto Sans Devanagari",
    "Noto Sans Thai",
    "Noto Sans Symbols 2",
    "Noto Emoji",
    "Segoe UI Symbol",
    "Arial Unicode MS",
)
#: Takes no room; before an underscore it keeps matplotlib from leaving the text out of a legend.
_NO_SPACE: Final = "\u200b"
_POINTS: Final = 72  # an inch
_FEWEST: Final = 20  # letters that a line has in any case
#: Begin and end a stretch of text whose direction is its own.
_ISOLATE, _END = "\u2068", "\u2069"
#: Categories of Unicode that are no letters: control, format (bidirectional marks among them), unassigned, surrogate.
_INVISIBLE: Final = frozenset({"Cc", "Cf", "Cn", "Co", "Cs"})


def one_line(text: str, letters: int | None = None) -> str:
    r"""Text without line breaks and signs that cannot be seen, shortened with an ellipsis where it is too long.

    Example:
        >>> one_line("a\tb\n c"), one_line("a" * 300, 8), one_line("none at all", 9)
        ('a b c', 'aaaaaaa…', 'none at…')
    """
    seen = "".join(" " if sign.isspace() else sign for sign in text if sign.isspace() or _visible(sign))
    line = " ".join(seen.split())
    line = f"{_NO_SPACE}{line}" if line.startswith("_") else line
    if letters is not None and len(line) > letters:
        several = " " in line[:letters]
        line = textwrap.shorten(line, letters, placeholder="…") if several else f"{line[: letters - 1]}…"
    return _isolated(line)


def fitted(text: str, inches: float, letters: int, font: FontProperties) -> str:
    """Text broken into lines of at most so many letters, fewer where they are so wide that a line has no room.

    Args:
        inches: room for a line
    """
    page = Figure(figsize=(1, 1), dpi=_POINTS)
    MeasuringCanvas(page)
    measured = page.text(0, 0, "", font=font, parse_math=False)
    while True:
        lines = textwrap.fill(text, letters)
        measured.set_text(_drawn(lines, {}))
        if letters <= _FEWEST or measured.get_window_extent().width <= inches * _POINTS:
            return lines
        letters -= 4


def font_families() -> list[str]:
    """The first font and those of the others that are installed here, in the order in which letters are looked up."""
    installed = set(font_manager.fontManager.get_font_names())
    return [FIRST_FONT, *(name for name in _MORE_FONTS if name in installed)]


def settle_text(page: Figure | SubFigure) -> None:
    """Make every text of a figure one that is drawn as it is written; the one gate for what users wrote.

    Nothing is read as mathematics, and letters that no font here has become one sign; a single warning names the
    texts that have some, for all figures that are drawn together.
    """
    lost: dict[str, None] = {}
    for axes in page.get_axes():
        for axis in (axes.xaxis, axes.yaxis):
            _settle_ticks(axis, lost)
    for text in page.findobj(Text):
        assert isinstance(text, Text)
        text.set_parse_math(False)
        words = text.get_text()
        if (drawn := _drawn(words, lost)) != words:
            text.set_text(drawn)
    tell_missing_letters(lost)


def _settle_ticks(axis: Axis, lost: dict[str, None]) -> None:
    """Tick labels are written anew at each drawing from what the axis keeps, so they are changed there."""
    if not isinstance(axis.get_major_locator(), FixedLocator):
        return
    words = [label.get_text() for label in axis.get_ticklabels()]
    drawn = [_drawn(word, lost) for word in words]
    if drawn != words:
        axis.set_ticklabels(drawn)


def _drawn(words: str, lost: dict[str, None]) -> str:
    """What is drawn of a text; a text that loses letters is noted."""
    if words.isascii():
        return words
    letters = _letters()
    missing = {sign for sign in words if ord(sign) not in letters and not sign.isspace() and _visible(sign)}
    if not missing:
        return words
    lost.setdefault(words)
    return "".join(MISSING if sign in missing else sign for sign in words)


@functools.cache
def _letters() -> frozenset[int]:
    """Every letter that some font of the house style has."""
    return frozenset().union(*(_letters_of(name) for name in font_families()))


def _letters_of(family: str) -> Iterable[int]:
    path = font_manager.findfont(FontProperties(family=family))
    return font_manager.get_font(path).get_charmap().keys()


def _isolated(line: str) -> str:
    """Keep text that runs from right to left from turning the words around it."""
    turned = any(unicodedata.bidirectional(sign) in {"R", "AL"} for sign in line)
    return f"{_ISOLATE}{line}{_END}" if turned else line


def _visible(sign: str) -> bool:
    return unicodedata.category(sign) not in _INVISIBLE
