"""`sim explain` on a key of scenario files: what the schema says of it."""

from __future__ import annotations

import textwrap
from typing import Any

from rich.console import Console

from sim.scenario.schema_keys import SchemaKey


def key_told(key: SchemaKey) -> dict[str, Any]:
    """A key for machines."""
    return {
        "kind": "key",
        "path": key.dotted,
        "form": key.form,
        "description": key.description,
        "default": key.default,
        "required": key.required,
    }


def print_key(console: Console, item: dict[str, Any]) -> None:
    """A key for people: where it stands, what stands there, what holds where it is left out."""
    console.print(f"{item['path']}: a key of scenario files")
    console.print(textwrap.fill(item["description"], 78, initial_indent="  ", subsequent_indent="  "))
    default = " (must be given)" if item["required"] else f" (default: {item['default']})" if item["default"] else ""
    console.print(f"  {item['form']}{default}")
