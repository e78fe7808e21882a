"""Where the spread of the endings comes from, as reports say it."""

import numpy as np
import pytest
import xarray as xr

from sim.report import Spread
from sim.report.spread_parts import PARTS, STUDY_PARTS, StudySpread, bridge_spread, sweep_spread


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
    assert "30 ± 3 % is luck" in found.sentence()


def test_nothing_to_split_is_told_as_nothing():
    """Where every story ends alike there are no shares."""
    assert Spread.of(split([np.nan] * 4)) is None


def study(parts=(0.3, 0.3, 0.1, 0.3), points=16):
    """A split over 441 points of which some were looked at."""
    found = split(list(parts))
    found.attrs |= {"points": points, "of_points": 441}
    return StudySpread.of(found)


def test_a_sweep_tells_what_is_swept_and_what_the_model_does_at_the_base():
    """One record with both splits; a sentence that can be printed as it is."""
    found = sweep_spread(study(), Spread.of(split([0.4, 0.1, 0.2, 0.3])))
    assert found is not None
    assert list(found["study"]["part"]) == list(STUDY_PARTS)
    assert found["study"]["part"]["swept"] == pytest.approx(0.3)
    assert found["point"]["part"]["model"] == pytest.approx(0.1)
    assert "30 ± 3 % is what is swept" in found["sentence"]
    assert "16 of 441 points, 40 worlds" in found["sentence"]
    assert found["sentence"].endswith(
        "In the base case the structure (protocol and conventions) is 10 ± 1 %, and 20 ± 2 % together with evidence."
    )


def test_a_sweep_without_a_split_of_the_base_keeps_its_own():
    """And with neither there is nothing to keep."""
    found = sweep_spread(study(points=441), None)
    assert found is not None
    assert found["point"] is None
    assert "all 441 points" in found["sentence"]
    assert sweep_spread(StudySpread.of(None), None) is None
    assert StudySpread.of(split([np.nan] * 4)) is None


def test_a_bridge_says_where_its_spread_was_split():
    """With the levers that were found, or with none."""
    point = Spread.of(split([0.4, 0.1, 0.2, 0.3]))
    found = bridge_spread(point, {"pay": 0.5}, found=True)
    assert found is not None
    assert (found["at"], found["use"]) == ("found", {"pay": 0.5})
    assert found["sentence"].startswith("Of the spread of the endings with these levers in use 40 ± 4 % is evidence")
    none = bridge_spread(point, {}, found=False)
    assert none is not None
    assert none["at"] == "base"
    assert "with no lever in use" in none["sentence"]
    assert bridge_spread(None, {}, found=False) is None
