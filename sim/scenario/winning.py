"""Who can sign together: minimal winning coalitions of actors, with groups inside and pairs that stay apart."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np

from sim.foundations import Bools, Floats
from sim.scenario.scenario import Scenario

#: So many signers make 65,536 coalitions to look at, which takes no time.
MOST_SIGNERS: Final = 16


def winning_coalitions(scenario: Scenario) -> Bools | None:
    """(C, A) every minimal set of actors whose yes is enough, or ``None`` where votes alone say so.

    A group is one signer: it says yes once more than half of its members do, counted by their votes where they have
    any. Actors who stay apart are in no coalition together; whoever has a veto is in each.

    Source: winning coalitions (von Neumann & Morgenstern 1944); conflicts of interest (Axelrod 1970)
    """
    sign, names = scenario.talks.sign, list(scenario.actors)
    if not (sign.groups or sign.apart):
        return None
    signers = list(scenario.signers)
    subsets = (np.arange(2 ** len(signers))[:, None] >> np.arange(len(signers))) & 1
    inside = {name: subsets[:, n].astype(bool) for n, name in enumerate(signers)}
    units = unit_names(scenario)
    says = np.stack([_says(scenario, unit, inside) for unit in units], axis=1)
    wins = says @ _unit_votes(scenario, units) >= _quota(scenario, units) - 1e-12
    for one, other in sign.apart:
        if one in inside and other in inside:
            wins &= ~(inside[one] & inside[other])
    for name in sign.veto:
        if name in inside:
            wins &= inside[name]
    found = subsets[wins].astype(bool)
    minimal = [row for row in found if not any((other <= row).all() and (other != row).any() for other in found)]
    coalitions = np.zeros((len(minimal), len(names)), bool)
    for n, name in enumerate(signers):
        coalitions[:, names.index(name)] = [row[n] for row in minimal]
    return coalitions


def unit_names(scenario: Scenario) -> list[str]:
    """Who counts as one signer: groups to some of whose members anything matters, and signers in no group."""
    groups = scenario.talks.sign.groups
    grouped = {member for members in groups.values() for member in members}
    caring = [group for group, members in groups.items() if not set(members) <= set(scenario.indifferent)]
    return [*caring, *(name for name in scenario.signers if name not in grouped)]


def _says(scenario: Scenario, unit: str, inside: dict[str, Bools]) -> Bools:
    members = [name for name in scenario.talks.sign.groups.get(unit, ()) if name in inside]
    if not members:
        return inside[unit]
    votes = np.array([scenario.votes.get(name, 1.0) for name in members])
    return np.asarray(np.stack([inside[name] for name in members], axis=1) @ votes > votes.sum() / 2)


def _unit_votes(scenario: Scenario, units: Sequence[str]) -> Floats:
    sign = scenario.talks.sign
    if not sign.counts_votes:
        return np.ones(len(units))
    members = {unit: sign.groups.get(unit, (unit,)) for unit in units}
    return np.array(
        [sign.weights.get(unit, sum(scenario.votes.get(name, 0.0) for name in members[unit])) for unit in units]
    )


def _quota(scenario: Scenario, units: Sequence[str]) -> float:
    sign = scenario.talks.sign
    if sign.rule == "weighted":
        return float(sign.quota or 0.0)
    if sign.rule == "no-objection":
        return float(len(units) - (sign.objections or 1) + 1)
    return float(sign.k or len(units)) if sign.rule == "k-of-n" else float(len(units))
