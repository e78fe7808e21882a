"""Memory that is kept changes no number, and is asked for once."""

import numpy as np

from sim.foundations.kept_memory import keep_freed_memory


def test_arrays_are_what_they_were():
    """Before and after, the same arithmetic in large arrays gives the same bits; the answer does not change."""
    numbers = np.random.default_rng(0).random(2_000_000)
    before = np.sort(numbers * 3.0)
    told = keep_freed_memory(2**26)
    assert np.array_equal(np.sort(numbers * 3.0), before)
    assert keep_freed_memory(2**26) is told
