"""Several evidence files read as one: claims and rates under the names of their files."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any, Final

from sim.evidence.claims import Article, ArticleText, Claim
from sim.evidence.rates import Rate
from sim.evidence.validation import Place
from sim.foundations import Problem, nearest

#: What stands between the name of a file and the name that a claim has there.
_OF: Final = ":"


def meant_by(name: str, known: Collection[str]) -> tuple[str, ...]:
    """Which of some names ``name`` may stand for: itself, or, without the file it is from, each of that name.

    Example:
        >>> meant_by("refuses", ["a:refuses", "b:refuses", "b:offers"]), meant_by("a:refuses", ["a:refuses"])
        (('a:refuses', 'b:refuses'), ('a:refuses',))
    """
    if name in known:
        return (name,)
    return tuple(one for one in known if one.endswith(f"{_OF}{name}") and _OF not in name)


def unknown_claim(name: str, known: Collection[str], place: Place, kind: str = "claim") -> Problem:
    """The problem that the evidence has no such claim or rate, or several of that name."""
    several = meant_by(name, known)
    if len(several) > 1:
        message = f'several evidence files have a {kind} "{name}": say which'
        return Problem(message, place, ", ".join(several))
    bare = [one.partition(_OF)[2] or one for one in known]
    near = nearest(name, [*known, *bare])
    return Problem(f'the evidence file has no {kind} "{name}"', place, nearest=near)


def joined_articles(files: Mapping[str, Article]) -> tuple[Article, list[tuple[str, Problem]]]:
    """Read several evidence files as one.

    Args:
        files: name of the file, without its ending -> what it holds
    Returns:
        the articles with claims and rates called ``FILE:NAME``, or as they are where there is one file; and problems
        with claims that others go against, each with the name of its file
    """
    if len(files) > 1:
        texts: dict[str, ArticleText] = {}
        claims: dict[str, Claim] = {}
        rates: dict[str, Rate] = {}
        for file, article in files.items():
            texts |= {_text(file, name): text for name, text in article.texts.items()}
            for name, claim in article.claims.items():
                claims[f"{file}{_OF}{name}"] = claim.model_copy(update={"article": _text(file, claim.article)})
            rates |= {f"{file}{_OF}{name}": rate for name, rate in article.rates.items()}
        first = next(iter(texts.values()))
        joint = Article.model_construct(
            title=first.title,
            date=first.date,
            sha256=first.sha256,
            claims=claims,
            rates=rates,
            articles=texts,
            joint=True,
        )
    else:
        joint = next(iter(files.values()))
    problems: list[tuple[str, Problem]] = []
    resolved: dict[str, Claim] = {}
    for name, claim in joint.claims.items():
        file, _, own = name.rpartition(_OF) if len(files) > 1 else (next(iter(files)), "", name)
        against = []
        for index, other in enumerate(claim.against):
            found = meant_by(other, joint.claims)
            found = (f"{file}{_OF}{other}",) if f"{file}{_OF}{other}" in found else found
            if len(found) == 1:
                against.append(found[0])
            else:
                place = ("claims", own, "against", index)
                problems.append((file, unknown_claim(other, joint.claims, place)))
        resolved[name] = claim.model_copy(update={"against": tuple(against)})
    return joint.model_copy(update={"claims": resolved}), problems


def _text(file: str, name: str) -> str:
    return f"{file}{_OF}{name}" if name else file


def qualified(raw: Mapping[str, Any], article: Article) -> dict[str, Any]:
    """A scenario's content with every claim and rate under its whole name, wherever only one can be meant.

    Readings that are called like a claim are a claim's.
    """
    return {key: _qualified(value, article) for key, value in raw.items()}


def _qualified(found: Any, article: Article) -> Any:
    if isinstance(found, list):
        return [_qualified(one, article) for one in found]
    if not isinstance(found, dict):
        return found
    done = {key: _qualified(value, article) for key, value in found.items()}
    for key, known in (("claims", article.claims), ("rates", article.rates)):
        if isinstance(done.get(key), list):
            done[key] = [_whole(one, known) for one in done[key]]
    readings = done.get("readings")
    if isinstance(readings, dict):
        done["readings"] = {_whole(name, article.claims): one for name, one in readings.items()}
        said = [name for name in done["readings"] if name in article.claims]
        claims = done.get("claims", [])
        if said and isinstance(claims, list):
            done["claims"] = list(dict.fromkeys([*claims, *said]))
    return done


def _whole(name: Any, known: Iterable[str]) -> Any:
    found = meant_by(name, list(known)) if isinstance(name, str) else ()
    return found[0] if len(found) == 1 else name
