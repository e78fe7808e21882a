"""What theory says: closed forms, backward induction and the theory of truces."""

from sim.equilibria.alternating_offers import rubinstein as rubinstein
from sim.equilibria.alternating_offers import rubinstein_limit as rubinstein_limit
from sim.equilibria.backward_induction import plan as plan
