"""The page of a sweep: where each ending lies, what moves it, every point, what was varied and why."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import numpy as np

from sim.experiments.sweep.home import FAILURES_FILE, POINTS_FILE
from sim.report.page.answer import ending_bar, heading, three
from sim.report.page.axes import swept_numbers, what_was_varied
from sim.report.page.limits import assumed_words, limits_section
from sim.report.page.markup import Markup, element, joined, paragraph, section
from sim.report.page.numbers import numbers
from sim.report.page.provenance import Replay, provenance
from sim.report.page.spread import spread_section
from sim.report.page.table import Cell, Table, share
from sim.report.page.words import words_box
from sim.report.stored_sweep import StoredSweep
from sim.report.sweep_points import SweptPoints, mark
from sim.report.sweep_words import effect_words, effects, three_of_sweep
from sim.report.words import ENDING_HEADS, ENDING_NOUNS, duration, percent, with_error

_HEADS: Final = ("Which ending, where", "What moves it", "How sure")
#: Rows of points, and of failures, that stand on the page; all of them are in the files beside it.
MOST_POINTS: Final = 250
_MOST_FAILURES: Final = 30
#: Bytes that so many points may take on the page, which its figures must leave to them.
POINTS_ROOM: Final = 350_000
#: Fewer draws than this leave a share to chance.
_FEW: Final = 100
_ALWAYS: Final = (
    "Between the points nothing was played; an ending that lives between two of them is not seen.",
    "Every point is a what-if. How likely the points themselves are is no part of it, so their shares do not add up.",
)


def sweep_head(stored: StoredSweep) -> Markup:
    """Write the title of the study, the question of the case, and what was played in a line."""
    points, manifest = stored.points, stored.manifest
    horizon = stored.scenario.talks.horizon_rounds * stored.scenario.talks.round_years
    facts = [
        f"Case {manifest.case}" + (f", with {manifest.overlay}" if manifest.overlay else ""),
        f"{points.design} of {len(points):,} point{'' if len(points) == 1 else 's'}",
        f"{points.draws:,} drawn world{'' if points.draws == 1 else 's'} at each",
        f"seed {manifest.seed}",
        f"endings after {duration(horizon)}",
        manifest.started[:10],
    ]
    study = str(manifest.sweep.get("study", ""))
    varied = ", ".join(points.titles[axis] for axis in points.moving)
    kicker = f"Sweep: study “{study.replace('_', ' ')}”" if study else f"Sweep over {varied}" if varied else "Sweep"
    question = stored.scenario.question
    about = question if stored.title == stored.scenario.title else f"{stored.scenario.title}. {question}".strip(" ")
    return heading(kicker, stored.title, about, facts)


def sweep_body(stored: StoredSweep, figures: Markup) -> Markup:
    """Write all sections."""
    return joined(
        (
            section("answer", "The answer", three(_HEADS, three_of_sweep(stored)), _glance(stored.points), words_box()),
            figures,
            _effects(stored.points),
            _points(stored),
            what_was_varied(stored),
            _failures(stored),
            spread_section(stored.spread),
            numbers(stored, swept=swept_numbers(stored)),
            limits_section("sweep", list(_limits(stored)), _ALWAYS),
            provenance(stored, _replay(stored)),
        )
    )


def _glance(points: SweptPoints) -> Markup:
    """Most frequent endings over the points as a bar."""
    counts = np.bincount(points.modal[points.modal >= 0], minlength=len(points.endings))
    known = max(int(counts.sum()), 1)
    parts = {name: float(counts[e] / known) for e, name in enumerate(points.endings)}
    shown = {name: f"at {counts[e]:,} of {known:,} points" for e, name in enumerate(points.endings)}
    note = "Most frequent ending of each point. Points were chosen, not drawn: this is no chance of anything."
    return ending_bar(parts, shown, ENDING_NOUNS, note)


def _effects(points: SweptPoints) -> Markup:
    found = effects(points)
    if not found:
        return Markup("")
    rows = []
    for one in found:
        noun, change = effect_words(points, one)
        rows.append(
            [
                one.title,
                noun,
                Cell(f"{change} (± {100 * one.half:.0f})", one.size),
                one.low.strip("“”"),
                one.high.strip("“”"),
            ]
        )
    heads = ("what was varied", "ending it moves most", "share of worlds", "least with", "most with")
    averaged = "" if points.design == "one-at-a-time" else ", the others averaged over"
    caption = f"How far each axis moves the ending that it moves most{averaged}"
    same = (
        "The same worlds are played at every point, so differences are surer than the ± (95 %) says, which is "
        "counted as if the ends had been drawn apart."
        if points.common
        else "± covers 95 % of what chance in drawing the worlds may do."
    )
    table = Table("effects-table", caption, heads, rows, (2,), stacked=True)
    return section("effects", "What moves it", paragraph(same, class_="note"), table.markup())


def _points(stored: StoredSweep) -> Markup:
    points = stored.points
    chosen = _chosen(points)
    base = points.at_base
    conditioned = bool((points.kept != points.draws - points.failed).any())
    rows = [_row(points, int(n), bool(base[n]), conditioned) for n in chosen]
    axes = list(points.values)
    names = [ENDING_HEADS.get(points.endings[e], points.endings[e]) for e in points.seen]
    heads = [
        "point", *(points.titles[axis] for axis in axes), "most frequent", *names, "any deal",
        *(("draws kept",) if conditioned else ()), *(("failed",) if points.failed.any() else ()),
    ]  # fmt: skip
    first = 2 + len(axes)
    among = "draws that fit what was observed" if points.group == "consistent" else "all draws"
    caption = f"Share of each ending at each point, of {among}, ± 95 %; “any deal”: some deal suits all who must agree"
    table = Table("points-table", caption, heads, rows, [0, *range(first, len(heads))], long=True)
    shown = f"{len(chosen):,} of the {len(points):,} points, evenly along the list" if len(chosen) < len(points) else ""
    where = paragraph(
        f"{shown}; all of them, with " if shown else "All of them, with ", "every measure and its error, are in ",
        element("code", POINTS_FILE, class_="inline"), " beside this page.",
        " Bold: beyond what chance in the draws may do (95 %).",
    )  # fmt: skip
    return section("points", "Every point", where, table.markup(), _measures(stored))


def _row(points: SweptPoints, n: int, base: bool, conditioned: bool) -> list[object]:
    modal = points.modal[n]
    ending = ENDING_HEADS.get(points.endings[modal], points.endings[modal]) if modal >= 0 else "no draws"
    number = joined((f"{n:,}", element("br"), element("small", "as the scenario"))) if base else f"{n:,}"
    row: list[object] = [Cell(number, float(n))]
    row += [Cell(mark(values[n]), _sort(values[n])) for values in points.values.values()]
    row.append(Cell(element("strong", ending) if points.sure[n] else ending, ending))
    row += [share(points.share[n, e], points.error[n, e]) for e in points.seen]
    row.append(share(points.any_deal[n], points.any_deal_error[n]))
    if conditioned:
        row.append(Cell(f"{points.kept[n]:,} of {points.draws - points.failed[n]:,}", float(points.kept[n])))
    if points.failed.any():
        row.append(Cell(f"{points.failed[n]:,}", float(points.failed[n])))
    return row


def _chosen(points: SweptPoints) -> np.ndarray:
    """Points that stand on the page: all, or some evenly along the list; those of a grid in the order of its axes."""
    order, count = np.argsort(points.place), len(points)
    return np.asarray(order[np.unique(np.linspace(0, count - 1, min(count, MOST_POINTS)).round().astype(int))])


def _measures(stored: StoredSweep) -> Markup:
    """From where to where every measure of the study runs."""
    results, group = stored.results, stored.points.group
    names = [name for name in str(results.attrs.get("measures", "")).split(",") if name and name != "modal_ending"]
    rows = []
    for name in names:
        plain = name in {"held", "utility"}
        variable = name if name == "acceptance" else f"{name}_mean" if plain else f"{name}_share"
        error = "acceptance_error" if name == "acceptance" else f"{name}_error"
        if variable not in results:
            continue
        found, errors = results[variable], results[error]
        if "group" in found.dims:
            found, errors = found.sel(group=group), errors.sel(group=group)
        kinds = [dim for dim in found.dims if dim in {"ending", "declared", "kind", "actor"}]
        for kind in found[kinds[0]].values if kinds else [None]:
            pick = {kinds[0]: kind} if kinds else {}
            values, half = found.sel(pick).values.ravel(), errors.sel(pick).values.ravel()
            if not np.isfinite(values).any():
                continue
            ends = []
            for n in (int(np.nanargmin(values)), int(np.nanargmax(values))):
                told = f"{values[n]:.2f} ± {1.96 * half[n]:.2f}" if plain else with_error(values[n], half[n])
                ends.append(Cell(told, float(values[n])))
            label = name.replace("_", " ")
            rows.append([label if kind is None else f"{label}: {kind}", *ends])
    if not rows:
        return Markup("")
    caption = "From where to where each measure of the study runs over the points"
    return Table("measures-table", caption, ("measure", "lowest", "highest"), rows, (1, 2)).markup()


def _failures(stored: StoredSweep) -> Markup:
    lost, points = int(stored.points.failed.sum()), stored.points
    if not lost and not stored.failures:
        words = f"Nothing: every one of {len(points) * points.draws:,} negotiations was played."
        return section("failures", "What failed", paragraph(words))
    axes = list(points.values)
    rows = [
        [
            Cell(f"{int(row['point']):,}", float(row["point"])),
            ", ".join(f"{points.titles[axis]} = {row.get(axis, '')}" for axis in axes),
            f"{row['first_replicate']} to {row['last_replicate']}", row["kind"], row["error"],
        ]
        for row in stored.failures[:_MOST_FAILURES]
    ]  # fmt: skip
    share_lost = percent(lost / max(len(points) * points.draws, 1))
    text = paragraph(
        element("strong", f"{lost:,} negotiations ({share_lost}) could not be played, at "
                f"{int((points.failed > 0).sum()):,} of {len(points):,} points."),
        " Shares at these points are of what was played. Every failure with its trace is in ",
        element("code", FAILURES_FILE, class_="inline"), "; ",
        element("code", "sim sweep --resume DIR --retry-failed", class_="inline"), " plays them again.",
    )  # fmt: skip
    heads = ("point", "where", "draws", "kind", "error")
    more = f" (the first {len(rows)} of {len(stored.failures):,})" if len(rows) < len(stored.failures) else ""
    table = Table("failures-table", f"What could not be played{more}", heads, rows, (0,), stacked=True, long=True)
    return section("failures", "What failed", text, table.markup())


def _limits(stored: StoredSweep) -> Iterator[str]:
    points = stored.points
    fewest = int(points.counted.min()) if len(points) else 0
    if points.failed.any():
        yield f"{int(points.failed.sum()):,} negotiations could not be played; they are missing where it is hardest."
    if fewest < _FEW:
        yield f"At some points only {fewest:,} worlds stand behind a share, so chance rules it there."
    if points.group == "all" and stored.scenario.observations:
        yield "At some point no drawn world fits what was observed, so shares are of all draws, observed or not."
    elif points.group == "consistent" and (points.kept < 0.05 * points.draws).any():
        yield "At some points fewer than 1 in 20 worlds fit what was observed: the model hardly explains it there."
    if not points.at_base.any():
        yield "The scenario as it stands is none of the points, so compare with `sim run` before you speak of change."
    unsure = len(points) - int(points.sure.sum())
    if unsure:
        yield f"At {unsure:,} of {len(points):,} points chance in the draws could put another ending first."
    yield assumed_words(stored)


def _replay(stored: StoredSweep) -> Replay:
    commands = (
        ("From inside the results folder: play a sample again from the copies of all inputs, and compare bit for bit:",
         "sim reproduce ."),
        ("Draw the figures again, or others that fit:", "sim plot ."),
    )  # fmt: skip
    words = joined(
        ("Whatever plays it, one process or a cluster, the results have the same digest ",
         element("code", stored.manifest.digest), ".")
    )  # fmt: skip
    return Replay(commands, words)


def _sort(value: Any) -> float | str:
    return float(value) if isinstance(value, int | float | np.number) else str(value)
