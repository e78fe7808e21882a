"""`sim import` and `sim export`."""

import json

import pytest
from click.testing import CliRunner

from sim.cli.main import main
from sim.scenario import read_case

KTAB = """Reform, "Who, and how much", 3, 2,
Actor,Description,Influence,Speed Position,Speed Salience,Scope Position,Scope Salience,
XJ,The chairman,100,30,24,20,48,
LK,The premier,60.2,45,44.7,65,41.3,
ZG,A minister,35,30,28.9,15,65.1,
"""
SIDES = (
    (
        '{"reservationValue": 0.2, "issueWeights": {"colour": 0.6, "size": 0.4}, "issues": '
        '{"colour": {"red": 1, "NO": 0.3, "blue": 0}, "size": {"S": 0.1, "L": 1}}}'
    ),
    (
        '{"reservationValue": 0.3, "issueWeights": {"colour": 0.5, "size": 0.5}, "issues": '
        '{"colour": {"red": 0.1, "NO": 0.9, "blue": 1}, "size": {"S": 1, "L": 0.4}}}'
    ),
)


def sim(*arguments):
    """Run a command."""
    return CliRunner().invoke(main, [str(one) for one in arguments])


@pytest.fixture
def workspace(tmp_path, monkeypatch):
    """A folder with a table and two profiles, in which commands run."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "reform.csv").write_text(KTAB, encoding="utf-8")
    for letter, text in zip("AB", SIDES, strict=True):
        (tmp_path / f"profile{letter}.json").write_text(text, encoding="utf-8")
    return tmp_path


@pytest.mark.slow
def test_a_table_becomes_a_case_that_runs_and_comes_back(workspace):
    """It is sound, states what salience means, plays, and is exported as it was."""
    made = sim("import", "reform.csv")
    assert made.exit_code == 0, made.output
    assert "read 1 file as ktab-csv" in made.stdout
    assert sim("check", "reform", "--quick").exit_code == 0
    text = (workspace / "scenarios" / "reform" / "scenario.toml").read_text(encoding="utf-8")
    assert "# In KTAB, a salience from 0 to 100 is the share of" in text
    assert "In KTAB, a salience" in (workspace / "scenarios" / "reform" / "README.md").read_text(encoding="utf-8")
    scenario = read_case("reform").scenario
    assert scenario.actors["LK"].title == "The premier"
    assert scenario.talks.sign.weights == {"XJ": 100, "LK": 60.2, "ZG": 35}
    assert sim("run", "reform", "--draws", 3, "--no-figures", "--no-flips", "--out", "out").exit_code == 0
    assert sim("export", "reform", "--to", "ktab-csv", "-o", "back.csv").exit_code == 0
    cells = [line.strip(",").split(",") for line in KTAB.splitlines()[2:]]
    back = [line.split(",") for line in (workspace / "back.csv").read_text(encoding="utf-8").splitlines()[2:]]
    assert back == cells


def test_profiles_become_a_case_and_files_of_every_other_program(workspace):
    """What is imported is exported as GENIUS, GeniusWeb, NegMAS and NegoLog have it, and read again from each."""
    assert sim("import", "profileA.json", "profileB.json", "-o", "scenarios/colours").exit_code == 0
    for name in ("genius-xml", "geniusweb-json", "negmas-yaml", "negolog-json"):
        told = json.loads(sim("export", "colours", "--to", name, "-o", name, "--json").stdout)
        again = sim("import", *told["written"], "-o", f"scenarios/{name}", "--json")
        assert again.exit_code == 0, again.output
        assert json.loads(again.stdout)["format"] == name
        issues = read_case(name).scenario.issues.values()
        assert [(issue.title or "", issue.levels) for issue in issues] == [
            ("", ("red", "NO", "blue")),
            ("", ("S", "L")),
        ]


def test_nothing_is_written_over(workspace):
    """Neither a case nor an exported file that is there."""
    assert sim("import", "reform.csv").exit_code == 0
    again = sim("import", "reform.csv")
    assert again.exit_code == 2
    assert "there already; nothing was written" in again.stderr
    there = sim("export", "reform", "--to", "ktab-xml", "-o", "reform.csv")
    assert there.exit_code == 2
    assert "reform.csv is there already" in there.stderr


def test_misuse_is_told(workspace):
    """A format that is not there, files of no format, and what a format cannot hold."""
    assert "ktab-csv" in sim("import", "reform.csv", "--format", "ktab").stderr
    (workspace / "odd.csv").write_text("what,ever\n", encoding="utf-8")
    odd = sim("import", "odd.csv")
    assert odd.exit_code == 2
    assert "of no format that is read" in odd.stderr
    assert sim("import", "profileA.json", "profileB.json", "-o", "scenarios/c").exit_code == 0
    assert "no issue of this case has an order" in sim("export", "c", "--to", "decide", "-o", "x").stderr
    assert "there are 2" not in sim("import", "reform.csv", "profileA.json").stderr


def test_no_deal_of_an_imported_table_is_what_its_reservations_say(workspace):
    """It contradicts no status quo, which the file does not hold; of many doubts the first are told."""
    rows = KTAB.splitlines()
    more = [f"X{n},Member {n},{n + 1},50,50,50,50," for n in range(5)]
    (workspace / "reform.csv").write_text("\n".join([*rows, *more, ""]).replace("3, 2,", "8, 2,"), encoding="utf-8")
    assert sim("import", "reform.csv").exit_code == 0
    told = sim("check", "reform", "--quick")
    assert told.exit_code == 0, told.output
    assert "one of them is wrong" not in told.output
    assert told.output.count("Warning    No deal is worth 0.00 to ") == 3
    assert "more are in doubt; `--json` says which." in told.output
