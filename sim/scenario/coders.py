"""What several people made of the same source: how far their codes agree, and the pool of their numbers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

import numpy as np

from sim.evidence import Article, Measurement, krippendorff_alpha
from sim.foundations import percent
from sim.scenario.quantity import Quantity
from sim.scenario.scenario import Number, Scenario

CoderPooling = Literal["mixture", "quantiles"]
Code = float | str | None

#: From here on codes are customarily relied on, and from there on for tentative conclusions.
RELIABLE: Final = 0.8
TENTATIVE: Final = 0.667
#: Fields whose codes are amounts with a zero; others lie on a scale.
_RATIO: Final = frozenset({"power", "capability", "war_cost", "collapse_damage", "decisive_chance", "base", "strength"})
_LEAST_UNITS: Final = 2


@dataclass(frozen=True)
class Agreement:
    """How far coders agree in one kind of code.

    of:          what is coded, e.g. ``position``
    measurement: what a difference of two codes means
    units:       how many things at least two of them coded
    alpha:       Krippendorff's alpha; nan for less than two units
    """

    of: str
    measurement: Measurement
    units: int
    alpha: float

    @property
    def words(self) -> str:
        """What alpha means, as it is customarily read.

        Example:
            >>> [Agreement("position", "interval", 9, alpha).words for alpha in (0.9, 0.7, 0.2)]
            ['reliable', 'good for tentative conclusions', 'not reliable']
        """
        if np.isnan(self.alpha):
            return "too little to tell"
        if self.alpha >= RELIABLE:
            return "reliable"
        return "good for tentative conclusions" if self.alpha >= TENTATIVE else "not reliable"


@dataclass(frozen=True)
class CodedApart:
    """One thing that coders see differently.

    path:   what it is: the path of a number, or of a field of a claim
    codes:  what each of them has, in words; empty where he has nothing
    apart:  how far apart they are, as a share of the widest difference in that kind of code, 0..1
    """

    path: str
    codes: tuple[str, ...]
    apart: float


@dataclass(frozen=True)
class Unit:
    """One thing that was coded: what it is, what kind of code, and each coder's code and words for it."""

    path: str
    of: str
    codes: tuple[Code, ...]
    words: tuple[str, ...]


def agreement(units: Sequence[Unit]) -> tuple[Agreement, ...]:
    """Krippendorff's alpha of each kind of code, the most often coded first.

    Raises:  InputError for codes that are no numbers where a difference is asked for
    Source:  Krippendorff 2004, Content Analysis, ch. 11
    """
    kinds: dict[str, list[Unit]] = defaultdict(list)
    for unit in units:
        if sum(code is not None for code in unit.codes) > 1:
            kinds[unit.of].append(unit)
    found = []
    for of, own in kinds.items():
        measurement = _measurement(of, own)
        codes = list(zip(*(unit.codes for unit in own), strict=True))
        alpha = krippendorff_alpha(codes, measurement) if len(own) >= _LEAST_UNITS else float("nan")
        found.append(Agreement(of, measurement, len(own), alpha))
    return tuple(sorted(found, key=lambda one: -one.units))


def coded_apart(units: Sequence[Unit]) -> tuple[CodedApart, ...]:
    """Things that coders see differently, the widest apart first; those that only some have coded come last."""
    widest: dict[str, float] = defaultdict(float)
    for unit in units:
        widest[unit.of] = max(widest[unit.of], _spread(unit))
    found = []
    for unit in units:
        lacking = any(code is None for code in unit.codes)
        if (spread := _spread(unit)) > 0 or lacking:
            found.append(CodedApart(unit.path, unit.words, -1.0 if lacking else spread / widest[unit.of]))
    return tuple(sorted(found, key=lambda one: -one.apart))


def scenario_units(scenarios: Sequence[Scenario]) -> list[Unit]:
    """Everything that scenarios of the same dispute put numbers on, and which red lines they see.

    Positions are places on their issue, 0..1; salience is the share of all that an actor's salience adds up to.
    """
    paths = dict.fromkeys(path for one in scenarios for path in one.numbers)
    found = []
    for path in paths:
        numbers = [one.numbers.get(path) for one in scenarios]
        first = next(number for number in numbers if number is not None)
        if first.place[0] in {"observations", "levers"}:
            continue
        codes = tuple(
            None if number is None else _code(one, number) for one, number in zip(scenarios, numbers, strict=True)
        )
        words = tuple(
            "" if number is None else _told(number, code) for number, code in zip(numbers, codes, strict=True)
        )
        found.append(Unit(path, _field(first), codes, words))
    return [*found, *_red_lines(scenarios)]


def claim_units(articles: Sequence[Article]) -> list[Unit]:
    """What evidence files of the same articles make of each claim: how it is known, by whom, where, about what."""
    found = []
    for name in dict.fromkeys(name for one in articles for name in one.claims):
        claims = [one.claims.get(name) for one in articles]
        for field in ("kind", "speaker", "paragraph"):
            codes = tuple(None if claim is None else str(getattr(claim, field)) for claim in claims)
            found.append(Unit(f"{name}.{field}", field, codes, tuple(code or "" for code in codes)))
        for topic in dict.fromkeys(topic for claim in claims if claim is not None for topic in claim.about):
            about = tuple(None if claim is None else ("yes" if topic in claim.about else "no") for claim in claims)
            found.append(Unit(f"{name}.about.{topic}", "about", about, tuple(code or "" for code in about)))
    return found


