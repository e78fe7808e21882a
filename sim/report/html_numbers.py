"""Every number with its range and what it rests on; every claim; what was assumed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from sim.evidence import Claim
from sim.report.html_table import Cell, Table, share_bar
from sim.report.markup import Markup, bullets, dotted, element, joined, paragraph, section
from sim.report.stored import StoredRun
from sim.report.words import actor_title, number_title, percent
from sim.scenario import Number, Quantity

_SHAPES: Final[Mapping[str, str]] = {
    "fixed": "fixed",
    "uniform": "uniform",
    "triangular": "triangular, peak at the value",
    "beta": "beta (PERT), peak at the value",
    "truncated-normal": "normal, cut off at the ends",
    "categorical": "one of the options",
}
_SPEAKERS: Final[Mapping[str, str]] = {"reader": "our reading", "report": "the article", "analysts": "analysts"}


def numbers(run: StoredRun) -> Markup:
    """Write the sections on numbers, assumptions and claims."""
    return joined((_numbers(run), _assumed(run), _claims(run)))


def importance(run: StoredRun) -> dict[str, float]:
    """Path -> share of the variation in the ending that the number explains alone; empty if not worked out."""
    if "importance" not in run.results:
        return {}
    paths = [str(path) for path in run.results["path"].values]
    return dict(zip(paths, (float(found) for found in run.results["importance"].values), strict=True))


def _numbers(run: StoredRun) -> Markup:
    shares = importance(run)
    most = max(shares.values(), default=0.0)
    rows, data = [], []
    for path, number in run.answer.scenario.numbers.items():
        kind = "claimed" if number.quantity.grounded else "assumed"
        title = number_title(run.answer.scenario, path)
        name = joined((title, element("br"), dotted(path)))
        rows.append(
            [
                Cell(name, title), _range(number), _distribution(number.quantity),
                share_bar(shares[path], most) if path in shares else "–", Cell(_grounds(run, number.quantity), kind),
            ]
        )  # fmt: skip
        data.append({"kind": kind})
    heads = ("number", "value and range", "distribution", "matters", "rests on")
    caption = f"All {len(rows)} numbers; “matters” is the share of the variation in the ending that each explains alone"
    table = Table("numbers-table", caption, heads, rows, (3,), stacked=True, long=True, row_data=data)
    return section("numbers", "Every number", _filters(len(rows)), table.markup())


def _filters(count: int) -> Markup:
    """Controls that narrow the table; they appear only where a script can serve them."""
    options = [
        element("option", words, value=value)
        for value, words in (("", "all numbers"), ("assumed", "assumed only"), ("claimed", "resting on claims only"))
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


def _range(number: Number) -> Markup:
    """Value, range and unit; weights of options."""
    quantity = number.quantity
    if quantity.options is not None:
        total = sum(quantity.options.values())
        listed = ", ".join(f"{name} ({percent(weight / total)})" for name, weight in quantity.options.items())
        return joined((listed,))
    if quantity.mirrors:
        return joined((f"{quantity.factor:g} × ", dotted(quantity.mirrors)))
    words = quantity.words()
    scale = (element("br"), element("small", f"on the scale of {number.issue}")) if number.issue else ()
    return joined((words, *scale))


def _distribution(quantity: Quantity) -> str:
    if quantity.mirrors:
        return "follows the other, draw by draw"
    return _SHAPES[quantity.distribution if quantity.spread else "fixed"]


def _grounds(run: StoredRun, quantity: Quantity) -> Markup:
    known = run.article.claims if run.article is not None else {}
    lines = [joined((claim_words(run, known[name]) if name in known else name,)) for name in quantity.claims]
    reason = quantity.assumed or ("" if quantity.claims else run.answer.scenario.default_assumed)
    if reason:
        lines.append(joined((element("strong", "Assumed: ", class_="assumed"), reason)))
    return joined(lines, element("br"))


def claim_words(run: StoredRun, claim: Claim) -> Markup:
    """What a claim says, in our words, and who says it where."""
    return joined(
        (claim.says, " ", element("small", f"({_speaker(run, claim)}, paragraph {claim.paragraph}, {claim.kind})"))
    )


def _speaker(run: StoredRun, claim: Claim) -> str:
    return _SPEAKERS.get(claim.speaker) or actor_title(run.answer.scenario, claim.speaker)


def _assumed(run: StoredRun) -> Markup:
    found, shares = run.answer, importance(run)
    total = found.assumed_count + found.claimed_count
    paths = [path for path, number in found.scenario.numbers.items() if not number.quantity.grounded]
    text = [f"{found.assumed_count} of {total} numbers are assumed, {found.claimed_count} rest on claims."]
    whole = sum(shares.values())
    if whole > 0 and found.claimed_count:
        mine = sum(shares[path] for path in paths) / whole
        text.append(f"Of what single numbers explain of the ending, {percent(mine)} is explained by assumed ones.")
    if not paths:
        return section("assumed", "What was assumed", paragraph(" ".join(text)))
    paths.sort(key=lambda path: -shares.get(path, 0.0))
    lines = [
        element("span", element("strong", number_title(found.scenario, path)), ": ", _reason(run, path))
        for path in paths
    ]
    summary = element("summary", f"All {len(paths)}, those that matter most first")
    return section(
        "assumed",
        "What was assumed",
        paragraph(" ".join(text)),
        element("details", summary, bullets(lines, class_="columns")),
    )


def _reason(run: StoredRun, path: str) -> str:
    scenario = run.answer.scenario
    return scenario.numbers[path].quantity.assumed or scenario.default_assumed or "no reason given"


def _claims(run: StoredRun) -> Markup:
    article = run.article
    if article is None:
        words = "This case is taken from no article: it is a textbook case, and every number stands as assumed."
        return section("claims", "What the article says", paragraph(words))
    scenario = run.answer.scenario
    rows = []
    for name, claim in article.claims.items():
        paths = [path for path, number in scenario.numbers.items() if name in number.quantity.claims]
        seen = [key.replace("_", " ") for key, item in scenario.observations.items() if name in item.claims]
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
