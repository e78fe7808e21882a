"""The command itself: help without science, and errors without tracebacks."""

import json
import re
import subprocess
import sys

import pytest
from click.testing import CliRunner

from sim.cli.main import COMMANDS, main
from sim.store.manifest import FORMAT

HEAVY = ("numpy", "scipy", "pydantic", "matplotlib", "xarray", "rich", "sim.foundations")


@pytest.mark.parametrize("arguments", [["--help"], []])
def test_help_imports_nothing_heavy(arguments):
    """Help and completion stay quick whatever the machine, because nothing scientific is imported."""
    code = (
        "import sys\nfrom sim.cli.main import main\n"
        f"try: main({arguments!r})\nexcept SystemExit: pass\n"
        f"print([name for name in {HEAVY!r} if name in sys.modules], file=sys.stderr)"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stderr.strip().splitlines()[-1] == "[]"


@pytest.mark.slow
def test_a_run_without_figures_loads_nothing_that_draws():
    """What is only drawn with, and distributions where a quantile is enough, cost a bare run nothing."""
    code = "import sys, sim.cli.run, sim.jobs.run_case\nprint([one for one in sys.argv[1:] if one in sys.modules])"
    drawing = ("matplotlib", "sim.plots", "scipy.stats", "jinja2")
    found = subprocess.run([sys.executable, "-c", code, *drawing], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"


def test_the_version_names_commit_and_formats():
    """What a report of a mistake should name; in a clone, the commit."""
    told = CliRunner().invoke(main, ["--version"]).stdout
    assert re.match(r"sim, version \S+ \((commit [0-9a-f]{10}\+?|no clone)\)\n", told)
    assert f"results folders: format {FORMAT}" in told


def test_python_m_sim_works():
    """The package runs as a module."""
    found = subprocess.run([sys.executable, "-m", "sim", "--help"], capture_output=True, text=True, check=True)
    for name in COMMANDS:
        assert f"  {name} " in found.stdout


def test_an_unknown_command_is_answered_with_the_nearest():
    """Exit code 2 and the right name."""
    found = CliRunner().invoke(main, ["chek"])
    assert found.exit_code == 2
    assert "Did you mean `sim check`?" in found.output


@pytest.mark.parametrize("name", ["check", "explain", "models", "new", "schema"])
def test_every_command_has_an_example_and_json(name):
    """`--help` ends with an example; `--json` is there."""
    found = CliRunner().invoke(main, [name, "--help"])
    assert found.exit_code == 0
    assert f"Example: sim {name}" in found.output
    assert "--json" in found.output


@pytest.mark.slow
def test_bad_input_ends_with_2_and_no_traceback(tmp_path):
    """In a process of its own, as a user meets it."""
    found = subprocess.run(
        [sys.executable, "-m", "sim", "check", str(tmp_path / "none")],
        capture_output=True,
        text=True,
        check=False,
    )
    assert found.returncode == 2
    assert found.stdout == ""
    assert "error: there is no scenario" in found.stderr
    assert "Traceback" not in found.stderr


def test_errors_as_json(tmp_path):
    """With --json, standard output holds one object, errors included."""
    found = CliRunner().invoke(main, ["check", str(tmp_path / "none"), "--json"])
    assert found.exit_code == 2
    assert "no scenario" in json.loads(found.stdout)["problems"][0]["message"]
    assert found.stderr == ""
