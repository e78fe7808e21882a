"""Equal results have equal digests, whatever they went through."""

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import xarray as xr

from sim.runs import run
from sim.scenario import read_scenario
from sim.store import digest

PROJECT = Path(__file__).parents[2]
ONE_LINE = """
from sim.runs import run
from sim.scenario import read_scenario
from sim.store import digest
print(digest(run(read_scenario("scenarios/labour"), 20)))
"""


@pytest.fixture(scope="module")
def scenario():
    """A case of the project that is quick to play."""
    return read_scenario(PROJECT / "scenarios" / "labour")


@pytest.fixture(scope="module")
def results(scenario):
    """Twenty draws of it."""
    return run(scenario, 20)


def test_the_block_size_changes_no_bit(scenario, results):
    """Blocks of 7 give what one block gives."""
    assert digest(run(scenario, 20, block=7)) == digest(results)


@pytest.mark.slow
def test_the_hash_seed_changes_no_bit(results):
    """A process with another hash seed gives the same."""
    found = subprocess.run(
        [sys.executable, "-c", ONE_LINE],
        capture_output=True,
        text=True,
        check=True,
        cwd=PROJECT,
        env={**os.environ, "PYTHONHASHSEED": "1"},
    )
    assert found.stdout.strip() == digest(results)


@pytest.mark.slow
def test_writing_and_reading_changes_no_bit(results, tmp_path):
    """NetCDF and back."""
    results.to_netcdf(tmp_path / "x.nc", engine="h5netcdf")
    with xr.open_dataset(tmp_path / "x.nc", engine="h5netcdf") as stored:
        assert digest(stored.load()) == digest(results)


def test_one_bit_changes_it(results):
    """The smallest change of one utility shows."""
    other = results.copy(deep=True)
    other["utility"].values[3, 0] = np.nextafter(other["utility"].values[3, 0], 9)
    assert digest(other) != digest(results)


def test_another_seed_changes_it(scenario, results):
    """The seed is the root of every draw."""
    assert digest(run(scenario.model_copy(update={"seed": "another"}), 20)) != digest(results)
