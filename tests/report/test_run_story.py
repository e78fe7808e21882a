"""A run as one story: what a terminal shows, what a page shows, and that neither says it in words of its own."""

import io
from dataclasses import replace

import numpy as np
import pytest
from rich.console import Console

from sim.report.alternative_sections import overlay_section
from sim.report.collected_answer import answer
from sim.report.page.renderer import render_page
from sim.report.pieces import Section, Sentence, Table, placed, plain_text, unbroken
from sim.report.run_lead import run_headline, why
from sim.report.run_report import RunReport
from sim.report.run_story import run_story
from sim.report.terminal_renderer import render_terminal
from sim.report.transcript import talk_sections
from sim.runs import run
from sim.runs.conventions import replay_conventions
from sim.runs.difference import Shares, difference
from sim.runs.outcome_changes import OutcomeChange
from sim.runs.outcome_summary import NumberSpan, OutcomeSummary
from sim.runs.overlays import OverlayRow
from sim.scenario.changes import change
from tests.played_cases import DRAWS, played_case
from tests.shipped import shipped


def reported(case, draws=40, **more):
    """A small run of one of the project's cases, as tellers take it."""
    scenario, results = played_case(case, draws) if draws > 1 else (shipped(case), None)
    results = run(scenario, 1, central=True) if draws == 1 else results
    return RunReport(answer(results, scenario, case, "somewhere", **more), scenario), results


@pytest.fixture(scope="module")
def ceasefire():
    """The main case."""
    return reported("ceasefire", DRAWS)[0]


def printed(story, width=80):
    """What a terminal shows."""
    stream = io.StringIO()
    render_terminal(story, Console(file=stream, width=width, highlight=False, markup=False))
    return stream.getvalue()


def pieces(story, place):
    """Pieces that stand in a place, without their sections, and the titles of these."""
    shown = [part for section in story.sections for part in placed(section, place)]
    return [piece for part in shown for piece in part.pieces], [part.title for part in shown]


def test_a_terminal_says_nothing_that_a_page_does_not(ceasefire):
    """But where it is kept, each observation in a sentence, and the first numbers, which a page has in tables."""
    story = run_story(ceasefire)
    told, titles = pieces(story, "terminal")
    shown, contents = pieces(story, "page")
    assert set(titles) - set(contents) <= {"Where it is kept", "Numbers that matter most"}
    sentences = {plain_text(piece.words) for piece in shown if isinstance(piece, Sentence)}
    kept = {plain_text(piece.words) for piece in story.sections[-1].pieces}
    assert {plain_text(piece.words) for piece in told if isinstance(piece, Sentence)} <= sentences | kept
    tables = {piece.identity for piece in shown if isinstance(piece, Table)}
    assert {piece.identity for piece in told if isinstance(piece, Table)} <= tables | {"important-table"}


@pytest.mark.slow
@pytest.mark.parametrize("case", ["ceasefire", "pie", "labour", "budget", "buyer_seller"])
def test_every_case_can_be_told(case):
    """In a terminal of 80 columns, with the headline first, and on a page."""
    report, _ = reported(case, 25)
    story = run_story(report)
    text = printed(story)
    assert max(map(len, text.splitlines())) <= 80
    said = " ".join(text.split())
    assert run_headline(report) in said
    assert said.index(run_headline(report)) < said.index(why(report))
    assert unbroken(report.scenario.title) in render_page(story)


def test_tables_fit_a_terminal_of_eighty_columns(ceasefire):
    """The widest too: endings of two groups with intervals that are not even."""
    assert max(map(len, printed(run_story(ceasefire)).splitlines())) <= 80


@pytest.mark.slow
def test_what_was_asked_for_stands_alone_in_a_terminal(ceasefire):
    """Conventions, overlays or a story instead of why it all happens; a page has all of it."""
    variants = replay_conventions(change(ceasefire.scenario, {"talks.round": "1 year"}), 10)
    conventions = replace(ceasefire, answer=replace(
        ceasefire.answer, changes=replace(ceasefire.answer.changes, conventions=variants)))  # fmt: skip
    _, titles = pieces(run_story(conventions), "terminal")
    assert titles == ["The answer", "Conventions", "Where it is kept"]
    assert "Why" in pieces(run_story(conventions), "page")[1]
    one, results = reported("ceasefire", 1)
    _, titles = pieces(run_story(one, talks=talk_sections(results, one.scenario)), "terminal")
    assert titles[0] == "The answer"
    assert titles[-2:] == ["What came of it", "Where it is kept"]
    assert len(titles) == 4


