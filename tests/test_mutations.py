"""The sampled mutation run: what it puts into the code are faults, one at a time, and it finds the tests for them."""

import ast

import pytest

from tests.mutations import ROOT, edits, mutants, stages


def test_every_mutant_is_another_module_that_can_be_read():
    """Each parses, differs from the module and from the other mutants, and says its line."""
    path = ROOT / "sim" / "solutions" / "nash.py"
    plain = ast.unparse(ast.parse(path.read_text(encoding="utf-8")))
    found = list(mutants(path))
    assert len(found) > 10
    texts = {ast.unparse(ast.parse(one.text)) for one in found}
    assert len(texts) == len(found)
    assert plain not in texts
    assert all(one.line > 0 and one.path == "sim/solutions/nash.py" for one in found)


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("a < b", ["a <= b"]),
        ("a & b", ["a | b", "a", "b"]),
        ("x.maximum", ["x.minimum"]),
        ("where(a, b, c)", []),
        ("np.where(a, b, c)", ["np.where(a, c, b)", "b"]),
        ("a if b else c", ["c if b else a"]),
        ("'text'", []),
    ],
)
def test_faults_of_an_expression(code, expected):
    """Operators, functions and masks go wrong in the ways that hands get them wrong."""
    node = ast.parse(code, mode="eval").body
    assert [ast.unparse(edit(node)) for _, edit in edits(node)] == expected


def test_near_tests_come_first():
    """The module's own file, its folder, then the other core folders; everything only if asked."""
    found = stages("sim/protocols/zeuthen.py", whole=False)
    assert found[:2] == [["tests/protocols/test_zeuthen.py"], ["tests/protocols"]]
    assert "tests/engine" in found[2]
    assert stages("sim/protocols/zeuthen.py", whole=True)[-1] == ["tests"]
