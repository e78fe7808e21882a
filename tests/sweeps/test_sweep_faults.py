"""Whatever happens to a sweep, the rest goes on, nothing is lost, and the bits are the same."""

import csv
import errno
import io
import json
import threading
from concurrent.futures import CancelledError, ThreadPoolExecutor

import numpy as np
import pytest

from sim.ensemble.cells import play_cells
from sim.ensemble.workers import Here, make_workers
from sim.foundations import InputError, ResultsError
from sim.store import digest, load_results
from sim.sweeps import home as homes
from sim.sweeps import playing as sweeps
from sim.sweeps import sweep_in_memory
from sim.sweeps.chunks import chunk_file
from sim.sweeps.home import open_home
from sim.sweeps.playing import forget_failed, play_sweep
from tests.sweeps import faulty
from tests.sweeps.faulty import BAD, tiny


def swept(asked, out, workers=0, rows=80, **more):
    """Play a sweep into a folder."""
    home = open_home(asked, out=out, workers=2, rows=rows)
    hired = make_workers(workers)
    try:
        return play_sweep(asked, home, hired, **more)
    finally:
        hired.close()


def failures(folder):
    """Rows of failures.csv."""
    return list(csv.DictReader(io.StringIO((folder / "failures.csv").read_text())))


def state(folder):
    """What status.json says of a sweep."""
    return json.loads((folder / "status.json").read_text())["state"]


def assert_all_but_the_bad_point(done, asked, kind):
    """Every other point is what it is without the fault, and the bad one is a row with parameters and seed."""
    good = sweep_in_memory(asked)
    bad = int(asked.points.played[BAD])
    rows = failures(done.folder)
    assert [(row["kind"], int(row["point"]), row["seed"]) for row in rows] == [(kind, bad, "s")]
    assert float(rows[0]["p.patience"]) == asked.points.table[bad, 0]
    assert (rows[0]["first_replicate"], rows[0]["last_replicate"]) == ("0", str(asked.draws - 1))
    assert done.failed == asked.draws
    there = done.results["failed"].values == 0
    assert there.sum() == len(asked.points) - 1
    assert np.array_equal(done.results["ending_share"].values[there], good["ending_share"].values[there])
    assert np.array_equal(done.results["draw_utility"].values[there], good["draw_utility"].values[there])
    assert (done.results["draw_ending"].values[~there] == -1).all()


@pytest.mark.slow
def test_an_exception_becomes_a_row_and_the_rest_goes_on(tmp_path):
    """A model that raises at one point loses that point."""
    asked = tiny()
    done = swept(asked, tmp_path / "out", play=faulty.raises)
    assert_all_but_the_bad_point(done, asked, "failed")
    assert failures(done.folder)[0]["error"] == "ValueError: bad point"


@pytest.mark.slow
def test_an_exception_out_of_a_worker_is_isolated(tmp_path):
    """Even what is not caught in the worker is narrowed down to its cell."""
    asked = tiny()
    done = swept(asked, tmp_path / "out", workers=2, play=faulty.raises_outright)
    assert_all_but_the_bad_point(done, asked, "failed")


@pytest.mark.slow
def test_a_real_exception_of_the_model_is_caught_cell_by_cell(tmp_path):
    """A change that validation cannot see fails alone, with its traceback."""
    asked = tiny(over=("talks.protocol=alternating-offers,single-text", "talks.rounds=3,6"))
    broken = {"talks.protocol": "no-such-protocol"}
    structures = tuple(
        type(s)(s.overlay, tuple({**dict(s.changes), **broken}.items())) if "single-text" in str(s.changes) else s
        for s in asked.points.structures
    )
    asked.points.__dict__["_settings"] = (*asked.points._settings[:2], structures, asked.points._settings[3])
    done = swept(asked, tmp_path / "out", rows=1000)
    rows = failures(done.folder)
    assert len(rows) == 2
    assert all("no-such-protocol" in row["error"] and "Traceback" in row["trace"] for row in rows)
    assert (done.results["failed"].values == 0).sum() == 2


