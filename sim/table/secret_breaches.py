"""Cheating as a choice: who would break which deal in secret, how he is found out, and what that makes it worth.

While a deal is in force one who may cheat (``sim.scenario.cheating``) can live as if there were no deal on some issues.
His own flow is then u + g and that of the others u_j - l_j; each round from the n-th on he is found out with chance f,
and then the deal is over: it has collapsed, and he loses p for ever besides. With h the chance of any other
collapse and R what a collapse returns him to, less its damage, a deal that is kept and one that is broken are worth

    v  = (1 - w) u + w R                                     w  = delta h / (1 - delta (1 - h))
    v' = (1 - w') (u + g) + w' R - c p

with w' the weight of a collapse, c the part of it in which he is found out (``sim.table.durability.watched``). With
n = 0 he cheats iff

    (1 - delta) g > delta (1 - h) f (v - (R - p)):

what a round of cheating brings against the chance that it costs the deal. Nothing changes with time as long as he is
not found out, so that whoever would cheat at all cheats at once and goes on. Several who may cheat answer each other:
at first all keep the deal, whoever then gains breaks it, and so on until nobody else does. As each who cheats
makes the deal worth less to the others and shorter, that is the equilibrium with the least cheating.

Everybody foresees it, so a deal that will be broken is worth to the others what it is worth while it is broken, and
better inspection makes deals worth signing. Chances of being found out are known to all.

Source: the fine and its chance against the gain: Becker 1968, J Polit Econ 76:169-217; one-shot deviation from a
    stationary strategy: Mailath & Samuelson 2006, Repeated Games and Reputations, ch. 2; inspection: Avenhaus, von
    Stengel & Zamir 2002, Handbook of Game Theory 3, ch. 51; least equilibrium by best responses from below: Topkis
    1998, Supermodularity and Complementarity, section 4.3
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from sim.foundations import TOLERANCE, Bools, Floats, Ints
from sim.scenario import Draws, Scenario
from sim.table.deal_space import DealSpace
from sim.table.documents import Documents
from sim.table.durability import per_round
from sim.table.flows import credibility
from sim.table.lifetimes import Lifetimes
from sim.table.preferences import Preferences


@dataclass(frozen=True)
class SecretBreaches:
    """Who may cheat, and who does; C actors who may.

    who:     (C,) their places among the actors
    change:  (C, B, A, K) what his cheating adds to everybody's own value per round
    chance:  (C, B, K) chance per round that he is found out, once he can be
    unseen:  (C, B) rounds that he cannot be
    penalty: (C, B) own value that he loses for ever then
    cheats:  (C, B, K) deals that he would break
    lost:    (B, A, K) what penalties take from the value in force
    """

    who: tuple[int, ...]
    change: Floats
    chance: Floats
    unseen: Floats
    penalty: Floats
    cheats: Bools
    lost: Floats

    @classmethod
    def of(cls, space: DealSpace, preferences: Preferences, draws: Draws) -> SecretBreaches:
        """What there is to know before anybody chooses; nobody cheats."""
        scenario, size = space.scenario, len(draws)
        names, length = list(scenario.actors), scenario.talks.round_years
        found = scenario.cheating
        delays = [np.rint(draws.get(f"cheating.{name}.delay", 0.0) / length) for name in found]
        shape = (size, len(names), len(space))
        return cls(
            who=tuple(names.index(name) for name in found),
            change=np.stack([_change(space, preferences, draws, name) for name in found]),
            chance=np.stack([per_round(_yearly(space, draws, name), length) for name in found]),
            unseen=np.stack(delays),
            penalty=np.stack([draws.get(f"cheating.{name}.penalty", 0.0) for name in found]),
            cheats=np.zeros((len(found), size, len(space)), bool),
            lost=np.zeros(shape),
        )

    def chosen(
        self, flow: Floats, documents: Documents, delta: Floats, back: Floats, shift: Floats
    ) -> tuple[SecretBreaches, Floats, Documents]:
        """Let everybody choose, and say what deals pay and how long they last then.

        Args:
            flow:      (B, A, K) own value per round of deals that are kept
            documents: how long these last
            delta:     (B, A) discount factor per round
            back:      (B, A, K or 1) what a collapse returns everybody to, its damage taken off
            shift:     (B, A) eventual shift of power
        Returns:
            who cheats; (B, A, K) what deals pay; how long they last
        """
        cheats = np.zeros_like(self.cheats)
        for _ in self.who:
            before = cheats.copy()
            for c in range(len(self.who)):
                alone, joined = before.copy(), before.copy()
                alone[c], joined[c] = False, True
                kept, broken = (self._own_value(c, one, flow, documents, delta, back, shift) for one in (alone, joined))
                cheats[c] = before[c] | (broken > kept + TOLERANCE)
            if (cheats == before).all():
                break
        found = replace(self, cheats=cheats)
        flow = flow + (self.change * cheats[:, :, None, :]).sum(axis=0)
        believed = _watched(found, documents.believed, by_actor=True)
        documents = replace(documents, believed=believed, true=_watched(found, documents.true, by_actor=False))
        return replace(found, lost=_lost(found, documents, delta)), flow, documents

    def lost_in_force(self, documents: Documents, delta: Floats, rows: Ints, deal: Ints, age: Ints) -> Floats:
        """(N, A) what penalties take from the value of deals that have stood so many rounds."""
        life = documents.believed.of_class(rows, deal)
        speed = documents.speed[rows, None, None]
        weights = life.found_out(delta[rows][:, :, None], np.zeros_like(speed), speed, age[:, None, None])
        lost = np.zeros((len(rows), delta.shape[1]))
        for c, a in enumerate(self.who):
            lost[:, a] = weights[c][:, a, 0] * self.penalty[c, rows]
        return lost

    def caught(self, rows: Ints, deal: Ints, age: Ints) -> Floats:
        """(C, N) chance of being found out at the end of the round in which a deal has come to some age."""
        able = age[None, :] > self.unseen[:, rows]
        return np.asarray(np.where(able & self.cheats[:, rows, deal], self.chance[:, rows, deal], 0.0))

    def added(self, rows: Ints, deal: Ints) -> Floats:
        """(N, A) what those who break deals add to everybody's own value per round."""
        cheats = self.cheats[:, rows, deal]
        return np.asarray((self.change[:, rows, :, deal] * cheats.T[:, :, None]).sum(axis=1))

    def of_deals(self, rows: Ints, deal: Ints, actors: int) -> Bools:
        """(N, A) who breaks deals."""
        found = np.zeros((len(rows), actors), bool)
        for c, a in enumerate(self.who):
            found[:, a] = self.cheats[c, rows, deal]
        return found

    def _own_value(
        self, c: int, cheats: Bools, flow: Floats, documents: Documents, delta: Floats, back: Floats, shift: Floats
    ) -> Floats:
        """(B, K) what deals in force are worth to one who may cheat, if these do."""
        own = slice(self.who[c], self.who[c] + 1)
        life = _watched(replace(self, cheats=cheats), documents.believed, by_actor=True)
        life = replace(life, holds=life.holds[:, own], breaks=life.breaks[:, own])
        speed = documents.speed[:, None, None]
        none = np.zeros_like(speed)
        weights = life.weights(delta[:, own, None], none, speed)
        pays = flow[:, own] + (self.change[:, :, own] * cheats[:, :, None, :]).sum(axis=0)
        value = weights.w_interim * pays + weights.omega * back[:, own] + weights.phi * shift[:, own, None]
        caught = life.found_out(delta[:, own, None], none, speed)[c]
        return np.asarray((value - caught * self.penalty[c][:, None, None])[:, 0])


