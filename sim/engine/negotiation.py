"""The one loop that drives every protocol."""

from __future__ import annotations

from sim.foundations import Dice
from sim.protocols.protocol import AbstractProtocol, TalksState
from sim.table import BargainingTable


def negotiate(protocol: AbstractProtocol, table: BargainingTable, dice: Dice, *, keep_log: bool = False) -> TalksState:
    """Hold talks under the rules of ``protocol`` until every draw has agreed or the rounds run out.

    Args:
        protocol: rules, with the negotiators' strategies in it
        table:    payoffs of a block of draws
        dice:     random streams of the same draws
        keep_log: keep every offer, for transcripts
    Returns:
        The closed talks: deal, round and proposer per draw.
    """
    talks = protocol.start(table, dice, keep_log=keep_log)
    for round_ in range(protocol.rounds):
        if not talks.open.any():
            break
        protocol.step(table, talks, dice, round_)
        talks.round[talks.open] = round_ + 1
    protocol.finish(table, talks, dice)
    return talks
