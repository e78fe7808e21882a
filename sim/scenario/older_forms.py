"""Scenario files of earlier versions, rewritten to the present form: the text is changed, comments stay."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from sim.evidence import Place, TomlFile
from sim.scenario.locate import Locator, located
from sim.scenario.number_grid import NumberGrid, counted_points

#: Where levels of an issue stand as values: keys on the way, ISSUE for the name of the issue, * for any.
_ISSUE: Final = "ISSUE"
_LEVELS: Final[tuple[tuple[str, ...], ...]] = (
    ("issues", _ISSUE, "status_quo"),
    ("issues", _ISSUE, "available"),
    ("issues", _ISSUE, "consent", "*", "levels"),
    ("observations", "*", "deals", "levels", _ISSUE),
    ("observations", "*", "over", "levels", _ISSUE),
    ("kinds", "*", "levels", _ISSUE),
    ("packages", "*", "levels", _ISSUE),
    ("forbid", "*", _ISSUE),
    ("events", "*", "status_quo", _ISSUE),
    ("levers", "*", "opens", _ISSUE),
)
#: Tables whose keys are levels of an issue.
_KEYS: Final[tuple[tuple[str, ...], ...]] = (
    ("issues", _ISSUE, "enforcement"),
    ("issues", _ISSUE, "consent"),
    ("issues", _ISSUE, "follow_on"),
    ("actors", "*", "values", _ISSUE),
)
#: A grid may be made so many times as fine to hold a number that lies beside it.
_FINER: Final = 10


@dataclass(frozen=True)
class Renewal:
    """One change of a file.

    place:      keys of what changes
    why:        what was, and what is now, in a sentence
    start, end: the characters that are replaced; alike where something is put in
    text:       what stands there from now on
    exact:      whether the file means what it meant; else somebody should look
    """

    place: Place
    why: str
    start: int
    end: int
    text: str
    exact: bool = True


@dataclass(frozen=True)
class RenewedFile:
    """A file in the present form.

    path:     of the file as it was
    old, new: its text
    renewals: what changed, in the order of the text; none where it is in the present form
    """

    path: Path
    old: str
    new: str
    renewals: tuple[Renewal, ...]

    def diff(self) -> str:
        """Both texts beside each other, as `diff -u` shows them; empty where nothing changes."""
        return "".join(
            difflib.unified_diff(
                self.old.splitlines(keepends=True),
                self.new.splitlines(keepends=True),
                str(self.path),
                f"{self.path} (present form)",
            )
        )


def renewed(file: TomlFile, below: Mapping[str, Any] | None = None) -> RenewedFile:
    r"""A scenario file, or an overlay, in the form that this version writes.

    Keys have all stayed; two things have changed since the first version. A level of a numeric issue was called by six
    digits of its number, "3.42e+06"; it is the number. A status quo beside the grid of its issue was taken, and lost in
    results; it has to be a level, so the grid is made finer, or where that does not help the nearest level is taken.
    A seed that is no text is put in quotes besides.

    Args:
        below: content of the files that an overlay lies on, whose issues it may leave to them

    Example:
        >>> text = '[issues.a]  # dollars\nkind = "numeric"\nlow = 0\nhigh = 4e6\npoints = 5\nstatus_quo = "3e+06"\n'
        >>> found = renewed(TomlFile(Path("a.toml"), text, __import__("tomllib").loads(text), ""))
        >>> print(found.new.splitlines()[-1], found.renewals[0].exact)
        status_quo = 3000000 True
    """
    grids = _grids(file.raw, below or {})
    locator = located(file.text)
    found = [*_seed(file.raw, locator), *_levels(file.raw, locator, grids)]
    found.sort(key=lambda one: one.start)
    new = file.text
    for one in reversed(found):
        new = new[: one.start] + one.text + new[one.end :]
    return RenewedFile(file.path, file.text, new, tuple(found))


def renewed_case(files: Sequence[TomlFile]) -> tuple[RenewedFile, ...]:
    """A case in the present form: its base, then its overlays."""
    if not files:
        return ()
    base = files[0]
    return (renewed(base), *(renewed(file, base.raw) for file in files[1:]))


def _grids(raw: Mapping[str, Any], below: Mapping[str, Any]) -> dict[str, NumberGrid]:
    """The numbers of every numeric issue whose grid can be told from what the files say."""
    found = {}
    own, under = (_table(one.get("issues")) for one in (raw, below))
    for name in dict.fromkeys((*under, *own)):
        issue = {**_table(under.get(name)), **_table(own.get(name))}
        ends = [issue.get("low"), issue.get("high")]
        if issue.get("kind") != "numeric" or not all(_is_number(end) for end in ends):
            continue
        low, high = map(float, ends)  # type: ignore[arg-type]
        try:
            points = issue.get("points") or counted_points(low, high, issue.get("step"))
        except (ValueError, TypeError):
            continue
        if isinstance(points, int) and points > 1 and not (grid := NumberGrid(low, high, points)).fault:
            found[name] = grid
    return found


def _seed(raw: Mapping[str, Any], locator: Locator) -> Iterator[Renewal]:
    mark = locator.marks.get(("seed",))
    if mark is not None and isinstance(raw.get("seed"), int) and not isinstance(raw["seed"], bool):
        text = f'"{raw["seed"]}"'
        yield Renewal(("seed",), f"a seed is text: {text}", mark.start, mark.end, text)


def _levels(raw: Mapping[str, Any], locator: Locator, grids: Mapping[str, NumberGrid]) -> Iterator[Renewal]:
    """Levels of numeric issues by their numbers."""
    finer = {}
    for name, grid in grids.items():
        points, changes = _finer(raw, locator, name, grid)
        finer[name] = NumberGrid(grid.low, grid.high, points)
        yield from changes
    for pattern in _LEVELS:
        for place, issue, level in _at(raw, pattern):
            if issue in finer:
                yield from _value(locator, finer[issue], issue, place, level)
    for pattern in _KEYS:
        for place, issue, table in _at(raw, pattern):
            if issue in finer and isinstance(table, dict):
                for key in table:
                    yield from _key(locator, finer[issue], issue, (*place, key), key)


def _finer(raw: Mapping[str, Any], locator: Locator, name: str, grid: NumberGrid) -> tuple[int, list[Renewal]]:
    """How many numbers an issue needs so that its status quo is one of them, and how the file says so."""
    quo = _number(_table(_table(raw.get("issues")).get(name)).get("status_quo"))
    place: Place = ("issues", name, "points")
    mark = locator.marks.get(place)
    if quo is None or mark is None or grid.index(quo) is not None or not grid.low <= quo <= grid.high:
        return grid.points, []
    if isinstance(raw["issues"][name]["status_quo"], str) and _rounded(grid, quo) is not None:
        return grid.points, []
    for times in range(2, _FINER + 1):
        points = (grid.points - 1) * times + 1
        if NumberGrid(grid.low, grid.high, points).index(quo) is not None:
            why = (
                f"{name}: the status quo {quo:.12g} lay beside the grid; steps {times} times as fine hold it, and all "
                "levels that were there"
            )
            return points, [Renewal(place, why, mark.start, mark.end, str(points), exact=False)]
    return grid.points, []


def _value(locator: Locator, grid: NumberGrid, issue: str, place: Place, level: Any) -> Iterator[Renewal]:
    """One level, or each of a list of them."""
    if isinstance(level, list):
        for index, one in enumerate(level):
            yield from _value(locator, grid, issue, (*place, index), one)
        return
    mark, number = locator.marks.get(place), _number(level)
    if mark is None or number is None or mark.start == mark.end:
        return
    key, why, exact = _present(grid, issue, number, str(level), text=isinstance(level, str))
    if key is not None and (isinstance(level, str) or not exact):
        yield Renewal(place, why, mark.start, mark.end, key, exact)


def _key(locator: Locator, grid: NumberGrid, issue: str, place: Place, level: str) -> Iterator[Renewal]:
    mark, number = locator.marks.get(place), _number(level)
    if mark is None or number is None:
        return
    key, why, exact = _present(grid, issue, number, level, text=True)
    if key is None or key == level:
        return
    end = mark.key + 1
    quote = locator.text[mark.key]
    end = locator.text.index(quote, end) + 1 if quote in "\"'" else mark.key + len(level)
    yield Renewal(place, why, mark.key, end, key if key.isdecimal() else f'"{key}"', exact)


def _present(grid: NumberGrid, issue: str, number: float, written: str, *, text: bool) -> tuple[str | None, str, bool]:
    """What a level is called today, why it is called so, and whether it is sure to be that level."""
    at = grid.index(number)
    if at is not None:
        key = grid.key(at)
        return key, f"{issue}: the level {written} is the number {key}", True
    at = _rounded(grid, number) if text else None
    if at is not None:
        key = grid.key(at)
        return key, f"{issue}: {written} was what six digits left of the number {key}", True
    if not grid.low <= number <= grid.high:
        return None, "", False
    key = min(grid.around(number), key=lambda one: abs(float(one) - number))
    return key, f"{issue}: {written} lies beside the grid; {key} is the nearest level", False


def _rounded(grid: NumberGrid, number: float) -> int | None:
    """The one level that six digits make this number of; ``None`` where there is none, or are several."""
    near = round((number - grid.low) / grid.step)
    reach = 2 + int(10 ** (len(f"{abs(number):.0f}") - 6) / grid.step) if abs(number) >= 1 else 2
    places = range(max(0, near - reach), min(grid.points - 1, near + reach) + 1)
    found = [at for at in places if float(f"{float(grid.key(at)):g}") == number] if reach < grid.points + 2 else []
    return found[0] if len(found) == 1 else None


def _at(raw: Any, pattern: tuple[str, ...], place: Place = (), issue: str = "") -> Iterator[tuple[Place, str, Any]]:
    """Everything that stands where a pattern leads, with the issue that it is a level of."""
    if not pattern:
        yield place, issue, raw
        return
    first, rest = pattern[0], pattern[1:]
    if isinstance(raw, list) and first == "*":
        for index, one in enumerate(raw):
            yield from _at(one, rest, (*place, index), issue)
    elif isinstance(raw, dict):
        for key in [first] if first not in {"*", _ISSUE} else list(raw):
            if key in raw:
                yield from _at(raw[key], rest, (*place, key), key if first == _ISSUE else issue)


def _table(found: Any) -> Mapping[str, Any]:
    return found if isinstance(found, dict) else {}


def _is_number(found: Any) -> bool:
    return isinstance(found, int | float) and not isinstance(found, bool)


def _number(level: Any) -> float | None:
    """The number that a level is written as, ``None`` where it is none."""
    if not isinstance(level, str | int | float) or isinstance(level, bool):
        return None
    try:
        found = float(level)
    except (ValueError, OverflowError):
        return None
    return found if found - found == 0 else None
