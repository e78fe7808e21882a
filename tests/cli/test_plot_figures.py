"""`sim plot`: lists what fits, draws what is asked, from stored results only."""

import json

import pytest
from click.testing import CliRunner

from sim.cli.main import main


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A results folder of a small run without figures."""
    path = tmp_path_factory.mktemp("run") / "one"
    done = CliRunner().invoke(main, ["run", "budget", "--draws", "10", "--no-figures", "--out", str(path), "--json"])
    assert done.exit_code == 0, done.output
    return path


@pytest.mark.slow
def test_list_says_what_fits(folder):
    """Names and the sentence each figure would say; nothing is drawn."""
    found = CliRunner().invoke(main, ["plot", str(folder), "--list"])
    assert found.exit_code == 0
    assert "A deal is in force in all 10 worlds" in found.output
    assert "blockers" not in found.output
    names = json.loads(CliRunner().invoke(main, ["plot", str(folder), "--list", "--json"]).output)["figures"]
    assert {"name", "summary", "title"} == set(names[0])


@pytest.mark.slow
def test_only_what_is_asked_is_drawn(folder, tmp_path):
    """One figure in one format and style, in the folder named."""
    words = ["plot", str(folder), "--only", "endings", "--format", "svg", "--style", "dark"]
    found = CliRunner().invoke(main, [*words, "--out", str(tmp_path), "--json"])
    assert json.loads(found.output)["files"] == [str(tmp_path / "endings.svg")]
    assert "#12161c" in (tmp_path / "endings.svg").read_text()
    CliRunner().invoke(main, words)
    assert [path.name for path in (folder / "figures").iterdir()] == ["endings.svg"]


@pytest.mark.slow
@pytest.mark.parametrize(
    "words", [["--only", "endngs"], ["--style", "papr"], ["--format", "gif"], ["--only", "blockers"]]
)
def test_bad_words_end_with_exit_code_2(folder, words):
    """No traceback; the message names what there is."""
    found = CliRunner().invoke(main, ["plot", str(folder), *words])
    assert found.exit_code == 2
    assert "error" in found.output


def test_a_folder_without_a_run_is_refused(tmp_path):
    """Exit code 2."""
    assert CliRunner().invoke(main, ["plot", str(tmp_path)]).exit_code == 2


@pytest.mark.slow
def test_width_is_that_of_the_picture(folder, tmp_path):
    """Inches as asked, in every format; a width that nothing fits in is refused."""
    words = ["plot", str(folder), "--only", "endings", "--format", "png", "--out", str(tmp_path), "--width"]
    assert CliRunner().invoke(main, [*words, "7"]).exit_code == 0
    head = (tmp_path / "endings.png").read_bytes()[16:20]
    assert int.from_bytes(head, "big") == 7 * 144
    assert CliRunner().invoke(main, [*words, "1"]).exit_code == 2


@pytest.mark.slow
def test_a_report_can_be_about_a_sweep(tmp_path):
    """The same command writes a page about whatever the folder holds."""
    sweep = tmp_path / "sweep"
    words = ["sweep", "budget", "--over", "north.patience=0.5,0.9", "--draws", "2", "--workers", "0", "--no-figures"]
    assert CliRunner().invoke(main, [*words, "--no-spread", "--out", str(sweep)]).exit_code == 0
    found = CliRunner().invoke(main, ["report", str(sweep)])
    assert found.exit_code == 0, found.output
    assert "north.patience" in (sweep / "report.html").read_text(encoding="utf-8")
