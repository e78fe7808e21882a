"""The same worlds under several settings of some numbers, played together, and only those that count."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
import xarray as xr

from sim.ensemble.design import Design
from sim.ensemble.judging import counting, fitting_elsewhere
from sim.ensemble.known_verdicts import KnownVerdicts
from sim.ensemble.play_design import PlayedRows, labelled, play_rows
from sim.ensemble.play_together import play_together
from sim.ensemble.rows import GivenRows, Rows, joined_rows
from sim.foundations import Bools, InputError
from sim.scenario import Scenario


@dataclass(frozen=True)
class PlayedSetting:
    """What came of some worlds under a setting.

    counts:  (N,) worlds that count: those that fit what was observed, all where none does
    results: of these worlds, see ``sim.ensemble.dataset_labels.label``; those that failed are left out
    """

    counts: Bools
    results: xr.Dataset


def play_settings(
    scenario: Scenario,
    settings: Sequence[Rows],
    columns: Iterable[str],
    *,
    judged: bool = True,
    judge: Scenario | None = None,
    known: KnownVerdicts | None = None,
) -> Iterator[PlayedSetting]:
    """Play rows of worlds, each under its own numbers, and only the worlds that count.

    A block costs talks as much for few worlds as for many, so all settings are played in the same blocks. What comes of
    a world is what ``play`` says of it, bit for bit.

    Args:
        settings: rows of each setting, with the world's own luck
        columns:  names of columns that have a value in each draw
        judged:   whether the observations are judged anew in each setting; else all worlds count
        judge:    whose observations these are, such as the base of an overlay; by default the scenario's own
        known:    verdicts that were worked out before, of the scenario itself
    Raises:  as ``play``
    Example:
        >>> from sim.scenario import read_scenario
        >>> settings = [Rows(np.arange(3)), Rows(np.arange(2))]
        >>> played = play_settings(read_scenario("scenarios/pie"), settings, ["ending"])
        >>> [one.results.sizes["draw"] for one in played]
        [3, 2]
    """
    seen_in = judge if judge is not None else scenario if judged else None
    counted = _Counted.of(scenario, settings, seen_in, known or KnownVerdicts())
    return counted.told(play_rows(counted.design, tuple(columns)))


def play_readings_together(
    scenarios: Sequence[Scenario],
    rows: Rows,
    columns: Iterable[str],
    judges: Sequence[Scenario] | None = None,
    known: KnownVerdicts | None = None,
) -> Iterator[PlayedSetting | InputError]:
    """Play the same worlds under several readings of a case, side by side, as ``play_settings`` would one by one.

    Args:
        rows:    of each reading, with the world's own luck
        columns: names of columns that have a value in each draw
        judges:  of each reading, whose observations say which worlds count; by default its own
        known:   verdicts that were worked out before
    Returns:
        of each reading what came of it, or why it cannot be played
    Example:
        >>> from sim.scenario import read_scenario
        >>> pie = read_scenario("scenarios/pie")
        >>> [one.results.sizes["draw"] for one in play_readings_together([pie, pie], Rows(np.arange(3)), ["ending"])]
        [3, 3]
    """
    names, known = tuple(columns), known or KnownVerdicts()
    found: list[_Counted | InputError] = []
    for scenario, judge in zip(scenarios, scenarios if judges is None else judges, strict=True):
        try:
            found.append(_Counted.of(scenario, [rows], judge, known))
        except InputError as error:
            found.append(error)
    played = play_together([one.design for one in found if isinstance(one, _Counted)], names)
    for one in found:
        if isinstance(one, InputError):
            yield one
            continue
        arrays = next(played)
        try:
            yield from one.told(play_rows(one.design, names) if arrays is None else arrays)
        except InputError as error:
            yield error


@dataclass(frozen=True)
class _Counted:
    """Worlds under several settings, and those of them that count.

    counts: for each setting (N,) worlds that count
    some:   these worlds of each
    design: all of them
    """

    counts: tuple[Bools, ...]
    some: tuple[Rows, ...]
    design: Design

    @classmethod
    def of(cls, scenario: Scenario, settings: Sequence[Rows], judge: Scenario | None, known: KnownVerdicts) -> _Counted:
        """Judge them.

        Args:
            judge: whose observations say which count; ``None``: all do
        """
        drawn = [replace(rows, drawn=rows.draws(scenario)) for rows in settings]
        if judge is None:
            verdict = np.ones(sum(map(len, drawn)), bool)
        elif judge is scenario:
            verdict = np.concatenate(known.of(scenario, drawn))
        else:
            verdict = fitting_elsewhere(scenario, settings, judge)
        bounds = np.cumsum([len(rows) for rows in drawn])[:-1]
        counts = tuple(counting(one) if len(one) else one for one in np.split(verdict, bounds))
        some = tuple(rows.part(np.flatnonzero(mask)) for rows, mask in zip(drawn, counts, strict=True))
        return cls(counts, some, Design(scenario, GivenRows(joined_rows(scenario, some))))

    def told(self, played: PlayedRows) -> Iterator[PlayedSetting]:
        """What came of each setting."""
        whole = None if played.failures else labelled(self.design, played)
        first = 0
        for rows, mask in zip(self.some, self.counts, strict=True):
            last = first + len(rows)
            if whole is None:
                yield PlayedSetting(mask, labelled(self.design, _part(played, first, last)))
            else:
                yield PlayedSetting(mask, whole.isel(draw=slice(first, last)))
            first = last


def _part(played: PlayedRows, first: int, last: int) -> PlayedRows:
    """The rows from one up to another."""
    failures = tuple(
        replace(failure, row=failure.row - first) for failure in played.failures if first <= failure.row < last
    )
    arrays = {name: values[first:last] for name, values in played.arrays.items()}
    return PlayedRows(played.world[first:last], arrays, failures)
