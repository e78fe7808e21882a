"""`sim explain`: numbers, claims, members."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from sim.cli.main import main
from sim.words.glossary import look_up
from tests.cli.test_check import EVIDENCE
from tests.scenario.small_case import SMALL, write_case

CEASEFIRE = Path(__file__).parents[2] / "scenarios" / "ceasefire"


@pytest.fixture
def here(tmp_path, monkeypatch):
    """A folder with one case under scenarios/."""
    monkeypatch.chdir(tmp_path)
    text = 'evidence = "seed.toml"\n' + SMALL.replace('high = 0.2, assumed = "x"', 'high = 0.2, claims = ["first"]')
    folder = write_case(tmp_path / "scenarios" / "small", text)
    (folder / "seed.toml").write_text(EVIDENCE, encoding="utf-8")
    return folder


def explain(*arguments):
    """Run `sim explain`."""
    return CliRunner().invoke(main, ["explain", *map(str, arguments)])


def test_a_number_with_a_claim(here):
    """Value, range, distribution, place in the file, and the claim in our words."""
    text = explain("north.war_cost").stdout
    for words in ("0.1 (0 to 0.2)", "uniform", "scenario.toml:", "something (stated; s, paragraph 1)"):
        assert words in text


def test_an_assumed_number_as_json(here):
    """The reason, and the issue on whose scale it is."""
    told = json.loads(explain("north.position.status", "--case", "small", "--json").stdout)
    assert (told["value"], told["issue"], told["assumed"], told["claims"]) == ("neutral", "status", "x", [])


def test_a_mirrored_number(here):
    """It follows another one."""
    assert "follows north.power_shift" in explain("south.power_shift").stdout


def test_a_claim(here):
    """What rests on it."""
    assert "numbers that rest on it: north.war_cost" in explain("first").stdout


def test_a_lever():
    """Title, holder, whose consent it needs, moves, cost, and what each rests on."""
    text = explain("levers.guarantees", "--case", CEASEFIRE).stdout
    for words in ("Allied guarantees that bind", "(allies); needs the consent of ukraine", "full use costs 0.05"):
        assert words in text
    assert "True effect of enforcement on fragility (true_hazard.fragile.enforcement): times 1.6" in text
    assert "rests on analysts-enforcement-makes-it-last" in text
    told = json.loads(explain("levers.guarantees", "--case", CEASEFIRE, "--json").stdout)
    assert (told["kind"], told["holder"], told["veto"]) == ("lever", "allies", ["ukraine"])
    assert {move["mode"] for move in told["moves"]} == {"scale", "set"}
    assert "levers: guarantees" in explain("analysts-enforcement-makes-it-last", "--case", CEASEFIRE).stdout
    assert "did you mean levers.guarantees?" in explain("levers.guarantee", "--case", CEASEFIRE).stderr


def test_a_red_line(here):
    """The path of several numbers shows them all."""
    found = explain("ukraine.red_lines.line", "--case", CEASEFIRE, "--json")
    told = json.loads(found.stdout)["found"]
    assert [item["path"].rsplit(".", 1)[-1] for item in told] == ["begins", "firmness", "cost"]
    weights = {"line of contact": 0.3, "administrative borders of the four oblasts": 0.7}
    assert told[0]["options"] == weights
    text = explain("ukraine.red_lines.line", "--case", CEASEFIRE).stdout
    assert ": line of contact in 30 %, administrative borders of the four oblasts in 70 %" in text


def test_a_member(here):
    """Source, status and docstring of whatever is registered."""
    found = explain("alternating-offers")
    assert found.exit_code == 0
    assert "protocol, tested" in found.stdout
    assert "source: " in found.stdout
    assert "time_scale:" in found.stdout


@pytest.mark.parametrize(
    ("topic", "nearest"), [("north.patienc", "north.patience"), ("alternating-offer", "alternating-offers")]
)
def test_unknown_topics_are_answered_with_the_nearest(here, topic, nearest):
    """Exit code 2."""
    found = explain(topic)
    assert found.exit_code == 2
    assert f"did you mean {nearest}?" in found.stderr


@pytest.mark.parametrize("word", ["stalemate", "patience", "convention", "arms", "world", "Kaplan-Meier"])
def test_words_of_reports_are_explained(here, word):
    """The same sentence as in the box of a report."""
    found = explain(word)
    assert found.exit_code == 0
    said = look_up(word)
    assert said.name in found.stdout
    assert said.meaning in " ".join(found.stdout.split())
    told = json.loads(explain(word, "--json").stdout)
    assert said.meaning in [one.get("meaning") for one in told.get("found", [told])]  # some are keys of files too


def test_a_mistyped_word_is_answered_with_the_nearest(here):
    """As any other topic."""
    found = explain("conventoin")
    assert found.exit_code == 2
    assert "did you mean convention?" in found.stderr


def test_a_number_on_rates_shows_rate_recipe_and_posterior():
    """Counts, source, recipe, how far they apply, and what follows on the number's own scale."""
    told = CliRunner().invoke(main, ["explain", "talks.decisive_chance", "--case", "scenarios/ceasefire"]).output
    for words in ("2 events in 25 years", "recipe:", "applies:", "0.1 (0.0166 to 0.257, 95 %) as a rate"):
        assert words in told
    rate = CliRunner().invoke(main, ["explain", "attacker-prevails", "--case", "scenarios/ceasefire"]).output
    assert "numbers that rest on it: russia.power, ukraine.power" in rate
