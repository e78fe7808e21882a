"""Where theories end: patience without limit, one player, nothing to divide, ties. Their limit, or a clear refusal."""

import json
import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.cli.theory_arguments import evaluate_member
from sim.equilibria import (
    baron_ferejohn,
    eraslan,
    outside_options,
    package_deal,
    package_deal_limit,
    random_proposer,
    rotating_proposer_shares,
    rubinstein,
    stahl,
)
from sim.foundations import InputError

FIGHT = "dispute.power=.5 dispute.cost=[.1,.1]"

#: Commands of `sim solve` at the edges, and the limit where it has a closed form.
LIMITS = (
    ("rubinstein delta_1=1 delta_2=1", 0.5),
    ("rubinstein delta_1=1 delta_2=.9", 1.0),
    ("rubinstein delta_1=.9 delta_2=1", 0.0),
    ("rubinstein-limit rate_1=0 rate_2=0", 0.5),
    ("outside-options delta_1=1 delta_2=1 option_1=.7 option_2=.3", {"first": 0.7}),
    ("deal-me-out rate_1=0 rate_2=0 option_1=0 option_2=.7", 0.3),
    ("rotating-proposer deltas=[1,1,1]", [1 / 3] * 3),
    ("rotating-proposer deltas=[1]", [1.0]),
    ("rotating-proposer deltas=[.5]", [1.0]),
    ("rotating-proposer-shares deltas=[1,.9,.8]", [1.0, 0.0, 0.0]),
    ("random-proposer chances=[.5,.5] deltas=[1,1]", {"value": [0.5, 0.5]}),
    ("random-proposer chances=[1] deltas=[1]", {"value": [1.0]}),
    ("random-proposer-limit chances=[.5,.5] rates=[0,.1]", [1.0, 0.0]),
    ("baron-ferejohn players=1 quota=1 delta=1", {"proposer": 1.0}),
    ("eraslan chances=[.5,.3,.2] deltas=[1,1,1] quota=3", {"value": [0.5, 0.3, 0.2]}),
    ("banks-duggan ideals=[0,.5,1] chances=[1/3,1/3,1/3] delta=1 quota=2", {"proposals": [0.5] * 3}),
    ("banks-duggan ideals=[.5] chances=[1] delta=1 quota=1", {"proposals": [0.5]}),
    ("package-deal values_a=[3,1] values_b=[1,3] delta=1", {"first": {"values": [3.0, 3.0]}}),
    ("issue-by-issue values_a=[1,1] values_b=[1,1] delta=1", {"values": [1.0, 1.0]}),
    ("breakdown rates=[0,0] breakdown_rate=.1 dt=1", {"limit": 0.5}),
    ("breakdown rates=[.1,.1] breakdown_rate=0 dt=1e-12", {"first": 0.5}),
    ("crisis-ultimatum power=.5 cost=0 low=0 high=0", {"demand": 0.5, "war": 0.0}),
    ("crisis-ultimatum-two-types power=.5 cost=0 low=.1 high=.1 tough=.5", {"war": 0.0}),
    ("ratification disagreement=0 low=.5 high=.5", {"offer": 0.5, "fails": 0.0}),
    ("spoilers trust=1 strength=1 laxity=1 needed=.5", {"critical": 1.0}),
    ("convergence strength=10 alphas=[4,7] length=.1", {"rounds": 0}),
    ("stalemate-frontier salience=0 objection=0 war_cost=0", {"surplus": 0.0}),
    (f"terms-under-fire {FIGHT} dispute.patience=[.9,.9] document.hazard=.1 m=1", {"first": 0.6}),
    ("nash payoff=[[1,0],[0,1]] disagreement=[1,1]", {"deals": []}),
    ("nash payoff=[[1e-9,0,.5e-9],[0,1e-9,.5e-9]]", {"deals": [3]}),
    ("nash payoff=[[.5,.5],[.5,.5]]", {"deals": [1, 2]}),
    ("egalitarian payoff=[[1]]", {"deals": [1]}),
    ("kalai-smorodinsky payoff=[[0,0],[0,0]]", {"deals": [1, 2]}),
    ("nucleolus worth=[0,0,0,0]", {"allocation": [0.0, 0.0]}),
    ("weighted-voting weights=[1] quota=1", {"shapley": ["1"]}),
    ("alpha-rank payoff=[[0,1],[-1,0]] alpha=1e9", [1.0, 0.0]),
    ("strategic-alternating-offers parties=1 parts=1", {"payoffs": [1.0]}),
    ("strategic-alternating-offers parties=2 parts=10 disagreement=[.6,.6]", {"deal": None}),
    ("zeuthen parties=2 parts=4 disagreement=[.5,.5]", {"payoffs": [0.5, 0.5]}),
)
REFUSED = (
    "breakdown rates=[0,0] breakdown_rate=0 dt=1",
    "screening-while-fighting highest=0 cost=0 gamma=.5 offers=2",
    "preventive-war delta=1 power_now=.5 power_later=.5 lump_cost=0",
    "audience-cost least=.5 promise=.9 slope=0 peace=0",
    "convergence strength=0 alphas=[4,7] length=.1",
    "endogenous-hazard flow=[.1,.1] penalty=[0,0] temptation=[.02,.02] delta=1",
    "endogenous-hazard flow=[.1,.1] penalty=[0,0] temptation=[0,0] delta=.9",
    (
        "talks-under-truce flow=.45 war=.43 settlement_premium=0 damage=0 shift=0 tracking=0 delta=1 hazard=0 theta=1 "
        "closing=[0,0] m=0"
    ),
    f"bargaining-range {FIGHT} dispute.patience=[1,1] document.hazard=.1",
    f"terms-under-fire {FIGHT} dispute.patience=[1,1] document.hazard=0 m=0",
    f"truce-or-settlement {FIGHT} dispute.patience=[1,1] truce.hazard=0 line=.5 settlement.hazard=0 terms=.5 m=0",
    "costly-lottery flow_cost=1 delta=1 m=0",
    "enforcement-interval static_premium=0 damage=0 shift=0 delta=1 theta=1",
    "continuous-durability discount_rate=0 collapse_rate=0 shift_rate=0",
    "nucleolus worth=[0,1,1,1]",
    "adjusted-winner first=[0,0] second=[0,0]",
)


