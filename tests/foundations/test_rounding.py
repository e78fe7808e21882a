"""Numbers on axes and in tables have three digits, and more only where two would look the same."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.foundations import short_number


@pytest.mark.parametrize(
    ("value", "text"),
    [(1 / 15, "0.0667"), (0.1 + 0.2, "0.3"), (-2 / 3, "-0.667"), (0, "0"), (2026, "2026"), (12345.6, "12346"),
     (1e-7, "1e-07"), (1.5e9, "1.5e+09")],
)  # fmt: skip
def test_three_digits_and_whole_numbers_whole(value, text):
    """Noise of binary fractions and long tails are gone; years are not rounded."""
    assert short_number(value) == text


@pytest.mark.slow
@given(st.lists(st.floats(-1e4, 1e4), min_size=2, max_size=8, unique_by=lambda value: f"{value:.10g}"))
def test_neighbours_are_told_apart(values):
    """Different values have different labels, each within half of its last digit."""
    told = [short_number(value, values) for value in values]
    assert len(set(told)) == len(values)
    assert all(abs(float(text) - value) <= 0.005 * abs(value) for text, value in zip(told, values, strict=True))
