"""`sim backtest`, as a user runs it."""

import json

import pytest
from click.testing import CliRunner

from sim.cli.main import main
from tests.backtest.made_up import deu_text

FEW = ["--only", "mean", "--only", "condorcet-median", "--only", "utilitarian"]


@pytest.fixture
def file(tmp_path):
    """A file of decisions in the layout of DEU."""
    made = tmp_path / "made.tsv"
    made.write_text(deu_text(20), encoding="utf-8")
    return made


@pytest.mark.slow
def test_page_figure_tables_and_json(file, tmp_path):
    """All of it stands in the folder, and says the same as what is printed."""
    out = tmp_path / "out"
    arguments = ["backtest", str(file), *FEW, "--noise-draws", "2", "--resamples", "200"]
    found = CliRunner().invoke(main, [*arguments, "--out", str(out), "--json"])
    assert found.exit_code == 0, found.output
    told = json.loads(found.output)
    assert json.loads((out / "backtest.json").read_text()) == told
    assert "condorcet-median" in told["models"]
    assert (out / "figures" / "backtest-errors.png").is_file()
    assert "weighted mean" in (out / "report.html").read_text()
    table = (out / "forecasts.csv").read_text().splitlines()
    assert len(table) == 1 + told["issues"]


@pytest.mark.slow
def test_words_for_people(file):
    """The answer comes first, and says what beats the mean."""
    found = CliRunner().invoke(main, ["backtest", str(file), *FEW, "--noise-draws", "0", "--resamples", "100"])
    assert found.exit_code == 0, found.output
    assert "What beats it: Nothing." in found.output
    assert "What cannot be told apart from it: Forecasts: mean" in found.output


def test_bad_input_is_a_message(file, tmp_path):
    """Exit code 2 with the place, and a folder that holds something else is left alone."""
    wrong = tmp_path / "wrong.csv"
    wrong.write_text("a,b\n1,2\n", encoding="utf-8")
    assert CliRunner().invoke(main, ["backtest", str(wrong)]).exit_code == 2
    found = CliRunner().invoke(main, ["backtest", str(file), "--only", "men"])
    assert found.exit_code == 2
    assert "mean" in found.output
    taken = tmp_path / "taken"
    taken.mkdir()
    (taken / "mine.txt").write_text("mine")
    assert CliRunner().invoke(main, ["backtest", str(file), *FEW, "--out", str(taken)]).exit_code == 2
