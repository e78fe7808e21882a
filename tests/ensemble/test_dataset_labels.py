"""What stands beside the columns of a run says what they rest on."""

import numpy as np
import pytest

from sim.ensemble import Design, play
from sim.ensemble.dataset_labels import meanings, recoded
from tests.shipped import shipped


@pytest.fixture(scope="module")
def results():
    """Two worlds of the case whose numbers rest on claims, on rates and on nothing."""
    return play(Design.of_draws(shipped("ceasefire"), 2), columns=["number", "ending"])


def test_a_number_is_assumed_where_no_claim_and_no_rate_stands_behind_it(results):
    """Its ground is named, claims are listed where it rests on them, and the central one lies in its range."""
    assumed, ground = results["number_assumed"].values, results["number_ground"].values
    assert np.array_equal(assumed, ground == "assumed")
    assert 0 < assumed.sum() < len(assumed)
    stated = results["number_claims"].values != ""
    assert stated[ground == "claim"].all()
    assert not stated[assumed].any()
    low, central, high = (results[f"number_{name}"].values for name in ("low", "central", "high"))
    assert ((low - 1e-9 <= central) & (central <= high + 1e-9) | np.isnan(central)).all()
    assert (low < high).any()


def test_codes_of_runs_that_tell_apart_other_things_are_put_together(results):
    """Every code is looked up by its name in the common list."""
    codes = meanings(results, "ending")
    common = ("something else", *reversed(codes))
    found = recoded(results, "ending", common)
    assert [common[n] for n in found] == [codes[n] for n in results["ending"].values]
