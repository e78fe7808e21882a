"""`sim analyse`: every question on a small case, words and JSON, files, and what is refused."""

import json
from pathlib import Path

import pytest
import xarray as xr
from click.testing import CliRunner

from sim.cli.main import main

CEASEFIRE = str(Path(__file__).parents[2] / "scenarios" / "ceasefire")


def analyse(*words, columns="80"):
    """Run the command."""
    return CliRunner(env={"COLUMNS": columns}).invoke(main, ["analyse", *words])


QUESTIONS = [
    (("--sensitivity", "sobol", "--by", "actor", "--draws", "8"), "sobol"),
    (("--sensitivity", "morris", "--draws", "2"), "morris"),
    (("--sensitivity", "delta", "--draws", "120"), "delta"),
    (("--sensitivity", "tornado", "--draws", "2"), "tornado"),
    (("--discover", "ending == stalemate", "--draws", "200"), "prim"),
    (("--posterior", "--draws", "200"), "posterior"),
    (("--null-coding", "--draws", "20"), "null-coding"),
    (("--leave-one-out", "--draws", "5"), "leave-one-out"),
]


@pytest.mark.slow
@pytest.mark.parametrize(("words", "method"), QUESTIONS, ids=[method for _, method in QUESTIONS])
def test_every_question_is_answered_in_words_within_80_columns(words, method):
    """A sentence first; no line is wider than the terminal."""
    of = ("--of", "ending == stalemate") if method not in {"prim", "posterior"} else ()
    found = analyse(CEASEFIRE, *words, *of)
    assert found.exit_code == 0, found.output
    assert max(len(line) for line in found.output.splitlines()) <= 80
    assert found.output[0].isalnum()


@pytest.mark.slow
def test_json_and_files(tmp_path):
    """One JSON object; arrays and figures are kept where they were asked for."""
    asked = ("--posterior", "--discover", "russia.patience > 0.8", "--draws", "200")
    found = analyse(CEASEFIRE, *asked, "--json", "--out", str(tmp_path))
    read = json.loads(found.stdout)
    assert [one["method"] for one in read["analyses"]] == ["prim", "posterior"]
    assert read["analyses"][1]["values"]["distance"]["dims"] == ["path"]
    names = {Path(file).name for file in read["files"]}
    assert {"prim.nc", "posterior.nc", "prior-posterior.png", "discovery-box.png"} <= names
    with xr.open_dataset(tmp_path / "posterior.nc", engine="h5netcdf") as kept:
        assert "input_title" in kept


@pytest.mark.slow
@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "nothing is asked"),
        (("--discover", "endin == war"), "did you mean ending"),
        (("--discover", "ending == war", "--of", "x"), ""),
        (("--sensitivity", "delta", "--of", "ending = war", "--draws", "8"), 'single "="'),
        (("--sensitivity", "tornado", "--of", "endng == war", "--draws", "1"), ""),
        (("--discover", "held > 1e9", "--draws", "8"), "nowhere"),
    ],
)
def test_mistakes_end_with_exit_code_2(words, said):
    """Bad conditions name the nearest right word; no traceback."""
    found = analyse(CEASEFIRE, *words, *(() if "--draws" in words else ("--draws", "8")))
    if said:
        assert found.exit_code == 2
        assert said in found.stderr
    assert found.exception is None or isinstance(found.exception, SystemExit)


@pytest.mark.slow
def test_a_kept_analysis_can_be_traced(tmp_path):
    """A manifest with command line, inputs, digest; a folder with results of a run is left alone."""
    out = tmp_path / "kept"
    words = ("--null-coding", "--draws", "5", "--of", "ending == war", "--widen", "1.29", "--out", str(out))
    assert analyse(CEASEFIRE, *words).exit_code == 0
    manifest = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["status"] == "analysis finished"
    assert manifest["argv"][:2] == ["sim", "analyse"]
    assert (manifest["changes"], manifest["widen"]) == ({}, 1.29)
    assert manifest["counts"] == {"null-coding": 10}
    assert len(manifest["digest"]) == 64
    assert all((out / one["copy"]).is_file() for one in manifest["inputs"])
    assert (out / "figures" / "encoding-changes.png").is_file()
    (out / "results.nc").write_bytes(b"")
    refused = analyse(CEASEFIRE, *words)
    assert refused.exit_code == 2
    assert "holds results of its own" in refused.stderr


@pytest.mark.slow  # `sim run` takes most of it
def test_stored_results_are_analysed_but_not_played_again(tmp_path):
    """A run's draws serve delta and discovery; a Sobol design needs the case."""
    out = tmp_path / "run"
    ran = CliRunner().invoke(
        main, ["run", CEASEFIRE, "--draws", "150", "--out", str(out), "--no-figures", "--no-flips"]
    )
    assert ran.exit_code == 0, ran.output
    found = analyse(str(out), "--posterior")
    assert found.exit_code == 0, found.output
    assert "150 worlds agree" in found.output
    kept = analyse(str(out), "--posterior", "--out", str(tmp_path / "kept"))
    assert kept.exit_code == 0, kept.output
    assert json.loads((tmp_path / "kept" / "manifest.json").read_text(encoding="utf-8"))["counts"] == {"posterior": 150}
    assert analyse(str(out), "--posterior", "--out", str(out)).exit_code == 2
    refused = analyse(str(out), "--sensitivity", "sobol")
    assert refused.exit_code == 2
    assert "needs the case" in refused.stderr


@pytest.mark.slow
def test_questions_can_be_asked_together():
    """Draws played for one question do not stand in the way of another that plays its own."""
    found = analyse(CEASEFIRE, "--posterior", "--null-coding", "--draws", "20", "--of", "ending == war", "--json")
    assert [one["method"] for one in json.loads(found.stdout)["analyses"]] == ["posterior", "null-coding"]


@pytest.mark.slow
def test_wider_ranges_are_said():
    """The factor stands above what was found."""
    found = analyse(CEASEFIRE, "--null-coding", "--widen", "1.29", "--draws", "10", "--of", "ending == war")
    assert "Stated ranges are widened: half-widths × 1.29" in found.output.partition("null coding")[0]


@pytest.mark.slow
def test_two_analyses_with_the_same_figure_keep_both(tmp_path):
    """Null coding and leave-one-out draw the same figure; neither file replaces the other, nor when drawn again."""
    out = tmp_path / "kept"
    words = ("--null-coding", "--leave-one-out", "--draws", "3", "--of", "ending == war", "--out", str(out))
    assert analyse(CEASEFIRE, *words).exit_code == 0
    expected = {f"encoding-changes-{method}.svg" for method in ("null-coding", "leave-one-out")}
    assert {file.name for file in (out / "figures").glob("*.svg")} == expected
    again = CliRunner().invoke(main, ["plot", str(out), "--format", "svg", "--out", str(tmp_path / "again")])
    assert again.exit_code == 0
    assert {file.name for file in (tmp_path / "again").iterdir()} == expected
