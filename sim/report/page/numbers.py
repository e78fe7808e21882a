"""Every number with its range and what it rests on; every claim; what was assumed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from sim.evidence import Claim
from sim.report.grounds import counts_words
from sim.report.kept import Kept
from sim.report.page.markup import Markup, bullets, dotted, element, joined, paragraph, section
from sim.report.page.table import Cell, Table, share_bar
from sim.report.stored_run import StoredRun
from sim.report.words import actor_title, number_title, percent
from sim.scenario import Number, Quantity
from sim.words import observation_title

_SHAPES: Final[Mapping[str, str]] = {
    "fixed": "fixed",
    "uniform": "uniform",
    "triangular": "triangular, peak at the value",
    "beta": "beta (PERT), peak at the value",
    "lognormal": "lognormal, median at the value, 95 % in the range",
    "posterior": "posterior of its rates, cut off at the ends",
    "truncated-normal": "normal, cut off at the ends",
    "categorical": "one of the options",
}
_SPEAKERS: Final[Mapping[str, str]] = {"reader": "our reading", "report": "the article", "analysts": "analysts"}


@dataclass(frozen=True)
class Matters:
    """How much each number matters, if that was worked out.

    shares: path -> share, 0..1
    words:  what is shared
    whole:  whether the shares are parts of one whole, so that they may be added up
    """

    shares: Mapping[str, float] = field(default_factory=dict)
    words: str = "the share of the variation in the ending that each explains alone"
    whole: bool = True


def numbers(run: Kept, matters: Matters | None = None, swept: Mapping[str, str] | None = None) -> Markup:
    """Write the sections on numbers, assumptions and claims.

    Args:
        swept: path -> where the number was put, for those that were not drawn
    """
    told = Matters() if matters is None else matters
    return joined((_numbers(run, told, swept or {}), _assumed(run, told), _claims(run)))


def of_run(run: StoredRun) -> Matters:
    """What matters to the ending of a run."""
    return Matters(importance(run))


def importance(run: StoredRun) -> dict[str, float]:
    """Path -> share of the variation in the ending that the number explains alone; empty if not worked out."""
    if "importance" not in run.results:
        return {}
    paths = [str(path) for path in run.results["path"].values]
    return dict(zip(paths, (float(found) for found in run.results["importance"].values), strict=True))


def _numbers(run: Kept, matters: Matters, swept: Mapping[str, str]) -> Markup:
    shares = matters.shares
    most = max(shares.values(), default=0.0)
    rows, data = [], []
    for path, number in run.scenario.numbers.items():
        kind = {"claim": "claimed", "rate": "rated"}.get(number.quantity.ground, "assumed")
        title = number_title(run.scenario, path)
        name = joined((title, element("br"), dotted(path)))
        bar = (share_bar(shares[path], most) if path in shares else "–",) if shares else ()
        rows.append(
            [
                Cell(name, title), _range(number, swept.get(path, "")), _distribution(number.quantity),
                *bar, Cell(grounds(run, number.quantity), kind),
            ]
        )  # fmt: skip
        data.append({"kind": kind})
    heads = ("number", "value and range", "distribution", *(("matters",) if shares else ()), "rests on")
    caption = f"All {len(rows)} numbers" + (f"; “matters” is {matters.words}" if shares else "")
    numeric = (3,) if shares else ()
    table = Table("numbers-table", caption, heads, rows, numeric, stacked=True, long=True, row_data=data)
    note = "Numbers that this sweep puts at fixed places say so; all others are drawn." if swept else ""
    return section("numbers", "Every number", paragraph(note), _filters(len(rows)), table.markup())


def _filters(count: int) -> Markup:
    """Controls that narrow the table; they appear only where a script can serve them."""
    options = [
        element("option", words, value=value)
        for value, words in (
            ("", "all numbers"),
            ("assumed", "assumed only"),
            ("claimed", "resting on claims only"),
            ("rated", "resting on rates only"),
        )
    ]
    return element(
        "div",
        element("label", "Find ", element("input", type="search", id="numbers-find", autocomplete="off")),
        element("label", "Show ", element("select", *options, id="numbers-kind")),
        element("output", f"{count} of {count} numbers", id="numbers-count", aria_live="polite"),
        class_="controls",
        id="numbers-filter",
        hidden=True,
    )


def _range(number: Number, swept: str) -> Markup:
    """Value, range and unit; weights of options; where it was put if it was not drawn."""
    if swept:
        put = element("small", f"swept here: {swept}", class_="swept")
        return joined((_range(number, ""), " ", element("br"), put))
    quantity = number.quantity
    if quantity.options is not None:
        total = sum(quantity.options.values())
        listed = ", ".join(f"{name} ({percent(weight / total)})" for name, weight in quantity.options.items())
        return joined((listed,))
    if quantity.mirrors:
        return joined((quantity.mirror_words, dotted(quantity.mirrors)))
    words = quantity.words()
    scale = (" ", element("br"), element("small", f"on the scale of {number.issue}")) if number.issue else ()
    return joined((words, *scale))


def _distribution(quantity: Quantity) -> str:
    if quantity.mirrors:
        return "follows the other, draw by draw"
    return _SHAPES[quantity.distribution if quantity.spread else "fixed"]


def grounds(run: Kept, quantity: Quantity) -> Markup:
    """What a number rests on: claims in our words, or the reason why it is assumed."""
    return grounds_of(run, quantity.claims, run.scenario.reason(quantity), quantity.rates)


def grounds_of(run: Kept, claims: Sequence[str], assumed: str, rates: Sequence[str] = ()) -> Markup:
    """What something rests on: claims in our words, rates, or the reason why it is assumed."""
    known = run.article.claims if run.article is not None else {}
    lines = [joined((claim_words(run, known[name]) if name in known else name,)) for name in claims]
    counted = run.article.rates if run.article is not None else {}
    for name in rates:
        rate = counted.get(name)
        lines.append(joined((name if rate is None else f"How often: {rate.what}; {rate.words} ({rate.source})",)))
    reason = assumed or ("" if claims or rates else run.scenario.default_assumed)
    if reason:
        lines.append(joined((element("strong", "Assumed: ", class_="assumed"), reason)))
    return joined(lines, element("br"))


def claim_words(run: Kept, claim: Claim) -> Markup:
    """What a claim says, in our words, and who says it where."""
    return joined(
        (claim.says, " ", element("small", f"({_speaker(run, claim)}, paragraph {claim.paragraph}, {claim.kind})"))
    )


def _speaker(run: Kept, claim: Claim) -> str:
    return _SPEAKERS.get(claim.speaker) or actor_title(run.scenario, claim.speaker)


def _assumed(run: Kept, matters: Matters) -> Markup:
    total, assumed = len(run.scenario.numbers), run.assumed_count
    shares = matters.shares
    paths = [path for path, number in run.scenario.numbers.items() if not number.quantity.grounded]
    found = run.scenario.grounds
    text = [counts_words(total, found["claims"], found["rates"], assumed)]
    whole = sum(shares.values())
    if matters.whole and whole > 0 and assumed < total:
        mine = sum(shares[path] for path in paths if path in shares) / whole
        text.append(f"Of what single numbers explain of the ending, {percent(mine)} is explained by assumed ones.")
    if not paths:
        return section("assumed", "What was assumed", paragraph(" ".join(text)))
    paths.sort(key=lambda path: -shares.get(path, 0.0))
    lines = [
        element("span", element("strong", number_title(run.scenario, path)), ": ", _reason(run, path)) for path in paths
    ]
    summary = element("summary", f"All {len(paths)}" + (", those that matter most first" if shares else ""))
    note = "Each stands with its reason in the table of all numbers."
    return section(
        "assumed",
        "What was assumed",
        paragraph(" ".join(text)),
        element("details", summary, bullets(lines, class_="columns"), class_="repeated"),
        paragraph(note, class_="on-paper"),
    )


def _reason(run: Kept, path: str) -> str:
    scenario = run.scenario
    return scenario.reason(scenario.numbers[path].quantity) or "no reason given"


def _claims(run: Kept) -> Markup:
    article = run.article
    if article is None:
        words = "This case is taken from no article: it is a textbook case, and every number stands as assumed."
        return section("claims", "What the article says", paragraph(words))
    scenario = run.scenario
    rows = []
    for name, claim in article.claims.items():
        paths = [path for path, number in scenario.numbers.items() if name in number.quantity.claims]
        seen = [observation_title(key) for key, item in scenario.observations.items() if name in item.claims]
        used = [dotted(path) for path in paths] + [element("em", f"observation: {key}") for key in seen]
        rows.append(
            [
                Cell(joined((claim.says, element("br"), element("code", name))), claim.says),
                _speaker(run, claim), Cell(claim.paragraph, float(claim.paragraph)), claim.kind,
                Cell(joined(used, element("br")) if used else "nothing", float(len(used))),
            ]
        )  # fmt: skip
    date = f" ({article.date})" if article.date else ""
    intro = f"{len(rows)} claims from “{article.title}”{date}, each in our own words; the article itself is not kept."
    heads = ("claim", "speaker", "paragraph", "how", "what rests on it")
    table = Table(
        "claims-table",
        "Claims, and the numbers and observations that rest on them",
        heads,
        rows,
        (2,),
        stacked=True,
        long=True,
    )
    return section("claims", "What the article says", paragraph(intro), table.markup())
