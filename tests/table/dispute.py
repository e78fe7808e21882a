"""Two actors, a share and a root cause: theory's one-dimensional case written as a scenario."""

import json
from pathlib import Path

import numpy as np

from sim.scenario import Scenario, draw
from sim.table import DealSpace, build

VECTORS = Path(__file__).parents[1] / "known_answers" / "data" / "theory.json"


def cases(key, own):
    """The cases written out in a test, and the known answers of the same key."""
    known = [
        (case["inputs"], case["outputs"]) for case in json.loads(VECTORS.read_text(encoding="utf-8"))[key]["cases"]
    ]
    return [*own, *(case for case in known if case not in own)]


def number(value, low=None, high=None):
    """A number as the file would hold it."""
    if low is None:
        return {"value": value, "assumed": "test"}
    return {"value": value, "low": low, "high": high, "assumed": "test"}


def steps(*places):
    """Names and places of the levels of an ordered issue from 0 to 1."""
    marks = sorted({0.0, 1.0, *places})
    return {"levels": [str(mark) for mark in marks], "at": marks}


def beliefs(hazards):
    """Belief in the chances per year of a collapse, (unwatched, watched)."""
    rates = [-np.log1p(-h) if h < 1 else 80.0 for h in hazards]
    loose, tight = max(rates), min(rates)
    ratio = loose / tight if tight > 0 else np.inf
    slope = 0.0 if loose == 0 else min(float(np.log(ratio)), 800.0)
    return {"base": number(loose), "enforcement": number(slope), "resolved": number(0.0)}


def level_of_watch(hazards, which):
    """Name of the level of enforcement that makes the chance of a collapse the ``which``-th of two."""
    tight = hazards[which] < hazards[1 - which]
    return "watched" if tight else "unwatched"


def dispute(
    A,
    B,
    *,
    shares=(0.5,),
    rho=(0.0, 1.0),
    m=0.0,
    theta=1.0,
    years_to_settle=0.0,
    hazards=(0.0, 0.0),
    conventions=None,
    **talks,
):
    """Write the scenario of theory's part T.

    Args:
        A, B: W, grievance (r or z), eta, shift (signed, own units), delta; all in theory's units
        shares, rho: places on the two issues that are wanted
        m, theta: per year; a round is a year
        hazards: chances per year of a collapse under the two levels of enforcement
    """
    actors = {}
    for name, who in (("A", A), ("B", B)):
        r = who.get("grievance", 0.0)
        actors[name] = {
            "patience": number(who["delta"]),
            "reservation": number((who["W"] + r) / (1 + r)),
            "power_shift": number(who.get("shift", 0.0) / (1 + r)),
            "collapse_damage": number(who.get("eta", 0.0) / (1 + r)),
            "beliefs": beliefs(hazards),
            "salience": {"share": number(1.0), "causes": number(r)},
            "position": {
                "share": number("1.0" if name == "A" else "0.0"),
                "causes": number("1.0" if name == "A" else "0.0"),
            },
        }
    return Scenario.model_validate(
        {
            "title": "test",
            "seed": "test",
            "default_assumed": "test",
            "issues": {
                "share": {**steps(*shares), "status_quo": "0.0"},
                "causes": {
                    **steps(*rho),
                    "status_quo": "0.0",
                    "root_cause_of": "A",
                    "time_to_settle": number(years_to_settle),
                },
                "watch": {
                    "levels": ["unwatched", "watched"],
                    "status_quo": "unwatched",
                    "enforcement": {"watched": 1.0},
                },
            },
            "actors": actors,
            "talks": {
                "round": "1 year",
                "rounds": 3,
                "horizon": 6,
                "decisive_chance": number(m),
                "rearmament_speed": number(theta),
                **talks,
            },
            "true_hazard": beliefs(hazards),
            "conventions": {"damage": "for ever"} | (conventions or {}),
        }
    )


class Document:
    """What the table says of one document, in theory's units."""

    def __init__(self, scenario, share, rho, watch="unwatched"):
        wanted = {"share": (str(share),), "causes": (str(rho),), "watch": (watch,)}
        weights = [float(who.salience["causes"].value) for who in scenario.actors.values()]
        self._look_up(scenario, wanted, weights)  # the share has weight 1

    @classmethod
    def of(cls, scenario, levels, r):
        """The document with these levels, for actors whose values are (u + r)/(1 + r)."""
        found = cls.__new__(cls)
        found._look_up(scenario, levels, r)
        return found

    def _look_up(self, scenario, levels, r):
        space = DealSpace.of(scenario)
        self.worlds = build(space, draw(scenario, np.arange(1)))
        wanted = space.select((), levels)
        assert wanted.sum() == 1
        self.deal, self.r = int(np.flatnonzero(wanted)[0]), list(r)

    def back(self, values):
        """Undo u' = (u + r)/(1 + r) for values of both actors."""
        return [float(value) * (1 + r) - r for value, r in zip(values, self.r, strict=True)]

    def back_gain(self, gains):
        """Undo the scale alone, for differences of values."""
        return [float(gain) * (1 + r) for gain, r in zip(gains, self.r, strict=True)]

    @property
    def W(self):
        """War payoffs."""
        return self.back(self.worlds.no_deal.value[0])

    @property
    def O(self):  # noqa: E743 - theory's letter
        """Alternatives."""
        return self.back(self.worlds.alternative[0])

    @property
    def v(self):
        """Values in force."""
        return self.back(self.worlds.value[0, :, self.deal])

    @property
    def V(self):
        """Values at signing."""
        return self.back(self.worlds.signed[0, :, self.deal])

    @property
    def S(self):
        """Slacks."""
        return self.back_gain(self.worlds.slack[0, :, self.deal])

    @property
    def accepts(self):
        """Answers."""
        return self.worlds.accepts[0, :, self.deal].tolist()

    def weight(self, name):
        """One of the durability weights of both actors."""
        group = self.worlds.space.durability_classes[1][self.deal]
        return getattr(self.worlds.weights, name)[0, :, group].tolist()
