"""What people call each kind of number of a case, by the field that holds it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

#: The number and the term are the same thing, so they have the same name.
DAMAGE: Final = "damage from a broken deal"

#: Settings of strategies -> what people call them, where their own name would not do.
SETTINGS: Final[Mapping[str, str]] = {"exponent": "how late it gives way", "speed": "how fast it gives way"}

FIELDS: Final[Mapping[str, str]] = {
    "patience": "patience",
    "power": "strength in war",
    "war_cost": "cost of war",
    "power_shift": "power it gains in a pause",
    "collapse_damage": DAMAGE,
    "posture": "how much its demands are posture",
    "reservation": "worth of no deal",
    "capability": "what it can bring to bear",
    "own_value": "least it can live with",
    "audience.promise": "what it has promised at home",
    "audience.slope": "cost of falling short of that promise",
    "credibility.base": "trust in promises",
    "credibility.enforcement": "trust that enforcement adds",
    "beliefs.base": "believed risk that a bare deal breaks",
    "beliefs.enforcement": "believed effect of enforcement",
    "beliefs.resolved": "believed effect of settling root causes",
    "beliefs.shape": "believed change of that risk with age",
    "beliefs.fragile.chance": "believed chance that a bare deal is fragile",
    "beliefs.fragile.base": "believed risk that a fragile deal breaks",
    "beliefs.fragile.enforcement": "believed effect of enforcement on fragility",
    "beliefs.fragile.resolved": "believed effect of settling root causes on fragility",
    "beliefs.fragile.pressure": "believed effect of pressure on fragility",
    "beliefs.fragile.after_collapse": "what it learns from a collapse",
    "prevail_shift": "chance to prevail it gains in a pause",
    "optimism": "chance to prevail it believes in too much",
}
TRUE_HAZARD: Final[Mapping[str, str]] = {
    "base": "True risk that a bare deal breaks",
    "enforcement": "True effect of enforcement",
    "resolved": "True effect of settling root causes",
    "shape": "True change of that risk with age",
    "fragile.chance": "True chance that a bare deal is fragile",
    "fragile.base": "True risk that a fragile deal breaks",
    "fragile.enforcement": "True effect of enforcement on fragility",
    "fragile.resolved": "True effect of settling root causes on fragility",
    "fragile.pressure": "True effect of pressure on fragility",
    "fragile.after_collapse": "True effect of a collapse on the next deal's fragility",
}
TALKS: Final[Mapping[str, str]] = {
    "decisive_chance": "Chance that arms decide",
    "sign.objecting_costs": "Cost of objecting",
    "rearmament_speed": "Speed of rearmament",
    "battles.worth": "Battles that a belief about strength is worth",
    "reopening.chance": "Chance that talks reopen after a collapse",
    "reopening.lasts": "Length of talks before a broken deal is signed again",
    "reopening.after_failure": "Chance that talks reopen after they failed",
}
AFTER_SIGNATURE: Final[Mapping[str, str]] = {
    "spoilers.trust": "Trust in those who sign",
    "spoilers.strength": "Chance that a trustworthy side prevents attacks for a year",
    "spoilers.laxity": "Chance that another side prevents attacks for a year",
    "spoilers.needed": "Trust without which an attack ends a deal",
    "breaking.temptation": "What breaking a deal first gains on average",
    "breaking.penalty": "Cost of breaking a deal first",
    "breaking.enforced": "Cost of breaking a deal first, for each step of enforcement",
}
LINE: Final[Mapping[str, str]] = {
    "begins": "where its red line {0} begins",
    "firmness": "how firm its red line {0} is",
    "cost": "cost of crossing its red line {0}",
    "capability": "what it can bring to bear",
    "own_value": "least worth that its red line {0} asks for",
}
ON_ISSUE: Final[Mapping[str, str]] = {
    "salience": "weight of {0}",
    "worth": "what {0} is worth in money",
    "position": "demand on {0}",
    "shape": "how fast it loses patience with steps on {0}",
}
