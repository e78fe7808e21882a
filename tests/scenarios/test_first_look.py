"""The example notebook runs as it stands, cell by cell, and shows what it promises."""

import ast
import json
from pathlib import Path

import pytest

NOTEBOOK = Path(__file__).parents[2] / "scenarios" / "first-look.ipynb"


def cells(kind):
    """Source of the cells of a kind."""
    found = json.loads(NOTEBOOK.read_text(encoding="utf-8"))
    assert found["nbformat"] == 4
    return ["".join(cell["source"]) for cell in found["cells"] if cell["cell_type"] == kind]


def shown(source, names):
    """What a notebook shows below a cell: the value of its last line, if that is an expression."""
    tree = ast.parse(source)
    *before, last = tree.body
    if not isinstance(last, ast.Expr):
        before, last = tree.body, None
    exec(compile(ast.Module(before, []), str(NOTEBOOK), "exec"), names)  # noqa: S102 - our own notebook
    return None if last is None else eval(compile(ast.Expression(last.value), str(NOTEBOOK), "eval"), names)  # noqa: S307


def test_it_is_kept_without_outputs():
    """Whoever opens it makes them anew, so that a difference of versions is never a change of the file."""
    found = json.loads(NOTEBOOK.read_text(encoding="utf-8"))
    assert all(not cell.get("outputs") and cell.get("execution_count") is None for cell in found["cells"])
    assert len({cell["id"] for cell in found["cells"]}) == len(found["cells"])
    assert len(cells("code")) < 8


@pytest.mark.slow
def test_every_cell_runs_from_an_empty_folder(tmp_path, monkeypatch):
    """In order, in one namespace; results and figures can show themselves in a notebook."""
    monkeypatch.chdir(tmp_path)
    names = {"__name__": "__main__"}
    values = [shown(source, names) for source in cells("code")]
    assert any("a deal is signed in" in value for value in values if isinstance(value, str))
    told = [value for value in values if value is not None and not isinstance(value, str)]
    assert len(told) == 4
    for value in told:
        assert hasattr(value, "_repr_html_") or value._repr_png_().startswith(b"\x89PNG")
    assert not list(tmp_path.iterdir())
