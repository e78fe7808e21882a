"""Modules import their own layer and what stands to the right of it, never the other way, and never in a circle."""

import ast
import re
from contextlib import suppress
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

#: From left to right, each layer may import those to its right; names in one group never import each other.
LAYERS = (
    ("cli",),
    ("formats",),
    ("view",),
    ("jobs", "contracts"),
    ("report",),
    ("plots",),
    ("backtest", "bridges", "discovery", "robustness", "sensitivity", "sweeps", "scoring"),
    ("runs",),
    ("store",),
    ("ensemble",),
    ("engine",),
    ("theory",),
    ("protocols", "equilibria", "forecasts", "games"),
    ("strategies",),
    ("solutions",),
    ("table",),
    ("words",),
    ("scenario",),
    ("evidence",),
    ("foundations",),
)
PLACE = {name: place for place, group in enumerate(LAYERS) for name in group}

#: Who may import by a name in a string: the package's own door and the command line, which stand above all layers, and
#: the doors of packages, which name what their lists import in sight of the tests below.
BY_NAME = {"sim/__init__.py", "sim/cli/main.py", "sim/foundations/door.py"}

#: Modules that still import each other in a circle; the list only shrinks.
CIRCLES: set[str] = set()


@cache
def modules():
    """Dotted name of every module of the package -> its file."""
    found = {}
    for path in sorted((ROOT / "sim").rglob("*.py")):
        parts = path.relative_to(ROOT).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


#: An import statement, over several lines where its names stand in brackets.
_IMPORT = re.compile(
    r"^[ \t]*((?:from[ \t]+[.\w]+[ \t]+import[ \t]+(?:\([^)]*\)|[^\n]+))|(?:import[ \t]+[^\n]+))", re.MULTILINE
)


@cache
def statements(path):
    """(statement, line) of every import of a file; reading these alone is ten times as quick as reading all of it.

    A line of a docstring that begins like one and is none is passed over.
    """
    found, text = [], path.read_text(encoding="utf-8")
    for match in _IMPORT.finditer(text):
        with suppress(SyntaxError):
            line = text.count("\n", 0, match.start(1)) + 1
            found += [(node, line) for node in ast.parse(match[1]).body]
    return found


def names_in(path):
    """Every name that the code of a file uses."""
    nodes = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
    used = (node for node in nodes if isinstance(node, ast.Attribute | ast.Name | ast.alias))
    return {getattr(node, "attr", None) or getattr(node, "id", None) or node.name for node in used}


def imported(name):
    """(module, line) of everything that a module imports, imports inside functions and for types included."""
    path = modules()[name]
    package = name.split(".") if path.name == "__init__.py" else name.split(".")[:-1]
    for node, line in statements(path):
        if isinstance(node, ast.Import):
            yield from ((alias.name, line) for alias in node.names)
        else:
            base = package[: len(package) - node.level + 1] if node.level else []
            module = ".".join([*base, *([node.module] if node.module else [])])
            for alias in node.names:  # `from sim import table` names a module, `from sim.table import build` does not
                inner = f"{module}.{alias.name}"
                yield (inner if inner in modules() else module), line


def rings(graph):
    """Groups of names that lead to each other, each in alphabetical order (Tarjan 1972)."""
    index, low, stack, found = {}, {}, [], []

    def visit(name):
        index[name] = low[name] = len(index)
        stack.append(name)
        for other in graph[name]:
            if other not in index:
                visit(other)
                low[name] = min(low[name], low[other])
            elif other in stack:
                low[name] = min(low[name], index[other])
        if low[name] == index[name]:
            ring = stack[stack.index(name) :]
            del stack[stack.index(name) :]
            if len(ring) > 1:
                found.append(sorted(ring))

    for name in graph:
        if name not in index:
            visit(name)
    return found


def test_every_import_points_to_the_right():
    """No module of `sim` imports a layer to its left or beside it, and every folder has its place."""
    wrong = []
    for module, path in modules().items():
        parts = module.split(".")
        if len(parts) == 1 or path.parent == ROOT / "sim":
            continue  # sim/__init__.py and sim/__main__.py stand above all layers
        here = parts[1]
        if here not in PLACE:
            wrong.append(f"{path.relative_to(ROOT)}: no place in the list of layers")
            continue
        for name, line in imported(module):
            keys = name.split(".")
            if keys[0] != "sim" or len(keys) < 2 or keys[1] == here:
                continue
            if keys[1] not in PLACE or PLACE[keys[1]] <= PLACE[here]:
                wrong.append(f"{path.relative_to(ROOT)}:{line}: {here} imports {name}")
    assert not wrong, "\n".join(wrong)


def test_nothing_is_imported_past_the_layers():
    """`import_module` and `__import__` would hide an import from the test above; only the doors use them."""
    hidden = {"import_module", "__import__"}
    suspects = [path for path in modules().values() if any(name in path.read_text(encoding="utf-8") for name in hidden)]
    found = {path.relative_to(ROOT).as_posix() for path in suspects if names_in(path) & hidden}
    assert found == BY_NAME


#: Rooms that can be closed: each has one door, the package itself.
ROOMS = ("bridges", "discovery", "robustness", "view")


def test_rooms_are_entered_by_their_door():
    """From outside nobody imports a module of an exploratory room, only what the room itself shows."""
    past = []
    for module, path in modules().items():
        for node, line in statements(path):
            names = [one.name for one in node.names] if isinstance(node, ast.Import) else [node.module or ""]
            rooms = [room for room in ROOMS for name in names if name.startswith(f"sim.{room}.")]
            past += [f"{path.relative_to(ROOT)}:{line}" for room in rooms if module.split(".")[1:2] != [room]]
    assert not past, "\n".join(past)


@pytest.mark.slow
def test_no_import_is_missed():
    """Whatever the grammar of Python finds in a file is among the statements that the tests above read."""
    for name, path in modules().items():
        nodes = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        whole = {ast.unparse(node) for node in nodes if isinstance(node, ast.Import | ast.ImportFrom)}
        assert {ast.unparse(node) for node, _ in statements(path)} >= whole, name


def test_no_module_imports_itself_by_way_of_others():
    """Circles are those of the list, and the list names no module that has left its circle."""
    graph = {name: {other for other, _ in imported(name) if other in modules()} - {name} for name in modules()}
    found = {name for ring in rings(graph) for name in ring}
    assert found <= CIRCLES, sorted(found - CIRCLES)
    assert found >= CIRCLES & set(modules()), f"no longer in a circle, take off the list: {sorted(CIRCLES - found)}"


@pytest.mark.parametrize(
    ("graph", "expected"),
    [
        ({"a": {"b"}, "b": {"c"}, "c": set()}, []),
        ({"a": {"b"}, "b": {"a", "c"}, "c": {"d"}, "d": {"c"}}, [["c", "d"], ["a", "b"]]),
        ({"a": {"b"}, "b": {"c"}, "c": {"a"}, "d": {"a"}}, [["a", "b", "c"]]),
    ],
)
def test_rings_are_found(graph, expected):
    """A chain has none; two that point at each other are one, and so are three in a ring."""
    assert rings(graph) == expected
