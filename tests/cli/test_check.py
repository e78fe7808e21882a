"""`sim check`: mistakes all at once, audits, and the reader's copy of the article."""

import hashlib
import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from sim.cli.main import main
from sim.scenario.kinds import models_war
from tests.scenario.small_case import SMALL, write_case
from tests.shipped import shipped

CASES = sorted(path.parent.name for path in Path("scenarios").glob("*/scenario.toml"))
#: Cases that the default suite tries, both without a war: one without red lines, one with them.
SAMPLE = ("pie", "labour")

TEN_MISTAKES = """title = "ten mistakes"
sead = "1"

[issues.nato]
levels = ["in", "out"]
status_quo = "inn"

[issues.line]
levels = ["a", "b", "c"]
status_quo = "a"
root_cause_of = "russai"

[actors.russia]
patience = { value = 1.4, low = 0.5, high = 0.9, assumed = "x" }
power = 0.6
role = "partyy"
salience = { nato = { value = 1, assumed = "x" }, lin = { value = 1, assumed = "x" } }
position.nato = { value = "out", assumed = "x" }

[actors.ukraine]
patience = { value = 0.9, assumed = "x" }
salience.line = { value = 1, assumed = "x" }
position.line = { value = "d", assumed = "x" }

[talks]
order = ["russia", "ukrain"]
protocol = "alternatin-offers"
rounds = 30
horizon = 20
"""

PLACES = ["2:1", "6:14", "11:17", "14:22", "15:9", "16:8", "17:51", "23:27", "26:20", "27:12", "29:11"]

TEXT = b"One.\n\nTwo.\n"
EVIDENCE = f"""
[article]
title = "t"
sha256 = "{hashlib.sha256(TEXT).hexdigest()}"
[claims.first]
paragraph = 1
speaker = "s"
about = ["line"]
says = "something"
kind = "stated"
[claims.idle]
paragraph = 2
speaker = "s"
about = ["line"]
says = "something else"
kind = "reported"
"""


def check(*arguments):
    """Run `sim check`."""
    return CliRunner().invoke(main, ["check", *map(str, arguments)])


@pytest.fixture
def sourced(tmp_path):
    """A case with evidence, one overlay, and the article."""
    text = 'evidence = "seed.toml"\n' + SMALL.replace('high = 0.2, assumed = "x"', 'high = 0.2, claims = ["first"]')
    overlay = 'extends = "../scenario.toml"\n[actors.north]\npower = { value = 0.9, assumed = "y" }\n'
    folder = write_case(tmp_path / "small", text, strong=overlay)
    (folder / "seed.toml").write_text(EVIDENCE, encoding="utf-8")
    (folder / "article.txt").write_bytes(TEXT)
    return folder


def test_many_mistakes_each_with_its_place(tmp_path):
    """Every message has file:line:column, the line and a caret; nothing is hidden by something else."""
    path = tmp_path / "bad.toml"
    path.write_text(TEN_MISTAKES, encoding="utf-8")
    found = check(path)
    assert found.exit_code == 2
    assert found.stdout == ""
    assert "Traceback" not in found.stderr
    places = re.findall(rf"^{re.escape(str(path))}:(\d+:\d+): error: ", found.stderr, re.MULTILINE)
    assert places == PLACES
    assert len(re.findall(r"^ +\| +\^+$|^ +\| \^+$", found.stderr, re.MULTILINE)) == len(PLACES)
    for name in ("seed", "in", "russia", "party", "line", "ukraine", "alternating-offers"):
        assert f"did you mean {name}?" in found.stderr
    assert f"{len(PLACES)} problems" in found.stderr


@pytest.mark.parametrize(
    ("place", "wrong"),
    [("17:51", "lin"), ("6:14", '"inn"'), ("14:22", "1.4"), ("15:9", "0.6"), ("26:20", '"ukrain"'), ("29:11", "20")],
)
def test_the_caret_stands_under_what_is_wrong(tmp_path, place, wrong):
    """Under the name of a key that is none, else under the value; as long as either."""
    path = tmp_path / "bad.toml"
    path.write_text(TEN_MISTAKES, encoding="utf-8")
    lines = check(path).stderr.splitlines()
    at = next(i for i, line in enumerate(lines) if f":{place}:" in line)
    assert lines[at + 1][lines[at + 2].index("^") :].startswith(wrong)
    assert lines[at + 2].count("^") == len(wrong)


