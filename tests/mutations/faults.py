"""Small faults that can be put into a module one at a time, as hands put them in.

Source: mutation analysis, DeMillo, Lipton & Sayward 1978
"""

from __future__ import annotations

import ast
import copy
import re
from collections import Counter
from collections.abc import Callable, Container, Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]

_SWAPS: dict[type[ast.AST], type[ast.AST]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult, ast.Pow: ast.Mult,
    ast.BitAnd: ast.BitOr, ast.BitOr: ast.BitAnd, ast.And: ast.Or, ast.Or: ast.And,
}  # fmt: skip
_NAMES = {"maximum": "minimum", "minimum": "maximum", "any": "all", "all": "any", "min": "max", "max": "min"}
_NAMES |= {"argmax": "argmin", "argmin": "argmax", "zeros": "ones", "zeros_like": "ones_like", "ones": "zeros"}

#: Turns a node into a faulty one, or edits the list of statements it stands in.
Edit = Callable[[ast.AST], ast.AST]


@dataclass(frozen=True)
class Mutant:
    """One fault: where it is, what it does in words, and the whole module with it.

    path:     of the module, from the root
    line:     of the fault in the module as it stands
    function: name of the outermost function it is in, and which of that name; None for what runs on import
    """

    path: str
    line: int
    words: str
    text: str
    function: tuple[str, int] | None

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.words}"


@dataclass(frozen=True)
class Place:
    """A node by what holds it.

    index:    in a list of nodes, else None
    function: as of a `Mutant`
    """

    parent: ast.AST
    field: str
    index: int | None
    function: tuple[str, int] | None

    @property
    def node(self) -> ast.AST:
        """What stands there."""
        held = getattr(self.parent, self.field)
        return held if self.index is None else held[self.index]

    def put(self, node: ast.AST) -> None:
        """Let another node stand there."""
        if self.index is None:
            setattr(self.parent, self.field, node)
        else:
            getattr(self.parent, self.field)[self.index] = node


def edits(node: ast.AST) -> Iterator[tuple[str, Edit]]:
    """Words and effect of every fault that can be put into one node."""
    yield from _of_operators(node)
    yield from _of_values(node)
    yield from _of_statements(node)


def _of_operators(node: ast.AST) -> Iterator[tuple[str, Edit]]:
    if isinstance(node, ast.Compare) and type(node.ops[0]) in _SWAPS and not _has_tolerance(node):
        yield "comparison", lambda n: ast.Compare(n.left, [_SWAPS[type(n.ops[0])](), *n.ops[1:]], n.comparators)
    elif isinstance(node, ast.BinOp) and type(node.op) in _SWAPS:
        yield "operator", lambda n: ast.BinOp(n.left, _SWAPS[type(n.op)](), n.right)
        if isinstance(node.op, ast.BitAnd | ast.BitOr | ast.Add | ast.Sub):
            yield "right side dropped", lambda n: n.left
            yield "left side dropped", lambda n: n.right
    elif isinstance(node, ast.BoolOp):
        yield "and/or", lambda n: ast.BoolOp(_SWAPS[type(n.op)](), n.values)
    elif isinstance(node, ast.UnaryOp) and not isinstance(node.operand, ast.Constant):
        yield "sign or negation dropped", lambda n: n.operand


def _of_values(node: ast.AST) -> Iterator[tuple[str, Edit]]:
    if isinstance(node, ast.Constant) and isinstance(node.value, bool):
        yield "truth value", lambda n: ast.Constant(not n.value)
    elif isinstance(node, ast.Constant) and isinstance(node.value, int | float):
        yield "number", lambda n: ast.Constant(n.value + 1)
    elif isinstance(node, ast.Attribute) and node.attr in _NAMES and isinstance(node.ctx, ast.Load):
        yield "function", lambda n: ast.Attribute(n.value, _NAMES[n.attr], n.ctx)
    elif isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "where" and len(node.args) == 3:
        yield "where: branches swapped", lambda n: ast.Call(n.func, [n.args[0], n.args[2], n.args[1]], n.keywords)
        yield "where: mask ignored", lambda n: n.args[1]
    elif isinstance(node, ast.IfExp):
        yield "branches swapped", lambda n: ast.IfExp(n.test, n.orelse, n.body)


def _of_statements(node: ast.AST) -> Iterator[tuple[str, Edit]]:
    if isinstance(node, ast.If):
        yield "condition negated", lambda n: ast.If(ast.UnaryOp(ast.Not(), n.test), n.body, n.orelse)
    elif isinstance(node, ast.AugAssign) or (
        isinstance(node, ast.Assign | ast.Expr)
        and (isinstance(node.value, ast.Call) or isinstance(getattr(node, "targets", [None])[0], ast.Subscript))
        and not (isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name | ast.Tuple))
    ):
        yield "statement dropped", lambda _: ast.Pass()


