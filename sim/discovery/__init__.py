"""Scenario discovery: conditions on outcomes, and the boxes of numbers in which they hold."""

from sim.discovery.box import Box as Box
from sim.discovery.box import Quality as Quality
from sim.discovery.prim import boxes as boxes
from sim.discovery.prim import prim as prim
