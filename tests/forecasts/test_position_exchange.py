"""Two give way to each other, each on what he minds less, and gain the same."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.forecasts import PositionExchange, Stakeholders
from sim.foundations import InputError


def pair(salience, positions=((0.0, 0.0), (1.0, 1.0))):
    """Two actors, two issues, equal capability, on a scale from 0 to 1."""
    return Stakeholders(
        np.array([positions]), np.array([salience]), np.ones((1, 2)), np.zeros(2), np.ones(2), np.full((1, 2), np.nan)
    )


def best(found):
    """The best exchange of the first draw."""
    return PositionExchange().best(found.position, found.position, found.salience, found.weight)


def test_a_symmetric_trade_gives_each_what_he_minds_more():
    """Each gives the issue that is worth 0.2 to him for the one worth 0.8: expected 0.2 and 0.8 become 0 and 1."""
    found = pair([[0.8, 0.2], [0.2, 0.8]])
    traded = best(found)
    # the giver's whole vote on an issue moves the mean by 0.2 there; both gain 0.8 * 0.2 - 0.2 * 0.2
    assert traded.gain[0] == pytest.approx(0.8 * 0.2 - 0.2 * 0.2)
    assert PositionExchange().predict(found).decision[0] == pytest.approx([0, 1])


def test_the_smaller_stake_sets_the_rate():
    """One would gain more by a whole move, so he moves the mean as far as makes both gain alike, by pencil."""
    found = pair([[0.9, 0.3], [0.5, 0.5]])
    traded = best(found)
    # first gives on issue 2, second on issue 1; b = a * (0.3 + 0.5) / (0.9 + 0.5), a at most 0.3 / 0.8
    a = min(0.3 / 0.8, 0.5 / 1.4 * 1.4 / 0.8)
    b = a * 0.8 / 1.4
    assert traded.gain[0] == pytest.approx(0.9 * b - 0.3 * a)
    assert traded.gain[0] == pytest.approx(0.5 * a - 0.5 * b)


def test_nothing_to_trade_where_both_care_alike_or_stand_together():
    """Equal priorities, or positions on the same side of what is expected, leave the means as they are."""
    same = pair([[0.5, 0.5], [0.5, 0.5]])
    together = pair([[0.9, 0.1], [0.1, 0.9]], ((1.0, 1.0), (1.0, 1.0)))
    for found in (same, together):
        assert best(found).gain[0] == pytest.approx(0, abs=1e-12)
        means = (found.position * found.weight).sum(axis=1) / found.weight.sum(axis=1)
        assert PositionExchange().predict(found).decision == pytest.approx(means)


@given(st.integers(0, 10_000))
def test_every_exchange_pays_both_who_make_it(seed):
    """In salience times distance of the expected decision the two gain the same, and votes stay on the scale."""
    rng = np.random.default_rng(seed)
    found = Stakeholders(rng.uniform(0, 1, (2, 5, 3)), rng.uniform(0.05, 1, (2, 5, 3)), rng.uniform(0.2, 1, (2, 5)),
                         np.zeros(3), np.ones(3), np.full((2, 3), np.nan))  # fmt: skip
    traded = best(found)
    for draw in range(2):
        if traded.gain[draw] < 1e-6:
            continue
        i, j = traded.giver[draw], traded.taker[draw]
        vote = found.position[draw].copy()
        before = (vote * found.weight[draw]).sum(axis=0) / found.weight[draw].sum(axis=0)
        for actor, other, issue, step in (
            (i, j, traded.given[draw], traded.by_giver[draw]),
            (j, i, traded.wanted[draw], traded.by_taker[draw]),
        ):
            vote[actor, issue] += np.sign(vote[other, issue] - vote[actor, issue]) * step
        after = (vote * found.weight[draw]).sum(axis=0) / found.weight[draw].sum(axis=0)
        for actor in (i, j):
            loss = [
                (found.salience[draw, actor] * np.abs(found.position[draw, actor] - x)).sum() for x in (before, after)
            ]
            assert loss[0] - loss[1] == pytest.approx(traded.gain[draw], abs=1e-9)
    decision = PositionExchange().predict(found).decision
    assert ((decision >= -1e-9) & (decision <= 1 + 1e-9)).all()


def test_settings_are_checked():
    """No exchanges, or all of the gain for one side, are errors."""
    with pytest.raises(InputError, match="not 0"):
        PositionExchange(exchanges=0)
    with pytest.raises(InputError, match="between 0 and 1"):
        PositionExchange(shared=1.0)
