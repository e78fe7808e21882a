"""The one loop that drives every protocol."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import numpy as np

from sim.foundations import NO_DEAL, Bools, Dice, Ints
from sim.protocols.protocol import AbstractProtocol, TalksState
from sim.table import BargainingTable

#: Draws below which it is not worth while to put those aside that have agreed.
_FEW: Final = 32


def negotiate(
    protocol: AbstractProtocol, table: BargainingTable, dice: Dice, *, keep_log: bool = False, begin: int = 0
) -> TalksState:
    """Hold talks under the rules of ``protocol`` until every draw has agreed or the rounds run out.

    Draws that have agreed are put aside as soon as they are half of those at the table, and cost nothing more. Where
    nothing can be signed whatever is said, no talks are held: they would lapse.

    Args:
        protocol: rules, with the negotiators' strategies in it
        table:    payoffs of a block of draws
        dice:     random streams of the same draws
        keep_log: keep every offer, for transcripts
        begin:    the round that comes first: later ones where talks go on in a world that has changed, in which what
            was said before counts no more; none is left where it lies beyond the last one
    Returns:
        The closed talks: deal, round, proposer and signers per draw.
    """
    if begin == 0 and not keep_log and (closed := protocol.foreseen(table)) is not None:
        closed.accepted = _signers(table, closed)
        return closed
    if 0 < begin < protocol.rounds and not protocol.clocked:
        fewer: AbstractProtocol = replace(protocol, rounds=protocol.rounds - begin)  # type: ignore[type-var]
        whole = negotiate(fewer, table, dice, keep_log=keep_log)
        whole.round += begin
        return whole
    if begin >= protocol.rounds:
        whole = protocol.start(table, dice, keep_log=keep_log)
        whole.open[:] = False
        return whole
    hopeless = None if keep_log else protocol.hopeless(table)
    if hopeless is None or not hopeless.any():
        return _held(protocol, table, dice, begin, keep_log=keep_log)
    lapsed = TalksState.begin(table.draws)
    lapsed.round[:] = protocol.rounds
    lapsed.accepted = np.zeros((table.draws, len(table.actors)), bool)
    rest = np.flatnonzero(~hopeless)
    if len(rest):
        some = _held(protocol.select(rest), table.select(rest), dice.select(rest), begin, keep_log=False)
        _take_over(lapsed, some, rest)
    return lapsed


def _held(protocol: AbstractProtocol, table: BargainingTable, dice: Dice, begin: int, *, keep_log: bool) -> TalksState:
    """Hold the talks round by round."""
    whole = talks = protocol.start(table, dice, keep_log=keep_log)
    where, full, rules = np.arange(table.draws), table, protocol
    for round_ in range(begin, protocol.rounds):
        if not talks.open.any():
            break
        rules.step(table, talks, dice, round_)
        talks.round[talks.open] = round_ + 1
        still = np.flatnonzero(talks.open)
        if not keep_log and _FEW <= 2 * len(still) <= len(talks.open) and (fewer := talks.select(still)) is not None:
            _take_over(whole, talks, where)
            where, table, rules, dice, talks = (
                where[still],
                table.select(still),
                rules.select(still),
                dice.select(still),
                fewer,
            )
    rules.finish(table, talks, dice)
    _take_over(whole, talks, where)
    whole.accepted = _signers(full, whole)
    return whole


def _take_over(whole: TalksState, part: TalksState, where: Ints) -> None:
    """Write what came of some of the draws into the talks of all; nothing where these are all of them."""
    if part is whole:
        return
    whole.open[where], whole.deal[where] = part.open, part.deal
    whole.round[where], whole.by[where] = part.round, part.by
    if part.accepted.shape[1]:
        if not whole.accepted.shape[1]:
            whole.accepted = np.zeros((len(whole.open), part.accepted.shape[1]), bool)
        whole.accepted[where] = part.accepted


def _signers(table: BargainingTable, talks: TalksState) -> Bools:
    """(B, A) who signed the deal agreed: who said yes to it, or the signers to whom it is acceptable."""
    agreed = talks.deal != NO_DEAL
    accepted = talks.accepted
    if not accepted.shape[1]:
        accepted = table.acceptable[np.arange(len(agreed)), :, np.maximum(talks.deal, 0)]
    return table.rule.seated(np.asarray(accepted & table.rule.signers & agreed[:, None]), talks.by)
