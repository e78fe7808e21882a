"""The signers' rule of a scenario."""

from __future__ import annotations

import numpy as np

from sim.scenario import Scenario
from sim.table.signing_rule import SigningRule


def signing_rule(scenario: Scenario) -> SigningRule:
    """Turn ``[talks.sign]`` into weights, quota and veto over all actors."""
    sign, names = scenario.talks.sign, list(scenario.actors)
    signers = np.isin(np.array(names), np.array(scenario.signers))
    veto = np.isin(np.array(names), np.array([name for name in sign.veto if name not in scenario.indifferent] or [""]))
    if sign.rule == "k-of-n":
        rule = SigningRule.k_of_n(len(names), int(sign.k or signers.sum()), signers)
        return SigningRule(rule.weights, rule.quota, veto)
    if sign.rule == "weighted":
        weights = np.array([scenario.votes.get(name, 0.0) if name in scenario.signers else 0.0 for name in names])
        return SigningRule(weights, float(sign.quota or weights.sum()), veto)
    rule = SigningRule.unanimity(len(names), signers)
    return SigningRule(rule.weights, rule.quota, rule.veto | veto)
