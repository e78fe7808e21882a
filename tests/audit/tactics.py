"""What the talks of a case look like to somebody who reads their transcripts."""

from dataclasses import dataclass, replace

import numpy as np

from sim.engine import negotiate, seat, simulate
from sim.ensemble.played_block import PlayedBlock
from sim.foundations import NO_DEAL
from sim.scenario import change, draw, read_case
from sim.strategies import AcNext, NearestToAspiration, TimeDependent
from sim.table import DealSpace, build, classify
from tests.audit.finding import Finding

#: A step on an issue of less than this is none.
STEP = 1e-9

#: Case -> worlds that are drawn, and what was asked for: missed at most, efficient at least, takebacks at most, counted
#: in the first rounds only where the rule that set the mark was tried in talks of that length.
CASES = {
    "buyer_seller": (2_000, 0.01, 0.90, 3.4, None),
    "labour": (1_000, 0.01, 0.66, 1.1, None),
    "ceasefire": (3_000, 0.038, 0.87, 0.13, 24),
}
#: The first world: no setting of the tactics was chosen by any from here on.
UNSEEN = 60_000
#: Half-widths of 95 %: a share misses its mark where the mark lies outside what its worlds leave open.
Z = 1.96


@dataclass(frozen=True)
class Manners:
    """Of the worlds of a case that fit what was observed.

    worlds:    how many there are
    agreed:    share in which the talks agree
    missed:    share in which they do not, though all could accept some deal
    efficient: share of what is agreed that no other deal beats for all who sign
    takebacks: mean number in a transcript, see ``takebacks``
    early:     the same in its first rounds, where these are asked for
    round:     in which half of what is agreed has been, from 0
    """

    worlds: int
    agreed: float
    missed: float
    efficient: float
    takebacks: float
    early: float
    round: float

    def proven(self, missed, efficient, back):
        """Which of the marks the worlds contradict, beyond what so many leave open."""
        agreed = self.agreed * self.worlds
        wrong = {
            "missed": self.missed - Z * np.sqrt(missed * (1 - missed) / self.worlds) > missed,
            "efficient": self.efficient + Z * np.sqrt(efficient * (1 - efficient) / agreed) < efficient,
            "takebacks": self.early > back,
        }
        return {name for name, found in wrong.items() if found}


def fitting_worlds(name, draws, first=UNSEEN, **changes):
    """The core model of the worlds of a case that fit, all talks being offers in turn."""
    changed = {"talks.protocol": "alternating-offers"} | {f"talks.{key}": value for key, value in changes.items()}
    scenario = change(read_case(f"scenarios/{name}").scenario, changed)
    space = DealSpace.of(scenario)
    rows = np.arange(first, first + draws)
    if not scenario.observations:
        return build(space, draw(scenario, rows))
    fits = PlayedBlock(simulate(space, draw(scenario, rows))).consistent
    return build(space, draw(scenario, rows[fits]))


def published(worlds):
    """The rules of the talks with everybody on the published curve: Boulware, the cheapest offer on it, AC_next."""
    rules, how = seat(worlds), (TimeDependent(), NearestToAspiration(), AcNext())
    kept = [replace(one, aspiration=how[0], offering=how[1], acceptance=how[2]) for one in rules.negotiators]
    return replace(rules, negotiators=tuple(kept))


def manners(worlds, rules=None, early=None):
    """Hold the talks, by the case's own rules if no others are given, and read the transcripts."""
    talks = negotiate(rules or seat(worlds), worlds.table, worlds.draws.dice.child("talks", 0), keep_log=True)
    table, deal, signers = worlds.table, talks.deal, worlds.rule.signers
    signed = table.premium[np.arange(len(deal)), :, np.maximum(deal, 0)]
    more = (table.premium - signed[:, :, None])[:, signers]
    better = (more >= -STEP).all(axis=1) & (more > STEP).any(axis=1) & table.agreed(worlds.accepts)
    agreed = deal != NO_DEAL
    return Manners(
        worlds=len(deal),
        agreed=float(agreed.mean()),
        missed=float((classify(worlds).any & ~agreed).mean()),
        efficient=float((~better.any(axis=1))[agreed].mean()),
        takebacks=float(takebacks(table, talks.log).mean()),
        early=float(takebacks(table, [one for one in talks.log if early is None or one.round < early]).mean()),
        round=float(np.median(talks.round[agreed])),
    )


def takebacks(table, log):
    """(B,) how often an issue that had moved toward what another said first moves back."""
    said = [np.array([one.deal for one in log if one.actor == actor and one.act == "offer"]) for actor in table.order]
    every, rows, count = np.arange(len(table.issues)), np.arange(table.draws), np.zeros(table.draws, int)
    for mine in said:
        for theirs in said:
            if theirs is mine or not len(theirs):
                continue
            first = theirs[(theirs != NO_DEAL).argmax(axis=0), rows]
            latest = np.full((table.draws, len(every)), np.nan)
            lowest = np.full_like(latest, np.inf)
            for offer in mine:
                spoken = ((first != NO_DEAL) & (offer != NO_DEAL))[:, None]
                like = table.likeness(table.deals[np.maximum(offer, 0)], table.deals[np.maximum(first, 0)], every)
                count += (spoken & (like < latest - STEP) & (latest > lowest + STEP)).sum(axis=1)
                latest = np.where(spoken, like, latest)
                lowest = np.where(spoken, np.minimum(lowest, like), lowest)
    return count


def findings(draws=None):
    """The case's own talks beside those on the published curve, in worlds that no setting was chosen by."""
    for name, (size, missed, efficient, back, early) in CASES.items():
        worlds = fitting_worlds(name, draws or size)
        ours, curve = manners(worlds, early=early), manners(worlds, published(worlds), early=early)
        wrong = ours.proven(missed, efficient, back)
        told = f"{name}, {ours.worlds} worlds"
        yield Finding(f"{told}: missed at the table", f"{ours.missed:.1%} (published curve {curve.missed:.1%})",
                      f"at most {missed:.1%}", "missed" not in wrong)  # fmt: skip
        yield Finding(f"{told}: efficient, of what is agreed", f"{ours.efficient:.0%} ({curve.efficient:.0%})",
                      f"at least {efficient:.0%}", "efficient" not in wrong)  # fmt: skip
        yield Finding(f"{told}: round in which half have agreed", f"{ours.round:.0f} ({curve.round:.0f})")
        span = "a transcript" if early is None else f"the first {early} rounds"
        yield Finding(f"{told}: takebacks in {span}", f"{ours.early:.2f} ({curve.early:.1f})",
                      f"at most {back}", "takebacks" not in wrong)  # fmt: skip
        if early is not None:
            yield Finding(f"{told}: takebacks in a whole transcript", f"{ours.takebacks:.2f} ({curve.takebacks:.1f})")
            short = manners(fitting_worlds(name, draws or size, rounds=early))
            yield Finding(f"{told}: … in talks of {early} rounds, as where the mark was set", f"{short.takebacks:.2f}",
                          f"at most {back}", short.takebacks <= back)  # fmt: skip
