"""Members of one kind (protocols, solutions, plots, ...), found by their name."""

from __future__ import annotations

import importlib.metadata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Generic, Literal, TypeVar

from sim.foundations.door import behind
from sim.foundations.errors import SimError, UnknownNameError

Member = TypeVar("Member")
Function = TypeVar("Function", bound=Callable[..., Any])
Status = Literal["tested", "light", "known problem"]


@dataclass(frozen=True, slots=True)
class Entry(Generic[Member]):
    """One registered member with what a reader wants to know of it.

    name:    kebab-case name used in files and on the command line
    member:  the class or function
    status:  ``tested`` (checked against a source), ``light`` (own tests only) or ``known problem``
    source:  author, year and place of the published idea
    summary: first sentence of its docstring
    """

    name: str
    member: Member
    status: Status
    source: str
    summary: str


class Registry(Generic[Member]):
    """Name -> member; outside packages add theirs through the entry-point group ``sim.<plural>``.

    A member is imported when it is asked for, from the module of its name behind the door of ``home``; all are when
    they are listed, and so are those of outside packages when a name is none of ours.

    kind:   what a member is, as people say it, e.g. ``acceptance rule``
    plural: name of the entry-point group after ``sim.``; by default the kind with an s, e.g. ``acceptance_rules``
    home:   package whose members register when their module is imported; ``None`` if somebody else imports them

    Example:
        >>> greetings: Registry = Registry("greeting")
        >>> @greetings.register("hello", source="folklore")
        ... def hello() -> str:
        ...     "Greets."
        ...     return "hello"
        >>> greetings["hello"]() , [entry.summary for entry in greetings]
        ('hello', ['Greets.'])
    """

    def __init__(self, kind: str, plural: str | None = None, home: str | None = None) -> None:
        self.kind = kind
        self.home = home
        self.group = "sim." + (plural or f"{kind}s").replace(" ", "_")
        self._entries: dict[str, Entry[Member]] = {}
        self._all_loaded = False

    def register(self, name: str, *, source: str, status: Status = "tested") -> Callable[[Member], Member]:
        """Add the decorated class or function under ``name``; a name taken twice is refused."""

        def add(member: Member) -> Member:
            if name in self._entries:
                raise SimError(f'{self.kind} "{name}" is registered twice')
            text = (member.__doc__ or "").strip()
            summary = text.split("\n\n")[0].replace("\n", " ")
            self._entries[name] = Entry(name, member, status, source, " ".join(summary.split()))
            return member

        return add

    def _load_all(self) -> None:
        if self._all_loaded:
            return
        self._all_loaded = True
        if self.home is not None:
            behind(self.home)
        for point in importlib.metadata.entry_points(group=self.group):
            point.load()  # importing the module registers its members

    def _load(self, name: object) -> None:
        """Import the member of this name, or all if none of ours is called so."""
        if name in self._entries or self._all_loaded:
            return
        if self.home is not None and isinstance(name, str):
            behind(self.home, name)
        if name not in self._entries:
            self._load_all()

    def entry(self, name: str) -> Entry[Member]:
        """Return the entry called ``name``; raises UnknownNameError with the nearest name."""
        self._load(name)
        if name not in self._entries:
            raise UnknownNameError(self.kind, name, self._entries)
        return self._entries[name]

    def __getitem__(self, name: str) -> Member:
        return self.entry(name).member

    def __contains__(self, name: object) -> bool:
        self._load(name)
        return name in self._entries

    def __iter__(self) -> Iterator[Entry[Member]]:
        self._load_all()
        return iter(sorted(self._entries.values(), key=lambda entry: entry.name))

    def __len__(self) -> int:
        self._load_all()
        return len(self._entries)

    @property
    def names(self) -> tuple[str, ...]:
        """Every registered name, sorted."""
        return tuple(entry.name for entry in self)


class FunctionRegistry(Registry[Callable[..., Any]]):
    """Name -> function; registering keeps a function's own signature for type checkers.

    For members that are asked by people and not called in turn: their signatures differ, as what they need does.

    Example:
        >>> sums = FunctionRegistry("sum")
        >>> @sums.register("plus", source="folklore")
        ... def plus(a: int, b: int) -> int:
        ...     "Add."
        ...     return a + b
        >>> plus(1, 2), sums.names
        (3, ('plus',))
    """

    def register(self, name: str, *, source: str, status: Status = "tested") -> Callable[[Function], Function]:
        """Add the decorated function under ``name``; a name taken twice is refused."""
        add = super().register(name, source=source, status=status)

        def keep(function: Function) -> Function:
            add(function)
            return function

        return keep
