"""What models of collective choice say in the same worlds, beside what talks sign: bands, jumps, and how turns end."""

from __future__ import annotations

import math
from typing import Final

from sim.report.forecast_findings import TALKS, ForecastBand
from sim.report.pieces import Cell, Piece, Row, Section, Sentence, ShownWhere, Table, as_cell, plain_text
from sim.report.run_report import RunReport
from sim.words import NOTHING, enumerated, level_title, model_title, percent, quantity

#: Parties from which on a terminal tells forecasts: two need no model of collective choice.
_MANY: Final = 3
#: Issues that a terminal tells.
_ISSUES: Final = 3
#: Columns that stand in any case: model, median, range.
_ALWAYS: Final = 3
_COURSE: Final = {"fixed point": "at rest", "cycle": "in a cycle", "wandering": "still moving"}


def forecast_section(run: RunReport, shown: ShownWhere) -> Section:
    """Tell what each model says on each ordered issue; pages show it in any case, terminals from three parties on."""
    found = run.answer.forecasts
    few = len(run.scenario.parties) < _MANY or run.answer.subject.draws == 1
    pieces: list[Piece] = []
    tables: list[list[Piece]] = []
    for issue, models in found.items():
        told = {name: band for name, band in models.items() if band.known}
        rows: list[Row] = [_row(run, issue, name, told[name]) for name in sorted(told, key=lambda name: name != TALKS)]
        one = run.scenario.issues[issue]
        unit = f" ({one.unit})" if one.unit else ""
        caption = f"{run.issue(issue)}{unit}: median, and where 80 % of {run.these_worlds} lie"
        numeric = (1, 2) if one.kind == "numeric" else ()
        heads, told_of = _columns(("model", "median", "80 % of worlds", "two places", "last turn"), rows)
        table: Piece = Table(f"forecasts-{issue}", caption, heads, told_of, numeric)
        if not numeric:  # names of levels leave a terminal no room for columns
            table = Section("", "", (Sentence(_alike(run, issue, told)), Section("", "", (table,), shown="page")))
        tables.append([table, *_jumping(run, issue, told)])
    pieces += [piece for table in tables[:_ISSUES] for piece in table]
    if more := len(tables) - _ISSUES if len(tables) > _ISSUES else 0:
        stand = "One more issue stands" if more == 1 else f"{more} more issues stand"
        pieces.append(Section("", "", (Sentence(f"{stand} on the page.", "note"),), shown="terminal"))
        rest = tuple(piece for table in tables[_ISSUES:] for piece in table)
        pieces.append(Section("forecast-tables", "", rest, shown="page"))
    if pieces:
        told_how = (
            "Models take in the stated position, the salience and the capability of each party in each world; "
            "they know nothing of red lines, pressure or what no deal is worth, and say where a decision would lie "
            "if there is one. “Talks” is the first deal signed here."
        )
        pieces.append(Sentence(told_how, "note"))
    place: ShownWhere = "page" if few else shown
    title = "What models of collective choice say"
    return Section("forecasts", title, tuple(pieces), shown=place, folded=True)


def _row(run: RunReport, issue: str, name: str, band: ForecastBand) -> Row:
    low, high = (place_words(run, issue, end, bare=True) for end in (band.low, band.high))
    jump = NOTHING
    if band.jump is not None:
        jump = (
            f"{place_words(run, issue, band.jump.low, bare=True)} in {percent(band.jump.share_low)}, "
            f"{place_words(run, issue, band.jump.high, bare=True)} in {percent(band.jump.share_high)}"
        )
    courses = {code: share for code, share in (band.courses or {}).items() if code in _COURSE}
    ends = ", ".join(
        _COURSE[code] if share == 1 else f"{_COURSE[code]} {percent(share)}" for code, share in courses.items()
    )
    return [
        model_title(name),
        Cell(place_words(run, issue, band.median, bare=True), band.median),
        span_cell(low, high, band.low, band.high),
        jump,
        ends or NOTHING,
    ]


def span_cell(low: str, high: str, least: float, most: float) -> Cell:
    """From where to where something goes, sorted by how far that is, with its ends as numbers."""
    return Cell(
        low if low == high else f"{low} to {high}", most - least, numbers={"from": least, "to": most}, whole=False
    )


def _alike(run: RunReport, issue: str, told: dict[str, ForecastBand]) -> str:
    """Which models say which level, what most say first."""
    by: dict[str, list[str]] = {}
    for name in sorted(told, key=lambda one: one != TALKS):
        by.setdefault(place_words(run, issue, told[name].median, bare=True), []).append(model_title(name))
    ranked = sorted(by.items(), key=lambda item: -len(item[1]))
    said = [f"“{level}” ({enumerated(models)})" for level, models in ranked]
    return f"{run.issue(issue)}, median: {'; '.join(said)}."


def _columns(heads: tuple[str, ...], rows: list[Row]) -> tuple[tuple[str, ...], list[Row]]:
    """Without the columns at the end in which no model has anything."""
    kept = [
        n for n in range(len(heads)) if n < _ALWAYS or any(plain_text(as_cell(row[n]).words) != NOTHING for row in rows)
    ]
    return tuple(heads[n] for n in kept), [[row[n] for n in kept] for row in rows]


def _jumping(run: RunReport, issue: str, told: dict[str, ForecastBand]) -> list[Piece]:
    """Say plainly which models stand on a knife-edge."""
    every = {model_title(name): band for name, band in told.items() if name != TALKS}
    jumping = [name for name, band in every.items() if band.jump is not None]
    if not jumping:
        return []
    first = every[jumping[0]].jump
    assert first is not None
    low, high = _at(run, issue, first.low), _at(run, issue, first.high)
    more = f", as {enumerated(jumping[1:])} {'does' if len(jumping) == 2 else 'do'} elsewhere" if jumping[1:] else ""
    words = (
        f"On a knife-edge: {jumping[0]} says {low} in {percent(first.share_low)} and {high} in "
        f"{percent(first.share_high)} of {run.these_worlds}, and nothing between{more}. One number would hide that."
    )
    return [Sentence(words, "note")]


def _at(run: RunReport, issue: str, value: float) -> str:
    """A place in a sentence: a number with its unit, or a level in quotes."""
    if run.scenario.issues[issue].kind == "numeric":
        return place_words(run, issue, value)
    return f"“{place_words(run, issue, value, bare=True)}”"


def place_words(run: RunReport, issue: str, value: float, *, bare: bool = False) -> str:
    """A place on an issue: its number with the unit, or the nearest level by name.

    Args:
        bare: without the unit, and without saying that it is how things stand
    """
    if math.isnan(value):
        return NOTHING
    one = run.scenario.issues[issue]
    if one.kind == "numeric":
        told = value if value in one.values else float(f"{value:.3g}")
        return quantity(told, "" if bare else one.unit)
    places = one.at or tuple(float(n) for n in range(len(one.levels)))
    nearest = min(range(len(places)), key=lambda n: abs(places[n] - value))
    return level_title(run.scenario, issue, one.levels[nearest]) if bare else run.level(issue, one.levels[nearest])
