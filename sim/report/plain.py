"""Plain data for JSON: mappings, lists, numbers; nothing that is not a number."""

from __future__ import annotations

import math
from typing import Any

import numpy as np


def plain(found: Any) -> Any:
    """Turn nested findings into what JSON can hold; nan and infinity become null.

    Example:
        >>> plain({"a": (1, float("nan")), "b": np.float64(0.5)})
        {'a': [1, None], 'b': 0.5}
    """
    if isinstance(found, dict):
        return {str(key): plain(value) for key, value in found.items()}
    if isinstance(found, list | tuple):
        return [plain(value) for value in found]
    if isinstance(found, float | np.floating):
        return float(found) if math.isfinite(found) else None
    if isinstance(found, np.integer | np.bool_):
        return found.item()
    return found
