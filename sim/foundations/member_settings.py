"""Settings of a registered member: which it has, and what is said of one that it has not."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable

from sim.foundations.errors import Problem, nearest


def settings_of(member: type) -> tuple[str, ...]:
    """Names of the settings that a scenario may give a member, in the order of its fields.

    They are the fields of a dataclass less those that it lists in ``filled``, which somebody else provides; a
    class that is no dataclass has none.

    Example:
        >>> @dataclasses.dataclass
        ... class Auction:
        ...     rounds: int
        ...     reserve: float = 0.0
        >>> Auction.filled = ("rounds",)
        >>> settings_of(Auction)
        ('reserve',)
    """
    if not dataclasses.is_dataclass(member):
        return ()
    filled = getattr(member, "filled", ())
    return tuple(item.name for item in dataclasses.fields(member) if item.name not in filled)


def unknown_settings(
    kind: str, name: str, given: Iterable[str], known: Iterable[str], path: tuple[str | int, ...] = ()
) -> list[Problem]:
    """Say of each setting given that the member has none of that name, and which settings it has.

    Args:
        kind, name: of the member, as people call it: ``protocol``, ``single-text``
        given:      names of the settings that somebody wrote
        known:      names of the settings that there are
        path:       keys down to the table in which the settings stand
    Returns:
        one problem for each setting that is not known, with the nearest one that is

    Example:
        >>> unknown_settings("protocol", "single-text", ["txts"], ["texts", "heat"])[0].message
        'the protocol "single-text" has no setting "txts"; it has: heat, texts'
    """
    names = sorted(set(known))
    allowed = ", ".join(names) or "none"
    return [
        Problem(
            f'the {kind} "{name}" has no setting "{setting}"; it has: {allowed}',
            (*path, setting),
            allowed,
            nearest(setting, names),
        )
        for setting in given
        if setting not in names
    ]
