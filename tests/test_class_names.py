"""Whoever searches for a name finds one thing."""

import re
from collections import defaultdict
from pathlib import Path

SIM = Path(__file__).parents[1] / "sim"
#: Names that stand twice, each for a reason.
NAMESAKES = {
    "StatusQuo": "a forecast and a model of no deal that the literature calls the same",
    "main": "where a process begins: the command line, and the one that draws",
    "check": "of a case and of a member: two doors, sim.check and sim.contracts.check",
}
#: The doors of Python users call what they open by its own name, and show it as notebooks do.
DOORS = {"jobs/notebook.py"}


#: What a module defines at its top; an expression, as the trees of all modules take a second; type
#: parameters are none.
_DEFINED = re.compile(r"^(?:class|def) ([A-Za-z]\w*)|^([A-Za-z]\w*)(?:: [^=\n]+)? = (?!TypeVar)", re.MULTILINE)
_COMMAND = re.compile(r"^@click\.command\b.*?^def (\w+)", re.MULTILINE | re.DOTALL)


def named(text):
    """Public names that a module defines at its top, but for those of commands, which are called as what they ask."""
    return {one or other for one, other in _DEFINED.findall(text)} - set(_COMMAND.findall(text))


def test_a_public_name_stands_once():
    """No two files of `sim` define a public class, function, type or constant of the same name."""
    found = defaultdict(list)
    for path in sorted(SIM.rglob("*.py")):
        place = path.relative_to(SIM).as_posix()
        if place not in DOORS:
            for name in named(path.read_text(encoding="utf-8")):
                found[name].append(place)
    twice = {name: files for name, files in found.items() if len(files) > 1}
    assert {name: files for name, files in twice.items() if name not in NAMESAKES} == {}
    assert set(NAMESAKES) == set(twice), "no longer there twice, take off the list"
