"""Files of a case without a war have no word of one, and are read back as they were played."""

import re

import pytest
import xarray as xr

from sim.runs import run
from sim.store import digest, load_results
from sim.store.peaceful_arrays import as_filed, as_played
from tests.report.folders import call
from tests.shipped import shipped

WAR = re.compile(r"\bwar\b|war_|_war|truce|arms|prevail|stalemate|fighting", re.IGNORECASE)


@pytest.fixture(scope="module")
def pie():
    """A few worlds of a case without a war."""
    return run(shipped("pie"), 5)


def test_no_name_and_no_word_of_a_war_is_filed(pie):
    """Names and descriptions of columns speak of no deal, and what only a war has is left out."""
    filed = as_filed(pie)
    assert [name for name in map(str, filed.variables) if WAR.search(name)] == []
    assert [text for v in filed.variables.values() for text in map(str, v.attrs.values()) if WAR.search(text)] == []
    assert "no_deal" in filed


def test_what_is_read_is_what_was_played(pie):
    """Every column is there again with the same values, so the digest is the same."""
    again = as_played(as_filed(pie))
    assert digest(again) == digest(pie)
    assert set(again.variables) == set(pie.variables)
    xr.testing.assert_equal(again["decided_by_arms"], pie["decided_by_arms"])
    assert as_played(again).identical(again)


@pytest.mark.slow
def test_a_war_keeps_its_words():
    """Where a war is modelled nothing is renamed or left out."""
    results = run(shipped("ceasefire"), 3)
    assert as_filed(results) is results
    assert as_played(results) is results


@pytest.mark.slow
def test_a_folder_of_a_calm_case_has_no_war(tmp_path):
    """Arrays, table and manifest of a run speak of none; the run is compared, reported and played again."""
    call("run", "scenarios/buyer_seller", "--draws", 10, "--no-flips", "--no-figures", "--out", tmp_path / "run")
    with xr.open_dataset(tmp_path / "run" / "results.nc", engine="h5netcdf") as found:
        assert [name for name in map(str, found.variables) if WAR.search(name)] == []
    heads = (tmp_path / "run" / "results.csv").read_text(encoding="utf-8").splitlines()[0]
    assert not WAR.search(heads)
    manifest = (tmp_path / "run" / "manifest.json").read_text(encoding="utf-8")
    assert '"war"' not in manifest
    assert load_results(tmp_path / "run")["war"].shape == (10, 2)
    call("reproduce", tmp_path / "run")


@pytest.mark.slow
def test_a_sweep_of_a_calm_case_has_no_war(tmp_path):
    """Arrays and tables of a sweep speak of none; read back they are whole, and the sweep is played again the same."""
    folder = tmp_path / "sweep"
    over = ("--over", "second.patience=0.6:0.9:2")
    call("sweep", "scenarios/pie", *over, "--draws", 6, "--no-figures", "--out", folder)
    with xr.open_dataset(folder / "results.nc", engine="h5netcdf") as found:
        assert [name for name in map(str, found.variables) if WAR.search(name)] == []
    for table in ("points.csv", "results.csv"):
        assert not WAR.search((folder / table).read_text(encoding="utf-8").splitlines()[0])
    again = load_results(folder, ("sweep",))
    assert again["decided_by_arms_share"].dims == again["any_deal_share"].dims
    assert not again["draw_decided_by_arms"].values.any()
    call("reproduce", folder)
