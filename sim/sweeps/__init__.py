"""Sweeps: designs, points, plays in chunks that survive anything, labelled results."""

from typing import TYPE_CHECKING

from sim.foundations.door import open_door

if TYPE_CHECKING:
    from sim.ensemble.totals import MEASURES as MEASURES
    from sim.ensemble.workers import make_workers as make_workers
    from sim.sweeps.axes import Axis as Axis
    from sim.sweeps.axis_text import parse_axis as parse_axis
    from sim.sweeps.cost_forecast import forecast as forecast
    from sim.sweeps.design_points import DesignPoints as DesignPoints
    from sim.sweeps.design_points import make_points as make_points
    from sim.sweeps.designs import DESIGNS as DESIGNS
    from sim.sweeps.home import open_home as open_home
    from sim.sweeps.over import sweep as sweep
    from sim.sweeps.playing import play_sweep as play_sweep
    from sim.sweeps.playing import sweep_in_memory as sweep_in_memory
    from sim.sweeps.studies import read_studies as read_studies
    from sim.sweeps.sweep_ask import SweepAsk as SweepAsk

open_door(__name__)
