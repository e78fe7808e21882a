"""The bridge: what would have to change, by whose hand, for the wanted ending to be as likely as asked."""

from sim.bridges.bridge import Bridge as Bridge
from sim.bridges.bridge import bridge as bridge
from sim.bridges.bridge import lever_names as lever_names
from sim.bridges.consent import Change as Change
from sim.bridges.consent import Mover as Mover
from sim.bridges.frontier import Point as Point
from sim.bridges.goal import ANY_DEAL as ANY_DEAL
from sim.bridges.goal import MEASURES as MEASURES
from sim.bridges.goal import Goal as Goal
from sim.bridges.reasons import FATES as FATES
from sim.bridges.reasons import Reasons as Reasons
from sim.bridges.robust import Robust as Robust
from sim.bridges.stored import bridge_dataset as bridge_dataset
from sim.bridges.verify import GoalCheck as GoalCheck
