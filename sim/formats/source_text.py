"""The text of a foreign file, and everything that is found wrong in it."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from sim.evidence import shown
from sim.foundations import InputError, Problem, brief, nearest

#: No file of these formats that people made is bigger; a bigger one is not read.
LARGEST: Final = 8_000_000
#: Nor does any nest deeper than this.
DEEPEST: Final = 50
_DECLARED: Final = re.compile(
    rb"""<\?xml[^>]*encoding\s*=\s*["'](iso-8859-1|latin-?1|windows-1252|us-ascii)["']""", re.IGNORECASE
)


@dataclass
class SourceText:
    """A file that is read into a scenario.

    path:     where it stands, as people would type it
    text:     its text, lines ending in one newline character
    sha256:   hash of its bytes
    problems: what has been found wrong so far
    notes:    what it says that a scenario cannot hold, in sentences

    Example:
        >>> file = SourceText(Path("a.csv"), "x,y", "")
        >>> file.wrong("no number", 1, 3)
        >>> [problem.where for problem in file.problems]
        ['a.csv:1:3']
    """

    path: Path
    text: str
    sha256: str
    problems: list[Problem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @classmethod
    def read(cls, path: Path) -> SourceText:
        """Read a file.

        Raises:  InputError if it is missing, too large, or no text
        """
        path = shown(path)
        try:
            found = path.read_bytes() if path.stat().st_size <= LARGEST else None
        except (OSError, ValueError) as error:
            reason = error.strerror if isinstance(error, OSError) else error
            raise InputError(Problem(f"cannot be read: {reason}", file=brief(str(path)))) from None
        if found is None:
            raise InputError(Problem(f"larger than {LARGEST:,} bytes; nothing was read", file=str(path)))
        declared = _DECLARED.match(found[:200])
        encoding = declared[1].decode("ascii") if declared else "utf-8-sig"
        try:
            text = found.decode(encoding)
        except UnicodeDecodeError as error:
            line = found[: error.start].count(b"\n") + 1
            column = error.start - found.rfind(b"\n", 0, error.start)
            raise InputError(Problem("not UTF-8 text", file=str(path), line=line, column=column)) from None
        return cls(path, text.replace("\r\n", "\n"), hashlib.sha256(found).hexdigest())

    def wrong(self, message: str, line: int, column: int, allowed: str = "", near: str | None = None) -> None:
        """Note something that is wrong at a place of the text; reading goes on."""
        lines = self.text.split("\n")
        source = lines[line - 1] if 0 < line <= len(lines) else ""
        self.problems.append(
            Problem(
                message,
                allowed=allowed,
                nearest=near,
                file=str(self.path),
                line=line,
                column=max(1, column),
                source=source,
            )
        )

    def unknown(self, kind: str, name: str, known: list[str], line: int, column: int) -> None:
        """Note a name that nothing has, with the nearest one."""
        told = ", ".join(known[:12]) + (", …" if len(known) > 12 else "")
        self.wrong(f'there is no {kind} "{brief(name)}"', line, column, told, nearest(name, known))

    def checked(self) -> None:
        """Go on only if nothing is wrong.

        Raises:  InputError with all that is
        """
        if self.problems:
            raise InputError(sorted(self.problems, key=lambda problem: (problem.line, problem.column)))


def checked_all(files: list[SourceText]) -> None:
    """Go on only if nothing is wrong in any of the files.

    Raises:  InputError with all that is
    """
    found = [problem for file in files for problem in file.problems]
    if found:
        raise InputError(sorted(found, key=lambda problem: (problem.file or "", problem.line, problem.column)))