def test_one_mistake_ends_without_an_empty_line(tmp_path):
    """The list of several ends with their number, one mistake with itself."""
    path = tmp_path / "bad.toml"
    path.write_text("title = ", encoding="utf-8")
    found = check(path).stderr
    assert found.endswith("^\n")
    assert "problems" not in found


@pytest.mark.parametrize("words", [(".",), ("--json", ".", "--quick")])
def test_this_folder_is_a_case(sourced, monkeypatch, words):
    """A case is checked from inside; a folder that is none is told of, not a traceback."""
    monkeypatch.chdir(sourced)
    assert check(*words).exit_code == 0
    monkeypatch.chdir(sourced / "overlays")
    assert 'the folder "." has no scenario.toml' in check(".").stderr
    assert "the name is empty" in check("").stderr


@pytest.mark.slow
def test_observations_that_are_never_true_are_warned_of(tmp_path):
    """North would take its own demand in every world, so a refusal can only be a bluff."""
    seen = """
[observations.refuses]
says = "rejects"
actor = "north"
deals = { levels = { status = ["neutral"], line = ["front"] } }
bluff = { value = 0.1, assumed = "x" }
claims = ["first"]
"""
    text = 'evidence = "seed.toml"\n' + SMALL
    folder = write_case(tmp_path / "small", text + seen)
    (folder / "seed.toml").write_text(EVIDENCE, encoding="utf-8")
    assert '"refuses" is true in no drawn world: what is left are bluffs' in check(folder).stdout
    assert json.loads(check(folder, "--json").stdout)["observations_never_true"] == ["refuses"]
    assert "no drawn world" not in check(folder, "--quick").stdout
    write_case(folder, text + seen.replace("rejects", "accepts"))
    assert "no drawn world" not in check(folder).stdout


def test_mistakes_as_json(tmp_path):
    """The same for editors."""
    path = tmp_path / "bad.toml"
    path.write_text(TEN_MISTAKES, encoding="utf-8")
    problems = json.loads(check(path, "--json").stdout)["problems"]
    assert [f"{problem['line']}:{problem['column']}" for problem in problems] == PLACES


def test_no_colour_where_it_is_not_wanted(tmp_path, monkeypatch):
    """NO_COLOR is respected even if colour is forced on."""
    monkeypatch.setenv("NO_COLOR", "1")
    path = tmp_path / "bad.toml"
    path.write_text("title = ", encoding="utf-8")
    found = CliRunner().invoke(main, ["check", str(path)], color=True)
    assert "\x1b[3" not in found.stderr
    assert f"{path}:1:9: error: not TOML" in found.stderr


@pytest.mark.slow
def test_a_sound_case_is_audited(sourced):
    """Counts of what numbers rest on, and claims that nothing rests on."""
    found = check(sourced, "--json")
    assert found.exit_code == 0
    told = json.loads(found.stdout)
    assert told["sound"]
    assert told["overlays"] == ["strong"]
    assert told["deals"] == 144
    numbers = told["numbers"]
    assert (numbers["with_claims"], numbers["mirrored"]) == (1, 1)
    assert numbers["with_claims"] + numbers["assumed"] + numbers["by_default"] == numbers["total"]
    assert numbers["unused_claims"] == ["idle"]
    assert "north.power" in numbers["without_range"]
    assert "north.patience" not in numbers["without_range"]
    text = check(sourced).stdout
    assert "small is sound: 3 actors, 5 issues, 144 deals" in text
    assert "1 of 2 have nothing resting on them: idle" in text


