"""How much of the answer comes from the evidence, from conventions, and from luck."""

from typing import TYPE_CHECKING

from sim.foundations.door import open_door

if TYPE_CHECKING:
    from sim.robustness.encoding import leave_one_claim_out as leave_one_claim_out
    from sim.robustness.encoding import null_coding as null_coding
    from sim.robustness.posterior import CONTRADICTED as CONTRADICTED
    from sim.robustness.posterior import by_claim as by_claim
    from sim.robustness.posterior import posterior as posterior
    from sim.robustness.spread import split_spread as split_spread
    from sim.robustness.spread import variance_parts as variance_parts
    from sim.robustness.study_spread import study_spread as study_spread
    from sim.scenario import OVERCONFIDENCE as OVERCONFIDENCE
    from sim.scenario import widened as widened

open_door(__name__)
