"""The state of every draw while what is agreed plays out in time."""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np

from sim.foundations import NO_DEAL, Bools, Floats, Ints


@dataclass
class PlayedStory:
    """State of every draw while its story is told; all arrays (B,), but for the burden (B, A)."""

    agreed_at: Ints  # round in which the current talks agree; far away if they do not
    talks_over: Ints  # round in which the current talks are over without a deal
    pending: Ints  # deal of the current talks
    in_force_at: Ints  # round from which the signed deal is in force; -1 where none is signed
    deal: Ints  # deal signed or in force now
    age: Ints  # rounds the deal in force has lasted
    fragile: Bools  # whether the deal in force is a fragile one
    first_fragile: Bools  # whether the first deal was
    original: Ints  # deal signed last by talks, which is signed again after a collapse
    behind: Floats  # share of the shift of power that is behind one
    waits_again: Bools  # a deal has collapsed, and talks may reopen
    broken: Bools  # a deal has collapsed and talks are over for good
    over: Bools  # something from outside has ended the matter: arms, a rival, the last vote
    way: Ints  # in which of its ways, e.g. who prevailed
    waited: Ints  # rounds without a deal in force
    meetings: Ints  # how often talks have been held
    by: Ints  # whose offer the current talks accepted
    collapses: Ints
    converted: Bools
    first_deal: Ints
    first_round: Ints
    first_by: Ints
    accepted: Bools  # who said yes in the current talks, (B, A)
    first_accepted: Bools
    held: Ints
    cheats: Bools  # who breaks the first deal in secret, (B, A)
    found_out: Bools  # who has been found out, (B, A)
    burden: Floats  # lasting losses and shifts from collapses so far

    @classmethod
    def begin(cls, draws: int, actors: int, horizon: int) -> PlayedStory:
        """Nothing has happened yet."""

        def whole(start: int) -> Ints:
            return np.full(draws, start, dtype=np.int64)

        def no() -> Bools:
            return np.zeros(draws, bool)

        return cls(
            agreed_at=whole(horizon),
            talks_over=whole(horizon),
            pending=whole(NO_DEAL),
            in_force_at=whole(-1),
            deal=whole(NO_DEAL),
            age=whole(0),
            fragile=no(),
            first_fragile=no(),
            original=whole(NO_DEAL),
            behind=np.zeros(draws),
            waits_again=no(),
            broken=no(),
            over=no(),
            way=whole(0),
            waited=whole(0),
            meetings=whole(0),
            by=whole(-1),
            collapses=whole(0),
            converted=no(),
            first_deal=whole(NO_DEAL),
            first_round=whole(-1),
            first_by=whole(-1),
            accepted=np.zeros((draws, actors), bool),
            first_accepted=np.zeros((draws, actors), bool),
            held=whole(0),
            cheats=np.zeros((draws, actors), bool),
            found_out=np.zeros((draws, actors), bool),
            burden=np.zeros((draws, actors)),
        )


@dataclass(frozen=True)
class Beginning:
    """Where a story begins in each draw: at the first round, or in a world that has changed.

    Talks that failed reopen in one and begin anew; where something has happened they go on in one.

    at:      (B,) round
    first:   (B,) round of the talks that comes then, 0 where they begin
    news:    (B, E) events that come then
    utility: (B, A) realised so far
    factor:  (B, A) discount factor so far
    waited:  (B,) rounds without a deal so far
    """

    at: Ints
    utility: Floats
    factor: Floats
    waited: Ints
    first: Ints
    news: Bools

    @classmethod
    def of_all(cls, delta: Floats, events: int) -> Beginning:
        """The first round, for draws and actors with these discount factors (B, A), and so many events to come."""
        rounds, news = np.zeros(len(delta), np.int64), np.zeros((len(delta), events), bool)
        return cls(rounds, np.zeros(delta.shape), np.ones(delta.shape), rounds, rounds, news)

    def select(self, where: Ints) -> Beginning:
        """Those of some draws."""
        return Beginning(*(getattr(self, one.name)[where] for one in fields(self)))
