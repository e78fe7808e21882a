"""One house style for every figure: colours that the colour-blind can tell apart, and sizes for a README."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final

import matplotlib as mpl
import numpy as np
from matplotlib.colors import to_rgba_array
from matplotlib.typing import ColorType

from sim.foundations import Floats, UnknownNameError
from sim.plots.frame.user_text import font_families
from sim.words.outcome_colors import ARMS as ARMS
from sim.words.outcome_colors import BLUE as BLUE
from sim.words.outcome_colors import ENDING_COLORS as ENDING_COLORS
from sim.words.outcome_colors import GREEN as GREEN
from sim.words.outcome_colors import GREY as GREY
from sim.words.outcome_colors import MIST as MIST
from sim.words.outcome_colors import PREVAILED as PREVAILED
from sim.words.outcome_colors import SKY as SKY
from sim.words.outcome_colors import STATE_COLORS as STATE_COLORS
from sim.words.outcome_colors import TEAL as TEAL
from sim.words.outcome_colors import VERMILION as VERMILION
from sim.words.outcome_colors import YELLOW as YELLOW

#: Colours of actors in the order of the results, whatever part of them a panel shows; none is that of an ending or a
#: kind of deal, so that the blue of a deal is nobody's. Violet, wine, olive, sienna, khaki and salmon lie between light
#: and dark, so that they are seen on either page; markers tell actors apart where colours do not.
ACTOR_COLORS: Final = ("#E69F00", "#CC79A7", "#6C5FC7", "#A8325E", "#8A9A1E", "#9A5B3C", "#B0A27A", "#D98880")
#: What a number rests on -> colour: nothing but our own assumption is grey.
GROUND_COLORS: Final[Mapping[str, str]] = {"assumed": GREY, "claim": BLUE, "rate": GREEN}
#: Markers of actors, so that a figure can be read without colours.
ACTOR_MARKERS: Final = ("o", "s", "^", "D", "v", "P", "X", "p")

PALE: Final = 0.4  # opacity of what is shown for comparison only
GAIN: Final = BLUE
LOSS: Final = VERMILION

_DARK_INK, _LIGHT_INK = "#1C2128", "#FFFFFF"
_FONT_POINTS: Final = 9.5
_LOCK = threading.RLock()  # settings are put back afterwards; two threads must not put back each other's


@dataclass(frozen=True)
class Look:
    """Colours of a style that are not those of endings and actors.

    name:       what the style is called
    background: of the page
    ink:        text and axes
    muted:      what should step back: captions, error bars, grid labels
    grid:       grid lines
    dpi:        dots per inch of the PNG
    """

    name: str
    background: str
    ink: str
    muted: str
    grid: str
    dpi: int

    def actor_color(self, index: int) -> str:
        """Colour of the actor at this place in the results."""
        return ACTOR_COLORS[index % len(ACTOR_COLORS)]

    def actor_marker(self, index: int) -> str:
        """Marker of the actor at this place in the results."""
        return ACTOR_MARKERS[index % len(ACTOR_MARKERS)]


#: Name -> look: for slides and READMEs, for print, and for dark pages.
STYLES: Final[Mapping[str, Look]] = {
    look.name: look
    for look in (
        Look("screen", "#FFFFFF", "#1C2128", "#59616B", "#E3E6EA", 144),
        Look("paper", "#FFFFFF", "#000000", "#444444", "#DDDDDD", 300),
        Look("dark", "#12161C", "#E8EAED", "#A4ACB6", "#2C333C", 144),
    )
}


def ink_on(color: ColorType | Floats) -> str:
    """Letters that can be read on a colour: dark or light ones, whichever contrast more.

    Source:  relative luminance and contrast: WCAG 2.2
    Example:
        >>> ink_on("#FFFFFF"), ink_on((0.1, 0.1, 0.1))
        ('#1C2128', '#FFFFFF')
    """

    def luminance(shade: ColorType | Floats) -> float:
        values = to_rgba_array(shade)[0, :3]
        linear = np.where(values <= 0.04045, values / 12.92, ((values + 0.055) / 1.055) ** 2.4)
        return float(linear @ np.array([0.2126, 0.7152, 0.0722]))

    own, dark = luminance(color), luminance(_DARK_INK)
    return _DARK_INK if (own + 0.05) / (dark + 0.05) >= 1.05 / (own + 0.05) else _LIGHT_INK


@contextmanager
def house_style(name: str = "screen") -> Iterator[Look]:
    """Set matplotlib up in the house style; every setting is as before when the block is left.

    Raises:  UnknownNameError if there is no such style
    Source:  palette: Okabe & Ito 2008, Color Universal Design
    Example:
        >>> with house_style("dark") as look:
        ...     look.dpi
        144
    """
    if name not in STYLES:
        raise UnknownNameError("style", name, STYLES)
    look = STYLES[name]
    with _LOCK, mpl.rc_context(_settings(look)):
        yield look


def _settings(look: Look) -> dict[Any, Any]:
    return {
        "font.family": font_families(),
        "font.size": _FONT_POINTS,
        "axes.titlesize": 10,
        "axes.titleweight": "bold",
        "axes.titlelocation": "left",
        "axes.labelsize": _FONT_POINTS,
        "axes.labelcolor": look.ink,
        "axes.edgecolor": look.muted,
        "axes.facecolor": look.background,
        "axes.linewidth": 0.8,
        "axes.spines.top": False,
        "axes.spines.right": False,
        "axes.axisbelow": True,
        "axes.unicode_minus": True,
        "axes.grid": False,
        "grid.color": look.grid,
        "grid.linewidth": 0.8,
        "text.color": look.ink,
        "xtick.color": look.muted,
        "ytick.color": look.muted,
        "xtick.labelcolor": look.ink,
        "ytick.labelcolor": look.ink,
        "xtick.labelsize": 9,
        "ytick.labelsize": 9,
        "xtick.direction": "out",
        "ytick.direction": "out",
        "legend.frameon": False,
        "legend.fontsize": 9,
        "legend.labelcolor": look.ink,
        "figure.facecolor": look.background,
        "figure.edgecolor": look.background,
        "figure.dpi": 100,
        "figure.constrained_layout.h_pad": 0.06,
        "figure.constrained_layout.w_pad": 0.06,
        "savefig.facecolor": look.background,
        "savefig.edgecolor": look.background,
        "savefig.bbox": None,
        "savefig.transparent": False,
        "lines.linewidth": 1.8,
        "hatch.linewidth": 0.6,
        "svg.fonttype": "path",  # letters as shapes: the same picture where the font is missing
        "pdf.fonttype": 42,
        "path.simplify": True,
        "text.usetex": False,
        "text.parse_math": False,  # what users write is no mathematics
        "axes.formatter.useoffset": False,
        "axes.formatter.use_locale": False,
    }
