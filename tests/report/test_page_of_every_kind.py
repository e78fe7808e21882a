"""The page of a sweep, a bridge, analyses: sound, self-contained, with the numbers of the results."""

import itertools
import json
import re
from dataclasses import replace

import numpy as np
import pytest

from sim.plots import fitting
from sim.report import read_stored, sweep_story
from sim.report.page.write import page, write_page
from sim.report.stored_analysis import StoredAnalysis
from sim.words import ENDING_SPOKEN
from tests.report.folders import MAKERS, call
from tests.report.reading import Page

pytestmark = pytest.mark.slow  # whole pages of whole runs


@pytest.fixture(scope="module")
def folders(tmp_path_factory):
    """A results folder of each kind."""
    return {kind: make(tmp_path_factory.mktemp(kind)) for kind, make in MAKERS.items()}


@pytest.fixture(scope="module")
def stored(folders):
    """The same, read back."""
    return {kind: read_stored(folder) for kind, folder in folders.items()}


@pytest.fixture(scope="module")
def texts(stored):
    """Their pages, without figures, which take the time."""
    return {kind: page(found, []) for kind, found in stored.items()}


@pytest.fixture(scope="module")
def parsed(texts):
    """Their pages, parsed."""
    return {kind: Page(text) for kind, text in texts.items()}


def bare(found):
    """The page without its figures, which take the time."""
    return Page(page(found, []))


def sorted_by(cells):
    """What the cells of a column are sorted by."""
    return [float(cell.attributes["data-sort"]) for cell in cells]


@pytest.mark.parametrize("kind", MAKERS)
def test_it_is_sound(kind, texts, parsed):
    """Well formed, ids unique and found, headings in order, nothing from outside, small enough to be sent."""
    found, text = parsed[kind], texts[kind]
    assert found.unbalanced == []
    ids = [item.attributes["id"] for item in found.elements if "id" in item.attributes]
    assert len(ids) == len(set(ids))
    named = {item.attributes["href"] for item in found.all("a")}
    named |= {
        f"#{item.attributes['aria-labelledby']}" for item in found.elements if "aria-labelledby" in item.attributes
    }
    assert named <= {f"#{identity}" for identity in ids}
    ranks = [int(item.name[1]) for item in found.elements if re.fullmatch("h[1-6]", item.name)]
    assert ranks.count(1) == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise([1, *ranks]))
    assert "http:" not in text
    assert "https:" not in text
    assert len(text.encode()) < 2_000_000


@pytest.mark.parametrize("kind", MAKERS)
def test_sections_that_every_page_has_are_there(kind, stored, parsed):
    """The answer, every number, assumptions, limits, provenance, how to play it again; the contents name them all."""
    found = parsed[kind]
    sections = [item.attributes["id"] for item in found.all("section")]
    assert {"answer", "numbers", "assumed", "claims", "limits", "replay", "provenance"} <= set(sections)
    assert [item.attributes["href"] for item in found.all("a")[1:]][: len(sections)] == [
        f"#{name}" for name in sections
    ]
    paths = list(stored[kind].scenario.numbers)
    rows = found.rows("numbers-table")
    assert len(rows) == len(paths)
    for row, path in zip(rows, paths, strict=True):
        assert path in row[0].text.replace(" ", "")
        assert "Assumed:" in row[-1].text


@pytest.mark.slow
@pytest.mark.parametrize("kind", MAKERS)
def test_every_figure_that_fits_is_there(kind, stored):
    """With its title and caption as words; no two figures share an id."""
    found = stored[kind]
    text = page(found)
    shown = Page(text)
    assert len(text.encode()) < 2_000_000
    ids = [item.attributes["id"] for item in shown.elements if "id" in item.attributes]
    assert len(ids) == len(set(ids))
    results = list(found.found.values()) if isinstance(found, StoredAnalysis) else [found.results]
    names = [name for one in results for name in fitting(one)]
    figures = shown.all("figure")
    assert len(figures) == len(names) > 0
    captions = [" ".join(item.text.split()) for item in shown.all("figcaption")]
    drawn = [item for item in shown.elements if item.name in {"svg", "img"} and "figure" in item.inside]
    for item, caption in zip(drawn, captions, strict=True):
        said = item.attributes.get("aria-label") or item.attributes.get("alt")
        assert " ".join(said.split()).endswith(caption)


@pytest.mark.parametrize("kind", MAKERS)
def test_notebooks_see_the_answer(kind, stored, parsed):
    """The sentences of the page, without the page."""
    shown = Page(stored[kind]._repr_html_()).all("p")
    sentences = [item.text for item in parsed[kind].all("dd")[:3]]
    assert set(map(plain, sentences)) <= {plain(item.text) for item in shown}


