"""The brief of any results: one sheet of paper, the words of the whole report, and files for Word and Excel."""

import base64
import io
import json
import re
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.foundations import SimError
from sim.report.brief import brief_story
from sim.report.hand_over import hand_over
from sim.report.office.extra import need_office
from sim.report.office.tables_xlsx import render_xlsx
from sim.report.page.paper import fitting_sheet
from sim.report.pieces import Cell, Items, KeyValues, Section, Sentence, Story, Table, plain_text
from sim.report.stored import read_stored
from tests.report.chromium import NAMES, Browser, find_chromium
from tests.report.folders import MAKERS, call
from tests.scenario.small_case import write_case

pytestmark = pytest.mark.slow  # whole pages of whole runs

PROJECT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A run of the small case."""
    top = tmp_path_factory.mktemp("brief")
    call("run", write_case(top / "small"), "--draws", 20, "--no-figures", "--no-flips", "--out", top / "run")
    return top / "run"


@pytest.fixture(scope="module")
def story(folder):
    """What is told of it."""
    return read_stored(folder).story()


@pytest.fixture(scope="module")
def handed(folder):
    """Its files, as the command writes them, and what the command told."""
    pytest.importorskip("docx")
    pytest.importorskip("openpyxl")
    return json.loads(call("report", folder, "--brief", "--docx", "--xlsx", "--json").output)


@pytest.fixture(scope="module")
def browser(tmp_path_factory):
    """A browser of its own."""
    found = Browser(tmp_path_factory.mktemp("profile"))
    yield found
    found.close()


def words_of(found):
    """Every text of a story, sentence by sentence and cell by cell."""
    for section in found.sections:
        for piece in section.pieces:
            yield from _texts(piece)


def _texts(piece):
    if isinstance(piece, Section):
        for inner in piece.pieces:
            yield from _texts(inner)
    elif isinstance(piece, Sentence):
        yield plain_text(piece.words)
    elif isinstance(piece, Items):
        yield from map(plain_text, piece.items)
    elif isinstance(piece, KeyValues):
        yield from (plain_text(words) for _, words in piece.pairs)
    elif isinstance(piece, Table):
        yield piece.caption


def test_a_brief_holds_the_six_parts(story):
    """Answer, how things stand, who would sign, what would change it, three caveats and provenance, in this order."""
    found = brief_story(story)
    names = [section.identity for section in found.sections]
    assert names == [
        name for name in ("answer", "happens", "packages", "flips", "limits", "provenance") if name in names
    ]
    assert {"answer", "happens", "packages", "flips", "limits", "provenance"} == set(names)
    limits = next(section for section in found.sections if section.identity == "limits")
    assert [len(piece.items) for piece in limits.pieces] == [3]


def test_who_would_sign_stays_whatever_comes_before(story):
    """Its table is one of the six parts, so other tables do not take its place."""
    more = tuple(Table(f"more-{n}", f"More {n}", ("a",), [["b"]]) for n in range(5))
    sections = tuple(
        replace(section, pieces=(*section.pieces, *more)) if section.identity == "happens" else section
        for section in story.sections
    )
    found = {section.identity: section for section in brief_story(replace(story, sections=sections)).sections}
    assert any(isinstance(piece, Table) and piece.rows for piece in found["packages"].pieces)


def test_a_brief_words_nothing_anew(story):
    """Every sentence of a brief, but for the line of facts, stands in the whole report too."""
    whole = " ".join(words_of(story))
    for text in words_of(brief_story(story)):
        if not text.startswith(("program: ", "From inside")):
            assert all(line in whole for line in text.split("\n")), text


def test_a_brief_has_no_links(story):
    """On one sheet a link leads nowhere."""
    for section in brief_story(story).sections:
        for piece in section.pieces:
            words = piece.items if isinstance(piece, Items) else [w for _, w in getattr(piece, "pairs", ())]
            styles = {
                getattr(part, "style", "plain")
                for found in words
                for part in (found if isinstance(found, tuple) else (found,))
            }
            assert not styles & {"link", "word"}


@given(st.integers(0, 60), st.integers(1, 9), st.integers(1, 400), st.integers(0, 12))
def test_whatever_is_told_fits_on_a_sheet(rows, columns, letters, items):
    """Letters shrink, then rows and parts go, and answer and title stay."""
    table = Table("t", "caption", ["head"] * columns, [["word " * (letters // 5 + 1)] * columns] * rows)
    parts = (
        Section("answer", "", (KeyValues((("What", "word " * letters),), "lead"),)),
        Section("happens", "Title", (table, Items(("item " * letters,) * items))),
        Section("limits", "Title", (Items(("item",) * 3),)),
        Section("provenance", "Title", (Sentence("facts"),)),
    )
    fitted, size = fitting_sheet(Story("Title", "Question?", parts))
    assert 7 <= size <= 9.5
    assert fitted.title == "Title"
    if rows < 5 and letters < 20:
        assert fitted == Story("Title", "Question?", parts)


def test_a_table_of_parts_of_a_whole_keeps_its_rows():
    """Rows of the timeline add up to all worlds, so none is left out to save room."""
    shares = Table("timeline-table", "caption", ("state",), [["a"]] * 8)
    other = Table("other-table", "caption", ("what",), [["word " * 30]] * 90)
    fitted, _ = fitting_sheet(Story("Title", "", (Section("answer", "", (shares, other)),)))
    kept = {piece.identity: len(piece.rows) for section in fitted.sections for piece in section.pieces}
    assert kept["timeline-table"] == 8
    assert kept["other-table"] < 90


def test_files_are_written_beside_the_results(folder, handed):
    """`--brief`, `--docx` and `--xlsx` write files of these names, and JSON says where."""
    names = {"brief": "brief.html", "docx": "brief.docx", "xlsx": "tables.xlsx"}
    assert handed.pop("bytes") == sum((folder / name).stat().st_size for name in names.values())
    assert handed == {kind: (folder / name).as_posix() for kind, name in names.items()}


def test_one_file_has_one_name(folder, tmp_path):
    """`--out` with two kinds of file is bad input."""
    assert "one kind" in call("report", folder, "--brief", "--xlsx", "--out", tmp_path / "a", expected=2).output


@pytest.mark.parametrize("name", ["docx", "openpyxl"])
def test_a_missing_package_is_named_in_one_sentence(monkeypatch, name):
    """Without the extra the command to install it is told; the command line then ends with exit code 2."""
    monkeypatch.setattr("sim.report.office.extra.find_spec", lambda _name: None)
    with pytest.raises(SimError, match=r"need \S+: pip install 'negotiation-sim\[office\]'$"):
        need_office(name, "Files")


def test_the_brief_in_word_says_the_same(handed, story):
    """Every sentence of the brief is a paragraph of the document, and every table one of Word's."""
    docx = pytest.importorskip("docx")
    found = docx.Document(handed["docx"])
    text = "\n".join(paragraph.text for paragraph in found.paragraphs).replace("\u00a0", " ")
    brief = brief_story(story)
    for said in words_of(brief):
        assert said in text
    tables = [piece for section in brief.sections for piece in section.pieces if isinstance(piece, Table)]
    assert len(found.tables) >= len(tables)


