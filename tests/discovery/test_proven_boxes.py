"""Search does not find boxes in noise, and finds planted ones, at the size of a real case."""

import numpy as np
import pytest

from sim.discovery import LEAST, LEVEL, proven_boxes
from sim.discovery.proven_boxes import screened

#: Size of the case of the README: numbers that are drawn, and worlds.
INPUTS, POINTS = 118, 1_000


def noise(seed):
    """Points of which three in ten are sought wherever they lie."""
    rng = np.random.default_rng(seed)
    return rng.random((POINTS, INPUTS)), rng.random(POINTS) < 0.3


def planted(seed, high=0.8, low=0.2):
    """A quarter of the points lie in a box of two limits; four in five of them are sought, one in five elsewhere."""
    rng = np.random.default_rng(seed)
    x = rng.random((POINTS, INPUTS))
    inside = (x[:, 0] > 0.6) & (x[:, 3] < 0.4)
    return x, rng.random(POINTS) < np.where(inside, high, low)


@pytest.mark.slow
def test_noise_gives_a_box_in_one_set_of_twenty_at_most():
    """The stated level is 5 %: of 40 sets two are expected at most, and more than five would refute it (p < .02)."""
    found = [bool(proven_boxes(*noise(seed), samples=0, most=1)[0]) for seed in range(40)]
    assert sum(found) <= 5


@pytest.mark.slow
def test_a_planted_box_is_found_nine_times_in_ten():
    """Promised is 90 % for a box like this one; its two numbers and no other are limited, on the right side."""
    right = 0
    for seed in range(100, 115):
        boxes, chance = proven_boxes(*planted(seed), samples=0, most=1, permutations=19)
        if boxes and boxes[0].found.box.restricted == (0, 3):
            box = boxes[0].found.box
            right += 0 in box.low and 3 in box.high and chance <= LEVEL
    assert right >= 13


@pytest.mark.slow
def test_density_is_told_on_points_held_out():
    """It is lower than that on the points the box was found on, and far above that of all points."""
    x, hits = planted(101)
    (one,), _ = proven_boxes(x, hits, samples=4, most=1, permutations=39)
    assert hits.mean() + 0.1 < one.held_density < one.found.quality.density + 0.02
    assert one.held_points > 50
    assert set(one.found.reproduced) == {0, 3}


def test_screening_keeps_what_differs():
    """Limits and options of a planted box are among the few that are searched; ties make no distance."""
    rng = np.random.default_rng(3)
    x = rng.random((400, 60))
    x[:, 5] = np.floor(4 * x[:, 5])
    x[:, 9] = 1.0
    hits = (x[:, 0] > 0.6) & np.isin(x[:, 5], [0, 2])
    found = screened(x, hits, frozenset({5}), most=4)
    assert {0, 5} <= set(found)
    assert 9 not in found


def test_too_few_points_are_not_searched():
    """With fewer than 20 that are sought nothing is looked for, and no chance is told."""
    x = np.random.default_rng(1).random((200, 4))
    hits = np.zeros(200, bool)
    hits[: LEAST - 1] = True
    boxes, chance = proven_boxes(x, hits)
    assert boxes == ()
    assert np.isnan(chance)


@pytest.mark.slow
def test_a_second_box_is_proven_in_what_is_left():
    """Two planted corners, one box each, each with a test of its own."""
    x = np.random.default_rng(1).random((1500, 4))
    hits = ((x[:, 0] > 0.7) & (x[:, 1] > 0.7)) | ((x[:, 0] < 0.25) & (x[:, 2] < 0.25))
    found, _ = proven_boxes(x, hits, samples=0, permutations=19)
    assert len(found) == 2
    assert all(one.p_search <= LEVEL for one in found)
