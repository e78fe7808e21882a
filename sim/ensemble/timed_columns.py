"""Outcome columns that ask for a time: the state after it, a deal in force by then, a deal that held so long."""

from __future__ import annotations

import numpy as np

from sim.ensemble.outcome_column import OutcomeColumn
from sim.ensemble.played_block import PlayedBlock
from sim.ensemble.timed_names import HELD_FOR, IN_FORCE_BY, STATE_AT, years_of
from sim.scenario.kinds import state_codes


def in_force_by(time: str) -> OutcomeColumn:
    """Whether a deal has come into force by the round in which so much time has passed."""
    years = years_of(time)

    def by_then(played: PlayedBlock) -> np.ndarray:
        outcome, worlds = played.outcome, played.worlds
        began = outcome.round + worlds.delay[played.rows, np.maximum(outcome.deal, 0)]
        rounds = max(1, round(years / played.scenario.talks.round_years + 1e-9))
        return np.asarray((outcome.held > 0) & (began < rounds))

    return OutcomeColumn(f"{IN_FORCE_BY}{time}", f"whether a deal has come into force within {time}", by_then)


def held_for(time: str) -> OutcomeColumn:
    """Whether the first deal in force held so long; nan where there was none, or the story ends before.

    A deal that breaks in a round breaks somewhere within it, so it has to outlast the round in which the time is up.
    """
    years = years_of(time)

    def held(played: PlayedBlock) -> np.ndarray:
        outcome = played.outcome
        rounds = max(1, round(years / played.scenario.talks.round_years - 1e-9))
        enough = (outcome.held > rounds) | ((outcome.held == rounds) & (outcome.collapses == 0))
        broke = (outcome.collapses > 0) & ~enough
        return np.where((outcome.held > 0) & (enough | broke), enough.astype(float), np.nan)

    return OutcomeColumn(f"{HELD_FOR}{time}", f"whether the first deal in force held for {time}; nan: not known", held)


def state_after(time: str) -> OutcomeColumn:
    """The state at the end of the round in which so much time has passed, at the horizon if that is earlier."""
    years = years_of(time)

    def state(played: PlayedBlock) -> np.ndarray:
        talks = played.scenario.talks
        last = round(years / talks.round_years + 1e-9) - 1
        return played.outcome.state[:, int(np.clip(last, 0, talks.horizon_rounds - 1))]

    return OutcomeColumn(f"{STATE_AT}{time}", f"how things stand after {time}", state, codes=state_codes, states=True)
