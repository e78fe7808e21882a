"""A sweep on the command line goes on after Ctrl-C, kill -9, lost workers and changed cases, and on a cluster."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner

from sim.cli.main import main
from tests.cli.test_bridge import TINY
from tests.scenario.small_case import write_case
from tests.sweeps.loopback import Loopback

PLAIN = ["--no-figures", "--no-spread"]
SMALL = ["--over", "one.patience=0.5:0.9:3", "--draws", "10", *PLAIN]
#: A point is a chunk, and a sweep that is to be broken into waits over each: `tests.sweeps.unhurried`.
EACH = 8
LONG = ["--over", "one.patience=0.5:0.95:24", "--draws", str(EACH), "--chunk", str(EACH), *PLAIN]


def sim(*arguments):
    """Call the command in this process."""
    return CliRunner().invoke(main, [str(argument) for argument in arguments], catch_exceptions=False)


@pytest.fixture(scope="module")
def case(tmp_path_factory):
    """A folder with the tiny case, which nobody changes."""
    return write_case(tmp_path_factory.mktemp("case") / "tiny", TINY)


def begun(case, folder, *more, chunks=2):
    """Start a long sweep in a process of its own and wait until some chunks are there."""
    words = ["sweep", str(case), *LONG, "--out", str(folder), "--workers", "2", *more]
    command = [sys.executable, "-m", "tests.sweeps.unhurried", *words]
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    )
    deadline = time.monotonic() + 240
    while len(list((folder / "chunks").glob("*.npz"))) < chunks:
        assert process.poll() is None, process.communicate()
        assert time.monotonic() < deadline
        time.sleep(0.02)
    return process


def workers_of(pid):
    """Processes that play for a process: children of the server of processes."""
    parents = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        parents[int(stat.parent.name)] = int(fields[1])
    children = [child for child, parent in parents.items() if parent == pid]
    return [child for child, parent in parents.items() if parent in children]


@pytest.fixture(scope="module")
def whole(case, tmp_path_factory):
    """Digest of the long sweep when nothing happens to it."""
    folder = tmp_path_factory.mktemp("whole") / "out"
    return json.loads(sim("sweep", case, *LONG, "--out", folder, "--workers", "0", "--json").stdout)["digest"]


@pytest.mark.slow
def test_ctrl_c_stops_cleanly_and_resume_gives_the_same_bits(case, tmp_path, whole):
    """First Ctrl-C: exit code 130, nothing half-written, the command that goes on."""
    out = tmp_path / "out"
    process = begun(case, out)
    process.send_signal(signal.SIGINT)
    _, told = process.communicate(timeout=240)
    assert process.returncode == 130
    assert f"sim sweep --resume {out}" in told
    assert "stopping when the running chunks are done" in told
    assert (out / "failures.csv").is_file()  # written last, where nothing was cut short
    assert json.loads((out / "status.json").read_text())["state"] == "interrupted"
    assert not list(out.rglob("*.partial"))
    done = json.loads(sim("sweep", "--resume", out, "--no-spread", "--workers", "0", "--no-figures", "--json").stdout)
    assert done["digest"] == whole
    assert 0 < done["played"] < done["negotiations"]


@pytest.mark.slow
def test_sigkill_of_the_program_leaves_nobody_and_loses_at_most_the_chunks_in_flight(case, tmp_path, whole):
    """Its workers go by themselves; the same command again ends in the same bits, and plays no chunk a second time."""
    out = tmp_path / "out"
    process = begun(case, out)
    workers = workers_of(process.pid)
    assert workers
    process.kill()
    process.communicate()
    deadline = time.monotonic() + 120
    while any(Path(f"/proc/{pid}").exists() for pid in workers):
        assert time.monotonic() < deadline
        time.sleep(0.1)
    there = len(list((out / "chunks").glob("*.npz")))
    done = json.loads(sim("sweep", case, *LONG, "--out", out, "--workers", "0", "--json").stdout)
    assert done["digest"] == whole
    assert 0 < done["played"] <= done["negotiations"] - EACH * there


@pytest.mark.slow
def test_sigkill_of_a_worker_costs_nothing(case, tmp_path, whole):
    """The chunk it played is played again."""
    out = tmp_path / "out"
    process = begun(case, out, "--json")
    os.kill(workers_of(process.pid)[-1], signal.SIGKILL)
    told, _ = process.communicate(timeout=240)
    done = json.loads(told)
    assert (process.returncode, done["failed"], done["digest"]) == (0, 0, whole)


@pytest.mark.slow
def test_a_changed_case_is_refused_by_resume_and_named(tmp_path):
    """A number edited between the two runs is named with what it was."""
    case, out = write_case(tmp_path / "tiny", TINY), tmp_path / "out"
    sim("sweep", case, *SMALL, "--out", out, "--workers", "0")
    write_case(tmp_path / "tiny", TINY.replace("low = 0.4", "low = 0.3", 1))
    found = sim("sweep", case, "--resume", out)
    assert found.exit_code == 2
    assert "one.reservation: was 0.6 (0.4 to 0.8)" in found.output.replace("\n", " ")


@pytest.mark.slow
def test_resume_of_a_case_that_is_gone_says_that_it_goes_on_with_the_copies(tmp_path):
    """Where it cannot be seen whether the case changed, that is said; where it did change, only what did is named."""
    case, out = write_case(tmp_path / "tiny", TINY), tmp_path / "out"
    plain = [*PLAIN, "--workers", "0"]
    first = sim("sweep", case, *SMALL, *plain, "--out", out, "--json")
    gone = sim("sweep", "--resume", out, *plain)
    assert gone.exit_code == 0
    assert f"going on with the inputs kept in {out}" in gone.stderr
    assert "going on with" not in sim("sweep", case, "--resume", out, *plain).stderr
    changed = write_case(tmp_path / "tiny", TINY.replace("patience = { value = 0.9 }", "patience = { value = 0.8 }", 1))
    refused = sim("sweep", changed, "--resume", out, *plain)
    told = " ".join(refused.output.split())
    assert refused.exit_code == 2
    assert "one.patience: was 0.9, is 0.8" in told
    assert "axis" not in told
    kept = next((out / "inputs").rglob("scenario.toml"))
    assert f"sim sweep {kept} --resume {out}" in told
    again = sim("sweep", kept, "--resume", out, *plain, "--json")
    assert json.loads(again.stdout)["digest"] == json.loads(first.stdout)["digest"]


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")
def test_a_cluster_gives_the_same_bits(case, tmp_path):
    """A real scheduler and a real worker on loopback; more of them are in `tests.sweeps.test_sweep_on_a_cluster`."""
    pytest.importorskip("distributed")
    cluster = Loopback(tmp_path)
    try:
        cluster.worker()
        one = json.loads(sim("sweep", case, *SMALL, "--out", tmp_path / "a", "--workers", "0", "--json").stdout)
        cluster.wait_for(1)
        there = ["--cluster", cluster.address, "--chunk", "10"]  # each point a chunk
        found = sim("sweep", case, *SMALL, "--out", tmp_path / "b", *there, "--json")
        assert found.exit_code == 0, found.output
        assert json.loads(found.stdout)["digest"] == one["digest"]
    finally:
        cluster.close()