def test_overlays_are_compared_with_the_base(ceasefire):
    """Share by share, with the change in the same worlds below it."""
    codes = np.repeat([3, 4], [30, 10])
    names = list(ceasefire.answer.all.endings.count)
    shares = Shares.of(codes, names)
    base = OverlayRow("base", "", shares, Shares.of(codes * 0, names), 0.0, shares, None, None)
    moved = np.repeat([3, 4], [20, 20])
    over = replace(
        base, name="over", title="Over", endings=Shares.of(moved, names), change=difference(codes, moved, names)
    )
    changes = replace(ceasefire.answer.changes, overlays=(base, over))
    text = printed(run_story(replace(ceasefire, answer=replace(ceasefire.answer, changes=changes))))
    assert "as the scenario stands" in text
    assert "-25 ± 13" in text
    assert "Chance in drawing 40 worlds may put each share off by up to 15 points (95 %)." in " ".join(text.split())


@pytest.mark.slow
def test_overlays_tell_what_they_do_to_the_term_the_case_asks_for():
    """Its median, and below it the mean change in the same worlds, even where all worlds settle."""
    purchase = reported("purchase", 20)[0]
    shares = Shares.of(np.zeros(40, int), ["deal", "no_deal"])
    base = OverlayRow("base", "", shares, shares, 0.0, shares, None, None)
    spans = [OutcomeSummary("terms.price", 40, NumberSpan(at, at, at), at, {}) for at in (3.5e6, 3.57e6)]
    change = OutcomeChange("terms.price", *spans, 54_300.0, 3_000.0, 0.014)
    zero = np.zeros(40, int)
    still = difference(zero, zero, ["deal", "no_deal"])
    over = replace(base, name="over", title="Over", change=still, outcomes=(change,))
    changes = replace(purchase.answer.changes, overlays=(base, over))
    told = replace(purchase, answer=replace(purchase.answer, changes=changes))
    text = " ".join(printed(run_story(told)).split())
    assert "last what the case asks for, its median and the change of its mean" in text
    assert "3.57 M USD" in text
    assert "+54,300 ± 5,900 USD" in text
    (table,) = [piece for piece in overlay_section(told).pieces if isinstance(piece, Table)]
    assert [row[-1].sort for row in table.rows] == [3.5e6, 3.57e6]
    same = replace(over, outcomes=(replace(change, after=spans[0], change=0.0, error=0.0, moved=0.0),))
    none = replace(told, answer=replace(told.answer, changes=replace(changes, overlays=(base, same))))
    assert "last what" not in printed(run_story(none))


def test_overlays_that_change_most_come_first_and_are_named():
    """The base, then the overlays by how much they change; a sentence says which does, and which do nothing."""
    budget = reported("budget", 20)[0]
    codes = ["deal", "no_deal"]
    before, half, few = np.zeros(40, int), np.arange(40) % 2, (np.arange(40) < 1).astype(int)

    def row(name, after):
        shares = Shares.of(after, codes)
        change = difference(before, after, codes)
        return OverlayRow(name, name.capitalize(), shares, shares, 0.0, shares, change, change)

    base = replace(row("base", before), change=None, state_change=None)

    def told(*rows):
        changes = replace(budget.answer.changes, overlays=(base, *rows))
        section = overlay_section(replace(budget, answer=replace(budget.answer, changes=changes)))
        (table,) = [piece for piece in section.pieces if isinstance(piece, Table)]
        return section.pieces[0].words, [str(one[0][0] if isinstance(one[0], tuple) else one[0]) for one in table.rows]

    words, names = told(row("still", before), row("rare", few), row("strong", half))
    assert [name.casefold() for name in names] == ["base", "strong", "rare", "still"]
    assert "“Strong” changes most: a deal in 50 % instead of 100 %" in words
    assert words.endswith("“Rare” and “Still” change no ending beyond what chance may do.")
    assert told(row("still", before))[0].endswith("The only overlay changes no ending beyond what chance may do.")
    many = [row(name, before) for name in ("a", "b", "c", "d")]
    assert told(row("strong", half), *many)[0].endswith(
        "4 of the 5 overlays change no ending beyond what chance may do."
    )


def test_one_world_is_not_told_in_shares():
    """Nothing is signed, and why, without a hundred percent."""
    report, _ = reported("ceasefire", 1)
    assert "100 %" not in why(report)
    assert "in this world" in run_headline(report)


def test_chance_has_no_interval_where_it_has_no_part():
    """Another seed would change nothing, so a share is what it is."""
    report, _ = reported("pie", 5, deterministic=True)
    text = printed(run_story(report))
    assert "at least" not in text
    assert "another seed would change nothing" in text


def test_sections_of_a_page_have_ids_of_their_own(ceasefire):
    """So that the list of contents leads somewhere."""
    shown = [part for section in run_story(ceasefire).sections for part in placed(section, "page")]
    names = [part.identity for part in shown if isinstance(part, Section)]
    assert all(names)
    assert len(names) == len(set(names))
