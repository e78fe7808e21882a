"""How far the answer goes over all readings of a scenario: combinations of conventions, played on the same draws."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from pydantic import SerializerFunctionWrapHandler, model_serializer, model_validator

from sim.ensemble import Design, counting, meanings, play
from sim.ensemble.convention_settings import (
    ConventionSetting,
    combined,
    joint_design,
    open_conventions,
    set_otherwise,
)
from sim.foundations import Floats, InputError
from sim.foundations.plain_data import Real
from sim.runs.difference import Shares
from sim.scenario import Scenario
from sim.scenario.changes import change, read_alike
from sim.scenario.kinds import deal_kinds

#: Combinations of conventions that are drawn, besides single changes and pairs.
COMBINATIONS: Final = 32
#: Pairs of changes that are played, of those that promise most.
PAIRS: Final = 8
#: Worlds in which a reading is played, at most.
MOST_WORLDS: Final = 300


@dataclass(frozen=True)
class Reading:
    """The scenario under a combination of conventions.

    changed: conventions set otherwise than as written
    states:  state at the horizon -> share of the worlds that fit what was observed (of all where none does)
    modal:   the most frequent state
    flips:   whether that differs from the scenario as written
    """

    changed: tuple[ConventionSetting, ...]
    states: Shares
    modal: str
    flips: bool


@dataclass(frozen=True)
class ReadingSpan:
    """Share of a state over all readings: lowest, median, highest."""

    low: Real
    median: Real
    high: Real


@dataclass(frozen=True)
class Readings:
    """The answer over all readings that were played; as JSON the spans stand beside the count, by state.

    count:  how many readings, the scenario as written included
    states: state at the horizon -> its span
    """

    count: int
    states: Mapping[str, ReadingSpan]

    @model_serializer(mode="wrap")
    def _flat(self, serialise: SerializerFunctionWrapHandler) -> dict[str, Any]:
        found = serialise(self)
        return {"count": found["count"], **found["states"]}

    @model_validator(mode="before")
    @classmethod
    def _grouped(cls, found: Any) -> Any:
        if not isinstance(found, Mapping) or "states" in found:
            return found
        return {"count": found.get("count"), "states": {key: span for key, span in found.items() if key != "count"}}


@dataclass(frozen=True)
class ReadingsPlayed:
    """Every reading, and what stands out.

    draws:      worlds drawn for each
    written:    the scenario as written
    played:     all the others: single changes, pairs, combinations of many
    in_force:   share of worlds with any deal in force at the horizon, over all readings
    worst_pair: the two changes that together move the states furthest; ``None`` where there are no two
    flip:       the reading of fewest changes that makes another state the most frequent, of several the one that
                moves furthest; ``None`` where none does
    """

    draws: int
    written: Reading
    played: tuple[Reading, ...]
    in_force: ReadingSpan
    worst_pair: Reading | None
    flip: Reading | None

    @property
    def readings(self) -> Readings:
        """The spans of all states."""
        every = (self.written, *self.played)
        spans = {
            state: span_of([reading.states.share.get(state, 0.0) for reading in every])
            for state in self.written.states.count
        }
        return Readings(len(every), spans)


def span_of(shares: Sequence[float]) -> ReadingSpan:
    """Lowest, median and highest of some shares.

    Example:
        >>> span_of([0.1, 0.4, 0.2])
        ReadingSpan(low=0.1, median=0.2, high=0.4)
    """
    return ReadingSpan(float(np.min(shares)), float(np.median(shares)), float(np.max(shares)))


def reading_distance(reading: Reading, written: Reading) -> float:
    """How far the states move from the scenario as written: half the sum of absolute changes, 0..1."""
    return float(np.abs(_vector(reading, written) - _vector(written, written)).sum() / 2)


def play_readings(
    scenario: Scenario,
    draws: int,
    *,
    judge: Scenario | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> ReadingsPlayed:
    """Play a scenario as written, each change of a convention alone, many combinations of them, and some pairs.

    All on the same draws; observations are judged anew under each, since a convention is a reading of the world. The
    pairs are those that should move most by what single changes and combinations show. Lowest and highest are of
    samples, so that with few worlds chance alone widens the span a little.

    Args:
        draws: worlds drawn for each reading, at most ``MOST_WORLDS`` are
        judge: whose observations, read alike, say which count, such as the base of an overlay; by default its own
    Source: global instead of one-at-a-time robustness (Saltelli & Annoni 2010, Environ Model Softw 25:1508-1517)
    """
    choices = open_conventions(scenario)
    sizes = [len(choice.settings) for choice in choices]
    worlds = min(draws, MOST_WORLDS)
    found: dict[tuple[int, ...], Reading | None] = {}
    as_written = (0,) * len(choices)
    singles = [(*as_written[:f], n, *as_written[f + 1 :]) for f, size in enumerate(sizes) for n in range(1, size)]
    joint = [tuple(int(place) for place in row) for row in joint_design(sizes, COMBINATIONS, scenario.seed)]
    rows = list(dict.fromkeys([as_written, *singles, *joint]))
    total = len(rows) + PAIRS

    def play_rows(wanted: Sequence[tuple[int, ...]]) -> None:
        for row in wanted:
            base = found.get(as_written)
            changes = combined(scenario, choices, row)
            seen_in = None if judge is None else read_alike(judge, changes)
            found[row] = _played(scenario, changes, set_otherwise(choices, row), worlds, base, seen_in)
            if progress is not None:
                progress(len(found), total)

    play_rows(rows)
    play_rows([pair for pair in _promising(found, as_written) if pair not in found])
    if progress is not None:
        progress(total, total)
    written = found.pop(as_written)
    assert written is not None  # the scenario as it stands has been played before
    played = tuple(reading for reading in found.values() if reading is not None)
    return ReadingsPlayed(
        worlds,
        written,
        played,
        span_of([_in_force(scenario, reading) for reading in (written, *played)]),
        max(
            (one for one in played if len(one.changed) == 2),
            key=lambda one: reading_distance(one, written),
            default=None,
        ),
        min(
            (one for one in played if one.flips),
            key=lambda one: (len(one.changed), -reading_distance(one, written)),
            default=None,
        ),
    )


def _played(
    scenario: Scenario,
    changes: Mapping[str, Any],
    changed: tuple[ConventionSetting, ...],
    draws: int,
    base: Reading | None,
    judge: Scenario | None,
) -> Reading | None:
    """One reading; ``None`` where the scenario cannot be read so, since a setting does not go with the others."""
    try:
        variant = change(scenario, changes)
        results = play(Design.of_draws(variant, draws, judge=judge), columns=("final_state", "consistent"))
    except InputError:
        if not changed:
            raise
        return None
    mask = counting(results["consistent"].values)
    states = Shares.of(results["final_state"].values, meanings(results, "final_state"), mask)
    return Reading(changed, states, states.modal, base is not None and states.modal != base.modal)


def _promising(found: Mapping[tuple[int, ...], Reading | None], as_written: tuple[int, ...]) -> list[tuple[int, ...]]:
    """Pairs of changes that should move the states furthest, by both alone and by combinations that hold both."""
    base = found[as_written]
    assert base is not None
    alone: dict[tuple[int, int], Floats] = {}
    many: list[tuple[tuple[int, ...], Floats]] = []
    for row, reading in found.items():
        if reading is None or not reading.changed:
            continue
        away = _vector(reading, base) - _vector(base, base)
        if len(reading.changed) == 1:
            alone[next((f, n) for f, n in enumerate(row) if n)] = away
        else:
            many.append((row, away))
    scored: dict[tuple[int, ...], float] = {}
    for one, two in _pairs(alone):
        row = _with(as_written, one, two)
        sums = float(np.abs(alone[one] + alone[two]).sum())
        both = [away for there, away in many if there[one[0]] == one[1] and there[two[0]] == two[1]]
        scored[row] = max(sums, float(np.abs(np.mean(both, axis=0)).sum()) if len(both) > 1 else 0.0)
    return sorted(scored, key=lambda row: -scored[row])[:PAIRS]


def _pairs(alone: Mapping[tuple[int, int], Floats]) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    """Pairs of changes of different conventions."""
    for one in alone:
        for two in alone:
            if one[0] < two[0]:
                yield one, two


def _with(row: tuple[int, ...], *places: tuple[int, int]) -> tuple[int, ...]:
    """A combination with some settings changed."""
    changed = dict(places)
    return tuple(changed.get(f, n) for f, n in enumerate(row))


def _vector(reading: Reading, written: Reading) -> Floats:
    """Shares in the order of the states as written."""
    return np.array([reading.states.share.get(state, 0.0) for state in written.states.count])


def _in_force(scenario: Scenario, reading: Reading) -> float:
    """Share of the worlds with a deal in force."""
    return sum(reading.states.share.get(kind, 0.0) for kind in deal_kinds(scenario))
