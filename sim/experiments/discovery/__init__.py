"""Scenario discovery: conditions on outcomes, and the boxes of numbers in which they hold."""

from sim.experiments.discovery.box import Box as Box
from sim.experiments.discovery.box import Quality as Quality
from sim.experiments.discovery.columns import columns_of as columns_of
from sim.experiments.discovery.condition import Column as Column
from sim.experiments.discovery.condition import Condition as Condition
from sim.experiments.discovery.condition import parse as parse
from sim.experiments.discovery.prim import boxes as boxes
from sim.experiments.discovery.prim import prim as prim
