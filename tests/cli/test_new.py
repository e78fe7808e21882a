"""`sim new`, `sim schema` and `sim models`."""

import json
import tomllib

import pytest
from click.testing import CliRunner

from sim.cli.main import main
from sim.scenario import read_case, scenario_schema


def sim(*arguments):
    """Run a command."""
    return CliRunner().invoke(main, list(arguments))


@pytest.mark.slow
def test_a_new_case_is_sound(tmp_path, monkeypatch):
    """It passes `sim check`, names the schema, and tells a truce from a settlement."""
    monkeypatch.chdir(tmp_path)
    made = sim("new", "border-talks")
    assert made.exit_code == 0
    assert sim("check", "border-talks").exit_code == 0
    case = read_case("border-talks")
    assert case.scenario.title == "Border talks"
    assert any(issue.root_cause_of for issue in case.scenario.issues.values())
    text = (case.folder / "scenario.toml").read_text(encoding="utf-8")
    assert text.startswith("#:schema ../scenario.schema.json\n")
    assert "{" + "name}" not in text
    assert (tmp_path / "scenarios" / "scenario.schema.json").is_file()
    assert "sim run scenarios/border-talks" in (case.folder / "README.md").read_text(encoding="utf-8")


@pytest.mark.slow
def test_evidence_an_overlay_and_a_study_come_along(tmp_path, monkeypatch):
    """Each is commented, and each runs at once."""
    monkeypatch.chdir(tmp_path)
    assert sim("new", "talks").exit_code == 0
    told = json.loads(sim("check", "talks", "--json").stdout)
    assert told["overlays"] == ["patient"]
    assert (told["claims"], told["numbers"]["with_claims"], told["numbers"]["unused_claims"]) == (1, 1, [])
    assert "sha256sum FILE" in (tmp_path / "seeds" / "talks.toml").read_text(encoding="utf-8")
    few = ["--draws", "3", "--no-figures"]
    assert sim("run", "talks", *few, "--no-flips", "--overlays", "all").exit_code == 0
    words = ["--study", "patience_and_firmness", "--no-spread", "--workers", "0", "--json"]
    swept = sim("sweep", "scenarios/talks", *few, *words)
    assert json.loads(swept.stdout)["points"] == 12


@pytest.mark.parametrize("below", ["", "other"])
def test_a_case_made_among_the_cases_is_one_of_them(tmp_path, monkeypatch, below):
    """Inside scenarios/, or inside a case, no scenarios/ is made; commands in the README are for the root."""
    here = tmp_path / "scenarios" / below
    here.mkdir(parents=True)
    monkeypatch.chdir(here)
    assert sim("new", "talks").exit_code == 0
    monkeypatch.chdir(tmp_path)
    assert sim("check", "talks", "--quick").exit_code == 0
    assert (tmp_path / "seeds" / "talks.toml").is_file()
    assert "sim run scenarios/talks\n" in (tmp_path / "scenarios" / "talks" / "README.md").read_text(encoding="utf-8")


def test_evidence_of_that_name_is_left_alone(tmp_path, monkeypatch):
    """Nothing is written where something of the case is there already."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "talks.toml").write_text("mine", encoding="utf-8")
    assert sim("new", "talks").exit_code == 2
    assert not (tmp_path / "scenarios").exists()


def test_nothing_is_overwritten(tmp_path, monkeypatch):
    """An existing folder is left alone, and names that are no folders are refused."""
    monkeypatch.chdir(tmp_path)
    assert sim("new", "talks", "--json").exit_code == 0
    before = (tmp_path / "scenarios" / "talks" / "scenario.toml").read_bytes()
    assert sim("new", "talks").exit_code == 2
    assert (tmp_path / "scenarios" / "talks" / "scenario.toml").read_bytes() == before
    assert sim("new", "../talks").exit_code == 2


def test_the_schema_is_printed_or_written(tmp_path):
    """Both ways give the schema made from the models."""
    assert json.loads(sim("schema").stdout) == scenario_schema()
    out = tmp_path / "s.json"
    assert sim("schema", "--out", str(out), "--overlay").exit_code == 0
    assert json.loads(out.read_text(encoding="utf-8")) == scenario_schema(overlay=True)
    assert sim("schema", "--out", str(tmp_path / "none" / "s.json")).exit_code == 2


def test_every_key_of_the_template_is_in_the_schema(tmp_path, monkeypatch):
    """The template uses only what editors will complete."""
    monkeypatch.chdir(tmp_path)
    sim("new", "talks")
    raw = tomllib.loads((tmp_path / "scenarios" / "talks" / "scenario.toml").read_text(encoding="utf-8"))
    assert set(raw) <= set(scenario_schema()["properties"])


def test_models_are_listed():
    """For people by kind; for machines with status and source."""
    text = sim("models").stdout
    for name in ("alternating-offers", "time-dependent", "ac-next", "nash"):
        assert name in text
    rows = json.loads(sim("models", "--kind", "solution", "--json").stdout)["models"]
    assert {row["kind"] for row in rows} == {"solution"}
    assert {"name", "status", "source", "summary"} <= set(rows[0])
