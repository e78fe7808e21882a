"""Talks held on any table, for the tests of protocols."""

import numpy as np

from sim.contracts.protocol_contract import protocol_on
from sim.engine import negotiate
from sim.foundations import Dice
from sim.protocols import PROTOCOLS


def dice(table, seed="talks"):
    """Dice for draws numbered from 0."""
    return Dice(seed, np.arange(table.draws))


def play(name, table, rounds=8, *, keep_log=False):
    """The closed talks of a whole block, under the registered protocol of that name."""
    return negotiate(protocol_on(PROTOCOLS[name], table, rounds), table, dice(table), keep_log=keep_log)