def _has_tolerance(node: ast.Compare) -> bool:
    """Whether `<` and `<=` differ only where two numbers that are nearly equal are so to the last bit."""
    parts = list(ast.walk(node))
    named = any(isinstance(one, ast.Name) and re.search(r"TOLERANCE|_TIE$|DECIMALS", one.id) for one in parts)
    small = (one.value for one in parts if isinstance(one, ast.Constant) and isinstance(one.value, float))
    return not isinstance(node.ops[0], ast.Eq | ast.NotEq) and (named or any(0 < value < 1e-5 for value in small))


def places(tree: ast.AST) -> Iterator[Place]:
    """Every node that is code: no annotations and types, decorators, messages, docstrings."""
    spare = [one for one in map(_divides_nothing, ast.walk(tree)) if one is not None]
    yield from (place for place in _places(tree, (), None, Counter()) if place.node not in spare)


def _places(
    tree: ast.AST, classes: tuple[str, ...], function: tuple[str, int] | None, names: Counter[str]
) -> Iterator[Place]:
    if _tells(tree) or _is_of_types(tree):
        return
    inside = function
    if function is None and isinstance(tree, ast.FunctionDef | ast.AsyncFunctionDef):
        name = ".".join([*classes, tree.name])
        inside = name, names[name]
        names[name] += 1
    if isinstance(tree, ast.ClassDef):
        classes = (*classes, tree.name)
    for field, value in ast.iter_fields(tree):
        if field in {"annotation", "returns", "decorator_list", "bases"}:
            continue
        where = inside if field == "body" else function
        for index, child in enumerate(value) if isinstance(value, list) else [(None, value)]:
            if isinstance(child, ast.AST):
                if not (_tells(child) or _is_of_types(child)):
                    yield Place(tree, field, index, where)
                yield from _places(child, classes, where, names)


def _tells(node: ast.AST) -> bool:
    """Whether a node is there for people: a message, an invariant, a way to call that fails loudly."""
    if isinstance(node, ast.Raise | ast.Assert | ast.Import | ast.ImportFrom | ast.JoinedStr):
        return True
    if isinstance(node, ast.keyword):
        return node.arg in {"strict", "stacklevel", "decimals", "description", "meaning"}
    called = getattr(node.func, "id", "") if isinstance(node, ast.Call) else ""
    return called == "Problem" or called.endswith(("Error", "Warning"))


def _is_of_types(node: ast.AST) -> bool:
    if isinstance(node, ast.Call):
        return getattr(node.func, "id", "") in {"isinstance", "issubclass", "cast", "TypeVar"}
    if isinstance(node, ast.If):
        return getattr(node.test, "id", "") == "TYPE_CHECKING"
    return (
        isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitOr) and all(map(_is_type, (node.left, node.right)))
    )


def _divides_nothing(node: ast.AST) -> ast.AST | None:
    """The number that stands in for a divisor of zero, where the quotient is zero or not looked at."""
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div) and isinstance(node.right, ast.Call):
        spare = node.right.args[-1] if getattr(node.right.func, "attr", "") == "where" else None
        return spare if isinstance(spare, ast.Constant) else None
    return None


def _is_type(node: ast.AST) -> bool:
    if isinstance(node, ast.BinOp):
        return _is_of_types(node)
    if isinstance(node, ast.Subscript):
        return _is_type(node.value)
    if isinstance(node, ast.Attribute):
        return node.attr == "ndarray" or node.attr[0].isupper()
    if isinstance(node, ast.Name):
        return node.id in {"float", "int", "str", "bool", "dict", "list", "tuple"} or bool(
            re.fullmatch(r"[A-Z][A-Za-z]*[a-z][A-Za-z]*", node.id)
        )
    return isinstance(node, ast.Constant) and node.value is None


def fault_lines(path: Path) -> list[int]:
    """The line of every mutant of a module, in their order; quick, since none is written out."""
    return [place.node.lineno for place in places(_read(path)) for _ in edits(place.node)]


def mutants(path: Path, wanted: Container[int] | None = None) -> Iterator[Mutant]:
    """Every mutant of a module, or those of some places in their order, the order of its lines."""
    tree = _read(path)
    faults = ((place, words, edit) for place in places(tree) for words, edit in edits(place.node))
    for n, (place, words, edit) in enumerate(faults):
        if wanted is not None and n not in wanted:
            continue
        node = place.node
        faulty = edit(copy.deepcopy(node))
        place.put(faulty)
        text = ast.unparse(ast.fix_missing_locations(tree))
        place.put(node)
        before, after = (ast.unparse(ast.fix_missing_locations(one)).split("\n")[0] for one in (node, faulty))
        change = f"{words}: `{before[:70]}` -> `{after[:70]}`"
        yield Mutant(path.relative_to(ROOT).as_posix(), node.lineno, change, text + "\n", place.function)


def _read(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))
