"""Stacked alternating offers against a reference written out in plain Python, agent by agent."""

import itertools

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.known_answers.dynamics import sao_session

MARGIN = 2e-6  # decisions closer than this hang on rounding and are left out


def reference(case):
    """Play a session one deal, one agent and one round at a time; None if a decision was too close."""
    outcomes = list(itertools.product(*case["issues"].values()))
    agents = {agent["name"]: agent for agent in case["agents"]}
    turns = [agents[name] for name in case["offering_order"]]
    worth = {
        agent["name"]: {
            outcome: sum(
                agent["weights"][issue] * agent["values"][issue][level]
                for issue, level in zip(case["issues"], outcome, strict=True)
            )
            for outcome in outcomes
        }
        for agent in turns
    }
    rounds, standing, yes = case["n_rounds"], None, set()
    for s in range(rounds):
        for agent in turns:
            utility = worth[agent["name"]]
            best, worst = max(utility.values()), min(utility.values())
            reserved = -9.0 if agent["reserved"] is None else agent["reserved"]
            target = target_of(agent["strategy"], (s + 1) / (rounds + 1), max(reserved, worst), best)
            if any(0 < abs(value - target) < MARGIN for value in utility.values()):
                return None
            if standing is not None and utility[standing] >= target - 1e-9:
                yes.add(agent["name"])
                if len(yes) == len(turns):
                    return {"agreement": list(standing), "rounds": s + 1}
                continue
            enough = [o for o in outcomes if utility[o] >= max(reserved, target - 1e-6)]
            standing = min(enough, key=lambda o: utility[o])
            yes = {agent["name"]}
    return {"agreement": None, "rounds": rounds}


def target_of(strategy, time, low, best):
    """What the agent asks for at a moment."""
    if strategy["type"] == "tough":
        return best
    share = strategy["start"] * (1 - time ** (1 / strategy["faratin_e"]))
    return min(max(share * (best - low) + low - strategy["tolerance"], low), best)


@st.composite
def sessions(draw):
    """Random sessions of two to five agents on one to three issues."""
    rng = draw(st.randoms(use_true_random=False))
    names = [f"N{i}" for i in range(rng.randint(2, 5))]
    issues = {f"i{k}": [f"v{j}" for j in range(rng.randint(2, 4))] for k in range(rng.randint(1, 3))}
    agents = []
    for name in names:
        kind = "tough" if rng.random() < 0.1 else "time_based"
        strategy = {"type": kind, "faratin_e": rng.choice([0.1, 0.3, 1.0, 2.0, 5.0])}
        strategy |= {"start": rng.choice([1.0, 0.9]), "tolerance": rng.choice([0.0, 0.001, 0.02])}
        values = {issue: {level: rng.random() for level in levels} for issue, levels in issues.items()}
        weights = {issue: rng.random() / len(issues) for issue in issues}
        lowest = sum(w * max(values[issue].values()) for issue, w in weights.items())
        reserved = rng.choice([None, 0.0, -1.0, 0.3 * lowest, 0.6 * lowest])
        agents.append({"name": name, "weights": weights, "values": values, "reserved": reserved, "strategy": strategy})
    order = rng.sample(names, len(names))
    return {"issues": issues, "offering_order": order, "n_rounds": rng.randint(1, 40), "agents": agents}


@pytest.mark.slow
@given(sessions())
def test_sessions_end_like_the_reference(case):
    """Agreement and round are those of the plain reference, whoever speaks first."""
    expected = reference(case)
    assume(expected is not None)
    found = sao_session(case)
    assert {name: found[name] for name in expected} == expected
