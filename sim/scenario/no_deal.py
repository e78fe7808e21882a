"""What the case says of having no deal, and which kinds of deal it tells apart."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from sim.scenario.actor import OwnChange, OwnValue
from sim.scenario.interval import within
from sim.scenario.level_range import Levels
from sim.scenario.quantity import Quantity

ChanceQuantity = Annotated[Quantity, within(0, 1, open_high=True)]


class NoDeal(BaseModel):
    """What happens while there is no deal and if there never is one; `sim models` lists the models.

    Without a model the case has a war if it gives any of its numbers (power, war_cost, decisive_chance), or if it
    gives no worth of no deal; else no deal is worth each actor's reservation.

    Source: disagreement point and outside options (Nash 1953; Binmore, Rubinstein & Wolinsky 1986).
    """

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)

    model: str | None = Field(
        None, description="what having no deal is: war, reservation, status-quo, rival, vote-again"
    )
    title: str = Field("", description='how it stands without a deal, as a clause, e.g. "the strike goes on"')
    chance: ChanceQuantity | None = Field(
        None, description="rival: chance per year that somebody else gets the deal, which ends the talks"
    )
    worth: dict[str, OwnValue] = Field(
        default_factory=dict,
        description="rival: own value per round once somebody else has the deal; vote-again: once nobody votes again",
    )
    drift: dict[str, OwnChange] = Field(
        default_factory=dict,
        description="status-quo, war: own value per round that a year without a deal adds (a front that moves, "
        "costs that grow); signed",
    )


class DealKind(BaseModel):
    """A kind of deal the case tells apart: those deals with some levels that no kind before it has claimed."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    title: str = Field("", description='what people call one, with an article, e.g. "a freeze"')
    levels: dict[str, Levels] = Field(
        default_factory=dict, description="issue -> the levels that make the kind, or a range of them; any if left out"
    )
