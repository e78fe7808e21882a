"""A lever: what somebody really holds and could do, what it moves, what it costs, who would have to agree."""

from __future__ import annotations

from typing import Annotated, Literal

import numpy as np
from pydantic import BaseModel, ConfigDict, Field, model_validator

from sim.scenario.interval import OWN_VALUE, within
from sim.scenario.level_range import LevelName
from sim.scenario.quantity import Quantity


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)


class Move(_Strict):
    """How far a lever moves one number of the scenario, from its drawn value at no use to full use.

    At use x, from 0 to 1: *set* gives (1 - x) drawn + x full, *add* gives drawn + x full, *scale* gives
    drawn times (1 - x + x full). Where levers meet on a number, they set first, then scale, then add.
    """

    mode: Literal["set", "add", "scale"] = Field(
        "set", description="what the number at full use is: the value, what is added, or the factor"
    )
    full: Quantity = Field(description="the number at full use: a value (or level), what is added, or a factor")
    between: tuple[float, float] | None = Field(
        None,
        description="the moved number stays within these; places on an issue and own values stay on their scale",
    )

    @model_validator(mode="after")
    def _consistent(self) -> Move:
        if self.between is not None and self.between[0] > self.between[1]:
            raise ValueError(f"between runs backwards: {self.between[0]:g} is above {self.between[1]:g}")
        if self.full.mirrors:
            raise ValueError("the number at full use cannot mirror another one")
        return self


class Lever(_Strict):
    """Something that one actor holds and could use more or less, from not at all (0) to fully (1).

    A lever changes the world, not what is known about it: unused it changes nothing, and its numbers are not
    among those that worlds are drawn from. What it costs is counted in its holder's own value (his stake is 1),
    so that costs of different holders add up if their stakes count alike.

    Source: policy levers in robust decision making, the L of XLRM (Lempert, Popper & Bankes 2003, ch. 4).

    Example:
        >>> lever = Lever(
        ...     title="more observers",
        ...     holder="uncle",
        ...     moves={"true_hazard.base": {"mode": "scale", "full": {"value": 0.5, "assumed": "toy"}}},
        ...     cost={"value": 0.02, "assumed": "toy"},
        ... )
        >>> lever.moves["true_hazard.base"].mode, lever.parts
        ('scale', 1)
    """

    title: str = Field(description="what people call it")
    holder: str = Field(description="the actor who can use it")
    moves: dict[str, Move] = Field(default_factory=dict, description="dotted path of a number -> how it is moved")
    opens: dict[str, tuple[LevelName, ...]] = Field(
        default_factory=dict,
        description="issue -> levels that it puts on offer, one after the other as it is used more",
    )
    cost: Annotated[Quantity, within(0, 10, unit=OWN_VALUE)] = Field(
        description="what full use costs the holder, in his own value; in proportion for less"
    )
    veto: tuple[str, ...] = Field((), description="actors without whose consent it cannot be used")
    claims: tuple[str, ...] = Field((), description="claims of the evidence file that mention it")
    assumed: str = Field("", description="why the holder is thought to have it, where the evidence is silent")

    @model_validator(mode="after")
    def _does_something(self) -> Lever:
        if not self.moves and not any(self.opens.values()):
            raise ValueError("a lever moves numbers (moves) or puts levels on offer (opens); this one does neither")
        return self

    @property
    def parts(self) -> int:
        """Into how many equal parts its use divides naturally: the most levels it opens on an issue, else 1."""
        return max([1, *(len(levels) for levels in self.opens.values())])

    def opened(self, issue: str, use: float) -> tuple[LevelName, ...]:
        """Levels it puts on offer on an issue when used so much, 0..1: the first ones, as many as the use pays.

        Example:
            >>> cost = {"value": 0.1, "assumed": "toy"}
            >>> lever = Lever(title="t", holder="a", opens={"x": ("low", "high")}, cost=cost)
            >>> lever.opened("x", 0.0), lever.opened("x", 0.5), lever.opened("x", 0.6)
            ((), ('low',), ('low',))
        """
        levels = self.opens.get(issue, ())
        return levels[: int(np.floor(use * len(levels) + 1e-9))]
