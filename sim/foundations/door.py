"""Packages whose names are imported when they are first asked for, so that a command loads only what it uses."""

from __future__ import annotations

import importlib
import re
import sys
from pathlib import Path
from types import ModuleType
from typing import Any, Final

#: An import of a package's list of names; several lines stand in brackets.
_IMPORT: Final = re.compile(r"^[ ]+from[ ](\S+)[ ]import[ ](\([^)]*\)|[^\n]+)", re.MULTILINE)
_NAME: Final = re.compile(r"\w+ as (\w+)")


class Door(ModuleType):
    """A package that imports each name of its list when that is first asked for.

    A name that a module has too, as ``spoilers`` of ``sim.equilibria.spoilers``, is never that module, whoever has
    imported it before.
    """

    homes: dict[str, str]

    def __getattr__(self, name: str) -> Any:
        """Import a name of the list; other names are refused as modules do."""
        home = self.__dict__["homes"].get(name)
        if home is None:
            raise AttributeError(f"module {self.__name__!r} has no attribute {name!r}")
        found = getattr(importlib.import_module(home), name)
        self.__dict__[name] = found
        return found

    def __setattr__(self, name: str, value: Any) -> None:
        """Keep a value, but no module that is called as a name of the list."""
        if not (isinstance(value, ModuleType) and name in self.__dict__["homes"]):
            super().__setattr__(name, value)

    def __dir__(self) -> list[str]:
        """Names that are there and those of the list."""
        return sorted({*super().__dir__(), *self.homes})


def open_door(package: str) -> None:
    """Let a package import the names of its list one by one; called by the package itself, below that list.

    The list is what stands under ``if TYPE_CHECKING:``, one ``from MODULE import NAME as NAME`` after the other: there
    it is read by people, by type checkers and, here, by the package.

    Example:
        >>> import sim.games
        >>> sim.games.shapley_value.__module__
        'sim.games.shapley_value'
    """
    module = sys.modules[package]
    text = Path(str(module.__file__)).read_text(encoding="utf-8")
    homes = {name: home for home, names in _IMPORT.findall(text) for name in _NAME.findall(names)}
    module.__dict__.update(homes=homes, __all__=sorted(homes))
    module.__class__ = Door


def behind(package: str, member: str | None = None) -> None:
    """Import the modules behind a door: the one called as a member, e.g. ``trade-off``, if there is one, or all."""
    homes = getattr(sys.modules.get(package) or importlib.import_module(package), "homes", {})
    wanted = None if member is None else f"{package}.{member.replace('-', '_')}"
    for home in dict.fromkeys(homes.values()):
        if wanted in {None, home}:
            importlib.import_module(home)
