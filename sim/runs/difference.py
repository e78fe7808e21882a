"""How the shares of two runs differ, and how sure that is."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from pydantic import computed_field

from sim.foundations import Bools, Ints
from sim.foundations.plain_data import Real
from sim.words import Proportion


@dataclass(frozen=True)
class Shares:
    """Shares of named outcomes among some draws.

    count: name -> how many of the draws, 0..draws
    draws: how many draws there were
    """

    count: Mapping[str, int]
    draws: int

    @classmethod
    def of(cls, codes: Ints, names: Sequence[str], where: Bools | None = None) -> Shares:
        """Count codes among the draws ``where`` (B,).

        Example:
            >>> Shares.of(np.array([0, 0, 1, 1]), ["truce", "war"]).share
            {'truce': 0.5, 'war': 0.5}
        """
        chosen = codes if where is None else codes[np.asarray(where, bool)]
        found = np.bincount(chosen, minlength=len(names))
        return cls({name: int(value) for name, value in zip(names, found, strict=False)}, len(chosen))

    @computed_field  # type: ignore[prop-decorator]
    @property
    def share(self) -> dict[str, float]:
        """Name -> share of the draws, 0..1; nan for all where there are none."""
        return {name: count / self.draws if self.draws else math.nan for name, count in self.count.items()}

    @computed_field  # type: ignore[prop-decorator]
    @property
    def error(self) -> dict[str, float]:
        """Name -> Monte Carlo standard error of the share."""
        return {name: math.sqrt(p * (1 - p) / self.draws) if self.draws else p for name, p in self.share.items()}

    def proportion(self, name: str) -> Proportion:
        """Return one share with its interval; of an outcome that is not among the names 0."""
        return Proportion(self.count.get(name, 0), self.draws)

    @property
    def modal(self) -> str:
        """The most frequent outcome; the first named on a tie; empty without draws."""
        return max(self.count, key=lambda name: self.count[name]) if self.draws else ""


@dataclass(frozen=True)
class Difference:
    """Change of shares from one run to another.

    share:  name -> second share minus first
    error:  name -> standard error of that difference
    paired: whether the same draws were compared, which makes the error small
    """

    share: Mapping[str, Real]
    error: Mapping[str, Real]
    paired: bool


def difference(
    before: Ints,
    after: Ints,
    names: Sequence[str],
    *,
    where_before: Bools | None = None,
    where_after: Bools | None = None,
    paired: bool = True,
) -> Difference:
    """Compare two runs on shares; on the same draws the error is that of the paired difference.

    Draws outside ``where`` do not count; where different ones count in the two runs, those that count in both are still
    compared one by one (`regrouped`).

    Args:
        paired: whether the same worlds stand at the same places in both
    Source: common random numbers (Glasserman & Yao 1992)

    Example:
        >>> found = difference(np.array([0, 0, 1]), np.array([0, 1, 1]), ["a", "b"])
        >>> round(found.share["b"], 3), found.paired
        (0.333, True)
    """
    one = np.ones(len(before), bool) if where_before is None else np.asarray(where_before, bool)
    two = np.ones(len(after), bool) if where_after is None else np.asarray(where_after, bool)
    same = paired and len(before) == len(after)
    if same and not bool((one == two).all()):
        return regrouped(before, after, names, one, two)
    share, error = {}, {}
    for code, name in enumerate(names):
        first, second = (before == code)[one].astype(float), (after == code)[two].astype(float)
        if not len(first) or not len(second):
            share[name] = error[name] = float("nan")
            continue
        share[name] = float(second.mean() - first.mean())
        if same:
            error[name] = float((second - first).std() / np.sqrt(len(first)))
        else:
            error[name] = float(np.sqrt(first.var() / len(first) + second.var() / len(second)))
    return Difference(share, error, same)


def regrouped(before: Ints, after: Ints, names: Sequence[str], where_before: Bools, where_after: Bools) -> Difference:
    """Compare two plays of the same draws of which different ones count, as under other evidence.

    A share of those that count is a ratio of two means over all draws; the error of the difference follows from what
    each draw adds to both, so draws that count in both make it small.

    Args:
        where_before, where_after: (B,) draws that count in each
    Source: variance of a ratio by linearisation (Cochran 1977, Sampling Techniques, ch. 6), on common random numbers

    Example:
        >>> every = np.ones(4, bool)
        >>> found = regrouped(np.array([0, 0, 1, 1]), np.array([0, 1, 1, 1]), ["a", "b"], every, every)
        >>> found == difference(np.array([0, 0, 1, 1]), np.array([0, 1, 1, 1]), ["a", "b"])
        True
    """
    one, two = np.asarray(where_before, bool), np.asarray(where_after, bool)
    share, error = {}, {}
    for code, name in enumerate(names):
        if not one.any() or not two.any():
            share[name] = error[name] = float("nan")
            continue
        first, second = (before == code).astype(float), (after == code).astype(float)
        old, new = float(first[one].mean()), float(second[two].mean())
        adds = two * (second - new) / two.mean() - one * (first - old) / one.mean()
        share[name], error[name] = new - old, float(adds.std() / np.sqrt(len(adds)))
    return Difference(share, error, paired=True)


def distance(change: Difference) -> float:
    """How far apart two distributions are, 0..1: half the sum of absolute changes (total variation)."""
    return sum(abs(value) for value in change.share.values()) / 2
