"""What a manifest says a sweep was asked, checked field by field when it is read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Final

from pydantic import AfterValidator, ConfigDict, Field, TypeAdapter
from typing_extensions import TypedDict

_OPEN: Final = ConfigDict(extra="allow")  # a later version may say more


class StoredSetting(TypedDict, total=False):
    """One setting of an axis: what it is called, and what it changes."""

    __pydantic_config__ = _OPEN  # type: ignore[misc]

    value: float | str
    numbers: dict[str, float | str]
    structure: dict[str, Any]
    overlay: str | None


class _NamedAxis(TypedDict):
    name: str
    title: str


class StoredAxis(_NamedAxis, total=False):
    """An axis: a range of numbers, or settings in turn."""

    __pydantic_config__ = _OPEN  # type: ignore[misc]

    base: float | str | None
    paths: list[str]
    low: float
    high: float
    count: int
    settings: list[StoredSetting]


class _Asked(TypedDict):
    axes: list[StoredAxis]
    design: str


class StoredRequest(_Asked, total=False):
    """A sweep as it was asked: its design, and everything that changes its numbers."""

    __pydantic_config__ = _OPEN  # type: ignore[misc]

    points: int
    draws: int
    seed: str
    common: bool
    keep: bool
    cell: int
    cells_in_chunk: Annotated[int, Field(ge=1)]
    scenario: str
    judge: str
    overlays: dict[str, str]
    study: str
    title: str
    widen: float
    forecasts: bool
    measures: list[str]
    figures: list[str] | None
    case: str


_REQUEST: Final = TypeAdapter(StoredRequest)


def _checked(found: Mapping[str, Any]) -> Mapping[str, Any]:
    """What was asked as it stands there, if it can be understood; nothing was asked of a single run.

    Raises:  ValidationError that names the field
    """
    if found:
        _REQUEST.validate_python(found)
    return found


#: A table of a manifest that holds nothing, or what a sweep was asked.
CheckedRequest = Annotated[Mapping[str, Any], AfterValidator(_checked)]
