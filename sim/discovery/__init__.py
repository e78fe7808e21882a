"""Scenario discovery: conditions on outcomes, and the boxes of numbers in which they hold."""

from typing import TYPE_CHECKING

from sim.foundations.door import open_door

if TYPE_CHECKING:
    from sim.discovery.box import Box as Box
    from sim.discovery.box import Quality as Quality
    from sim.discovery.discover import discover as discover
    from sim.discovery.prim import boxes as boxes
    from sim.discovery.prim import prim as prim
    from sim.discovery.proven_boxes import ENOUGH as ENOUGH
    from sim.discovery.proven_boxes import LEAST as LEAST
    from sim.discovery.proven_boxes import LEVEL as LEVEL
    from sim.discovery.proven_boxes import proven_boxes as proven_boxes
    from sim.discovery.searched_points import points_of as points_of

open_door(__name__)