def plain(text):
    """Text without the difference between kinds of spaces."""
    return " ".join(text.split())


def test_points_are_those_of_the_results(stored, parsed):
    """Every point once, each ending's share at it, bold only beyond chance."""
    found = stored["sweep"]
    rows = parsed["sweep"].rows("points-table")
    points = found.points
    assert sorted(sorted_by(row[0] for row in rows)) == list(range(len(points)))
    first = 2 + len(points.values)
    for row in rows:
        at = {"north.patience": float(row[1].attributes["data-sort"]), "issues.line.available": row[2].text}
        one = found.results.sel(at).sel(group=points.group)
        shares = [float(one["ending_share"][e]) for e in points.seen]
        assert sorted_by(row[first : first + len(shares)]) == pytest.approx(shares, abs=1e-8)
        assert sorted_by([row[first + len(shares)]]) == pytest.approx([float(one["any_deal_share"])], abs=1e-8)
        assert row[3].text == ENDING_SPOKEN[points.endings[int(one["modal_ending"])]].head


def test_axes_say_where_the_scenario_stands_and_what_that_rests_on(stored, parsed):
    """A range with its base, its range in the scenario and the reason; a choice with what it changes."""
    rows = parsed["sweep"].rows("axes-table")
    assert [cell.text for cell in rows[0][1:4]] == ["0.6 to 0.9, 3 values", "0.8", "0.8 (0.6 to 0.95)"]
    assert "Assumed: x" in rows[0][4].text
    assert len(rows) == 1 + 2
    assert "issues.line.available = " in rows[2][1].text
    numbers = {row[0].text: row[1].text for row in parsed["sweep"].rows("numbers-table")}
    swept = [path for path, text in numbers.items() if "swept here" in text]
    assert len(swept) == 1
    assert "north.patience" in swept[0].replace(" ", "")


def test_many_points_are_cut_and_the_file_is_named(stored, monkeypatch):
    """Evenly along the list, first and last included."""
    monkeypatch.setattr(sweep_story, "_MOST_POINTS", 3)
    found = bare(stored["sweep"])
    assert len(found.rows("points-table")) == 3
    assert "3 of the 6 points" in found.by_id("points").text
    assert "points.csv" in found.by_id("points").text


def test_failures_are_said_openly(stored):
    """In the answer, in the limits, and one by one."""
    found = stored["sweep"]
    failed = np.array([0, 8, 0, 0, 0, 3])
    row = {"point": "1", "first_replicate": "0", "last_replicate": "7", "kind": "failed", "error": "<b>boom</b>"}
    lost = found.results["failed"].copy(data=failed.reshape(found.results["failed"].shape))
    broken = bare(replace(found, results=found.results.assign(failed=lost), failures=[row]))
    assert "11 of 48 negotiations could not be played, at 2 points" in broken.by_id("answer").text
    assert "11 negotiations could not be played" in broken.by_id("limits").text
    assert broken.rows("failures-table")[0][-1].text == "<b>boom</b>"
    assert "Nothing: every one of 48" in bare(found).by_id("failures").text


def test_an_unfinished_sweep_is_not_reported(folders, tmp_path):
    """Exit code 2, with what is done and the command that goes on."""
    top = tmp_path / "begun"
    top.mkdir()
    manifest = json.loads((folders["sweep"] / "manifest.json").read_text(encoding="utf-8"))
    (top / "manifest.json").write_text(json.dumps({**manifest, "status": "started"}), encoding="utf-8")
    (top / "status.json").write_text('{"done": 12, "total": 48}', encoding="utf-8")
    said = call("report", top, expected=2).stderr
    assert "12 of 48 negotiations are played" in said
    assert f"sim sweep --resume {top}" in said
    assert not (top / "report.html").exists()


def test_folders_of_something_else_are_refused(folders, tmp_path):
    """A folder that is none, and one that has lost its arrays."""
    assert "no results folder" in call("report", tmp_path, expected=2).stderr
    (tmp_path / "manifest.json").write_bytes((folders["analysis"] / "manifest.json").read_bytes())
    assert "holds no analysis" in call("report", tmp_path, expected=2).stderr


def test_a_bridge_comes_back_as_it_was(stored):
    """What was kept says the same again, to the last number."""
    found = stored["bridge"]
    kept = json.loads((found.folder / "bridge.json").read_text(encoding="utf-8"))
    assert found.bridge.to_json() == kept


