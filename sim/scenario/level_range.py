"""Levels as files name them: one by one, by name or number, or a stretch of an issue's scale."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

#: A level by its name, or the number it stands for on a numeric issue.
LevelName = str | float


class LevelRange(BaseModel):
    """All levels of an ordered or numeric issue from one end to another, ends included.

    Example:
        >>> LevelRange(at_least=3.2e6).ends, LevelRange(between=("some", "full")).ends
        ((3200000.0, None), ('some', 'full'))
    """

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)

    at_least: LevelName | None = Field(None, description="the first level that counts")
    at_most: LevelName | None = Field(None, description="the last level that counts")
    between: tuple[LevelName, LevelName] | None = Field(None, description="the first and the last level that count")

    @model_validator(mode="after")
    def _one_form(self) -> LevelRange:
        if (self.between is not None) == (self.at_least is not None or self.at_most is not None):
            raise ValueError("a range of levels says at_least, at_most or both of them, or between = [first, last]")
        return self

    @property
    def ends(self) -> tuple[LevelName | None, LevelName | None]:
        """First and last level; ``None`` where the scale has no other end."""
        return (self.at_least, self.at_most) if self.between is None else self.between

    def named(self) -> dict[str, LevelName]:
        """The ends that are given, by the key or the place in ``between`` that holds them."""
        pairs = zip(("at_least", "at_most"), self.ends, strict=True)
        return {key: end for key, end in pairs if end is not None}

    def __str__(self) -> str:
        shown = [f"{end:g}" if isinstance(end, float) else end for end in self.named().values()]
        if len(shown) == 2:
            return f"{shown[0]} to {shown[1]}"
        return f"{'at least' if self.at_least is not None else 'at most'} {shown[0]}"


def _listed(found: Any) -> Any:
    """Take one level or range for a list of one, and refuse what looks like a number and is none."""
    listed = [found] if isinstance(found, str | int | float | dict | LevelRange) else found
    for level in listed if isinstance(listed, list | tuple) else ():
        if isinstance(level, bool):
            raise ValueError(f"{str(level).lower()} is no level; a level is a name in quotes, or a number")  # noqa: TRY004 - pydantic turns ValueError into a located problem
    return listed


_Listed = tuple[LevelName | LevelRange, ...]

#: Some levels: a list of names, numbers and ranges; one alone may stand without brackets.
Levels = Annotated[_Listed, BeforeValidator(_listed, json_schema_input_type=_Listed | LevelRange | LevelName)]
