"""What one reading of a case changes in another: place by place, and each part of it alone."""

from __future__ import annotations

import copy
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from sim.evidence import Article, Place, qualified, validate
from sim.foundations import InputError
from sim.scenario.from_rates import informed
from sim.scenario.overlay import is_number
from sim.scenario.reading import Case
from sim.scenario.rules import rule_problems
from sim.scenario.scenario import Scenario

#: What changes nothing that is played.
_SAID: Final = frozenset({"extends", "evidence", "title", "question", "headline", "packages"})
#: Keys of one thing, which is changed as a whole.
_WHOLE: Final = frozenset({"observations", "red_lines"})
_MISSING: Final = object()


@dataclass(frozen=True)
class ChangedPlace:
    """One thing that a case says otherwise than another one.

    place:  keys of the merged file that lead to it
    claims: what it rests on there; those of new evidence only, where it names such
    before, after: the thing itself, as plain data; ``None`` where there is none
    """

    place: Place
    claims: tuple[str, ...]
    before: Any
    after: Any

    @property
    def path(self) -> str:
        """The keys with dots between them, actors by their names alone."""
        keys = self.place[1:] if self.place[0] == "actors" and len(self.place) > 1 else self.place
        return ".".join(map(str, keys))


def changed_places(base: Case, later: Case) -> tuple[ChangedPlace, ...]:
    """List what ``later`` says otherwise than ``base``, in the order of its files, then what it says no more.

    A number, a red line and an observation are changed as a whole; names of claims are compared without their files.
    """
    new = new_claims(base, later)
    return tuple(
        ChangedPlace(place, _claims(after, new), _plain(before), _plain(after))
        for place, before, after in _differing(base.raw, later.raw, ())
    )


def new_claims(base: Case, later: Case) -> frozenset[str]:
    """Claims of evidence files that only the later case names."""
    known = {file.path.stem for file in base.files}
    claims = later.article.claims if later.article is not None else {}
    old = base.article.claims if base.article is not None else {}
    return frozenset(name for name in claims if name not in old and name.partition(":")[0] not in known)


def partly(base: Case, later: Case, taken: Collection[Place]) -> Scenario:
    """Return the scenario of ``base`` with only some of what ``later`` changes.

    Args:
        taken: places of what is changed
    Raises:  InputError where what is left makes no sense without the rest
    """
    raw = copy.deepcopy(dict(base.raw))
    for place, _, after in _differing(base.raw, later.raw, ()):
        if place in taken:
            _put(raw, place, copy.deepcopy(after))
    article: Article | None = later.article or base.article
    scenario, problems = validate(Scenario, raw if article is None else qualified(raw, article))
    if scenario is not None and article is not None:
        scenario, more = informed(scenario, article)
        problems = [*problems, *more]
    if scenario is not None and not problems:
        problems = rule_problems(scenario)
    if scenario is None or problems:
        raise InputError(problems)
    return scenario


def _differing(before: Mapping[str, Any], after: Mapping[str, Any], place: Place) -> Iterator[tuple[Place, Any, Any]]:
    for key in [*after, *(key for key in before if key not in after)]:
        if not place and key in _SAID:
            continue
        one, two, here = before.get(key, _MISSING), after.get(key, _MISSING), (*place, key)
        tables = isinstance(one, Mapping) and isinstance(two, Mapping) and not is_number(one) and not is_number(two)
        if tables and not (len(here) > 1 and here[-2] in _WHOLE):
            yield from _differing(one, two, here)
        elif isinstance(two, Mapping) and one is _MISSING and not is_number(two) and here[-1] in _WHOLE:
            yield from _differing({}, two, here)
        elif _bare({key: one}) != _bare({key: two}):
            yield here, one, two


def _bare(found: Any) -> Any:
    """A thing with claims and rates called by their own names, without their files."""
    if isinstance(found, Mapping):
        return {
            key: [str(name).rpartition(":")[2] for name in value]
            if key in {"claims", "rates"} and isinstance(value, list | tuple)
            else _bare(value)
            for key, value in found.items()
        }
    return list(found) if isinstance(found, list | tuple) else found


def _claims(found: Any, new: Collection[str]) -> tuple[str, ...]:
    every = tuple(dict.fromkeys(_named(found)))
    fresh = tuple(name for name in every if name in new)
    return fresh or every


def _named(found: Any) -> Iterator[str]:
    if isinstance(found, Mapping):
        for key, value in found.items():
            if (key == "claims" and isinstance(value, list | tuple)) or (
                key == "readings" and isinstance(value, Mapping)
            ):
                yield from map(str, value)
            else:
                yield from _named(value)


def _put(raw: dict[str, Any], place: Place, value: Any) -> None:
    for key in place[:-1]:
        raw = raw.setdefault(str(key), {})
    if value is _MISSING:
        raw.pop(str(place[-1]), None)
    else:
        raw[str(place[-1])] = value


def _plain(found: Any) -> Any:
    return None if found is _MISSING else found
