"""Packages that only office files need: found, or missed in one sentence that says how to get them."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from sim.foundations import SimError


def office_package(name: str, what: str) -> Any:
    """Import a package of the extra ``office``.

    Args:
        name: as it is imported
        what: what it is needed for, beginning with a capital
    Raises:  SimError if it is not installed
    """
    try:
        return import_module(name)
    except ModuleNotFoundError:
        installed = {"docx": "python-docx"}.get(name, name)
        raise SimError(f"{what} need {installed}: pip install 'negotiation-sim[office]'") from None
