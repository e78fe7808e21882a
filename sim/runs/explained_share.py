"""Which numbers decide the ending: share of its variance that each explains alone, from the draws at hand."""

from __future__ import annotations

import numpy as np
import xarray as xr
from scipy.special import gammaincinv

from sim.foundations import Floats, Ints
from sim.store import meanings

#: Draws in a bin, at least; fewer make the bins' means noise.
_PER_BIN = 40
_MOST_BINS = 20


def bins_of(size: int) -> int:
    """Into how many bins so many draws of a number are cut that takes more values than that."""
    return int(np.clip(size // _PER_BIN, 2, _MOST_BINS))


def explained_share(values: Floats, codes: Ints, classes: int) -> float:
    """Share of the variance of a coded outcome that one number explains, corrected for chance.

    The draws are cut into bins of equal size along the number; the variance between bins of the indicators
    of all outcomes is set against their total variance, less what bins of pure noise would show. 0 for a
    number that does not vary; sampling noise may leave small values for numbers that do not matter.

    Args:
        values:  (B,) the number's draws
        codes:   (B,) outcome, 0..classes-1
        classes: how many outcomes there are
    Returns:
        0..1
    Source: omega squared (Hays 1963) of the correlation ratio (Pearson 1905); first-order index from given data
        (Plischke, Borgonovo & Smith 2013)

    Example:
        >>> x = np.linspace(0, 1, 400)
        >>> explained_share(x, (x > 0.5).astype(int), 2) > 0.9
        True
    """
    size = len(values)
    kinds = np.unique(values)
    if len(kinds) < 2 or size < 2 * _PER_BIN:
        return 0.0
    if len(kinds) <= _MOST_BINS:
        bins = np.searchsorted(kinds, values)
    else:
        count = bins_of(size)
        bins = (np.argsort(np.argsort(values, kind="stable"), kind="stable") * count) // size
    count = int(bins.max()) + 1
    sizes = np.bincount(bins, minlength=count).astype(float)
    between = total = within = 0.0
    for code in range(classes):
        hit = (codes == code).astype(float)
        mean = hit.mean()
        means = np.bincount(bins, weights=hit, minlength=count) / np.maximum(sizes, 1)
        between += float((sizes * (means - mean) ** 2).sum())
        total += float(((hit - mean) ** 2).sum())
    within = total - between
    if total <= 0 or size <= count:
        return 0.0
    noise = within / (size - count)
    return float(np.clip((between - (count - 1) * noise) / (total + noise), 0.0, 1.0))


def add_importance(results: xr.Dataset, outcome: str = "ending") -> None:
    """Add ``importance`` (path): the share of the variance of the ending each number explains, in place.

    Over all draws, where the numbers are independent of each other; after conditioning they are not.
    """
    codes = results[outcome].values.astype(np.int64)
    classes = int(codes.max()) + 1
    numbers = results["number"].values
    shares = [explained_share(numbers[:, n], codes, classes) for n in range(numbers.shape[1])]
    results["importance"] = (("path",), np.array(shares))
    results["importance"].attrs["long_name"] = f"share of the variance of the {outcome} explained by the number alone"
    results.attrs["importance_of"] = outcome


def chance_share(results: xr.Dataset) -> float:
    """Share that the best of as many numbers without any influence exceeds one time in 20.

    Between bins of a number that does nothing, variance is a weighted sum of chi-squares, one for each direction
    in which the shares of the outcomes can differ; the sum is taken as one chi-square of equal mean and variance.

    Source: Satterthwaite 1946, Biometrics Bulletin 2:110-114; 1 - (1 - p)^P over P numbers: Šidák 1967
    """
    size, codes = results.sizes["draw"], _outcome(results)
    shares = np.bincount(codes) / size
    spread = np.diag(shares) - np.outer(shares, shares)
    if not np.trace(spread) > 0:
        return 0.0
    scale = float((spread**2).sum() / np.trace(spread) ** 2)
    free = _most_bins(results) - 1
    surely = 0.95 ** (1 / results.sizes["path"])
    highest = scale * 2 * float(gammaincinv(free / scale / 2, surely))  # the quantile of chi-square
    return float(np.clip((highest - free) / max(size - 1, 1), 0.0, 1.0))


def _most_bins(results: xr.Dataset) -> int:
    """Into how many bins the draws of a number are cut at most."""
    numbers = results["number"].values.T if "number" in results else ()
    kinds = (len(np.unique(values)) for values in numbers)
    return max([bins_of(results.sizes["draw"]), *(count for count in kinds if count <= _MOST_BINS)])


def _outcome(results: xr.Dataset) -> Ints:
    name = str(results.attrs.get("importance_of", "ending"))
    if name in results:
        return np.asarray(results[name].values, dtype=np.int64)
    return np.asarray(results["ending"].values == meanings(results, "ending").index(name), dtype=np.int64)
