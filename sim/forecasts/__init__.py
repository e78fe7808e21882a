"""Collective-choice forecasts: from positions, saliences and capabilities to what is decided."""

from typing import TYPE_CHECKING

from sim.foundations.door import open_door

if TYPE_CHECKING:
    from sim.forecasts.agenda_setter import AgendaSetter as AgendaSetter
    from sim.forecasts.challenge_model import ChallengeModel as ChallengeModel
    from sim.forecasts.compromise_model import CompromiseModel as CompromiseModel
    from sim.forecasts.condorcet_election import CondorcetElection as CondorcetElection
    from sim.forecasts.condorcet_median import CondorcetMedian as CondorcetMedian
    from sim.forecasts.forecast import COURSES as COURSES
    from sim.forecasts.forecast import FORECASTS as FORECASTS
    from sim.forecasts.forecast import RELATIONS as RELATIONS
    from sim.forecasts.forecast import AbstractForecast as AbstractForecast
    from sim.forecasts.forecast import Forecast as Forecast
    from sim.forecasts.forecast import course_of as course_of
    from sim.forecasts.mean import Mean as Mean
    from sim.forecasts.median import Median as Median
    from sim.forecasts.position_exchange import PositionExchange as PositionExchange
    from sim.forecasts.spatial_model_of_politics import SpatialModelOfPolitics as SpatialModelOfPolitics
    from sim.forecasts.stakeholders import Stakeholders as Stakeholders
    from sim.forecasts.status_quo import StatusQuo as StatusQuo
    from sim.forecasts.weighted_nash import WeightedNash as WeightedNash

open_door(__name__)
