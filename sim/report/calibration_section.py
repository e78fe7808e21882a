"""The panel that can be held against public forecasts: how soon deals are in force, and how long they hold."""

from __future__ import annotations

import math

from sim.report.pieces import Cell, Piece, Row, Section, Sentence, ShownWhere, Table
from sim.report.run_report import RunReport
from sim.scoring.calibration import Calibration, HoldsFor
from sim.words import NOTHING, Proportion, counted, percent, share_words


def calibration_section(run: RunReport, shown: ShownWhere) -> Section:
    """Tell by when deals are in force and how long they hold, with what others have said of the same."""
    found: Calibration | None = run.answer.calibration
    if found is None or not found.in_force_by:
        return Section("calibration", "", ())
    begun: list[Row] = [
        [counted(round(one.months), "months"), run.share_cell(Proportion(one.count, one.worlds))]
        for one in found.in_force_by
    ]
    held: list[Row] = [
        [counted(round(one.days), "days"), _holds(one)] for one in found.holding if not math.isnan(one.share)
    ]
    pieces: list[Piece] = [
        Table(
            "in-force-table",
            f"Some deal has been in force by, share of {run.these_worlds}",
            ("by", "share"),
            begun,
            (1,),
        ),
        Table("holding-table", _held_caption(found), ("holds for", "share"), held, (1,)),
    ]
    if found.forecasts:
        names = list(dict.fromkeys(one.by for one in found.forecasts))
        said = {(one.what, one.by): one.share for one in found.forecasts}
        rows: list[Row] = [
            [what, *(_said(said.get((what, name), math.nan)) for name in names)]
            for what in dict.fromkeys(one.what for one in found.forecasts)
        ]
        caption = "What others have said of the same; nothing here is fitted to it"
        columns = tuple(range(1, len(names) + 1))
        pieces.append(Table("public-table", caption, ("what", *names), rows, columns))
        pieces.append(Sentence(f"`sim score {run.answer.subject.case}` says how good each is.", "note"))
    return Section("calibration", "How soon, and for how long", tuple(pieces), shown=shown)


def _said(share: float) -> Cell:
    return Cell(NOTHING if math.isnan(share) else percent(share), share)


def _held_caption(found: Calibration) -> str:
    deals = max((one.deals for one in found.holding), default=0)
    return f"How many of the {counted(deals, 'first deals')} that come into force hold as long"


def _holds(one: HoldsFor) -> Cell:
    words = NOTHING if math.isnan(one.share) else share_words(one.share, one.low, one.high)
    return Cell(words, one.share)
