"""How negotiators behave: aspiration, offering, acceptance."""

from typing import TYPE_CHECKING

from sim.foundations.door import open_door

if TYPE_CHECKING:
    from sim.strategies.ac_combi import AcCombi as AcCombi
    from sim.strategies.ac_const import AcConst as AcConst
    from sim.strategies.ac_next import AcNext as AcNext
    from sim.strategies.ac_time import AcTime as AcTime
    from sim.strategies.assemble import assemble as assemble
    from sim.strategies.assemble import known_settings as known_settings
    from sim.strategies.assemble import wrong_settings as wrong_settings
    from sim.strategies.averaged_tit_for_tat import AveragedTitForTat as AveragedTitForTat
    from sim.strategies.averaged_tit_for_tat import averaged as averaged
    from sim.strategies.bayesian_guided import BayesianGuided as BayesianGuided
    from sim.strategies.best_for_others import BestForOthers as BestForOthers
    from sim.strategies.best_for_others import others_gain as others_gain
    from sim.strategies.elapsed_time import ElapsedTime as ElapsedTime
    from sim.strategies.elapsed_time import still_asked as still_asked
    from sim.strategies.frequency_guided import FrequencyGuided as FrequencyGuided
    from sim.strategies.frequency_guided import frequency_worth as frequency_worth
    from sim.strategies.guided_offering import AbstractGuided as AbstractGuided
    from sim.strategies.hard_headed import HardHeaded as HardHeaded
    from sim.strategies.hard_liner import HardLiner as HardLiner
    from sim.strategies.micro import Micro as Micro
    from sim.strategies.micro import MicroOffering as MicroOffering
    from sim.strategies.mixture import Mixture as Mixture
    from sim.strategies.nearest_to_aspiration import NearestToAspiration as NearestToAspiration
    from sim.strategies.negotiator import ACCEPTANCES as ACCEPTANCES
    from sim.strategies.negotiator import ASPIRATIONS as ASPIRATIONS
    from sim.strategies.negotiator import OFFERINGS as OFFERINGS
    from sim.strategies.negotiator import AbstractAcceptance as AbstractAcceptance
    from sim.strategies.negotiator import AbstractAspiration as AbstractAspiration
    from sim.strategies.negotiator import AbstractOffering as AbstractOffering
    from sim.strategies.negotiator import Hearing as Hearing
    from sim.strategies.negotiator import Negotiator as Negotiator
    from sim.strategies.own_curve import OwnCurve as OwnCurve
    from sim.strategies.random_absolute_tit_for_tat import RandomAbsoluteTitForTat as RandomAbsoluteTitForTat
    from sim.strategies.random_absolute_tit_for_tat import random_absolute as random_absolute
    from sim.strategies.ranges import Setting as Setting
    from sim.strategies.ranges import require as require
    from sim.strategies.ranking import Ranking as Ranking
    from sim.strategies.relative_tit_for_tat import RelativeTitForTat as RelativeTitForTat
    from sim.strategies.relative_tit_for_tat import relative as relative
    from sim.strategies.resource_dependent import ResourceDependent as ResourceDependent
    from sim.strategies.resource_dependent import scarcity as scarcity
    from sim.strategies.said import Said as Said
    from sim.strategies.swap_first import SwapFirst as SwapFirst
    from sim.strategies.time_dependent import TimeDependent as TimeDependent
    from sim.strategies.time_dependent import issue_offer as issue_offer
    from sim.strategies.time_dependent import polynomial as polynomial
    from sim.strategies.time_dependent_exponential import TimeDependentExponential as TimeDependentExponential
    from sim.strategies.time_dependent_exponential import exponential as exponential
    from sim.strategies.trade_off import TradeOff as TradeOff

open_door(__name__)
