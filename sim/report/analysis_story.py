"""Analyses as a story: what each question found, in words and tables, and whether its data are whole."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import xarray as xr

from sim.evidence import Article
from sim.report.analysis_measures import leading_measure
from sim.report.analysis_methods import METHOD_COLUMNS, analysis_lines, left_out
from sim.report.analysis_words import condition_words
from sim.report.glossary_links import linked
from sim.report.limit_sections import limit_section
from sim.report.number_sections import NumberWeights, assumed_words, number_sections
from sim.report.pieces import (
    Cell,
    FigurePiece,
    Glossary,
    KeyValues,
    Piece,
    Row,
    Section,
    Sentence,
    Span,
    Story,
    Table,
    Words,
    as_cell,
    plain_text,
)
from sim.report.provenance_sections import Replay, played_facts, provenance_sections
from sim.report.run_story import figure_sections
from sim.scenario import Scenario
from sim.sensitivity.grouping import DUMMY, OTHERS
from sim.store import Manifest
from sim.words import Vocabulary, capital, counted, value_with_half, widened_words, words_of

#: Method -> title of its section, and what the list of contents calls it.
_TITLES: Final[Mapping[str, tuple[str, str]]] = {
    "sobol": ("Which inputs share the variance (Sobol)", "Sobol indices"),
    "morris": ("Which inputs move it at all (Morris)", "Morris screening"),
    "delta": ("Which inputs shift it (delta, from given data)", "Delta indices"),
    "pawn": ("Which inputs shift it (PAWN, from given data)", "PAWN indices"),
    "tornado": ("One number at a time (tornado)", "Tornado"),
    "flip": ("The smallest change that turns the answer", "Flip distances"),
    "prim": ("Where it happens (discovery)", "Discovery"),
    "posterior": ("What the observations taught", "Posterior"),
    "null-coding": ("Everybody in the middle (null coding)", "Null coding"),
    "leave-one-out": ("Without each claim in turn", "Without each claim"),
    "spread": ("Evidence, model or luck", "Where the spread is from"),
}
#: Method -> the array by which it says how much single numbers matter, and what that is.
_WEIGHTS: Final[Mapping[str, tuple[str, str]]] = {
    "sobol": ("ST", "the total Sobol index"),
    "morris": ("mu_star", "the mean |effect| by Morris"),
    "delta": ("index", "the delta index"),
    "pawn": ("index", "the PAWN index"),
    "tornado": ("change", "the largest change of the share at an end of the range"),
}
_HEADS: Final = ("What it says", "What else", "How sure")
_ALWAYS: Final = (
    "Sensitivity is that of the model: it says which number moves the answer, not which party moves the war.",
    "Everything rests on the stated ranges: a number that matters little within a narrow range may matter beyond it.",
)


@dataclass(frozen=True)
class AnalysisReport:
    """What is told about analyses.

    found:    method -> labelled arrays
    scenario: what they are of; ``None`` where only arrays were looked at
    article:  the evidence; ``None`` for textbook cases
    earlier:  methods that an earlier command left in the same folder
    widened:  half-widths of stated ranges were multiplied by this
    files:    where they are kept; empty if nowhere
    """

    found: Mapping[str, xr.Dataset]
    scenario: Scenario | None
    article: Article | None = None
    earlier: Sequence[str] = ()
    widened: float = 1.0
    files: Sequence[str] = ()

    @property
    def words(self) -> Vocabulary:
        """What the case calls its endings, kinds of deal and states."""
        if self.scenario is not None:
            return Vocabulary.of(self.scenario)
        return Vocabulary.from_attrs(next(iter(self.found.values())).attrs)


def analysis_story(
    analysis: AnalysisReport, manifest: Manifest | None = None, figures: Sequence[FigurePiece] = ()
) -> Story:
    """Tell analyses.

    Args:
        manifest: what was asked, for pages
        figures:  those that were drawn, for pages
    """
    found, scenario = analysis.found, analysis.scenario
    lead = Section("", "", (analysis_lead(analysis), Glossary(words_of(analysis.words))), shown="page")
    sections = [
        Section("answer", "The answer", (lead,)),
        *figure_sections(figures),
        Section("", "", (Sentence(widened_words(analysis.widened)),), shown="terminal"),
        *(_section(analysis, method) for method in found),
        _complete(analysis),
    ]
    facts: tuple[str, ...] = ()
    if manifest is not None and scenario is not None:
        sections += number_sections(scenario, analysis.article, _weights(analysis, scenario))
        sections.append(limit_section("analysis", list(_limits(analysis, scenario)), _ALWAYS))
        sections += provenance_sections(manifest, _replay(manifest))
        facts = played_facts(manifest, *(f"{method}: {_size(one)}" for method, one in found.items()))
    kept = Sentence(f"Kept: {', '.join(analysis.files)}" if analysis.files else "", "note")
    sections.append(Section("record", "", (kept,), shown="terminal"))
    first = next(iter(found.values()))
    title = str(first.attrs.get("title", "")) or "Analysis" if scenario is None else scenario.title
    return Story(title, "" if scenario is None else scenario.question, tuple(sections), "Analysis", facts)


def analysis_lead(analysis: AnalysisReport) -> KeyValues:
    """What the first question found, what else was found, and how sure that is."""
    leads = [_lead(analysis.scenario, method, found) for method, found in analysis.found.items()]
    first, *others = leads
    second = f"{others[0][0]} {others[0][1]}".strip() if others else first[1]
    if len(others) > 1:
        second += f" {counted(len(others) - 1, 'more answers')} {'is' if len(others) == 2 else 'are'} below."
    failed = sum(_failed(found) for found in analysis.found.values())
    sure = (
        f"{left_out(failed)}." if failed else "No point failed and none is missing.",
        *(_settled(method, found) for method, found in analysis.found.items()),
        assumed_words(analysis.scenario) if analysis.scenario is not None else "",
        widened_words(analysis.widened),
    )
    seen: set[str] = set()
    told = zip(_HEADS, (first[0], second, " ".join(filter(None, sure))), strict=True)
    pairs: list[tuple[str, Words]] = [
        (head, linked(text, seen, words_of(analysis.words))) for head, text in told if text
    ]
    return KeyValues(tuple(pairs), "lead")


def _lead(scenario: Scenario | None, method: str, found: xr.Dataset) -> tuple[str, str]:
    """The sentence that answers the question, about the measure that varies most where there are several; the next."""
    said = list(analysis_lines(_leading(method, found), scenario))
    texts = [piece for piece in said if isinstance(piece, str)]
    table = next((piece for piece in said if isinstance(piece, Table)), None)
    first, second = texts[0], texts[1] if len(texts) > 1 else ""
    if table is not None and (method in METHOD_COLUMNS or method == "tornado"):
        row = next((row for row in table.rows if _text(row[0]) not in {OTHERS, DUMMY}), table.rows[0])
        told = ", ".join(f"{table.heads[n]} {_text(row[n])}" for n in table.numeric)
        first = f"{first.rstrip('.')} ({told})."
    if table is not None and method == "posterior":
        name, distance, shift = map(_text, table.rows[0])
        moved = next((text for text in texts if "numbers moved" in text), "")
        second = f"{moved} Most of all “{name}” (distance {distance}, shift {shift} sd)."
    return first, second


def _text(cell: Cell | Words) -> str:
    return plain_text(as_cell(cell).words)


def _leading(method: str, found: xr.Dataset) -> xr.Dataset:
    """Only the measure that varies most, for methods that have several."""
    if method in {"flip", "prim", "spread", "posterior"} or "measure" not in found.dims:
        return found
    return found.sel(measure=[leading_measure(found)])


def _section(analysis: AnalysisReport, method: str) -> Section:
    pieces: list[Piece] = []
    if method in analysis.earlier:
        words = "An earlier command left this in the same folder; provenance below speaks of the last one."
        pieces.append(Sentence(words, "note"))
    pieces += [Sentence(words)] if (words := _taken_words(analysis.found[method])) else []
    tables = 0
    for piece in analysis_lines(analysis.found[method], analysis.scenario):
        if isinstance(piece, str):
            pieces.append(Sentence(piece))
        else:
            tables += 1
            pieces.append(replace(piece, identity=f"{method}-table-{tables}"))
    return Section(method, _TITLES[method][0], tuple(pieces), _TITLES[method][1])


def _taken_words(found: xr.Dataset) -> str:
    """Which outcome was taken, and why, where nobody asked for one and no ending varies."""
    if not found.attrs.get("taken"):
        return ""
    whose = "of the headline's outcomes" if int(found.attrs["taken_from_headline"]) else "of terms, signers and time"
    return f"No ending varies, so this is of the first {whose} that does: {found.attrs['taken']}; --of asks of another."


def _weights(analysis: AnalysisReport, scenario: Scenario) -> NumberWeights:
    """How much each number matters by the first method that says it of single numbers."""
    for method, (array, words) in _WEIGHTS.items():
        found = analysis.found.get(method)
        if found is None:
            continue
        measure = leading_measure(found)
        one = found.sel(measure=measure)
        values = one[array].values
        if method == "tornado":
            values = np.nanmax(np.abs(one.sel(group="all")[array].values), axis=1)
        shares = {
            str(path): float(value)
            for path, value in zip(one["input"].values, values, strict=True)
            if str(path) in scenario.numbers and np.isfinite(value)
        }
        if shares:
            return NumberWeights(shares, f"{words}, of whether {condition_words(measure, scenario)}", whole=False)
    return NumberWeights()


def _complete(analysis: AnalysisReport) -> Section:
    """What each answer rests on, what failed, and whether more would change it."""
    rows: list[Row] = [
        [
            method,
            Cell(_size(found), _count(found)),
            Cell(f"{_failed(found):,}", _failed(found)),
            "only worlds that fit what was observed" if int(found.attrs.get("consistent_only", 0)) else "all",
            _settled(method, found) or "not checked by this method",
        ]
        for method, found in analysis.found.items()
    ]
    heads = ("question", "rests on", "failed or with gaps", "which worlds", "would more change it?")
    words = (
        "Points failed or have gaps. Methods that need their whole design (Sobol, Morris) leave out every group "
        "of points that is not whole; methods of given data use what is there. What fails may not fail by chance."
        if any(map(_failed, analysis.found.values()))
        else "Nothing failed: no index here comes from incomplete data."
    )
    table = Table("complete-table", "What each answer rests on", heads, rows, (1, 2), stacked=True)
    return Section("complete", "Are the data complete?", (Sentence(words), table), shown="page")


def _settled(method: str, found: xr.Dataset) -> str:
    """Whether the indices have converged, where the method can tell."""
    if "converged" in found and "widest" in found:
        done, total = int(found["converged"].values.sum()), int(found["converged"].size)
        known = found["widest"].values[np.isfinite(found["widest"].values)]
        half = f" (leading ones known to ± {known.max():.2f})" if len(known) else ""
        return f"Sobol indices are settled for {done} of {total} outcomes{half}."
    if method == "sobol" and found.sizes.get("size", 0) > 1:
        at = found["ST_at"].transpose("size", ...).values
        moved = np.abs(at[-1] - at[-2])
        if np.isfinite(moved).any():
            most = value_with_half(float(np.nanmax(moved)), 0.0)
            return f"From half the design to all of it no total Sobol index moved by more than {most}."
    if method == "flip":
        sure, flips = int(found["sure"].values.sum()), int(np.isfinite(found["distance"].values).sum())
        return f"For {sure} of {flips} flips the new lead exceeds two standard errors." if flips else ""
    return ""


def _limits(analysis: AnalysisReport, scenario: Scenario) -> Iterator[str]:
    for method, found in analysis.found.items():
        if _failed(found):
            yield f"{_TITLES[method][0]}: {left_out(_failed(found))}."
    if "sobol" in analysis.found and scenario.observations:
        yield "Sobol indices are those of the prior: conditioning on what was observed makes inputs dependent."
    told = analysis.found["posterior"].attrs.get("warnings", "") if "posterior" in analysis.found else ""
    yield from (f"{capital(warning)}." for warning in str(told).split("\n") if warning)
    yield assumed_words(scenario)


def _size(found: xr.Dataset) -> str:
    return counted(_count(found), "points" if {"evaluations", "points"} & set(found.attrs) else "worlds")


def _count(found: xr.Dataset) -> int:
    names = ("evaluations", "points", "draws", "worlds")
    return next((int(found.attrs[name]) for name in names if name in found.attrs), 0)


def _failed(found: xr.Dataset) -> int:
    return int(found.attrs.get("failed", 0))


def _replay(manifest: Manifest) -> Replay:
    """The command of the copies; of stored results there is only the one that was typed."""
    words, names = list(manifest.argv), {manifest.case, f"{manifest.case}.toml"}
    case = next((n for n, word in enumerate(words[2:], 2) if word.rstrip("/").split("/")[-1] in names), None)
    commands: tuple[tuple[str, str], ...] = ()
    if case is not None and manifest.inputs and words[1:2] == ["analyse"]:
        words[case] = manifest.inputs[0]["copy"]
        kept = [word for n, word in enumerate(words) if word not in {"--out", "--json"} and words[n - 1] != "--out"]
        commands = (("From inside the folder, which holds copies of all inputs:", shlex.join(kept)),)
    same = ("With the same versions the arrays have the same digest ", Span(manifest.digest, "code"), ".")
    return Replay(commands, same)
