"""Events: something that may happen while they talk, and then numbers, or how things stand, are others."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from sim.foundations.duration import moment
from sim.scenario.interval import within
from sim.scenario.level_range import LevelName
from sim.scenario.quantity import Quantity


class Event(BaseModel):
    """An election, a strike, a season, a lapse, or what one side does by itself; it comes once, or not at all.

    It comes on a day, or with a chance per year. Without a deal it changes numbers and how things stand, and the talks
    go on in the changed world until they are over. A deal that is signed stays as it was signed, unless the event
    breaks it.

    Source: discrete events in bargaining with a deadline or an opportunity that passes (Fuchs & Skrzypacz 2010, Am Econ
        Rev 100:802-836, arrival of events in talks); a move that one side makes by itself: Schelling 1960, ch. 2

    Example:
        >>> Event(on="6 months", status_quo={"dam": "full"}).on
        '6 months'
    """

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)

    title: str = Field("", description="what people call it, with an article, e.g. 'an election'")
    on: int | str | dt.date | None = Field(
        None, description='when it comes: a round, a time from the beginning such as "8 months", or a day'
    )
    chance: Annotated[Quantity, within(0, 1)] | None = Field(
        None, description="chance that it comes: on that day, or, without a day, in a year (below 1)"
    )
    by: str | None = Field(
        None, description="the actor whose move it is: he makes it only if no deal is then worth more to him"
    )
    adds: dict[str, Quantity] = Field(
        default_factory=dict,
        description="dotted path of a number -> what is added to it, on its own scale; it stays where it makes sense",
    )
    sets: dict[str, Quantity] = Field(
        default_factory=dict, description="dotted path of a number -> what it is from then on"
    )
    status_quo: dict[str, LevelName] = Field(
        default_factory=dict, description="issue -> its level without a deal from then on"
    )
    breaks: Annotated[Quantity, within(0, 1)] | None = Field(
        None, description="chance that a deal in force when it comes breaks at once"
    )
    foreseen: bool = Field(
        True, description="whether everybody reckons with it from the beginning in what no deal is worth"
    )
    claims: tuple[str, ...] = Field((), description="claims that report it")

    @field_validator("on")
    @classmethod
    def _a_time(cls, found: int | str | dt.date | None) -> int | str | dt.date | None:
        return moment(found, "the first round in which it can have come is 1")

    @model_validator(mode="after")
    def _comes_and_does(self) -> Event:
        if self.on is None and self.chance is None:
            raise ValueError("an event needs on (a round, a time, a day), chance (per year), or both")
        if not (self.adds or self.sets or self.status_quo or self.breaks):
            raise ValueError("an event does something: adds, sets, status_quo, or breaks")
        if self.by is not None and self.breaks is not None:
            raise ValueError("a move that one side makes by itself is made while there is no deal; it breaks none")
        return self
