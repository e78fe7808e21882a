"""What seemed to flip the headline, played again in worlds that nobody has looked at, with intervals."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from scipy.special import ndtri

from sim.ensemble import Judge, Rows, meanings
from sim.ensemble.alternatives import alternatives
from sim.ensemble.known_verdicts import KnownVerdicts
from sim.ensemble.play_settings import PlayedSetting, play_readings_together, play_settings
from sim.foundations import Bools, Floats, InputError, Ints
from sim.runs.difference import Shares, regrouped
from sim.runs.flips import Flip
from sim.scenario import Scenario, draw
from sim.scenario.changes import change, read_alike
from sim.scenario.draws import ends

#: Fitting worlds on which a change is told.
ENOUGH: Final = 500
#: Worlds that are judged at a time, until enough of them fit.
_AT_ONCE: Final = 250
#: What all that is told together may be wrong by chance.
_ERROR: Final = 0.05


@dataclass(frozen=True)
class _Played:
    """A setting in fresh worlds.

    ending: (N,) code, -1 in worlds that do not count
    counts: (N,) worlds that fit what was observed, all where none does
    names:  of the codes
    """

    ending: Ints
    counts: Bools
    names: tuple[str, ...]

    @classmethod
    def of(cls, played: PlayedSetting) -> _Played:
        """What came of fresh worlds."""
        ending = np.full(len(played.counts), -1)
        ending[played.counts] = played.results["ending"].values
        return cls(ending, played.counts, tuple(meanings(played.results, "ending")))

    @property
    def shares(self) -> Shares:
        """Shares of the endings among the worlds that count."""
        return Shares.of(self.ending, self.names, self.counts)


def proven_flips(
    scenario: Scenario,
    flips: Sequence[Flip],
    *,
    first: int,
    worlds: int,
    judge: Scenario | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> tuple[Flip, ...]:
    """Play settings again on fresh worlds, and tell each change as it turns out there.

    A change is searched out among many, so where it was found it is larger than it is. In other worlds it is not, and
    only the changes that are told have to share the error: their intervals hold all at once (Bonferroni). The
    observations are judged anew under each setting, so different worlds count before and after; the interval follows
    from what each world adds to both shares. A setting changes the most frequent ending only if that ending's lead is
    larger than its interval.

    Args:
        flips:  as they were found, see ``sim.runs.flips``
        first:  number of the first world that nobody has looked at
        worlds: fresh worlds at most; fewer where ``ENOUGH`` of them fit sooner
        judge:  whose observations say which worlds count, such as the base of an overlay; by default the scenario's own
    Returns:
        the flips in a new order: those that change the most frequent ending first, then by how far they move the shares
    Source: data splitting for inference after selection (Cox 1975, Biometrika 62:441-444); Bonferroni; variance of a
        ratio (`sim.runs.difference.regrouped`)
    """
    if not flips or worlds < 1:
        return tuple(flips)
    known = KnownVerdicts()
    numbers = _numbers(scenario, judge, first, worlds, known)
    settings = [{}, *(_fixed(scenario, flip) for flip in flips if _is_number(flip))]
    asked = [Rows(numbers, fixed=fixed) for fixed in settings]
    base, *ends_played = (
        _Played.of(one) for one in play_settings(scenario, asked, ("ending",), judge=judge, known=known)
    )
    conventions = [flip for flip in flips if not _is_number(flip)]
    of_numbers, of_conventions = iter(ends_played), _under(scenario, conventions, numbers, judge, known)
    found = []
    for n, flip in enumerate(flips):
        after = next(of_numbers if _is_number(flip) else of_conventions)
        found.append(flip if after is None else _told(flip, base, after, len(flips)))
        if progress is not None:
            progress(n + 1, len(flips))
    return tuple(sorted(found, key=lambda flip: (flip.changes_modal, flip.distance), reverse=True))


def _numbers(scenario: Scenario, judge: Scenario | None, first: int, worlds: int, known: KnownVerdicts) -> Ints:
    """Fresh worlds, as many as are needed for enough that fit."""
    stop, found = first, [np.empty(0, bool)]
    seen_in = scenario if judge is None else judge
    while stop < first + worlds and np.concatenate(found).sum() < ENOUGH:
        size = min(_AT_ONCE, first + worlds - stop)
        found.append(Judge(seen_in).fitting(Rows(np.arange(stop, stop + size))))
        stop += size
    numbers = np.arange(first, stop)
    if judge is None:
        known.remember(scenario, Rows(numbers, drawn=draw(scenario, numbers)), np.concatenate(found))
    return numbers


def _is_number(flip: Flip) -> bool:
    return flip.kind == "number"


def _fixed(scenario: Scenario, flip: Flip) -> dict[str, float]:
    """A number at the end of its range at which the flip has it."""
    low, high = ends(scenario, scenario.numbers[flip.name])
    return {flip.name: low if flip.setting.startswith("low") else high}


def _under(
    scenario: Scenario, flips: Sequence[Flip], numbers: Ints, judge: Scenario | None, known: KnownVerdicts
) -> Iterator[_Played | None]:
    """Conventions, played side by side; ``None`` for one that does not apply."""
    made = {(name, setting): changes for name, setting, changes in alternatives(scenario)}
    readings: list[Scenario | None] = []
    judges: list[Scenario] = []
    for flip in flips:
        try:
            changes = made[_key(flip)]
            reading = change(scenario, changes)
        except (KeyError, InputError):
            readings.append(None)
            continue
        readings.append(reading)
        judges.append(reading if judge is None else read_alike(judge, changes))
    asked = [reading for reading in readings if reading is not None]
    played = play_readings_together(asked, Rows(numbers), ("ending",), judges, known)
    for there in readings:
        one = None if there is None else next(played)
        yield _Played.of(one) if isinstance(one, PlayedSetting) else None


def _key(flip: Flip) -> tuple[str, str]:
    return flip.name, flip.setting


def _told(flip: Flip, before: _Played, after: _Played, together: int) -> Flip:
    """The flip as it turns out, with intervals that hold for all that are told together."""
    one, two = before.shares, after.shares
    moved = regrouped(before.ending, after.ending, before.names, before.counts, after.counts)
    z = float(ndtri(1 - _ERROR / (2 * together * len(before.names))))
    changed = one.modal != two.modal and _lead(after, two.modal, one.modal) > float(ndtri(1 - _ERROR / together))
    return replace(
        flip,
        before=one,
        after=two,
        changes_modal=changed,
        distance=sum(abs(value) for value in moved.share.values()) / 2,
        change=moved.share,
        half={name: z * error for name, error in moved.error.items()},
    )


def _lead(played: _Played, new: str, old: str) -> float:
    """By how many standard errors one ending is more frequent than another."""
    lead: Floats = (played.ending == played.names.index(new)).astype(float)[played.counts]
    lead -= (played.ending == played.names.index(old))[played.counts]
    error = lead.std() / np.sqrt(len(lead))
    return float(lead.mean() / error) if error > 0 else np.inf
