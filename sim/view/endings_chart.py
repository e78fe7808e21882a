"""How it ends, as bars and as a table; what the deals that are signed first settle."""

from __future__ import annotations

import numpy as np
from markupsafe import Markup

from sim.report.pieces import Row, Sentence, Span, Table, share_cell
from sim.runs.difference import Shares
from sim.view.setting_results import SettingResults
from sim.words import capital, percent
from sim.words.outcome_colors import outcome_colors

#: What the bars are called.
ENDINGS_TITLE = "How things stand at the end"
#: A bar of the worlds that are told with its share beside it, a thin one of all, a mark where a pinned setting stood.
_TOLD = Markup('<i title="{}" style="width: {:.2f}%; background: {}"><em>{}</em></i>')
_ALL = Markup('<i class="all" title="{}" style="width: {:.2f}%; background: {}"></i>')
_PIN = Markup('<b title="{}" style="left: {:.2f}%"></b>')
_ROW = Markup('<div class="bar"><span>{}</span><div class="lane">{}</div></div>')
#: Rows, a scale below them, what the bars and marks are; whoever does not see it hears what it says.
_CHART = Markup(
    '<div class="bars" role="img" aria-label="{}">{}<div class="scale"><i>0 %</i><i>50 %</i><i>100 %</i></div>{}</div>'
)


def endings_bars(shown: SettingResults, pinned: SettingResults | None = None) -> Markup:
    """Write the bars of the endings: thick of the worlds told, thin of all, a mark where a pinned setting stood.

    They are plain HTML, so that they stand on the page before any of its scripts has loaded.
    """
    codes, colors, heads = shown.listed, outcome_colors(shown.words), _heads(shown)
    groups = [shown.told, shown.states(fitting=False)][: len(heads)]
    spoken = [_said(shown, group) for group in groups]
    marks = None if pinned is None else (pinned.told, _said(shown, pinned.told))
    rows = []
    for n, (code, name) in enumerate(zip(codes, _names(shown), strict=True)):
        lane = []
        for group, head, words, look in zip(groups, heads, spoken, (_TOLD, _ALL), strict=False):
            share = group.proportion(code)
            length = 100 * share.share
            lane.append(look.format(f"{head}: {words[n]}", length, colors[code], share))
        if marks is not None:
            place = 100 * marks[0].proportion(code).share
            lane.append(_PIN.format(f"pinned: {marks[1][n]}", place))
        rows.append(_ROW.format(name, Markup().join(lane)))
    keys = [*zip(("told", "all"), heads, strict=False), *([("pinned", "pinned")] if marks else [])]
    key = Markup().join(Markup('<span class="{}">{}</span>').format(mark, name) for mark, name in keys)
    legend = Markup('<div class="key">{}</div>').format(key) if len(keys) > 1 else ""
    return _CHART.format(f"{ENDINGS_TITLE}: {'; '.join(spoken[0])}.", Markup().join(rows), legend)


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
