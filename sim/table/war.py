"""No deal as a war: what fighting is worth, to the finish or for a while before a signature."""

from __future__ import annotations

import numpy as np

from sim.foundations import FloatOrFloats, Floats, Ints
from sim.scenario import Draws, Scenario
from sim.table.durability import per_round
from sim.table.no_deal_models import NO_DEAL_MODELS, AbstractNoDeal, NoDealState, by_actor
from sim.table.preferences import Preferences


def decision_weight(delta: FloatOrFloats, m: FloatOrFloats) -> Floats:
    """Discounted weight mu of the decision by arms when each round decides with chance m, 0..1.

    Example:
        >>> float(decision_weight(0.9, 0.0)), float(decision_weight(0.5, 1.0))
        (0.0, 0.5)
    """
    return np.asarray(delta * np.asarray(m) / (1 - delta * (1 - np.asarray(m))))


def war_value(hold_minus_cost: FloatOrFloats, decided: FloatOrFloats, delta: FloatOrFloats, m: FloatOrFloats) -> Floats:
    """Value of fighting to the finish: rounds of war, then whatever arms decide.

    Args:
        hold_minus_cost: flow per round of war, what is held less what fighting costs
        decided:         expected normalised value once arms have decided
        delta:           discount factor per round, in (0, 1)
        m:               chance per round that arms decide, 0..1; 0 fights on for ever
    Returns:
        values of the broadcast shape
    Source: war as a costly lottery (Fearon 1995) from a war that takes time (Powell 2004); the sum is ours
    Example:
        >>> round(float(war_value(0.6 - 1.0, 0.6, 0.95, 0.05)), 6)
        0.087179
    """
    mu = decision_weight(delta, m)
    return np.asarray((1 - mu) * hold_minus_cost + mu * decided)


def drifting_war(drift: FloatOrFloats, delta: FloatOrFloats, m: FloatOrFloats) -> Floats:
    """What a flow of fighting that changes by so much a round adds to the value of fighting to the finish.

    (1 - delta) gamma / (1 - gamma)^2 a round of drift, gamma = delta (1 - m): the front moves, or costs grow, for as
    long as arms have not decided.

    Source: sum of an arithmetic-geometric series; as `sim.equilibria.battlefield_drift`, in a straight line
    Example:
        >>> round(float(drifting_war(-0.01, 0.9, 0.0)), 6)
        -0.09
    """
    gamma = fighting_survival(delta, m)
    return np.asarray((1 - np.asarray(delta)) * gamma / (1 - gamma) ** 2 * np.asarray(drift))


def fighting_survival(delta: FloatOrFloats, m: FloatOrFloats) -> Floats:
    """Discount gamma of a round spent fighting: patience times the chance that arms do not decide.

    Example:
        >>> round(float(fighting_survival(0.95, 0.05)), 4)
        0.9025
    """
    return np.asarray(delta * (1 - np.asarray(m)))


def waiting_discount(gamma: FloatOrFloats, n: FloatOrFloats) -> Floats:
    """Share of a premium over fighting on that is left after n rounds of fighting, gamma to the power n.

    Example:
        >>> round(float(waiting_discount(0.9025, 8)), 6)
        0.440127
    """
    return np.asarray(np.power(gamma, np.asarray(n, dtype=np.float64)))


def delayed(
    V: FloatOrFloats, W: FloatOrFloats, gamma: FloatOrFloats, n: FloatOrFloats, *, spread: Ints | None = None
) -> Floats:
    """Value of fighting for n rounds and then getting V, when fighting on for ever is worth W.

    Exact, because n rounds of fighting and then W is W itself.

    Args:
        V:     value at the time of signature
        W:     value of fighting to the finish
        gamma: discount of a round of fighting, 0..1
        n:     rounds until the document is in force, 0 or more
        spread: (K,) class of each deal where ``n`` holds one number for each class on its last axis, so that
            powers are taken once a class
    Returns:
        values of the broadcast shape
    Source: stopping a war of attrition at a known date; the identity is ours
    Example:
        >>> round(float(delayed(0.7, 0.08717948717948694, 0.9025, 8)), 6)
        0.356898
    """
    late = waiting_discount(gamma, n)
    return np.asarray(W + (late if spread is None else late[..., spread]) * (np.asarray(V) - W))


