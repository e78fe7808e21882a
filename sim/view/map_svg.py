"""The regime map as SVG whose cells are buttons."""

from __future__ import annotations

import numpy as np

from sim.engine import ENDINGS
from sim.plots.style import ENDING_COLORS
from sim.report.markup import Markup, escaped
from sim.report.words import ENDING_WORDS, percent
from sim.view.regime_map import RegimeMap
from sim.view.sliders import Stop

_SIDE = 330.0
_LEFT, _TOP, _BOTTOM = 92.0, 8.0, 52.0
_LETTERS = 14


def regime_svg(drawn: RegimeMap, *, stale: bool = False) -> Markup:
    """Cells by their most frequent ending, the fainter the less sure; cells still to be played are blank."""
    columns, rows = len(drawn.xs), len(drawn.ys)
    wide, high = _SIDE / columns, _SIDE * 0.8 / rows
    bottom = _TOP + rows * high
    head = (
        f'<svg viewBox="0 0 {_LEFT + _SIDE + 18:.0f} {bottom + _BOTTOM:.0f}" class="map{" stale" if stale else ""}" '
        f'role="group" aria-label="How it mostly ends: {escaped(drawn.x.title)} against {escaped(drawn.y.title)}">'
    )
    parts = [head]
    for column in range(columns):
        for row in range(rows):
            spot = f'x="{_LEFT + column * wide:.1f}" y="{bottom - (row + 1) * high:.1f}"'
            parts.append(_cell(drawn, column, row, f'{spot} width="{wide:.1f}" height="{high:.1f}"'))
    x, y = _LEFT + columns * wide / 2, _TOP + rows * high / 2
    for n in _marked(columns):
        across = _LEFT + (n + 0.5) * wide
        parts.append(f'<text x="{across:.1f}" y="{bottom + 16:.1f}" class="tick middle">{_short(drawn.xs[n])}</text>')
    for n in _marked(rows):
        down = bottom - (n + 0.5) * high + 4
        parts.append(f'<text x="{_LEFT - 6:.1f}" y="{down:.1f}" class="tick end">{_short(drawn.ys[n])}</text>')
    upwards = _fit(drawn.y.title, rows * high)
    parts += [
        f'<text x="{x:.1f}" y="{bottom + 40:.1f}" class="name middle">{_fit(drawn.x.title, _SIDE)}</text>',
        f'<text transform="translate(12 {y:.1f}) rotate(-90)" class="name middle">{upwards}</text>',
        _here(drawn, wide, high, bottom),
        "</svg>",
    ]
    return Markup("".join(parts) + _legend(drawn))


def _cell(drawn: RegimeMap, column: int, row: int, place: str) -> str:
    cell = drawn.cells.get((column, row))
    if cell is None:
        return f'<rect {place} class="waiting"/>'
    ending = ENDINGS[cell.modal]
    says = (
        f"{drawn.x.title} {drawn.xs[column].text}, {drawn.y.title} {drawn.ys[row].text}: mostly "
        f"{ENDING_WORDS[ending]} ({percent(cell.share)} of {int(cell.fitting.sum())} worlds). Open one."
    )
    return (
        f'<rect {place} class="cell" role="button" tabindex="0" data-cell="{column},{row}" data-ending="{ending}" '
        f'fill="{ENDING_COLORS[ending]}" fill-opacity="{0.25 + 0.75 * cell.share**2:.2f}" aria-label="{escaped(says)}">'
        f"<title>{escaped(says)}</title></rect>"
    )


def _here(drawn: RegimeMap, wide: float, high: float, bottom: float) -> str:
    """A ring where the two numbers stand: where they were set, or at their central values."""
    spots = []
    for slider, stops in ((drawn.x, drawn.xs), (drawn.y, drawn.ys)):
        at = drawn.fixed.get(slider.path, slider.stops[slider.central])
        places = np.array([stop.place for stop in stops])
        spots.append(float(np.interp(at.place, places, np.arange(len(places)) + 0.5)))
    x, y = _LEFT + spots[0] * wide, bottom - spots[1] * high
    return "".join(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="7" class="{look}"/>' for look in ("here halo", "here"))


def _legend(drawn: RegimeMap) -> str:
    seen = sorted({cell.modal for cell in drawn.cells.values()})
    items = [
        f'<span><i style="background:{ENDING_COLORS[ENDINGS[n]]}"></i>{escaped(ENDING_WORDS[ENDINGS[n]])}</span>'
        for n in seen
    ]
    return f'<p class="legend">{"".join(items)}<span>faint: less sure</span><span>ring: where it stands now</span></p>'


def _marked(count: int) -> list[int]:
    """Which rows or columns get a label: at most four, both ends among them."""
    return sorted({round(n) for n in np.linspace(0, count - 1, min(count, 4))})


def _short(stop: Stop) -> str:
    text = stop.written if isinstance(stop.written, str) else f"{stop.written:.3g}"
    return str(escaped(text if len(text) <= _LETTERS else f"{text[: _LETTERS - 1]}…"))


def _fit(text: str, room: float) -> str:
    """A title cut to the room there is; the boxes above the map hold it in full."""
    letters = int(room / 6.2)
    return str(escaped(text if len(text) <= letters else f"{text[: letters - 1]}…"))
