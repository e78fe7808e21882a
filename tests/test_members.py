"""What holds for every registered member, whatever its kind: its names, its source, its summary."""

import inspect
import re

from sim.cli.models import MEMBERS, every_member
from sim.foundations import Entry, settings_of

ALL = [entry for _, entry in every_member()]


def snake(name):
    """The name as functions and files spell it."""
    return name.replace("-", "_")


def camel(name):
    """The name as classes spell it."""
    return "".join(part.capitalize() for part in name.split("-"))


def own(member):
    """The class or function that was registered; of a figure, the class of the object."""
    return member if inspect.isclass(member) or inspect.isfunction(member) else type(member)


def spelt_alike(entry: Entry) -> bool:
    """Kebab in files of users, Camel or snake in Python, and a file that is called the same.

    A variant may stand in the file of the member whose name its own begins with.
    """
    found, name = own(entry.member), snake(entry.name)
    file = found.__module__.rsplit(".", 1)[-1]
    return (
        re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", entry.name) is not None
        and found.__name__ == (camel if inspect.isclass(found) else snake)(entry.name)
        and (file == name or (file in {snake(other.name) for other in ALL} and name.startswith(f"{file}_")))
    )


def test_one_name_in_three_spellings():
    """Every member is called the same in files of users, in Python and in the file it stands in."""
    assert len(ALL) > 150
    assert [entry.name for entry in ALL if not spelt_alike(entry)] == []


def test_summary_status_and_source():
    """What `sim models` shows is there, and the summary is one sentence."""
    for entry in ALL:
        assert entry.summary.endswith((".", ":")), entry.name
        assert entry.status in {"tested", "light", "known problem"}, entry.name
        assert entry.source, entry.name


def test_settings_are_told():
    """Each setting that a scenario may give stands in the docstring, under its name."""
    for entry in ALL:
        for setting in settings_of(own(entry.member)):
            assert re.search(rf"\b{setting}\b", entry.member.__doc__), (entry.name, setting)


def test_kinds_are_those_of_models():
    """Everything that can be registered can be listed."""
    assert set(MEMBERS) == {
        "protocol", "strategy", "acceptance rule", "offering rule", "solution", "equilibrium", "forecast", "figure",
        "no-deal model", "file format", "game solver",
    }  # fmt: skip
