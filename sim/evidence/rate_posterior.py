"""What counts in reference classes say of a number: a posterior of gammas or betas, on the number's own scale."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Literal

import numpy as np
from pydantic import BaseModel, ConfigDict, Field, model_validator
from scipy.special import betainc, betaincinv, gammainc, gammaincinv

from sim.evidence.rates import Rate
from sim.foundations import Floats

Scale = Literal["rate", "chance", "share", "odds"]
Pooling = Literal["counts", "mixture"]

#: Scales that a class can be told on, by what its events are counted in; the first is the usual one.
SCALES: Final[dict[str, tuple[Scale, ...]]] = {"time": ("rate", "chance"), "trials": ("share", "odds")}
#: Share of the posterior between the ends of a range that follows from it.
COVERED: Final = 0.95
_HALVINGS: Final = 60


class RatePosterior(BaseModel):
    """Where a number lies after counting: gamma for events in time, beta for events in trials, or a mixture of them.

    counted: what events are counted in
    first:   (N,) shape of the gamma, or first parameter of the beta, of each part
    second:  (N,) rate of the gamma in years, or second parameter of the beta
    scale:   how the number is told: a rate a year, the chance of at least one event in a year, a share, or its odds

    Source: conjugate analysis of rates and shares: Gelman et al. 2013, Bayesian Data Analysis, sections 2.4 and 2.6.

    Example:
        >>> found = RatePosterior(counted="time", first=[2.5], second=[25.0], scale="rate")
        >>> [round(float(end), 3) for end in (*found.interval(), found.central)]
        [0.017, 0.257, 0.1]
    """

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)

    counted: Literal["time", "trials"]
    first: tuple[float, ...] = Field(min_length=1)
    second: tuple[float, ...] = Field(min_length=1)
    scale: Scale

    @model_validator(mode="after")
    def _whole(self) -> RatePosterior:
        if len(self.first) != len(self.second) or min(*self.first, *self.second, 1.0) <= 0:
            raise ValueError("a posterior follows from rates and is not written by hand")
        return self

    @property
    def central(self) -> float:
        """Mean of the posterior as it was counted, told on the number's scale."""
        first, second = np.array(self.first), np.array(self.second)
        means = first / second if self.counted == "time" else first / (first + second)
        return float(self.told(np.array([means.mean()]))[0])

    def interval(self, covered: float = COVERED) -> tuple[float, float]:
        """Ends between which the number lies with this chance, the rest shared out evenly on both sides."""
        low, high = self.quantile(np.array([(1 - covered) / 2, (1 + covered) / 2]))
        return float(low), float(high)

    def quantile(self, chance: Floats) -> Floats:
        """(B,) values that the number stays below with these chances, (B,) in (0, 1)."""
        parts = [
            gammaincinv(a, chance) / b if self.counted == "time" else betaincinv(a, b, chance)
            for a, b in zip(self.first, self.second, strict=True)
        ]
        low, high = np.minimum.reduce(parts), np.maximum.reduce(parts)
        for _ in range(_HALVINGS if len(parts) > 1 else 0):
            middle = (low + high) / 2
            below = self._below(middle) < chance
            low, high = np.where(below, middle, low), np.where(below, high, middle)
        return self.told((low + high) / 2)

    def below(self, value: Floats) -> Floats:
        """(B,) chances that the number lies below these values, (B,) on its own scale."""
        value = np.maximum(np.asarray(value, float), 0.0)
        if self.scale == "chance":
            with np.errstate(divide="ignore"):
                return self._below(-np.log1p(-np.minimum(value, 1.0)))
        return self._below(value / (1 + value) if self.scale == "odds" else value)

    def told(self, counted: Floats) -> Floats:
        """(B,) rates or shares as they were counted, on the number's scale."""
        if self.scale == "chance":
            return np.asarray(-np.expm1(-counted))
        return np.asarray(counted / (1 - counted) if self.scale == "odds" else counted)

    def _below(self, counted: Floats) -> Floats:
        """(B,) chances that the rate or share, as it was counted, lies below these."""
        parts = [
            gammainc(a, b * counted) if self.counted == "time" else betainc(a, b, np.minimum(counted, 1.0))
            for a, b in zip(self.first, self.second, strict=True)
        ]
        return np.asarray(np.mean(parts, axis=0))

    @property
    def words(self) -> str:
        """The posterior as people read it, as it was counted and on the number's scale."""
        pairs = zip(self.first, self.second, strict=True)
        if self.counted == "time":
            parts = [f"gamma of {a:g} events in {b:g} years" for a, b in pairs]
        else:
            parts = [f"beta of {a:g} and {b:g}" for a, b in pairs]
        text = " or, equally likely, ".join(parts)
        plain = self.model_copy(update={"scale": SCALES[self.counted][0]})
        if plain.scale == self.scale:
            return f"{text}: {_told(self)}"
        return f"{text}: {_told(plain)} as a {plain.scale}, {_told(self)} as {_SCALE_WORDS[self.scale]}"


_SCALE_WORDS: Final = {"rate": "a rate a year", "chance": "a chance a year", "share": "a share", "odds": "odds"}


def _told(found: RatePosterior) -> str:
    low, high = found.interval()
    return f"{found.central:.3g} ({low:.3g} to {high:.3g}, 95 %)"


def rate_posterior(
    rates: Sequence[Rate], scale: Scale, *, pool: Pooling = "counts", discount: float = 1.0
) -> RatePosterior:
    """Turn reference classes with counts into one posterior.

    Args:
        rates:    classes whose events are counted in the same way
        pool:     ``counts`` adds up events and exposure, as of one class; ``mixture`` takes each class to be the right
                  one with the same chance
        discount: counts are divided by this, 1 or more, where cases are less alike than the class pretends
    Raises:  ValueError in words for people if the classes or the scale do not go together
    Source:  power prior for borrowed counts: Ibrahim & Chen 2000, Stat Sci 15:46-60

    Example:
        >>> wars = Rate(what="w", events=5, trials=13, source="s", recipe="r", applies="a")
        >>> round(rate_posterior([wars], "share").central, 3)
        0.393
    """
    kinds = {rate.counted for rate in rates}
    if None in kinds:
        raise ValueError("no distribution follows from a rate without counts; give the number a value and a range")
    if len(kinds) > 1:
        raise ValueError("events in time and events in trials cannot be pooled")
    counted: Literal["time", "trials"] = "time" if "time" in kinds else "trials"
    if scale not in SCALES[counted]:
        raise ValueError(f'events in {counted} are told as {" or ".join(SCALES[counted])}, not as "{scale}"')
    priors = [_prior(rate, counted) for rate in rates]
    data = [(rate.happened / discount, _rest(rate) / discount) for rate in rates]
    if pool == "counts":
        if len(set(priors)) > 1:
            raise ValueError("counts are pooled under one prior, and these have different ones")
        data, priors = [(sum(one for one, _ in data), sum(two for _, two in data))], priors[:1]
    return RatePosterior(
        counted=counted,
        first=tuple(one + prior[0] for (one, _), prior in zip(data, priors, strict=True)),
        second=tuple(two + prior[1] for (_, two), prior in zip(data, priors, strict=True)),
        scale=scale,
    )


def _prior(rate: Rate, counted: str) -> tuple[float, float]:
    if rate.prior == "jeffreys":
        return (0.5, 0.0) if counted == "time" else (0.5, 0.5)
    return rate.prior


def _rest(rate: Rate) -> float:
    """Exposure, or trials in which it did not happen."""
    return rate.exposure if rate.exposure is not None else (rate.trials or 0.0) - rate.happened
