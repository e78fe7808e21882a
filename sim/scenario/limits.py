"""What ties issues together: combinations of levels that no deal may have, and sums that every deal must keep."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field, model_validator

from sim.foundations import Floats
from sim.scenario.issue import Issue
from sim.scenario.level_range import Levels

#: A combination of levels that no deal may have: issue -> levels; a deal with one of them on every issue is out.
Forbidden = dict[str, Levels]


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
    of: dict[str, dict[str, float] | float] = Field(
        min_length=1,
        description="what each issue adds: a number for each level (others add 0), or, for a numeric issue, a factor "
        "on its number",
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
