"""The one loop that drives every protocol."""

from __future__ import annotations

import numpy as np

from sim.foundations import NO_DEAL, Bools, Dice
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
        The closed talks: deal, round, proposer and signers per draw.
    """
    talks = protocol.start(table, dice, keep_log=keep_log)
    for round_ in range(protocol.rounds):
        if not talks.open.any():
            break
        protocol.step(table, talks, dice, round_)
        talks.round[talks.open] = round_ + 1
    protocol.finish(table, talks, dice)
    talks.accepted = _signers(table, talks)
    return talks


def _signers(table: BargainingTable, talks: TalksState) -> Bools:
    """(B, A) who signed the deal agreed: who said yes to it, or the signers to whom it is acceptable."""
    agreed = talks.deal != NO_DEAL
    accepted = talks.accepted
    if not accepted.shape[1]:
        accepted = table.acceptable[np.arange(len(agreed)), :, np.maximum(talks.deal, 0)]
    return table.rule.seated(np.asarray(accepted & table.rule.signers & agreed[:, None]), talks.by)
