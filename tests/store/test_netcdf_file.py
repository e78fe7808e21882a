"""Files of arrays are netCDF: xarray's own reader finds in ours what we find in its writer's, to the type."""

import io

import h5py
import numpy as np
import pytest
import xarray as xr

from sim.store.netcdf_file import read_netcdf, write_netcdf
from tests.played_cases import played_case


def written(results, file):
    """A dataset in a file of ours."""
    stream = io.BytesIO()
    write_netcdf(stream, results)
    file.write_bytes(stream.getvalue())
    return file


def opened(file):
    """What xarray reads."""
    with xr.open_dataset(file, engine="h5netcdf") as found:
        return found.load()


def assert_same(one, two):
    """Equal arrays, names, order, types and words."""
    xr.testing.assert_identical(one, two)
    assert list(one.data_vars) == list(two.data_vars)
    assert list(one.coords) == list(two.coords)
    for name in one.variables:
        assert one[name].dtype == two[name].dtype, name
        assert {key: type(value) for key, value in one[name].attrs.items()} == {
            key: type(value) for key, value in two[name].attrs.items()
        }


def odd():
    """An array of every sort that results have, and of some that they do not have."""
    return xr.Dataset(
        {
            "share": (("draw", "actor"), np.array([[0.5, np.nan], [1.0, -0.0]], np.float32)),
            "truth": ("draw", [True, False], {"long_name": "whether", "flag_values": [0, 1], "of": ["a", "b"]}),
            "word": ((), "alone"),
            "count": ((), np.int64(3), {"half": 0.5, "few": 2, "word": "é"}),
            "words": (("draw", "actor"), [["", "a b"], ["Київ", "x"]]),
            "none": (("event", "actor"), np.empty((0, 2))),
            "bytes": ("actor", np.array([0, 255], np.uint8)),
            "beside": ("lonely", np.arange(4)),
        },
        {"actor": ["p", "q"], "event": np.empty(0, "<U1"), "place": ("draw", [2, 1]), "draw": [7, 8]},
        {"title": "odd", "several": ["one", "two"], "one": ["alone"], "numbers": [1.5, 2.5], "none": ""},
    )


def pie():
    """Of the arrays of a run one of each make: of as many axes, of a type, and with such things said of it."""
    found = played_case("pie", 5)[1]
    makes = {
        (array.ndim, array.dtype.kind, *sorted((key, type(value)) for key, value in array.attrs.items())): name
        for name, array in found.data_vars.items()
    }
    assert len(makes) > 12
    return found[list(makes.values())]


@pytest.mark.parametrize("results", [odd, pie], ids=lambda results: results.__name__)
def test_it_is_what_xarray_writes_and_reads(results, tmp_path):
    """Ours read by xarray, xarray's read by us, ours read by us: the same as xarray's read by xarray."""
    found = results()
    theirs, ours = tmp_path / "theirs.nc", written(found, tmp_path / "ours.nc")
    found.to_netcdf(theirs, engine="h5netcdf")
    expected = opened(theirs)
    for again in (opened(ours), read_netcdf(theirs), read_netcdf(ours)):
        assert_same(expected, again)


def test_what_is_no_file_of_arrays_is_refused(tmp_path):
    """Groups are not read past, and an array may not be called like a dimension that is not its only one."""
    with h5py.File(tmp_path / "groups.nc", "w") as file:
        file.create_group("inner")
    with pytest.raises(ValueError, match="no array"):
        read_netcdf(tmp_path / "groups.nc")
    with pytest.raises(ValueError, match='"x" is called like a dimension'):
        written(xr.Dataset({"x": (("x", "y"), np.ones((2, 2)))}), tmp_path / "x.nc")
