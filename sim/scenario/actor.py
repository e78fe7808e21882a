"""Who is at the table, or stands behind it: preferences, power, fears and red lines."""

from __future__ import annotations

from typing import Annotated, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from sim.scenario.interval import MOST, OWN_VALUE, within
from sim.scenario.level_range import LevelName, Levels
from sim.scenario.money import MoneyWorth
from sim.scenario.quantity import Quantity

Share = Annotated[Quantity, within(0, 1)]
Amount = Annotated[Quantity, within(0, MOST)]
Positive = Annotated[Quantity, within(0, MOST, open_low=True)]
Discount = Annotated[Quantity, within(0, 1, open_low=True)]
#: An own value, and what is gained or lost of it: more than all that is at stake, but not beyond all measure.
OwnValue = Annotated[Quantity, within(0, 1, unit=OWN_VALUE)]
OwnLoss = Annotated[Quantity, within(0, 10, unit=OWN_VALUE)]
OwnChange = Annotated[Quantity, within(-10, 10, unit=OWN_VALUE)]
LogOdds = Annotated[Quantity, within(-20, 20)]
Ageing = Annotated[Quantity, within(0.05, 5)]
ChangeQuantity = Annotated[Quantity, within(-1, 1)]


#: Combinations of levels of issues that interact, up to which the best is looked for among all of them.
MOST_JOINED: Final = 100_000


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)


class RedLine(_Strict):
    """A line an actor says he will not cross: on the levels of an issue, or on his own value of the deal.

    Hard in the share ``firmness`` of draws; in the others crossing it costs ``cost`` of his own value.

    Source: domestic ratification limits (Putnam 1988; Tarar 2001); audience costs (Fearon 1994).
    """

    issue: str | None = Field(None, description="the issue whose levels it forbids")
    rejects: LevelName | None = Field(None, description="the far end that is rejected (ordered and numeric issues)")
    begins: Quantity | None = Field(
        None, description="the first level, on the way from the status quo to `rejects`, that is refused"
    )
    levels: Levels = Field(
        (), description="the levels it forbids: options of a categorical issue, or ranges of any other"
    )
    own_value: OwnValue | None = Field(None, description="least own value of a deal that can be ratified at home")
    firmness: Share = Field(description="share of draws in which the line is hard")
    cost: OwnLoss | None = Field(None, description="own value lost by crossing the line where it is soft")

    @model_validator(mode="after")
    def _one_form(self) -> RedLine:
        forms = [self.rejects is not None, bool(self.levels), self.own_value is not None]
        if sum(forms) != 1:
            raise ValueError("a red line says one of: issue with rejects and begins, issue with levels, own_value")
        if (self.issue is None) == (self.own_value is None):
            raise ValueError("a red line is on an issue, or on own_value, not on both or neither")
        if (self.rejects is None) != (self.begins is None):
            raise ValueError("rejects and begins belong together")
        return self


class Credibility(_Strict):
    """How far an actor trusts promises: base without enforcement, growing with it."""

    base: Share = Field(description="trust in a promise that nobody enforces, 0..1")
    enforcement: Amount = Field(description="how fast trust grows with enforcement")


class Fragility(_Strict):
    """Deals of two sorts: some are fragile, the others hold; which it is nobody knows when it is signed.

    The odds of being fragile are chance / (1 - chance) exp(-enforcement e - resolved rho + pressure, if anybody was
    pressed to sign + after_collapse for each deal that broke before). A fragile deal has one constant hazard, whatever
    was agreed. With a chance of 0 every deal holds, and nothing else of this matters.

    Source: mixture of a vulnerable part and a lasting one, its share logistic: Farewell 1982, Biometrics 38:1041-1046.
    """

    chance: Share = Field(description="chance that a deal without enforcement or resolved causes is fragile, 0..1")
    base: Amount = Field(description="collapses per year of a fragile deal")
    enforcement: Amount | None = Field(None, description="how much enforcement lowers the log odds of being fragile")
    resolved: Amount | None = Field(None, description="how much settling root causes lowers these log odds")
    pressure: LogOdds | None = Field(
        None, description="added to these log odds where outside pressure is put on somebody who signs; signed"
    )
    after_collapse: LogOdds | None = Field(
        None, description="added to these log odds by every deal that broke before: what a collapse teaches; signed"
    )


