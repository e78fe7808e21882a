"""What may become of a deal once it is signed, beside its hazard: extremists who attack, and sides that choose."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from sim.scenario.interval import MOST, OWN_VALUE, within
from sim.scenario.quantity import Quantity

_Chance = Annotated[Quantity, within(0, 1)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)


class Spoilers(_Strict):
    """Extremists of each who signs attack while a deal is in force, and the others ask whether he let them.

    Each who signs is trustworthy or not, and holds his extremists back for a year with a chance that differs. Quiet
    raises trust in him and an attack lowers it, by Bayes' rule; the deal is off with the attack after which too little
    is left. Nobody reckons with it beforehand.

    Source: Kydd & Walter 2002, Int Organ 56:263-296; ``sim.equilibria.spoilers``. Ours: round after round, and both
        sides alike
    """

    trust: _Chance = Field(description="chance that one who signs is trustworthy, as all think and as it is")
    strength: _Chance = Field(description="chance that a trustworthy one prevents attacks for a year")
    laxity: _Chance = Field(description="chance that another does, below strength")
    needed: _Chance = Field(description="trust in each without which the deal is off, after an attack")


class Breaking(_Strict):
    """Each side may break a deal first, if what that gains it in a round is worth more than the deal and the penalty.

    What it would gain is drawn in every round, from an exponential law; only it sees it. The fear that the other will
    makes a deal worth less, so that it may hold if both expect it to hold, and break if not. Whoever breaks it has what
    it gains him, less the penalty. Everybody reckons with it beforehand, where that is worked out.

    Source: ours, after Werner & Yuen 2005, Int Organ 59:261-292; ``sim.equilibria.endogenous_hazard``; what deals are
        worth then: ``sim.table.open_breaches``
    """

    temptation: Annotated[Quantity, within(0, MOST, open_low=True, unit=OWN_VALUE)] = Field(
        description="mean of what breaking first gains in a round, in own value for ever"
    )
    penalty: Annotated[Quantity, within(0, MOST, unit=OWN_VALUE)] | None = Field(
        None, description="cost of breaking first, in own value for ever"
    )
    enforced: Annotated[Quantity, within(0, MOST, unit=OWN_VALUE)] | None = Field(
        None, description="what each step of enforcement adds to that"
    )
    expected: Literal["calm", "fragile"] = Field(
        "calm", description="where both is possible: that the deal holds, or that it breaks"
    )
    foreseen: bool | None = Field(
        None,
        description="whether everybody reckons with breaches before signing; if left out, wherever that is worked out: "
        "not beside power that shifts, hazards that change, talks that go on or reopen, or no deal that drifts",
    )


class AfterSignature(_Strict):
    """What may become of a deal once it is signed, beside what breaks it anyway (true_hazard)."""

    spoilers: Spoilers | None = Field(None, description="extremists who attack to break trust")
    breaking: Breaking | None = Field(None, description="deals that hold if both expect it: breaking is a choice")