@pytest.mark.slow
def test_a_killed_worker_costs_one_point(tmp_path):
    """SIGKILL of a worker: the pool is built anew, innocent chunks are played, the guilty point is found."""
    asked = tiny()
    done = swept(asked, tmp_path / "out", workers=2, rows=160, play=faulty.kills_itself)
    assert_all_but_the_bad_point(done, asked, "killed")


@pytest.mark.slow
def test_a_point_that_hangs_is_timed_out(tmp_path):
    """What takes too long is killed and becomes a row."""
    asked = tiny()
    done = swept(asked, tmp_path / "out", workers=2, rows=80, play=faulty.hangs, timeout=1.5)
    assert_all_but_the_bad_point(done, asked, "timeout")


class Strangers:
    """Workers that are not ours to kill, as on a cluster: what hangs keeps its worker."""

    slots = 2
    frees = False

    def __init__(self):
        self.executor = ThreadPoolExecutor(self.slots)

    def restart(self):
        """Nothing can be done."""

    def means_killed(self, error):
        """Never."""
        del error
        return False

    def means_lost(self, error):
        """Where what was handed over was called off."""
        return isinstance(error, CancelledError)


@pytest.mark.slow
def test_a_cluster_of_which_one_worker_hangs_goes_on_with_the_others(tmp_path):
    """The point becomes a row, as anywhere."""
    asked, free = tiny(), threading.Event()
    workers = Strangers()
    home = open_home(asked, out=tmp_path / "out", workers=2, rows=40)
    try:
        done = play_sweep(asked, home, workers, play=until(free), timeout=0.4)
    finally:
        free.set()
        workers.executor.shutdown()
    assert_all_but_the_bad_point(done, asked, "timeout")


@pytest.mark.slow
def test_a_cluster_of_which_every_worker_hangs_ends_with_a_clear_message(tmp_path):
    """What was played is kept; whoever goes on elsewhere gets the same bits."""
    asked, free = tiny(), threading.Event()
    workers = Strangers()
    home = open_home(asked, out=tmp_path / "out", workers=2, rows=80)
    try:
        with pytest.raises(ResultsError, match=r"all 2 workers of the cluster hang.*--resume"):
            play_sweep(asked, home, workers, play=until(free), timeout=0.4)
    finally:
        free.set()
        workers.executor.shutdown()
    done = swept(asked, tmp_path / "out")
    assert 0 < done.played < done.rows
    assert done.digest == digest(sweep_in_memory(asked))


@pytest.mark.slow
def test_a_scheduler_that_is_gone_ends_it_with_the_command_that_goes_on(tmp_path):
    """What ran is open, not failed; whoever goes on gets the same bits."""
    asked, played = tiny(), []
    workers = Strangers()

    def lost(job, some):
        played.append(some)
        if len(played) > 2:
            raise CancelledError
        return play_cells(job, some)

    home = open_home(asked, out=tmp_path / "out", workers=2, rows=80)
    with pytest.raises(ResultsError, match=r"scheduler of the cluster is gone.*sim sweep --resume .*out"):
        play_sweep(asked, home, workers, play=lost)
    workers.executor.shutdown()
    assert state(tmp_path / "out") == "interrupted"
    assert not (tmp_path / "out" / "failures.csv").exists()
    done = swept(asked, tmp_path / "out")
    assert 0 < done.played < done.rows
    assert done.failed == 0
    assert done.digest == digest(sweep_in_memory(asked))


def until(free):
    """Plays as ever, but hangs at the bad point until it is set free."""

    def play(job, some):
        if BAD in some.point:
            free.wait(30)
        return sweeps.play_cells(job, some)

    return play


