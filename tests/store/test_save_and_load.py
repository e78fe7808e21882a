"""A run on disk: what is in the folder, and that it comes back as it was."""

import csv
import hashlib
import io
import json
import shutil

import pytest

import sim
from sim.ensemble.ask import ask
from sim.foundations import InputError, ResultsError
from sim.runs import run
from sim.scenario import read_case
from sim.store import begin_run, digest, draw_table, finish_run, latest_run, load_manifest, load_results, save_results
from tests.scenario.small_case import write_case


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    """Case, results and folder of a small run that was kept."""
    top = tmp_path_factory.mktemp("kept")
    case = read_case(write_case(top / "small", over='extends = "../scenario.toml"\ntitle = "over"\n'), overlay="over")
    folder, manifest = begin_run(ask(case, draws=12), out=top / "out")
    results = run(case.scenario, 12)
    manifest = save_results(folder, manifest, results, digest=digest(results))
    finish_run(folder, manifest, {"case": "small"}, seconds=1.5)
    return case, results, folder


def test_everything_is_there(kept):
    """Arrays, table, answer, inputs, manifest; no half-written files."""
    _, _, folder = kept
    assert {path.name for path in folder.iterdir()} == {
        "manifest.json",
        "results.nc",
        "results.csv",
        "answer.json",
        "inputs",
    }


@pytest.mark.slow
def test_results_come_back_as_they_were(kept):
    """Values and attributes."""
    _, results, folder = kept
    again = load_results(folder)
    assert digest(again) == digest(results) == load_manifest(folder).digest
    assert again.attrs["parties"] == results.attrs["parties"]
    assert sim.load_results(folder).identical(again)


def test_inputs_are_copies_that_can_be_read_again(kept):
    """Byte for byte, in folders as they stood, so that the copy is the same scenario."""
    case, _, folder = kept
    manifest = load_manifest(folder)
    assert [entry["file"] for entry in manifest.inputs] == ["scenario.toml", "overlays/over.toml"]
    for entry, file in zip(manifest.inputs, case.files, strict=True):
        content = (folder / entry["copy"]).read_bytes()
        assert hashlib.sha256(content).hexdigest() == entry["sha256"] == file.sha256
    again = read_case(folder / "inputs", overlay="over").scenario
    assert again.model_dump() == case.scenario.model_dump()


def test_the_manifest_counts(kept):
    """Draws, failures, times."""
    manifest = load_manifest(kept[2])
    assert manifest.status == "finished"
    assert manifest.counts["draw"] == 12
    assert manifest.failures == {"utility_not_finite": 0}
    assert manifest.seconds == 1.5
    assert manifest.overlay == "over"


def test_the_table_has_a_row_per_draw_with_names(kept):
    """As somebody reads it in another program."""
    _, results, folder = kept
    rows = list(csv.DictReader(io.StringIO((folder / "results.csv").read_text())))
    assert len(rows) == 12
    assert [int(row["draw"]) for row in rows] == list(range(12))
    assert {row["seed"] for row in rows} == {"0"}
    endings = str(results["ending"].attrs["flag_meanings"]).split("|")
    for n, row in enumerate(rows):
        assert row["ending"] == endings[int(results["ending"].values[n])]
        assert float(row["utility.north"]) == results["utility"].values[n, 0]
        assert (row["terms.line"] == "") == (row["declared"] == "none")
    assert float(rows[3]["number.north.patience"]) == float(results["number"].sel(path="north.patience")[3])
    assert "".join(draw_table(results, block=5)) == (folder / "results.csv").read_text()


def test_a_run_that_did_not_finish_is_refused(kept, tmp_path):
    """Only the manifest is there."""
    case, _, _ = kept
    folder, manifest = begin_run(ask(case, draws=12), out=tmp_path / "out")
    assert json.loads((folder / "manifest.json").read_text())["status"] == manifest.status == "started"
    with pytest.raises(ResultsError, match="did not finish"):
        load_results(folder)
    assert latest_run("small", "over", places=(tmp_path,), root=tmp_path) is None


def test_no_run_is_told_with_what_is_near(tmp_path, kept):
    """A missing folder, and a folder above runs."""
    with pytest.raises(ResultsError, match="there is no folder"):
        load_results(tmp_path / "none")
    with pytest.raises(ResultsError, match="the latest is"):
        load_results(kept[2].parent)


@pytest.mark.slow
def test_broken_arrays_are_told(kept, tmp_path):
    """No traceback of a library."""
    case, results, _ = kept
    folder, manifest = begin_run(ask(case, draws=12), out=tmp_path / "out")
    save_results(folder, manifest, results, digest="")
    (folder / "results.nc").write_bytes(b"not netcdf")
    with pytest.raises(ResultsError, match="not what was written"):
        load_results(folder)


def test_the_latest_run_has_the_same_overlay(kept):
    """A run without the overlay does not count."""
    _, _, folder = kept
    assert latest_run("small", "over", places=(folder.parent,), root=folder) == folder
    assert latest_run("small", None, places=(folder.parent,), root=folder) is None


def test_an_input_that_changed_meanwhile_is_refused(tmp_path):
    """What is copied is what was read."""
    case = read_case(write_case(tmp_path / "small"))
    (tmp_path / "small" / "scenario.toml").write_text("title = 'other'")
    with pytest.raises(InputError, match="run again"):
        begin_run(ask(case, draws=5), out=tmp_path / "out")


def test_another_case_in_the_folder_is_not_replaced(kept, tmp_path):
    """The same case is, after an edit."""
    _, _, folder = kept
    other = read_case(write_case(tmp_path / "other"))
    with pytest.raises(ResultsError, match='a run of "small"'):
        begin_run(ask(other, draws=5), out=folder)


def test_the_latest_run_that_can_be_shown_is_offered(kept, tmp_path):
    """Not a later one that did not finish; where none did, that is said."""
    _, _, folder = kept
    shutil.copytree(folder, tmp_path / "1-done")
    manifest = (folder / "manifest.json").read_text(encoding="utf-8")
    for name, status in (("2-stopped", "started"), ("3-not-told", "played")):
        (tmp_path / name).mkdir()
        broken = manifest.replace('"status": "finished"', f'"status": "{status}"')
        (tmp_path / name / "manifest.json").write_text(broken, encoding="utf-8")
    with pytest.raises(ResultsError, match=r"the latest is .*1-done$"):
        load_manifest(tmp_path)
    shutil.rmtree(tmp_path / "1-done")
    with pytest.raises(ResultsError, match="none of which finished"):
        load_manifest(tmp_path)
