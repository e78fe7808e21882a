"""`sim new --like`, `sim new --from` and `sim explain KEY`: every kind runs, every key of the schema is told."""

import json
import tomllib

import pytest
from click.testing import CliRunner

from sim.cli.main import main
from sim.cli.template import KINDS, other_keys
from sim.cli.trade_words import TRADE_WORDS, keys_about
from sim.scenario import read_case, scenario_schema
from sim.scenario.schema_keys import keys_called, keys_in, schema_keys


def sim(*arguments):
    """Run a command."""
    return CliRunner().invoke(main, [str(one) for one in arguments])


#: The default suite tries a war, a trade and a treaty.
TRIED = {"ceasefire", "purchase", "treaty"}
MOST_SLOW = [kind if kind in TRIED else pytest.param(kind, marks=pytest.mark.slow) for kind in KINDS]


def words_of_war(text):
    """Words that only a war has, in a text."""
    return [word for word in ("truce", "ceasefire", "fighting", "war_cost", "rearm") if word in text.lower()]


@pytest.mark.parametrize("kind", MOST_SLOW)
def test_every_kind_is_sound_and_speaks_its_own_words(tmp_path, monkeypatch, kind):
    """It passes `sim check`; what it says of itself names no war where there is none; its title is the case's."""
    monkeypatch.chdir(tmp_path)
    assert sim("new", "my-case", "--like", kind).exit_code == 0
    checked = sim("check", "my-case", "--quick", "--json")
    assert checked.exit_code == 0, checked.stderr
    case = read_case("my-case")
    assert case.scenario.title == "My case"
    text = (case.folder / "scenario.toml").read_text(encoding="utf-8")
    own = text.partition("# What else can stand here")[0]
    assert "{" + "folder}" not in text
    assert bool(words_of_war(own)) == (kind == "ceasefire")
    lines = [line for line in own.splitlines() if line.strip() and not line.strip().startswith("#")]
    if (case.folder / "actors.csv").is_file():
        assert len(lines) < 40


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_moves_by_every_number_and_runs(tmp_path, monkeypatch, kind):
    """Nothing in it is idle, and it plays."""
    monkeypatch.chdir(tmp_path)
    assert sim("new", "case", "--like", kind).exit_code == 0
    told = json.loads(sim("check", "case", "--json").stdout)
    assert told["numbers"].get("idle", told.get("idle", [])) == []
    assert sim("run", "case", "--draws", 4, "--no-figures", "--no-flips", "--out", "out").exit_code == 0


@pytest.mark.parametrize("kind", MOST_SLOW)
def test_a_template_tells_every_key_of_the_schema(tmp_path, monkeypatch, kind):
    """Each key is used, or stands with its description behind what is used: none can be added and forgotten."""
    monkeypatch.chdir(tmp_path)
    assert sim("new", "case", "--like", kind).exit_code == 0
    text = (tmp_path / "scenarios" / "case" / "scenario.toml").read_text(encoding="utf-8")
    used = keys_in(tomllib.loads(text))
    rest = " ".join(text.partition("# What else can stand here")[2].replace("#", " ").split())
    for key in schema_keys():
        assert (f" {key.dotted}: " in rest) != (key in used), key.dotted


def test_every_key_of_the_schema_says_what_it_is():
    """A description for each, found in the tree of models; no property of any model is left out."""
    silent = [key.dotted for key in schema_keys() if not key.description]
    assert not silent
    told = {key.path[-1] for key in schema_keys()}
    schema = scenario_schema()
    models = [schema, *schema["$defs"].values()]
    assert {name for model in models for name in model.get("properties", {})} - told == {"extends"}


def test_every_key_can_be_explained():
    """By its whole path and by its last word."""
    assert len(schema_keys()) > 250
    for key in schema_keys():
        assert key in keys_called(key.dotted), key.dotted
        assert key in keys_called(key.path[-1]), key.dotted


@pytest.mark.slow
def test_explain_tells_a_key():
    """What it is, what stands there, and the default; a misspelt one is answered with the nearest."""
    told = sim("explain", "sign.quota").stdout
    assert told.startswith("talks.sign.quota: a key of scenario files\n  votes needed")
    assert json.loads(sim("explain", "talks.protocol", "--json").stdout)["default"] == '"alternating-offers"'
    wrong = sim("explain", "quotta")
    assert wrong.exit_code == 2
    assert "quota" in wrong.stderr


def test_new_from_a_file_is_an_import(tmp_path, monkeypatch):
    """A table becomes the case of the name that is given; a kind besides is refused."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "t.csv").write_text("actor,capability,position,salience\na,100,20,0.9\nb,80,70,0.3\n", encoding="utf-8")
    assert sim("new", "mine", "--from", "t.csv").exit_code == 0
    assert sim("check", "mine", "--quick").exit_code == 0
    assert sim("new", "other", "--from", "t.csv", "--like", "pie").exit_code == 2


def test_keys_that_a_file_uses_are_not_told_again():
    """Only what is left."""
    rest = other_keys('title = "x"\n[issues.a]\nunit = "USD"\n')
    assert "issues.ISSUE.unit:" not in rest
    assert "issues.ISSUE.kind:" in rest


def test_words_of_the_trade_lead_to_keys():
    """Each to keys that there are, also in the plural and with hyphens."""
    for word, keys in TRADE_WORDS.items():
        assert [key.dotted for key in keys_about(word)] == list(keys), word
        assert keys_about(f"{word.replace(' ', '-')}s") == keys_about(word), word


def test_explain_tells_where_a_word_of_the_trade_stands(tmp_path, monkeypatch):
    """The keys that hold what it means, by our list or by what they say of themselves; nonsense is still an error."""
    monkeypatch.chdir(tmp_path)  # where no case is read to look for the word
    told = sim("explain", "outside option")
    assert told.exit_code == 0
    assert "actors.ACTOR.reservation: a key of scenario files" in told.stdout
    assert "talks.sign.veto" in sim("explain", "refusal").stdout
    assert sim("explain", "qwertz").exit_code == 2
