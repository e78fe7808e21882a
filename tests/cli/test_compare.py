"""`sim compare`: two runs side by side."""

import json

import pytest
from click.testing import CliRunner

import sim
from sim.cli.main import main
from tests.report.reading import Page
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


@pytest.mark.slow
def test_for_people(runs):
    """Both runs, the endings, what was set differently."""
    found = compare(runs / "a", runs / "b")
    assert found.exit_code == 0
    assert "worlds that both have" in " ".join(found.stdout.split())
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
def test_the_page_has_a_figure_with_its_data(runs, tmp_path):
    """States and terms that differ, what the largest is, numbers to take away; none where nothing can differ."""
    file = tmp_path / "page.html"
    found = compare(runs / "a", runs / "b", "--page", file)
    assert (found.exit_code, f"Page: {file.as_posix()}" in found.stdout) == (0, True)
    text = file.read_text(encoding="utf-8")
    page = Page(text)
    assert page.unbalanced == []
    (figure,) = [one for one in page.elements if one.name == "figure"]
    assert figure.attributes["id"] == "figure-paired-changes"
    assert "B, the second run, less A, the first" in figure.text
    assert any(one.attributes.get("download") == "paired-changes.csv" for one in page.elements)
    told = json.loads(compare(runs / "a", runs / "b", "--json").stdout)
    assert {row["of"] for row in told["changes"]} >= {"state"}
    states = [row for row in told["changes"] if row["of"] == "state"]
    assert sum(row["change"] for row in states) == pytest.approx(0)
    assert told["sides"][0]["states"]["draws"] > 0
    compare(runs / "a", runs / "a", "--page", file)
    assert "<figure" not in file.read_text(encoding="utf-8")


@pytest.mark.slow
def test_a_run_beside_itself(runs):
    """Equal bit for bit."""
    assert "bit for bit" in compare(runs / "a", runs / "a").stdout


@pytest.mark.slow
def test_folders_without_runs_are_refused(runs, tmp_path):
    """Exit code 2, with what is there."""
    found = compare(runs / "a", tmp_path)
    assert found.exit_code == 2
    assert "no results folder" in found.stderr


@pytest.mark.slow
def test_sweeps_are_compared_over_all_their_points(tmp_path):
    """Point by point in the same worlds; a sweep with a run; one without single draws is named."""
    case = sim.read_case(write_case(tmp_path / "small"))
    over = {"talks.rounds": [2, 3]}
    sim.sweep_case(case, over=over, draws=5, out=tmp_path / "one")
    sim.sweep_case(case, over=over, draws=5, changes={"north.patience": 0.61}, out=tmp_path / "two")
    sim.sweep_case(case, over=over, draws=5, keep="summaries", out=tmp_path / "bare")
    sim.play_case(case, 7, out=tmp_path / "run")

    def compare(one, two):
        found = CliRunner().invoke(main, ["compare", str(tmp_path / one), str(tmp_path / two), "--json"])
        return found.exit_code, json.loads(found.stdout)

    code, found = compare("one", "two")
    assert (code, found["identical"], found["endings"]["paired"]) == (0, False, True)
    assert [side["endings"]["draws"] for side in found["sides"]] == [10, 10]
    assert "north.patience" in found["numbers"]
    code, found = compare("run", "one")
    assert (code, found["endings"]["paired"]) == (0, False)
    code, found = compare("bare", "one")
    assert (code, "no single draws" in found["problems"][0]["message"]) == (2, True)
    told = CliRunner().invoke(main, ["compare", str(tmp_path / "one"), str(tmp_path / "run")]).output
    assert "at each of 2 points" in told
