"""Each command on what it was not made for: cases, files, folders that are empty, foreign or unfinished.

Results folders, sound and damaged, stand in ``tests/cli/test_damaged_folders.py``.
"""

import json
import shutil

import pytest

import sim
from tests.robustness.test_borders import told
from tests.scenario.small_case import write_case

#: Words of each command that takes a case or a folder; {} is that.
COMMANDS = {
    "check": ("check", "{}", "--quick"),
    "run": ("run", "{}", "--draws", "2", "--no-flips", "--no-figures", "--out", "{}-out"),
    "run-into": ("run", "small", "--draws", "2", "--no-flips", "--no-figures", "--out", "{}"),
    "sweep": ("sweep", "{}", "--over", "talks.rounds=2,3", "--draws", "2", "--workers", "0", "--no-figures",
              "--no-spread", "--out", "{}-out"),
    "sweep-into": ("sweep", "small", "--over", "talks.rounds=2,3", "--draws", "2", "--workers", "0", "--no-figures",
                   "--no-spread", "--out", "{}"),
    "resume": ("sweep", "--resume", "{}", "--workers", "0", "--no-figures", "--no-spread"),
    "plan": ("plan", "{}", "--over", "talks.rounds=2,3", "--draws", "2"),
    "show": ("show", "{}", "--draw", "1"),
    "reproduce": ("reproduce", "{}"),
    "analyse": ("analyse", "{}", "--null-coding", "--draws", "2"),
    "bridge": ("bridge", "{}", "--draws", "4", "--out", "{}-out"),
    "plot": ("plot", "{}", "--list"),
    "plot-into": ("plot", "run", "--only", "endings", "--out", "{}"),
    "report": ("report", "{}"),
    "compare": ("compare", "{}", "run"),
    "explain": ("explain", "north.patience", "--case", "{}"),
}  # fmt: skip
KINDS = ("case", "unfinished", "started", "file", "empty", "foreign", "missing", "results-file", "loop")
#: Cells that the default suite tries; the slow one tries all.
SAMPLE = {"check", "plot", "resume"}


@pytest.fixture(scope="module")
def kinds(tmp_path_factory):
    """One thing of each kind, and a case and a run beside them."""
    top = tmp_path_factory.mktemp("kinds")
    case = sim.read_case(write_case(top / "small"))
    write_case(top / "case")
    sim.play_case(case, 4, out=top / "run")
    sim.sweep_case(case, over={"talks.rounds": [2, 3]}, draws=2, out=top / "unfinished")
    for file in [top / "unfinished" / "results.nc", *(top / "unfinished" / "chunks").glob("*.npz")]:
        file.unlink()
    for name, source in (("unfinished", "unfinished"), ("started", "run")):
        if name != source:
            shutil.copytree(top / source, top / name)
        file = top / name / "manifest.json"
        found = json.loads(file.read_text(encoding="utf-8"))
        file.write_text(json.dumps({**found, "status": "started", "files": {}, "digest": ""}), encoding="utf-8")
    (top / "file").write_bytes(b"\x00\xff not a case")
    (top / "empty").mkdir()
    (top / "foreign").mkdir()
    (top / "foreign" / "manifest.json").write_text('["dear"]', encoding="utf-8")
    (top / "results-file").write_bytes((top / "run" / "results.nc").read_bytes())
    (top / "loop").symlink_to("loop")
    return top


@pytest.mark.parametrize(
    "command", [name if name in SAMPLE else pytest.param(name, marks=pytest.mark.slow) for name in COMMANDS]
)
@pytest.mark.parametrize("kind", KINDS)
def test_an_answer_or_a_message(kinds, tmp_path, monkeypatch, command, kind):
    """Exit code 0, or 2 with a message; 1 only as the no of a question."""
    top = tmp_path / "top"
    shutil.copytree(kinds, top, symlinks=True)
    monkeypatch.chdir(top)
    code, output = told(*(word.format(kind) for word in COMMANDS[command]))
    assert code in {0, 2} | ({1} if command in {"bridge", "reproduce"} else set()), output
    assert output.strip()
