"""What moves the outcome: indices on the prior, indices from given data, one-at-a-time, and flips."""

from typing import TYPE_CHECKING

from sim.foundations.door import open_door

if TYPE_CHECKING:
    from sim.ensemble.complete import IncompleteError as IncompleteError
    from sim.ensemble.complete import require_complete as require_complete
    from sim.ensemble.evaluate import evaluate as evaluate
    from sim.sensitivity.given_data import given_data as given_data
    from sim.sensitivity.grouping import groups as groups
    from sim.sensitivity.indices import sobol_indices as sobol_indices
    from sim.sensitivity.input_screening import screen as screen
    from sim.sensitivity.morris import elementary_effects as elementary_effects
    from sim.sensitivity.morris import morris as morris
    from sim.sensitivity.nearest_flip import flip_distances as flip_distances
    from sim.sensitivity.saltelli import Saltelli as Saltelli
    from sim.sensitivity.sobol import sobol as sobol
    from sim.sensitivity.tornado_swings import tornado as tornado
    from sim.sensitivity.until_settled import index_convergence as index_convergence
    from sim.sensitivity.until_settled import until_settled as until_settled

open_door(__name__)
