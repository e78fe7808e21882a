"""What was replayed beside a run comes back as arrays beside its own."""

import json

import pytest
import xarray as xr
from click.testing import CliRunner

from sim.cli.main import main
from sim.foundations import ResultsError
from sim.store import load_results, load_with_replays, with_replays


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A small run with its conventions."""
    path = tmp_path_factory.mktemp("run") / "one"
    words = ["run", "budget", "--draws", "6", "--no-figures", "--conventions", "--no-flips", "--out", str(path)]
    done = CliRunner().invoke(main, [*words, "--json"])
    assert done.exit_code == 0, done.output
    return path


@pytest.mark.slow
def test_rows_are_those_of_the_answer(folder):
    """A row for each convention, shares as they were told, protocols under their own names."""
    found, told = load_with_replays(folder), json.loads((folder / "answer.json").read_text())
    assert found.sizes["replay"] == len(told["conventions"])
    assert found["replay_kind"].values[0] == "as written"
    for row, own in zip(told["conventions"], found["replay_share"].values, strict=True):
        for name, share in row["endings"]["share"].items():
            assert float(own[found["ending_name"].values.tolist().index(name)]) == pytest.approx(share)
    protocols = found["replay"].values[found["replay_kind"].values == "protocol"].tolist()
    assert protocols == [row["setting"] for row in told["conventions"] if row["name"] == "protocol"]
    beside = {name for name in found if str(name).startswith(("replay_", "way_"))}
    assert set(load_results(folder)) == set(found) - beside


def test_overlays_without_conventions_come_after_the_base():
    """The base is what stands as written."""
    share = {"share": {"stalemate": 1.0}, "error": {"stalemate": 0.0}, "draws": 3}
    found = with_replays(xr.Dataset(), {"overlays": [{"title": t, "endings": share} for t in ("base", "other")]})
    assert found["replay"].values.tolist() == ["as written", "other"]
    assert found["replay_kind"].values.tolist() == ["as written", "overlay"]
    assert found["replay_share"].sel(ending_name="stalemate").values.tolist() == [1.0, 1.0]


@pytest.mark.slow
def test_an_answer_that_cannot_be_read_is_refused(folder, tmp_path):
    """With the file that is at fault."""
    for name in ("manifest.json", "results.nc"):
        (tmp_path / name).write_bytes((folder / name).read_bytes())
    assert "replay_share" not in load_with_replays(tmp_path)
    (tmp_path / "answer.json").write_text("{")
    with pytest.raises(ResultsError, match="answer"):
        load_with_replays(tmp_path)
