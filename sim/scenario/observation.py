"""What the article reports that the model should explain, not assume."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from sim.foundations.duration import moment
from sim.scenario.actor import Share
from sim.scenario.level_range import Levels


class Selector(BaseModel):
    """Some of the deals: by kind, by levels of issues, or both."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    kind: tuple[str, ...] | str = Field((), description="kinds of deal; any if left out")
    levels: dict[str, Levels] = Field(
        default_factory=dict, description="issue -> the levels that count, or a range of them; any if left out"
    )

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds as a tuple."""
        return (self.kind,) if isinstance(self.kind, str) else self.kind


class Observation(BaseModel):
    """Somebody was seen or heard to reject, accept or prefer; worlds where he would not are less likely.

    rejects: none of the deals is acceptable to the actor
    accepts: at least one of them is
    prefers: the best of ``deals`` is better for the actor than the best of ``over``
    offers:  a reported bid: nobody offers what he would not sign, so at least one of them is acceptable to him
    asks:    a reported demand: he would sign any of them, whichever he gets

    It is judged in the world that is played, outside pressure included, unless it was made before any pressure. With
    ``on`` it is judged in the world as it is by then if nothing has been signed: after the events that have come, and
    with what no deal has gained or lost meanwhile.

    Source: conditioning by rejection: Rubin 1984, Ann Stat 12:1151-1172; Tavaré et al. 1997, Genetics 145:505-518.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    says: Literal["rejects", "accepts", "prefers", "offers", "asks"] = Field(
        description="rejects: none of the deals is acceptable; accepts: one is; prefers: the best beats that of "
        "`over`; offers: a bid, of which he would sign one himself; asks: a demand, any of which he would sign"
    )
    actor: str = Field(description="who was seen or heard")
    deals: Selector = Field(description="the deals that it is about")
    on: int | str | dt.date | None = Field(
        None,
        description='when it was said, while the talks went on: a round, a time from the beginning such as "8 months", '
        "or a day; at the beginning if left out",
    )
    over: Selector | None = Field(None, description="what the deals are preferred to (prefers)")
    pressure: Literal["as played", "none"] = Field(
        "as played",
        description="whether it was said under the pressure and levers that the case is played with, or before any",
    )
    bluff: Share = Field(description="chance of saying it though it does not hold")
    claims: tuple[str, ...] = Field(min_length=1, description="claims that report it")

    @field_validator("on")
    @classmethod
    def _a_time(cls, found: int | str | dt.date | None) -> int | str | dt.date | None:
        return moment(found, "the first round after which something can be said is 1; before it nothing has changed")

    @model_validator(mode="after")
    def _over_with_prefers(self) -> Observation:
        if (self.says == "prefers") != (self.over is not None):
            raise ValueError('`over` is needed with says = "prefers", and only there')
        return self
