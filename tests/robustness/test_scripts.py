"""Python scripts that start workers, with a main guard and without."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.scenario.small_case import write_case

ROOT = Path(__file__).parents[2]
SWEEP = 'sweep_case(read_case("small"), over={"talks.rounds": [2, 3]}, draws=2, workers=1)'
PLAIN = f"from sim import read_case, sweep_case\nprint('begun')\nfound = {SWEEP}\nprint('done')\n"
GUARDED = f"from sim import read_case, sweep_case\nif __name__ == '__main__':\n    {SWEEP}\n    print('begun\\ndone')\n"
ABOVE = PLAIN + "if __name__ == '__main__':\n    print('never')\n"


def script(folder, text):
    """Run a script beside a case."""
    write_case(folder / "small")
    (folder / "script.py").write_text(text, encoding="utf-8")
    return subprocess.run(
        [sys.executable, "script.py"],
        cwd=folder,
        env={"PYTHONPATH": str(ROOT), "PATH": ""},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.slow
@pytest.mark.parametrize("text", [PLAIN, GUARDED])
def test_scripts_start_workers(tmp_path, text):
    """Whether they guard their work or not; it is done once."""
    found = script(tmp_path, text)
    assert (found.returncode, found.stdout, found.stderr) == (0, "begun\ndone\n", "")


@pytest.mark.slow
def test_work_above_the_guard_is_told(tmp_path):
    """In the sentence that the script's traceback ends with; workers add none of their own."""
    found = script(tmp_path, ABOVE)
    assert found.returncode == 1
    assert found.stderr.count("Traceback") == 1
    assert 'below `if __name__ == "__main__":`' in found.stderr.splitlines()[-1]
