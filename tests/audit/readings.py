"""How far the answer of a case, the ceasefire, goes over joint readings of what the literature leaves open."""

from sim.runs.readings import play_readings
from sim.scenario import read_case
from tests.audit.finding import Finding


def findings(draws=300, case="ceasefire"):
    """Each state's span, the worst pair, and the fewest changes that make another state the most frequent."""
    found = play_readings(read_case(f"scenarios/{case}").scenario, draws)
    readings = found.readings
    yield Finding("readings played", str(readings.count), "at least 24", readings.count >= 24)
    for state, span in readings.states.items():
        ordered = span.low <= found.written.states.share[state] <= span.high
        yield Finding(f"share of {state}", f"{span.low:.0%} / {span.median:.0%} / {span.high:.0%}", "", ordered)
    spread = found.in_force
    yield Finding("share with any deal in force", f"{spread.low:.0%} / {spread.median:.0%} / {spread.high:.0%}")
    yield Finding("the pair that moves most", _told(found.worst_pair), "two changes", found.worst_pair is not None)
    yield Finding("the fewest changes that flip the headline", _told(found.flip))


def _told(reading):
    if reading is None:
        return "none"
    changes = ", ".join(f"{one.name}: {one.setting}" for one in reading.changed)
    return f"{changes} -> {reading.modal}"
