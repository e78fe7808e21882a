"""What the case wants to be told first, and packages of terms that it names."""

from __future__ import annotations

import string
from typing import Annotated, Any, Final

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, field_validator

from sim.foundations import nearest
from sim.foundations.duration import years
from sim.scenario.level_range import LevelName

#: What a wording may say of an outcome.
PLACEHOLDERS: Final = {
    "median": "of a number: half of the worlds have less",
    "low": "of a number: a tenth of the worlds has less",
    "high": "of a number: a tenth of the worlds has more",
    "mean": "of a number: its mean",
    "share": "of a condition: the share of the worlds in which it holds",
    "most": "of a name: the most frequent one",
    "most_share": "its share",
    "second": "of a name: the second most frequent one",
    "second_share": "its share",
    "all": "of a name: the most frequent ones, each with its share",
    "by": "what it is under each of the ways to play that `by` names; after {median} under the others only",
}


class HeadlineOutcome(BaseModel):
    """One outcome that the answer tells in its first sentences."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    of: str = Field(description='an outcome by its name, e.g. "terms.price" or "signers", or a condition on outcomes')
    say: str = Field(
        "",
        description="the sentence that tells it, with {median}, {low}, {high}, {mean} of a number, {share} of a "
        "condition, {most}, {most_share}, {second}, {second_share}, {all} of a name, and {by}",
    )
    title: str = Field("", description="what people call it, in lists of what moves it")
    by: str = Field("", description='"protocol": told under each of the protocols of the case too, as {by}')

    @field_validator("by")
    @classmethod
    def _known_way(cls, found: str) -> str:
        if found not in {"", "protocol"}:
            raise ValueError(f'an outcome is compared by "protocol", not by "{found}"')
        return found

    @field_validator("say")
    @classmethod
    def _known_placeholders(cls, found: str) -> str:
        try:
            parts = list(string.Formatter().parse(found))
        except ValueError:
            raise ValueError('"{" and "}" stand around a placeholder; "{{" and "}}" mean themselves') from None
        for _, name, form, conversion in parts:
            if name is None:
                continue
            if name not in PLACEHOLDERS or form or conversion:
                near = nearest(name, PLACEHOLDERS)
                hint = f'; did you mean "{{{near}}}"?' if near else ""
                told = ", ".join(f"{{{known}}}" for known in PLACEHOLDERS)
                raise ValueError(f'there is no placeholder "{{{name}}}"{hint} Known: {told}')
        return found

    @property
    def placeholders(self) -> tuple[str, ...]:
        """The placeholders of its wording."""
        return tuple(name for _, name, _, _ in string.Formatter().parse(self.say) if name is not None)


def _outcome(found: Any) -> Any:
    """An outcome as a table, where its name stands alone."""
    return {"of": found} if isinstance(found, str) else found


#: An outcome in full, or its name alone.
ToldOutcome = Annotated[HeadlineOutcome, BeforeValidator(_outcome, json_schema_input_type=HeadlineOutcome | str)]


class Headline(BaseModel):
    """What the answer tells first besides how things stand at the end, and when it looks before that."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    outcomes: tuple[ToldOutcome, ...] = Field(
        (),
        max_length=3,
        description="up to three outcomes that answer the question, tables or names alone; derived if left out",
    )
    times: tuple[str, ...] = Field(
        (), description='times at which it is told how things stand, e.g. ["6 months", "1 year"]'
    )

    @field_validator("times")
    @classmethod
    def _durations(cls, found: tuple[str, ...]) -> tuple[str, ...]:
        for text in found:
            years(text)
        return found


class Package(BaseModel):
    """A package of terms with a name; issues that it leaves out stay as they are.

    Source: packages of multi-issue negotiation (Raiffa 1982)
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    title: str = Field("", description='what people call it, with an article, e.g. "a freeze with guarantees"')
    levels: dict[str, LevelName] = Field(
        default_factory=dict, description="issue -> level; issues left out stay as they are"
    )
