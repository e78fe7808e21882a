"""What is stored is verified when it is read: a changed byte, a missing array, a later layout are named."""

import json
import shlex
import shutil

import numpy as np
import pytest

from sim.ensemble.ask import ask
from sim.foundations import ResultsError
from sim.runs import run
from sim.scenario import read_case
from sim.store import ask_again, begin_run, digest, finish_run, load_manifest, load_results, save_results
from sim.store.arrays_file import read_arrays, write_arrays
from sim.store.replays import load_with_replays
from tests.scenario.small_case import write_case


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """A finished run of the small case."""
    top = tmp_path_factory.mktemp("kept")
    asked = ask(write_case(top / "small"), draws=12)
    folder, manifest = begin_run(asked, out=top / "out")
    results = run(asked.scenario, 12)
    finish_run(folder, save_results(folder, manifest, results, digest=digest(results)), {"case": "small"}, seconds=1)
    return folder


@pytest.fixture
def folder(whole, tmp_path):
    """A copy of it that may be damaged."""
    shutil.copytree(whole, tmp_path / "run")
    return tmp_path / "run"


def flip(file, place=-100):
    """Change one byte."""
    content = bytearray(file.read_bytes())
    content[place % len(content)] ^= 1
    file.write_bytes(bytes(content))


def edit(folder, **fields):
    """Write other fields into the manifest."""
    file = folder / "manifest.json"
    found = json.loads(file.read_text(encoding="utf-8")) | fields
    file.write_text(json.dumps({key: value for key, value in found.items() if value is not ...}), encoding="utf-8")


@pytest.mark.parametrize("place", [5, 4000, -4000, -1])
def test_a_changed_byte_of_the_arrays_is_told(folder, place):
    """Wherever it is."""
    flip(folder / "results.nc", place)
    with pytest.raises(ResultsError, match=r"results\.nc is not what was written: its SHA-256 is"):
        load_results(folder)


@pytest.mark.slow
def test_a_changed_answer_or_input_is_told(folder):
    """By its file."""
    flip(folder / "answer.json", -5)
    with pytest.raises(ResultsError, match=r"answer\.json is not what was written"):
        load_with_replays(folder)
    flip(folder / "inputs" / "scenario.toml", 3)
    with pytest.raises(ResultsError, match=r"scenario\.toml is not what was written"):
        ask_again(folder)


def without(name):
    """Take a variable away."""
    return lambda results: results.drop_vars(name)


def holding(name, values):
    """Put other values into a variable."""
    return lambda results: results.assign({name: (results[name].dims, values, results[name].attrs)})


@pytest.mark.slow
@pytest.mark.parametrize(
    ("change", "said"),
    [
        (without("ending"), "lacks ending"),
        (without(["utility", "held"]), "lacks held, utility"),
        (holding("ending", np.full(12, 9, np.int8)), "ending holds the code 9"),
        (holding("deal", np.full(12, 10_000, np.int32)), "deal holds the code 10000"),
        (holding("declared", np.full(12, 0.5)), "declared holds fractions"),
        (holding("held", np.array(["long"] * 12)), "held holds no numbers"),
        (lambda results: results.isel(draw=slice(5)), "5 draws, its manifest 12"),
    ],
)
def test_arrays_of_another_make_are_refused_by_name(folder, change, said):
    """Where no hash was kept, or somebody who knows hashes put another file there."""
    arrays = read_arrays(folder / "results.nc")
    write_arrays(folder / "results.nc", change(arrays))
    edit(folder, files={}, format=1)
    with pytest.raises(ResultsError, match=said):
        load_results(folder)


def test_what_an_earlier_version_did_not_keep_is_told_with_a_command_that_plays_it_again(folder):
    """Nothing is wrong with such a folder, and its copies of the inputs play."""
    write_arrays(folder / "results.nc", read_arrays(folder / "results.nc").drop_vars("signed_by"))
    edit(folder, files=..., format=1)
    with pytest.raises(ResultsError, match=r"lacks signed_by: an earlier version wrote it \(format 1;") as told:
        load_results(folder)
    program, command, case, *settings = shlex.split(str(told.value).rpartition(": ")[2])
    assert (program, command, settings[:2]) == ("sim", "run", ["--draws", "12"])
    assert read_case(case).scenario.seed == settings[3]


@pytest.mark.slow
def test_a_run_of_an_earlier_layout_is_read_by_its_digest(folder):
    """Without hashes of files, the digest of the arrays says whether they are those that were written."""
    edit(folder, files=..., format=1, overlays=...)
    assert load_results(folder).sizes["draw"] == 12
    arrays = read_arrays(folder / "results.nc")
    write_arrays(folder / "results.nc", arrays.assign(held=arrays["held"] + 1))
    with pytest.raises(ResultsError, match="another digest"):
        load_results(folder)


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"format": 3, "version": "9.1"}, r"format 3 \(written by version 9\.1\); this version reads up to 2"),
        ({"format": "x"}, "format x"),
        ({"draws": "many"}, "draws: input should be a valid integer"),
        ({"numbers": [1]}, "numbers: input should be"),
        ({"case": ...}, "case"),
        ({"program": "other"}, "not written by this program"),
        ({"inputs": [{"file": "x", "copy": "../../x"}]}, "no copy in this folder"),
        ({"inputs": [{"file": "x"}]}, "not whole"),
        ({"inputs": []}, "no copies"),
    ],
)
def test_a_manifest_of_another_make_is_refused_by_its_field(folder, fields, said):
    """Later layouts, missing fields, other types, files outside the folder."""
    edit(folder, **fields)
    with pytest.raises(ResultsError, match=said):
        ask_again(folder)


@pytest.mark.parametrize("text", ["", "{", "[]", "[" * 100_000, '{"program": 1}', "\x00", "nul\0l"])
def test_a_manifest_that_is_none_is_told(folder, text):
    """Empty, cut, nested beyond reason, something else."""
    (folder / "manifest.json").write_text(text, encoding="utf-8")
    with pytest.raises(ResultsError, match=r"manifest\.json"):
        load_manifest(folder)
