"""What others build on: public names and what each takes. ``python -m tests.surface`` adds new ones to the promise."""

from __future__ import annotations

import importlib
import inspect
import json
from pathlib import Path

FILE = Path(__file__).with_name("surface.json")
#: Packages whose names are public; of the rest of the package nothing is promised.
PACKAGES = (
    "sim", "sim.contracts", "sim.forecasts", "sim.foundations", "sim.protocols", "sim.solutions", "sim.strategies",
)  # fmt: skip
#: Single names of others.
NAMES = {"sim.engine": ("negotiate",), "sim.table": ("BargainingTable", "RoundPlan", "SigningRule")}


def parameters(found: object) -> list[str]:
    """Names of what a function or class takes; none where it is called by nobody."""
    try:
        return [name for name in inspect.signature(found).parameters if not name.startswith("_")]
    except (TypeError, ValueError):
        return []


def surface() -> dict[str, list[str]]:
    """Dotted name -> parameters, of everything that the packages give."""
    found = {}
    for package in (*PACKAGES, *NAMES):
        module = importlib.import_module(package)
        every = module.__all__ if hasattr(module, "__all__") else [name for name in vars(module) if name[0] != "_"]
        names = NAMES.get(package, every)
        for name in names:
            member = getattr(module, name)
            if not inspect.ismodule(member):
                found[f"{package}.{name}"] = parameters(member)
    return dict(sorted(found.items()))


def main() -> None:
    """Add what is new; what was promised and is gone stays, so that the test goes on failing."""
    known = json.loads(FILE.read_text(encoding="utf-8")) if FILE.exists() else {}
    lines = [f"  {json.dumps(name)}: {json.dumps(takes)}" for name, takes in sorted({**surface(), **known}.items())]
    FILE.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
