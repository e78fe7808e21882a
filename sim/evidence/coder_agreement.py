"""Whether people who code the same sources agree more than by chance."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Literal

import numpy as np

from sim.foundations import Floats, InputError

Measurement = Literal["nominal", "ordinal", "interval", "ratio"]


def krippendorff_alpha(codes: Sequence[Sequence[object]], measurement: Measurement = "nominal") -> float:
    """Return 1 less the disagreement that is observed over the disagreement that chance would bring.

    1 is full agreement, 0 what guessing in the same proportions would reach, below 0 is worse. It is customary to
    rely on codes at .8 and to draw tentative conclusions from .667 on.

    Args:
        codes:       one row for each coder, one column for each unit; None or NaN where a coder gave no code
        measurement: what a difference of two codes means: nominal (any is as large), ordinal (ranks between),
                     interval (distance), ratio (distance over sum, codes of 0 or more)

    Returns:
        alpha, at most 1; 1 where all codes are the same
    Raises:  InputError if no unit has two codes, or codes are no numbers where numbers are needed
    Source:  Krippendorff 2004, Content Analysis, ch. 11
    Example:
        >>> round(krippendorff_alpha([[1, 2, 3, 3, 2], [1, 2, 3, 3, None], [1, 2, 3, 2, 2]]), 3)
        0.794
    """
    units = [[code for code in unit if not _missing(code)] for unit in zip(*codes, strict=True)]
    units = [unit for unit in units if len(unit) > 1]
    if not units:
        raise InputError("no unit was coded by two people, so there is no agreement to speak of")
    found = {code for unit in units for code in unit}
    try:
        values = sorted(found, key=(lambda code: (str(type(code)), str(code))) if measurement == "nominal" else float)
        numbers = np.arange(len(values), dtype=np.float64) if measurement == "nominal" else np.array(values, np.float64)
    except (TypeError, ValueError) as error:
        raise InputError(f"codes must be numbers where differences are {measurement}") from error
    place = {value: k for k, value in enumerate(values)}
    together = np.zeros((len(values), len(values)))  # pairs of codes of the same unit, each unit counting its codes
    for unit in units:
        counts = np.bincount([place[code] for code in unit], minlength=len(values)).astype(np.float64)
        together += (np.outer(counts, counts) - np.diag(counts)) / (len(unit) - 1)
    total = together.sum(axis=0)
    apart = _difference(numbers, total, measurement)
    expected = float(total @ apart @ total / (total.sum() - 1))
    return 1.0 if expected == 0 else 1 - float((together * apart).sum()) / expected


def _missing(code: object) -> bool:
    return code is None or (isinstance(code, float) and np.isnan(code))


def _difference(values: Floats, total: Floats, measurement: Measurement) -> Floats:
    """Squared difference between any two codes: (V, V)."""
    one, other = values[:, None], values[None, :]
    if measurement == "nominal":
        return np.asarray(one != other, dtype=np.float64)
    if measurement == "interval":
        return np.asarray((one - other) ** 2)
    if measurement == "ratio":
        if values.min() < 0:
            raise InputError("codes on a ratio scale are 0 or more")
        return np.asarray(((one - other) / np.where(one + other > 0, one + other, 1.0)) ** 2)
    middle = np.cumsum(total) - total / 2  # ranks count the codes between two, and half of both
    assert all(low < high for low, high in pairwise(values))
    return np.asarray((middle[:, None] - middle[None, :]) ** 2)
