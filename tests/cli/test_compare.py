"""`sim compare`: two runs side by side."""

import json

import pytest
from click.testing import CliRunner

from sim.cli.main import main
from tests.scenario.small_case import write_case


@pytest.fixture(scope="module")
def runs(tmp_path_factory):
    """Two runs of the small case with different patience."""
    top = tmp_path_factory.mktemp("runs")
    case = str(write_case(top / "small"))
    for name, patience in (("a", 0.65), ("b", 0.9)):
        arguments = ["run", case, "--draws", "20", "--no-figures", "--no-flips", "--set", f"north.patience={patience}"]
        assert CliRunner().invoke(main, [*arguments, "--out", str(top / name)]).exit_code == 0
    return top


def compare(*arguments):
    """Run the command in this process."""
    return CliRunner().invoke(main, ["compare", *map(str, arguments)])


def test_for_people(runs):
    """Both runs, the endings, what was set differently."""
    found = compare(runs / "a", runs / "b")
    assert found.exit_code == 0
    assert "the same worlds" in found.stdout
    assert "north.patience: 0.65 → 0.9" in found.stdout


@pytest.mark.slow
def test_for_machines(runs):
    """One object."""
    found = compare(runs / "a", runs / "b", "--json")
    data = json.loads(found.stdout)
    assert data["identical"] is False
    assert data["numbers"] == {"north.patience": ["0.65", "0.9"]}
    assert data["endings"]["paired"] is True
    assert set(data["endings"]["share"]) == {"truce", "partial", "settlement", "stalemate", "war"}


@pytest.mark.slow
def test_a_run_beside_itself(runs):
    """Equal bit for bit."""
    assert "bit for bit" in compare(runs / "a", runs / "a").stdout


def test_folders_without_runs_are_refused(runs, tmp_path):
    """Exit code 2, with what is there."""
    found = compare(runs / "a", tmp_path)
    assert found.exit_code == 2
    assert "no results folder" in found.stderr
