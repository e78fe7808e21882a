"""What a file leaves unsaid or says in a word: words of scales, sums of money, and defaults for what is left out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from sim.evidence import Place, json_schema, node_at
from sim.foundations import Problem, nearest
from sim.scenario.money import amount, currency
from sim.scenario.pooled import SourceReading
from sim.scenario.scenario import Scenario
from sim.scenario.short_form import long_form

#: Numbers that a file may leave out, and what holds then; each is told by `sim check`.
LEFT_OUT: Final[Mapping[str, Mapping[str, Any]]] = {
    "patience": {
        "value": 0.9,
        "low": 0.8,
        "high": 0.97,
        "assumed": "left out: as patient as most, within a wide range",
    },
    "salience": {"value": 1.0, "assumed": "left out: every issue that he has a position on weighs the same"},
    "bluff": {"value": 0.1, "low": 0.0, "high": 0.3, "assumed": "left out: what is said can be posture"},
    "firmness": {"value": 0.7, "low": 0.4, "high": 1.0, "assumed": "left out: lines are moved at times"},
}
#: Kind of an issue that is a portfolio, who holds it without a deal, and what it is worth to whom.
_PORTFOLIO: Final = "portfolio"
_NOBODY: Final = "nobody"
_HELD: Final = "a portfolio is worth something to the party that holds it, and nothing to the others"
_NUMBER: Final = "Quantity"
_PLACES: Final = frozenset({"position", "begins", "like"})
_WORD: Final = re.compile(r"[^\W\d].*", re.DOTALL)


@dataclass
class FilledIn:
    """The content of files with everything said in full.

    raw:      the content
    left_out: places of the numbers that were left out, and are what they are by default
    problems: words that no scale has
    """

    raw: dict[str, Any]
    left_out: list[Place] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def filled_in(raw: Mapping[str, Any]) -> FilledIn:
    """Write out words of scales and sums of money, and fill in what is left out.

    Example:
        >>> raw = {"scales": {"high": "0.8..0.9"}, "actors": {"x": {"patience": "high", "position": {"price": "1"}}}}
        >>> actor = filled_in(raw).raw["actors"]["x"]
        >>> actor["patience"], actor["salience"]["price"]["value"]
        ({'value': 0.85, 'low': 0.8, 'high': 0.9, 'word': 'high'}, 1.0)
    """
    found = FilledIn(dict(raw))
    scales = _scales(raw.get("scales"))
    if scales:
        found.raw = _in_words(found, found.raw, (), scales)
    _hand_out(found)
    actors = found.raw.get("actors")
    if isinstance(actors, dict):
        found.raw["actors"] = {name: _actor(found, name, actor) for name, actor in actors.items()}
    none = found.raw.get("no_deal")
    if isinstance(none, dict) and isinstance(none.get("worth"), dict):
        worth = {name: _as_deal(found, one) for name, one in none["worth"].items()}
        found.raw["no_deal"] = {**none, "worth": worth}
    seen = found.raw.get("observations")
    if isinstance(seen, dict):
        found.raw["observations"] = {
            name: _with_default(found, one, "bluff", ("observations", name)) for name, one in seen.items()
        }
    return found


def _hand_out(found: FilledIn) -> None:
    """Write out issues that are portfolios: one party holds it, who has to agree, and has all of what it is worth."""
    issues, actors = found.raw.get("issues"), found.raw.get("actors")
    if not isinstance(issues, dict) or not isinstance(actors, dict):
        return
    parties = [name for name, one in actors.items() if isinstance(one, dict) and one.get("role", "party") == "party"]
    for name, issue in issues.items():
        if not isinstance(issue, dict) or issue.get("kind") != _PORTFOLIO:
            continue
        holders = issue.get("levels", parties)
        if not isinstance(holders, list) or not all(isinstance(one, str) for one in holders):
            found.raw["issues"] = {**found.raw["issues"], name: {**issue, "kind": "categorical"}}  # told of its levels
            continue
        levels = holders if _NOBODY in holders else [_NOBODY, *holders]
        given: dict[str, Any] = {"status_quo": _NOBODY, "available": [one for one in levels if one != _NOBODY]}
        given["consent"] = {one: [one] for one in levels if one in actors}
        found.raw["issues"] = {**found.raw["issues"], name: {**given, **issue, "kind": "categorical", "levels": levels}}
        for party in parties:
            actor = actors[party]
            said = actor.get("values", {})
            if not isinstance(said, dict) or name in said or name in _keys(actor.get("position")):
                continue
            worth = {one: {"value": float(one == party), "assumed": _HELD} for one in levels}
            actors = {**actors, party: {**actor, "values": {**said, name: worth}}}
    found.raw["actors"] = actors


def _with_default(found: FilledIn, table: Any, key: str, place: Place) -> Any:
    if not isinstance(table, dict) or key in table:
        return table
    found.left_out.append((*place, key))
    return {**table, key: dict(LEFT_OUT[key])}


def _actor(found: FilledIn, name: str, actor: Any) -> Any:
    if not isinstance(actor, dict):
        return actor
    place: Place = ("actors", name)
    actor = _with_default(found, actor, "patience", place)
    if isinstance(actor.get("red_lines"), dict):
        lines = {
            line: _with_default(found, one, "firmness", (*place, "red_lines", line))
            for line, one in actor["red_lines"].items()
        }
        actor = {**actor, "red_lines": lines}
    if isinstance(actor.get("reservation"), str):
        actor = {**actor, "reservation": _as_deal(found, actor["reservation"])}
    stands = [issue for key in ("position", "values") for issue in _keys(actor.get(key))]
    if actor.get("worth"):
        return _with_coin(found, actor)
    if stands and "salience" not in actor and actor.get("role", "party") == "party":
        found.left_out += [(*place, "salience", issue) for issue in stands]
        actor = {**actor, "salience": {issue: dict(LEFT_OUT["salience"]) for issue in stands}}
    return actor


def _with_coin(found: FilledIn, actor: dict[str, Any]) -> dict[str, Any]:
    """Give issues that are money their worth, if everything else of the actor is worth money."""
    worths = actor["worth"]
    if not isinstance(worths, dict):
        return actor
    said = [(amount(one) or {}).get("unit") if isinstance(one, str) else _unit(one) for one in worths.values()]
    coins = {currency(unit) for unit in said if unit}
    if len(coins) != 1:
        return actor
    coin = coins.pop()
    stands = {*_keys(actor.get("position")), *_keys(actor.get("values"))}
    extra = {
        issue: {"value": 1.0, "unit": f"{coin} per {coin}", "assumed": f"one {coin} is worth one {coin}"}
        for issue in _money_issues(found.raw, coin)
        if issue in stands and issue not in worths
    }
    return {**actor, "worth": {**worths, **extra}} if extra else actor


def _as_deal(found: FilledIn, said: Any) -> Any:
    """A sum of money as the deal at that price, where just one issue is counted in that currency."""
    sum_of = amount(said) if isinstance(said, str) else None
    if sum_of is None:
        return said
    unit = sum_of.pop("unit")
    issues = _money_issues(found.raw, unit)
    return {"like": {issues[0]: sum_of}} if len(issues) == 1 else said


def _money_issues(raw: Mapping[str, Any], coin: str) -> list[str]:
    issues = raw.get("issues")
    named = issues.items() if isinstance(issues, dict) else ()
    return [name for name, one in named if isinstance(one, dict) and one.get("unit") == coin]


def _scales(found: Any) -> dict[str, dict[str, SourceReading]]:
    """Words by the field that they are for; those for every field under an empty name."""
    scales: dict[str, dict[str, SourceReading]] = {"": {}}
    for name, one in found.items() if isinstance(found, dict) else ():
        words = one if isinstance(one, dict) and not _is_reading(one) else None
        for word, said in ({name: one} if words is None else words).items():
            try:
                scales.setdefault("" if words is None else name, {})[word] = SourceReading.model_validate(said)
            except ValueError:
                continue  # told where the scale stands
    return scales if any(scales.values()) else {}


def _is_reading(table: Mapping[str, Any]) -> bool:
    """Whether a table is a number and not words for numbers, which may be called "low" and "high" themselves."""
    return any(isinstance(table.get(key), int | float | list) for key in ("value", "low", "high", "range"))


def _in_words(found: FilledIn, node: Any, place: Place, scales: Mapping[str, Mapping[str, SourceReading]]) -> Any:
    """A table with every word that stands for a number replaced by it."""
    if isinstance(node, dict) and place[:1] != ("scales",):
        done = {key: _in_words(found, one, (*place, key), scales) for key, one in node.items()}
        if isinstance(node.get("value"), str) and _is_number(place):
            said = _meant(found, node["value"], place, scales)
            return done if said is None else {**said, **{key: one for key, one in done.items() if key != "value"}}
        return done
    if isinstance(node, str) and _is_number(place):
        return _meant(found, node, place, scales) or node
    return node


def _meant(
    found: FilledIn, word: str, place: Place, scales: Mapping[str, Mapping[str, SourceReading]]
) -> dict[str, Any] | None:
    named = [key for key in place if isinstance(key, str) and key and key in scales]
    words = dict(scales[named[-1]]) if named else {}
    if not _PLACES & set(place):
        words = {**scales[""], **words}
    if word in words:
        one = words[word]
        ends = {} if one.low is None else {"low": one.low, "high": one.high}
        return {"value": one.value, **ends, "word": word}
    if words and _WORD.fullmatch(word) and not named_otherwise(word, place):
        problem = Problem(f'"{word}" is no word of a scale', place, ", ".join(words), nearest(word, list(words)))
        found.problems.append(problem)
        return {"value": 0.5, "assumed": "?"}
    return None


def named_otherwise(word: str, place: Place) -> bool:
    """Whether text may stand here that is no word of a scale: a level, a short form, money."""
    return bool(_PLACES & set(place)) or long_form(word) is not None or amount(word) is not None


def _is_number(place: Place) -> bool:
    return (node_at(json_schema(Scenario), place) or {}).get("title") == _NUMBER


def _keys(found: Any) -> Iterator[str]:
    yield from found if isinstance(found, dict) else ()


def _unit(found: Any) -> str | None:
    return found.get("unit") if isinstance(found, dict) else None
