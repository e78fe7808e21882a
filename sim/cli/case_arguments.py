"""What the words of a command line name: a case, its overlays, changes of it."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from sim.engine.registered import names_are_registered
from sim.ensemble.headline_outcomes import headline_is_known
from sim.foundations import InputError, Problem
from sim.scenario import Case, read_case


def read(case: str | Path, overlay: str | Path | None = None) -> Case:
    """Read a case with the rules on registered names; what is to be known of its files goes to standard error.

    Raises:  InputError with everything that is wrong in the files
    """
    found = read_case(case, overlay=overlay, extra_rules=(names_are_registered, headline_is_known))
    tell_note(found)
    return found


def tell_note(case: Case) -> None:
    """Say in one line, beside the answer, how the files were taken; nothing where that is plain."""
    if case.note:
        click.echo(f"Note: {case.note}", err=True)


def names(text: str) -> tuple[str, ...]:
    """Names with commas between them.

    Example:
        >>> names("patient, nato"), names("all")
        (('patient', 'nato'), ('all',))
    """
    return tuple(name.strip() for name in text.split(",") if name.strip())


def changes_of(texts: Sequence[str]) -> dict[str, Any]:
    """Changes by path, of ``PATH=VALUE``, the value as TOML would have it, or a bare word.

    Raises:  InputError for a text that changes nothing
    Example:
        >>> changes_of(["talks.rounds=12", "talks.protocol=single-text"])
        {'talks.rounds': 12, 'talks.protocol': 'single-text'}
    """
    return dict(_setting(text) for text in texts)


def _setting(text: str) -> tuple[str, Any]:
    path, equals, value = text.partition("=")
    if not equals or not path.strip() or not value.strip():
        raise InputError(Problem(f'--set "{text}" changes nothing', allowed="PATH=VALUE, for example talks.rounds=12"))
    try:
        return path.strip(), tomllib.loads(f"value = {value}")["value"]
    except tomllib.TOMLDecodeError:
        return path.strip(), value.strip()
