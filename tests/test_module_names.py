"""Whoever searches for a file finds one, where it is to be looked for."""

import subprocess
from collections import defaultdict
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SIM = ROOT / "sim"
#: Names that two files share, each for a reason.
NAMESAKES = {
    "enforcement_interval.py": "the equilibrium and the figure of it; a member's file is called as the member",
    "status_quo.py": "a model of having no deal and a forecast, both of that name in the literature",
}


def test_a_module_has_its_name_alone():
    """No two folders of `sim` hold a module of the same name, but for members that are called alike."""
    found = defaultdict(list)
    for path in sorted(SIM.rglob("*.py")):
        if path.name != "__init__.py":
            found[path.name].append(path.relative_to(SIM).as_posix())
    twice = {name: files for name, files in found.items() if len(files) > 1}
    assert {name: files for name, files in twice.items() if name not in NAMESAKES} == {}
    assert set(NAMESAKES) == set(twice), "no longer there twice, take off the list"


def test_the_top_level_holds_what_it_should():
    """Beside dotfiles nothing else is kept at the top: a licence and changes stand in `sim`."""
    if not (ROOT / ".git").exists():
        pytest.skip("no clone")
    listed = ["git", "-C", str(ROOT), "ls-files"]
    top = {path.split("/")[0] for path in subprocess.check_output(listed, text=True).splitlines()}
    assert {name for name in top if not name.startswith(".")} == {
        "README.md", "pyproject.toml", "results", "scenarios", "seeds", "sim", "tests"
    }  # fmt: skip
