"""An actor's surplus from a deal over his alternative, taken apart into the terms of the inequality."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.foundations import Floats, Ints
from sim.scenario import Scenario
from sim.scenario.foreseen_breaches import foresees_breaches
from sim.scenario.kinds import models_war
from sim.table.flows import credibility
from sim.table.reopening import may_reopen, reopens
from sim.table.war import waiting_discount
from sim.table.worlds import Worlds


@dataclass(frozen=True)
class Surplus:
    """Terms that add up to V + l - O, for one deal per draw.

    terms: names, in the order they are drawn
    parts: (B, A, Q) value of each term
    total: (B, A) their sum: the surplus
    """

    terms: tuple[str, ...]
    parts: Floats
    total: Floats


def surplus_terms_of(scenario: Scenario) -> tuple[str, ...]:
    """Names of the terms: one for each issue, then what fighting, waiting and time add or take."""
    war = ("cost of war saved", "arms promise: root causes", "arms promise: other issues")
    return (
        *scenario.issues,
        "interaction of issues",
        "soft red lines",
        *(war if models_war(scenario) else ()),
        "worth of no deal",
        "follow-on talks",
        "waiting for a settlement" if models_war(scenario) else "waiting for another deal",
        "collapse damage",
        *(("cheating",) if scenario.cheating else ()),
        *(("audience",) if has_audience(scenario) else ()),
        *(("breaking first",) if foresees_breaches(scenario) else ()),
        "power shift",
        *(("signing again",) if may_reopen(scenario) else ()),
        "pressure",
    )


def has_audience(scenario: Scenario) -> bool:
    """Whether somebody is held at home to what he promised."""
    return any(actor.audience is not None for actor in scenario.actors.values())


def surplus(worlds: Worlds, deal: Ints) -> Surplus:
    """Take the surplus of one deal per draw apart; the terms add up exactly.

    With u the flow, q the status quo, mu the weight of a decision by arms and g = gamma**n the delay:
    V + l - O = g [w_I (u - W) + omega (R - W - eta) + w_C (s - W) + phi Delta] + l - (O - W), and
    u - W = sum of issue gains over q + cost of war saved - what arms promise. Where talks reopen after a collapse, what
    that adds is a term of its own (`sim.table.reopening`); pressure is the lump, and what it takes from durability.

    Args:
        deal: (B,) a deal index for each draw
    Source: the master inequality of `sim.table.worlds`, times (1 - omega), for many issues
    """
    rows = np.arange(len(deal))
    scenario, space, none = worlds.scenario, worlds.space, worlds.no_deal
    at_war = models_war(scenario)
    group = space.durability_classes[1][deal]
    weights = worlds.weights
    interim, omega = weights.w_interim[rows, :, group], weights.omega[rows, :, group]
    converting, phi = weights.w_conversion[rows, :, group], weights.phi[rows, :, group]
    late = waiting_discount(none.waiting, worlds.delay[rows, deal][:, None])
    issues = _issue_gains(worlds, deal)
    quo = worlds.preferences.flow_at_status_quo()
    flow = worlds.flow[rows, :, deal]
    lines = np.zeros_like(flow)
    for line in worlds.red_lines:
        lines[:, line.actor] -= np.where(line.hard, 0.0, line.cost) * line.crossed[rows, deal]
    secret, lost = np.zeros_like(flow), np.zeros_like(flow)
    if worlds.breaches is not None:
        secret, lost = worlds.breaches.added(rows, deal), worlds.breaches.lost[rows, :, deal]
    together = flow - quo - issues.sum(axis=2) - lines - secret
    reserved = np.array([actor.reservation is not None or not at_war for actor in scenario.actors.values()])
    cost = np.where(reserved, 0.0, quo - none.flow)
    mu, war = none.weight, none.value
    roots = list(space.roots)
    nothing = np.where(reserved, quo - war, 0.0)
    # What arms promise through the interaction of issues goes with the other issues.
    promised_roots = np.where(reserved, 0.0, mu * none.promised[:, :, roots].sum(axis=2))
    promised_rest = np.where(reserved, 0.0, war - quo + (1 - mu) * cost - promised_roots)
    wait = worlds.alternative - war
    share = late * interim
    # What waiting is worth beside W where a signature alone ends the risk, and what no deal has gained meanwhile.
    nothing = share * nothing + (1 - late) * (none.pending - war)
    nothing += late * (omega - 1) * none.creep * worlds.delay[rows, deal][:, None]
    total = worlds.payoff[rows, :, deal] - worlds.alternative
    pressed = worlds.pressure[rows, :, deal]
    if worlds.under_pressure is not None:
        pressed = worlds.payoff[rows, :, deal] - worlds.signed[rows, :, deal]
    if worlds.audience is not None:
        pressed = pressed + worlds.audience[rows, :, deal]
    parts = [
        *(share * issues[:, :, i] for i in range(issues.shape[2])),
        share * together,
        share * lines,
        *((share * (1 - mu) * cost, -share * promised_roots, -share * promised_rest) if at_war else ()),
        nothing,
        late * converting * (worlds.settled - war),
        late * omega * (worlds.fallback - war) - wait,
        -late * omega * worlds.damage,
        *((share * secret - late * lost,) if scenario.cheating else ()),
        *((-worlds.audience[rows, :, deal],) if worlds.audience is not None else ()),
        *((late * worlds.opened.gained[rows, :, deal],) if worlds.opened is not None else ()),
        late * phi * worlds.shift,
    ]
    if may_reopen(scenario):
        parts.append(total - sum(parts) - pressed if reopens(scenario) else np.zeros_like(total))
    stacked = np.stack([*parts, pressed], axis=2)
    return Surplus(surplus_terms_of(scenario), stacked, total)


def _issue_gains(worlds: Worlds, deal: Ints) -> Floats:
    """(B, A, I) weighted gain of each issue in the deal over the status quo, as far as it is trusted."""
    space, preferences = worlds.space, worlds.preferences
    gains = preferences.issue_values(space.deals[deal]) - preferences.status_quo
    grades, grade = space.enforcement_grades
    trust = credibility(worlds.scenario, worlds.draws, grades)[np.arange(len(deal)), :, grade[deal]]
    for i, issue in enumerate(worlds.scenario.issues.values()):
        if issue.promise:
            gains[:, :, i] *= trust
    return np.asarray(preferences.weight * gains)