@pytest.mark.slow
def test_what_failed_can_be_played_again(tmp_path):
    """After the cause is gone, the failed chunks are forgotten and the result is whole."""
    asked = tiny()
    swept(asked, tmp_path / "out", play=faulty.raises)
    assert forget_failed(open_home(asked, out=tmp_path / "out", workers=1)) == 1
    done = swept(asked, tmp_path / "out")
    assert done.failed == 0
    assert done.digest == digest(sweep_in_memory(asked))
    assert failures(done.folder) == []


@pytest.mark.slow
@pytest.mark.parametrize("workers", [0, 1, 2])
@pytest.mark.parametrize("rows", [40, 100])
def test_workers_and_chunks_change_no_bit(tmp_path, workers, rows):
    """The digest is the same for any number of workers and any size of chunk."""
    asked = tiny()
    done = swept(asked, tmp_path / "out", workers=workers, rows=rows)
    assert done.digest == digest(sweep_in_memory(asked)) == digest(load_results(tmp_path / "out"))
    status = json.loads((tmp_path / "out" / "status.json").read_text())
    assert (status["state"], status["done"], status["failed"]) == ("finished", 360, 0)


@pytest.mark.slow
def test_a_stopped_sweep_goes_on_and_is_equal_to_an_uninterrupted_one(tmp_path):
    """Stop after two chunks, go on, compare."""
    asked, stop = tiny(), threading.Event()
    seen = []

    def told(done, _failed, _total):
        seen.append(done)
        if done >= 160:
            stop.set()

    first = swept(asked, tmp_path / "out", stop=stop, told=told)
    assert not first.finished
    assert state(tmp_path / "out") == "interrupted"
    second = swept(asked, tmp_path / "out")
    assert second.finished
    assert 0 < second.played < second.rows
    assert second.digest == digest(sweep_in_memory(asked))


@pytest.mark.slow
def test_a_damaged_chunk_is_played_again(tmp_path):
    """Half a file, or a file of another sweep, counts as nothing."""
    asked = tiny()
    whole = swept(asked, tmp_path / "out")
    file = chunk_file(tmp_path / "out", 1)
    file.write_bytes(file.read_bytes()[:200])
    again = swept(asked, tmp_path / "out")
    assert again.played == 80
    assert again.digest == whole.digest


@pytest.mark.slow
@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"draws": 41}, "draws: was 40, is 41"),
        ({"over": ("p.patience=0.5:0.8:9",)}, "axis p.patience"),
        ({"seed": "t"}, "seed: was s, is t"),
        ({"over": ("p.patience=0.5:0.9:9", "talks.rounds=3,6")}, "axis talks.rounds: was absent"),
    ],
)
def test_a_changed_request_is_refused_and_named(tmp_path, changed, said):
    """A folder is continued only by the same request."""
    swept(tiny(), tmp_path / "out")
    with pytest.raises(InputError, match=said):
        swept(tiny(**changed), tmp_path / "out")


@pytest.mark.slow
def test_a_changed_scenario_is_refused_and_the_number_named(tmp_path):
    """The manifest knows every number."""
    from dataclasses import replace

    from sim.ensemble.ask import ask_scenario
    from sim.scenario import change

    asked = tiny()
    swept(asked, tmp_path / "out")
    other = replace(asked, ask=ask_scenario(change(asked.scenario, {"q.war_cost": 0.3}), asked.draws))
    with pytest.raises(InputError, match=r"q\.war_cost: was 0\.2 .* is 0\.3"):
        swept(other, tmp_path / "out")


def test_a_folder_that_holds_something_else_is_left_alone(tmp_path):
    """Nobody's files are overwritten."""
    (tmp_path / "letter.txt").write_text("dear")
    with pytest.raises(ResultsError, match="something else"):
        swept(tiny(), tmp_path)


def test_an_unwritable_folder_is_refused_before_anything_is_played(tmp_path):
    """A folder below a file cannot be made."""
    (tmp_path / "file").write_text("")

    def never(_job, _cells):
        raise AssertionError("played")

    with pytest.raises(ResultsError, match="cannot be written"):
        swept(tiny(), tmp_path / "file" / "out", play=never)


