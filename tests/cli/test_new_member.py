"""`sim new protocol NAME` and its like: a package that plugs in, or a member of a clone; both keep the contract."""

import json
import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from click.testing import CliRunner

from sim.cli.main import main
from sim.cli.new_member import KINDS_OF_MEMBERS
from sim.runs import run as play
from sim.scenario import read_scenario
from sim.store import digest

ROOT = Path(__file__).parents[2]


def sim(*arguments):
    """Run a command."""
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


@pytest.mark.parametrize("kind", KINDS_OF_MEMBERS)
def test_a_package_is_written(tmp_path, kind):
    """Module, test, project file and README: every mark filled, the entry point in the group of the kind."""
    made = sim("new", kind, "my-own", "--into", tmp_path, "--json")
    assert made.exit_code == 0
    written = [Path(path) for path in json.loads(made.stdout)["written"]]
    assert {path.name for path in written} == {"pyproject.toml", "README.md", "my_own.py", "test_my_own.py"}
    for path in written:
        text = path.read_text(encoding="utf-8")
        if path.suffix == ".py":
            compile(text, path.name, "exec")
            assert "MyOwn" in text
        assert "{Class}" not in text
        assert "{name}" not in text
    project = tomllib.loads((tmp_path / "sim-my-own" / "pyproject.toml").read_text(encoding="utf-8"))
    ((group, points),) = project["project"]["entry-points"].items()
    assert group.startswith("sim.")
    assert points == {"my-own": "my_own"}


@pytest.mark.parametrize("kind", KINDS_OF_MEMBERS)
def test_in_a_clone_two_files_and_a_line(tmp_path, kind):
    """The member, its test, and its line in the list, where the alphabet puts it."""
    known = KINDS_OF_MEMBERS[kind]
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    for folder in {"protocols", known.line_in}:
        (tmp_path / "sim" / folder).mkdir(parents=True)
        shutil.copy(ROOT / "sim" / folder / "__init__.py", tmp_path / "sim" / folder)
    assert sim("new", kind, "my-own", "--into", tmp_path).exit_code == 0
    assert (tmp_path / "sim" / known.folder / "my_own.py").is_file()
    assert (tmp_path / "tests" / known.line_in / "test_my_own.py").is_file()
    before = (ROOT / "sim" / known.line_in / "__init__.py").read_text(encoding="utf-8").splitlines()
    after = (tmp_path / "sim" / known.line_in / "__init__.py").read_text(encoding="utf-8").splitlines()
    (line,) = set(after) - set(before)
    assert line.endswith("import MyOwn as MyOwn")
    assert [other for other in after if other != line] == before


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["protocl", "x"], "did you mean protocol"),
        (["protocol", "FinalOffer"], "did you mean final-offer"),
        (["protocol", "zeuthen"], 'there is a protocol "zeuthen" already'),
        (["solution", "random"], 'Python has a module "random" already'),
        (["figure"], "sim new figure NAME"),
        (["figure", "x", "--like", "pie"], "sim new figure NAME"),
    ],
)
def test_what_cannot_be_begun_is_refused(tmp_path, monkeypatch, arguments, said):
    """With what would do, and exit code 2; nothing is written."""
    monkeypatch.chdir(tmp_path)
    found = sim("new", *arguments)
    assert found.exit_code == 2
    assert said in found.stderr
    assert not list(tmp_path.iterdir())


def test_nothing_is_written_over(tmp_path):
    """A second time the same name is refused, and what somebody wrote stays."""
    assert sim("new", "solution", "my-own", "--into", tmp_path).exit_code == 0
    mine = tmp_path / "sim-my-own" / "my_own.py"
    mine.write_text("mine", encoding="utf-8")
    found = sim("new", "solution", "my-own", "--into", tmp_path)
    assert found.exit_code == 2
    assert "there already" in found.stderr
    assert mine.read_text(encoding="utf-8") == "mine"


#: What a newcomer does with an installed package: its own tests, then runs with and without its name.
USED = """
import sys, sim
sys.path.insert(0, sys.argv[1])
import test_my_own
for name, test in vars(test_my_own).items():
    if name.startswith("test_"):
        test()
from sim.protocols import PROTOCOLS
from sim.scenario import change, read_scenario
from sim.store import digest
pie = read_scenario("pie")
print(digest(sim.run(pie, 20)), digest(sim.run(change(pie, {"talks.protocol": "my-own"}), 20)))
"""


@pytest.mark.slow
def test_an_installed_package_is_found_and_changes_nothing_else(tmp_path):
    """Installed for real: its own tests pass, a case that names it is played by it, another keeps its bits."""
    assert sim("new", "protocol", "my-own", "--into", tmp_path).exit_code == 0
    package, site = tmp_path / "sim-my-own", tmp_path / "site"
    install = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--target", str(site), str(package)]
    subprocess.run(install, cwd=tmp_path, check=True, capture_output=True)
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(site), str(ROOT)])}
    found = subprocess.run(
        [sys.executable, "-c", USED, str(package)],
        cwd=tmp_path, capture_output=True, text=True, check=True, env=environment,
    )  # fmt: skip
    untouched, named = found.stdout.split()
    assert untouched == digest(play(read_scenario("pie"), 20)) != named
