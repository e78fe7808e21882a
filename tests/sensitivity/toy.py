"""A quick scenario whose numbers rest on claims, for analyses that play it often."""

from tests.engine.staged import with_numbers
from tests.table.dispute import dispute, number


def toy():
    """A dispute with some ranged numbers; patience rests on claims, the hazard does not."""
    scenario = dispute({"W": 0.2, "delta": 0.9}, {"W": 0.3, "delta": 0.9}, hazards=(0.3, 0.1))
    claimed = {"value": 0.9, "low": 0.3, "high": 0.95, "claims": ["calm", "slow"]}
    return with_numbers(
        scenario,
        {
            "actors.A.patience": claimed,
            "actors.B.patience": {**claimed, "claims": ["calm"]},
            "true_hazard.base": number(0.3, 0.0, 2.0),
        },
    )
