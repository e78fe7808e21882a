"""How soon deals are in force in the ceasefire case, and how long they hold, counted a second time."""

import numpy as np

from sim.runs import run
from sim.scenario import read_case
from sim.scoring import calibration
from sim.scoring.calibration import DAYS, MONTHS
from tests.audit.finding import Finding

#: Days of a year, as a month is a twelfth of one.
YEAR = 365.25


def worlds(draws, name="ceasefire", overlay=None):
    """The results of a run."""
    return run(read_case(f"scenarios/{name}", overlay=overlay).scenario, draws)


def in_force_by(results, where, months):
    """Share of worlds with a deal in force at the end of any of the first rounds, read off their stories."""
    begun = results["in_force_from"].values[where]
    return float((np.nan_to_num(begun, nan=np.inf) <= months / 12 + 1e-9).mean())


def held(results, where, days):
    """Share of the deals that came into force and hold so long: by hand, from what is left of those at risk.

    In the round in which the days end, as much of it counts as lies before, at the rate at which deals break in it.
    """
    came = where & (results["held"].values > 0)  # what breaks in its first round is in force at the end of none
    rounds, broke = results["held"].values[came], results["collapses"].values[came] > 0
    left, months = 1.0, 12 * days / YEAR
    for age in range(1, int(np.ceil(months)) + 1):
        stay = 1 - (broke & (rounds == age)).sum() / max((rounds >= age).sum(), 1)
        left *= stay ** min(months - (age - 1), 1.0)
    return float(left)


def findings(draws=1_000):
    """The panel of the answer, in all worlds and in those that fit."""
    results = worlds(draws)
    fits = results["consistent"].values.astype(bool)
    for group, where in (("all worlds", np.ones_like(fits)), ("worlds that fit", fits)):
        panel = calibration(results, where)
        for one, months in zip(panel.in_force_by, MONTHS, strict=True):
            again = in_force_by(results, where, months)
            yield Finding(f"{group}: a deal in force within {months} months", f"{one.share:.1%} of {one.worlds}",
                          f"{again:.1%} by hand", abs(one.share - again) < 1e-9)  # fmt: skip
        for one, days in zip(panel.holding, DAYS, strict=True):
            again = held(results, where, days)
            yield Finding(f"{group}: a deal in force holds {days} days",
                          f"{one.share:.0%} ({one.low:.0%} to {one.high:.0%}) of {one.deals}",
                          f"{again:.0%} by hand", abs(one.share - again) < 1e-9)  # fmt: skip
