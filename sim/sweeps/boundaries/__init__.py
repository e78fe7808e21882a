"""Lines that theory draws over the axes of a sweep: the signing rule at central values, and closed forms."""

from typing import TYPE_CHECKING

from sim.foundations.door import open_door

if TYPE_CHECKING:
    from sim.sweeps.boundaries.attach import central_worlds as central_worlds
    from sim.sweeps.boundaries.attach import middle_worlds as middle_worlds
    from sim.sweeps.boundaries.attach import with_boundaries as with_boundaries
    from sim.sweeps.boundaries.bargaining_lines import EqualShares as EqualShares
    from sim.sweeps.boundaries.bargaining_lines import ZoneOfAgreement as ZoneOfAgreement
    from sim.sweeps.boundaries.bargaining_range_line import RangeLine as RangeLine
    from sim.sweeps.boundaries.boundary import BOUNDARIES as BOUNDARIES
    from sim.sweeps.boundaries.boundary import Boundary as Boundary
    from sim.sweeps.boundaries.boundary import boundary_named as boundary_named
    from sim.sweeps.boundaries.one_document import EnforcementLine as EnforcementLine
    from sim.sweeps.boundaries.one_document import PressureLine as PressureLine
    from sim.sweeps.boundaries.root_cause_line import RootCauseLine as RootCauseLine
    from sim.sweeps.boundaries.rule_margin import best_margin as best_margin
    from sim.sweeps.boundaries.rule_margin import signing_margin as signing_margin

open_door(__name__)
