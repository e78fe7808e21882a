"""What would change the answer: numbers that matter, what flips it, conventions, overlays, the last run."""

from __future__ import annotations

from collections.abc import Sequence

from sim.experiments.difference import Shares
from sim.report import sentences
from sim.report.answer import Answer, listed_endings
from sim.report.convention_words import convention_clause, convention_code
from sim.report.page.markup import Markup, bullets, element, joined, paragraph, section
from sim.report.page.table import Cell, Table, share
from sim.report.stored_run import StoredRun
from sim.report.words import ENDING_HEADS, ENDING_NOUNS, number_title, percent, points, with_error


def changes(run: StoredRun) -> Markup:
    """Write the sections on what would change the answer."""
    found = run.answer
    return joined(
        (
            section("flips", "What would change it", _flips(found), _spread(found), _since(found)),
            section("conventions", "Conventions", _conventions(run)),
            section("overlays", "What if", _overlays(run)) if run.overlays or found.overlays else "",
        )
    )


def _flips(found: Answer) -> Markup:
    if not found.flips:
        reason = ", because chance plays no part in it" if found.deterministic else ""
        return paragraph(f"Ends of ranges were not tried in this run{reason}.")
    flipping = any(flip.changes_modal for flip in found.flips)
    draws = found.flips[0].before.draws
    words = (
        "Assumed numbers and conventions that alone make another ending the most frequent, or move the endings most"
        if flipping
        else "No assumed number or convention tried alone changes which ending is the most frequent; these move it most"
    )
    tried = f" (tried on fewer worlds: {draws:,} that fit what was observed)." if draws < found.told.draws else "."
    items = []
    for flip in found.flips:
        line = sentences.flip(found, flip)
        items.append(
            element("span", line, element("br"), element("small", f"Assumed: {flip.reason}")) if flip.reason else line
        )
    return joined((paragraph(words + tried), bullets(items)))


def _spread(found: Answer) -> Markup:
    return Markup("") if found.spread is None else paragraph(found.spread.sentence())


def _since(found: Answer) -> Markup:
    if found.since is None:
        return Markup("")
    rows = [
        [number_title(found.scenario, path), before, after] for path, (before, after) in found.since.numbers.items()
    ]
    rows += [[path, before, after] for path, (before, after) in found.since.settings.items()]
    ends = found.since.endings
    moved = ", ".join(
        f"{ENDING_NOUNS.get(name, name)} {points(change, ends.error[name])}" for name, change in ends.share.items()
    )
    table = Table(
        "since-table",
        "What was edited since the last run of this case",
        ("what", "before", "after"),
        rows,
        stacked=True,
    )
    text = f"Change of the endings in percentage points, ± 95 %: {moved}."
    return joined((element("h3", "Since the last run"), paragraph(text), table.markup()))


def _conventions(run: StoredRun) -> Markup:
    found = run.answer
    intro = "Choices that the literature leaves open: they are readings of the world, not facts about it."
    if not found.conventions:
        tried = [f"“{flip.name}”" for flip in found.flips if flip.kind == "convention"]
        said = "They were not tried in this run."
        if tried:
            said = f"Those that move this answer most are listed above: {', '.join(tried)}."
        elif found.flips:
            said = "None of those tried moved the answer as much as the assumed numbers above."
        how = paragraph(
            "For all of them, run ",
            element("code", f"sim run {run.manifest.case} --conventions", class_="inline"),
            " and report again.",
        )
        return joined((paragraph(intro, " ", said), how))
    rows, shown = [], listed_endings(found)
    for row in found.conventions:
        name = convention_code(row.name, row.setting) if row.setting else row.name
        label: object = name
        if row.setting:
            clause = convention_clause(found.scenario, row.name, row.setting)
            label = joined((f"If {clause}", element("br"), element("small", name)))
        flips = ENDING_HEADS[row.modal] if row.changes_modal else ("no" if row.setting else "–")
        rows.append([Cell(label, name), *_shares(row.endings, shown), flips])
    flipping = sum(row.changes_modal for row in found.conventions)
    text = f"{flipping} of {len(found.conventions) - 1} alternatives change which ending is the most frequent."
    heads = ("convention", *(ENDING_HEADS[name] for name in shown), "flips to")
    table = Table(
        "conventions-table",
        "Share of endings under each alternative, on the same draws",
        heads,
        rows,
        range(1, len(shown) + 1),
    )
    return joined((paragraph(intro, " ", element("strong", text)), table.markup()))


def _overlays(run: StoredRun) -> Markup:
    found = run.answer
    if not found.overlays:
        command = f"sim run {run.manifest.case} --overlays all"
        return paragraph(
            "This run compares no overlays. To compare those of the case, run ",
            element("code", command, class_="inline"),
            ".",
        )
    rows, shown = [], listed_endings(found)
    for row in found.overlays:
        cells = []
        for name in shown:
            if row.change is None:
                told = with_error(row.endings.share[name], row.endings.error[name])
                cells.append(Cell(told, row.endings.share[name]))
                continue
            moved = points(row.change.share[name], row.change.error[name])
            detail = element("small", moved, class_="change")
            cells.append(
                Cell(joined((percent(row.endings.share[name]), element("br"), detail)), row.endings.share[name])
            )
        title = row.title if row.name != "base" else "as the scenario stands"
        label = joined((row.name, element("br"), element("small", title))) if title and title != row.name else row.name
        rows.append([Cell(label, row.name), *cells])
    caption = "Share of endings under each overlay, and points above or below the base in the same worlds (± 95 %)"
    table = Table(
        "overlays-table", caption, ("overlay", *(ENDING_HEADS[name] for name in shown)), rows, range(1, len(shown) + 1)
    )
    text = f"An overlay is a change in the world, played in {sentences.worlds(found)}."
    return joined((paragraph(text), table.markup()))


def _shares(found: Shares, shown: Sequence[str]) -> list[Cell]:
    return [share(found.share[name], found.error[name]) for name in shown]
