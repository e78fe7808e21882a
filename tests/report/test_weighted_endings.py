"""Conditioning by weights: as a toy reckons by hand, and as accurate as keeping worlds where both can be had."""

import numpy as np
import pytest

from sim.report.weighted_endings import LOW, effective_number, observation_weights, weighted_endings
from sim.runs import run
from tests.engine.staged import with_numbers
from tests.runs.test_openings import number, toy


def seen(bluff):
    """Q signs nothing, it was seen to say; it does where its worth of no deal is high, in about half of the worlds."""
    observed = {"says": "rejects", "actor": "q", "bluff": bluff, "deals": {"levels": {"x": ["b"]}}, "claims": ["said"]}
    return with_numbers(toy(lines=(), worth=number(0.4, 0.0, 0.9)), {"observations.q_says_no": observed})


def test_effective_numbers():
    """Equal weights count in full, a single heavy one as one."""
    assert effective_number(np.ones(7)) == pytest.approx(7)
    assert effective_number(np.array([1.0, 0.0, 0.0])) == pytest.approx(1)
    assert effective_number(np.zeros(3)) == 0


def test_a_world_counts_by_the_bluff_it_takes():
    """Where the observation holds the weight is 1, elsewhere the chance of a bluff."""
    case = seen(number(0.3))
    results = run(case, 60)
    weights = observation_weights(results, case)
    holds = results["holds"].values[:, 0].astype(bool)
    assert 0 < holds.sum() < 60
    assert weights[holds] == pytest.approx(1)
    assert weights[~holds] == pytest.approx(0.3)


def test_enough_worlds_that_fit_need_no_weights():
    """Weights are told only where hardly any world fits."""
    case = seen(number(0.3))
    assert weighted_endings(run(case, 60), case) is None


def test_weights_and_kept_worlds_agree():
    """Of rare observations the weighted shares are those of kept worlds, within their errors, from more worlds."""
    observed = {
        "says": "accepts",
        "actor": "q",
        "bluff": number(0.05),
        "deals": {"levels": {"x": ["b"]}},
        "claims": ["said"],
    }
    case = with_numbers(toy(lines=(), worth=number(0.7, 0.655, 1.0)), {"observations.q_says_yes": observed})
    results = run(case, 1500)
    kept = results["consistent"].values.astype(bool)
    assert 0 < kept.mean() < LOW
    found = weighted_endings(results, case)
    assert found.effective > kept.sum()
    share = (results["ending"].values[kept] == 0).mean()
    error = np.hypot(np.sqrt(share * (1 - share) / kept.sum()), found.error["deal"])
    assert abs(found.share["deal"] - share) < 3 * error + 1e-9
    assert sum(found.share.values()) == pytest.approx(1)
