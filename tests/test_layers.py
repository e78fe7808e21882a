"""Modules import their own layer and what stands to the right of it, never the other way."""

import ast
from pathlib import Path

ROOT = Path(__file__).parents[1]

#: From left to right, each layer may import those to its right; names in one group never import each other.
LAYERS = (
    ("cli",),
    ("view",),
    ("report",),
    ("plots",),
    ("experiments",),
    ("store",),
    ("ensemble",),
    ("engine",),
    ("protocols", "equilibria"),
    ("strategies",),
    ("solutions",),
    ("table",),
    ("words",),
    ("scenario",),
    ("evidence",),
    ("foundations",),
)
PLACE = {name: place for place, group in enumerate(LAYERS) for name in group}


def imported(tree, package):
    """Full names of everything that a module imports, imports inside functions and for types included."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            module = ".".join([*base, *([node.module] if node.module else [])])
            # `from sim import table` names a layer too
            names = [f"{module}.{alias.name}" for alias in node.names] if module == "sim" else [module]
            yield from ((name, node.lineno) for name in names)


def test_every_import_points_to_the_right():
    """No module of `sim` imports a layer to its left or beside it, and every folder has its place."""
    wrong = []
    for path in sorted((ROOT / "sim").rglob("*.py")):
        parts = path.relative_to(ROOT).with_suffix("").parts
        if len(parts) < 3:
            continue  # sim/__init__.py and sim/__main__.py stand above all layers
        here = parts[1]
        if here not in PLACE:
            wrong.append(f"{path.relative_to(ROOT)}: no place in the list of layers")
            continue
        for name, line in imported(ast.parse(path.read_text(encoding="utf-8")), list(parts[:-1])):
            keys = name.split(".")
            if keys[0] != "sim" or len(keys) < 2 or keys[1] == here:
                continue
            if keys[1] not in PLACE or PLACE[keys[1]] <= PLACE[here]:
                wrong.append(f"{path.relative_to(ROOT)}:{line}: {here} imports {name}")
    assert not wrong, "\n".join(wrong)
