"""A number that can defend itself: value, range, distribution, and what it rests on."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator
from pydantic.json_schema import SkipJsonSchema

from sim.evidence import Pooling, RatePosterior, Scale
from sim.foundations import quantity as in_words
from sim.scenario.pooled import SourceReading, pooled_ends, pooled_value
from sim.scenario.short_form import long_form

#: Numbers from here on are told in millions.
_LARGE = 1e6
_REAL = (int, float)  # a tuple, since every number of a case is asked: a union would be made anew each time

Distribution = Literal[
    "fixed", "uniform", "triangular", "beta", "truncated-normal", "lognormal", "posterior", "categorical", "pooled"
]
#: What a number rests on, the strongest that it has.
Ground = Literal["claim", "rate", "assumed"]
#: Shapes that need both ends of a range.
_RANGED = {"uniform", "triangular", "beta", "truncated-normal", "lognormal"}


class Quantity(BaseModel):
    """A number with its range and the claims or rates it rests on, or the reason why it is assumed.

    A position on an issue is written as the name of a level (or, between levels, as a number on the issue's
    scale). The range is the prior that draws come from. A number that names rates and no value is drawn from their
    posterior, cut off at its 95 % interval; its value and range follow when the evidence file is read.

    Source: prior elicitation with ranges (O'Hagan et al. 2006); PERT beta (Malcolm et al. 1959); base rates
        (`sim.evidence.rates`).

    Example:
        >>> Quantity(value=0.8, low=0.6, high=0.95, claims=["no-hurry"]).distribution
        'uniform'
    """

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)

    value: float | str = Field(description="central value: a number, or the name of a level of the issue")
    low: float | str | None = Field(None, description="lower end of the range")
    high: float | str | None = Field(None, description="upper end of the range")
    distribution: Distribution = Field(
        "uniform",
        description="shape of the draws over the range; triangular and beta peak at value; lognormal has its median at "
        "value and 95 % of its draws in the range, the rest beyond",
    )
    sd: float | None = Field(None, gt=0, description="standard deviation before truncation (truncated-normal)")
    concentration: float = Field(4.0, gt=0, description="how sharply a beta peaks at value (4 = PERT)")
    options: dict[str, float] | None = Field(
        None, description="categorical: name or number of each option and its weight"
    )
    readings: dict[str, SourceReading] = Field(
        default_factory=dict,
        description="source or coder -> what it says the number is; drawn from one of them by weight, so that value, "
        "low and high follow",
    )
    unit: str = Field("", description="what the number is counted in")
    claims: tuple[str, ...] = Field((), description="claims of the evidence file that the number rests on")
    rates: tuple[str, ...] = Field((), description="rates of the evidence file that the number rests on")
    pool: Pooling = Field(
        "counts", description="several rates: counts added up, or a mixture of classes that are equally likely"
    )
    discount: float = Field(
        1.0, ge=1, description="counts of the rates are divided by this: how little alike cases are"
    )
    scale: Scale | None = Field(
        None, description="how events in time (rate, chance) or in trials (share, odds) are told as this number"
    )
    posterior: SkipJsonSchema[RatePosterior | None] = Field(None, description="filled in from rates with counts")
    assumed: str = Field("", description="why this value, where the evidence is silent")
    like: dict[str, Quantity] | str | None = Field(
        None,
        description="own value of this deal: level by issue, those left out as they are; or an actor's name: of the "
        'deal that he offers, his positions; or "status quo"',
    )
    word: str = Field("", description="the word of a scale that the number was given as, see scales")
    mirrors: str | None = Field(
        None, description="path of another number that this one follows: its draw times factor, plus offset"
    )
    factor: float = Field(1.0, description="multiplies the mirrored number")
    offset: float = Field(0.0, description="added to the mirrored number times factor, e.g. 1 for a share and the rest")

    @model_validator(mode="before")
    @classmethod
    def _spell_out(cls, found: Any) -> Any:
        """Read short forms, ``range = [low, high]``, and a mirrored number without a value of its own."""
        if isinstance(found, str):
            found = long_form(found) or {"value": found}  # else the name of a level
        if isinstance(found, bool) or not isinstance(found, dict | Quantity):
            raise ValueError(  # noqa: TRY004 - pydantic turns ValueError into a located problem
                "a bare number says neither how sure it is nor where it comes from; write "
                f'{{ value = {found!r}, low = …, high = …, claims = ["…"] }} or assumed = "why"'
                + ("" if isinstance(found, bool) else f'; in quotes, "{found}", where the case gives default_assumed')
            )
        return _spelt_out(dict(found)) if isinstance(found, dict) else found

    @model_validator(mode="after")
    def _consistent(self) -> Quantity:
        low, value, high = self._ends
        if (low is None) != (high is None):
            raise ValueError("a range needs both low and high")
        if isinstance(low, _REAL) and isinstance(value, _REAL) and isinstance(high, _REAL):
            if low > high:
                raise ValueError(f"low {low:.12g} is above high {high:.12g}")
            if not low <= value <= high and not self.unread:
                raise ValueError(f"value {value:.12g} lies outside its range {low:.12g} to {high:.12g}")
        if self.distribution in _RANGED and self.low is None:
            raise ValueError(f"distribution {self.distribution} needs low and high")
        if (self.distribution == "categorical") != (self.options is not None):
            raise ValueError("categorical draws need options = { name = weight, … }, and only they have them")
        if self.options is not None and (
            not self.options or min(self.options.values()) < 0 or sum(self.options.values()) <= 0
        ):
            raise ValueError("options need weights of 0 or more, at least one above 0")
        if self.options is not None and not any(_names(option, self.value) for option in self.options):
            said = self.value if isinstance(self.value, str) else f"{self.value:.12g}"
            raise ValueError(f"value {said} is not one of the options {', '.join(self.options)}")
        return self

    @model_validator(mode="after")
    def _shaped(self) -> Quantity:
        """Refuse shapes that lack what they are made from."""
        if self.distribution == "posterior" and not self.rates:
            raise ValueError('distribution posterior needs rates = ["…"]')
        if (self.distribution == "pooled") != bool(self.readings):
            raise ValueError("distribution pooled needs readings = { SOURCE = …, … }, and readings are drawn so")
        if self.distribution == "lognormal":
            low, value, high = (float(end) if isinstance(end, int | float) else 0.0 for end in self._ends)
            if not 0 < low < value < high:
                raise ValueError("distribution lognormal needs low above 0, and value between low and high")
        return self

    @property
    def _ends(self) -> tuple[float | str | None, ...]:
        return self.low, self.value, self.high

    @property
    def spread(self) -> bool:
        """Whether draws of this number differ."""
        if self.follows:
            return False
        if self.options is not None:
            return sum(weight > 0 for weight in self.options.values()) > 1
        if self.readings:
            low, high = pooled_ends(self.readings)
            return low < high
        return self.distribution != "fixed" and self.low != self.high

    @property
    def may_exceed_zero(self) -> bool:
        """Whether some draw of this number can be above 0; one that mirrors another may."""
        if self.follows or self.options is not None:
            return True
        return any(end > 0 for end in (self.value, self.high) if isinstance(end, int | float))

    @property
    def unread(self) -> bool:
        """Whether value and range are still to follow from rates of the evidence file."""
        return self.distribution == "posterior" and self.posterior is None

    @property
    def ground(self) -> Ground:
        """What the number rests on: counted rates, claims, or neither; rates without counts give no magnitude."""
        counted = self.posterior is not None and (self.distribution == "posterior" or not self.claims)
        if counted or (self.rates and self.follows):
            return "rate"
        return "claim" if self.claims else "assumed"

    @property
    def grounded(self) -> bool:
        """Whether the number rests on at least one claim or rate."""
        return self.ground != "assumed"

    @property
    def follows(self) -> bool:
        """Whether other numbers give this one: it mirrors another, or is the worth of a deal."""
        return self.mirrors is not None or self.like is not None

    @property
    def mirror_words(self) -> str:
        """What a mirroring number does with the other one, up to its name."""
        if not self.offset:
            return f"{self.factor:g} × "
        times = "" if abs(self.factor) == 1 else f"{abs(self.factor):g} × "
        return f"{self.offset:g} {'−' if self.factor < 0 else '+'} {times}"

    def long(self) -> dict[str, Any]:
        """What a file holds that says all of it and nothing that holds anyway; see ``sim.scenario.short_form``.

        Example:
            >>> Quantity.model_validate("0.8 ± 0.1").long()
            {'value': 0.8, 'low': 0.7, 'high': 0.9}
        """
        found = self.model_dump(exclude_defaults=True, exclude={"posterior"}, mode="json")
        if self.like is not None:
            del found["value"]
        if isinstance(self.like, dict):
            found["like"] = {issue: level.long() for issue, level in self.like.items()}
        if self.low is None and self.options is None:
            found.pop("distribution", None)  # fixed, which follows
        if self.readings:
            found = {key: one for key, one in found.items() if key not in {"value", "low", "high", "distribution"}}
        return found

    def words(self) -> str:
        """The number as people read it.

        Example:
            >>> Quantity(value=0.8, low=0.6, high=0.95, unit="per year").words()
            '0.8 (0.6 to 0.95) per year'
        """

        def one(end: float | str | None) -> str:
            if not isinstance(end, int | float):
                return str(end)
            return f"{end:g}" if abs(end) < _LARGE else in_words(end)

        if self.mirrors:
            return f"{self.mirror_words}{self.mirrors}"
        if self.like is not None:
            return f"as much as {self.like_words}"
        if self.options is not None:
            return f"{one(self.value)} (one of {', '.join(self.options)})"
        text = one(self.value) if self.low is None else f"{one(self.value)} ({one(self.low)} to {one(self.high)})"
        return f"{self.word + ': ' if self.word else ''}{text} {self.unit}".strip()

    @property
    def like_words(self) -> str:
        """The deal that the number is the worth of, as people read it."""
        if self.like is None or isinstance(self.like, str):
            return f"the {self.like}" if self.like == "status quo" else f"the offer of {self.like}"
        return "a deal with " + ", ".join(f"{issue} {one.words()}" for issue, one in self.like.items())


def _spelt_out(found: dict[str, Any]) -> dict[str, Any]:
    """A table with its short forms written out, and with the value and shape that follow from the rest."""
    if isinstance(found.get("value"), str) and not {"low", "high", "range"} & set(found):
        found |= long_form(found["value"], bare=False) or {}
    if "range" in found:
        ends = found.pop("range")
        if not isinstance(ends, list | tuple) or len(ends) != 2:
            raise ValueError("range must be [low, high]")
        found.setdefault("low", ends[0])
        found.setdefault("high", ends[1])
    if found.get("readings") and isinstance(found["readings"], dict):
        _pool(found)
    if found.get("like") is not None:
        _as_deal(found)
    if found.get("options") and "distribution" not in found:
        found["distribution"] = "categorical"
    if found.get("rates") and "value" not in found and not found.get("mirrors"):
        found["distribution"] = "posterior"
    if "value" not in found and (found.get("mirrors") or found.get("distribution") == "posterior"):
        found["value"] = 0.0
    if found.get("low") is None and found.get("high") is None and not found.get("options"):
        found.setdefault("distribution", "fixed")
    return found


def _pool(found: dict[str, Any]) -> None:
    """Work out what follows from readings; what is written beside them must say the same."""
    if given := sorted({"options", "rates", "mirrors", "sd"} & {key for key, one in found.items() if one}):
        raise ValueError(f"a number with readings follows from them, and has no {', '.join(given)}")
    try:
        readings = {str(name): SourceReading.model_validate(one) for name, one in found["readings"].items()}
    except ValidationError:  # told where it stands, once the readings are read for themselves
        found.setdefault("value", 0.0)
        found["distribution"] = "pooled"
        return
    low, high = pooled_ends(readings)
    follows = {"value": pooled_value(readings), "low": low, "high": high, "distribution": "pooled"}
    if wrong := [key for key, one in follows.items() if found.get(key) not in (None, one)]:
        raise ValueError(f"a number with readings follows from them, and has no {', '.join(wrong)} of its own")
    found |= follows


def _as_deal(found: dict[str, Any]) -> None:
    """Let the levels of a deal rest on what the number rests on, and refuse what would say its worth twice."""
    said = {"value", "low", "high", "range", "options", "rates", "mirrors", "readings"}
    if given := sorted(key for key in said if found.get(key) and not (key == "value" and found[key] == 0)):
        raise ValueError(f"the worth of a deal follows from the deal; it has no {', '.join(given)}")
    found |= {"value": 0.0, "distribution": "fixed"}
    if isinstance(found["like"], dict):
        grounds = {key: found[key] for key in ("claims", "assumed") if found.get(key)}
        found["like"] = {issue: _level_of_deal(one, grounds) for issue, one in found["like"].items()}


def _level_of_deal(level: Any, grounds: dict[str, Any]) -> Any:
    if isinstance(level, str | int | float) and not isinstance(level, bool):
        spelt = (long_form(level) or {"value": level}) if isinstance(level, str) else {"value": level}
        return {**spelt, **grounds}
    own = isinstance(level, dict) and not (level.get("claims") or level.get("assumed"))
    return {**level, **grounds} if own else level


def _names(option: str, value: float | str) -> bool:
    """Whether an option is a value: the same text, or the same number however it is written.

    Example:
        >>> _names("140", 140.0), _names("freeze", "freeze"), _names("140", "freeze")
        (True, True, False)
    """
    if option == str(value):
        return True
    try:
        return not isinstance(value, str) and float(option) == value
    except ValueError:
        return False