def holds(found, expected):
    """Whether an answer holds what is expected of it."""
    if isinstance(expected, dict):
        return all(holds(found[name], value) for name, value in expected.items())
    if isinstance(expected, list):
        return len(found) == len(expected) and all(map(holds, found, expected))
    if isinstance(expected, float):
        return found == pytest.approx(expected, abs=1e-6)
    return found == expected


@pytest.mark.parametrize(("command", "limit"), LIMITS)
def test_the_limit(command, limit):
    """The answer at the edge is what it tends to."""
    name, *numbers = command.split()
    answer = evaluate_member(name, numbers).answer
    json.dumps(answer, allow_nan=False)
    assert holds(answer, limit)


@pytest.mark.parametrize("command", REFUSED)
def test_a_clear_refusal(command):
    """Where there is no limit the number that is wrong is told, and nothing is divided by nothing."""
    name, *numbers = command.split()
    with pytest.raises(InputError) as error:
        evaluate_member(name, numbers)
    assert "division by" not in str(error.value)


#: Theories of patience, each as what it gives the first: (patience, players).
PATIENT = {
    "rubinstein": lambda d, _: rubinstein(d, d),
    "stahl": lambda d, n: stahl(d, d, 2 * n + 1),
    "outside-options": lambda d, _: outside_options(d, d, 0.2, 0.3).first,
    "rotating-proposer-shares": lambda d, n: rotating_proposer_shares([d] * n)[0],
    "random-proposer": lambda d, n: random_proposer([1 / n] * n, [d] * n).proposing[0],
    "baron-ferejohn": lambda d, n: baron_ferejohn(n, n // 2 + 1, d).proposer,
    "eraslan": lambda d, n: eraslan([1 / n] * n, [d] * n, n // 2 + 1).value[0],
    "package-deal": lambda d, n: package_deal([float(k + 1) for k in range(n)], [1.0] * n, d).first.values[0],
}


@pytest.mark.parametrize("name", PATIENT)
@settings(max_examples=15, deadline=None)
@given(st.integers(1, 5), st.floats(-12, -6))
def test_continuous_at_patience_without_limit(name, players, exponent):
    """What is said at a patience of 1 is what is said close to it."""
    near, there = (float(PATIENT[name](d, players)) for d in (1 - 10.0**exponent, 1.0))
    assert math.isfinite(near)
    assert math.isfinite(there)
    assert near == pytest.approx(there, abs=1e-4)


def test_packages_at_their_limit():
    """Without delay the first to speak has no advantage."""
    found = package_deal([3.0, 1.0], [1.0, 3.0], 1.0)
    assert found.first.values == pytest.approx(package_deal_limit([3.0, 1.0], [1.0, 3.0]).values)