def pooled_numbers(scenarios: Mapping[str, Scenario], pooling: CoderPooling = "mixture") -> dict[str, dict[str, Any]]:
    """The numbers that coders see differently, by path, pooled: what a file says of each, as a table.

    A mixture is drawn from one of the coders, each as likely; with quantiles, ends and values are the coders' means.
    Levels named without a range become options. Numbers that follow others, that rates give, or that some coder
    lacks, are left out.

    Args:
        scenarios: coder -> what he made of it; the first one's grounds are kept
    Source:  linear pool and mean of quantiles (Lichtendahl, Grushka-Cockayne & Winkler 2013, Manag Sci 59:1594-1611)
    """
    first = next(iter(scenarios.values()))
    found: dict[str, dict[str, Any]] = {}
    for path, number in first.numbers.items():
        others = [one.numbers.get(path) for one in scenarios.values()]
        quantities = [one.quantity for one in others if one is not None]
        if len(quantities) < len(scenarios) or any(_follows(one) for one in quantities):
            continue
        if all(_says(one) == _says(quantities[0]) for one in quantities):
            continue
        table = _pool(first, number, dict(zip(scenarios, quantities, strict=True)), pooling)
        if table is not None:
            table["assumed"] = f"pooled from what {' and '.join(scenarios)} made of it"
            if number.quantity.claims:
                table["claims"] = list(number.quantity.claims)
            found[path] = table
    return found


def _pool(
    scenario: Scenario, number: Number, said: Mapping[str, Quantity], pooling: CoderPooling
) -> dict[str, Any] | None:
    named = any(isinstance(one.value, str) for one in said.values())
    if named and all(one.low is None for one in said.values()):
        weights: dict[str, float] = defaultdict(float)
        for one in said.values():
            for name, weight in (one.options or {str(one.value): 1.0}).items():
                weights[name] += weight / sum((one.options or {"": 1.0}).values())
        return {"value": str(number.quantity.value), "options": dict(weights)}
    if any(one.options is not None for one in said.values()):
        return None
    try:
        ends = {coder: _ends(scenario, number, one) for coder, one in said.items()}
    except KeyError:  # a level that only the other coder has
        return None
    if pooling == "quantiles":
        low, value, high = (float(np.mean([one[at] for one in ends.values()])) for at in range(3))
        return {"value": round(value, 12), "low": round(low, 12), "high": round(high, 12)}
    tables = {
        coder: {"value": value, **({"low": low, "high": high} if low < high else {})}
        for coder, (low, value, high) in ends.items()
    }
    return {"readings": tables}


def _ends(scenario: Scenario, number: Number, quantity: Quantity) -> tuple[float, float, float]:
    """Low, value and high as numbers, those of places on an issue on its own scale."""
    low, high = (quantity.value if end is None else end for end in (quantity.low, quantity.high))
    ends = (low, quantity.value, high)
    if number.issue is None:
        found = [float(end) for end in ends]
    else:
        found = [scenario.issues[number.issue].mark(end) for end in ends]
    return min(found), found[1], max(found)


def _follows(quantity: Quantity) -> bool:
    return quantity.follows or quantity.distribution == "posterior"


def _says(quantity: Quantity) -> tuple[object, ...]:
    options = tuple((quantity.options or {}).items())
    return quantity.low, quantity.value, quantity.high, options


def _code(scenario: Scenario, number: Number) -> float | None:
    quantity = number.quantity
    if number.issue is not None:
        return scenario.issues[number.issue].place(quantity.value)
    if quantity.follows or isinstance(quantity.value, str):
        return None
    if number.place[0] == "actors" and number.place[2] == "salience":
        own = [one.value for one in scenario.actors[str(number.place[1])].salience.values()]
        total = sum(float(value) for value in own)
        return float(quantity.value) / total if total else 0.0
    return float(quantity.value)


def _told(number: Number, code: Code) -> str:
    words = number.quantity.words()
    if _field(number) == "salience" and isinstance(code, float):
        return f"{words}, {percent(code)} of the whole"
    return words


def _field(number: Number) -> str:
    """The kind of code that a number is: its key, without the names below it."""
    keys = number.place[2:] if number.place[0] == "actors" else number.place
    if keys[0] in {"position", "salience", "shape", "values", "no_deal"}:
        return str(keys[0])
    return str(keys[-1])


def _red_lines(scenarios: Sequence[Scenario]) -> Iterator[Unit]:
    """Whether each coder sees a red line of each actor on each issue."""
    actors = dict.fromkeys(name for one in scenarios for name in one.actors)
    issues = dict.fromkeys(name for one in scenarios for name in one.issues)
    for actor in actors:
        for issue in issues:
            seen = []
            for one in scenarios:
                known = actor in one.actors and issue in one.issues
                lines = one.actors[actor].red_lines.values() if known else ()
                seen.append(("yes" if any(line.issue == issue for line in lines) else "no") if known else None)
            if "yes" in seen:
                yield Unit(f"{actor}.red_lines on {issue}", "red lines", tuple(seen), tuple(one or "" for one in seen))


def _measurement(of: str, units: Sequence[Unit]) -> Measurement:
    if any(isinstance(code, str) for unit in units for code in unit.codes):
        return "nominal"
    return "ratio" if of in _RATIO else "interval"


def _spread(unit: Unit) -> float:
    codes = [code for code in unit.codes if code is not None]
    if any(isinstance(code, str) for code in codes):
        return float(len(set(codes)) > 1)
    numbers = [float(code) for code in codes]
    return max(numbers) - min(numbers) if numbers else 0.0
