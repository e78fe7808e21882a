"""A real scheduler and real workers on loopback: killed, joined late; the same bits, nothing lost."""

import threading
import time

import pytest

from sim.ensemble.workers import Cluster
from sim.foundations import ResultsError
from sim.store import digest
from sim.sweeps import sweep_in_memory
from sim.sweeps.home import open_home
from sim.sweeps.playing import play_sweep
from tests.sweeps.faulty import takes_its_time, tiny
from tests.sweeps.loopback import WAIT, Loopback

pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore")]

ROWS = 10  # of a chunk: 90 chunks in all


@pytest.fixture(scope="module")
def clusters(tmp_path_factory):
    """Gives a cluster with one worker: that of the test before, as long as its processes live, else another.

    dask is imported only where these tests are run, since it takes its time, as every process of a cluster does.
    """
    pytest.importorskip("distributed")
    started = []

    def cluster():
        if not started or started[-1].scheduler.poll() is not None:
            started.append(Loopback(tmp_path_factory.mktemp("cluster")))
        found = started[-1]
        if not found.workers():
            found.worker()
        found.wait_for(1)
        return found

    yield cluster
    for one in started:
        one.close()


class InThread(threading.Thread):
    """A sweep that is played beside the test; what it raised or found."""

    def __init__(self, asked, folder, address):
        super().__init__(daemon=True)
        self.asked, self.address, self.done, self.error = asked, address, None, None
        self.home = open_home(asked, out=folder, workers=1, rows=ROWS)
        self.chunks = self.home.folder / "chunks"

    def run(self):
        """Play it on the cluster."""
        workers = Cluster(self.address)
        try:
            self.done = play_sweep(self.asked, self.home, workers, play=takes_its_time)
        except ResultsError as error:
            self.error = error
        finally:
            workers.close()

    def until(self, chunks):
        """Wait until so many chunks are kept."""
        deadline = time.monotonic() + WAIT
        while len(list(self.chunks.glob("*.npz"))) < chunks:
            assert self.is_alive(), (self.done, self.error)
            assert time.monotonic() < deadline
            time.sleep(0.02)


def test_a_worker_that_joins_late_takes_over_from_one_that_is_killed(tmp_path, clusters):
    """The only worker is killed when another is there: it plays the rest, no point fails, the bits are the same."""
    loopback = clusters()
    (first,) = loopback.workers()
    asked = tiny(draws=100)
    sweep = InThread(asked, tmp_path / "out", loopback.address)
    sweep.start()
    sweep.until(3)
    loopback.worker()
    loopback.wait_for(2)
    first.kill()
    sweep.join(WAIT)
    assert sweep.done is not None, sweep.error
    assert sweep.done.failed == 0
    assert sweep.done.played == asked.rows
    assert sweep.done.digest == digest(sweep_in_memory(asked))


def test_a_scheduler_that_is_killed_loses_nothing_that_was_kept(tmp_path, clusters):
    """The sweep ends with the command that goes on; on another cluster only the rest is played, same bits."""
    loopback = clusters()
    asked = tiny(draws=100)
    sweep = InThread(asked, tmp_path / "out", loopback.address)
    sweep.start()
    sweep.until(3)
    loopback.scheduler.kill()
    sweep.join(WAIT)
    assert "scheduler of the cluster is gone" in str(sweep.error)
    assert "sim sweep --resume" in str(sweep.error)
    loopback.scheduler.wait(WAIT)
    again = InThread(asked, tmp_path / "out", clusters().address)
    again.start()
    again.join(WAIT)
    assert again.done is not None, again.error
    assert 0 < again.done.played < asked.rows
    assert again.done.failed == 0
    assert again.done.digest == digest(sweep_in_memory(asked))


def test_what_is_written_asks_no_lost_scheduler(tmp_path, clusters):
    """A program whose scheduler dies keeps what it has all the same: nothing else of it goes by the cluster."""
    import dask
    import xarray as xr

    loopback = clusters()
    (first,) = loopback.workers()
    workers = Cluster(loopback.address)
    try:
        assert dask.config.get("scheduler", None) is None
        assert workers.executor.submit(sum, (1, 2)).result(WAIT) == 3
        first.kill()
        loopback.close()
    finally:
        workers.close()
    xr.Dataset({"a": ("draw", [1.0])}).to_netcdf(tmp_path / "kept.nc", engine="h5netcdf")
    assert xr.load_dataset(tmp_path / "kept.nc", engine="h5netcdf").a.item() == 1.0
