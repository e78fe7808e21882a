"""Ticks of axes of numbers: large ones as people say them, never a power of ten in the corner of the figure."""

from __future__ import annotations

from typing import Final

from matplotlib.axis import Axis
from matplotlib.figure import Figure, SubFigure
from matplotlib.ticker import MaxNLocator, ScalarFormatter

from sim.words import quantity

#: From here on numbers are told in thousands and millions; below, as in years, they stand without marks.
_LARGE: Final = 10_000
#: Of words as long as "3.25 M" so few fit along an axis.
_STEPS: Final = 5
#: Weeks, months or years from which an axis of times has ticks at whole ones only.
_WHOLE: Final = 2


class QuantityFormatter(ScalarFormatter):
    r"""Write ticks in full, and where they are large in the words of every other text: 3.4 M, 250,000.

    Example:
        >>> QuantityFormatter().format_ticks([3_200_000, 3_400_000]), QuantityFormatter().format_ticks([2025, 2030])
        (['3.2\xa0M', '3.4\xa0M'], ['2025', '2030'])
    """

    def __init__(self) -> None:
        super().__init__(useOffset=False)
        self.set_scientific(False)

    def format_ticks(self, values: list[float]) -> list[str]:
        """Write all ticks of an axis."""
        if max((abs(float(value)) for value in values), default=0.0) < _LARGE:
            return list(super().format_ticks(values))
        return [_worded(float(value)) for value in values]


def _worded(value: float) -> str:
    """A number that stays on one line, without the last digits of arithmetic."""
    return quantity(float(f"{value:.12g}")).replace(" ", "\u00a0").replace("-", "\N{MINUS SIGN}")


def whole_ticks(axis: Axis) -> None:
    """Let ticks of times stand at whole weeks, months or years; below two of them wherever they fit."""
    low, high = axis.get_view_interval()
    if high - low >= _WHOLE:
        axis.set_major_locator(MaxNLocator(nbins=9, steps=[1, 2, 2.5, 5, 10], integer=True))


def settle_numbers(page: Figure | SubFigure) -> None:
    """Let every axis of numbers whose ticks matplotlib chose write them in people's words."""
    for axes in page.get_axes():
        _settle(axes.xaxis, across=True)
        _settle(axes.yaxis, across=False)


def _settle(axis: Axis, *, across: bool) -> None:
    if type(axis.get_major_formatter()) is not ScalarFormatter or axis.get_scale() != "linear":
        return
    axis.set_major_formatter(QuantityFormatter())
    if max(map(abs, axis.get_view_interval())) >= _LARGE and across:
        axis.set_major_locator(MaxNLocator(nbins=_STEPS, steps=[1, 2, 2.5, 5, 10]))
