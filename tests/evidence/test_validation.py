"""Validation errors as problems."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from sim.evidence import json_schema, node_at, validate


class Inner(BaseModel):
    """A part."""

    model_config = ConfigDict(extra="forbid", allow_inf_nan=False)

    size: float | str
    kind: tuple[Literal["low", "high"], ...] | Literal["low", "high"] = "low"


class Outer(BaseModel):
    """A whole."""

    model_config = ConfigDict(extra="forbid")

    parts: dict[str, Inner] = Field(default_factory=dict)
    count: Annotated[int, Field(ge=1)] | None = None


def problems(raw):
    """Dotted path -> problem."""
    return {".".join(map(str, p.path)): p for p in validate(Outer, raw)[1]}


def test_all_problems_come_at_once():
    """One problem for each place, in the file's own keys."""
    found = problems({"parts": {"a": {"size": float("nan"), "knd": 1}, "b": {"kind": "hihg"}}, "count": 0})
    assert set(found) == {"parts.a.size", "parts.a.knd", "parts.b.size", "parts.b.kind", "count"}
    assert found["parts.a.knd"].nearest == "kind"
    assert found["parts.b.kind"].nearest == "high"
    assert found["parts.b.size"].message == '"size" is missing'
    assert "finite" in found["parts.a.size"].message


def test_a_table_is_asked_for():
    """A scalar where a table is due."""
    assert "a table is needed" in problems({"parts": {"a": 3}})["parts.a"].message


def test_schema_walk():
    """Keys lead through references, unions and tables with free keys."""
    schema = json_schema(Outer)
    assert node_at(schema, ("parts", "any"))["title"] == "Inner"
    assert node_at(schema, ("parts", "any", "kind", 0))["enum"] == ["low", "high"]
    assert node_at(schema, ("parts", "any", "nothing")) is None
    assert node_at(schema, ("count",))["type"] == "integer"
