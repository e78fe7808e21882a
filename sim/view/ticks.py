"""Round numbers along an axis."""

from __future__ import annotations

from matplotlib.ticker import MaxNLocator


def round_ticks(low: float, high: float, most: int) -> list[float]:
    """Round numbers between two ends, at most so many steps of them.

    Example:
        >>> round_ticks(0.6, 0.97, 4)
        [0.6, 0.7, 0.8, 0.9]
    """
    steps = MaxNLocator(most, steps=[1, 2, 2.5, 5, 10]).tick_values(low, high)
    slack = 1e-9 * max(abs(low), abs(high), 1e-9)
    return [float(f"{value:.12g}") for value in steps if low - slack <= value <= high + slack]


def said(value: float) -> str:
    """A tick in words.

    Example:
        >>> said(-0.25), said(0.0), said(2000000.0)
        ('−0.25', '0', '2,000,000')
    """
    if abs(value) < 1e-12:
        return "0"
    text = f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.4g}"
    return text.replace("-", "−")
