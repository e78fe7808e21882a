"""How it ends, as bars and as a table; what the deals that are signed first settle."""

from __future__ import annotations

import numpy as np

from sim.report.pieces import Row, Sentence, Span, Table, share_cell
from sim.runs.difference import Shares
from sim.view.chart_frame import GRID_LINES, INK, MUTED, ChartOptions, chart, hint, legend, name_axis, value_axis
from sim.view.setting_results import SettingResults
from sim.words import capital, percent
from sim.words.outcome_colors import outcome_colors

#: Pixels of a row, and of what stands above and below all rows.
_ROW, _FRAME = 38, 58


def endings_height(shown: SettingResults) -> float:
    """Pixels that the bars take."""
    return _FRAME + _ROW * len(shown.listed)


def endings_options(shown: SettingResults, pinned: SettingResults | None = None) -> ChartOptions:
    """Bars of the endings: thick of the worlds that are told, thin of all, a mark where a pinned setting stood."""
    codes, colors, heads = shown.listed, outcome_colors(shown.words), _heads(shown)
    groups = [shown.told, shown.states(fitting=False)][: len(heads)]
    series: list[ChartOptions] = [
        {
            "name": head,
            "type": "bar",
            "barWidth": 16 if group is groups[0] else 5,
            "itemStyle": {"color": MUTED, "opacity": 1 if group is groups[0] else 0.55},
            "label": {"show": group is groups[0], "position": "right", "color": INK, "fontWeight": 600},
            "data": [
                {"value": 100 * group.proportion(code).share, "itemStyle": {"color": colors[code]},
                 "label": {"formatter": str(group.proportion(code))}, "tooltip": hint(f"{head}: {words}")}
                for code, words in zip(codes, _said(shown, group), strict=True)
            ],
        }
        for head, group in zip(heads, groups, strict=True)
    ]  # fmt: skip
    if pinned is not None:
        spots = [
            {"value": [100 * pinned.told.proportion(code).share, row], "tooltip": hint(f"pinned: {words}")}
            for row, (code, words) in enumerate(zip(codes, _said(shown, pinned.told), strict=True))
        ]
        series.append({"name": "pinned", "type": "scatter", "symbol": "rect", "symbolSize": [3, 24],
                       "itemStyle": {"color": INK}, "data": spots})  # fmt: skip
    below, room = legend({item["name"]: "" for item in series}) if len(series) > 1 else ({"show": False}, 12)
    return chart(
        f"How things stand at the end: {'; '.join(_said(shown, shown.told))}.",
        grid={"left": 4, "right": 118, "top": 4, "bottom": room + 2, "containLabel": True},
        xAxis=value_axis("", min=0, max=100, interval=25, labels={"formatter": "{value} %"}, splitLine=GRID_LINES),
        yAxis=name_axis(_names(shown), 17, inverse=True),
        legend=below,
        series=series,
    )


def endings_table(shown: SettingResults) -> Table:
    """Shares of the endings, of the worlds that are told and of all."""
    groups = [shown.told, shown.states(fitting=False)][: len(_heads(shown))]
    rows: list[Row] = [
        [name, *(share_cell(group.proportion(code)) for group in groups)]
        for code, name in zip(shown.listed, _names(shown), strict=True)
    ]
    return Table("endings", "How it stands at the end, share of worlds", ("state", *_heads(shown)), rows, (1, 2))


def endings_note(shown: SettingResults, full: int, *, moving: bool = False) -> Sentence:
    """How many worlds were played, out of how many, and in how many of them arms decide.

    Args:
        full:   how many worlds make a full result
        moving: whether a slider is in the user's hand, so that the rest has to wait
    """
    state = f"{shown.draws:,} worlds, the full number."
    if shown.draws < full:
        follows = " while moving; the full number follows on release" if moving else "; the rest follow"
        state = f"First {shown.draws:,} of {full:,} worlds{follows}."
    fit = int(shown.fitting.sum())
    more = "" if fit else " None of them fits what was observed, so all are shown."
    arms = shown.results["decided_by_arms"].values.astype(bool)
    inside = shown.fitting if fit else np.ones(len(arms), bool)
    those = f"the {fit:,} that fit" if 0 < fit < shown.draws else "them"
    decided = f" Arms decide in {percent(float(arms[inside].mean()))} of {those} before the end." if arms.any() else ""
    return Sentence((Span(state, "strong"), f"{more}{decided} ± is the 95 % error of the draws."), "note")


def _said(shown: SettingResults, group: Shares) -> list[str]:
    """Each ending with its share."""
    codes = shown.listed
    return [f"{name}: {group.proportion(code)}" for code, name in zip(codes, _names(shown), strict=True)]


def _names(shown: SettingResults) -> list[str]:
    return [capital(shown.words.states[code].row) for code in shown.listed]


def _heads(shown: SettingResults) -> list[str]:
    fit = int(shown.fitting.sum())
    if 0 < fit < shown.draws:
        return [f"fit what was observed ({fit:,})", f"all ({shown.draws:,})"]
    return [f"worlds ({shown.draws:,})"]
