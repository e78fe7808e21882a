"""A backtest as a story: which models lose to the mean, how sure that is, and what errors in the data do."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final

import xarray as xr

from sim.backtest import MEAN, Accuracy, Backtest, ModelRecord
from sim.report.pieces import Cell, FigurePiece, KeyValues, Piece, Row, Section, Sentence, Story, Table
from sim.report.run_story import figure_sections
from sim.words import NOTHING, counted, enumerated, percent, stated_percent

_THE_MEAN: Final = "the weighted mean"
#: Columns with more than so many groups are left to JSON.
_MANY: Final = 6
_KINDS: Final = {"forecast": "forecast", "protocol": "talks", "solution": "solution", "guess": "guess"}
_MANY_OF: Final = {"forecast": "Forecasts", "protocol": "Our talks", "solution": "Solutions", "guess": "The guess"}
_MARKS: Final = {"loses to the mean": " *", "beats the mean": " °"}


def backtest_story(found: Backtest, figures: Sequence[FigurePiece] = (), kept: str = "") -> Story:
    """Tell a backtest.

    Args:
        kept: folder that it is kept in
    """
    sections = [
        Section("answer", "", (KeyValues(_lead(found), "lead"),)),
        *figure_sections(figures),
        Section("models", "Each model", (_models_table(found),)),
        _ensemble_section(found),
        _noise_section(found),
        _group_section(found),
        Section("how", "How it was done", tuple(_how(found))),
    ]
    if kept:
        sections.append(
            Section("record", "Where it is kept", (Sentence(f"Results: {kept}", "note"),), shown="terminal")
        )
    question = f"How far are forecasts from what was decided on {counted(found.issues, 'issues')}?"
    return Story(f"Models judged on {found.title}", question, tuple(sections), "Backtest", _facts(found))


def backtest_results(found: Backtest) -> xr.Dataset:
    """A backtest as arrays, for figures."""
    one = [record.accuracy for record in found.models]
    data = {name: (("model",), [getattr(each, name) for each in one])
            for name in ("error", "difference", "low", "high", "issues", "verdict")}  # fmt: skip
    coords: dict[str, object] = {"model": [record.name for record in found.models]}
    if found.draws:
        coords["noise"] = [effect.size for effect in found.models[0].noise]
        for name in ("moved", "jumps"):
            data[name] = (("model", "noise"), [[getattr(e, name) for e in r.noise] for r in found.models])  # type: ignore[assignment]
    attrs = {"kind": "backtest", "title": f"Models judged on {found.title}", "issues": found.issues}
    return xr.Dataset(data, coords, {**attrs, "decisions": found.decisions, "draws": found.draws})


def _facts(found: Backtest) -> tuple[str, ...]:
    return counted(found.decisions, "decisions"), counted(found.issues, "issues"), counted(len(found.models), "models")


def _lead(found: Backtest) -> tuple[tuple[str, str], ...]:
    """The three sentences that say it all."""
    mean = found.record(MEAN).accuracy
    pairs = [
        (
            "How far off",
            f"{_capital(_THE_MEAN)} is {mean.error:.2f} points of 100 off, on {counted(mean.issues, 'issues')}.",
        )
    ]
    better = found.with_verdict("beats the mean")
    pairs.append(("What beats it", f"{enumerated(better)}." if better else "Nothing."))
    if losing := _by_kind(found, "loses to the mean"):
        pairs.append(("What loses to it", losing))
    if even := _by_kind(found, "not told apart"):
        pairs.append(("What cannot be told apart from it", even))
    if found.ensemble is not None:
        pairs.append(("A mixture", _ensemble_words(found)))
    return tuple(pairs)


def _by_kind(found: Backtest, verdict: str) -> str:
    """Models of which something is said, kind by kind."""
    said = []
    for kind, words in _MANY_OF.items():
        names = [one.name for one in found.models if one.kind == kind and one.accuracy.verdict == verdict]
        if names:
            said.append(f"{words}: {enumerated(names)}.")
    return " ".join(said)


def _ensemble_words(found: Backtest) -> str:
    assert found.ensemble is not None
    one = found.ensemble.accuracy
    said = {
        "beats the mean": "beats the weighted mean",
        "loses to the mean": "loses to the weighted mean",
        "not told apart": "cannot be told apart from the weighted mean",
        "the mean": "is the weighted mean",
    }[one.verdict]
    return (
        f"Weights fitted on the other decisions give {one.error:.2f} on decisions held out, {_interval(one)} against "
        f"the mean: the mixture {said}."
    )


def _interval(one: Accuracy) -> str:
    if math.isnan(one.low):
        return f"{one.difference:+.2f}".replace("-", "−")
    return f"{one.difference:+.2f} ({one.low:+.2f} to {one.high:+.2f})".replace("-", "−")


def _models_table(found: Backtest) -> Table:
    rows: list[Row] = [
        [
            record.name,
            Cell(str(record.accuracy.issues), record.accuracy.issues),
            Cell(_number(record.accuracy.error), record.accuracy.error),
            Cell(_against(record), record.accuracy.difference),
        ]
        for record in found.models
    ]  # fmt: skip
    caption = (
        "Mean absolute error in points of a scale of 100; beside it the difference to the weighted mean on the same "
        "issues, with its 95 % interval: * loses to it, ° beats it"
    )
    heads = ("model", "issues", "error", "against the mean")
    kinds = [record.kind for record in found.models]
    return Table("models-table", caption, heads, rows, (1, 2, 3), kinds=_KINDS, row_kinds=kinds)


def _against(record: ModelRecord) -> str:
    if record.name == MEAN or not record.accuracy.issues:
        return NOTHING
    return f"{_interval(record.accuracy)}{_MARKS.get(record.accuracy.verdict, '')}"


def _number(value: float, digits: int = 2) -> str:
    return NOTHING if math.isnan(value) else f"{value:.{digits}f}"


def _ensemble_section(found: Backtest) -> Section:
    if found.ensemble is None:
        told = "There are too few decisions, or models with something to say of each, to fit weights and judge them."
        return Section("mixture", "Does a mixture do better?", (Sentence(told, "note"),), shown="page")
    mixed = found.ensemble
    weights: list[Row] = [[name, Cell(percent(share), share)] for name, share in mixed.weights.items()]
    pieces = (
        Sentence(_ensemble_words(found)),
        Sentence(
            f"The same {len(mixed.models)} models mixed evenly, with nothing fitted: {mixed.even.error:.2f}, "
            f"{_interval(mixed.even)}. Fitted were weights of 0 or more that are 1 in sum, {mixed.folds} times, each "
            "time without the decisions that they were then judged on.",
            "note",
        ),
        Table("weights-table", "Mean weights over the folds", ("model", "weight"), weights, (1,)),
    )
    return Section("mixture", "Does a mixture do better?", pieces)


def _noise_section(found: Backtest) -> Section:
    if not found.draws:
        return Section("noise", "Errors in the data", ())
    sizes = [effect.size for effect in found.models[0].noise]
    heads = ["model"]
    for size in sizes:
        heads += [f"moves at ± {stated_percent(size)}", "jumps", "error"]
    rows: list[Row] = [[record.name, *_noise_cells(record)] for record in sorted(found.models, key=_movement)]
    caption = (
        "Mean distance that a model moves when all positions and saliences are off by up to so much, share of the "
        "times in which that is more than 20 points, and its error then"
    )
    told = (
        "Positions are off by a part of the scale, saliences by a part of themselves, evenly and independently; what "
        f"would leave its scale is cut off there. {counted(found.draws, 'draws')} of each size."
    )
    table = Table("noise-table", caption, heads, rows, tuple(range(1, len(heads))))
    return Section("noise", "Errors in the data", (table, Sentence(told, "note")))


def _movement(record: ModelRecord) -> float:
    moved = record.noise[-1].moved
    return math.inf if math.isnan(moved) else moved


def _noise_cells(record: ModelRecord) -> list[Cell]:
    cells = []
    for effect in record.noise:
        cells += [
            Cell(_number(effect.moved, 1), effect.moved),
            Cell(percent(effect.jumps), effect.jumps),
            Cell(_number(effect.error), effect.error),
        ]
    return cells


def _group_section(found: Backtest) -> Section:
    """A table for each column: models against groups."""
    pieces: list[Piece] = []
    for column in dict.fromkeys(name for record in found.models for name in record.groups):
        groups = {name: one.issues for name, one in found.record(MEAN).groups.get(column, {}).items()}
        if not 1 < len(groups) <= _MANY:
            continue
        rows: list[Row] = [
            [record.name, *(_group_cell(record.groups.get(column, {}).get(name)) for name in groups)]
            for record in found.models
        ]
        heads = (column, *(f"{name} ({count})" for name, count in groups.items()))
        caption = f"Mean absolute error by {column} (issues in brackets); * loses to the mean there, ° beats it"
        pieces.append(Table(f"group-{column.replace(' ', '-')}", caption, heads, rows, tuple(range(1, len(heads)))))
    return Section("groups", "By group", tuple(pieces))


def _group_cell(one: Accuracy | None) -> Cell:
    if one is None or not one.issues:
        return Cell(NOTHING)
    return Cell(f"{one.error:.1f}{_MARKS.get(one.verdict, '')}", one.error)


def _how(found: Backtest) -> list[Piece]:
    notes = ". ".join(_capital(note) for note in found.notes)
    left = f" Left out, as too few take part: {counted(found.left_out, 'issues')}." if found.left_out else ""
    return [
        Sentence(
            f"{notes}.{left} Intervals come from {found.resampled:,} resamples of whole decisions, as issues that "
            "were decided together share their luck. Each interval stands for itself: of twenty models that are as "
            "good as the mean, one looks better or worse by chance.",
            "note",
        ),
        Sentence(
            "Forecasts take issues one by one; position exchange, our talks and the solutions take all issues of a "
            "decision as one package. In talks capability is votes, more than half of them pass a deal, no deal is "
            "the worst for everybody, and tactics are those that a scenario has by default: what an imported table "
            "gives without further thought, and nothing of it was fitted.",
            "note",
        ),
    ]  # fmt: skip


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
