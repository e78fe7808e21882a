"""The questions of `sim analyse`, each declared once: what it asks, how it is played or looked up, how it is kept.

Each imports what answers it when it is asked, so that `sim analyse --help` stays quick.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from sim.foundations import InputError, UnknownNameError

if TYPE_CHECKING:
    import xarray as xr

    from sim.ensemble import Progress
    from sim.scenario import Scenario

#: Base points of Sobol's design from which on other processes are worth their start.
_LARGE: Final = 256


@dataclass(frozen=True)
class Question:
    """One question about what moves the outcome, where it happens, or what the answer rests on.

    name:   as it is asked
    asks:   what it asks, in a sentence
    stem:   name of the file, before ``.nc``, that keeps its arrays; it is their ``method``
    play:   answers it by a design of its own: (scenario, draws, conditions, progress, settings)
    look:   answers it from worlds or points that are there: (results, scenario, conditions, settings)
    usual:  how many draws it takes if nobody says; ``None``: as many as the scenario, or the method, says
    indices: whether it is one of several ways to ask which numbers matter
    judged:  whether it asks whose observations say which worlds fit, under an overlay those of the base
    """

    name: str
    asks: str
    stem: str
    play: Callable[..., xr.Dataset] | None = None
    look: Callable[..., xr.Dataset] | None = None
    usual: int | None = None
    indices: bool = False
    judged: bool = False

    def answer(
        self,
        scenario: Scenario | None,
        results: xr.Dataset | None,
        *,
        draws: int | None = None,
        of: Sequence[str] = (),
        judge: Scenario | None = None,
        progress: Progress | None = None,
        settings: Mapping[str, Any] | None = None,
    ) -> xr.Dataset:
        """Answer it; of the first outcome of the headline that varies, if nobody says of what and no ending varies.

        Args:
            results: what is looked at, where it looks at something
            draws:   how much is played, where it plays something
            judge:   whose observations say which worlds fit, where it asks; by default the scenario's own
        Raises:  InputError where what it needs is missing
        """
        given = dict(settings or {})
        if self.judged:
            given["judge"] = judge
        if self.play is not None:
            if scenario is None:
                raise InputError(f"{self.name} plays a design of its own, so it needs the scenario")
            taken = "" if of else _taken(scenario)
            asked = (taken,) if taken else tuple(of)
            found = self.play(scenario, draws or self.usual, of=asked, progress=progress, **given)
            return _saying_taken(found, taken, scenario)
        if results is None:
            raise InputError(f"{self.name} needs results, or a scenario to play")
        assert self.look is not None
        return self.look(results, scenario, tuple(of), **given)


def find_question(name: str) -> Question:
    """The question of a name.

    Raises:  UnknownNameError with the nearest name
    Example:
        >>> find_question("tornado").usual
        200
    """
    if name not in QUESTIONS:
        raise UnknownNameError("question", name, QUESTIONS)
    return QUESTIONS[name]


def _taken(scenario: Scenario) -> str:
    """Outcome that is asked about because no ending varies; empty where one does."""
    from sim.ensemble.varying_outcome import varying_outcome

    return varying_outcome(scenario)


def _saying_taken(found: xr.Dataset, taken: str, scenario: Scenario | None) -> xr.Dataset:
    """Keep which outcome was taken because no ending varies, and whether the headline names it."""
    if taken:
        named = scenario is not None and any(one.of == taken for one in scenario.headline.outcomes)
        found.attrs |= {"taken": taken, "taken_from_headline": int(named)}
    return found


def _sobol(
    scenario: Scenario, draws: int | None, *, workers: int | None = 0, stories: int | None = None, **more: Any
) -> xr.Dataset:
    """Sobol indices: base points rounded up to a power of two, in other processes where that pays."""
    from sim.ensemble.workers import hired
    from sim.sensitivity import sobol
    from sim.sensitivity.sobol import STORIES

    most = STORIES if stories is None else stories
    base = None if draws is None else 1 << (draws - 1).bit_length()
    small = most < 20 * _LARGE if base is None else base < _LARGE
    with hired(workers, small=small) as executor:
        return sobol(scenario, base, stories=most, executor=executor, **more)


def _morris(scenario: Scenario, draws: int, **more: Any) -> xr.Dataset:
    from sim.sensitivity import morris

    return morris(scenario, draws, **more)


def _tornado(scenario: Scenario, draws: int, **more: Any) -> xr.Dataset:
    from sim.sensitivity import tornado

    return tornado(scenario, draws, **more)


def _flip(scenario: Scenario, draws: int, **more: Any) -> xr.Dataset:
    from sim.sensitivity import flip_distances

    return flip_distances(scenario, draws, **more)


def _spread(scenario: Scenario, draws: int, **more: Any) -> xr.Dataset:
    from sim.robustness import split_spread

    return split_spread(scenario, draws, **more)


def _null_coding(scenario: Scenario, draws: int, **more: Any) -> xr.Dataset:
    from sim.robustness import null_coding

    return null_coding(scenario, draws, **more)


def _leave_one_out(scenario: Scenario, draws: int, **more: Any) -> xr.Dataset:
    from sim.robustness import leave_one_claim_out

    return leave_one_claim_out(scenario, draws, **more)


def _given_data(method: str) -> Callable[..., xr.Dataset]:
    def look(
        results: xr.Dataset, scenario: Scenario | None, of: Sequence[str], *, consistent: bool = False
    ) -> xr.Dataset:
        from sim.discovery import points_of
        from sim.ensemble.measures import measured, measures
        from sim.ensemble.quantity_conditions import spelled_out
        from sim.ensemble.varying_outcome import any_varies, first_varying
        from sim.sensitivity import given_data

        points = points_of(results, "consistent" if consistent else "all")
        if consistent:
            points = points.select(points.kept)
        usual = tuple(f"ending == {name}" for name in points.columns["ending"].names)
        taken = "" if of or any_varies(usual, points.columns) else first_varying(scenario, points.columns)
        parsed = measures(spelled_out((taken,) if taken else of, points.columns) or usual)
        values = measured(points.columns, parsed)
        texts, seed = [one.text for one in parsed], str(results.attrs.get("seed", "0"))
        found = given_data(method, points.inputs, values, points.names, texts, seed=seed)
        return _saying_taken(_named(found, results, consistent, int(points.kept.sum())), taken, scenario)

    return look


def _discover(
    results: xr.Dataset,
    scenario: Scenario | None,
    _of: Sequence[str],
    *,
    condition: str | None = None,
    consistent: bool = False,
    **more: Any,
) -> xr.Dataset:
    from sim.discovery import discover, points_of

    if condition is None:
        raise InputError('discover needs a condition, e.g. condition="ending == settlement"')
    points = points_of(results, "consistent" if consistent else "all")
    if consistent:
        points = points.select(points.kept)
    found = discover(points, condition, scenario, seed=str(results.attrs.get("seed", "0")), **more)
    return _named(found, results, consistent, int(points.kept.sum()))


def _posterior(results: xr.Dataset, _scenario: Scenario | None, _of: Sequence[str]) -> xr.Dataset:
    from sim.robustness import posterior

    return posterior(results)


def _named(found: xr.Dataset, results: xr.Dataset, consistent: bool, fitting: int) -> xr.Dataset:
    """Say what was looked at."""
    found.attrs["title"] = str(results.attrs.get("title", ""))
    found.attrs["noun"] = "points" if "axes" in results.attrs else "worlds"
    found.attrs["consistent_only"] = int(consistent)
    found.attrs["fitting"] = fitting
    return found


#: Every question, by its name, in the order in which several are answered.
QUESTIONS: Final[Mapping[str, Question]] = {
    one.name: one
    for one in (
        Question(
            "sobol", "Which numbers move the outcome, alone and with all others.", "sobol", play=_sobol, indices=True
        ),
        Question(
            "morris", "Which numbers move it at all, from few stories.", "morris", play=_morris, usual=50, indices=True
        ),
        Question(
            "delta", "Which numbers shift the whole distribution.", "delta", look=_given_data("delta"), indices=True
        ),
        Question(
            "pawn", "Which numbers shift it anywhere, by quantiles.", "pawn", look=_given_data("pawn"), indices=True
        ),
        Question(
            "tornado",
            "What each number does from end to end.",
            "tornado",
            play=_tornado,
            usual=200,
            indices=True,
            judged=True,
        ),
        Question(
            "flip",
            "How far each must move to flip the headline.",
            "flip",
            play=_flip,
            usual=100,
            indices=True,
            judged=True,
        ),
        Question("discover", "In which box of numbers the condition holds.", "prim", look=_discover),
        Question(
            "spread", "Split the spread into evidence, model and luck.", "spread", play=_spread, usual=100, judged=True
        ),
        Question("posterior", "What the observations taught about every number.", "posterior", look=_posterior),
        Question(
            "null-coding",
            "Everybody in the middle, equal weights.",
            "null-coding",
            play=_null_coding,
            usual=500,
            judged=True,
        ),
        Question(
            "leave-one-out",
            "Without each claim of the article in turn.",
            "leave-one-out",
            play=_leave_one_out,
            usual=300,
            judged=True,
        ),
    )
}
