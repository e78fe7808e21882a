"""Bargaining over a policy on a line."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.equilibria import banks_duggan, banks_duggan_limit
from sim.foundations import InputError

LINE = [0, 0.2, 0.45, 0.8, 1]
CHANCES = [0.3, 0.25, 0.1, 0.15, 0.2]


@pytest.mark.parametrize(("delta", "power"), [(0.9, 1), (0.99, 2), (0.6, 1.5)])
def test_three_voters(delta, power):
    """Voters at 0, .5 and 1 accept within ((1 - delta) / (1 - 2 delta / 3)) ** (1 / power) of the median."""
    radius = min(0.5, ((1 - delta) / (1 - 2 * delta / 3)) ** (1 / power))
    assert banks_duggan([0, 0.5, 1], [1 / 3] * 3, delta, 2, power).proposals == pytest.approx(
        [0.5 - radius, 0.5, 0.5 + radius]
    )


def test_five_voters():
    """Impatient voters propose their ideals, patient ones gather round the median."""
    assert banks_duggan(LINE, CHANCES, 0.8, 3, 2).proposals == pytest.approx(LINE)
    near = banks_duggan(LINE, CHANCES, 0.99, 3, 2).proposals
    assert near == pytest.approx([0.1827, 0.2, 0.45, 0.7173, 0.7173], abs=1e-4)
    assert banks_duggan_limit(LINE, CHANCES, 3, 2) == 0.45


def test_unanimity_is_between_the_extremes():
    """Ideals .1, .2, .9: proposals .38 and .62 at delta = .8, and .5 in the limit; not the median, not Nash's point."""
    found = banks_duggan([0.1, 0.2, 0.9], [0.2, 0.3, 0.5], 0.8, 3)
    assert (found.low, found.high) == pytest.approx((0.38, 0.62))
    assert banks_duggan_limit([0, 0.1, 1], [0.4, 0.3, 0.3], 3) == pytest.approx(0.3)


@given(
    st.lists(st.tuples(st.floats(0, 1), st.floats(0.05, 1)), min_size=3, max_size=7),
    st.floats(0, 0.97),
    st.integers(0, 4),
    st.sampled_from([1.0, 2.0, 3.0]),
)
def test_votes_agree_with_values(voters, delta, extra, power):
    """Voting by what they expect, at least the quota accepts inside the interval and fewer outside; nobody waits."""
    x, p = np.array(voters).T
    p /= p.sum()
    quota = min(len(x) // 2 + 1 + extra, len(x))
    found = banks_duggan(x, p, delta, quota, power)

    def accepting(policy):
        return (1 - np.abs(policy - x) ** power >= delta * found.value - 1e-9).sum()

    for policy in found.proposals:
        assert accepting(policy) >= quota
    for policy in (found.low - 1e-3, found.high + 1e-3):
        if x.min() <= policy <= x.max():
            assert accepting(policy) < quota


@given(st.lists(st.tuples(st.floats(0, 1), st.floats(0.05, 1)), min_size=3, max_size=6), st.sampled_from([1.0, 2.0]))
def test_patience_leads_to_the_limit(voters, power):
    """Proposals of very patient voters under unanimity lie close to the limit, and at delta = 1 on it."""
    x, p = np.array(voters).T
    p /= p.sum()
    limit = banks_duggan_limit(x, p, len(x), power)
    near = banks_duggan(x, p, 1 - 1e-7, len(x), power)
    assert near.low - 1e-3 <= limit <= near.high + 1e-3
    assert banks_duggan(x, p, 1.0, len(x), power).proposals == pytest.approx(limit)


def test_refusals():
    """A minority cannot carry a policy, and utilities must not fall below that of delay."""
    with pytest.raises(InputError, match="more than half"):
        banks_duggan([0, 0.5, 1], [1 / 3] * 3, 0.9, 1)
    with pytest.raises(InputError, match="at most 1 apart"):
        banks_duggan([0, 2], [0.5, 0.5], 0.9, 2)