@pytest.mark.slow
def test_overlays_are_checked_too(sourced):
    """A mistake in an overlay is found without naming it; one overlay can be checked alone."""
    assert check(sourced, "--overlay", "strong").exit_code == 0
    (sourced / "overlays" / "weak.toml").write_text('extends = "../scenario.toml"\ntitel = "x"\n', encoding="utf-8")
    found = check(sourced)
    assert found.exit_code == 2
    assert "weak.toml:2:1: error: unknown key" in found.stderr
    assert check(sourced, "--overlay", "strong").exit_code == 0
    assert "did you mean strong?" in check(sourced, "--overlay", "strog").stderr


@pytest.mark.slow
def test_the_source_is_compared(sourced):
    """Exit code 0 for the same text, 1 for another, and nothing of it is printed."""
    copy = sourced / "article.txt"
    found = check(sourced, "--source", copy)
    assert found.exit_code == 0
    assert "byte for byte; 2 paragraphs" in found.stdout
    copy.write_bytes(b"Secret.\n")
    found = check(sourced, "--source", copy)
    assert found.exit_code == 1
    assert "another text" in found.stdout
    assert "No such paragraph: claims idle" in found.stdout
    assert "Secret" not in found.output
    told = json.loads(check(sourced, "--source", copy, "--json").stdout)["source"]
    assert (told["matches"], told["claims_beyond"]) == (False, ["idle"])


def test_a_source_needs_evidence(tmp_path):
    """A scenario without an evidence file has nothing to compare."""
    folder = write_case(tmp_path)
    assert check(folder, "--source", folder / "scenario.toml").exit_code == 2


RATE = """
[rates.wars]
what = "wars that a side wins"
events = 2
exposure = 25
source = "counted"
recipe = "by hand"
applies = "to wars"
"""


def test_a_range_against_the_record_is_told(sourced):
    """A range by hand that leaves out what its rate says; numbers are counted by what they rest on."""
    text = (sourced / "scenario.toml").read_text(encoding="utf-8")
    number = 'decisive_chance = { value = 0.4, low = 0.3, high = 0.5, rates = ["wars"], assumed = "x" }'
    text = text.replace('decisive_chance = { value = 0.1, assumed = "x" }', number)
    (sourced / "scenario.toml").write_text(text, encoding="utf-8")
    (sourced / "seed.toml").write_text(EVIDENCE + RATE, encoding="utf-8")
    told = check(sourced, "--quick")
    assert told.exit_code == 0
    assert "Warning    talks.decisive_chance (wars): the record says 0.0165 to 0.226" in told.output
    found = json.loads(check(sourced, "--quick", "--json").output)
    numbers = found["numbers"]
    assert numbers["total"] == numbers["claims"] + numbers["rates"] + numbers["assumed"]
    assert (numbers["rates"], found["rates"]) == (1, 1)
    assert [one["path"] for one in found["ranges_beside_rates"]] == ["talks.decisive_chance"]


def test_what_an_event_does_not_do_to_a_signed_deal_is_said():
    """It changes numbers while nothing is signed; a deal that is signed it reaches by `breaks` alone."""
    words = ["check", "scenarios/monitored_deal", "--overlay", "election", "--quick"]
    told = CliRunner().invoke(main, words)
    assert "new_government changes its numbers only while nothing is signed" in " ".join(told.output.split())
    found = CliRunner().invoke(
        main, ["check", "scenarios/monitored_deal", "--overlay", "election", "--quick", "--json"]
    )
    assert json.loads(found.output)["events"]["new_government"].endswith("it ends one by `breaks`")


@pytest.mark.parametrize(
    "case", [case if case in SAMPLE else pytest.param(case, marks=pytest.mark.slow) for case in CASES]
)
def test_a_check_speaks_of_war_only_where_one_is_modelled(case):
    """Conventions about a war, or about red lines that nobody has, are no defaults of such a case."""
    told = check(f"scenarios/{case}", "--quick").output
    scenario = shipped(case)
    assert bool(re.findall(r"\b(truce|war|arms|stalemate|fighting)\b", told, re.IGNORECASE)) == models_war(scenario)
    if not models_war(scenario):
        assert ("conventions.red_line" in told) == any(actor.red_lines for actor in scenario.actors.values())
