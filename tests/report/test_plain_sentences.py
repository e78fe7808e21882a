"""Sentences of the answer that were unclear when somebody read them aloud: one name for one thing, counts for few."""

import io
from dataclasses import replace

import pytest

from sim.report.benchmark_pieces import _TITLES
from sim.report.convention_words import convention_clause
from sim.report.forecast_findings import ForecastBand
from sim.report.forecast_section import forecast_section
from sim.report.headline_words import state_sentence
from sim.report.office.tables_xlsx import render_xlsx
from sim.report.opening_pieces import enough_words
from sim.report.pieces import Cell, Section, Sentence, Story, Table, placed, plain_text, share_cell, unbroken
from sim.report.run_happenings import sorts
from sim.report.run_outcomes import terms_pieces
from sim.report.run_reasons import no_deal
from sim.report.spread_parts import Spread
from sim.report.stored import read_stored
from sim.runs.openings import Openings
from sim.words import Proportion, protocol_words
from tests.report.folders import call
from tests.scenario.small_case import write_case
from tests.shipped import shipped


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    """A run of the small case as tellers take it."""
    top = tmp_path_factory.mktemp("plain")
    call("run", write_case(top / "small"), "--draws", 20, "--no-figures", "--no-flips", "--out", top / "run")
    return read_stored(top / "run").report


@pytest.mark.parametrize("protocol", ["strategic-alternating-offers", "zeuthen"])
def test_talks_are_called_the_same_wherever_they_are_named(protocol):
    """In the headline, in what would change it and in the table of talks."""
    stem = {"strategic-alternating-offers": "reckon", "zeuthen": "Zeuthen's rule"}[protocol]
    told = (protocol_words(protocol), convention_clause(shipped("pie"), "protocol", protocol))
    assert all(stem in text for text in (*told, _TITLES[protocol]))


def changed(run, **groups):
    """The run with other findings in groups of its answer."""
    return replace(run, answer=replace(run.answer, **groups))


def test_what_stops_all_deals_leaves_out_what_never_does(run):
    """No "0 %"; and where more is signed than no deal suits, it is said when none does."""
    told = run.answer.told
    by = {"red_lines_alone": 0.0, "numbers_alone": 0.03, "both": 0.0}
    declared = dict.fromkeys(told.declared.count, 0)
    some = next(name for name in declared if name != "none")
    share = replace(told.declared, count={**declared, "none": 1, some: 199}, draws=200)
    found = replace(told, declared=share, no_deal_by=by, draws=200)
    text = no_deal(changed(run, all=found, consistent=found))
    assert "(0 %)" not in text
    assert "at the start, and in some of these one is later" in text
    assert "What stops them all is numbers alone, as no deal pays for all though some cross no red line." in text


def test_of_few_worlds_without_a_deal_it_is_said_what_each_needs():
    """Instead of "100 % and two are in 0 %"."""
    blank = {"barred": 0.0, "lines": {}, "deals": (), "singles": (), "pairs": ()}
    assert enough_words(Openings(worlds=6, one=1.0, two=0.0, **blank)).endswith("one change is enough in each.")
    told = enough_words(Openings(worlds=10, one=0.5, two=0.3, **blank))
    assert told.endswith("one change is enough in 50 %, two are needed in 30 % and more are needed in 20 %.")
    assert "0 %" not in enough_words(Openings(worlds=4, one=0.75, two=0.25, **blank))


def test_a_split_that_says_nothing_is_not_told():
    """43 ± 37 % is structure: rather that so few worlds are too few."""
    parts = {"evidence": 0.0, "model": 0.43, "both": 0.25, "luck": 0.32}
    assert "too few to say" in Spread(parts, dict.fromkeys(parts, 0.37), 40).sentence()
    assert "43 ± 7 %" in Spread(parts, dict.fromkeys(parts, 0.07), 40).sentence()


