"""The peers in an environment that is thrown away, and in a process of their own."""

import json
import shutil
import subprocess
import tempfile
import venv
from contextlib import contextmanager
from pathlib import Path

HERE = Path(__file__).parent
#: Seconds after which a peer counts as one that does not install.
PATIENCE = 1500


class LackingError(Exception):
    """A peer is not there."""


class Peers:
    """An interpreter that has the peers, asked line by line."""

    def __init__(self, python):
        self.process = subprocess.Popen(
            [python, str(HERE / "peer_jobs.py")],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )

    def ask(self, job, **settings):
        """Let them do a job; LackingError where the peer is not installed."""
        self.process.stdin.write(json.dumps({"job": job, **settings}) + "\n")
        self.process.stdin.flush()
        answer = json.loads(self.process.stdout.readline())
        if "lacks" in answer:
            raise LackingError(answer["lacks"])
        return answer

    def close(self):
        """Let the process end."""
        self.process.stdin.close()
        self.process.wait(60)


@contextmanager
def installed():
    """An interpreter that has the peers which can be installed here; those that cannot are told."""
    folder = tempfile.mkdtemp(prefix="peers-")
    try:
        venv.create(folder, with_pip=True)
        python = str(Path(folder) / "bin" / "python")
        for line in (HERE / "requirements.txt").read_text(encoding="utf-8").splitlines():
            if not (wanted := line.split("#")[0].strip()):
                continue
            print(f"installing {wanted}", flush=True)  # noqa: T201 - it takes a while
            try:
                subprocess.run([python, "-m", "pip", "install", "--quiet", wanted], check=True, timeout=PATIENCE)
            except subprocess.SubprocessError as error:
                print(f"{wanted} does not install here: {error}", flush=True)  # noqa: T201
        yield python
    finally:
        shutil.rmtree(folder, ignore_errors=True)