def test_every_table_is_a_sheet_with_numbers_as_numbers(folder, handed):
    """A share of the timeline is the number itself, shown in per cent."""
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.load_workbook(handed["xlsx"])
    assert {"Answer", "numbers", "inputs"} <= set(book.sheetnames)
    sheet = book["timeline"]
    answer = json.loads((folder / "answer.json").read_text(encoding="utf-8"))
    states = [at["states"] for at in answer["timeline"]]
    written = [[cell.value for cell in row[1:]] for row in sheet.iter_rows(min_row=3)]
    meant = [[at[state] for at in states] for state in states[0] if any(at[state] for at in states)]
    assert written == [pytest.approx(row) for row in meant]
    assert {cell.number_format for row in sheet.iter_rows(min_row=3, min_col=2) for cell in row} == {"0.0 %"}


def test_cells_that_say_more_have_their_words_beside_them():
    """An interval stands behind its number; a price keeps its digits; what begins with "=" is no formula."""
    openpyxl = pytest.importorskip("openpyxl")
    rows = [
        ["a", Cell("52 ± 10 %", 0.521), Cell("3.42 million", 3_420_000.0)],
        ["=1+1", Cell("3 %", 0.03), Cell("nothing", 0.0)],
    ]
    table = Table("some-table", "caption", ("what", "share", "price"), rows)
    story = Story("Title", "Question?", (Section("s", "S", (table,)),))
    book = openpyxl.load_workbook(io.BytesIO(render_xlsx(story)))
    found = [[cell.value for cell in row] for row in book["some"].iter_rows(min_row=2)]
    assert found[0] == ["what", "share", "share, in words", "price", "price, in words"]
    assert found[1] == ["a", 0.521, "52 ± 10 %", 3_420_000, "3.42 million"]
    assert found[2] == ["=1+1", 0.03, "3 %", "nothing", None]
    assert book["some"]["A4"].data_type == "s"


@pytest.mark.slow
@pytest.mark.parametrize("kind", MAKERS)
def test_every_kind_of_results_has_a_brief(kind, tmp_path):
    """Sweeps, bridges and analyses are handed over in the same three ways."""
    folder = MAKERS[kind](tmp_path)
    told = json.loads(call("report", folder, "--brief", "--docx", "--xlsx", "--json").output)
    text = Path(told["brief"]).read_text(encoding="utf-8")
    assert text.index('id="answer"') < text.index('id="limits"') < text.index('id="provenance"')
    assert Path(told["docx"]).stat().st_size > 1000
    assert Path(told["xlsx"]).stat().st_size > 1000


@pytest.mark.slow
@pytest.mark.skipif(
    find_chromium() is None or shutil.which("pdfinfo") is None, reason=f"no pdfinfo, or none of {', '.join(NAMES)}"
)
@pytest.mark.parametrize("case", ["ceasefire", "pie", "budget", "buyer_seller", "labour", "coalition", "river_dam"])
def test_a_brief_prints_to_one_page(case, browser, tmp_path):
    """Whatever the dispute, the browser makes one sheet of A4 of it."""
    out = tmp_path / "run"
    quick = () if case == "labour" else ("--no-flips",)  # one case is told in full
    call("run", PROJECT / "scenarios" / case, "--draws", 24, "--no-figures", *quick, "--out", out)
    browser.open(hand_over(out, ["brief"])["brief"].as_uri())
    pdf = tmp_path / "brief.pdf"
    printed = browser.send("Page.printToPDF", preferCSSPageSize=True)  # on letter paper unless the page asks for A4
    pdf.write_bytes(base64.b64decode(printed["data"]))
    told = subprocess.run([shutil.which("pdfinfo"), pdf], check=True, capture_output=True, text=True).stdout
    assert re.search(r"^Pages:\s+1$", told, re.MULTILINE)
    assert "(A4)" in told