def test_fragile_deals_are_counted_apart_from_others(run):
    """Nothing is said of deals "that hold" that did not."""
    from sim.report.deal_lifetime import DealSorts, OneSort

    found = replace(run.answer.told, sorts=DealSorts(OneSort(4, 4), OneSort(20, 6)))
    assert sorts(changed(run, all=found, consistent=found)) == [
        "Of the 24 deals that came into force 4 were fragile: 4 of these broke before the end, and 6 of the 20 others."
    ]
    none = replace(run.answer.told, sorts=DealSorts(OneSort(0, 0), OneSort(20, 6)))
    assert sorts(changed(run, all=none, consistent=none)) == ["None of the 20 deals that came into force was fragile."]


def test_a_terminal_tells_three_issues_of_what_models_say(run):
    """Columns without anything in them are left out; the page has the other issues."""
    issues = list(run.scenario.issues)
    band = ForecastBand(1.0, 1.0, 1.0, 1.0, 1.0)
    case = changed(run, forecasts={issue: {"talks": band, "mean": band} for issue in issues})
    pieces = list(flat(placed(forecast_section(case, "everywhere"), "page")))
    tables = [piece for piece in pieces if isinstance(piece, Table)]
    assert {table.identity for table in tables} == {f"forecasts-{issue}" for issue in issues}
    assert all(table.heads == ("model", "median", "80 % of worlds") for table in tables)


def flat(pieces):
    """Pieces out of their sections."""
    for piece in pieces:
        if isinstance(piece, Section):
            yield from flat(piece.pieces)
        else:
            yield piece


def test_ranges_and_intervals_stand_in_a_spreadsheet_as_numbers():
    """Low and high in columns of their own, and a range is never one number."""
    openpyxl = pytest.importorskip("openpyxl")
    numbers = {"value": 0.85, "low": 0.6, "high": 0.97}
    rows = [
        ["patience", Cell("0.85 (0.6 to 0.97)", numbers=numbers, whole=False), share_cell(Proportion(52, 100))],
        ["worth", Cell("as a deal", whole=False), Cell("<1 %", 0.003)],
    ]
    story = Story("T", "", (Section("a", "", (Table("t-table", "c", ("what", "range", "share"), rows),)),))
    sheet = openpyxl.load_workbook(io.BytesIO(render_xlsx(story)))["t"]
    heads, first, second = ([cell.value for cell in row] for row in sheet.iter_rows(min_row=2, max_row=4))
    assert heads[1:] == [
        "range", "range, value", "range, low", "range, high", "share", "share, low", "share, high", "share, in words",
    ]  # fmt: skip
    assert first[1:5] == ["0.85 (0.6 to 0.97)", 0.85, 0.6, 0.97]
    assert first[5:8] == pytest.approx([0.52, 0.423, 0.615], abs=0.001)
    assert second[1:5] == ["as a deal", None, None, None]
    assert second[5] == 0.003


def test_terms_of_numeric_issues_are_numbers_in_a_spreadsheet(run):
    """Median and both ends, beside their words."""
    tables = [piece for piece in terms_pieces(run) if isinstance(piece, Table) and piece.identity == "terms-table"]
    for table in tables:
        for row in table.rows:
            for cell in row[1:]:
                assert isinstance(cell, str) or cell.whole or set(cell.numbers) in ({"median"}, {"from", "to"})


def test_a_number_is_not_parted_from_its_unit():
    """At the end of a line neither."""
    assert " " not in unbroken("3.52 M USD")
    assert " " not in unbroken("34 billion m³")
    assert " " not in unbroken("3.5 per cent").replace("per cent", "percent")
    assert plain_text(Sentence("6 weeks").words) == "6 weeks"


def test_no_deal_in_every_world_has_one_sense(run):
    """A comma says that it is so everywhere, not that there is no deal that is in every world."""
    outcomes = run.answer.outcomes
    never = next(state for state in outcomes.states if state not in {*run.words.kinds, *run.words.outside})
    states = {state: float(state == never) for state in outcomes.states}
    text = state_sentence(changed(run, outcomes=replace(outcomes, states=states)))
    assert f"{run.words.states[never].clause}, in all" in text
