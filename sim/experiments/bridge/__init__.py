"""The bridge: what would have to change, by whose hand, for the wanted ending to be as likely as asked."""

from sim.experiments.bridge.bridge import Bridge as Bridge
from sim.experiments.bridge.bridge import bridge as bridge
from sim.experiments.bridge.bridge import lever_names as lever_names
from sim.experiments.bridge.consent import Change as Change
from sim.experiments.bridge.consent import Mover as Mover
from sim.experiments.bridge.frontier import Point as Point
from sim.experiments.bridge.goal import ANY_DEAL as ANY_DEAL
from sim.experiments.bridge.goal import MEASURES as MEASURES
from sim.experiments.bridge.goal import Goal as Goal
from sim.experiments.bridge.reasons import FATES as FATES
from sim.experiments.bridge.reasons import Reasons as Reasons
from sim.experiments.bridge.robust import Robust as Robust
from sim.experiments.bridge.stored import bridge_dataset as bridge_dataset
from sim.experiments.bridge.verify import Checked as Checked
