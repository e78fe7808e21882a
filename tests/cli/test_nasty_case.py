"""A case whose texts are mathematics, markup, code and other scripts, from the file to every place it is told."""

import csv
import json
import re

import pytest
from click.testing import CliRunner

from sim.cli.main import main
from sim.store import load_results
from tests.plots.nasty import NASTY

LEVELS = [*NASTY[:10], *NASTY[12:13]]


def quoted(text):
    """A text as TOML writes it."""
    return json.dumps(text, ensure_ascii=False)


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    """What the command says, and the folder it leaves."""
    top = tmp_path_factory.mktemp("nasty")
    case = top / "case"
    case.mkdir()
    title = " ".join(NASTY[:6])
    actor = "patience = {{ value = 0.9 }}\nreservation = {{ value = 0.2 }}\nsalience = {{ x = {{ value = 1 }} }}\n"
    actor += "title = {}\nposition = {{ x = {{ value = {} }} }}\n"
    lines = [
        f"title = {quoted(title)}\nquestion = {quoted(NASTY[4])}\nseed = 's'\ndraws = 8",
        f"default_assumed = {quoted(NASTY[12])}",
        f"[issues.x]\ntitle = {quoted(NASTY[0])}\nstatus_quo = {quoted(LEVELS[0])}",
        f"levels = [{', '.join(map(quoted, LEVELS))}]",
        "[actors.a]\n" + actor.format(quoted(NASTY[2]), quoted(LEVELS[4])),
        "[actors.b]\n" + actor.format(quoted(NASTY[12]), quoted(LEVELS[4])),
        "[talks]\nround = '1 week'\nrounds = 3\nhorizon = 3",
    ]
    (case / "scenario.toml").write_text("\n".join(lines), encoding="utf-8")
    words = ["run", str(case), "--figures", "none", "--no-flips", "--out", str(top / "out")]
    found = CliRunner().invoke(main, words)
    assert found.exit_code == 0, found.output
    return found.output, top / "out"


@pytest.mark.slow
def test_the_terminal_shows_it_letter_by_letter(told):
    """Brackets are no styles, and nothing is swallowed."""
    shown = re.sub(r"\s+", " ", told[0])
    assert NASTY[0] in shown
    assert "a_b^c{d}" in shown
    assert "<b>bold</b>" in shown


@pytest.mark.slow
def test_tables_and_arrays_hold_it_as_it_was_written(told):
    """A level is named in full, quoted where the format asks for it."""
    with (told[1] / "results.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {row["terms.x"] for row in rows} == {LEVELS[4]}
    assert set(load_results(told[1])["deal_level"].values.ravel().tolist()) == set(LEVELS)
    answer = json.loads((told[1] / "answer.json").read_text(encoding="utf-8"))
    assert LEVELS[4] in json.dumps(answer, ensure_ascii=False)


@pytest.mark.slow
@pytest.mark.filterwarnings("always:no font here")
def test_the_page_runs_none_of_it(told):
    """Markup of users is text, no element of the page; letters that no font has are told once, in a sentence."""
    found = CliRunner().invoke(main, ["report", str(told[1])])
    assert found.exit_code == 0, found.output
    lines = [line for line in found.stderr.splitlines() if "no font here" in line]
    assert len(lines) <= 1
    assert all(line.startswith("warning: no font here") for line in lines)
    page = (told[1] / "report.html").read_text(encoding="utf-8")
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "$5M now, 3% of $80M later" in page
