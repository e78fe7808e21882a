"""How numbers are written, each kind once: shares, their intervals, changes, lengths of time, quantities with units."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

import numpy as np

from sim.foundations import NOTHING, Floats, Z, in_hundred, percent
from sim.scenario import widening_words


def wilson(count: Floats | float, size: float) -> tuple[Floats, Floats]:
    """95 % interval of a share: what chance in the draws alone may have done to it.

    Args:
        count: how many draws, any shape
        size:  out of how many
    Returns:
        low, high, same shape; 0 and 1 where there are no draws
    Source:  Wilson 1927, J Am Stat Assoc 22:209-212
    Example:
        >>> [round(float(end), 3) for end in wilson(np.array(5.0), 10)]
        [0.237, 0.763]
    """
    counted = np.asarray(count, dtype=float)
    if size == 0:
        return np.zeros_like(counted), np.ones_like(counted)
    share = counted / size
    middle = (share + Z**2 / (2 * size)) / (1 + Z**2 / size)
    half = Z / (1 + Z**2 / size) * np.sqrt(share * (1 - share) / size + Z**2 / (4 * size**2))
    # rounding must not push the share itself out of its interval
    return np.minimum(np.maximum(middle - half, 0.0), share), np.maximum(np.minimum(middle + half, 1.0), share)


#: What changes of shares are counted in.
POINTS: Final = "points"


@dataclass(frozen=True)
class Proportion:
    """A share of some worlds, with the 95 % interval of what chance in drawing them may have done to it.

    count: in how many worlds, 0..size
    size:  out of how many, 0 or more

    Example:
        >>> str(Proportion(52, 100)), str(Proportion(0, 20)), str(Proportion(1, 30)), str(Proportion(20, 20))
        ('52 ± 10 %', '0 % (at most 16 %)', '3 % (1–17 %)', '100 % (at least 84 %)')
    """

    count: float
    size: int

    @property
    def share(self) -> float:
        """The share, 0..1; nan where there are no worlds."""
        return self.count / self.size if self.size else math.nan

    @property
    def interval(self) -> tuple[float, float]:
        """Ends of the 95 % interval, 0..1; the whole range where there are no worlds."""
        low, high = wilson(self.count, self.size)
        return float(low), float(high)

    def __str__(self) -> str:
        return share_words(self.share, *self.interval, single=self.size == 1)


def share_words(share: float, low: float, high: float, *, single: bool = False) -> str:
    """Write a share with its interval: ± where both sides round alike, else its two ends.

    Args:
        share:     0..1
        low, high: ends of the interval, 0..1
        single:    of one world only, about which an interval says nothing
    Example:
        >>> share_words(0.52, 0.49, 0.55), share_words(0.03, 0.004, 0.167), share_words(0.5, 0.499, 0.501)
        ('52 ± 3 %', '3 % (<1–17 %)', '50 %')
        >>> share_words(0.002, 0.0005, 0.011), share_words(0.99, 0.97, 0.997)
        ('<1 % (at most 1 %)', '99 % (at least 97 %)')
    """
    if math.isnan(share):
        return NOTHING
    if single or max(share - low, high - share) < 0.005:
        return percent(share)
    if percent(share) in {"0 %", "<1 %"}:
        return f"{percent(share)} (at most {percent(high)})"
    if percent(high) in {"100 %", ">99 %"}:
        return f"{percent(share)} (at least {percent(low)})"
    below, above = round(100 * (share - low)), round(100 * (high - share))
    shown, half = round(100 * share), max(1, round(50 * (high - low)))
    if abs(below - above) <= 1 and shown - half > 0 and shown + half < 100:
        return f"{shown} ± {half} %"
    return f"{percent(share)} ({percent(low).removesuffix(' %')}–{percent(high)})"


def share_with_half(share: float, half: float) -> str:
    """Write a share with half of an interval that was made otherwise, as by resampling; it ends at 0 and at 1.

    Args:
        half: nan where it is not known
    Example:
        >>> share_with_half(0.42, 0.071), share_with_half(0.02, 0.04), share_with_half(0.0, 0.0)
        ('42 ± 7 %', '2 % (0–6 %)', '0 %')
    """
    if math.isnan(half):
        return percent(share)
    return share_words(share, max(share - half, 0.0), min(share + half, 1.0))


def widened_words(factor: float) -> str:
    """Say that ranges are wider than stated; empty where they are not.

    Example:
        >>> widened_words(1.29)
        'Stated ranges are widened: half-widths × 1.29 (people state ranges too narrow).'
    """
    if factor == 1:
        return ""
    return f"Stated ranges are widened: half-widths {widening_words(factor)} (people state ranges too narrow)."


def percent_span(low: float, high: float) -> str:
    """Write from where to where a share goes; one share where both read alike.

    Example:
        >>> percent_span(0.12, 0.5), percent_span(1.0, 1.0)
        ('12 % to 50 %', '100 %')
    """
    ends = percent(low), percent(high)
    return ends[0] if ends[0] == ends[1] else f"{ends[0]} to {ends[1]}"


def half_width(error: float) -> float:
    """Half of a 95 % interval of a mean or a difference, from its standard error."""
    return Z * error


def clear(change: float, error: float) -> bool:
    """Whether a change is more than chance in the draws makes of nothing in 95 of 100 cases."""
    return abs(change) > half_width(error)


def with_half(value: float, error: float, digits: int = 2, *, signed: bool = False) -> str:
    """Write a mean, an index or a difference with half of its 95 % interval.

    Args:
        signed: with a plus as well
    Example:
        >>> with_half(0.3141, 0.01), with_half(float("nan"), 0.1), with_half(2.0, 0.0)
        ('0.31 ± 0.02', '–', '2.00')
    """
    return value_with_half(value, half_width(error), digits, signed=signed)


def value_with_half(value: float, half: float, digits: int = 2, *, signed: bool = False) -> str:
    """Write the same where half of the interval was made otherwise, as by resampling."""
    if math.isnan(value):
        return NOTHING
    text = f"{round(value, digits) + 0.0:{'+' if signed else ''}.{digits}f}"
    return text if not half > 0 else f"{text} ± {half:.{digits}f}"


def points(change: float, error: float = 0.0, digits: int = 0) -> str:
    """Write a change of a share in percentage points, with half of its 95 % interval.

    Example:
        >>> points(0.031, 0.004, 1), points(-0.2), points(0.0), points(0.031, 0.004)
        ('+3.1 ± 0.8', '-20', '0', '+3 ± 1')
    """
    if math.isnan(change):
        return NOTHING
    text = f"{0:.{digits}f}" if round(100 * abs(change), digits) == 0 else f"{100 * change:+.{digits}f}"
    return f"{text} ± {100 * half_width(error):.{digits}f}" if error > 0 else text


def points_with_half(change: float, half: float) -> str:
    """Write the same where half of the interval was made otherwise.

    Example:
        >>> points_with_half(0.314, 0.0203), points_with_half(-0.2, 0.0)
        ('+31 ± 2', '-20')
    """
    return value_with_half(100 * change, 100 * half, 0, signed=True)


def part_with_half(part: float, half: float = 0.0) -> str:
    """Write a part of some amount, which may be more than all of it or less than nothing of it, with its interval.

    Args:
        half: of a 95 % interval; not written below half a percent
    Example:
        >>> part_with_half(0.314, 0.02), part_with_half(1.2, 0.004), part_with_half(float("nan"))
        ('31 ± 2 %', '120 %', '–')
    """
    if math.isnan(part):
        return NOTHING
    return f"{value_with_half(100 * part, 0.0 if half < 0.005 else 100 * half, 0)} %"


def signed_part(part: float, digits: int = 0) -> str:
    """Write what is gained or lost as a part of some amount.

    Example:
        >>> signed_part(0.0314, 1), signed_part(-0.2), signed_part(float("nan"))
        ('+3.1 %', '-20 %', '–')
    """
    return NOTHING if math.isnan(part) else f"{points(part, digits=digits)} %"


def signed_value(value: float) -> str:
    """Write what speaks for something or against it, in the payoffs of a round.

    Example:
        >>> signed_value(0.0314), signed_value(-0.2)
        ('+0.031', '−0.200')
    """
    return f"{value:+.3f}".replace("-", "−")


def plus_minus(half: float) -> str:
    """Write how far chance may have moved shares, from half of their 95 % interval; never less than a point.

    Example:
        >>> plus_minus(0.098), plus_minus(0.002)
        ('± 10 points', '± 1 point')
    """
    return f"± {whole_points(half)}"


def whole_points(size: float, noun: str = "points") -> str:
    """Write the size of a change of a share in whole points, never less than one.

    Args:
        size: 0..1
        noun: what they are called, in the plural
    Example:
        >>> whole_points(0.098), whole_points(0.002, "percentage points")
        ('10 points', '1 percentage point')
    """
    return counted(max(1, round(100 * size)), noun)


def half_percent(half: float) -> str:
    """Write half of an interval of a share beside which no share stands.

    Example:
        >>> half_percent(0.098)
        '± 10 %'
    """
    return f"± {in_hundred(half)} %"


def sure_percent(low: float) -> str:
    """Write a share that is reached for sure: rounded down, so that it is still; from 95 % on to a tenth.

    Example:
        >>> sure_percent(0.839), sure_percent(0.9968)
        ('83 %', '99.6 %')
    """
    least = 100 * low
    return f"{math.floor(least)} %" if least < 95 else f"{math.floor(10 * least) / 10:.1f} %"


def counted(count: int, noun: str) -> str:
    """Write how many there are of something.

    Args:
        noun: in the plural, formed with s
    Example:
        >>> counted(1, "worlds"), counted(2000, "worlds")
        ('1 world', '2,000 worlds')
    """
    return f"{count:,} {noun.removesuffix('s') if count == 1 else noun}"


def duration(years: float, round_years: float = 0.0) -> str:
    """Write a length of time as people say it.

    Args:
        round_years: length of a round; where that is a week or so, what is less than a year is told in weeks
    Example:
        >>> duration(10.0), duration(0.5), duration(1 / 12), duration(0.02), duration(0.0)
        ('10 years', '6 months', '1 month', '1 week', 'no time')
        >>> duration(3 / 365.25), duration(10 / 365.25), duration(6 / 24 / 365.25)
        ('3 days', '10 days', 'less than a day')
        >>> duration(12 * 7 / 365.25), duration(12 * 7 / 365.25, 7 / 365.25), duration(40 * 7 / 365.25, 7 / 365.25)
        ('3 months', '12 weeks', '40 weeks')
    """
    weekly = 0 < round_years < 1 / 24 and years < 0.95
    for size, word in ((1.0, "year"), (1 / 12, "month"), (7 / 365.25, "week"), (1 / 365.25, "day"))[2 * weekly :]:
        count = years / size
        if count >= 0.95 and (word in {"month", "day"} or count >= 1.95 or abs(count - 1) < 0.05):
            shown = f"{count:.1f}".removesuffix(".0") if count < 10 and size == 1 else f"{count:.0f}"
            return f"{shown} {word}{'' if shown == '1' else 's'}"
    return "less than a day" if years > 0 else "no time"


def enumerated(items: list[str] | tuple[str, ...], joint: str = "and") -> str:
    """Join words as in a sentence.

    Example:
        >>> enumerated(["a", "b", "c"]), enumerated(["a", "b"], "or"), enumerated(["a"])
        ('a, b and c', 'a or b', 'a')
    """
    return f" {joint} ".join([", ".join(items[:-1]), items[-1]]) if len(items) > 1 else "".join(items)


def without_article(noun: str) -> str:
    """A noun as it stands in a list or below a bar.

    Example:
        >>> without_article("a partial deal"), without_article("an accord"), without_article("no deal")
        ('partial deal', 'accord', 'no deal')
    """
    first, _, rest = noun.partition(" ")
    return rest if first in {"a", "an", "the"} and rest else noun


def capital(text: str) -> str:
    """Text with its first letter large.

    Example:
        >>> capital("a truce")
        'A truce'
    """
    return text[:1].upper() + text[1:]
