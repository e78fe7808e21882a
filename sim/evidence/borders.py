"""Which files a scenario may name: those of its own project, and of folders that its reader trusts."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from sim.foundations import Problem, brief

#: What stands at the top of a project.
_MARKS: Final = ("scenarios", "seeds", ".git")
_OVERLAYS: Final = "overlays"
_SCENARIO: Final = "scenario.toml"
_TRUSTED: ContextVar[tuple[Path, ...]] = ContextVar("trusted", default=())


@contextmanager
def trusting(*folders: str | Path) -> Iterator[None]:
    """Let scenarios that are read within name files of these folders too, wherever the folders are.

    A scenario may come from anybody; what it names is read and quoted in messages, so it may name files of its own
    project only, unless its reader says otherwise.

    Example:
        >>> with trusting("/srv/evidence"):
        ...     Borders.around(Path("scenarios/pie/scenario.toml")).hold(Path("/srv/evidence/article.toml"))
        True
    """
    token = _TRUSTED.set((*_TRUSTED.get(), *map(Path, folders)))
    try:
        yield
    finally:
        _TRUSTED.reset(token)


@dataclass(frozen=True)
class Borders:
    """Folders out of which nothing is read.

    folders: the projects of the files that whoever asks has named
    """

    folders: tuple[Path, ...] = ()

    @classmethod
    def around(cls, *named: Path) -> Borders:
        """The projects of some files; links are followed for their folders, not for the files themselves."""
        return cls(tuple(dict.fromkeys(map(project_of, named))))

    def hold(self, path: Path) -> bool:
        """Whether a path stays within, links followed; one that leads nowhere does, since nothing is read there."""
        try:
            found = path.resolve()
            return any(found.is_relative_to(folder.resolve()) for folder in (*self.folders, *_TRUSTED.get()))
        except (OSError, ValueError, RuntimeError):  # too long, with a NUL, links in a circle
            return True

    def problem(self, path: Path, key: str) -> Problem | None:
        """What to say of a path that leads out, and the way in, but nothing of what stands there.

        Args:
            key: what names the path: a key of a file, or words for people
        """
        if self.hold(path):
            return None
        place = brief(str(path.resolve().parent))
        return Problem(
            f"{key} leads out of the project {brief(str(self.folders[0]))}, so it is not read",
            allowed=f"a file in there; or, if you know what that file is: sim --trust {place} …",
        )


def project_of(file: Path) -> Path:
    """The folder that a scenario and what it names lie in: the nearest that looks like a project's, else the one above.

    Example:
        >>> project_of(Path("scenarios/pie/scenario.toml")) == Path.cwd().resolve()
        True
    """
    folder = file.parent.resolve()
    if folder.name == _OVERLAYS:
        folder = folder.parent
    own = folder if file.name == _SCENARIO or file.parent.name == _OVERLAYS else None  # a case may hold anything
    for above in (folder, *folder.parents):
        if above != own and any((above / mark).exists() for mark in _MARKS):
            return above
    return folder.parent if folder.parent != Path(folder.anchor) else folder
