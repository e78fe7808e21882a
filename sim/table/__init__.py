"""Deals and what they are worth to everybody, as arrays over draws."""

from typing import TYPE_CHECKING

from sim.foundations.door import open_door

if TYPE_CHECKING:
    from sim.table.agenda_plan import AgendaPlan as AgendaPlan
    from sim.table.bargaining_table import BargainingTable as BargainingTable
    from sim.table.blocker import Blocker as Blocker
    from sim.table.blocker import blocking_names as blocking_names
    from sim.table.blocker import find_blocker as find_blocker
    from sim.table.blocker import nearest_deal as nearest_deal
    from sim.table.build_worlds import build as build
    from sim.table.classification import BLOCKS as BLOCKS
    from sim.table.classification import STALEMATES as STALEMATES
    from sim.table.classification import Classification as Classification
    from sim.table.classification import classify as classify
    from sim.table.deal_space import DealSpace as DealSpace
    from sim.table.lot_plan import LotPlan as LotPlan
    from sim.table.no_deal_models import NO_DEAL_MODELS as NO_DEAL_MODELS
    from sim.table.no_deal_models import AbstractNoDeal as AbstractNoDeal
    from sim.table.no_deal_models import NoDealState as NoDealState
    from sim.table.observation_verdicts import ObservationVerdicts as ObservationVerdicts
    from sim.table.observation_verdicts import observe as observe
    from sim.table.reservation import Reservation as Reservation
    from sim.table.rival import Rival as Rival
    from sim.table.round_plan import RoundPlan as RoundPlan
    from sim.table.screening_plan import ScreeningPlan as ScreeningPlan
    from sim.table.settled import SettledPart as SettledPart
    from sim.table.settled import settled_parts as settled_parts
    from sim.table.settled import settled_scenario as settled_scenario
    from sim.table.signing_rule import SigningRule as SigningRule
    from sim.table.status_quo import StatusQuo as StatusQuo
    from sim.table.surplus import Surplus as Surplus
    from sim.table.surplus import surplus as surplus
    from sim.table.surplus import surplus_terms_of as surplus_terms_of
    from sim.table.type_grid import TYPES as TYPES
    from sim.table.type_grid import LazyTypes as LazyTypes
    from sim.table.type_grid import TypeGrid as TypeGrid
    from sim.table.vote_again import VoteAgain as VoteAgain
    from sim.table.war import War as War
    from sim.table.worlds import Worlds as Worlds

open_door(__name__)
