"""Pieces of a story in a terminal and on a page."""

import io

from rich.console import Console

from sim.report.page.renderer import render_page
from sim.report.pieces import (
    Bar,
    Bars,
    Command,
    Heading,
    Items,
    KeyValues,
    Section,
    Sentence,
    Span,
    Story,
    Table,
    share_cell,
)
from sim.report.terminal_renderer import render_pieces, render_terminal
from sim.words import Proportion

NASTY = "<script>alert('x')</script> & \"quoted\""


def everything(words):
    """A story with every kind of piece, each of which says some words."""
    row = [(words, Span(words, "path")), share_cell(Proportion(3, 30), bar=True)]
    table = Table(
        "shares-table", words, (words, "share"), [row], (1,), stacked=True, kinds={"a": words}, row_kinds=("a",),
    )  # fmt: skip
    pieces = (
        KeyValues(((words, (words, Span(words, "word", "word-x", words))),), "lead"), KeyValues(((words, words),)),
        Heading(words), Sentence(words, "warning"), Items((words,)), Items((words,), summary=words), table,
        Bars((Bar("truce", words, words, 0.5, 0.1),), words, words), Command("command", words, words),
    )  # fmt: skip
    return Story(words, words, (Section("all", words, pieces),), words, (words,))


def printed(story, width=80):
    """What a terminal of some columns shows."""
    stream = io.StringIO()
    render_terminal(story, Console(file=stream, width=width, highlight=False, markup=False))
    return stream.getvalue()


def test_text_of_people_stays_text_on_a_page():
    """Whatever a piece is given, the page has its own script and no other."""
    page = render_page(everything(NASTY))
    assert page.count("<script>") == 1
    assert "alert('x')</script>" not in page
    assert "&lt;script&gt;" in page


def test_text_of_people_stays_text_in_a_terminal():
    """Brackets are no styles."""
    assert "[bold]Mine[/bold]" in printed(everything("[bold]Mine[/bold]"))


def test_numbers_keep_their_units():
    """No line of a terminal ends within a share with its interval, wherever it falls."""
    for length in range(50, 80):
        story = Story("t", "", (Section("s", "S", (Sentence(f"{'x' * length} 52 ± 3 % of worlds"),)),))
        assert any("52 ± 3 %" in line for line in printed(story).splitlines())


def test_sections_stand_where_they_are_shown():
    """A section for pages is not printed, one for terminals is on no page; one without a title only groups."""
    sections = tuple(
        Section("", "", (Section(name, f"In {name}", (Sentence(f"Told in {name}."),)),), shown=name)
        for name in ("page", "terminal", "everywhere")
    )
    story = Story("t", "", sections)
    assert "Told in page." not in printed(story)
    assert "Told in terminal." not in render_page(story)
    assert all("Told in everywhere." in text for text in (printed(story), render_page(story)))
    assert '<a href="#page">In page</a>' in render_page(story)


def test_a_long_table_is_cut_in_a_terminal_only():
    """It says how many rows there are more."""
    rows = [[f"row {n}", "1"] for n in range(20)]
    story = Story("t", "", (Section("s", "S", (Table("long-table", "Rows", ("a", "b"), rows, most=12),)),))
    assert "and 8 more" in printed(story)
    assert "row 19" in render_page(story)


def test_rows_that_are_too_wide_for_a_terminal_stand_one_below_the_other():
    """No number is cut or parted from its unit; a table that fits keeps its columns."""
    heads = ("what", "first", "second", "third", "fourth")
    wide = Table("wide", "Wide", heads, [["a row", *["0 % (at most 16 %)"] * 4]], (1, 2, 3, 4))
    stream = io.StringIO()
    render_pieces((wide,), Console(file=stream, width=80))
    assert "first: 0 % (at most 16 %); second: 0 %" in stream.getvalue()
    assert max(map(len, stream.getvalue().splitlines())) <= 80
    stream = io.StringIO()
    render_pieces((wide,), Console(file=stream, width=120))
    assert stream.getvalue().splitlines()[2].split("  ")[1] == "a row"


def test_a_wide_table_keeps_its_last_column_in_a_terminal():
    """Long names are parted at their hyphens, or rows become cards, but no figure is cut off at the edge."""
    heads = ("", "deal", "Years to fill the dam", "Water in a drought year", "gains: A / B / C", "differs")
    row = ["strategic-alternating-offers", "100 %", "6 years", "34 billion m³", "0.14 / -0.26 / 0.38", "27 ± 10 %"]
    story = Story("", "", (Section("x", "X", (Table("wide", "Wide.", heads, [row], (1, 4, 5)),)),))
    for width in (60, 80, 100):
        text = printed(story, width)
        assert "27 ± 10 %" in text
        assert "0.14 / -0.26 / 0.38" in " ".join(text.split())
        assert max(map(len, text.splitlines())) <= width
    assert "alternating-\n" in "\n".join(line[:20].rstrip() for line in printed(story, 80).splitlines())
