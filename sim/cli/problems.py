"""Errors as a good compiler tells them: place, line, caret, what is allowed, the nearest right name."""

from __future__ import annotations

import errno
import re
import sys
from typing import Any, Final

from rich.console import Console
from rich.text import Text

from sim.cli.options import print_json
from sim.foundations import InputError, Problem, SimError, brief

#: Of a longer line only the part around the mistake is shown.
_LONGEST_LINE: Final = 120
#: What a message quotes is what somebody wrote, which may be of any length.
_LONGEST_MESSAGE: Final = 600


def report(error: SimError, *, as_json: bool = False) -> None:
    """Tell an error on standard error, or as JSON on standard output."""
    problems = error.problems if isinstance(error, InputError) else (Problem(str(error)),)
    if as_json:
        print_json({"error": type(error).__name__, "problems": [as_dict(problem) for problem in problems]})
        return
    # stderr is looked up now, because tests and notebooks put another stream in its place
    console = Console(file=sys.stderr, highlight=False, soft_wrap=True)
    if len(problems) == 1:
        console.print(rendered(problems[0]), end="")
        return
    for problem in problems:
        console.print(rendered(problem))
    if problems:
        console.print(Text(f"{len(problems)} problems", style="bold"))


def as_told(error: Exception) -> SimError | None:
    """What an error means to whoever typed the command; ``None`` if it is a fault of the program.

    Example:
        >>> str(as_told(FileNotFoundError(2, "No such file or directory", "there")))
        'there: No such file or directory'
    """
    if isinstance(error, SimError):
        return error
    if isinstance(error, BrokenPipeError) or (isinstance(error, OSError) and error.errno == errno.ENOSPC):
        return None  # told by whoever holds the streams
    if isinstance(error, OSError):
        gone = not error.filename and isinstance(error, FileNotFoundError)
        where = "the working folder is gone" if gone else str(error.filename or "the system refuses")
        return SimError(f"{where[:200]}: {error.strerror or error}")
    if isinstance(error, MemoryError):
        return SimError("there is not enough memory for this; ask for fewer draws, points or deals")
    if isinstance(error, RecursionError):
        return SimError("something is nested too deeply to be read")
    return None


def as_dict(problem: Problem) -> dict[str, Any]:
    """A problem for machines."""
    return {
        "file": problem.file,
        "line": problem.line,
        "column": problem.column,
        "path": ".".join(str(key) for key in problem.path),
        "message": problem.message,
        "allowed": problem.allowed,
        "nearest": problem.nearest,
    }


def rendered(problem: Problem) -> Text:
    """One problem, in several lines.

    Example:
        >>> print(rendered(Problem("unknown key", ("a",), "b", "b", "x.toml", 3, 1, "a = 1")))
        x.toml:3:1: error: unknown key
            3 | a = 1
              | ^
                allowed: b
                did you mean b?
        <BLANKLINE>
    """
    text = Text()
    if problem.where:
        text.append(f"{problem.where}: ", style="bold")
    text.append("error: ", style="bold red")
    text.append(f"{brief(problem.message, _LONGEST_MESSAGE)}\n", style="bold")
    if problem.line and problem.source:
        margin = f"{problem.line:5d} | "
        source, column = _excerpt(problem.source, problem.column)
        text.append(margin, style="blue")
        text.append(f"{source}\n")
        text.append(f"{' ' * (len(margin) - 2)}| ", style="blue")
        text.append(f"{' ' * (column - 1)}{'^' * _width(source, column)}\n", style="bold red")
    indent = "        " if problem.line else "  "
    if problem.allowed and not problem.message.endswith(problem.allowed):
        text.append(f"{indent}allowed: ", style="cyan")
        text.append(f"{brief(problem.allowed, _LONGEST_MESSAGE)}\n")
    if problem.nearest and "did you mean" not in problem.message:
        text.append(f"{indent}did you mean ", style="green")
        text.append(brief(problem.nearest), style="bold green")
        text.append("?\n", style="green")
    return text


def _excerpt(line: str, column: int) -> tuple[str, int]:
    """The part of a line around a column that can be looked at, and the column in it.

    Example:
        >>> _excerpt("a = 1", 5), _excerpt("x" * 500 + "!" + "x" * 500, 501)[0][60:62]
        (('a = 1', 5), 'x!')
    """
    line = "".join(letter if letter.isprintable() else " " for letter in line)
    if len(line) <= _LONGEST_LINE:
        return line, column
    first = max(0, column - 1 - _LONGEST_LINE // 2)
    last = first + _LONGEST_LINE
    shown = f"{'…' if first else ''}{line[first:last]}{'…' if last < len(line) else ''}"
    return shown, column - first + (1 if first else 0)


def _width(source: str, column: int) -> int:
    """How many carets: the length of the key or value that begins there."""
    found = re.compile(r'"[^"]*"|\'[^\']*\'|\[[^\]]*\]|[\w.+-]+').match(source, column - 1)
    return len(found.group()) if found else 1
