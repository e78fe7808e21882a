"""How often something went which way in other cases: reference classes that a number may rest on."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

Text = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]


class Rate(BaseModel):
    """One reference class: how often something happened, where that was counted, and how far it applies.

    Counts are events in a time of exposure, or events (or a share) of trials. Without counts it says no more than the
    sign of a number, and no distribution follows from it.

    Source: the outside view: Kahneman & Tversky 1979, TIMS Stud Manag Sci 12:313-327; Jeffreys 1946, Proc R Soc A
        186:453-461 (the prior that is taken unless another is stated).

    Example:
        >>> rate = Rate(what="arms decide", events=2, exposure=25, source="war data", recipe="count", applies="wars")
        >>> rate.counted, rate.words
        ('time', '2 events in 25 years')
    """

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)

    what: Text = Field(description="what is counted, of whom, when")
    events: float | None = Field(None, ge=0, le=1e9, description="how often it happened")
    exposure: float | None = Field(None, gt=0, le=1e9, description="time in which it could have happened, in years")
    share: float | None = Field(None, ge=0, le=1, description="share of the trials in which it happened, 0..1")
    trials: float | None = Field(None, gt=0, le=1e9, description="how often it could have happened")
    prior: Literal["jeffreys"] | tuple[float, float] = Field(
        "jeffreys",
        description="what is known before counting: jeffreys, or [events, exposure], or [events, trials without it]",
    )
    sign: Literal["positive", "negative", "open"] | None = Field(
        None, description="of a class without counts: the sign that it speaks for; open where sources disagree"
    )
    answers: Literal["takes_effect", "held_days"] | None = Field(
        None,
        description="the question of dated forecasts that it is the base rate of: such wars end so, such deals break",
    )
    source: Text = Field(description="where the counts can be found again")
    recipe: Text = Field(description="how they were counted there, so that anybody can count again")
    applies: Text = Field(description="how far the class is like the case, and in what it is not")

    @model_validator(mode="after")
    def _counts(self) -> Rate:
        given = [key for key in ("events", "exposure", "share", "trials") if getattr(self, key) is not None]
        if given not in (["events", "exposure"], ["events", "trials"], ["share", "trials"], []):
            raise ValueError(
                "counts are events and exposure, events and trials, or share and trials; "
                f"here stands {' and '.join(given)}"
            )
        if bool(given) == (self.sign is not None):
            raise ValueError("a class with counts has no sign of its own, and one without counts needs sign = …")
        if self.trials is not None and (self.events or 0.0) > self.trials:
            raise ValueError(f"events {self.events:g} are more than trials {self.trials:g}")
        if self.prior != "jeffreys" and (min(self.prior) < 0 or self.prior[0] <= 0 or not given):
            raise ValueError("a prior needs counts, events above 0 and nothing below 0")
        return self

    @property
    def counted(self) -> Literal["time", "trials"] | None:
        """What events are counted in; ``None`` without counts."""
        if self.exposure is not None:
            return "time"
        return None if self.trials is None else "trials"

    @property
    def happened(self) -> float:
        """How often it happened; 0 without counts."""
        if self.share is not None and self.trials is not None:
            return self.share * self.trials
        return self.events or 0.0

    @property
    def words(self) -> str:
        """The counts as people read them."""
        if self.counted is None:
            return f"no counts, sign {self.sign}"
        many = f"{self.happened:g} event{'' if self.happened == 1 else 's'}"
        return f"{many} in {self.exposure:g} years" if self.counted == "time" else f"{many} in {self.trials:g} trials"
