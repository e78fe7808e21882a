"""Settings kept within their range."""

import numpy as np
import pytest

from sim.foundations import InputError
from sim.strategies.ranges import require


def test_limits():
    """Both limits are allowed unless the lower one is excluded; one bad draw is enough to refuse."""
    require("share", np.array([0.0, 1.0]), 0, 1)
    with pytest.raises(InputError, match="above 0"):
        require("exponent", 0.0, 0, above=True)
    with pytest.raises(InputError, match=r"got 1\.5"):
        require("share", np.array([0.5, 1.5]), 0, 1)