def test_a_full_disk_is_refused_before_anything_is_played(tmp_path, monkeypatch):
    """The space needed is compared with the space there is."""
    from sim.store import folder

    def never(_job, _cells):
        raise AssertionError("played")

    monkeypatch.setattr(folder.shutil, "disk_usage", lambda _path: type("Usage", (), {"free": 1000})())
    with pytest.raises(ResultsError, match=r"needs about .* MB free; choose another folder"):
        swept(tiny(), tmp_path / "out", play=never)
    assert not list(tmp_path.rglob("*.npz"))


@pytest.mark.slow
def test_a_disk_that_fills_up_stops_the_sweep_and_loses_nothing(tmp_path, monkeypatch):
    """What was written stays; with room again the sweep goes on to the same bits."""
    asked, real, calls = tiny(), sweeps.save_chunk, []

    def full(*arguments):
        calls.append(1)
        if len(calls) > 2:
            from sim.store.folder import cannot_write

            raise cannot_write(tmp_path, OSError(errno.ENOSPC, "No space left on device"))
        real(*arguments)

    monkeypatch.setattr(sweeps, "save_chunk", full)
    with pytest.raises(ResultsError, match="No space left on device"):
        swept(asked, tmp_path / "out")
    assert state(tmp_path / "out") == "interrupted"
    monkeypatch.setattr(sweeps, "save_chunk", real)
    done = swept(asked, tmp_path / "out")
    assert done.played == done.rows - 160
    assert done.digest == digest(sweep_in_memory(asked))


def test_a_disk_nearly_full_is_told_while_everything_is_kept(tmp_path, monkeypatch):
    """The sweep stops before the disk is full, and says how to go on."""
    asked = tiny()
    home = open_home(asked, out=tmp_path / "out", workers=1, rows=80)
    monkeypatch.setattr(sweeps.shutil, "disk_usage", lambda _path: type("Usage", (), {"free": 1000})())
    with pytest.raises(ResultsError, match=r"nearly full .* --resume"):
        play_sweep(asked, home, Here())
    assert [file.name for file in (tmp_path / "out" / "chunks").iterdir()] == [chunk_file(tmp_path, 0).name]
    assert state(tmp_path / "out") == "interrupted"


@pytest.mark.slow
def test_no_room_for_the_results_is_told_before_they_are_written(tmp_path, monkeypatch):
    """All chunks are kept and nothing is half-written; with room again nothing is played twice."""
    asked, real = tiny(), sweeps.shutil.disk_usage
    whole = digest(sweep_in_memory(asked))
    home = open_home(asked, out=tmp_path / "my out", workers=1, rows=400)
    monkeypatch.setattr(sweeps.shutil, "disk_usage", lambda _path: type("Usage", (), {"free": 1000})())
    with pytest.raises(ResultsError, match=r"results take about .* --resume '.*my out'"):
        play_sweep(asked, home, Here())
    assert not (home.folder / "results.nc").exists()
    assert not list(home.folder.rglob("*.partial"))
    monkeypatch.setattr(sweeps.shutil, "disk_usage", real)
    done = swept(asked, home.folder)
    assert (done.played, done.digest) == (0, whole)


@pytest.mark.slow
def test_the_same_request_finds_its_unfinished_folder(tmp_path, monkeypatch):
    """Without --out, an unfinished sweep of the same request is continued; a finished one is not."""
    monkeypatch.chdir(tmp_path)
    asked, stop = tiny(), threading.Event()
    stop.set()
    home = open_home(asked, out=None, workers=1, rows=80)
    play_sweep(asked, home, Here(), stop=stop)
    assert homes.unfinished("scenario", asked.fingerprint) == home.folder
    again = open_home(asked, out=None, workers=1)
    assert (again.folder, again.resumed) == (home.folder, True)
    play_sweep(asked, again, Here())
    assert homes.unfinished("scenario", asked.fingerprint) is None
