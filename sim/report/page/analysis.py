"""The page of analyses: what each question found, in words, tables and figures, and whether its data are whole."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator, Mapping
from typing import Final

import numpy as np
import xarray as xr

from sim.report.analysis_told import COLUMNS, leading_measure, left_out, tell
from sim.report.analysis_words import condition_words
from sim.report.listing import Figure, Listing
from sim.report.page.answer import heading, three
from sim.report.page.limits import assumed_words, limits_section
from sim.report.page.markup import Markup, element, joined, paragraph, section, unbroken
from sim.report.page.numbers import Matters, numbers
from sim.report.page.provenance import Replay, provenance
from sim.report.page.table import Cell, Table
from sim.report.page.words import words_box
from sim.report.stored_analysis import StoredAnalysis
from sim.report.words import widened_words
from sim.sensitivity.grouping import DUMMY, OTHERS
from sim.store import Manifest

#: Method -> title of its section.
TITLES: Final[Mapping[str, str]] = {
    "sobol": "Which inputs share the variance (Sobol)",
    "morris": "Which inputs move it at all (Morris)",
    "delta": "Which inputs shift it (delta, from given data)",
    "pawn": "Which inputs shift it (PAWN, from given data)",
    "tornado": "One number at a time (tornado)",
    "flip": "The smallest change that turns the answer",
    "prim": "Where it happens (discovery)",
    "posterior": "What the observations taught",
    "null-coding": "Everybody in the middle (null coding)",
    "leave-one-out": "Without each claim in turn",
    "spread": "Evidence, model or luck",
}
_HEADS: Final = ("What it says", "What else", "How sure")
#: Rows of a list that stand on the page; all are in the file beside it.
_MOST: Final = 40
_ALWAYS: Final = (
    "Sensitivity is that of the model: it says which number moves the answer, not which party moves the war.",
    "Everything rests on the stated ranges: a number that matters little within a narrow range may matter beyond it.",
)


def analysis_head(stored: StoredAnalysis) -> Markup:
    """Write what was asked, of which case."""
    manifest = stored.manifest
    facts = [
        f"Case {manifest.case}" + (f", with {manifest.overlay}" if manifest.overlay else ""),
        *(f"{method}: {_size(found)}" for method, found in stored.found.items()),
        f"seed {manifest.seed}",
        manifest.started[:10],
    ]
    return heading("Analysis", stored.scenario.title, stored.scenario.question, facts)


def analysis_body(stored: StoredAnalysis, figures: Markup) -> Markup:
    """Write all sections."""
    return joined(
        (
            section("answer", "The answer", three(*three_of_analysis(stored)), words_box()),
            figures,
            *(_section(stored, method, found) for method, found in stored.found.items()),
            _complete(stored),
            numbers(stored, matters(stored)),
            limits_section("analysis", list(_limits(stored)), _ALWAYS),
            provenance(stored, _replay(stored)),
        )
    )


def matters(stored: StoredAnalysis) -> Matters:
    """How much each number matters by the first method that says it of single numbers."""
    arrays = {**{method: columns[-1][1] for method, columns in COLUMNS.items()}, "tornado": "change"}
    words = {
        "sobol": "the total Sobol index", "morris": "the mean |effect| by Morris", "delta": "the delta index",
        "pawn": "the PAWN index", "tornado": "the largest change of the share at an end of the range",
    }  # fmt: skip
    for method, array in arrays.items():
        found = stored.found.get(method)
        if found is None:
            continue
        measure = leading_measure(found)
        one = found.sel(measure=measure)
        values = (
            np.nanmax(np.abs(one.sel(group="all")[array].values), axis=1) if method == "tornado" else one[array].values
        )
        shares = {
            str(path): float(value)
            for path, value in zip(one["input"].values, values, strict=True)
            if str(path) in stored.scenario.numbers and np.isfinite(value)
        }
        if shares:
            return Matters(shares, f"{words[method]}, of whether {condition_words(measure)}", whole=False)
    return Matters()


def three_of_analysis(stored: StoredAnalysis) -> tuple[list[str], list[str]]:
    """Heads and sentences: what the first question found, what else was found, and how sure that is."""
    leads = [_lead(stored, method, found) for method, found in stored.found.items()]
    first, *others = leads
    second = f"{others[0][0]} {others[0][1]}".strip() if others else first[1]
    if len(others) > 1:
        second += f" {len(others) - 1} more {'answer is' if len(others) == 2 else 'answers are'} below."
    failed = sum(int(found.attrs.get("failed", 0)) for found in stored.found.values())
    parts = [
        f"{left_out(failed)}." if failed else "No point failed and none is missing.",
        *(_settled(method, found) for method, found in stored.found.items()),
        assumed_words(stored),
        widened_words(stored.manifest.widen),
    ]
    told = [first[0], second, " ".join(filter(None, parts))]
    kept = [n for n, text in enumerate(told) if text]
    return [_HEADS[n] for n in kept], [told[n] for n in kept]


def _lead(stored: StoredAnalysis, method: str, found: xr.Dataset) -> tuple[str, str]:
    """The sentence that answers the question, about the measure that varies most where there are several; the next."""
    said = list(tell(_leading(method, found), stored.scenario))
    texts = [piece for piece in said if isinstance(piece, str) and piece]
    listing = next((piece for piece in said if isinstance(piece, Listing)), None)
    first = texts[0]
    if listing is not None and (method in COLUMNS or method == "tornado"):
        row = next((row for row in listing.rows if row[0] not in {OTHERS, DUMMY}), listing.rows[0])
        cells = zip(listing.heads, row, strict=True)
        told = ", ".join(f"{head} {cell.shown}" for head, cell in cells if isinstance(cell, Figure))
        first = f"{first.rstrip('.')} ({told})."
    if method == "posterior" and listing is not None:
        name, distance, shift = (cell.shown if isinstance(cell, Figure) else cell for cell in listing.rows[0])
        moved = next((text for text in texts if "numbers moved" in text), "")
        return first, f"{moved} Most of all “{name}” (distance {distance}, shift {shift} sd)."
    return _spelt(stored, first), _spelt(stored, texts[1]) if len(texts) > 1 else ""


def _spelt(stored: StoredAnalysis, text: str) -> str:
    """Names of claims become what the claims say."""
    claims = stored.article.claims if stored.article is not None else {}
    for name in sorted(claims, key=len, reverse=True):
        text = re.sub(rf"(?<![\w-]){re.escape(name)}(?![\w-])", f"“{claims[name].says.rstrip('.')}”", text)
    return text


def _leading(method: str, found: xr.Dataset) -> xr.Dataset:
    """Only the measure that varies most, for methods that have several."""
    if method in {"flip", "prim", "spread", "posterior"} or "measure" not in found.dims:
        return found
    measure = leading_measure(found)
    return found.sel(measure=[measure])


def _section(stored: StoredAnalysis, method: str, found: xr.Dataset) -> Markup:
    parts: list[Markup] = []
    texts: list[str] = []
    tables = 0
    earlier = (
        "An earlier command left this in the same folder; provenance below speaks of the last one."
        if method in stored.earlier
        else ""
    )
    for piece in tell(found, stored.scenario):
        if isinstance(piece, Listing):
            parts += [_text(texts), _table(stored, method, tables, piece)]
            texts, tables = [], tables + 1
        elif piece:
            texts.append(piece)
        else:
            parts.append(_text(texts))
            texts = []
    parts.append(_text(texts))
    return section(method, TITLES[method], paragraph(earlier, class_="note"), *parts)


def _text(texts: list[str]) -> Markup:
    return paragraph(unbroken(" ".join(texts))) if texts else Markup("")


def _table(stored: StoredAnalysis, method: str, number: int, found: Listing) -> Markup:
    """A list as a table; rows that are numbers of the scenario lead to where they are explained."""
    rows = [[_first(stored, row[0]), *map(_cell, row[1:])] for row in found.rows[:_MOST]]
    if not rows:
        return Markup("")
    numeric = [n for n, cell in enumerate(found.rows[0]) if isinstance(cell, Figure)]
    shown = f" (the first {_MOST} of {len(found.rows)}; all of them in {method}.nc)" if len(found.rows) > _MOST else ""
    table = Table(f"{method}-table-{number + 1}", f"{found.caption}{shown}", found.heads, rows, numeric, long=True)
    return table.markup()


def _first(stored: StoredAnalysis, cell: str | Figure) -> object:
    """What a row is about; of claims also what they say."""
    claims = stored.article.claims if stored.article is not None else {}
    left_out = re.fullmatch(r".* \[([\w-]+)\]", cell) if isinstance(cell, str) else None
    if left_out is not None and left_out[1] in claims:
        said = claims[left_out[1]].says
        return Cell(joined((said, element("br"), element("code", left_out[1]))), said)
    names = cell.split(" + ") if isinstance(cell, str) else []
    says = [claims[name].says for name in names if name in claims]
    if not says or not isinstance(cell, str):
        return _cell(cell)
    return Cell(joined((cell, element("br"), element("small", " ".join(says)))), cell)


def _cell(cell: str | Figure) -> object:
    return Cell(cell.shown, float(cell.sort)) if isinstance(cell, Figure) else cell


def _complete(stored: StoredAnalysis) -> Markup:
    """What each answer rests on, what failed, and whether more would change it."""
    rows = [
        [
            method, Cell(_size(found), float(_count(found))),
            Cell(f"{int(found.attrs.get('failed', 0)):,}", float(found.attrs.get("failed", 0))),
            "only worlds that fit what was observed" if int(found.attrs.get("consistent_only", 0)) else "all",
            _settled(method, found) or "not checked by this method",
        ]
        for method, found in stored.found.items()
    ]  # fmt: skip
    heads = ("question", "rests on", "failed or with gaps", "which worlds", "would more change it?")
    whole = not any(int(found.attrs.get("failed", 0)) for found in stored.found.values())
    words = (
        "Nothing failed: no index here comes from incomplete data."
        if whole
        else "Points failed or have gaps. Methods that need their whole design (Sobol, Morris) leave out every group "
        "of points that is not whole; methods of given data use what is there. What fails may not fail by chance."
    )
    table = Table("complete-table", "What each answer rests on", heads, rows, (1, 2), stacked=True)
    return section("complete", "Are the data complete?", paragraph(words), table.markup())


def _settled(method: str, found: xr.Dataset) -> str:
    """Whether the indices have converged, where the method can tell."""
    if "converged" in found and "widest" in found:
        done, total = int(found["converged"].values.sum()), int(found["converged"].size)
        worst = float(np.nanmax(found["widest"].values)) if np.isfinite(found["widest"].values).any() else float("nan")
        return f"Sobol indices are settled for {done} of {total} outcomes (leading ones known to ± {worst:.2f})."
    if method == "sobol" and found.sizes.get("size", 0) > 1:
        at = found["ST_at"].transpose("size", ...).values
        moved = np.abs(at[-1] - at[-2])
        if np.isfinite(moved).any():
            return f"From half the design to all of it no total Sobol index moved by more than {np.nanmax(moved):.2f}."
    if method == "flip":
        sure, flips = int(found["sure"].values.sum()), int(np.isfinite(found["distance"].values).sum())
        return f"For {sure} of {flips} flips the new lead exceeds two standard errors." if flips else ""
    return ""


def _limits(stored: StoredAnalysis) -> Iterator[str]:
    for method, found in stored.found.items():
        if int(found.attrs.get("failed", 0)):
            yield f"{TITLES[method]}: {left_out(int(found.attrs['failed']))}."
    if "sobol" in stored.found and stored.scenario.observations:
        yield "Sobol indices are those of the prior: conditioning on what was observed makes inputs dependent."
    told = stored.found["posterior"].attrs.get("warnings", "") if "posterior" in stored.found else ""
    yield from (f"{warning[:1].upper()}{warning[1:]}." for warning in str(told).split("\n") if warning)
    yield assumed_words(stored)


def _size(found: xr.Dataset) -> str:
    noun = "points" if "evaluations" in found.attrs or "points" in found.attrs else "worlds"
    return f"{_count(found):,} {noun}"


def _count(found: xr.Dataset) -> int:
    return next(
        (int(found.attrs[name]) for name in ("evaluations", "points", "draws", "worlds") if name in found.attrs), 0
    )


def _replay(stored: StoredAnalysis) -> Replay:
    """The command of the copies; of stored results there is only the one that was typed."""
    manifest = stored.manifest
    words = list(manifest.argv)
    case = next((n for n, word in enumerate(words[2:], 2) if word.rstrip("/").split("/")[-1] in _names(manifest)), None)
    commands: tuple[tuple[str, str], ...] = ()
    if case is not None and manifest.inputs and manifest.argv[1:2] == ("analyse",):
        words[case] = manifest.inputs[0]["copy"]
        kept = [word for n, word in enumerate(words) if word not in {"--out", "--json"} and words[n - 1] != "--out"]
        commands = (("From inside the folder, which holds copies of all inputs:", shlex.join(kept)),)
    same = joined(("With the same versions the arrays have the same digest ", element("code", manifest.digest), "."))
    return Replay(commands, same)


def _names(manifest: Manifest) -> set[str]:
    return {manifest.case, f"{manifest.case}.toml"}
