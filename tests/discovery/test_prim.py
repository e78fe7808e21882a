"""PRIM on planted boxes: the published behaviour, options without an order, statistics, speed."""

import time

import numpy as np
import pytest

from sim.discovery import Box, Quality, boxes, prim
from sim.discovery.peeling import Peeling, peel
from sim.discovery.prim import quasi_p_value
from sim.foundations import InputError


def cube(size=2000, inputs=5, seed=1):
    """Uniform points."""
    return np.random.default_rng(seed).random((size, inputs))


@pytest.mark.slow
def test_a_planted_box_is_found():
    """x0 > .6 and x3 < .4: both limits within .02, coverage and density near 1, nothing else limited."""
    x = cube(10_000, 8)
    found = prim(x, (x[:, 0] > 0.6) & (x[:, 3] < 0.4))
    assert found.box.restricted == (0, 3)
    assert found.box.low[0] == pytest.approx(0.6, abs=0.02)
    assert found.box.high[3] == pytest.approx(0.4, abs=0.02)
    assert min(found.quality.coverage, found.quality.density) > 0.95
    assert found.reproduced == {0: 1.0, 3: 1.0}
    assert max(found.p_values.values()) < 1e-6


def test_time_grows_no_faster_than_in_proportion_to_the_points():
    """Ten thousand points in 8 inputs take less than 24 times as long as 1,250; by the square it were 64 times.

    They are timed by turns, and the least time of each counts: of three turns, and of more while the machine is busy.
    """
    fastest = {1_250: np.inf, 10_000: np.inf}
    for turn in range(9):
        for points in (1_250, 10_000):
            x = cube(points, 8)
            hits = (x[:, 0] > 0.6) & (x[:, 3] < 0.4)
            start = time.process_time()
            prim(x, hits, samples=0)
            fastest[points] = min(fastest[points], time.process_time() - start)
        if turn > 1 and fastest[10_000] < 24 * fastest[1_250]:
            break
    assert fastest[10_000] < 24 * fastest[1_250]


def test_options_without_an_order():
    """Two of four options in a noisy condition; the others are left out."""
    x = cube()
    x[:, 2] = np.floor(4 * x[:, 2])
    hits = np.isin(x[:, 2], [1, 3]) & (x[:, 0] > 0.5) & (cube(seed=2)[:, 0] < 0.9)
    found = prim(x, hits, unordered=[2])
    assert found.box.options[2] == {1.0, 3.0}
    assert found.box.restricted == (0, 2)


def test_an_input_of_few_values_is_peeled_value_by_value():
    """All points tied at an end go together."""
    x = cube()
    x[:, 1] = np.round(2 * x[:, 1]) / 2
    found = prim(x, x[:, 1] == 1.0)
    assert found.box.low == {1: 1.0}
    assert found.quality.density == 1.0


def test_the_path_gets_smaller_by_alpha_and_stops_at_the_least_mass():
    """Friedman & Fisher: each slice takes alpha of what is inside, until beta is left."""
    x = cube()
    how = Peeling(alpha=0.1, least=0.2)
    masses = [inside.mean() for _, inside in peel(x, (x[:, 0] > 0.5).astype(float), frozenset(), how)]
    np.testing.assert_allclose(np.diff(np.log(masses)), np.log(0.9), atol=0.005)
    assert 0.2 <= masses[-1] < 0.2 / 0.9


def test_pure_noise_has_no_significant_limit_or_is_not_reproduced():
    """What is found in noise does not come back in random halves, or is no limit at all."""
    x, hits = cube(), cube(seed=5)[:, 0] < 0.3
    found = prim(x, hits)
    assert found.quality.density < 0.45
    assert not found.reproduced or min(found.reproduced.values()) < 1.0


@pytest.mark.slow
def test_a_second_box_is_found_in_what_is_left():
    """Two planted corners, one box each."""
    x = cube(4000)
    hits = ((x[:, 0] > 0.7) & (x[:, 1] > 0.7)) | ((x[:, 0] < 0.25) & (x[:, 2] < 0.25))
    found = boxes(x, hits, most=2)
    inside = found[0].box.inside(x) | found[1].box.inside(x)
    assert len(found) == 2
    assert hits[inside].mean() > 0.9
    assert (hits & inside).sum() / hits.sum() > 0.85


def test_quasi_p_value_is_the_binomial_tail():
    """Ten points, five inside a useless limit with three of six hits: P(X >= 3 | 5, .6) = .68256."""
    x = np.array([0.0] * 5 + [1.0] * 5)[:, None]
    hits = np.array([1, 1, 1, 0, 0, 1, 1, 1, 0, 0], bool)
    assert quasi_p_value(Box({0: 1.0}, {}, {}), 0, x, hits) == pytest.approx(0.68256)


def test_quality_is_coverage_density_mass():
    """Counted by hand."""
    x = np.arange(10.0)[:, None]
    found = Quality.of(Box({0: 4.0}, {0: 7.0}, {}), x, x[:, 0] >= 6)
    assert (found.coverage, found.density, found.mass, found.inputs) == (0.5, 0.5, 0.4, 1)


def test_conditions_without_a_region_are_refused():
    """Everywhere or nowhere is no region; gaps are no points."""
    x = cube(50)
    for hits in (np.ones(50, bool), np.zeros(50, bool)):
        with pytest.raises(InputError, match="where"):
            prim(x, hits)
    with pytest.raises(InputError, match="gaps"):
        prim(np.full((50, 2), np.nan), x[:, 0] > 0.5)


def test_ema_workbench_finds_the_same_box():
    """Against the published implementation, where it can be imported."""
    ema = pytest.importorskip("ema_workbench.analysis.prim")
    import pandas as pd

    x = cube(4000, 4)
    hits = (x[:, 0] > 0.6) & (x[:, 3] < 0.4)
    limits = ema.Prim(pd.DataFrame(x, columns=list("abcd")), hits, threshold=0.8).find_box().box_lims[-1]
    found = prim(x, hits)
    assert found.box.low[0] == pytest.approx(float(limits["a"].iloc[0]), abs=0.03)
    assert found.box.high[3] == pytest.approx(float(limits["d"].iloc[1]), abs=0.03)
