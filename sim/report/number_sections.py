"""Every number with its range and what it rests on; every claim and rate; what was assumed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from sim.evidence import Article, Claim
from sim.report.grounds import counts_words, quantity_grounds, speaker
from sim.report.pieces import Cell, Items, Row, Section, Sentence, Span, Table, Words, joined_words
from sim.scenario import Number, Quantity, Scenario
from sim.words import number_title, observation_title, percent

_SHAPES: Final[Mapping[str, str]] = {
    "fixed": "fixed",
    "uniform": "uniform",
    "triangular": "triangular, peak at the value",
    "beta": "beta (PERT), peak at the value",
    "truncated-normal": "normal, cut off at the ends",
    "pooled": "what one of several sources says, by their weights",
    "lognormal": "lognormal, median at the value, 95 % in the range",
    "posterior": "posterior of its rates, cut off at the ends",
    "categorical": "one of the options",
}
_KINDS: Final[Mapping[str, str]] = {
    "assumed": "assumed only",
    "claimed": "resting on claims only",
    "rated": "resting on rates only",
}
_KIND_OF: Final = {"assumed": "assumed", "claim": "claimed", "rate": "rated"}


@dataclass(frozen=True)
class NumberWeights:
    """How much each number matters, if that was worked out.

    shares: path -> share, 0..1
    words:  what is shared
    whole:  whether the shares are parts of one whole, so that they may be added up
    least:  shares below this may be chance; they are not added up
    """

    shares: Mapping[str, float] = field(default_factory=dict)
    words: str = "the share of the variation in the ending that each explains alone"
    whole: bool = True
    least: float = 0.0


def number_sections(
    scenario: Scenario,
    article: Article | None,
    weights: NumberWeights | None = None,
    swept: Mapping[str, str] | None = None,
) -> tuple[Section, ...]:
    """List every number, what was assumed, the claims of the article and the rates; for pages.

    Args:
        swept: path -> where the number was put, for those that were not drawn
    """
    told = NumberWeights() if weights is None else weights
    lists = (_numbers(scenario, article, told, swept or {}), _assumed(scenario, told), _claims(scenario, article))
    return (*lists, *_rates(scenario, article))


def assumed_count(scenario: Scenario) -> int:
    """How many numbers rest on neither claims nor rates."""
    return scenario.grounds["assumed"]


def assumed_words(scenario: Scenario) -> str:
    """How many numbers are assumed."""
    return f"{assumed_count(scenario)} of {len(scenario.numbers)} numbers are assumed, not taken from evidence."


def _numbers(scenario: Scenario, article: Article | None, weights: NumberWeights, swept: Mapping[str, str]) -> Section:
    shares = weights.shares
    most = max(shares.values(), default=0.0)
    rows: list[Row] = []
    for path, number in scenario.numbers.items():
        title = number_title(scenario, path)
        row: list[Cell | Words] = [
            Cell((title, "\n", Span(path, "path")), title),
            Cell(_range(number, swept.get(path, "")), numbers=_ends(number), whole=False),
            _distribution(number.quantity),
        ]
        if shares:
            share = shares.get(path)
            row.append(
                "–" if share is None else Cell(percent(share), share, max(share, 0.0) / most if most > 0 else 0.0)
            )
        rows.append(
            [*row, Cell(quantity_grounds(scenario, article, number.quantity), _KIND_OF[number.quantity.ground])]
        )
    heads = ("number", "value and range", "distribution", *(("matters",) if shares else ()), "rests on")
    caption = f"All {len(rows)} numbers" + (f"; “matters” is {weights.words}" if shares else "")
    kinds = [_KIND_OF[number.quantity.ground] for number in scenario.numbers.values()]
    table = Table(
        "numbers-table", caption, heads, rows, (3,) if shares else (), stacked=True, long=True, kinds=_KINDS,
        row_kinds=kinds,
    )  # fmt: skip
    note = "Numbers that this sweep puts at fixed places say so; all others are drawn." if swept else ""
    words = tuple(f"{one.words}." for one in scenario.correlations.values())
    tied = (Items(words),) if words else ()
    return Section("numbers", "Every number", (Sentence(note), *tied, table), shown="page", folded=True)


def _range(number: Number, swept: str) -> Words:
    """Value, range and unit; weights of options; where it was put if it was not drawn."""
    if swept:
        return joined_words([_range(number, ""), Span(f"swept here: {swept}", "small")])
    quantity = number.quantity
    if quantity.options is not None:
        total = sum(quantity.options.values())
        return ", ".join(f"{name} ({percent(weight / total)})" for name, weight in quantity.options.items())
    if quantity.mirrors:
        return (quantity.mirror_words, Span(quantity.mirrors, "path"))
    scale = (Span(f"\non the scale of {number.issue}", "small"),) if number.issue else ()
    return (quantity.words(), *scale)


def _ends(number: Number) -> dict[str, float]:
    """Value and ends of the range as numbers; of a place on an issue those that stand as numbers."""
    quantity = number.quantity
    found = {"value": quantity.value, "low": quantity.low, "high": quantity.high}
    if quantity.options is not None or quantity.follows:
        return {}
    return {head: float(value) for head, value in found.items() if isinstance(value, float | int)}


def _distribution(quantity: Quantity) -> str:
    if quantity.follows:
        return "follows the other, draw by draw" if quantity.mirrors else "what the deal is worth, draw by draw"
    return _SHAPES[quantity.distribution if quantity.spread else "fixed"]


def _assumed(scenario: Scenario, weights: NumberWeights) -> Section:
    total, assumed, shares = len(scenario.numbers), assumed_count(scenario), weights.shares
    paths = [path for path, number in scenario.numbers.items() if not number.quantity.grounded]
    text = counts_words(total, scenario.grounds["claims"], scenario.grounds["rates"], assumed)
    telling = {path: share for path, share in shares.items() if share >= weights.least}
    whole = sum(telling.values())
    if weights.whole and whole > 0 and assumed < total:
        mine = sum(telling[path] for path in paths if path in telling) / whole
        text += f" Of what single numbers explain of the ending, {percent(mine)} is explained by assumed ones."
    title = "What was assumed"
    if not paths:
        return Section("assumed", title, (Sentence(text),), shown="page")
    paths.sort(key=lambda path: -shares.get(path, 0.0))
    lines = tuple((Span(f"{number_title(scenario, path)}: ", "strong"), _reason(scenario, path)) for path in paths)
    items = Items(lines, f"All {len(paths)}" + (", those that matter most first" if shares else ""))
    note = "Each stands with its reason in the table of all numbers."
    return Section("assumed", title, (Sentence(text), items, Sentence(note, "note")), shown="page")


def _reason(scenario: Scenario, path: str) -> str:
    return scenario.reason(scenario.numbers[path].quantity) or "no reason given"


def _claims(scenario: Scenario, article: Article | None) -> Section:
    title = "What the article says"
    if article is None:
        words = "This case is taken from no article: it is a textbook case, and every number stands as assumed."
        return Section("claims", title, (Sentence(words),), shown="page")
    rows: list[Row] = []
    for name, claim in article.claims.items():
        used: list[Words] = [
            Span(path, "path") for path, number in scenario.numbers.items() if name in number.quantity.claims
        ]
        used += [
            f"observation: {observation_title(key)}"
            for key, seen in scenario.observations.items()
            if name in seen.claims
        ]
        used += ["who signs with whom"] if name in scenario.talks.sign.claims else []
        rows.append(
            [
                Cell((claim.says, Span(f"\n{name}", "code")), claim.says),
                speaker(scenario, claim), Cell(_paragraph(claim), float(claim.paragraph)), claim.kind,
                Cell(joined_words(used) or "nothing", float(len(used))),
            ]
        )  # fmt: skip
    kept = "the article itself is not kept" if len(article.texts) == 1 else "the articles themselves are not kept"
    intro = f"{len(rows)} claims from {article.words}, each in our own words; {kept}."
    heads = ("claim", "speaker", "paragraph", "how", "what rests on it")
    caption = "Claims, and the numbers and observations that rest on them"
    table = Table("claims-table", caption, heads, rows, (2,), stacked=True, long=True)
    return Section("claims", title, (Sentence(intro), table), shown="page", folded=True)


def _paragraph(claim: Claim) -> Words:
    return (str(claim.paragraph), Span(f"\n{claim.article}", "small")) if claim.article else str(claim.paragraph)


def _rates(scenario: Scenario, article: Article | None) -> tuple[Section, ...]:
    """The reference classes of the evidence file; nothing where there are none."""
    if article is None or not article.rates:
        return ()
    rows: list[Row] = []
    for name, rate in article.rates.items():
        used: list[Words] = [
            Span(path, "path") for path, number in scenario.numbers.items() if name in number.quantity.rates
        ]
        rows.append(
            [
                Cell((rate.what, Span(f"\n{name}", "code")), rate.what),
                rate.words, f"{rate.source}. {rate.recipe}", rate.applies,
                Cell(joined_words(used) or "nothing", float(len(used))),
            ]
        )  # fmt: skip
    heads = ("how often", "counts", "source and recipe", "how far it applies", "what rests on it")
    caption = "Rates counted elsewhere, and the numbers that rest on them"
    table = Table("rates-table", caption, heads, rows, (), stacked=True, long=True)
    return (Section("rates", "How often it went which way elsewhere", (table,), shown="page", folded=True),)