class Durability(_Strict):
    """What makes a deal last: chance of collapse without anything, and what lowers it.

    Per round h = 1 - exp(-base exp(-enforcement e - resolved rho)), base a rate per year. With ``fragile`` this is the
    hazard of the deals that hold. With ``shape`` the hazard changes with the age of a deal: after t years the chance
    that it still stands is exp(-base t**shape exp(-enforcement e - resolved rho)).

    Source: proportional hazards: Cox 1972; what makes ceasefires last: Fortna 2003, Int Organ 57:337-372; ages after
        Weibull: Kalbfleisch & Prentice 2002, section 2.2.
    """

    base: Amount = Field(description="collapses per year of a deal without enforcement or resolved causes")
    enforcement: Amount | None = Field(
        None, description="how much enforcement lowers the hazard; may be left out beside `fragile`"
    )
    resolved: Amount | None = Field(
        None, description="how much settling root causes lowers the hazard; may be left out beside `fragile`"
    )
    shape: Ageing | None = Field(
        None, description="below 1 a deal hardens with age, above 1 it wears out; 1, the same as none, does neither"
    )
    fragile: Fragility | None = Field(
        None, description="some deals are fragile and the others hold; base is then the hazard of those that hold"
    )

    @model_validator(mode="after")
    def _says_what_lowers_it(self) -> Durability:
        for field in ("enforcement", "resolved"):
            if self.fragile is None and getattr(self, field) is None:
                raise ValueError(f"{field} is missing: how much does it lower the hazard?")
        return self


class Pressure(_Strict):
    """What one actor can do to make another sign: a carrot or a stick, worth so much to the other."""

    strength: OwnLoss = Field(description="added to the target's value of any deal the presser prefers to war")
    cost: OwnLoss | None = Field(None, description="what applying it costs the presser, in his own value")


class Audience(_Strict):
    """Somebody at home who holds an actor to what he promised in public: falling short of it costs him.

    Whoever signs a deal that is worth u to him a round, less than the promise p, loses slope (p - u), once: the more,
    the further he goes back. So he takes no deal below (w x + slope p) / (w + slope), where x is what he would take
    without an audience, and w the weight of the time at peace in the value of a deal.

    Source: audience costs that grow with what was said: Fearon 1994, Am Polit Sci Rev 88:577-592; the least share is
        ``sim.equilibria.audience_cost``
    """

    promise: OwnValue = Field(description="own value per round that he has promised in public, 0..1")
    slope: OwnLoss = Field(description="own value lost, once, for falling short of it by all that is at stake")


class Bonus(_Strict):
    """A pairwise interaction: extra own value when two issues go well together."""

    issues: tuple[str, str] = Field(description="the two issues that go well together")
    size: OwnChange = Field(description="own value of having both at one's ideal; may be negative")


