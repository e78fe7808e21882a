"""Theory's one-dimensional case with levers, for exact checks of the bridge."""

from sim.scenario import Scenario
from tests.table.dispute import dispute, number

FULL = {"assumed": "test"}


def lever(moves=None, opens=None, cost=1.0, holder="M", veto=()):
    """A lever as the file would hold it; moves are path -> (mode, full)."""
    return {
        "title": "test",
        "holder": holder,
        "veto": list(veto),
        "moves": {path: {"mode": mode, "full": number(full)} for path, (mode, full) in (moves or {}).items()},
        "opens": opens or {},
        "cost": number(cost),
        "assumed": "test",
    }


def with_levers(scenario, levers, available=None, observer=None, **actors):
    """The scenario with levers, a third actor who holds them, and only some levels on offer.

    Args:
        available: issue -> levels on offer
        observer:  what the third actor M has besides a wish for the first issue's last level
        actors:    fields of A and B that change
    """
    raw = scenario.model_dump()
    raw["actors"]["M"] = {
        "role": "mediator",
        "patience": number(0.9),
        "reservation": number(0.0),
        "salience": {"watch": number(1.0)},
        "position": {"watch": number("unwatched")},
        **(observer or {}),
    }
    for name, fields in actors.items():
        raw["actors"][name] |= fields
    for issue, levels in (available or {}).items():
        raw["issues"][issue]["available"] = [str(level) for level in levels]
    raw["levers"] = levers
    return Scenario.model_validate(raw)


__all__ = ["dispute", "lever", "number", "with_levers"]
