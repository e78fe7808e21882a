"""SALib called without its side effects."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np


@contextmanager
def quiet() -> Iterator[None]:
    """Keep SALib's warnings and its use of numpy's global generator from leaking out.

    What the warnings are about is checked by the callers: outcomes that do not vary get no index, failed points
    are refused, sizes that are no power of two are never asked for.

    Example:
        >>> before = np.random.get_state()[2]
        >>> with quiet():
        ...     np.random.seed(1)
        >>> before == np.random.get_state()[2]
        True
    """
    state = np.random.get_state()  # noqa: NPY002 - put back as it was
    shown = warnings.formatwarning
    try:
        with warnings.catch_warnings(), np.errstate(all="ignore"):
            warnings.simplefilter("ignore")
            yield
    finally:
        warnings.formatwarning = shown
        np.random.set_state(state)  # noqa: NPY002
