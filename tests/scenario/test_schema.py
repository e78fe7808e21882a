"""JSON Schema of scenario files."""

import json
from pathlib import Path

import pytest

from sim.scenario import scenario_schema


def test_numbers_are_tables():
    """No bare number; a range may be written as a pair; mirrored numbers, and those left to rates, need no value."""
    number = scenario_schema()["$defs"]["Quantity"]
    assert number["type"] == ["object", "string"]
    assert number["additionalProperties"] is False
    assert number["properties"]["range"]["minItems"] == 2
    needed = [key for one in number["anyOf"] for key in one["required"]]
    assert needed == ["value", "mirrors", "rates", "options", "readings", "like"]


def test_overlays_require_only_what_they_extend():
    """An overlay gives part of an actor, but whole numbers."""
    schema = scenario_schema(overlay=True)
    assert schema["required"] == ["extends"]
    assert "required" not in schema["$defs"]["Actor"]
    assert "anyOf" in schema["$defs"]["Quantity"]
    assert "required" in scenario_schema()["$defs"]["Actor"]


def test_every_key_is_described():
    """Editors show what a key means."""
    schema = scenario_schema()
    for name in ("Issue", "Actor", "Talks"):
        described = [key for key, node in schema["$defs"][name]["properties"].items() if node.get("description")]
        assert len(described) > len(schema["$defs"][name]["properties"]) / 2


@pytest.mark.parametrize(("name", "overlay"), [("scenario", False), ("overlay", True)])
def test_the_shipped_schema_is_the_one_of_the_models(name, overlay):
    """`sim schema --out scenarios/scenario.schema.json` was run after the last change."""
    path = Path(__file__).resolve().parents[2] / "scenarios" / f"{name}.schema.json"
    assert json.loads(path.read_text(encoding="utf-8")) == scenario_schema(overlay=overlay)
