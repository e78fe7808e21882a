"""What ties issues together: combinations of levels that no deal may have, and sums that every deal must keep."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from sim.foundations import Floats
from sim.scenario.issue import Issue
from sim.scenario.level_range import Levels

#: A combination of levels that no deal may have: issue -> levels; a deal with one of them on every issue is out.
Forbidden = dict[str, Levels]


#: What each issue adds to a sum: an amount for each of its levels, or a factor on its number.
Added = dict[str, dict[str, float] | float]


def _added(found: Any) -> Any:
    """What issues add, where only their names are listed: each its number."""
    if isinstance(found, list | tuple) and all(isinstance(name, str) for name in found):
        return dict.fromkeys(found, 1.0)
    return found


class LimitedSum(BaseModel):
    """A sum over issues that every deal must keep: a budget, shares that make up a whole, at most k of n.

    Source: knapsack constraints on additive domains (Kellerer, Pferschy & Pisinger 2004, ch. 1).

    Example:
        >>> budget = LimitedSum(of={"road": {"full": 40, "half": 25}, "price": 1.0}, at_most=100)
        >>> road = Issue(levels=["none", "half", "full"], status_quo="none")
        >>> budget.amounts("road", road).tolist(), budget.amounts("other", road).tolist()
        ([0.0, 25.0, 40.0], [0.0, 0.0, 0.0])
    """

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)

    title: str = Field("", description="what people call the sum")
    unit: str = Field("", description="what it is counted in")
    of: Annotated[Added, BeforeValidator(_added, json_schema_input_type=Added | tuple[str, ...])] = Field(
        min_length=1,
        description="what each issue adds: a number for each level (others add 0), or, for a numeric issue, a factor "
        "on its number; or a list of numeric issues, whose numbers are added up",
    )
    at_least: float | None = Field(None, description="the least that the sum may be")
    at_most: float | None = Field(None, description="the most that the sum may be")

    @model_validator(mode="after")
    def _bounded(self) -> LimitedSum:
        if self.at_least is None and self.at_most is None:
            raise ValueError("a sum needs at_least, at_most or both; for an exact sum give both the same number")
        if self.at_least is not None and self.at_most is not None and self.at_least > self.at_most:
            raise ValueError(f"at_least {self.at_least:.12g} is more than at_most {self.at_most:.12g}")
        return self

    @property
    def ends(self) -> tuple[float, float]:
        """The least and the most that the sum may be; infinite where nothing is said."""
        low = -float("inf") if self.at_least is None else self.at_least
        high = float("inf") if self.at_most is None else self.at_most
        return low, high

    def amounts(self, name: str, issue: Issue) -> Floats:
        """(L,) what each level of an issue adds to the sum."""
        added = issue.scale * 0.0
        stated = self.of.get(name, 0.0)
        if isinstance(stated, dict):
            for level, amount in stated.items():
                added[issue.index(level)] = amount
        elif stated:
            added = added + stated * issue.values
        return added
