"""The regime map as SVG whose cells are buttons."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from sim.plots.frame.style import ENDING_COLORS
from sim.view.markup import Markup, escaped
from sim.view.regime_map import RegimeMap
from sim.view.sliders import Stop
from sim.view.ticks import round_ticks, said
from sim.words import ENDING_SPOKEN, percent

_SIDE = 330.0
_LEFT, _TOP, _BOTTOM = 92.0, 8.0, 52.0
_LETTERS = 14
#: Units of the picture from one triangle on the line of theory to the next.
_TRIANGLES = 40.0


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
    for n, words in axis_ticks(drawn.xs):
        across = _LEFT + n * wide
        parts.append(f'<path d="M{across:.1f} {bottom:.1f}v4" class="axis"/>')
        parts.append(f'<text x="{across:.1f}" y="{bottom + 16:.1f}" class="tick middle">{words}</text>')
    for n, words in axis_ticks(drawn.ys):
        down = bottom - n * high
        parts.append(f'<path d="M{_LEFT:.1f} {down:.1f}h-4" class="axis"/>')
        parts.append(f'<text x="{_LEFT - 7:.1f}" y="{down + 4:.1f}" class="tick end">{words}</text>')
    upwards = _fit(drawn.y.title, rows * high)
    parts += [
        f'<text x="{x:.1f}" y="{bottom + 40:.1f}" class="name middle">{_fit(drawn.x.title, _SIDE)}</text>',
        f'<text transform="translate(12 {y:.1f}) rotate(-90)" class="name middle">{upwards}</text>',
        *_theory(drawn, wide, high, bottom),
        _here(drawn, wide, high, bottom),
        "</svg>",
    ]
    return Markup("".join(parts) + _legend(drawn))


def _cell(drawn: RegimeMap, column: int, row: int, place: str) -> str:
    cell = drawn.cells.get((column, row))
    if cell is None:
        return f'<rect {place} class="waiting"/>'
    ending = cell.ending
    says = (
        f"{drawn.x.title} {drawn.xs[column].text}, {drawn.y.title} {drawn.ys[row].text}: mostly "
        f"{ENDING_SPOKEN[ending].row} ({percent(cell.share)} of {int(cell.fitting.sum())} worlds). Open one."
    )
    return (
        f'<rect {place} class="cell" role="button" tabindex="0" data-cell="{column},{row}" data-ending="{ending}" '
        f'fill="{ENDING_COLORS[ending]}" fill-opacity="{0.25 + 0.75 * cell.share**2:.2f}" aria-label="{escaped(says)}">'
        f"<title>{escaped(says)}</title></rect>"
    )


def _theory(drawn: RegimeMap, wide: float, high: float, bottom: float) -> Iterator[str]:
    """The line of the signing rule, with triangles on the side where some deal is acceptable to all."""
    for line in drawn.theory.lines if drawn.theory is not None else ():
        x, y = _LEFT + line[:, 0] * wide, bottom - line[:, 1] * high
        points = " ".join(f"{across:.1f},{down:.1f}" for across, down in zip(x, y, strict=True))
        yield f'<polyline points="{points}" class="theory halo"/><polyline points="{points}" class="theory"/>'
        along = np.concatenate([[0.0], np.cumsum(np.hypot(np.diff(x), np.diff(y)))])
        for at in np.arange(_TRIANGLES / 2, along[-1], _TRIANGLES):
            n = int(np.searchsorted(along, at)) - 1
            share = (at - along[n]) / (along[n + 1] - along[n])
            across, down = x[n] + share * (x[n + 1] - x[n]), y[n] + share * (y[n + 1] - y[n])
            turn = np.degrees(np.arctan2(y[n + 1] - y[n], x[n + 1] - x[n]))  # left of the line is up on the picture
            place = f"translate({across:.1f} {down:.1f}) rotate({turn:.0f})"
            yield f'<path d="M-4 -1H4L0 -8z" transform="{place}" class="side"/>'


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
    cells = sorted(drawn.cells.values(), key=lambda cell: cell.modal)
    seen = dict.fromkeys(cell.ending for cell in cells)
    items = [
        f'<span><i style="background:{ENDING_COLORS[name]}"></i>{escaped(ENDING_SPOKEN[name].row)}</span>'
        for name in seen
    ]
    items += ["<span>faint: less sure</span>", "<span>ring: where it stands now</span>"]
    if drawn.theory is not None and drawn.theory.lines:
        icon = '<svg viewBox="0 0 16 14" class="icon" aria-hidden="true"><path d="M0 10H16" class="theory"/>'
        icon += '<path d="M4 9H12L8 2z" class="side"/></svg>'
        where = "at central values, on the side of the triangles, some deal is"
        items.append(f"<span>{icon}theory: {where} acceptable to all who must sign</span>")
    elif drawn.theory is not None:
        where = "everywhere on this map some deal is" if drawn.theory.share == 1 else "nowhere on this map any deal is"
        items.append(f"<span>no line of theory: at central values {where} acceptable to all who must sign</span>")
    return f'<p class="legend">{"".join(items)}</p>'


def axis_ticks(stops: Sequence[Stop]) -> list[tuple[float, str]]:
    """Where along an axis which label stands, in cells: round numbers, or the names of at most four levels."""
    if len(stops) == 1:
        return [(0.5, _short(stops[0].text))]
    numbers = [stop.written for stop in stops if not isinstance(stop.written, str)]
    if len(numbers) == len(stops):
        places = np.arange(len(stops)) + 0.5
        return [
            (float(np.interp(value, np.array(numbers, dtype=float), places)), said(value))
            for value in round_ticks(float(numbers[0]), float(numbers[-1]), 5)
        ]
    named = [n for n, stop in enumerate(stops) if isinstance(stop.written, str)]
    picked = sorted({named[round(n)] for n in np.linspace(0, len(named) - 1, min(len(named), 4))})
    return [(n + 0.5, _short(str(stops[n].written))) for n in picked]


def _short(text: str) -> str:
    return str(escaped(text if len(text) <= _LETTERS else f"{text[: _LETTERS - 1]}…"))


def _fit(text: str, room: float) -> str:
    """A title cut to the room there is; the boxes above the map hold it in full."""
    letters = int(room / 6.2)
    return str(escaped(text if len(text) <= letters else f"{text[: letters - 1]}…"))