def test_the_bridge_page_has_levers_frontier_and_verdicts(stored, parsed):
    """Who holds what, what it costs, who gains and loses; how it does on fresh draws."""
    found, shown = stored["bridge"].bridge, parsed["bridge"]
    (lever,) = shown.rows("levers-table")
    assert "Paying the first" in lever[0].text
    assert "The second" in lever[1].text
    (used,) = shown.rows("uses-table")
    assert float(used[2].attributes["data-sort"]) == pytest.approx(found.point.use["pay"])
    assert float(lever[3].attributes["data-sort"]) == 0.2
    points = shown.rows("frontier-table")
    assert sorted_by(row[2] for row in points) == pytest.approx([point.chance for point in found.candidates], abs=1e-8)
    assert sum("found" in row[0].text for row in points) == 1
    chances = sorted_by(row[1] for row in shown.rows("chances-table"))
    expected = [found.without.chance, found.point.chance, found.fresh.chance, found.goal.at_least]
    assert chances == pytest.approx(expected, abs=1e-8)
    verdicts = [row[-1].text.split(":")[0] for row in shown.rows("together-table")]
    assert verdicts[: len(found.together)] == [one.verdict for one in found.together]


def test_a_bridge_that_finds_nothing_says_so(stored):
    """Instead of a use found, why none does."""
    found = stored["bridge"]
    goal = replace(found.bridge.goal, at_least=0.99)
    without = replace(found, bridge=replace(found.bridge, found=None, goal=goal))
    shown = bare(without)
    assert shown.all("dd")[0].text.startswith("No combination of the levers does")
    assert "Why no combination does" in [item.text for item in shown.all("h2")]


def test_analyses_have_a_section_each_with_the_arrays(stored, parsed):
    """Rows of the tornado are those of its file, the largest change first."""
    found, shown = stored["analysis"], parsed["analysis"]
    sections = {item.attributes["id"] for item in shown.all("section")}
    assert {"tornado", "prim", "null-coding", "complete"} <= sections
    rows = shown.rows("tornado-table-1")
    one = found.found["tornado"].isel(measure=0).sel(group="all")
    changes = np.abs(one["change"].values).max(axis=1)
    assert max(np.abs(sorted_by(rows[0][1:]))) == pytest.approx(changes.max(), abs=1e-8)
    heads = [item.text for item in shown.all("th") if item.attributes.get("scope") == "col"]
    assert "matters" in heads
    path = "north.patience"
    matter = next(row[3] for row in shown.rows("numbers-table") if row[0].text.endswith(path))
    assert sorted_by([matter]) == pytest.approx([float(changes[list(one["input"].values).index(path)])], abs=1e-8)


def test_incomplete_data_are_said(stored):
    """In the answer, in the table of what each answer rests on, in the limits."""
    found = stored["analysis"]
    assert "No point failed" in bare(found).by_id("answer").text
    broken = replace(found, found={**found.found, "tornado": found.found["tornado"].assign_attrs(failed=3)})
    shown = bare(broken)
    assert "3 points failed or have gaps" in shown.by_id("answer").text
    assert "3 points failed or have gaps" in shown.by_id("limits").text
    assert shown.rows("complete-table")[0][2].text == "3"


def test_what_an_earlier_command_left_is_marked(stored):
    """The manifest speaks of the last command only."""
    found = stored["analysis"]
    older = replace(found, manifest=replace(found.manifest, counts={"prim": 30}))
    shown = bare(older)
    assert "An earlier command left this" in shown.by_id("tornado").text
    assert "An earlier command left this" not in shown.by_id("prim").text


def test_the_spread_is_shown_where_it_was_split(stored):
    """Both splits of a sweep with their sentence; that there is none is said too."""
    found = stored["sweep"]
    assert "was not split" in bare(found).by_id("spread").text
    parts = {"evidence": 0.4, "model": 0.1, "both": 0.2, "luck": 0.3}
    split = {"at": "base", "sentence": "Of the spread <all>.", "point": {"part": parts, "half": parts, "worlds": 40}}
    shown = bare(replace(found, spread=split))
    assert "Of the spread <all>." in shown.by_id("spread").text
    assert sorted_by(row[1] for row in shown.rows("spread-point")) == list(parts.values())


def test_widened_ranges_are_said(stored):
    """In the answer, in the provenance."""
    for found in stored.values():
        shown = bare(replace(found, manifest=replace(found.manifest, widen=1.29)))
        assert "half-widths × 1.29" in shown.by_id("answer").text
        assert "half-widths × 1.29" in shown.by_id("provenance").text


def test_the_folder_is_enough(folders, tmp_path, monkeypatch):
    """The command writes the same page to the letter as the function does, wherever it is put."""
    monkeypatch.setattr("sim.report.page.write.pictures", lambda results: [])
    out = tmp_path / "page.html"
    call("report", folders["bridge"], "--out", out)
    assert out.read_text(encoding="utf-8") == write_page(folders["bridge"]).read_text(encoding="utf-8")