class Actor(_Strict):
    """One actor: a party signs; a mediator or guarantor pushes, offers, promises.

    Source: position, salience and capability (Bueno de Mesquita 1994; Thomson et al. 2006); war as a costly
    process (Fearon 1995; Powell 2006).
    """

    title: str = Field("", description="what people call the actor")
    role: Literal["party", "mediator", "guarantor"] = Field(
        "party", description="a party signs; a mediator or guarantor pushes, offers, promises"
    )
    patience: Discount = Field(
        description="value next year of 1 this year (discount factor per year), above 0; at 1 only what lasts counts"
    )
    power: Amount | None = Field(None, description="weight in who prevails if arms decide; shares of the parties")
    war_cost: OwnLoss | None = Field(None, description="own value lost per round of fighting")
    reservation: OwnValue | None = Field(
        None, description="own value of no deal, where no deal is not a war; replaces power and war_cost"
    )
    power_shift: OwnChange | None = Field(
        None, description="own value gained for ever by what a pause does to the balance of power; signed"
    )
    prevail_shift: ChangeQuantity | None = Field(
        None,
        description="change of a party's chance to prevail that a long pause brings; the others' change too; signed",
    )
    optimism: ChangeQuantity | None = Field(
        None,
        description="how much more likely than it is a party thinks that it would prevail, if arms decide; signed",
    )
    collapse_damage: OwnLoss | None = Field(
        None,
        description="lost when a deal collapses (escalation): years of war, or own value for ever (conventions.damage)",
    )
    posture: Share | None = Field(
        None,
        description="how far the ideal lies from the stated position towards the status quo: 0 = it is the ideal",
    )
    credibility: Credibility | None = None
    beliefs: Durability | None = Field(None, description="what this actor thinks makes a deal last")
    capability: Amount | None = Field(
        None,
        description="what he can bring to bear, in any unit: in forecasts, and as votes where a majority signs",
    )
    salience: dict[str, Amount] = Field(
        default_factory=dict,
        description="weight of each issue; they are normalised. With the unit 'of 100' (or 'of 1') it is besides the "
        "share of full attention that models of collective choice reckon with, which need not add up to anything",
    )
    worth: dict[str, MoneyWorth] = Field(
        default_factory=dict,
        description='instead of salience: what an issue is worth in money, "12,000 USD per week" or, from the worst '
        'level to the best, "300,000 USD"; an issue that is money itself needs none',
    )
    position: dict[str, Quantity] = Field(default_factory=dict, description="stated position on each issue")
    shape: dict[str, Positive] = Field(
        default_factory=dict, description="exponent of the loss in distance: 1 linear, 2 quadratic"
    )
    values: dict[str, dict[str, OwnValue]] = Field(
        default_factory=dict, description="own value of each level, instead of a position"
    )
    bonus: Bonus | None = None
    interactions: tuple[Bonus, ...] = Field(
        (), description="more pairs of issues that go well, or badly, together: a list of { issues, size }"
    )
    red_lines: dict[str, RedLine] = Field(
        default_factory=dict, description="lines this actor says he will not cross, by name"
    )
    pressure: dict[str, Pressure] = Field(default_factory=dict, description="on whom this actor can lean")
    audience: Audience | None = Field(
        None, description="who holds him at home to what he promised: falling short costs the more, the further"
    )
    private: tuple[str, ...] = Field(
        (),
        description='numbers of this actor that the others do not know, such as ["war_cost", "salience.nato"]: to them '
        "they may be anything in their range; a name of a table stands for all its numbers",
    )

    @property
    def joined(self) -> tuple[tuple[str, ...], ...]:
        """Groups of issues that hang together by interactions, in the order in which they are named."""
        groups: list[list[str]] = []
        for pair in self.pairs.values():
            mine = [group for group in groups if set(group) & set(pair.issues)]
            merged = list(dict.fromkeys([*(issue for group in mine for issue in group), *pair.issues]))
            groups = [group for group in groups if group not in mine] + [merged]
        return tuple(tuple(group) for group in groups)

    @property
    def pairs(self) -> dict[str, Bonus]:
        """Every pairwise interaction by its place in the actor's table, `bonus` first."""
        first = {} if self.bonus is None else {"bonus": self.bonus}
        return first | {f"interactions.{n}": found for n, found in enumerate(self.interactions)}

    @property
    def cares(self) -> bool:
        """Whether anything matters to him: false if a salience is given, and each of them is 0 for sure."""
        return bool(self.pairs) or not self.weighs or any(one.may_exceed_zero for one in self.weighs.values())

    @property
    def weighs(self) -> dict[str, Quantity]:
        """What says how much each issue weighs: salience, or worth in money."""
        return {**self.salience, **self.worth}
