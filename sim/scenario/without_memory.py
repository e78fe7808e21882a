"""Copies of models that forget what was worked out from the original."""

from __future__ import annotations

from typing import TypeVar

from pydantic import BaseModel

AnyModel = TypeVar("AnyModel", bound=BaseModel)


def without_memory(copied: AnyModel) -> AnyModel:
    """A copy made with ``model_copy``, rid of cached properties of the original.

    Example:
        >>> from sim.scenario.issue import Issue
        >>> issue = Issue(levels=["a", "b"], status_quo="a")
        >>> issue.status_quo_index, without_memory(issue.model_copy(update={"status_quo": "b"})).status_quo_index
        (0, 1)
    """
    for name in set(vars(copied)) - set(type(copied).model_fields):
        del vars(copied)[name]
    return copied
