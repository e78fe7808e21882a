"""Dated forecasts that a case brings along in its folder."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from sim.ensemble.ask import Ask
from sim.evidence.toml_file import is_file
from sim.scoring import read_dated_forecasts
from sim.scoring.calibration import PublicForecast
from sim.scoring.case_score import public_forecasts

FORECASTS_FILE: Final = "forecasts.toml"


def own_forecasts(asked: Ask) -> Path | None:
    """The file of dated forecasts beside a scenario; ``None`` where there is none."""
    found = asked.case.folder / FORECASTS_FILE
    return found if is_file(found) else None


def said_of(asked: Ask) -> tuple[PublicForecast, ...]:
    """What others have said of how soon deals are in force and how long they hold; nothing without such a file.

    Raises:  InputError for a file that is wrong
    """
    found = own_forecasts(asked)
    return () if found is None else public_forecasts(read_dated_forecasts(found))
