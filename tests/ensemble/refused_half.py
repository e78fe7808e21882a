"""A case in which some worlds fit what was observed, and others do not."""

from sim.scenario import Scenario
from tests.engine.staged import with_numbers
from tests.table.dispute import dispute, number


def refused_half() -> Scenario:
    """A was seen to refuse half of the pie; what no deal is worth to him is drawn from all there is."""
    seen = {
        "says": "rejects",
        "actor": "A",
        "deals": {"levels": {"share": ("0.5",)}},
        "claims": ("c",),
        "bluff": number(0.0),
    }
    changes = {"observations.said": seen, "actors.A.reservation": number(0.5, 0.0, 1.0)}
    return with_numbers(dispute({"W": 0.5, "delta": 0.9}, {"W": 0.0, "delta": 0.9}), changes)
