"""A real scheduler and real workers of dask on this machine, which tests start and kill."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

WAIT = 120


class Loopback:
    """A scheduler, and workers of one thread that come and go."""

    def __init__(self, folder):
        self.folder, self.started = folder, []
        file = folder / "scheduler.json"
        self.scheduler = self._start(
            "dask_scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--scheduler-file", str(file)
        )
        self._until(lambda: file.exists() and file.read_text().strip().endswith("}"))
        self.address = json.loads(file.read_text())["address"]

    def worker(self):
        """Another worker; without a nanny, so that a kill is one."""
        return self._start(
            "dask_worker", self.address, "--nworkers", "1", "--nthreads", "1", "--no-dashboard", "--no-nanny",
            "--local-directory", str(self.folder),
        )  # fmt: skip

    def wait_for(self, workers):
        """Wait until so many are there."""
        import distributed

        with distributed.Client(self.address, timeout="30s", set_as_default=False) as client:
            client.wait_for_workers(workers, timeout=WAIT)

    def workers(self):
        """Processes of the workers that live, the oldest first."""
        return [process for process in self.started if process is not self.scheduler and process.poll() is None]

    def close(self):
        """End everything that was started here."""
        for process in reversed(self.started):
            process.kill()
            process.wait(30)

    def _start(self, what, *arguments):
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        here = {**os.environ, "PYTHONPATH": str(Path.cwd())}
        command = [sys.executable, "-m", f"distributed.cli.{what}", *arguments]
        process = subprocess.Popen(command, env=here, **quiet)
        self.started.append(process)
        return process

    def _until(self, true):
        deadline = time.monotonic() + WAIT
        while not true():
            assert time.monotonic() < deadline
            time.sleep(0.05)