def _watched(breaches: SecretBreaches, life: Lifetimes, *, by_actor: bool) -> Lifetimes:
    """How long deals last once it is known who breaks them; chances of it by actor, (B, 1, K), or not, (B, K)."""
    chance, unseen = np.where(breaches.cheats, breaches.chance, 0.0), breaches.unseen[:, :, None]
    if by_actor:
        chance, unseen = chance[:, :, None], unseen[:, :, None]
    return replace(life, found=tuple(chance), unseen=tuple(unseen))


def _lost(breaches: SecretBreaches, documents: Documents, delta: Floats) -> Floats:
    """(B, A, K) what penalties take from the value in force."""
    lost = np.zeros_like(breaches.lost)
    if breaches.penalty.any():
        speed = documents.speed[:, None, None]
        weights = documents.believed.found_out(delta[:, :, None], np.zeros_like(speed), speed)
        for c, a in enumerate(breaches.who):
            lost[:, a] = weights[c][:, a] * breaches.penalty[c][:, None]
    return lost


def _yearly(space: DealSpace, draws: Draws, name: str) -> Floats:
    """(B, K) chance a year that one is found out, by what each deal says of inspection."""
    scenario, found = space.scenario, space.scenario.cheating[name]
    hidden = np.repeat(1 - draws[f"cheating.{name}.detection"][:, None], len(space), axis=1)
    for issue, levels in found.found_by.items():
        i = list(scenario.issues).index(issue)
        for level in levels:
            here = space.deals[:, i] == scenario.issues[issue].index(level)
            hidden[:, here] *= 1 - draws[f"cheating.{name}.found_by.{issue}.{level}"][:, None]
    return np.asarray(1 - hidden)


def _change(space: DealSpace, preferences: Preferences, draws: Draws, name: str) -> Floats:
    """(B, A, K) what it adds to everybody's flow that one lives as if there were no deal on some issues."""
    scenario: Scenario = space.scenario
    on = [list(scenario.issues).index(issue) for issue in dict.fromkeys(scenario.cheating[name].on)]
    grades, grade = space.enforcement_grades
    trust = credibility(scenario, draws, grades)[:, :, grade]
    issues = list(scenario.issues.values())
    kept: dict[int, Floats] = {}
    for i in {*on, *(i for pairs in preferences.bonus for first, second, _ in pairs for i in (first, second))}:
        quo = preferences.status_quo[:, :, i, None]
        level = preferences.value[i][:, :, space.deals[:, i]]
        kept[i] = quo + trust * (level - quo) if issues[i].promise else level
    broken = {
        i: np.broadcast_to(preferences.status_quo[:, :, i, None], own.shape) if i in on else own
        for i, own in kept.items()
    }
    change = np.zeros(trust.shape)
    for i in on:
        change += preferences.weight[:, :, i, None] * (broken[i] - kept[i])
    for a, pairs in enumerate(preferences.bonus):
        for first, second, size in pairs:
            apart = broken[first][:, a] * broken[second][:, a] - kept[first][:, a] * kept[second][:, a]
            change[:, a] += size[:, None] * apart
    return change * draws.get(f"cheating.{name}.far", 1.0)[:, None, None]
