"""Where a number of a scenario can lie: the interval of its field, and where ranges, mirrors and moves may take it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache
from typing import Annotated, Any, Final, Union, get_args, get_origin

from pydantic import AfterValidator, BaseModel

from sim.evidence import Place
from sim.scenario.quantity import Quantity

#: Amounts beyond this mean nothing in any unit, and sums of them nothing to a computer.
MOST: Final = 1e12

#: How own values are counted.
OWN_VALUE: Final = "own value, where 0 is the worst deal for the actor and 1 the best"


@dataclass(frozen=True)
class Interval:
    """The numbers that make sense for a field.

    low, high:           its ends
    open_low, open_high: whether an end itself makes no sense
    unit:                what the number is counted in, for errors; empty where that is plain

    Example:
        >>> Interval(0, 1).words, Interval(0, 1, open_high=True).words, Interval(0, 9, unit="rounds").words
        ('from 0 to 1', 'at least 0 and below 1', 'from 0 to 9, in rounds')
    """

    low: float
    high: float
    open_low: bool = False
    open_high: bool = False
    unit: str = ""

    @property
    def words(self) -> str:
        """The interval as people say it."""
        unit = f", in {self.unit}" if self.unit else ""
        first = f"{'above' if self.open_low else 'at least'} {self.low:g}"
        if math.isinf(self.high):
            return first + unit
        if not (self.open_low or self.open_high):
            return f"from {self.low:g} to {self.high:g}{unit}"
        return f"{first} and {'below' if self.open_high else 'at most'} {self.high:g}{unit}"

    def __contains__(self, number: float) -> bool:
        """Whether a number makes sense; nan does not."""
        above = number > self.low if self.open_low else number >= self.low
        return above and (number < self.high if self.open_high else number <= self.high)

    def check(self, quantity: Quantity) -> Quantity:
        """Refuse a quantity whose value or range leaves the interval; mirrors and what rates give are not known yet."""
        if quantity.follows or quantity.unread:
            return quantity
        named: dict[str, float | str | None] = {
            "value": quantity.value,
            "low": quantity.low,
            "high": quantity.high,
            **{f"option {name}": _as_number(name) for name in quantity.options or {}},
        }
        for key, end in named.items():
            if end is None:
                continue
            if isinstance(end, str):
                raise ValueError(f'{key} is the text "{end}"; a number {self.words} is needed here')  # noqa: TRY004
            if end not in self:
                raise ValueError(f"{key} {end:.12g} is not allowed here: must be {self.words}")
        return quantity


#: Where a field sets no limits, and a number is still one to compute with.
ANY_NUMBER: Final = Interval(-MOST, MOST)


@dataclass(frozen=True, slots=True)
class Within(AfterValidator):
    """Holds a field to an interval; `interval_at` finds it again.

    Example:
        >>> from pydantic import TypeAdapter
        >>> share = TypeAdapter(Annotated[Quantity, within(0, 1)])
        >>> share.validate_python({"value": 0.5}).value
        0.5
    """

    interval: Interval


def within(low: float, high: float, *, open_low: bool = False, open_high: bool = False, unit: str = "") -> Within:
    """Refuse a quantity whose value or range leaves the interval that makes sense for its field."""
    interval = Interval(low, high, open_low, open_high, unit)
    return Within(interval.check, interval)


@cache
def interval_at(model: type[BaseModel], place: Place) -> Interval | None:
    """The interval of the number at some keys of a model, or ``None`` where any number does."""
    kind: Any = model
    for key in place:
        kind = _inside(kind, key)
    while get_origin(kind) is Union or type(kind).__name__ == "UnionType":
        kind = next(part for part in get_args(kind) if part is not type(None))
    metadata = getattr(kind, "__metadata__", ())
    return next((one.interval for one in metadata if isinstance(one, Within)), None)


def _inside(kind: Any, key: str | int) -> Any:
    kind = _bare(kind)
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        field = kind.model_fields[str(key)]
        found: Any = field.annotation
        return Annotated[(found, *field.metadata)] if field.metadata else found
    arguments = get_args(kind)
    return arguments[1] if get_origin(kind) is dict else arguments[0]


def _bare(kind: Any) -> Any:
    """Without ``Annotated`` and ``None``, to look inside."""
    if get_origin(kind) is Annotated:
        return _bare(get_args(kind)[0])
    if get_origin(kind) is Union or type(kind).__name__ == "UnionType":
        return _bare(next(part for part in get_args(kind) if part is not type(None)))
    return kind


def _as_number(text: str) -> float | str:
    try:
        return float(text)
    except ValueError:
        return text
