"""Where the spread of the endings comes from, as reports say it."""

import numpy as np
import pytest
import xarray as xr

from sim.report import Spread
from sim.report.spread import PARTS


def split(parts):
    """A split of one measure, as the experiments give it."""
    values = np.array(parts)[:, None]
    found = xr.Dataset({"part": (("part_name", "measure"), values), "half": (("part_name", "measure"), values / 10)})
    found = found.assign_coords(measure=["ending (all)"])
    found.attrs["worlds"] = 40
    return found


def test_the_parts_keep_their_order():
    """Evidence, model, both, luck, as the split gives them."""
    found = Spread.of(split([0.4, 0.1, 0.2, 0.3]))
    assert found is not None
    assert list(found.part) == list(PARTS)
    assert found.part["luck"] == pytest.approx(0.3)
    assert "30% ± 3 is luck" in found.sentence()


def test_nothing_to_split_is_told_as_nothing():
    """Where every story ends alike there are no shares."""
    assert Spread.of(split([np.nan] * 4)) is None
