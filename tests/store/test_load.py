"""Analyses that were kept are read back, drawn again, and told from runs."""

import pytest
import xarray as xr
from click.testing import CliRunner

from sim.cli.main import main
from sim.foundations import ResultsError
from sim.report.analysis_keep import keep
from sim.robustness import split_spread
from sim.store import load_analyses
from tests.sensitivity.toy import toy


@pytest.fixture
def folder(tmp_path):
    """One analysis, one file of something else, the arrays of a run."""
    keep(split_spread(toy(), 10, 2, readings=3), toy(), tmp_path)
    xr.Dataset({"x": 1}).to_netcdf(tmp_path / "other.nc", engine="h5netcdf")
    xr.Dataset(attrs={"method": "none of it"}).to_netcdf(tmp_path / "results.nc", engine="h5netcdf")
    return tmp_path


@pytest.mark.slow
def test_only_analyses_are_read(folder):
    """With their attributes; a run's arrays and other files are no analyses."""
    (found,) = load_analyses(folder)
    assert found.attrs["method"] == split_spread(toy(), 10, 2, readings=3).attrs["method"]


@pytest.mark.slow
def test_a_broken_file_is_named(folder):
    """Instead of a traceback from the depths of a library."""
    (folder / "zz.nc").write_bytes(b"nothing")
    with pytest.raises(ResultsError, match=r"zz\.nc cannot be read"):
        load_analyses(folder)


@pytest.mark.slow
def test_sim_plot_draws_an_analysis_again(folder):
    """As it draws a run; what does not fit is refused."""
    listed = CliRunner().invoke(main, ["plot", str(folder), "--list"])
    assert listed.exit_code == 0
    assert listed.output.startswith("spread-split")
    drawn = CliRunner().invoke(main, ["plot", str(folder), "--format", "png", "--out", str(folder / "here")])
    assert drawn.exit_code == 0
    assert [file.name for file in (folder / "here").iterdir()] == ["spread-split.png"]
    assert CliRunner().invoke(main, ["plot", str(folder), "--only", "endings"]).exit_code == 2
