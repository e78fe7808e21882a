"""Packages that only office files need: there, or missed in one sentence that says how to get them."""

from __future__ import annotations

from importlib.util import find_spec

from sim.foundations import SimError


def need_office(name: str, what: str) -> None:
    """Make sure that a package of the extra ``office`` is there.

    Args:
        name: as it is imported
        what: what it is needed for, beginning with a capital
    Raises:  SimError if it is not installed
    """
    if find_spec(name) is None:
        installed = {"docx": "python-docx"}.get(name, name)
        raise SimError(f"{what} need {installed}: pip install 'negotiation-sim[office]'")
