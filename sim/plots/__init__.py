"""Figures of stored results."""

from sim.plots.blockers import Blockers as Blockers
from sim.plots.bridge_frontier import BridgeFrontier as BridgeFrontier
from sim.plots.concession_curves import ConcessionCurves as ConcessionCurves
from sim.plots.deals_over_time import DealsOverTime as DealsOverTime
from sim.plots.discovery_box import DiscoveryBox as DiscoveryBox
from sim.plots.ending_maps import EndingMaps as EndingMaps
from sim.plots.endings import Endings as Endings
from sim.plots.enforcement_interval import EnforcementInterval as EnforcementInterval
from sim.plots.importance import Importance as Importance
from sim.plots.observation_acceptance import ObservationAcceptance as ObservationAcceptance
from sim.plots.payoff_plane import PayoffPlane as PayoffPlane
from sim.plots.plot import PLOTS as PLOTS
from sim.plots.plot import Plot as Plot
from sim.plots.plot_all import fitting as fitting
from sim.plots.plot_all import plot_all as plot_all
from sim.plots.prior_posterior import PriorPosterior as PriorPosterior
from sim.plots.regime_map import RegimeMap as RegimeMap
from sim.plots.save import FORMATS as FORMATS
from sim.plots.save import save as save
from sim.plots.sensitivity_indices import SensitivityIndices as SensitivityIndices
from sim.plots.settled_levels import SettledLevels as SettledLevels
from sim.plots.style import STYLES as STYLES
from sim.plots.style import house_style as house_style
from sim.plots.sweep_lines import SweepLines as SweepLines
from sim.plots.tornado import Tornado as Tornado
from sim.plots.why_not import WhyNot as WhyNot
