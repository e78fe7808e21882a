"""Scenario discovery: conditions on outcomes, and the boxes of numbers in which they hold."""

from sim.experiments.discovery.box import Box as Box
from sim.experiments.discovery.box import Quality as Quality
from sim.experiments.discovery.prim import boxes as boxes
from sim.experiments.discovery.prim import prim as prim
