"""Talks by turns with other clocks, rounds and answers, held as one: each comes out as by itself."""

import numpy as np
import pytest

from sim.engine import simulate, talks_together
from sim.engine.joined_values import ApartError
from sim.engine.offers_side_by_side import OffersSideBySide
from sim.foundations import NO_DEAL
from sim.scenario import change, draw, read_scenario
from sim.table import DealSpace

WORLDS = np.arange(40)


SPEED = {"value": 15.0, "low": 4.0, "high": 60.0, "assumed": "toy"}


def strategies(aspiration, acceptance, offering="trade-off"):
    """Changes that give both sides the same rules; who minds the time that passes concedes at a speed that is drawn."""
    settings = {"speed": SPEED} if aspiration == "elapsed-time" else {}
    rules = {"aspiration": aspiration, "acceptance": acceptance, "offering": offering, "settings": settings}
    return {f"talks.strategies.{name}.{key}": value for name in ("union", "firm") for key, value in rules.items()}


@pytest.fixture(scope="module")
def case():
    """Two sides who look for swaps and concede as time passes, for at most ten rounds."""
    rounds = {"talks.round": "1 week", "talks.rounds": 10, "talks.horizon": 20}
    return change(read_scenario("scenarios/labour"), {**strategies("elapsed-time", "swap-first"), **rounds})


def seated(*scenarios):
    """The first talks of some scenarios, before they are held."""
    found = []
    for one in scenarios:
        worlds = simulate(DealSpace.of(one), draw(one, WORLDS)).worlds
        found.append(talks_together.TalksHolder(worlds).seated(WORLDS, 0, 0))
    return found


OTHERS = {
    "fewer rounds": {"talks.rounds": 3},
    "shorter rounds, and more": {"talks.round": "2 days", "talks.rounds": 25, "talks.horizon": 60},
    "a deadline": strategies("time-dependent", "swap-first"),
    "yes by the curve": strategies("elapsed-time", "own-curve"),
    "yes late": strategies("elapsed-time", "ac-combi"),
    "both": strategies("time-dependent", "ac-combi") | {"talks.rounds": 6},
}


def require_as_alone(parts):
    """Bit for bit, whether somebody agrees or time runs out."""
    ends = []
    for found, part in zip(talks_together.held_together(parts), parts, strict=True):
        alone = part.held()
        for name in ("open", "deal", "round", "by", "accepted"):
            assert getattr(found, name).tolist() == getattr(alone, name).tolist(), name
        ends.append(alone.deal != NO_DEAL)
    return ends


#: The default suite tries one by itself, and all of them together.
ALONE = "both"


@pytest.mark.parametrize(
    "other", [name if name == ALONE else pytest.param(name, marks=pytest.mark.slow) for name in OTHERS]
)
def test_two_that_differ_come_out_each_as_by_itself(case, other):
    """In each of these ways by itself."""
    parts = seated(case, change(case, OTHERS[other]))
    assert isinstance(talks_together.joined_talks(parts).protocol, OffersSideBySide)
    require_as_alone(parts)


def test_all_of_them_go_together(case):
    """With one that does not differ at all; some worlds agree before others are out of time, and some never."""
    parts = seated(case, case, *(change(case, one) for one in OTHERS.values()))
    whole = talks_together.joined_talks(parts)
    assert whole.protocol.rounds == 25
    assert whole.protocol.ends.tolist() == np.repeat([10, 10, 3, 25, 10, 10, 10, 6], len(WORLDS)).tolist()
    ends = require_as_alone(parts)
    assert all(agreed.any() for agreed in ends)
    assert not ends[2].all()
    assert ends[0].sum() > ends[2].sum()


def test_who_looks_at_more_than_the_moment_is_held_apart(case):
    """Tit for tat remembers, and another offering rule may look at the clock."""
    for rules in (
        strategies("averaged-tit-for-tat", "swap-first"),
        strategies("elapsed-time", "swap-first", "best-for-others"),
    ):
        other = change(case, {**rules, "talks.rounds": 5})
        with pytest.raises(ApartError):
            talks_together.joined_talks(seated(other, change(other, {"talks.rounds": 6})))
