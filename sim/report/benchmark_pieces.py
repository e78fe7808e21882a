"""How far better talking could go, in words: the talks as they are played beside talks that miss nothing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from sim.report.pieces import Cell, Piece, Row, Section, Sentence, Table
from sim.report.run_report import RunReport
from sim.runs.benchmarks import TalksResult
from sim.words import counted, percent, percent_span
from sim.words.concession import speed_sentence

_BETWEEN: Final = "Between the first row and the others lies what better talking could change."
_TITLES: Final[Mapping[str, str]] = {
    "": "as they are played",
    "strategic-alternating-offers": "reckoning backwards from the last round",
    "zeuthen": "Zeuthen's rule: who risks more by standing firm concedes",
    "best-for-others": "offers in turn, best for the others, payoffs known",
}


def benchmark_sentence(run: RunReport) -> str:
    """How often a deal is in force with talks that miss nothing; empty where that is no other share."""
    found = run.answer.changes.benchmarks
    if found is None:
        return ""
    low, high = found.span("in_force")
    if percent(low) == percent(high) == percent(found.as_played.in_force):
        return ""
    return (
        f"Talks that miss nothing would leave a deal in force in {percent_span(low, high)} instead of "
        f"{percent(found.as_played.in_force)}."
    )


def benchmark_pieces(run: RunReport) -> tuple[Piece, ...]:
    """Compare the talks with those that miss nothing; nothing where these were not played."""
    found = run.answer.changes.benchmarks
    if found is None:
        return ()
    rows: list[Row] = [_row(one) for one in (found.as_played, *found.efficient)]
    heads = ("talks", "in force at the end", "nothing signed", "missed at the table", "efficient deals")
    title = "The talks beside talks that miss nothing"
    caption = f"{title}, on the same {counted(found.worlds, 'worlds')}"
    pieces = (
        Table("benchmarks-table", caption, heads, rows, (1, 2, 3, 4), stacked=True),
        Sentence(" ".join([_BETWEEN, speed_sentence(run.scenario)]).strip(), "note"),
    )
    # The answer holds their sentence, so a page keeps the table for those who look it up.
    return (Section("", "", pieces, shown="terminal"), Section("benchmarks", title, pieces, shown="page", folded=True))


def _row(one: TalksResult) -> Row:
    shares = (one.in_force, one.no_deal, one.talks_failed_at_table, one.efficient)
    return [_TITLES[one.name], *(Cell(percent(share), share) for share in shares)]