def believed_chances(scenario: Scenario, draws: Draws, prevail: Floats) -> Floats:
    """(B, A, J) chance of each party to prevail, as every actor sees it: as it is, but for the optimistic.

    Args:
        prevail: (B, J) the chances as they are; they add up to 1, or are all 0
    """
    names = list(scenario.actors)
    found = np.repeat(prevail[:, None, :], len(names), axis=1)
    for a, name in enumerate(names):
        if scenario.actors[name].optimism is None or name not in scenario.parties:
            continue
        own = prevail[:, a]
        more = np.clip(own + draws[f"{name}.optimism"], 0.0, 1.0)
        rest = np.where(own < 1, (1 - more) / np.where(own < 1, 1 - own, 1.0), 0.0)
        found[:, a] = prevail * rest[:, None]
        found[:, a, a] = np.where(prevail.sum(axis=1) > 0, more, 0.0)
    return found


@NO_DEAL_MODELS.register("war", source="war as a costly process that ends decisively (Powell 2004, 2006); Fearon 1995")
class War(AbstractNoDeal):
    """The parties fight on: the status quo less the cost of war, until arms may decide for one of them.

    W = (1 - mu) (u(q) - k) + mu sum_j p_j u(ideal deal of j), as in ``war_value``; p are power shares of the parties.
    While they fight the front may move and costs may grow: a drift of the flow, see ``drifting_war``.
    Who is optimistic reckons with a larger chance of his own, and with less for all others in proportion; what arms
    then decide is drawn by the power shares (Blainey 1973; Fearon 1995 on private information about power).
    Who states a reservation has that instead of a war.
    """

    phrase = "a war"

    def state(self, scenario: Scenario, draws: Draws, preferences: Preferences, delta: Floats) -> NoDealState:
        """Compute the war payoff of every actor."""
        size, count = delta.shape
        names = list(scenario.actors)
        decisive = per_round(draws.get("talks.decisive_chance", 0.0), scenario.talks.round_years)
        quo = preferences.flow_at_status_quo()
        flow = quo - by_actor(scenario, draws, "{}.war_cost", 0.0)
        prevail = np.zeros((size, count))
        for party in scenario.parties:
            prevail[:, names.index(party)] = draws.get(f"{party}.power", 0.0)
        total = prevail.sum(axis=1, keepdims=True)
        prevail = np.where(total > 0, prevail / np.where(total > 0, total, 1.0), 0.0)
        believed = believed_chances(scenario, draws, prevail)
        imposed = np.repeat(quo[:, :, None], count, axis=2)
        promised = np.zeros(preferences.weight.shape)
        for j, name in enumerate(names):
            if name not in scenario.parties:
                continue
            # Arms need no promise: what they impose is worth its level in full.
            values = preferences.issue_values(preferences.best_levels(j))
            gain = preferences.weight * (values - preferences.status_quo)
            promised += believed[:, :, j, None] * gain
            imposed[:, :, j] = np.einsum("bai,bai->ba", preferences.weight, values) + preferences.bonus_at(values)
        decided = np.einsum("baj,baj->ba", imposed, believed)
        nobody = prevail.sum(axis=1) <= 0
        decided[nobody] = flow[nobody]
        imposed[nobody] = flow[nobody, :, None]
        value = war_value(flow, decided, delta, decisive[:, None])
        drift = by_actor(scenario, draws, "no_deal.drift.{}", 0.0) * scenario.talks.round_years
        if drift.any():
            value += drifting_war(drift, delta, decisive[:, None])
        for a, name in enumerate(names):
            if scenario.actors[name].reservation is not None:
                reserve = draws[f"{name}.reservation"]
                flow[:, a] = value[:, a] = reserve
                drift[:, a] = 0.0
                imposed[:, a] = reserve[:, None]
                promised[:, a] = 0.0
        return NoDealState(
            flow=flow,
            drift=drift,
            ends=decisive,
            prevail=prevail,
            imposed=imposed,
            promised=promised,
            value=value,
            weight=decision_weight(delta, decisive[:, None]),
            pending=value,
            waiting=fighting_survival(delta, decisive[:, None]),
            lapsed=value,
            by_arms=True,
        )
