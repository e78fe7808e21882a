"""A line of the table of results."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """What an experiment found.

    what:     in words
    measured: as it is told
    stated:   what the project says it is, or what it is held against
    holds:    whether the two agree; ``None`` where nothing is promised
    """

    what: str
    measured: str
    stated: str = ""
    holds: bool | None = None
