"""Reported bids as evidence: nobody offers what he would not sign, and what he asks for he takes."""

import numpy as np
import pytest

from sim.scenario import Scenario, draw
from sim.scenario.conflicts import conflicts
from sim.table import DealSpace, build, observe


def seller(says, **levels):
    """A seller who needs something between 2 and 8 for what is worth his price, and what he was heard to say."""
    issue = {"kind": "numeric", "low": 0, "high": 10, "points": 11, "status_quo": 0}
    one = {"patience": {"value": 0.9}, "salience": {"price": {"value": 1}}}
    own = {"reservation": {"value": 0.5, "low": 0.2, "high": 0.8}, "position": {"price": {"value": 10}}}
    buyer = {"reservation": {"value": 0}, "position": {"price": {"value": 0}}}
    seen = {"says": says, "actor": "seller", "deals": {"levels": {"price": levels}}, "bluff": {"value": 0}}
    return Scenario(
        title="t",
        issues={"price": issue},
        actors={"seller": {**one, **own}, "buyer": {**one, **buyer}},
        observations={"bid": {**seen, "claims": ["c"]}},
        default_assumed="test",
    )


@pytest.mark.parametrize(
    ("says", "levels", "most"),
    [("offers", {"between": [4, 6]}, 0.6), ("asks", {"between": [4, 6]}, 0.4), ("accepts", {"at_most": 6}, 0.6)],
)
def test_a_bid_bounds_what_no_deal_can_be_worth(says, levels, most):
    """Of 4 to 6 he offers, one is worth his reservation; of 4 to 6 he asks for, each is: so it is at most 0.4."""
    scenario = seller(says, **levels)
    draws = draw(scenario, np.arange(200))
    holds = observe(build(DealSpace.of(scenario), draws)).holds[:, 0]
    np.testing.assert_array_equal(holds, draws["seller.reservation"] <= most + 1e-9)


def test_an_offer_of_what_is_rejected_is_a_conflict():
    """Whoever offers some of what he rejects contradicts himself."""
    scenario = seller("offers", between=[4, 6])
    seen = scenario.observations["bid"]
    both = {"bid": seen, "no": seen.model_copy(update={"says": "rejects"})}
    found = conflicts(scenario.model_copy(update={"observations": both}), None)
    assert [one.words for one in found] == ["seller offers some of the deals that seller rejects"]
