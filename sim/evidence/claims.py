"""What an article says, claim by claim, in our own words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field
from pydantic.json_schema import SkipJsonSchema

from sim.evidence.rates import Rate, Text
from sim.evidence.toml_file import TomlFile
from sim.evidence.validation import Place, validate
from sim.foundations import InputError, Problem, nearest

#: Tables of an evidence file beside its head.
_TABLES: Final = ("claims", "rates", "articles")


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
    article: str = Field("", description="which of [articles.NAME] it is taken from; [article] if left out")
    against: tuple[Text, ...] = Field((), description="claims that cannot be true together with it")


class ArticleText(BaseModel):
    """A text that claims are taken from: not the text itself, but how to know it again.

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


class Article(ArticleText):
    """An article, the claims taken from it, and the reference classes put beside them; or several articles.

    Source: content analysis by recording units: Krippendorff 2004, ch. 5.
    """

    claims: dict[str, Claim] = Field(min_length=1, description="claim by its name")
    rates: dict[str, Rate] = Field(default_factory=dict, description="reference class by its name")
    articles: dict[str, ArticleText] = Field(default_factory=dict, description="further articles by their names")
    joint: SkipJsonSchema[bool] = Field(False, description="whether all its articles stand in `articles`")

    @property
    def texts(self) -> dict[str, ArticleText]:
        """Every article by the name that claims have for it; the one of [article] has none."""
        return dict(self.articles) if self.joint else {"": self, **self.articles}

    @property
    def words(self) -> str:
        """What the claims are taken from, with titles and dates, for people."""
        told = [f"“{one.title}”" + (f" ({one.date})" if one.date else "") for one in self.texts.values()]
        return " and ".join(filter(None, [", ".join(told[:-1]), told[-1]]))

    def conflicts(self) -> list[tuple[str, str]]:
        """Pairs of claims of which one says that it goes against the other, each once."""
        pairs = [(name, other) for name, claim in self.claims.items() for other in claim.against]
        return [pair for at, pair in enumerate(pairs) if pair[::-1] not in pairs[:at] and pair not in pairs[:at]]


def read_article(path: Path) -> Article:
    """Read an evidence file, ``[article]``, ``[claims.<name>]`` and ``[rates.<name>]``.

    Rates may be a list as well: ``[[rates]]``, with ``name = "…"`` in each.

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
            "[article], [articles.<name>], [claims.<name>] and [rates.<name>], or [[rates]] with a name",
            file=str(file.path),
            of_key=True,
        )
        for key in strange
    ]
    flat: dict[str, Any] = dict(head) if isinstance(head, dict) else {}
    flat |= {key: file.raw[key] for key in _TABLES if key in file.raw}
    places: dict[Place, Place] = {}
    if isinstance(flat.get("rates"), list):
        flat["rates"], places, wrong = _rates_by_name(flat["rates"])
        problems += [replace(one, file=str(file.path)) for one in wrong]
    flat.pop("joint", None)
    further = flat.get("articles")
    if "article" not in file.raw and isinstance(further, dict):
        first = next(iter(further.values()), None)
        flat |= {**first, "joint": True} if isinstance(first, dict) else {}
    article, found = validate(Article, flat)
    if article is not None:
        found = list(_names(article))
    for problem in found:
        path = problem.path if problem.path and problem.path[0] in _TABLES else ("article", *problem.path)
        path = (*places.get(path[:2], path[:2]), *path[2:])
        problems.append(replace(problem, path=path, file=str(file.path)))
    if problems or article is None:
        raise InputError(problems)
    return article


def article_names(files: Sequence[TomlFile]) -> Article | None:
    """What claims and rates are called in an evidence file that is not sound, so that wrong names can still be told.

    Returns:
        an article of names alone; ``None`` of several files, whose claims are named by their files, and where a table
        is called wrongly
    """
    if len(files) != 1 or not {"article", "claims"} <= files[0].raw.keys() <= {"article", *_TABLES}:
        return None
    found: dict[str, Any] = {}
    for key in ("claims", "rates"):
        held = files[0].raw.get(key, {})
        listed = [one.get("name") for one in held if isinstance(one, dict)] if isinstance(held, list) else held
        found[key] = {name: None for name in listed if isinstance(name, str)} if isinstance(held, dict | list) else {}
    return Article.model_construct(**found)


def _rates_by_name(listed: list[Any]) -> tuple[dict[str, Any], dict[Place, Place], list[Problem]]:
    """A list of rates as tables by their names; where each stands in the file; and those without a name of their own.

    Example:
        >>> _rates_by_name([{"name": "a", "events": 1}])
        ({'a': {'events': 1}}, {('rates', 'a'): ('rates', 0)}, [])
    """
    tables: dict[str, Any] = {}
    places: dict[Place, Place] = {}
    problems: list[Problem] = []
    for index, one in enumerate(listed):
        name = one.get("name") if isinstance(one, dict) else None
        if not isinstance(name, str) or not name.strip():
            problems.append(Problem('"name" is missing', ("rates", index), 'what numbers call it in rates = ["…"]'))
            name = f"[{index}]"
        elif name in tables:
            problems.append(Problem(f'there is a rate "{name}" already', ("rates", index, "name")))
            name = f"[{index}]"
        tables[name] = {key: value for key, value in one.items() if key != "name"} if isinstance(one, dict) else one
        places["rates", name] = "rates", index
    return tables, places, problems


def _names(article: Article) -> Iterator[Problem]:
    """Articles that claims name, and that are not there."""
    for name, claim in article.claims.items():
        if claim.article not in article.texts:
            message = f'there is no article "{claim.article}"' if claim.article else "which article is it taken from?"
            known = [one for one in article.texts if one]
            yield Problem(message, ("claims", name, "article"), ", ".join(known), nearest(claim.article, known))
