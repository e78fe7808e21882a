"""Cheating: one who signed a deal may break his word in secret, until he is found out."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from sim.scenario.actor import OwnLoss, Share
from sim.scenario.interval import MOST, within
from sim.scenario.quantity import Quantity


class Cheating(BaseModel):
    """What one signatory may do in secret while a deal is in force, and what comes of it once he is found out.

    He lives as if there were no deal on some issues, and the others do not know. Each year that goes on he may be found
    out; then the deal is over, everybody is back to what no deal is worth, and sanctions cost him something besides.
    Whether he does is his choice, deal by deal, and those who sign foresee it: a deal that would not be kept is worth
    to them what it is worth while it is broken. See ``sim.table.secret_breaches``.

    Source: inspection games (Avenhaus, von Stengel & Zamir 2002, Handbook of Game Theory 3, ch. 51); the chance of
        being found out and the fine against the gain: Becker 1968, J Polit Econ 76:169-217

    Example:
        >>> Cheating(on=("limits",), detection={"value": 0.2, "assumed": "toy"}).on
        ('limits',)
    """

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)

    on: tuple[str, ...] = Field(
        min_length=1, description="issues on which he may live as if there were no deal, while the others keep it"
    )
    far: Share | None = Field(
        None, description="how far he goes back to how things stood there; 1, all the way, if left out"
    )
    detection: Share = Field(description="chance a year that a breach that goes on is found out, whatever was agreed")
    found_by: dict[str, dict[str, Share]] = Field(
        default_factory=dict,
        description="issue -> level -> chance a year that a breach is found out by it, besides: inspectors, a register",
    )
    delay: Annotated[Quantity, within(0, MOST)] | None = Field(
        None, description="years between what he does and the day on which it can be known"
    )
    penalty: OwnLoss | None = Field(
        None, description="own value that he loses for ever once found out, below no deal: sanctions that come back"
    )
