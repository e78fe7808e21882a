"""A case judged against dated forecasts: how likely it calls what they ask, and how good that is."""

from typing import TYPE_CHECKING

from sim.foundations.door import open_door

if TYPE_CHECKING:
    from sim.scoring.calibration import Calibration as Calibration
    from sim.scoring.calibration import calibration as calibration
    from sim.scoring.case_score import CaseScore as CaseScore
    from sim.scoring.case_score import EventScore as EventScore
    from sim.scoring.case_score import score as score
    from sim.scoring.dated_forecasts import DatedForecasts as DatedForecasts
    from sim.scoring.dated_forecasts import read_dated_forecasts as read_dated_forecasts

open_door(__name__)
