"""What would open a deal where none suits all, in words: the fewest changes, what follows, which deals are barred."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from sim.report.pieces import Cell, Heading, Items, Piece, Row, Section, Sentence, Table, Words
from sim.report.run_report import RunReport
from sim.runs.openings import BarredDeal, Openings
from sim.words import (
    DAMAGE,
    actor_title,
    capital,
    counted,
    enumerated,
    level_title,
    line_title,
    percent,
)

#: Fewer worlds than this leave the endings that follow to chance.
_FEW: Final = 10
#: (what, way) as sim.runs.openings calls them -> the change, after "if"; {0} is whose it is.
_CHANGES: Final[Mapping[tuple[str, str], str]] = {
    ("patience", "low"): "{0} were as impatient as its range allows",
    ("patience", "high"): "{0} were as patient as its range allows",
    ("damage", "none"): f"{{0}} feared no {DAMAGE}",
    ("war cost", "high"): "war cost {0} as much as its range allows",
    ("reservation", "low"): "{0} had as little without a deal as its range allows",
    ("pressure", "high"): "{0} were pressed as hard as the range allows",
    ("arms", "low"): "arms decided as seldom as the range allows",
    ("arms", "high"): "arms decided as soon as the range allows",
    ("power shift", "none"): "a pause shifted no power",
}


def opening_pieces(run: RunReport) -> tuple[Piece, ...]:
    """Say what would open a deal; nothing where that was not looked at, or a deal suits all in every world."""
    found = run.answer.changes.openings
    if found is None:
        return ()
    rows: list[Row] = []
    for one in found.singles:
        ends = ("–", "–", "–")
        if one.then is not None and one.share * found.worlds >= _FEW:
            shares = one.then.share
            dead = sum(shares.get(name, 0.0) for name in run.without_deal)
            never = shares.get(run.words.never, 0.0)
            ends = (percent(1 - dead), percent(dead - never), percent(never))
        change = capital(opening_change_words(run, one.changes[0]))
        rows.append([change, Cell(percent(one.share), one.share), Cell(percent(one.blame), one.blame), *ends])
    heads = ("if", "a deal opens", "share of the blame", "in force at the end", "broke", "no deal")
    caption = "What alone would open a deal, share of these worlds; and how those that it opens end, played so"
    table = Table("openings-table", caption, heads, rows, (1, 2, 3, 4, 5), stacked=True)
    pairs: list[Words] = [
        f"{capital(enumerated([opening_change_words(run, change) for change in pair.changes]))}: {percent(pair.share)}"
        for pair in found.pairs[:3]
    ]
    together: tuple[Piece, ...] = (
        (Sentence("Where no single change does it, most often these two do together:"), Items(tuple(pairs)))
        if pairs
        else ()
    )
    note = (
        "Each change sets a number to the end of its range that stands least in the way, a line and a damage to none. "
        "The blame is divided equally among the smallest sets of changes that open a deal, and among their members."
    )
    return (
        Heading("What would open a deal"),
        Sentence(enough_words(found)),
        *((_each(table, *together, Sentence(note, "note")),) if rows else ()),
        *_barred(run, found),
    )


def _each(*pieces: Piece) -> Section:
    """Change by change, to be looked up."""
    return Section("openings", "What opens a deal, change by change", pieces, folded=True)


def enough_words(found: Openings) -> str:
    """In how many of the worlds without a deal one change is enough, or two are."""
    rest = 1 - found.one - found.two
    shares = {"one change is enough": found.one, "two are needed": found.two, "more are needed": rest}
    told = [f"{what} in {percent(share)}" for what, share in shares.items() if share > 1e-9]
    if found.one > 1 - 1e-9:
        told = ["one change is enough in each"]
    which = f"{counted(found.worlds, 'worlds')} in which no deal suits all who must agree"
    return f"Of {which}, {enumerated(told)}." if found.worlds > 1 else f"In the only world of these, {_alone(found)}."


def _alone(found: Openings) -> str:
    """How many changes the only world without a deal needs."""
    return "one change is enough" if found.one else "two changes are needed" if found.two else "more are needed"


def opening_change_words(run: RunReport, change: tuple[str, str, str]) -> str:
    """One change, after "if"."""
    actor, what, way = change
    who = actor_title(run.scenario, actor) if actor else ""
    if what.startswith("red_lines."):
        return f"{who} had no red line {line_title(run.scenario, actor, what.partition('.')[2])}"
    if what == "belief":
        return f"{who} trusted deals to last as far as its range allows"
    return _CHANGES[what, way].format(who)


def _barred(run: RunReport, found: Openings) -> tuple[Piece, ...]:
    """Which deals that pay for all hard red lines bar."""
    if not found.barred > 0:
        return ()
    lines = [f"{_line(run, path)} ({percent(share)})" for path, share in list(found.lines.items())[:3]]
    text = (
        f"In {percent(found.barred)} some deal would pay for all and hard red lines bar each such deal. The one of "
        f"these that comes closest is barred most often by {enumerated(lines)}. The deals barred so most often:"
    )
    return (Sentence(text), Items(tuple(_deal(run, deal) for deal in found.deals)))


def _line(run: RunReport, path: str) -> str:
    actor, _, label = path.partition(".red_lines.")
    return f"the line of {actor_title(run.scenario, actor)} {line_title(run.scenario, actor, label)}"


def _deal(run: RunReport, deal: BarredDeal) -> str:
    issues = run.scenario.issues
    terms = [
        level_title(run.scenario, issue, level)
        for issue, level in deal.levels.items()
        if level != issues[issue].names[issues[issue].status_quo_index]
    ]
    return f"{enumerated(terms) if terms else 'all as it is'} ({percent(deal.share)} of these)"
