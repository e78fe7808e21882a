"""What the viewer tells of stakeholders turn by turn: the section of a report, and its figures as pictures."""

from __future__ import annotations

import base64
import io
from typing import Final, NamedTuple

import xarray as xr

from sim.plots import PLOTS
from sim.report import answer
from sim.report.pieces import Piece, Sentence, placed
from sim.report.run_report import RunReport
from sim.report.stakeholder_section import stakeholder_section
from sim.runs.forecast_arrays import add_forecasts
from sim.view.setting_results import SettingResults
from sim.view.viewed_case import ViewedCase

#: Figures of stakeholders, in the order in which they are read.
FIGURES: Final = ("who-challenges-whom", "movement-by-turn", "decision-by-turn", "coalition-heat-map")
#: Worlds that are followed: models of challenges cost more than the talks.
STAKEHOLDER_WORLDS: Final = 200


class StakeholderPicture(NamedTuple):
    """A figure as a PNG in base64, and its title for those who do not see it."""

    title: str
    png: str


class ToldStakeholders(NamedTuple):
    """Words and tables, and figures."""

    pieces: tuple[Piece, ...]
    figures: tuple[StakeholderPicture, ...]


def told_stakeholders(opened: ViewedCase, played: SettingResults) -> ToldStakeholders:
    """Follow stakeholders in the first worlds of a setting and tell of them as a report of a run would.

    Args:
        played: with all columns
    """
    results: xr.Dataset = played.first(STAKEHOLDER_WORLDS).results.copy()
    add_forecasts(results, opened.scenario)
    if "turn_challenge" not in results:
        why = "Models of challenges say nothing here: they need three parties or more that stand somewhere on an issue."
        return ToldStakeholders((Sentence(why, "note"),), ())
    found = answer(results, opened.scenario, opened.name, "", overlay=opened.case.overlay)
    section = stakeholder_section(RunReport(found, opened.scenario, opened.case.article), "everywhere")
    fitting = [name for name in FIGURES if PLOTS[name].fits(results)]
    shown = tuple(one for piece in section.pieces for one in placed(piece, "terminal"))
    return ToldStakeholders(shown, tuple(_drawn(results, name) for name in fitting))


def _drawn(results: xr.Dataset, name: str) -> StakeholderPicture:
    with io.BytesIO() as stream:
        PLOTS[name].draw(results).savefig(stream, format="png")
        return StakeholderPicture(PLOTS[name].title(results), base64.b64encode(stream.getvalue()).decode())
