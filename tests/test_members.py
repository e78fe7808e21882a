"""What holds for every registered member, whatever its kind: its names, its source, its summary."""

import inspect
import re

import pytest

from sim.cli.models import MEMBERS, every_member
from sim.foundations import Entry, settings_of

ALL = pytest.mark.parametrize(("kind", "entry"), list(every_member()), ids=lambda one: getattr(one, "name", one))


def snake(name):
    """The name as functions and files spell it."""
    return name.replace("-", "_")


def camel(name):
    """The name as classes spell it."""
    return "".join(part.capitalize() for part in name.split("-"))


def own(member):
    """The class or function that was registered; of a figure, the class of the object."""
    return member if inspect.isclass(member) or inspect.isfunction(member) else type(member)


@ALL
def test_one_name_in_three_spellings(kind, entry: Entry):
    """Kebab in files of users, Camel or snake in Python, and a file that is called the same.

    A variant may stand in the file of the member whose name its own begins with.
    """
    found = own(entry.member)
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", entry.name)
    assert found.__name__ == (camel if inspect.isclass(found) else snake)(entry.name)
    file = found.__module__.rsplit(".", 1)[-1]
    families = [other.name for members in MEMBERS.values() for other in members if snake(other.name) == file]
    assert file == snake(entry.name) or (families and snake(entry.name).startswith(f"{file}_"))


@ALL
def test_summary_status_and_source(kind, entry: Entry):
    """What `sim models` shows is there, and the summary is one sentence."""
    assert entry.summary.endswith((".", ":"))
    assert entry.status in {"tested", "light", "known problem"}
    assert entry.source


@ALL
def test_settings_are_told(kind, entry: Entry):
    """Each setting that a scenario may give stands in the docstring, under its name."""
    for setting in settings_of(own(entry.member)):
        assert re.search(rf"\b{setting}\b", entry.member.__doc__), setting


def test_kinds_are_those_of_models():
    """Everything that can be registered can be listed."""
    assert set(MEMBERS) == {
        "protocol", "strategy", "acceptance rule", "offering rule", "solution", "equilibrium", "forecast", "figure",
        "no-deal model", "file format", "game solver",
    }  # fmt: skip
