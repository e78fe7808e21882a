"""The deal that comes closest to being signed; who stops it, and by which term of the inequality."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.foundations import NO_DEAL, TOLERANCE, Bools, Floats, Ints
from sim.scenario import Scenario
from sim.table.surplus import surplus, surplus_terms_of
from sim.table.war import waiting_discount
from sim.table.worlds import Worlds

#: A hard red line weighs more than any number.
_LINE = 10.0


def nearest_deal(worlds: Worlds, among: Bools | None = None) -> Ints:
    """Find the deal whose least satisfied signer loses least by it.

    Surpluses are over the alternative, pressure included, of all signers and of those whose consent the deal
    needs; a hard red line outweighs every number. Ties go to the first deal.

    Args:
        among: (K,) the deals to look at; all by default
    Returns:
        (B,) deal index, NO_DEAL if ``among`` is empty
    """
    size = len(worlds.draws)
    chosen = np.arange(len(worlds.space)) if among is None else np.flatnonzero(among)
    if not len(chosen):
        return np.full(size, NO_DEAL)
    every, signers = len(chosen) == len(worlds.space), worlds.rule.signers
    least = np.full((size, len(chosen)), np.inf)
    for actor, asked in enumerate(worlds.space.consent):
        if not (signers[actor] or asked.any()):
            continue
        payoff, permitted = worlds.payoff[:, actor], worlds.permitted[:, actor]
        surplus = (payoff if every else payoff[:, chosen]) - worlds.alternative[:, actor, None]
        if not permitted.all():
            surplus -= _LINE * ~(permitted if every else permitted[:, chosen])
        np.minimum(least, surplus, out=least, where=True if signers[actor] else asked[chosen])
    return np.asarray(chosen[least.argmax(axis=1)])


@dataclass(frozen=True)
class Blocker:
    """The refusal that weighs most, for one deal per draw.

    actor: (B,) index of who refuses, -1 where everybody needed accepts
    term:  (B,) index into ``blocking_names``: the hard red line, else the most negative term; -1 for none
    alone: (B,) whether without that term (with that line soft) he would accept
    then:  (B,) the term that weighs most after it, where it does not suffice alone; -1 otherwise
    """

    actor: Ints
    term: Ints
    alone: Bools
    then: Ints


def blocking_names(scenario: Scenario) -> tuple[str, ...]:
    """Terms of the surplus, then the red lines of all actors by their path, in the order of the file."""
    lines = (f"{name}.red_lines.{label}" for name, actor in scenario.actors.items() for label in actor.red_lines)
    return (*surplus_terms_of(scenario), *lines)


def find_blocker(worlds: Worlds, deal: Ints) -> Blocker:
    """Find who refuses a deal and why, among the signers and those whose consent it needs.

    Args:
        deal: (B,) one deal per draw, NO_DEAL where there is none to look at
    Source: our counterfactual reading of the master inequality of `sim.table.worlds`
    """
    size, rows = len(deal), np.arange(len(deal))
    looked = np.maximum(deal, 0)
    parts = surplus(worlds, looked)
    barred = ~worlds.permitted[rows, :, looked]  # (B, A)
    needed = worlds.space.consent[:, looked].T | worlds.rule.signers
    refuses = needed & (barred | (parts.total < -TOLERANCE)) & (deal != NO_DEAL)[:, None]
    weight = np.where(refuses, parts.total - _LINE * barred, np.inf)
    actor = np.where(refuses.any(axis=1), weight.argmin(axis=1), -1)
    who = np.maximum(actor, 0)
    own, total = parts.parts[rows, who], parts.total[rows, who]
    order = own.argsort(axis=1, kind="stable")
    first, second = order[:, 0], order[:, 1]
    term, then = first.copy(), second.copy()
    alone = total - own[rows, first] >= -TOLERANCE
    lines, cost = _lines_crossed(worlds, looked, who)
    crossing = lines.any(axis=1)
    if lines.shape[1]:
        offset = own.shape[1]
        one = lines.argmax(axis=1)
        softened = total - cost[rows, one]
        single = lines.sum(axis=1) == 1
        again = lines.copy()
        again[rows, one] = False
        term = np.where(crossing, offset + one, term)
        alone = np.where(crossing, single & (softened >= -TOLERANCE), alone)
        # Softened, the line costs something: the next term is the worst one with that cost in it.
        paid = own.copy()
        paid[:, parts.terms.index("soft red lines")] -= cost[rows, one]
        next_line = offset + again.argmax(axis=1)
        then = np.where(crossing, np.where(single, paid.argmin(axis=1), next_line), then)
    stopped = actor >= 0
    return Blocker(
        actor,
        np.where(stopped, term, -1),
        stopped & alone,
        np.where(stopped & ~alone, then, -1).reshape(size),
    )


def _lines_crossed(worlds: Worlds, deal: Ints, who: Ints) -> tuple[Bools, Floats]:
    """(B, L) hard lines of ``who`` that the deal crosses, and (B, L) what crossing them soft would cost."""
    rows = np.arange(len(deal))
    count = len(worlds.red_lines)
    crossed, cost = np.zeros((len(deal), count), bool), np.zeros((len(deal), count))
    group = worlds.space.durability_classes[1][deal]
    interim = worlds.weights.w_interim[rows, who, group]
    late = waiting_discount(worlds.no_deal.waiting[rows, who], worlds.delay[rows, deal])
    for n, line in enumerate(worlds.red_lines):
        crossed[:, n] = (line.actor == who) & line.hard & line.crossed[rows, deal]
        cost[:, n] = late * interim * line.cost
    return crossed, cost
