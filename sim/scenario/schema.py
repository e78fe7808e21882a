"""JSON Schema of scenario files, made from the models, for editors."""

from __future__ import annotations

import copy
from typing import Any

from sim.evidence import json_schema
from sim.scenario.scenario import Scenario


def scenario_schema(*, overlay: bool = False) -> dict[str, Any]:
    """JSON Schema of a scenario file, or of an overlay, where nothing but ``extends`` is required.

    Numbers are tables, or short forms in quotes; a bare number is refused, as it is when the file is read.

    Example:
        >>> sorted(scenario_schema()["required"]), scenario_schema(overlay=True)["required"]
        (['issues', 'title'], ['extends'])
    """
    schema = copy.deepcopy(json_schema(Scenario))
    number = schema["$defs"]["Quantity"]
    number["properties"]["range"] = {
        "type": "array",
        "items": {"anyOf": [{"type": "number"}, {"type": "string"}]},
        "minItems": 2,
        "maxItems": 2,
        "description": "[low, high], instead of low and high",
    }
    del number["required"]
    number["type"] = ["object", "string"]  # a short form: "0.6..0.95", "0.8 ± 0.1", "0.8", or a level
    number["anyOf"] = [{"required": [key]} for key in ("value", "mirrors", "rates", "options", "readings", "like")]
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    schema["properties"]["extends"] = {
        "type": "string",
        "description": "file that this one changes (overlays)",
    }
    schema["properties"]["defaults"] = {
        "type": "object",
        "description": "what holds for whoever does not say otherwise",
        "properties": {
            "actor": {
                "type": "object",
                "description": "keys of an actor (patience, beliefs, …) for every actor that lacks them; and strategy, "
                "for whoever has none in talks.strategies",
            }
        },
        "additionalProperties": False,
    }
    for model, key in (
        ("Actor", "patience"),
        ("Observation", "bluff"),
        ("RedLine", "firmness"),
        ("Issue", "status_quo"),
    ):
        schema["$defs"][model]["required"] = [one for one in schema["$defs"][model].get("required", ()) if one != key]
    kind = schema["$defs"]["Issue"]["properties"]["kind"]
    kind["enum"] = [*kind["enum"], "portfolio"]  # one of the parties holds it; written out as a categorical issue
    kind["description"] += "; portfolio: a ministry, say: one party holds it, whose consent that needs"
    schema["properties"]["actors"].pop("minProperties", None)  # the others may stand in a table
    schema["required"].remove("actors")
    schema["anyOf"] = [{"required": ["actors"]}, {"required": ["actors_table"]}]
    if overlay:
        del schema["anyOf"]
        for name, node in schema["$defs"].items():
            if name != "Quantity":
                node.pop("required", None)
        for key in ("issues", "actors"):
            schema["properties"][key].pop("minProperties", None)
        schema["required"] = ["extends"]
        schema["title"] = "Overlay"
    return schema
