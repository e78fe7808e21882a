"""Sweeps: designs, points, plays in chunks that survive anything, labelled results."""

from sim.ensemble.totals import MEASURES as MEASURES
from sim.ensemble.workers import make_workers as make_workers
from sim.experiments.sweep.axes import Axis as Axis
from sim.experiments.sweep.axis_text import parse_axis as parse_axis
from sim.experiments.sweep.designs import DESIGNS as DESIGNS
from sim.experiments.sweep.forecast import forecast as forecast
from sim.experiments.sweep.home import open_home as open_home
from sim.experiments.sweep.over import sweep as sweep
from sim.experiments.sweep.playing import play_sweep as play_sweep
from sim.experiments.sweep.playing import sweep_in_memory as sweep_in_memory
from sim.experiments.sweep.points import Points as Points
from sim.experiments.sweep.points import make_points as make_points
from sim.experiments.sweep.studies import read_studies as read_studies
from sim.experiments.sweep.sweep_ask import SweepAsk as SweepAsk
