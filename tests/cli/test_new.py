"""`sim new`, `sim schema` and `sim models`."""

import json
import tomllib

from click.testing import CliRunner

from sim.cli.main import main
from sim.scenario import read_case, scenario_schema


def sim(*arguments):
    """Run a command."""
    return CliRunner().invoke(main, list(arguments))


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
