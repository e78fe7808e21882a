"""Packages import the names of their lists one by one, and each means what the list says."""

import importlib
import json
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from sim.foundations.door import Door

SIM = Path(__file__).parents[2] / "sim"
DOORS = [
    ".".join(path.relative_to(SIM.parent).parent.parts)
    for path in sorted(SIM.rglob("__init__.py"))
    if "open_door(__name__)" in path.read_text(encoding="utf-8")
]


def loaded(*steps):
    """Modules of ours that are there after each step of a program that runs in a process of its own."""
    look = "told.append([name for name in sys.modules if name.startswith('sim.')])"
    lines = ["import json, sys", "told = []", *(line for step in steps for line in (step, look))]
    code = "\n".join([*lines, "print(json.dumps(told))"])
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=SIM.parent)
    return [set(names) for names in json.loads(found.stdout)]


@pytest.fixture(scope="module")
def steps():
    """What is there after names called as modules, a run, a strategy, and all of them: one process for all."""
    run = "import sim.cli.run, sim.jobs.run_case, sim.report.run_story"
    named = "import sim.equilibria.spoilers; from sim.equilibria import spoilers; assert callable(spoilers)"
    named += "; import sim.report.answer; from sim.report import answer; assert callable(answer)"
    return loaded(named, run, "from sim.strategies import OFFERINGS; OFFERINGS['best-for-others']", "OFFERINGS.names")


@pytest.mark.parametrize("package", DOORS)
def test_every_name_of_a_list_is_there(package):
    """It is listed, it comes from the module that the list names, and it is no module."""
    module = importlib.import_module(package)
    assert isinstance(module, Door)
    assert module.homes
    for name, home in module.homes.items():
        found = getattr(module, name)
        assert found is getattr(importlib.import_module(home), name)
        assert not isinstance(found, ModuleType)
        assert name in dir(module)


def test_a_module_called_as_a_name_does_not_hide_it(steps):
    """``spoilers`` is the function, whether its module was imported before or after the package was asked."""
    assert "sim.equilibria.spoilers" in steps[0]


def test_other_names_are_refused():
    """A misspelt name is an error that says where it was looked for."""
    import sim.games

    with pytest.raises(AttributeError, match=r"'sim.games' has no attribute 'nucleolos'"):
        _ = sim.games.nucleolos


def test_a_name_of_the_list_may_be_replaced(monkeypatch):
    """As tests do; it is back afterwards."""
    import sim.games

    before = sim.games.nucleolus
    with monkeypatch.context() as patch:
        patch.setattr("sim.games.nucleolus", 3)
        assert sim.games.nucleolus == 3
    assert sim.games.nucleolus is before


def test_a_member_is_imported_when_it_is_asked_for(steps):
    """One strategy by its name, the others when they are listed."""
    _, before, some, every = steps
    assert "sim.strategies.best_for_others" in some - before
    assert "sim.strategies.bayesian_guided" not in some
    assert "sim.strategies.bayesian_guided" in every


def test_a_run_loads_nothing_that_only_others_use(steps):
    """Neither sweeps, bridges and sensitivity nor a theory is imported by what plays a case and tells of it."""
    idle = {"sim.bridges", "sim.discovery", "sim.sensitivity", "sim.sweeps", "sim.theory.all_readings", "sim.plots"}
    assert not steps[1] & idle
