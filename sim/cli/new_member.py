"""A member of one's own, with its test: in a package that plugs in, or in a clone of this one."""

from __future__ import annotations

import importlib.util
import keyword
import re
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

from sim.cli.models import MEMBERS
from sim.foundations import InputError, Problem

#: What a member is called in files and on the command line; its class and its module are spelt after it.
_NAME: Final = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
#: How an import of a list of members begins.
_LISTED: Final = re.compile(r"\s*from \S+ import (\w+ as \w+|\()")
_IMPORT: Final = re.compile(r"from (\S+) import (.+)")


@dataclass(frozen=True)
class MemberKind:
    """A kind of member that can be begun from a template.

    folder: of the modules of such members, and below tests/ of their tests' folder
    line_in: folder whose ``__init__.py`` lists them
    homes:  mark in the template -> module that it is imported from within the clone; a package imports from the folder
    use:    how a member is used, for people; {name} stands for it
    """

    folder: str
    line_in: str
    homes: Mapping[str, str]
    use: str


KINDS_OF_MEMBERS: Final[Mapping[str, MemberKind]] = {
    "protocol": MemberKind(
        "protocols", "protocols", {"protocols": "protocols.protocol"}, "sim run CASE --protocol {name}"
    ),
    "strategy": MemberKind(
        "strategies",
        "strategies",
        {"negotiator": "strategies.negotiator", "ranges": "strategies.ranges"},
        'sim run CASE --set talks.strategies.ACTOR.aspiration={name}, or in its file: aspiration = "{name}"',
    ),
    "solution": MemberKind(
        "solutions",
        "solutions",
        {
            "solution": "solutions.solution",
            "bargaining_problem": "solutions.bargaining_problem",
            "ties": "solutions.ties",
        },
        'in the file of a case: [conventions] solutions = ["nash", "{name}"]',
    ),
    "forecast": MemberKind(
        "forecasts",
        "forecasts",
        {"forecast": "forecasts.forecast", "stakeholders": "forecasts.stakeholders"},
        'from Python: FORECASTS["{name}"]().predict(stakeholders)',
    ),
    "figure": MemberKind("plots/run", "plots", {"plot": "plots.frame.plot"}, "sim plot DIR --only {name}"),
}


def member_texts(kind: str, name: str, place: Path) -> dict[Path, str]:
    """Every file of a new member with its text, the changed list of members included.

    Args:
        kind:  key of ``KINDS_OF_MEMBERS``
        name:  what it is called, e.g. ``final-offer``
        place: top of a clone of this package, or where the folder of a package is made
    Raises:  InputError for a name that is none, or is taken
    """
    _check(kind, name)
    known, module = KINDS_OF_MEMBERS[kind], name.replace("-", "_")
    inside = is_clone(place)
    words: dict[str, str] = {
        "name": name,
        "title": name.replace("-", " ").capitalize(),
        "Class": "".join(part.capitalize() for part in name.split("-")),
        "home": f"sim.{known.line_in}" if inside else module,
        "kind": kind,
        "group": _registry(kind).group,
        "module": module,
        "version": version("negotiation-sim"),
        "use": f"To use it: `{known.use.format(name=name)}`.",
    }
    package = f"sim.{known.line_in}"
    words |= {
        mark: f"sim.{home}" if inside or home.startswith("plots") else package for mark, home in known.homes.items()
    }
    if not inside:
        folder = place / f"sim-{name}"
        return {
            folder / "pyproject.toml": _filled("package.txt", words),
            folder / "README.md": _filled("package_readme.txt", words),
            folder / f"{module}.py": _filled(f"{kind}.txt", words),
            folder / f"test_{module}.py": _filled(f"{kind}_test.txt", words),
        }
    own, listing = place / "sim" / known.folder / f"{module}.py", place / "sim" / known.line_in / "__init__.py"
    dotted = ".".join(own.relative_to(place).with_suffix("").parts)
    line = f"from {dotted} import {words['Class']} as {words['Class']}"
    return {
        own: _filled(f"{kind}.txt", words),
        place / "tests" / known.line_in / f"test_{module}.py": _filled(f"{kind}_test.txt", words),
        listing: with_line(listing.read_text(encoding="utf-8"), line),
    }


def is_clone(place: Path) -> bool:
    """Whether a folder is the top of a clone of this package."""
    project = place / "pyproject.toml"
    return (
        project.is_file()
        and (place / "sim" / "protocols" / "__init__.py").is_file()
        and 'name = "negotiation-sim"' in project.read_text(encoding="utf-8")
    )


def with_line(text: str, line: str) -> str:
    r"""A list of members with one line more, where the order of the alphabet puts it.

    Example:
        >>> with_line("from a.b import B as B\nfrom a.d import D as D\n", "from a.c import C as C")
        'from a.b import B as B\nfrom a.c import C as C\nfrom a.d import D as D\n'
    """
    lines = text.splitlines()
    listed = [n for n, other in enumerate(lines) if _LISTED.match(other)]
    after = [n for n in listed if lines[n].split()[1] > line.split()[1]]
    last = listed[-1] + 1
    while lines[last - 1].endswith(("(", ",")):  # an import over several lines
        last += 1
    begins = lines[listed[0]]
    lines.insert(after[0] if after else last, begins[: begins.index("from ")] + line)
    return "\n".join(lines) + "\n"


def _check(kind: str, name: str) -> None:
    module = name.replace("-", "_")
    if not _NAME.fullmatch(name) or keyword.iskeyword(module):
        wish = re.sub(r"[^a-z0-9]+", "-", re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "-", name).lower()).strip("-")
        raise InputError(Problem(f'"{name}" is no name for a {kind}', allowed="small letters, digits and -",
                                 nearest=wish if _NAME.fullmatch(wish) else None))  # fmt: skip
    if name in _registry(kind):
        raise InputError(Problem(f'there is a {kind} "{name}" already', allowed=f"another name; sim explain {name}"))
    if importlib.util.find_spec(module) is not None:
        raise InputError(Problem(f'Python has a module "{module}" already', allowed="another name"))


def _registry(kind: str) -> Any:
    return MEMBERS[kind]


def _filled(template: str, words: Mapping[str, str]) -> str:
    """A template of this package with its marks replaced, and the imports of the project's own modules put in order."""
    text = (files("sim.cli") / "templates" / "members" / template).read_text(encoding="utf-8")
    for mark, word in words.items():
        text = text.replace("{" + mark + "}", word)
    own = {"sim", words["home"].split(".")[0]}
    lines = text.splitlines()
    found = [n for n, line in enumerate(lines) if (hit := _IMPORT.fullmatch(line)) and hit[1].split(".")[0] in own]
    if not found:
        return text
    names: dict[str, set[str]] = {}
    for n in found:
        hit = _IMPORT.fullmatch(lines[n])
        assert hit is not None
        names.setdefault(hit[1], set()).update(hit[2].split(", "))
    block = [f"from {home} import {', '.join(sorted(some, key=_by_type))}" for home, some in sorted(names.items())]
    return "\n".join([*lines[: found[0]], *block, *lines[found[-1] + 1 :]]) + "\n"


def _by_type(name: str) -> tuple[int, str]:
    """Constants first, then classes, then functions."""
    return (0 if name.isupper() else 1 if name[0].isupper() else 2), name
