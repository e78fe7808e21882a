"""What the sampled mutation run puts into the code are faults, one at a time, in code and not in what is told of it."""

import ast

import pytest

from tests.mutations.faults import ROOT, edits, fault_lines, mutants, places


def test_every_mutant_is_another_module_that_can_be_read():
    """Each parses, differs from the module and from the other mutants, and says its line and its function."""
    path = ROOT / "sim" / "solutions" / "nash.py"
    plain = ast.unparse(ast.parse(path.read_text(encoding="utf-8")))
    found = list(mutants(path))
    assert len(found) > 10
    texts = {ast.unparse(ast.parse(one.text)) for one in found}
    assert len(texts) == len(found)
    assert plain not in texts
    assert all(one.path == "sim/solutions/nash.py" for one in found)
    assert [one.line for one in found] == fault_lines(path)
    assert any(one.function is not None and "." in one.function[0] for one in found)
    assert list(mutants(path, {3, 5})) == [found[3], found[5]]


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("a < b", ["a <= b"]),
        ("a < b + TOLERANCE", []),
        ("a == b + TOLERANCE", ["a != b + TOLERANCE"]),
        ("a >= b - 1e-9", []),
        ("a & b", ["a | b", "a", "b"]),
        ("x.maximum", ["x.minimum"]),
        ("where(a, b, c)", []),
        ("np.where(a, b, c)", ["np.where(a, c, b)", "b"]),
        ("a if b else c", ["c if b else a"]),
        ("'text'", []),
    ],
)
def test_faults_of_an_expression(code, expected):
    """Operators, functions and masks go wrong as hands get them wrong; to the last bit of a tolerance nobody looks."""
    node = ast.parse(code, mode="eval").body
    assert [ast.unparse(edit(node)) for _, edit in edits(node)] == expected


def changes(code):
    """Every fault of a piece of code as the code with it, and the function that each is in."""
    tree = ast.parse(code)
    found = []
    for place in places(tree):
        node = place.node
        for _, edit in edits(node):
            place.put(edit(node))
            found.append((ast.unparse(tree), place.function))
            place.put(node)
    return found


@pytest.mark.parametrize(
    "code",
    [
        "x: float | None = y",
        "Setting = float | Floats",
        "y = isinstance(x, np.ndarray | list)",
        "raise InputError(f'{1 + n}')",
        "found = Problem('too many', 1 + n)",
        "assert a < b",
        "if TYPE_CHECKING:\n    x = 1",
        "from a import b",
    ],
)
def test_what_is_there_for_people_is_left_alone(code):
    """Types, messages and invariants hold no fault that a test should notice."""
    assert changes(code) == []


def test_a_divisor_of_nothing_may_be_any_number():
    """The number that stands in where a division by zero is not looked at is left alone, the mask is not."""
    found = [text for text, _ in changes("x = a / np.where(b > 0, b, 1.0)")]
    assert "x = a / np.where(b > 0, b, 2.0)" not in found
    assert "x = a / np.where(b > 1, b, 1.0)" in found
    assert "x = np.where(b > 0, b, 2.0)" in [text for text, _ in changes("x = np.where(b > 0, b, 1.0)")]


def test_a_fault_knows_the_function_that_holds_it():
    """The outermost one and which of that name; defaults and constants stand in none, they are read on import."""
    lines = ["N = 1", "class A:", "    @property", "    def x(self, n=2):", "        def inner(): return 3"]
    found = changes("\n".join([*lines, "    @x.setter", "    def x(self): n = 4"]))
    where = [{function for text, function in found if str(number) not in text} for number in (1, 2, 3, 4)]
    assert where == [{None}, {None}, {("A.x", 0)}, {("A.x", 1)}]
