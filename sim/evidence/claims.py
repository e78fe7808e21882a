"""What an article says, claim by claim, in our own words."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path
from typing import Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field

from sim.evidence.rates import Rate, Text
from sim.evidence.toml_file import TomlFile
from sim.evidence.validation import validate
from sim.foundations import InputError, Problem

#: Tables of an evidence file beside its head.
_TABLES: Final = ("claims", "rates")


class Claim(BaseModel):
    """One thing the article says that bears on the dispute.

    Source: coding of actor statements in text (Thomson et al. 2006, expert judgements with a source each).

    Example:
        >>> Claim(paragraph=2, speaker="a minister", about=["tariff"], says="keep it low", kind="stated").kind
        'stated'
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    paragraph: int = Field(ge=1, description="number of the paragraph, counting non-empty lines from 1")
    speaker: Text = Field(description="who says it, or who is said to")
    about: tuple[Text, ...] = Field(min_length=1, description="actors and issues that it bears on")
    says: Text = Field(description="what is said, in our own words")
    kind: Literal["stated", "reported", "inferred"] = Field(
        description="stated by the speaker, reported by others, or inferred by us"
    )


class Article(BaseModel):
    """An article, the claims taken from it, and the reference classes put beside them.

    Source: content analysis by recording units: Krippendorff 2004, ch. 5.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    title: Text = Field(description="headline of the article")
    date: dt.date | str | None = Field(None, description="when it appeared, if known")
    sha256: str = Field(
        pattern="^[0-9a-f]{64}$",
        description="SHA-256 of the text the claims were taken from, as `sha256sum FILE` prints it",
    )
    note: str = Field("", description="what a reader should know about the text")
    claims: dict[str, Claim] = Field(min_length=1, description="claim by its name")
    rates: dict[str, Rate] = Field(default_factory=dict, description="reference class by its name")


def read_article(path: Path) -> Article:
    """Read an evidence file, ``[article]``, ``[claims.<name>]`` and ``[rates.<name>]``.

    Raises:  InputError with everything that is wrong and its keys; the scenario reader adds line and column
    """
    return article_from(TomlFile.read(path))


def article_from(file: TomlFile) -> Article:
    """Validate an evidence file that has been read; raises InputError as ``read_article`` does."""
    head = file.raw.get("article", {})
    strange = [key for key in file.raw if key not in {"article", *_TABLES}]
    problems = [
        Problem(
            f'unknown key "{key}"',
            (key,),
            "[article], [claims.<name>] and [rates.<name>]",
            file=str(file.path),
            of_key=True,
        )
        for key in strange
    ]
    flat: dict[str, Any] = dict(head) if isinstance(head, dict) else {}
    flat |= {key: file.raw[key] for key in _TABLES if key in file.raw}
    article, found = validate(Article, flat)
    for problem in found:
        path = problem.path if problem.path and problem.path[0] in _TABLES else ("article", *problem.path)
        problems.append(replace(problem, path=path, file=str(file.path)))
    if problems or article is None:
        raise InputError(problems)
    return article
