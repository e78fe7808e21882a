"""Standard output and error that may be closed, full, or unable to write every letter."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from io import TextIOWrapper

#: Exit code where what was found could not be told.
UNTOLD = 2


@contextmanager
def safe_streams() -> Iterator[None]:
    """Let a program write whatever it has to say, and end in one sentence where that cannot be.

    A stream that was closed before the start takes everything and keeps nothing; letters that its encoding lacks
    are written as question marks; a reader that went away, as ``| head`` does, ends the program without a word; a
    full disk is told on standard error.

    Example:
        >>> with safe_streams():
        ...     print("told")
        told
    """
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: PTH123, SIM115 - open to the end
        elif isinstance(stream, TextIOWrapper) and stream.encoding.lower().replace("-", "") != "utf8":
            stream.reconfigure(errors="replace")
    try:
        try:
            yield
        finally:
            sys.stdout.flush()
    except OSError as error:
        if not isinstance(error, BrokenPipeError) and error.errno != errno.ENOSPC:
            raise
        _give_up()
        if isinstance(error, BrokenPipeError):
            sys.exit(0)
        with suppress(OSError):
            sys.stderr.write(f"error: standard output cannot be written: {error.strerror}\n")
        sys.exit(UNTOLD)


def _give_up() -> None:
    """Point standard output to nowhere, so that the end of the program does not try once more."""
    with suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)
