"""The map of endings over two numbers, whose cells can be clicked, and the same as a table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

import numpy as np

from sim.foundations import Floats
from sim.report.pieces import Row, Table
from sim.view.chart_frame import INK, PAPER, ChartOptions, chart, hint, legend, marks, ring, value_axis
from sim.view.ending_map import EndingMap
from sim.view.sliders import Stop
from sim.words import Vocabulary, capital, percent
from sim.words.outcome_colors import outcome_colors

_HEIGHT: Final = 360
#: Height of a cell by its width, about which triangles on the line of theory are turned.
_FLAT: Final = 0.75
#: Cells along the line of theory from one triangle to the next.
_APART: Final = 1.0
#: Axes that count in cells, over those that name them.
_OVER: Final[Mapping[str, Any]] = {"xAxisIndex": 1, "yAxisIndex": 1}
THEORY: Final = "theory: who would sign"


def map_options(drawn: EndingMap, words: Vocabulary) -> tuple[ChartOptions, float]:
    """Cells by their most frequent ending, the fainter the less sure, and how many pixels high the chart is."""
    colors = outcome_colors(words)
    series: list[dict[str, Any]] = [
        {
            "name": capital(words.endings[code].row),
            "type": "heatmap",
            "itemStyle": {"color": colors[code], "borderColor": PAPER, "borderWidth": 1},
            "emphasis": {"itemStyle": {"borderColor": INK, "borderWidth": 2}},
            "data": [_cell(drawn, words, column, row, colors[code]) for column, row in _cells(drawn, code)],
        }
        for code in words.endings
    ]
    series += [*_theory(drawn), _here(drawn)]
    shown = {item["name"]: item.get("symbol", "rect") for item in series if item.get("name") and item["data"]}
    below, room = legend(shown)
    side = 12 + min(7 * max(len(_short(stop)) for stop in drawn.ys), 76)
    over = {"type": "value", "min": 0, "show": False}
    options = chart(
        f"How it mostly ends: {drawn.x.title} against {drawn.y.title}.",
        grid={"left": side + 22, "right": 16, "top": 10, "bottom": room + 48, "show": True,
              "backgroundColor": "var(--track)", "borderWidth": 0},
        xAxis=[_axis(drawn.x.title, drawn.xs, 26), {**over, "max": len(drawn.xs)}],
        yAxis=[_axis(drawn.y.title, drawn.ys, side), {**over, "max": len(drawn.ys)}],
        legend=below,
        series=series,
    )  # fmt: skip
    return options, _HEIGHT + room


def map_table(drawn: EndingMap, words: Vocabulary) -> Table:
    """A row for each stop of the number upwards, a column for each of the number across."""
    rows: list[Row] = [
        [drawn.ys[row].text, *(_said(drawn, words, column, row) for column in range(len(drawn.xs)))]
        for row in reversed(range(len(drawn.ys)))
    ]
    caption = f"How it mostly ends: {drawn.x.title} across, {drawn.y.title} in rows"
    return Table("map", caption, (drawn.y.title, *(stop.text for stop in drawn.xs)), rows)


def theory_words(drawn: EndingMap) -> str:
    """What theory says, be it by a line or without one; empty where it has nothing to say."""
    if drawn.theory is None:
        return ""
    if drawn.theory.lines:
        return "Theory: at central values some deal is acceptable to all who must sign on the side of the triangles. "
    where = "everywhere on this map some deal is" if drawn.theory.share == 1 else "nowhere on this map any deal is"
    return f"No line of theory: at central values {where} acceptable to all who must sign. "


def _cells(drawn: EndingMap, code: str) -> Iterator[tuple[int, int]]:
    for (column, row), cell in drawn.cells.items():
        if cell.ending == code:
            yield column, row


def _cell(drawn: EndingMap, words: Vocabulary, column: int, row: int, color: str) -> dict[str, Any]:
    cell = drawn.cells[column, row]
    where = f"{drawn.x.title}: {drawn.xs[column].text}\n{drawn.y.title}: {drawn.ys[row].text}"
    says = f"{where}\nmostly {_said(drawn, words, column, row)} of {int(cell.fitting.sum())} worlds"
    return {
        "value": [column, row, cell.share],
        "cell": [column, row],
        "itemStyle": {"color": color, "opacity": round(0.25 + 0.75 * cell.share**2, 2)},
        "tooltip": hint(says),
    }


def _said(drawn: EndingMap, words: Vocabulary, column: int, row: int) -> str:
    cell = drawn.cells.get((column, row))
    if cell is None:
        return "–"
    return f"{words.endings[cell.ending].row}, {percent(cell.share)}"


def _axis(title: str, stops: Sequence[Stop], gap: int) -> ChartOptions:
    """An axis with a place for each stop; what does not fit is left out."""
    found = value_axis(title, type="category", data=[_short(stop) for stop in stops], nameGap=gap,
                       splitArea={"show": False})  # fmt: skip
    found["axisLabel"] |= {"width": 76, "overflow": "break", "lineHeight": 13}
    found["nameTextStyle"] |= {"width": 260, "overflow": "truncate"}
    found["axisTick"] = {"show": False}
    return found


def _short(stop: Stop) -> str:
    return stop.written if isinstance(stop.written, str) else f"{stop.written:.3g}".replace("-", "−")


def _theory(drawn: EndingMap) -> Iterator[ChartOptions]:
    """The line of the signing rule, with triangles on the side where some deal is acceptable to all."""
    lines = drawn.theory.lines if drawn.theory is not None else ()
    yield {"type": "lines", "coordinateSystem": "cartesian2d", "polyline": True, "silent": True, "z": 5, **_OVER,
           "lineStyle": {"color": INK, "width": 2, "opacity": 1},
           "data": [{"coords": line.tolist()} for line in lines]}  # fmt: skip
    sides = [mark for line in lines for mark in triangles(line)]
    yield marks(sides, color=INK, name=THEORY, symbol="triangle", symbolSize=9, silent=True, z=5, **_OVER)


def triangles(line: Floats) -> Iterator[dict[str, Any]]:
    """Triangles along a line that point to its left, where some deal is acceptable to all.

    Args:
        line: (N, 2) places in columns and rows
    """
    flat = np.array([1.0, _FLAT])
    steps = np.diff(line, axis=0)
    along = np.concatenate([[0.0], np.cumsum(np.hypot(*(steps * flat).T))])
    for at in np.arange(_APART / 2, along[-1], _APART):
        n = int(np.searchsorted(along, at)) - 1
        share = (at - along[n]) / (along[n + 1] - along[n])
        across, up = steps[n] * flat
        turn = float(np.arctan2(up, across))  # rows go upwards, so the left of the line is a quarter turn further
        yield {
            "value": (line[n] + share * steps[n]).tolist(),
            "symbolRotate": round(np.degrees(turn)),
            "symbolOffset": [round(-5 * np.sin(turn), 1), round(-5 * np.cos(turn), 1)],
        }


def _here(drawn: EndingMap) -> ChartOptions:
    """A ring where the two numbers stand."""
    return ring([list(drawn.standing)], INK, 2.5, name="where it stands now", symbolSize=13, z=6, **_OVER)
