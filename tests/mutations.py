"""A sampled mutation run: small faults put into the code one at a time, each of which some test should notice.

    python -m tests.mutations --count 20 --seed 1 sim/protocols sim/strategies

Every mutant is tried in a copy of the tree: first the test file of its module, then its folder's tests, then those of
the other core folders, then (with --whole) all. What no test notices is printed as it is found and again at the end;
some survivors are no faults, because they change nothing that anybody could see.

Source: mutation analysis, DeMillo, Lipton & Sayward 1978; a random sample of mutants, Zhang et al. 2010.
"""

from __future__ import annotations

import argparse
import ast
import copy
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue

ROOT = Path(__file__).parents[1]
FOLDERS = ("sim/table", "sim/strategies", "sim/protocols", "sim/solutions", "sim/engine", "sim/ensemble")
CORE = ("table", "solutions", "strategies", "protocols", "equilibria", "engine", "ensemble", "known_answers")

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

    path: of the module, from the root
    """

    path: str
    line: int
    words: str
    text: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.words}"


def edits(node: ast.AST) -> Iterator[tuple[str, Edit]]:
    """Words and effect of every fault that can be put into one node."""
    yield from _of_operators(node)
    yield from _of_values(node)
    yield from _of_statements(node)


def _of_operators(node: ast.AST) -> Iterator[tuple[str, Edit]]:
    if isinstance(node, ast.Compare) and type(node.ops[0]) in _SWAPS:
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


def places(tree: ast.AST) -> Iterator[tuple[ast.AST, str, int | None]]:
    """(parent, field, index in it) of every node that is code: no annotations, decorators, messages or docstrings."""
    for field, value in ast.iter_fields(tree):
        if field in {"annotation", "returns", "decorator_list", "bases"}:
            continue
        if isinstance(tree, ast.Raise | ast.Assert | ast.Import | ast.ImportFrom | ast.JoinedStr):
            continue
        for index, child in enumerate(value) if isinstance(value, list) else [(None, value)]:
            if isinstance(child, ast.AST):
                yield tree, field, index
                yield from places(child)


def mutants(path: Path) -> Iterator[Mutant]:
    """Every mutant of a module, in the order of its lines."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for parent, field, index in places(tree):
        node = getattr(parent, field) if index is None else getattr(parent, field)[index]
        for words, edit in edits(node):
            faulty = edit(copy.deepcopy(node))
            _put(parent, field, index, faulty)
            text = ast.unparse(ast.fix_missing_locations(tree))
            _put(parent, field, index, node)
            before, after = (ast.unparse(ast.fix_missing_locations(one)).split("\n")[0] for one in (node, faulty))
            change = f"{words}: `{before[:70]}` -> `{after[:70]}`"
            yield Mutant(path.relative_to(ROOT).as_posix(), node.lineno, change, text + "\n")


def _put(parent: ast.AST, field: str, index: int | None, node: ast.AST) -> None:
    if index is None:
        setattr(parent, field, node)
    else:
        getattr(parent, field)[index] = node


def stages(path: str, *, whole: bool) -> list[list[str]]:
    """Groups of tests to run in turn, the nearest first."""
    folder, module = Path(path).parts[1], Path(path).stem
    found = [[f"tests/{folder}/test_{module}.py"], [f"tests/{folder}"]]
    found += [[f"tests/{other}" for other in CORE if other != folder], ["tests"] if whole else []]
    there = [[name for name in group if (ROOT / name).exists()] for group in found]
    return [group for group in there if group]


def killed_by(mutant: Mutant, tree: Path, *, whole: bool, timeout: float) -> str | None:
    """First test that fails with the mutant in a copy of the tree, or what happened instead; None if none does."""
    file = tree / mutant.path
    original = file.read_text(encoding="utf-8")
    file.write_text(mutant.text, encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": str(tree), "PYTHONDONTWRITEBYTECODE": "1"}
    options = ["-x", "-q", "-p", "no:randomly", "-p", "no:cacheprovider", "--hypothesis-seed=0", "--tb=no"]
    try:
        for group in stages(mutant.path, whole=whole):
            command = [sys.executable, "-m", "pytest", *options, *group]
            try:
                run = subprocess.run(
                    command, cwd=tree, env=environment, capture_output=True, text=True, timeout=timeout, check=False
                )
            except subprocess.TimeoutExpired:
                return f"no end in {timeout:.0f} s"
            if run.returncode not in {0, 5}:  # 5: no tests there
                lines = [line for line in run.stdout.splitlines() if line.startswith(("FAILED", "ERROR"))]
                return lines[0].split(" - ")[0] if lines else "does not load"
    finally:
        file.write_text(original, encoding="utf-8")
    return None


def say(text: str) -> None:
    """Write a line at once, so that a long run can be watched."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def main() -> None:
    """Sample mutants, try each, print what survives and the score."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("folders", nargs="*", default=FOLDERS, help="folders or modules to put faults into")
    parser.add_argument("--count", type=int, default=20, help="how many mutants")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--jobs", type=int, default=1, help="mutants tried at a time")
    parser.add_argument("--whole", action="store_true", help="try survivors of the core tests on all tests")
    parser.add_argument("--timeout", type=float, default=600.0, help="seconds for a group of tests")
    asked = parser.parse_args()
    files = sorted({file for name in asked.folders for file in [*(ROOT / name).rglob("*.py"), ROOT / name]})
    every = [one for file in files if file.suffix == ".py" and file.name != "__init__.py" for one in mutants(file)]
    chosen = random.Random(asked.seed).sample(every, min(asked.count, len(every)))  # noqa: S311 - no secret
    say(f"{len(chosen)} of {len(every)} mutants, seed {asked.seed}")
    with tempfile.TemporaryDirectory() as place, ThreadPoolExecutor(asked.jobs) as pool:
        trees: SimpleQueue[Path] = SimpleQueue()
        for n in range(asked.jobs):
            trees.put(Path(place) / str(n))
            shutil.copytree(ROOT, Path(place) / str(n), ignore=shutil.ignore_patterns(".git", ".venv", "*cache*"))

        def tried(mutant: Mutant) -> str | None:
            tree, begun = trees.get(), time.perf_counter()
            try:
                found = killed_by(mutant, tree, whole=asked.whole, timeout=asked.timeout)
            finally:
                trees.put(tree)
            say(f"{time.perf_counter() - begun:5.0f} s  {mutant}\n         {found or 'SURVIVED'}")
            return found

        outcomes = list(pool.map(tried, chosen))
    survivors = [mutant for mutant, found in zip(chosen, outcomes, strict=True) if found is None]
    say("\n  ".join([f"\n{len(chosen) - len(survivors)} of {len(chosen)} killed; survivors:", *map(str, survivors)]))


if __name__ == "__main__":
    main()
