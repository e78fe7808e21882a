"""Sources that people are shown, or read in docstrings, are such as they can reach."""

import importlib
import json
import re
from functools import cache
from pathlib import Path

from click.testing import CliRunner

from sim.cli.main import main
from sim.cli.models import every_member

ROOT = Path(__file__).parents[1]

#: Words for notes that never came with the package.
NOTES = re.compile(r"design of this package|theory of the core model|\btheory\.md|\bforecast-models\.md|\.\./shared\b")


@cache
def texts():
    """Path from the root -> text of every module, schema and scenario."""
    files = [
        *(ROOT / "sim").rglob("*.py"),
        *(ROOT / "scenarios").rglob("*.json"),
        *(ROOT / "scenarios").rglob("*.toml"),
    ]
    return {path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8") for path in files}


def test_nobody_cites_notes_that_are_not_here():
    """Formulas cite the literature, or the docstring in this package that holds them."""
    found = {path for path, text in texts().items() if NOTES.search(text)}
    assert not found, sorted(found)


def test_documents_that_are_named_exist():
    """Whatever ends in .md and is named in code or data is a file of the repository."""
    known = {path.name for path in ROOT.rglob("*.md") if ".venv" not in path.parts}
    wrong = [
        f"{path}: {name}"
        for path, text in texts().items()
        for name in re.findall(r"\b[\w-]+\.md\b", text)
        if name not in known
    ]
    assert not wrong, "\n".join(wrong)


def sources(text):
    """The Source sections of the docstrings in a module, each up to the next section or blank line."""
    return re.findall(
        r"^ *Source:(.*?)(?:\n *\n|\"\"\"|\n *(?:Example|Raises|Returns):)", text, re.MULTILINE | re.DOTALL
    )


def resolves(dotted):
    """Whether a dotted name is a module of the package or something in one."""
    try:
        importlib.import_module(dotted)
    except ModuleNotFoundError:
        module, _, name = dotted.rpartition(".")
        return bool(module) and hasattr(importlib.import_module(module), name)
    return True


def test_docstrings_cited_are_there():
    """A source that names a module of the package, or something in it, names one that exists."""
    cited = {
        name for text in texts().values() for part in sources(text) for name in re.findall(r"\bsim(?:\.\w+)+", part)
    }
    cited |= {name for _, entry in every_member() for name in re.findall(r"\bsim(?:\.\w+)+", entry.source)}
    assert cited
    assert not [name for name in sorted(cited) if not resolves(name)]


def test_models_and_explain_cite_what_can_be_reached(tmp_path, monkeypatch):
    """What the two commands print holds no such note either; away from the cases, which none of them would cite."""
    monkeypatch.chdir(tmp_path)
    listed = CliRunner().invoke(main, ["models", "--json"]).stdout
    assert not NOTES.search(listed)
    names = {entry["name"] for entry in json.loads(listed)["models"]}
    for name in ("blockers", "deals-over-time", "why-not", "enforcement-interval", "zeuthen"):
        assert name in names
        assert not NOTES.search(CliRunner().invoke(main, ["explain", name]).stdout)
