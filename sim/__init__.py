"""Negotiation game theory from a news article: sourced numbers in, a distribution and a reason out.

What the command line does, from Python; everything is imported when it is first used:

- read and change: ``read_scenario``, ``read_case``, ``check``, ``agree``, ``change``, ``widened``
- play: ``run``, ``sweep`` a scenario; ``play_case``, ``sweep_case``, ``resume_sweep`` a case, as `sim run` and
  `sim sweep` do, overlays, studies and folder included; ``bridge`` with ``Goal``, ``bridge_case`` with its folder
- look closer: ``analyse``, ``analyse_case`` with its folder, ``replay_conventions``, ``compare_overlays``
- judge: models on decisions that were taken, ``backtest_file`` of what ``read_decisions`` reads; a case against dated
  forecasts, ``score_case``
- theory: ``theory_beside`` and ``every_way`` of a scenario, ``tournament`` over strategies, ``read_game`` and
  ``solve_game``
- see: ``figures`` (each figure a function), ``draw_figures``, ``write_report``, ``transcript`` of a draw
- results on disk: ``load_results``, ``load_analyses``, ``compare_runs``, ``reproduce``
- members of one's own (`sim new protocol NAME` begins one): ``sim.protocols``, ``sim.strategies``, ``sim.solutions``,
  ``sim.forecasts``, ``sim.plots`` say what a member is; ``sim.contracts`` what it promises; ``sim.table``,
  ``sim.engine`` and ``sim.foundations`` hold what it is given

These names and what they take stay; what changes stands in CHANGELOG.md of the package.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sim.bridges import Goal as Goal
    from sim.bridges import bridge as bridge
    from sim.formats.decision_files import read_decisions as read_decisions
    from sim.formats.game_file import read_game as read_game
    from sim.games import solve_game as solve_game
    from sim.jobs.agree_cases import agree as agree
    from sim.jobs.analyse_case import analyse as analyse
    from sim.jobs.analyse_case import analyse_case as analyse_case
    from sim.jobs.backtest_file import backtest_file as backtest_file
    from sim.jobs.bridge_case import bridge_case as bridge_case
    from sim.jobs.check_case import check as check
    from sim.jobs.notebook import load_results as load_results
    from sim.jobs.notebook import play_case as play_case
    from sim.jobs.notebook import resume_sweep as resume_sweep
    from sim.jobs.notebook import run as run
    from sim.jobs.notebook import sweep as sweep
    from sim.jobs.notebook import sweep_case as sweep_case
    from sim.jobs.score_case import score_case as score_case
    from sim.plots import figures as figures
    from sim.plots import plot_all as draw_figures
    from sim.report import compare as compare_runs
    from sim.report.page import write_page as write_report
    from sim.report.transcript import transcript as transcript
    from sim.runs.conventions import replay_conventions as replay_conventions
    from sim.runs.every_way import every_way as every_way
    from sim.runs.overlays import compare_overlays as compare_overlays
    from sim.runs.theory_beside import theory_beside as theory_beside
    from sim.runs.tournament import tournament as tournament
    from sim.scenario import change as change
    from sim.scenario import read_case as read_case
    from sim.scenario import read_scenario as read_scenario
    from sim.scenario import widened as widened
    from sim.store import load_analyses as load_analyses
    from sim.sweeps.reproduction import reproduce as reproduce

__all__ = [
    "Goal",
    "agree",
    "analyse",
    "analyse_case",
    "backtest_file",
    "bridge",
    "bridge_case",
    "change",
    "check",
    "compare_overlays",
    "compare_runs",
    "draw_figures",
    "every_way",
    "figures",
    "load_analyses",
    "load_results",
    "play_case",
    "read_case",
    "read_decisions",
    "read_game",
    "read_scenario",
    "replay_conventions",
    "reproduce",
    "resume_sweep",
    "run",
    "score_case",
    "solve_game",
    "sweep",
    "sweep_case",
    "theory_beside",
    "tournament",
    "transcript",
    "widened",
    "write_report",
]

#: Where each public name comes from, as "module" or "module:its name there"; imported when it is first used, so
#: that `sim --help` stays quick.
_HOMES = {
    "tournament": "sim.runs.tournament",
    "theory_beside": "sim.runs.theory_beside",
    "solve_game": "sim.games",
    "read_game": "sim.formats.game_file",
    "every_way": "sim.runs.every_way",
    "Goal": "sim.bridges",
    "agree": "sim.jobs.agree_cases",
    "analyse": "sim.jobs.analyse_case",
    "analyse_case": "sim.jobs.analyse_case",
    "backtest_file": "sim.jobs.backtest_file",
    "bridge_case": "sim.jobs.bridge_case",
    "bridge": "sim.bridges",
    "change": "sim.scenario",
    "check": "sim.jobs.check_case",
    "compare_overlays": "sim.runs.overlays",
    "compare_runs": "sim.report:compare",
    "draw_figures": "sim.plots:plot_all",
    "figures": "sim.plots",
    "load_analyses": "sim.store",
    "load_results": "sim.jobs.notebook",
    "play_case": "sim.jobs.notebook",
    "read_case": "sim.scenario",
    "read_decisions": "sim.formats.decision_files",
    "read_scenario": "sim.scenario",
    "replay_conventions": "sim.runs.conventions",
    "reproduce": "sim.sweeps.reproduction",
    "resume_sweep": "sim.jobs.notebook",
    "run": "sim.jobs.notebook",
    "score_case": "sim.jobs.score_case",
    "sweep": "sim.jobs.notebook",
    "sweep_case": "sim.jobs.notebook",
    "transcript": "sim.report.transcript",
    "widened": "sim.scenario",
    "write_report": "sim.report.page:write_page",
}


def __getattr__(name: str) -> Any:
    """Import a public name when it is first asked for."""
    if name in _HOMES:
        module, _, there = _HOMES[name].partition(":")
        return getattr(importlib.import_module(module), there or name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    """Public names."""
    return sorted([*globals(), *_HOMES])
