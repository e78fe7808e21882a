"""How far a job is, told step by step."""

from __future__ import annotations

from collections.abc import Callable

from sim.ensemble import Progress

#: Names a step and gives what is told of it.
Steps = Callable[[str], Progress]


def silent(_name: str) -> Progress:
    """Tell nobody.

    Example:
        >>> silent("playing")(5, 10)
    """
    return lambda _done, _total: None


def only(step: str, progress: Progress | None) -> Steps:
    """Tell one step and no other.

    Example:
        >>> steps = only("playing", lambda done, total: print(done, total))
        >>> steps("playing")(5, 10), steps("figures")(0, 1)
        5 10
        (None, None)
    """
    return lambda name: progress if progress is not None and name == step else silent(name)
