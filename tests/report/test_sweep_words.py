"""A sweep in sentences: which ending is where, what moves it, how sure, on made-up points whose answer is plain."""

import numpy as np
import pytest

from sim.report.sweep_points import SweptPoints
from sim.report.sweep_words import effects, moves, where

ENDINGS = ("truce", "stalemate")


def swept(truce, **more):
    """Three places on a range by two choices; the share of a truce at each, the rest stalemate."""
    share = np.array(truce, float).ravel()
    share = np.stack([share, 1 - share], axis=1)
    count = len(share)
    made = {
        "group": "all",
        "endings": ENDINGS,
        "place": np.arange(count),
        "values": {"x": np.repeat([0.0, 0.5, 1.0], 2), "choice": np.tile(["b", "a"], 3)},
        "titles": {"x": "The range", "choice": "The choice"},
        "base": {"x": 0.5, "choice": "a"},
        "design": "grid",
        "draws": 100,
        "common": True,
        "share": share,
        "error": np.sqrt(share * (1 - share) / 100),
        "modal": share.argmax(axis=1),
        "any_deal": np.zeros(count),
        "any_deal_error": np.zeros(count),
        "counted": np.full(count, 100),
        "kept": np.full(count, 100),
        "failed": np.zeros(count, int),
    }
    return SweptPoints(**{**made, **more})


def test_it_says_where_each_ending_prevails():
    """Along the axis that moves most."""
    found = swept([[0.1, 0.1], [0.2, 0.1], [0.9, 0.8]])
    assert where(found) == (
        "No deal is the most frequent ending at 4 of 6 points and a truce at 2: "
        "along “The range”, no deal with 0 to 0.5; a truce with 1."
    )


def test_one_ending_everywhere_is_told_with_its_ends():
    """From its least share to its most, with errors and places."""
    told = where(swept([[0.1, 0.1], [0.2, 0.1], [0.3, 0.0]]))
    assert told.startswith("No deal is the most frequent ending at all 6 points, from 70% ± 9 with “The range” at 1")
    assert told.endswith("to 100% with “The range” at 1 and “The choice” at “a”.")


def test_the_axis_that_moves_most_comes_first():
    """By the mean share over the other axis; the size of the other is told beside it."""
    found = effects(swept([[0.1, 0.3], [0.5, 0.7], [0.7, 0.9]]))
    assert [one.axis for one in found] == ["x", "choice"]
    assert [one.size for one in found] == pytest.approx([0.6, 0.2])
    assert found[1].high == "“a”"
    assert "“The range” moves it most: a truce in 20% ± 7 of worlds with 0" in moves(
        swept([[0.1, 0.3], [0.5, 0.7], [0.7, 0.9]])
    )


def test_errors_of_the_same_worlds_do_not_cancel():
    """A mean over points is as unsure as its points where they share worlds, surer where they do not."""
    alike, apart = (swept([[0.5, 0.5]] * 3, common=common).mean(np.ones(6, bool), 0)[1] for common in (True, False))
    assert alike == pytest.approx(0.05)
    assert apart == pytest.approx(0.05 / np.sqrt(6))


def test_nothing_moves_what_is_the_same_everywhere():
    """And that is said."""
    assert moves(swept([[0.5, 0.5]] * 3)) == "Nothing that was varied moves any ending at all."


def test_a_lead_within_chance_is_not_sure():
    """52 of 100 is no majority to rely on, 90 of 100 is."""
    assert swept([[0.52, 0.9], [0.1, 0.48], [0.5, 0.7]]).sure.tolist() == [False, True, True, False, False, True]


def test_one_at_a_time_looks_at_the_points_of_its_own_axis():
    """Points that vary another axis say nothing about this one."""
    values = {"x": np.array([0.5, 0.0, 1.0, 0.5]), "choice": np.array(["a", "a", "a", "b"])}
    found = swept([0.5, 0.2, 0.8, 0.0], design="one-at-a-time", values=values)
    x = {one.axis: one for one in effects(found)}["x"]
    assert x.share == pytest.approx((0.2, 0.8))
    middle = next(level for level in found.levels("x") if level.name == "0.5")
    assert middle.where.tolist() == [True, False, False, False]


def test_many_values_are_told_in_thirds():
    """A random design has no two points alike."""
    count = 30
    share = np.linspace(0, 1, count)
    values = {"x": np.linspace(2.0, 5.0, count), "choice": np.full(count, "a")}
    found = swept(share, design="lhs", values=values)
    assert [level.name for level in found.levels("x")] == ["2 to 3", "3 to 4", "4 to 5"]
    assert sum(int(level.where.sum()) for level in found.levels("x")) == count
