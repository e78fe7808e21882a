"""Talks whose outcome is decided beforehand, to test what comes after them."""

import numpy as np

from sim.foundations import NO_DEAL
from sim.protocols import TalksState


class Staged:
    """Holds talks that agree on a given deal in a given round, each time they meet.

    deals, rounds: per meeting; the last entry serves all later meetings
    """

    def __init__(self, deals, rounds=(0,), by=0):
        self.deals, self.rounds, self.by = tuple(deals), tuple(rounds), by
        self.calls = []

    def __call__(self, where, meeting, begin=0):
        """Close the talks of the draws ``where``."""
        self.calls.append((len(where), meeting))
        talks = TalksState.begin(len(where))
        deal = self.deals[min(meeting, len(self.deals) - 1)]
        talks.round[:] = self.rounds[min(meeting, len(self.rounds) - 1)]
        if deal != NO_DEAL:
            talks.deal[:] = deal
            talks.by[:] = self.by
        talks.open[:] = False
        return talks


def with_numbers(scenario, numbers, **talks):
    """The scenario with raw tables put at dotted places of its dump."""
    raw = scenario.model_dump()
    for path, value in numbers.items():
        here = raw
        *front, last = path.split(".")
        for key in front:
            if here.get(key) is None:
                here[key] = {}
            here = here[key]
        here[last] = value
    raw["talks"].update(talks)
    return type(scenario).model_validate(raw)


def one_deal(space, **levels):
    """Index of the only deal with these levels."""
    found = np.flatnonzero(space.select((), {name: (level,) for name, level in levels.items()}))
    assert len(found) == 1
    return int(found[0])
