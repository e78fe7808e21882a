"""Who can impose, who can block, who is pivotal in how many worlds, and what coalitions are worth."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
import xarray as xr

from sim.foundations import Bools, Floats, InputError
from sim.foundations.plain_data import Real
from sim.games.coalition import members
from sim.scenario import Scenario, draw
from sim.table import DealSpace, SigningRule, build
from sim.table.signing_rule import signing_rule

#: Signers up to which every coalition is looked at; of more the votes alone are counted, by size and weight.
_MOST_SIGNERS: Final = 10
#: Worlds in which coalitions are valued, at most, and at a time.
_MOST_WORLDS, _AT_A_TIME = 200, 25


@dataclass(frozen=True)
class SignerPower:
    """The power of one who signs.

    name:     of the actor
    shapley:  Shapley-Shubik index: share of the orders of joining in which he makes a coalition large enough
    banzhaf:  share of the coalitions of all others that he makes large enough, as a part of everybody's
    imposes:  whether he signs alone
    blocks:   whether nothing is signed without him
    pivotal:  in how many worlds the deal that was signed fell without his yes
    worth:    his Shapley value in what coalitions are worth; nan where too many sign
    nucleolus: his part where the most dissatisfied coalition is as little dissatisfied as can be
    """

    name: str
    shapley: float
    banzhaf: float
    imposes: bool
    blocks: bool
    pivotal: int
    worth: Real
    nucleolus: Real


@dataclass(frozen=True)
class CoalitionPower:
    """Power under the signing rule, and in what coalitions can gain.

    signers: those who sign
    signed:  in how many worlds a deal was signed, of those that count
    core:    whether the gains can be divided so that no coalition would leave
    excess:  the least that the most dissatisfied coalition must go without, below 0 where there is slack
    valued:  worlds over which gains of coalitions are means; 0 where too many sign to look at every coalition
    passing: share of all coalitions that can sign, 0..1
    """

    signers: tuple[SignerPower, ...]
    signed: int
    core: bool
    excess: Real
    valued: int
    passing: float


def coalition_power(scenario: Scenario, results: xr.Dataset, where: Bools) -> CoalitionPower | None:
    """Say who has power over what is signed.

    A coalition that can sign is worth the most that its members can gain together in a deal that each of them accepts;
    one that cannot sign is worth nothing.

    Args:
        results: with ``signed_by`` and ``deal``
        where:   (n,) worlds that count
    Returns:
        ``None`` where everybody must agree, so that all are alike, or too many sign for their votes to be counted
    Source:  Shapley & Shubik 1954; Banzhaf 1965; nucleolus: Schmeidler 1969; passing: Coleman 1971
    """
    rule = signing_rule(scenario)
    names = [name for name in scenario.actors if name in scenario.signers]
    if rule.unanimous or len(names) < 2:
        return None
    places = [list(scenario.actors).index(name) for name in names]
    signed = np.asarray(results["signed_by"].values, bool)[where][np.asarray(results["deal"].values)[where] >= 0]
    if len(names) > _MOST_SIGNERS:
        return _by_votes(rule, names, places, signed)
    from sim.games import banzhaf_value, least_core, nucleolus, shapley_value

    inside = members(len(names))
    wins = _wins(rule, places, inside)
    shapley = np.asarray(shapley_value(wins.astype(float)), float)
    banzhaf = np.asarray(banzhaf_value(wins.astype(float)), float)
    worth, valued = _worths(scenario, places, inside, wins)
    core, division = least_core(worth), nucleolus(worth)
    values = np.asarray(shapley_value(worth), float)
    alone = [bool(wins[1 << n]) for n in range(len(names))]
    without = [bool(wins[(1 << len(names)) - 1 - (1 << n)]) for n in range(len(names))]
    found = tuple(
        SignerPower(
            name,
            float(shapley[n]),
            float(banzhaf[n] / (banzhaf.sum() or 1.0)),
            alone[n],
            not without[n],
            _pivotal(rule, signed, places[n]),
            float(values[n]),
            float(division.allocation[n]),
        )
        for n, name in enumerate(names)
    )
    return CoalitionPower(found, len(signed), bool(core.core), float(core.excess), valued, float(wins.mean()))


def _by_votes(rule: SigningRule, names: list[str], places: list[int], signed: Bools) -> CoalitionPower | None:
    """Power in votes alone, of very many; ``None`` where vetoes or groups count, or votes are too fine to count."""
    if rule.winning is not None or rule.veto.any():
        return None
    from sim.games import weighted_voting

    try:
        power = weighted_voting(rule.weights[places].tolist(), rule.quota, rule.least, rule.blocking)
    except InputError:
        return None
    parts = power.banzhaf_normalised
    found = tuple(
        SignerPower(
            name,
            float(power.shapley[n]),
            float(parts[n]),
            bool(power.dictator[n]),
            bool(power.veto[n]),
            _pivotal(rule, signed, places[n]),
            math.nan,
            math.nan,
        )
        for n, name in enumerate(names)
    )
    return CoalitionPower(found, len(signed), core=False, excess=math.nan, valued=0, passing=float(power.passing))


def _wins(rule: SigningRule, places: list[int], inside: Bools) -> Bools:
    """(2 ** N,) coalitions that can sign."""
    yes = np.zeros((len(inside), len(rule.weights)), bool)
    yes[:, places] = inside
    # who has a veto and signs nothing is taken to agree: his refusal is a matter of the deal
    yes[:, rule.veto & (rule.weights == 0)] = True
    return rule.passes(yes)


def _pivotal(rule: SigningRule, signed: Bools, actor: int) -> int:
    """In how many worlds what was signed (n, A) would not pass without one who signed."""
    without = signed.copy()
    without[:, actor] = False
    return int((signed[:, actor] & ~rule.passes(without)).sum())


def _worths(scenario: Scenario, places: list[int], inside: Bools, wins: Bools) -> tuple[Floats, int]:
    """(2 ** N,) mean over worlds of the most that each coalition can gain by itself, and how many worlds these are."""
    space, count = DealSpace.of(scenario), min(scenario.draws, _MOST_WORLDS)
    total = np.zeros(len(inside))
    for gains, free in _gains(scenario, space, places, count):
        for place in np.flatnonzero(wins):
            ours = np.flatnonzero(inside[place])
            accepted = free[:, ours].all(axis=1)
            together = np.where(accepted, gains[:, ours].sum(axis=1), 0.0)
            total[place] += np.maximum(together.max(axis=1, initial=0.0), 0.0).sum()
    return total / count, count


def _gains(scenario: Scenario, space: DealSpace, places: list[int], count: int) -> Iterator[tuple[Floats, Bools]]:
    """Gains (B, N, K) of the signers and what each of them accepts, a few worlds at a time."""
    for start in range(0, count, _AT_A_TIME):
        table = build(space, draw(scenario, np.arange(start, min(start + _AT_A_TIME, count)))).table
        yield table.premium[:, places], table.acceptable[:, places] & table.offerable[:, None]
