"""Flip distance: for each number, the smallest change from its central value that changes the modal ending."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import xarray as xr

from sim.ensemble import Progress
from sim.ensemble.measures import measures_of
from sim.ensemble.under_settings import UnderSettings, under_settings
from sim.foundations import Floats, InputError, Ints
from sim.scenario import Scenario
from sim.scenario.draws import ends, named_option, place
from sim.scenario.kinds import ending_codes
from sim.sensitivity.grouping import free_numbers
from sim.words import Vocabulary

_HALVINGS: Final = 4


@dataclass(frozen=True)
class NearestFlip:
    """Where a number changes the modal ending.

    value:    nearest value found at which it differs
    distance: change from the central value, as a share of the range; 0..1
    ending:   the modal ending there, or the condition that holds in most worlds there
    lead:     how far its share is ahead of that of the modal ending at the central value
    error:    paired standard error of that lead; a lead below two errors may be chance, as it mostly is just there
    sure:     nearest value tried at which the lead exceeds two errors; nan where it does at none
    """

    value: float
    distance: float
    ending: str
    lead: float
    error: float
    sure: float = np.nan


def flip_distances(
    scenario: Scenario,
    draws: int = 100,
    *,
    of: Sequence[str] = (),
    paths: Sequence[str] | None = None,
    grid: int = 2,
    judge: Scenario | None = None,
    progress: Progress | None = None,
) -> xr.Dataset:
    """Find for each number the change nearest to its central value that changes the most frequent ending.

    All other numbers are drawn; every value of the number sees the same worlds and the same luck; the modal
    ending is that of the worlds consistent with the observations under the value (all, where none is).

    Args:
        draws: worlds at each value
        of:    one condition: what flips is then whether it holds in most worlds, instead of the modal ending; of a
               quantity alone whether it is above its median, of a name alone whether it is the most frequent one
        paths: numbers to move; every ranged one by default
        grid:  values tried on either side before bisection; the farthest are the ends of the range
        judge: whose observations say which worlds fit, such as the base of an overlay; by default the scenario's own
    Returns:
        modal_code, central, low, high, value, distance, ending_code, lead, error, sure_value (input); nan and -1
        where nothing in the range flips the modal ending. At ``value`` itself two endings are about as frequent;
        ``sure_value`` is the nearest value tried at which the new lead exceeds two errors, ``sure`` whether there
        is one.
    Raises:  InputError for more than one condition, or one that cannot be read
    Source:  one-way sensitivity of a decision to its inputs (threshold analysis; Pannell 1997); bisection
        between values of a coarse grid, so a flip that comes and goes between two of them may be missed
    """
    if len(of) > 1:
        raise InputError("a flip is of one condition, or of the most frequent ending; give --of once")
    asked = measures_of(scenario, of)[0].text if of else ""
    texts = [asked, f"not ({asked})"] if asked else [f"ending == {name}" for name in ending_codes(scenario)]
    names = tuple(texts) if asked else ending_codes(scenario)
    chosen = tuple(paths) if paths is not None else free_numbers(scenario)
    wanted = measures_of(scenario, texts)

    def play(fixed: Floats, path: str) -> UnderSettings:
        return under_settings(scenario, [{path: float(value)} for value in fixed], wanted, draws, judge=judge)

    columns: dict[str, list[float]] = {name: [] for name in (*_FLOATS, "modal_code", "ending_code")}
    for n, path in enumerate(chosen):
        number = scenario.numbers[path]
        low, high = ends(scenario, number)
        central = place(scenario, number, number.quantity.value)
        categories = _categories(scenario, path)
        modal, flip = nearest_flip(lambda v, path=path: play(v, path), central, low, high, grid, categories, names)  # type: ignore[misc]
        row = {"central": central, "low": low, "high": high, "modal_code": float(modal)}
        row |= {
            "value": flip.value if flip else np.nan,
            "distance": flip.distance if flip else np.nan,
            "lead": flip.lead if flip else np.nan,
            "error": flip.error if flip else np.nan,
            "sure_value": flip.sure if flip else np.nan,
            "ending_code": float(names.index(flip.ending)) if flip else -1.0,
        }
        for name, value in row.items():
            columns[name].append(value)
        if progress is not None:
            progress(n + 1, len(chosen))
    found = xr.Dataset(
        {name: (("input",), np.array(values)) for name, values in columns.items()}, {"input": list(chosen)}
    )
    found["sure"] = (("input",), np.isfinite(found["sure_value"].values))
    for name in ("modal_code", "ending_code"):
        found[name] = found[name].astype(np.int32)
        found[name].attrs["flag_meanings"] = "|".join(names)
    found.attrs = {"method": "flip", "draws": draws, "failed": 0, "title": scenario.title, "of": asked}
    found.attrs |= Vocabulary.of(scenario).to_attrs()
    return found


_FLOATS: Final = ("central", "low", "high", "value", "distance", "lead", "error", "sure_value")


def nearest_flip(
    play: Callable[[Floats], UnderSettings],
    central: float,
    low: float,
    high: float,
    grid: int = 2,
    categories: Sequence[float] | None = None,
    names: Sequence[str] = (),
) -> tuple[int, NearestFlip | None]:
    """Search outwards on a coarse grid, then bisect towards the centre on the side and step where it flips.

    Args:
        play:       plays values of the number: (S,) -> outcomes of the same worlds under each, endings as measures
        categories: the only values there are, for a number drawn from options; nothing is bisected then
        names:      what the measures are called
    Returns:
        index of the modal ending at the centre, and the flip or ``None``
    """
    if categories is None:
        steps = np.arange(1, grid + 1) / grid
        values = np.concatenate([central + steps * (high - central), central - steps * (central - low)])
    else:
        values = np.array(categories, float)
    values = np.unique(values[np.abs(values - central) > 1e-12])
    found = play(np.concatenate([[central], values]))
    modal = int(_shares(found)[0][0].argmax())
    other, lead, error = (array[1:] for array in _leads(found, modal))
    flipped = other != modal
    if not flipped.any():
        return modal, None
    tried = [(float(values[n]), int(other[n]), float(lead[n]), float(error[n])) for n in range(len(values))]
    best: NearestFlip | None = None
    for side in (values < central, values > central):
        where = np.flatnonzero(side & flipped)
        if not len(where):
            continue
        at = where[np.abs(values[where] - central).argmin()]
        far, state = float(values[at]), (int(other[at]), float(lead[at]), float(error[at]))
        if categories is None:
            inside = values[side & ~flipped & (np.abs(values - central) < abs(far - central))]
            near = float(inside[np.abs(inside - central).argmax()]) if len(inside) else central
            far, state = _bisect(play, modal, near, far, state, tried)
        distance = abs(far - central) / (high - low)
        if best is None or distance < best.distance:
            best = NearestFlip(far, distance, names[state[0]], state[1], state[2])
    assert best is not None
    clear = [value for value, to, ahead, wide in tried if to != modal and ahead > 2 * wide]
    return modal, replace(best, sure=min(clear, key=lambda value: abs(value - central), default=np.nan))


def _bisect(
    play: Callable[[Floats], UnderSettings],
    modal: int,
    near: float,
    far: float,
    state: tuple[int, float, float],
    tried: list[tuple[float, int, float, float]],
) -> tuple[float, tuple[int, float, float]]:
    """Halve between a value that does not flip and one that does; everything played is added to ``tried``."""
    for _ in range(_HALVINGS):
        middle = (near + far) / 2
        other, lead, error = _leads(play(np.array([middle])), modal)
        found = int(other[0]), float(lead[0]), float(error[0])
        tried.append((middle, *found))
        if found[0] == modal:
            near = middle
        else:
            far, state = middle, found
    return far, state


def _shares(found: UnderSettings) -> tuple[Floats, Floats]:
    """(S, M) shares among the worlds that count, and (S, B) which count: consistent ones, or all where none is."""
    some = np.asarray(found.consistent.any(axis=1))
    kept = np.where(some[:, None], found.consistent, np.True_).astype(float)
    return np.nanmean(np.where(kept[..., None] > 0, found.outcomes, np.nan), axis=1), kept


def _leads(found: UnderSettings, modal: int) -> tuple[Ints, Floats, Floats]:
    """At each setting: the modal ending, its lead over the one at the centre, and the paired error of that lead."""
    share, kept = _shares(found)
    other = share.argmax(axis=1)
    rows = np.arange(len(other))
    lead = share[rows, other] - share[:, modal]
    gap = found.outcomes[rows, :, other] - found.outcomes[:, :, modal]
    size = np.maximum(kept.sum(axis=1), 1)
    error = np.sqrt(np.nansum(kept * (gap - lead[:, None]) ** 2, axis=1)) / size
    return other, lead, error


def _categories(scenario: Scenario, path: str) -> list[float] | None:
    number = scenario.numbers[path]
    options = number.quantity.options
    if options is None:
        return None
    return [place(scenario, number, named_option(scenario, number, name)) for name, w in options.items() if w > 0]
