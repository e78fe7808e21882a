"""Whether one of two counts is larger by more than chance may do, where both are of the same worlds."""

from __future__ import annotations

from typing import Final

from scipy.special import bdtr  # scipy.stats takes as long to load as a figure to draw

_CHANCE: Final = 0.05


def clearly_more(only_one: int, only_other: int) -> bool:
    """Whether more worlds have the one without the other than the other without the one, by more than chance.

    Worlds that have both, or neither, say nothing about which is more frequent.

    Args:
        only_one:   worlds that have the one and not the other, 0 or more
        only_other: worlds that have the other and not the one, 0 or more
    Source:  McNemar 1947, Psychometrika 12:153-157; the exact test of signs, two-sided at 5 %
    Example:
        >>> clearly_more(6, 0), clearly_more(5, 0), clearly_more(30, 25), clearly_more(0, 9)
        (True, False, False, False)
    """
    if only_one <= only_other:
        return False
    return bool(2 * bdtr(only_other, only_one + only_other, 0.5) < _CHANCE)
