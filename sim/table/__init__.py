"""Deals and what they are worth to everybody, as arrays over draws."""

from sim.table.bargaining_table import KINDS as KINDS
from sim.table.bargaining_table import BargainingTable as BargainingTable
from sim.table.blocker import Blocker as Blocker
from sim.table.blocker import blocking_names as blocking_names
from sim.table.blocker import find_blocker as find_blocker
from sim.table.classification import BLOCKS as BLOCKS
from sim.table.classification import STALEMATES as STALEMATES
from sim.table.classification import Classification as Classification
from sim.table.classification import classify as classify
from sim.table.deal_space import DealSpace as DealSpace
from sim.table.nearest_deal import nearest_deal as nearest_deal
from sim.table.observed import Observed as Observed
from sim.table.observed import observe as observe
from sim.table.plan import Plan as Plan
from sim.table.signing_rule import SigningRule as SigningRule
from sim.table.surplus import Surplus as Surplus
from sim.table.surplus import surplus as surplus
from sim.table.surplus import surplus_terms_of as surplus_terms_of
from sim.table.worlds import Worlds as Worlds
from sim.table.worlds import build as build
