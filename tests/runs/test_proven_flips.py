"""Flips on fresh worlds: what moves nothing is told as nothing, what flips is told with its interval."""

from dataclasses import replace

import pytest

from sim.ensemble import Design, meanings, play
from sim.runs.difference import Shares
from sim.runs.flips import Flip
from sim.runs.proven_flips import ENOUGH, proven_flips
from sim.scenario import change
from tests.runs.test_openings import number, toy
from tests.shipped import shipped


def scenario():
    """Worlds in which q signs in less than half, as its worth of no deal is drawn."""
    found = toy(lines=(), worth=number(0.5, 0.0, 0.8))
    return change(found, {"actors.p.posture": number(0.1, 0.0, 0.2)})


def found_flip(case, path, setting):
    """A flip as it may have been found elsewhere."""
    results = play(Design.of_draws(case, 40), columns=("ending",))
    shares = Shares.of(results["ending"].values, meanings(results, "ending"))
    return Flip(path, "number", setting, shares, shares, changes_modal=False, distance=0.0)


def test_a_number_that_decides_flips_and_its_interval_is_clear():
    """At the low end of q's worth of no deal all is signed: the ending flips, by more than chance may do."""
    case = scenario()
    (told,) = proven_flips(case, [found_flip(case, "q.reservation", "low end, 0")], first=40, worlds=600)
    assert told.changes_modal
    assert told.before.draws == told.after.draws == ENOUGH
    assert told.seen
    assert all(
        told.change[name] == pytest.approx(told.after.share[name] - told.before.share[name]) for name in told.change
    )


def test_what_moves_nothing_is_told_as_nothing():
    """A number that acts nowhere changes no share, with no interval around it."""
    case = scenario()
    (told,) = proven_flips(case, [found_flip(case, "p.patience", "low end, 0.9")], first=40, worlds=200)
    assert not told.seen
    assert not told.changes_modal
    assert set(told.change.values()) == {0.0}


def test_more_settings_told_together_have_wider_intervals():
    """The intervals of five changes hold all at once, so each is wider than that of one alone."""
    case = scenario()
    flip = found_flip(case, "q.reservation", "low end, 0")
    (alone,) = proven_flips(case, [flip], first=40, worlds=300)
    many = proven_flips(case, [replace(flip) for _ in range(5)], first=40, worlds=300)
    name = max(alone.half, key=lambda key: alone.half[key])
    assert many[0].half[name] > alone.half[name] > 0


def test_without_fresh_worlds_flips_stay_as_they_were_found():
    """Nothing to play, nothing to prove."""
    case = scenario()
    flip = found_flip(case, "q.reservation", "low end, 0")
    assert proven_flips(case, [flip], first=40, worlds=0) == (flip,)


@pytest.mark.slow
def test_flips_of_the_ceasefire_are_the_same_over_seeds():
    """What is told of red lines that begin at the whole claim has the same sign over 7 seeds (by chance: p < .01)."""
    base = shipped("ceasefire")
    seen = 0
    for seed in range(7):
        case = change(base, {"seed": f"flips {seed}"})
        shares = Shares({}, 0)
        flip = Flip(
            "where red lines begin", "convention", "whole claim", shares, shares, changes_modal=False, distance=0
        )
        (told,) = proven_flips(case, [flip], first=0, worlds=120)
        assert told.change["stalemate"] < 0
        seen += told.seen
    assert seen >= 4
