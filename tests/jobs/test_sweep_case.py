"""Sweeps from Python: the same bits as `sim sweep`, kept in the same folder, continued like it."""

from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

import sim
from sim.cli.main import main
from sim.foundations import InputError
from sim.store import digest, load_manifest
from tests.scenario.small_case import SMALL, write_case

PIE = Path(__file__).parents[2] / "scenarios" / "pie"
OVER = {"first.patience": "0.7:0.9:3"}


@pytest.mark.slow
def test_the_digest_is_that_of_the_command_line(tmp_path):
    """Kept or not, told from Python or from a terminal; and either goes on with the other's folder."""
    asked = ["sweep", str(PIE), "--over", "first.patience=0.7:0.9:3", "--draws", "6", "--workers", "0"]
    asked += ["--no-figures", "--no-spread", "--out", str(tmp_path / "theirs")]
    assert CliRunner().invoke(main, asked).exit_code == 0
    case, told = sim.read_case(PIE), []
    kept = sim.sweep_case(case, over=OVER, draws=6, out=tmp_path / "mine", progress=lambda *far: told.append(far))
    theirs = load_manifest(tmp_path / "theirs").digest
    assert load_manifest(tmp_path / "mine").digest == theirs
    assert told[-1] == (18, 0, 18)
    told.clear()
    unkept = sim.sweep_case(case, over=OVER, draws=6, progress=lambda *far: told.append(far))
    assert digest(unkept) == theirs
    assert told[-1] == (18, 0, 18)
    told.clear()
    again = sim.resume_sweep(tmp_path / "theirs", progress=lambda *far: told.append(far))
    assert told[0] == (18, 0, 18)  # nothing is left to be played
    np.testing.assert_array_equal(again["ending_share"].values, kept["ending_share"].values)


@pytest.mark.slow
def test_a_folder_that_was_asked_something_else_is_refused(tmp_path):
    """Naming what differs; and nothing in it is touched."""
    case = sim.read_case(PIE)
    sim.sweep_case(case, over=OVER, draws=2, out=tmp_path)
    before = load_manifest(tmp_path)
    with pytest.raises(InputError, match="draws: was 2, is 3"):
        sim.sweep_case(case, over=OVER, draws=3, out=tmp_path)
    assert load_manifest(tmp_path) == before


def test_a_study_is_played_by_its_name(tmp_path):
    """What is given besides wins over what it says; it cannot be varied further."""
    folder = write_case(tmp_path, SMALL)
    patience = next(path for path in sim.read_scenario(folder).numbers if path.endswith(".patience"))
    text = f'[studies.waiting]\ntitle = "Does waiting help?"\ndraws = 4\naxes = {{ "{patience}" = [0.6, 0.8] }}\n'
    (folder / "studies.toml").write_text(text, encoding="utf-8")
    case = sim.read_case(folder)
    found = sim.sweep_case(case, study="waiting", draws=3)
    assert found[patience].values.tolist() == [0.6, 0.8]
    assert found.attrs["draws"] == 3
    assert found.attrs["study"] == "waiting"
    with pytest.raises(InputError) as caught:
        sim.sweep_case(case, study="wating")
    assert caught.value.problems[0].nearest == "waiting"
    with pytest.raises(InputError, match="study names what to vary"):
        sim.sweep_case(case, study="waiting", over={patience: [0.5]})


def test_what_cannot_be_played_or_kept_is_refused():
    """Before anything is played."""
    case = sim.read_case(PIE)
    with pytest.raises(InputError, match="patence"):
        sim.sweep_case(case, over={"first.patence": [0.5]})
    with pytest.raises(InputError, match="something to vary"):
        sim.sweep_case(case)
    with pytest.raises(InputError, match="alternating-ofers"):
        sim.sweep_case(case, over=OVER, changes={"talks.protocol": "alternating-ofers"})
    with pytest.raises(InputError, match="out="):
        sim.sweep_case(case, over=OVER, spread=True)
