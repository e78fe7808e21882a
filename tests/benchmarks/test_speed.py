"""Ratios measured in one run; never pass or fail on absolute time."""

import time

import numpy as np
import pytest

from sim.engine import simulate
from sim.scenario import draw, read_case
from sim.table import DealSpace, build

pytestmark = pytest.mark.slow


def seconds(action, repeats=3):
    """Least time of a few runs: what the machine can do when nothing disturbs it."""
    best = float("inf")
    for _ in range(repeats):
        start = time.perf_counter()
        action()
        best = min(best, time.perf_counter() - start)
    return best


@pytest.fixture(scope="module")
def space():
    """Deals of the ceasefire case."""
    return DealSpace.of(read_case("scenarios/ceasefire").scenario)


def test_a_block_of_draws_costs_far_less_than_its_draws_one_by_one(space):
    """Two hundred draws in one block take less than a fifth of the time of two hundred blocks of one draw."""
    scenario = space.scenario
    together = seconds(lambda: simulate(space, draw(scenario, np.arange(200))))
    alone = seconds(lambda: [simulate(space, draw(scenario, np.array([n]))) for n in range(20)], repeats=1) * 10
    assert together < alone / 5


def test_time_grows_no_faster_than_the_number_of_draws(space):
    """Four times the draws take at most about five times as long: nothing in a block is quadratic."""
    scenario = space.scenario
    small = seconds(lambda: simulate(space, draw(scenario, np.arange(120))))
    large = seconds(lambda: simulate(space, draw(scenario, np.arange(480))))
    assert large < 5.5 * small


def test_core_model_of_a_block(benchmark, space):
    """Time to build the core model of 200 draws, for the record."""
    benchmark(lambda: build(space, draw(space.scenario, np.arange(200))))


def test_whole_block(benchmark, space):
    """Time to build, negotiate and play 200 draws, for the record."""
    benchmark(lambda: simulate(space, draw(space.scenario, np.arange(200))))
