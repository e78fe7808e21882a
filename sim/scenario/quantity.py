"""A number that can defend itself: value, range, distribution, and what it rests on."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from sim.foundations import quantity as in_words

#: Numbers from here on are told in millions.
_LARGE = 1e6

Distribution = Literal["fixed", "uniform", "triangular", "beta", "truncated-normal", "categorical"]


class Quantity(BaseModel):
    """A number with its range and the claims it rests on, or the reason why it is assumed.

    A position on an issue is written as the name of a level (or, between levels, as a number on the issue's
    scale). The range is the prior that draws come from.

    Source: prior elicitation with ranges (O'Hagan et al. 2006); PERT beta (Malcolm et al. 1959).

    Example:
        >>> Quantity(value=0.8, low=0.6, high=0.95, claims=["no-hurry"]).distribution
        'uniform'
    """

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)

    value: float | str = Field(description="central value: a number, or the name of a level of the issue")
    low: float | str | None = Field(None, description="lower end of the range")
    high: float | str | None = Field(None, description="upper end of the range")
    distribution: Distribution = Field(
        "uniform", description="shape of the draws over the range; triangular and beta peak at value"
    )
    sd: float | None = Field(None, gt=0, description="standard deviation before truncation (truncated-normal)")
    concentration: float = Field(4.0, gt=0, description="how sharply a beta peaks at value (4 = PERT)")
    options: dict[str, float] | None = Field(
        None, description="categorical: name or number of each option and its weight"
    )
    unit: str = Field("", description="what the number is counted in")
    claims: tuple[str, ...] = Field((), description="claims of the evidence file that the number rests on")
    assumed: str = Field("", description="why this value, where the evidence is silent")
    mirrors: str | None = Field(None, description="path of another number that this one follows: its draw times factor")
    factor: float = Field(1.0, description="multiplies the mirrored number")

    @model_validator(mode="before")
    @classmethod
    def _spell_out(cls, found: Any) -> Any:
        """Read ``range = [low, high]``, and a mirrored number without a value of its own."""
        if isinstance(found, bool) or not isinstance(found, dict | Quantity):
            raise ValueError(  # noqa: TRY004 - pydantic turns ValueError into a located problem
                "a bare number says neither how sure it is nor where it comes from; write "
                f'{{ value = {found!r}, low = …, high = …, claims = ["…"] }} or assumed = "why"'
            )
        if isinstance(found, dict):
            found = dict(found)
            if "range" in found:
                ends = found.pop("range")
                if not isinstance(ends, list | tuple) or len(ends) != 2:
                    raise ValueError("range must be [low, high]")
                found.setdefault("low", ends[0])
                found.setdefault("high", ends[1])
            if found.get("options") and "distribution" not in found:
                found["distribution"] = "categorical"
            if found.get("mirrors") and "value" not in found:
                found["value"] = 0.0
            if found.get("low") is None and found.get("high") is None and not found.get("options"):
                found.setdefault("distribution", "fixed")
        return found

    @model_validator(mode="after")
    def _consistent(self) -> Quantity:
        if (self.low is None) != (self.high is None):
            raise ValueError("a range needs both low and high")
        ends = (self.low, self.value, self.high)
        if all(isinstance(end, int | float) for end in ends):
            low, value, high = (float(end) for end in ends if end is not None)
            if low > high:
                raise ValueError(f"low {low:.12g} is above high {high:.12g}")
            if not low <= value <= high:
                raise ValueError(f"value {value:.12g} lies outside its range {low:.12g} to {high:.12g}")
        if self.distribution in {"uniform", "triangular", "beta", "truncated-normal"} and self.low is None:
            raise ValueError(f"distribution {self.distribution} needs low and high")
        if (self.distribution == "categorical") != (self.options is not None):
            raise ValueError("categorical draws need options = { name = weight, … }, and only they have them")
        if self.options is not None and (
            not self.options or min(self.options.values()) < 0 or sum(self.options.values()) <= 0
        ):
            raise ValueError("options need weights of 0 or more, at least one above 0")
        if self.options is not None and str(self.value) not in self.options:
            raise ValueError(f"value {self.value!r} is not one of the options {', '.join(self.options)}")
        return self

    @property
    def spread(self) -> bool:
        """Whether draws of this number differ."""
        if self.mirrors:
            return False
        if self.options is not None:
            return sum(weight > 0 for weight in self.options.values()) > 1
        return self.distribution != "fixed" and self.low != self.high

    @property
    def may_exceed_zero(self) -> bool:
        """Whether some draw of this number can be above 0; one that mirrors another may."""
        if self.mirrors or self.options is not None:
            return True
        return any(end > 0 for end in (self.value, self.high) if isinstance(end, int | float))

    @property
    def grounded(self) -> bool:
        """Whether the number rests on at least one claim."""
        return bool(self.claims)

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
            return f"{self.factor:g} × {self.mirrors}"
        if self.options is not None:
            return f"{one(self.value)} (one of {', '.join(self.options)})"
        text = one(self.value) if self.low is None else f"{one(self.value)} ({one(self.low)} to {one(self.high)})"
        return f"{text} {self.unit}".strip()
