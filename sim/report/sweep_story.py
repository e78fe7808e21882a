"""A sweep as a story: where each ending lies, what moves it, every point, what was varied and why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np
import xarray as xr

from sim.report.limit_sections import limit_section
from sim.report.number_sections import assumed_words, number_sections
from sim.report.pieces import (
    Bar,
    Bars,
    Cell,
    FigurePiece,
    Glossary,
    Row,
    Section,
    Sentence,
    Span,
    Story,
    Table,
    Words,
)
from sim.report.provenance_sections import Replay, played_facts, provenance_sections
from sim.report.run_report import FEW
from sim.report.run_story import figure_sections
from sim.report.spread_parts import spread_section
from sim.report.sweep_axes import axis_section, swept_numbers
from sim.report.sweep_lead import axis_effects, sweep_lead
from sim.report.sweep_report import SweepReport
from sim.report.sweep_tables import design_section
from sim.report.terms_along_axes import terms_section
from sim.store import Manifest
from sim.sweeps.home import FAILURES_FILE, POINTS_FILE
from sim.sweeps.sweep_points import ONE_AT_A_TIME
from sim.words import (
    Proportion,
    Vocabulary,
    actor_title,
    counted,
    duration,
    half_width,
    percent,
    points_with_half,
    share_with_half,
    with_half,
    words_of,
)

#: Rows of points, and of failures, that stand on the page; all of them are in the files beside it.
_MOST_POINTS: Final = 250
_MOST_FAILURES: Final = 30
#: Less than this share of the worlds that fit says that model and observations disagree.
_RARE: Final = 0.05
_ALWAYS: Final = (
    "Between the points nothing was played; an ending that lives between two of them is not seen.",
    "Every point is a what-if. How likely the points themselves are is no part of it, so their shares do not add up.",
)


def sweep_story(sweep: SweepReport, manifest: Manifest | None = None, figures: Sequence[FigurePiece] = ()) -> Story:
    """Tell a sweep.

    Args:
        manifest: what was asked, for pages
        figures:  those that were drawn, for pages
    """
    found, scenario = sweep.points, sweep.scenario
    sections = [
        _answer(sweep),
        *figure_sections(figures),
        design_section(sweep),
        terms_section(sweep),
        _effects(sweep),
        _measures(sweep),
        _points(sweep),
        axis_section(sweep),
        _failures(sweep),
        spread_section(sweep.spread),
    ]
    facts: tuple[str, ...] = ()
    kicker = ", ".join(axis.title for axis in found.axes)
    kicker = f"Sweep over {kicker}" if kicker else "Sweep"
    if manifest is not None:
        sections += number_sections(scenario, sweep.article, swept=swept_numbers(sweep))
        sections.append(limit_section("sweep", list(_limits(sweep)), _ALWAYS))
        sections += provenance_sections(manifest, _replay(manifest))
        horizon = scenario.talks.horizon_rounds * scenario.talks.round_years
        facts = played_facts(
            manifest,
            f"{found.design} of {counted(len(found), 'points')}",
            f"{counted(found.draws, 'drawn worlds')} at each",
            f"endings after {duration(horizon, scenario.talks.round_years)}",
        )
        if study := str(manifest.sweep.get("study", "")):
            kicker = f"Sweep: study “{study.replace('_', ' ')}”"
    kept = Sentence(f"Results: {sweep.folder}" if sweep.folder else "", "note")
    sections.append(Section("record", "", (kept,), shown="terminal"))
    question = scenario.question
    about = question if sweep.title == scenario.title else f"{scenario.title}. {question}".strip()
    return Story(sweep.title, about, tuple(sections), kicker, facts)


def _answer(sweep: SweepReport) -> Section:
    """Answer in three sentences, show the most frequent endings at a glance, and say what shares are of."""
    counts, size = sweep.modal_counts, max(int(sweep.modal_counts.sum()), 1)
    parts = tuple(
        Bar(code, words.noun, f"at {counts[e]:,} of {size:,} points", counts[e] / size)
        for e, (code, words) in enumerate(zip(sweep.points.endings, sweep.endings, strict=True))
        if counts[e]
    )
    note = "Most frequent ending of each point. Points were chosen, not drawn: this is no chance of anything."
    glance = Section("", "", (Bars(parts, note), Glossary(words_of(sweep.words))), shown="page")
    fit = sweep.points.group == "consistent"
    among = f"Shares are of {_among(sweep)}; {counted(sweep.points.draws, 'draws')} at each point."
    return Section(
        "answer",
        "The answer",
        (sweep_lead(sweep), glance, Sentence(f"{among} {fitting_rule(sweep.results) if fit else ''}".strip(), "note")),
    )


def _among(sweep: SweepReport) -> str:
    return "draws that fit what was observed" if sweep.points.group == "consistent" else "all draws"


def fitting_rule(results: xr.Dataset) -> str:
    """Say by which rule the worlds that fit the observations are chosen; empty without any, or in results of before.

    Example:
        >>> fitting_rule(xr.Dataset(attrs={"observations": 2, "fixes_numbers": 1, "changes_more": 0}))
        'The worlds that fit are chosen anew at each point, since a number we did not know is fixed.'
    """
    if not int(results.attrs.get("observations", 0)):
        return ""
    fixed, more = (int(results.attrs.get(name, 0)) for name in ("fixes_numbers", "changes_more"))
    same = "overlays, levels on offer and rules of the talks do not change what was observed"
    if fixed and more:
        return f"The worlds that fit are chosen anew wherever the sweep fixes a number we did not know; {same}."
    if fixed:
        return "The worlds that fit are chosen anew at each point, since a number we did not know is fixed."
    return f"The worlds that fit are those that fit the base case, at every point: {same}." if more else ""


def _effects(sweep: SweepReport) -> Section:
    """How far each axis moves the ending that it moves most; one-at-a-time designs have a table of their own."""
    alone = sweep.points.design == ONE_AT_A_TIME
    rows: list[Row] = [
        [
            one.axis.title,
            sweep.endings[one.ending].noun,
            Cell(points_with_half(one.size, float(np.hypot(*one.half))), one.size),
            *(Cell(f"{told} with {place}", share)
              for told, place, share in zip(one.ends, one.places, one.share, strict=True)),
        ]
        for one in ([] if alone else axis_effects(sweep))
    ]  # fmt: skip
    heads = ("what was varied", "ending it moves most", "points", "least", "most")
    caption = "How far each axis moves the ending that it moves most, the others averaged over"
    same = (
        "The same worlds are played at every point, so differences are surer than the ± (95 %) says, which is "
        "counted as if the ends had been drawn apart."
        if sweep.points.common
        else "± covers 95 % of what chance in drawing the worlds may do."
    )
    table = Table("effects-table", caption, heads, rows, (2,), stacked=True)
    pieces = (Sentence(same, "note"), table) if rows else ()
    return Section("effects", "What moves it", pieces, shown="page")


def _measures(sweep: SweepReport) -> Section:
    """From where to where every measure of the study runs."""
    results, group = sweep.results, sweep.points.group
    vocabulary = Vocabulary.from_attrs(results.attrs)
    titles = {code: words.noun for code, words in (*vocabulary.endings.items(), *vocabulary.declared.items())}
    titles |= {actor: actor_title(sweep.scenario, actor) for actor in sweep.scenario.actors}
    rows: list[Row] = []
    for name in filter(None, str(results.attrs.get("measures", "")).split(",")):
        plain = f"{name}_mean" in results
        variable = name if name == "acceptance" else f"{name}_mean" if plain else f"{name}_share"
        if variable not in results:
            continue
        found, errors = results[variable], results[f"{name}_error"]
        if "group" in found.dims:
            found, errors = found.sel(group=group), errors.sel(group=group)
        kinds = [dim for dim in found.dims if dim in {"ending", "declared", "kind", "actor", "issue", "forecast_name"}]
        for kind in found[kinds[0]].values if kinds else [None]:
            pick = {kinds[0]: kind} if kinds else {}
            values, error = found.sel(pick).values.ravel(), errors.sel(pick).values.ravel()
            if not np.isfinite(values).any():
                continue
            label = name.replace("_", " ")
            row: list[Cell | Words] = [label if kind is None else f"{label}: {titles.get(str(kind), str(kind))}"]
            for n in (int(np.nanargmin(values)), int(np.nanargmax(values))):
                told = with_half(values[n], error[n]) if plain else share_with_half(values[n], half_width(error[n]))
                row.append(Cell(told, float(values[n])))
            rows.append(row)
    caption = "From where to where each measure of the study runs over the points"
    table = Table("measures-table", caption, ("measure", "lowest", "highest"), rows, (1, 2))
    return Section("measures", "Measures of the study", (table,) if rows else ())


def _points(sweep: SweepReport) -> Section:
    """Every point, or some evenly along the list, those of a grid in the order of its axes."""
    found, count = sweep.points, len(sweep.points)
    chosen = np.unique(np.linspace(0, count - 1, min(count, _MOST_POINTS)).round().astype(int))
    observed = bool((found.fitting != found.draws - found.failed).any())
    rows = [_point(sweep, int(n), observed=observed) for n in chosen]
    axes = [*found.axes, *found.single]
    heads = [
        "point", *(axis.title for axis in axes), "most frequent", *(sweep.endings[e].head for e in found.seen),
        "any deal", *(("draws kept",) if observed else ()), *(("failed",) if found.failed.any() else ()),
    ]  # fmt: skip
    caption = "Share of each ending at each point, ± 95 %"
    numeric = [0, *range(2 + len(axes), len(heads))]
    table = Table("points-table", caption, heads, rows, numeric, long=True)
    some = f"{len(chosen):,} of the {count:,} points, evenly along the list; all" if len(chosen) < count else "All"
    where = Sentence(
        (f"{some} of them, with every measure and its error, are in ", Span(POINTS_FILE, "code"),
         (f" beside this page. Shares are of {_among(sweep)}; bold: beyond what chance in the draws may do (95 %); any "
          "deal: some deal suits all who must agree."))
    )  # fmt: skip
    return Section("points", "Every point", (where, table), shown="page", folded=True)


def _point(sweep: SweepReport, n: int, *, observed: bool) -> Row:
    found, number = sweep.points, int(sweep.points.number[n])
    modal = found.modal[n]
    name = sweep.endings[modal].head if modal >= 0 else "no draws"
    here: tuple[Span, ...] = (Span("\nas the scenario", "small"),) if found.at_base[n] else ()
    row: list[Cell | Words] = [Cell((f"{number:,}", *here), float(number))]
    for axis in (*found.axes, *found.single):
        value = found.values[axis.name][n]
        value = float(value) if axis.numeric else str(value)
        row.append(Cell(axis.written(value), value))
    row.append(Cell(Span(name, "strong") if found.sure[n] else name, name))
    row += [_narrow(sweep.proportion(n, e)) for e in found.seen]
    row.append(_narrow(sweep.any_deal(n)))
    if observed:
        row.append(
            Cell(f"{found.fitting[n]:,} of {found.draws - found.failed[n]:,}", float(found.fitting[n]))
        )  # fmt: skip
    if found.failed.any():
        row.append(Cell(f"{found.failed[n]:,}", float(found.failed[n])))
    return row


def _narrow(found: Proportion) -> Cell:
    """A share with the ends of its interval below it, so that many columns stand side by side."""
    share, _, ends = str(found).partition(" (")
    return Cell((share, Span(f"\n({ends}" if ends else "", "small")), found.share)


def _failures(sweep: SweepReport) -> Section:
    found = sweep.points
    lost, size = int(found.failed.sum()), len(found) * found.draws
    title = "What failed"
    if not lost and not sweep.failures:
        words = f"Nothing: every one of {size:,} negotiations was played."
        return Section("failures", title, (Sentence(words),), shown="page")
    titles = {axis.name: axis.title for axis in (*found.axes, *found.single)}
    rows: list[Row] = [
        [
            Cell(f"{int(row['point']):,}", float(row["point"])),
            ", ".join(f"{title} = {row.get(axis, '')}" for axis, title in titles.items()),
            f"{row['first_replicate']} to {row['last_replicate']}", row["kind"], row["error"],
        ]
        for row in sweep.failures[:_MOST_FAILURES]
    ]  # fmt: skip
    points_lost = int((found.failed > 0).sum())
    text: Words = (
        Span(f"{lost:,} negotiations ({percent(lost / max(size, 1))}) could not be played, at {points_lost:,} of "
             f"{counted(len(found), 'points')}.", "strong"),
        " Shares at these points are of what was played. Every failure with its trace is in ",
        Span(FAILURES_FILE, "code"), "; ", Span("sim sweep --resume DIR --retry-failed", "code"),
        " plays them again.",
    )  # fmt: skip
    more = f" (the first {len(rows)} of {len(sweep.failures):,})" if len(rows) < len(sweep.failures) else ""
    heads = ("point", "where", "draws", "kind", "error")
    table = Table("failures-table", f"What could not be played{more}", heads, rows, (0,), stacked=True, long=True)
    return Section("failures", title, (Sentence(text), Section("", "", (table,), shown="page")))


def _limits(sweep: SweepReport) -> Iterator[str]:
    found = sweep.points
    fewest = int(found.counted.min()) if len(found) else 0
    if found.failed.any():
        yield f"{int(found.failed.sum()):,} negotiations could not be played; they are missing where it is hardest."
    if fewest < FEW:
        yield f"At some points only {fewest:,} worlds stand behind a share, so chance rules it there."
    if found.group == "all" and sweep.scenario.observations:
        yield "At some point no drawn world fits what was observed, so shares are of all draws, observed or not."
    elif found.group == "consistent" and (found.fitting < _RARE * found.draws).any():
        yield "At some points fewer than 1 in 20 worlds fit what was observed: the model hardly explains it there."
    if not found.at_base.any():
        yield "The scenario as it stands is none of the points, so compare with `sim run` before you speak of change."
    unsure = len(found) - int(found.sure.sum())
    if unsure:
        yield f"At {unsure:,} of {len(found):,} points chance in the draws could put another ending first."
    yield assumed_words(sweep.scenario)


def _replay(manifest: Manifest) -> Replay:
    again = (
        "From inside the results folder: play a sample again from the copies of all inputs, and compare bit for bit:"
    )
    words = (
        "Whatever plays it, one process or a cluster, the results have the same digest ",
        Span(manifest.digest, "code"), ".",
    )  # fmt: skip
    return Replay(((again, "sim reproduce ."), ("Draw the figures again, or others that fit:", "sim plot .")), words)
