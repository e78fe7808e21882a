"""What all charts of the page have in common: letters, colours that follow light and dark, text that stays text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any, Final

#: Options of a chart as ECharts reads them: plain data whose keys are ours, never a user's.
ChartOptions = dict[str, Any]

#: Colours of the style sheet, so that charts are light or dark as the page is.
INK: Final = "var(--ink)"
MUTED: Final = "var(--muted)"
LINE: Final = "var(--line)"
PAPER: Final = "var(--card)"
#: Lines across a chart at the ticks of its axis.
GRID_LINES: Final = {"show": True, "lineStyle": {"color": LINE}}
#: Labels of an axis whose ends are no round numbers.
INNER: Final = {"showMinLabel": False, "showMaxLabel": False}


def chart(description: str, **parts: Any) -> ChartOptions:
    """Put the options of a chart together.

    Tooltips are drawn, never written as HTML: whatever a case calls things cannot become markup.

    Args:
        description: what the chart says, for people who do not see it
        parts:       grid, axes, series and whatever else the chart has of its own
    """
    return {
        "animation": False,
        "aria": {"enabled": True, "label": {"description": description}},
        "textStyle": {"fontFamily": "inherit", "fontSize": 12, "color": INK},
        "tooltip": {
            "renderMode": "richText",
            "trigger": "item",
            "confine": True,
            "backgroundColor": PAPER,
            "borderColor": MUTED,
            "textStyle": {"color": INK, "fontSize": 12, "width": 280, "overflow": "break"},
        },
        **parts,
    }


def hint(text: str) -> ChartOptions:
    """A tooltip that says this."""
    return {"formatter": text}


def value_axis(name: str, *, labels: Mapping[str, Any] = MappingProxyType({}), **more: Any) -> ChartOptions:
    """An axis of numbers, with what they are below or beside it.

    Args:
        labels: what its labels have of their own
        more:   what the axis has of its own
    """
    return {
        "type": "value",
        **({"name": name, "nameLocation": "middle"} if name else {}),
        "nameTextStyle": {"color": INK},
        "splitNumber": 4,
        "axisLabel": {"color": MUTED, "hideOverlap": True, **labels},
        "axisLine": {"show": True, "onZero": False, "lineStyle": {"color": MUTED}},
        "splitLine": {"show": False},
        **more,
    }


def name_axis(names: list[str], letters: int, **more: Any) -> ChartOptions:
    """An axis of names, each with so much room as that many letters take; what does not fit goes on below."""
    return {
        "type": "category",
        "data": names,
        "axisLabel": {"color": INK, "width": 6.4 * letters, "lineHeight": 13, "overflow": "break", "interval": 0},
        "axisLine": {"show": False},
        "axisTick": {"show": False},
        **more,
    }


def marks(data: Sequence[Any], *, color: str, border: str = "", width: float = 0, **more: Any) -> ChartOptions:
    """A series of marks on the places of data: full in a colour, or open with a border; circles unless told otherwise.

    Args:
        more: name, symbol, size of the symbol, what lies on top, and whatever else it has of its own
    """
    look = {"color": color, "borderColor": border or color, "borderWidth": width}
    return {"type": "scatter", "symbol": "circle", "itemStyle": look, "data": data, **more}


def ring(data: Sequence[Any], color: str, width: float, **more: Any) -> ChartOptions:
    """A series of open circles, which only point at what is there and are no target of clicks."""
    return marks(data, color="transparent", border=color, width=width, silent=True, **more)


def legend(names: Mapping[str, str], letters: int = 50) -> tuple[ChartOptions, int]:
    """A legend below a chart, and how many pixels it takes.

    Args:
        names:   name of a series -> symbol beside it; empty for the series' own
        letters: that a line has room for
    """
    lines, room = 1, letters
    for name in names:
        need = min(len(name) + 4, letters)
        if need > room:
            lines, room = lines + 1, letters
        room -= need
    data = [{"name": name, **({"icon": icon} if icon else {})} for name, icon in names.items()]
    found = {
        "data": data,
        "bottom": 0,
        "left": 0,
        "itemWidth": 14,
        "itemHeight": 10,
        "itemGap": 10,
        "textStyle": {"color": MUTED, "fontSize": 12, "width": 6.2 * letters, "overflow": "truncate"},
    }
    return found, 22 * lines + 6
