"""The bridge: what would have to change, by whose hand, for the wanted ending to be as likely as asked."""

from typing import TYPE_CHECKING

from sim.foundations.door import open_door

if TYPE_CHECKING:
    from sim.bridges.bridge_arrays import bridge_dataset as bridge_dataset
    from sim.bridges.cheapest_bridge import Bridge as Bridge
    from sim.bridges.cheapest_bridge import bridge as bridge
    from sim.bridges.cheapest_bridge import lever_names as lever_names
    from sim.bridges.frontier import Point as Point
    from sim.bridges.goal import ANY_DEAL as ANY_DEAL
    from sim.bridges.goal import GOAL_MEASURES as GOAL_MEASURES
    from sim.bridges.goal import Goal as Goal
    from sim.bridges.goal import usual_want as usual_want
    from sim.bridges.movers import Change as Change
    from sim.bridges.movers import Mover as Mover
    from sim.bridges.reasons import FATES as FATES
    from sim.bridges.reasons import Reasons as Reasons
    from sim.bridges.robust import RobustUses as RobustUses
    from sim.bridges.verify import GoalCheck as GoalCheck

open_door(__name__)
