"""The report: one sound, self-contained, accessible page whose numbers are those of the results."""

import base64
import hashlib
import itertools
import json
import re
import shlex
import shutil
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

from sim.cli.main import main
from sim.plots import PLOTS, fitting
from sim.report.page.pictures import pictures, pieces_of
from sim.report.page.renderer import render_page
from sim.report.page.svg import as_png
from sim.report.page.write import page, write_page
from sim.report.pieces import Story, plain_text
from sim.report.provenance_sections import replay_command, typed_command
from sim.report.run_lead import answer_lead
from sim.report.run_story import figure_sections
from sim.report.stored import read_stored
from sim.store import load_manifest, load_results, meanings
from sim.words import number_title
from tests.report.reading import Page
from tests.scenario.small_case import SMALL, write_case

pytestmark = pytest.mark.slow  # whole pages of whole runs

PROJECT = Path(__file__).parents[2]
NASTY = '</script><script>alert(1)</script> <b onclick="x()">\'&amp; $title'


def play(*arguments):
    """Run `sim` in this process."""
    found = CliRunner().invoke(main, ["run", *map(str, arguments), "--no-figures"])
    assert found.exit_code == 0, found.output


#: How the address of a table begins.
TABLES = ("data:text/csv;charset=utf-8;base64,", "data:application/gzip;base64,")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A run of the main case with few draws."""
    out = tmp_path_factory.mktemp("runs") / "main"
    play(PROJECT / "scenarios" / "ceasefire", "--draws", 80, "--no-flips", "--out", out)
    return out


@pytest.fixture(scope="module")
def run(folder):
    """The same, read back."""
    return read_stored(folder)


@pytest.fixture(scope="module")
def text(run):
    """Its page, with two figures."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sim.report.page.write.pictures", lambda results: pictures(results, ["endings", "blockers"]))
        return page(run)


@pytest.fixture(scope="module")
def parsed(text):
    """Its page, parsed."""
    return Page(text)


@pytest.fixture(scope="module")
def nasty(tmp_path_factory):
    """A run of a case whose words are all markup."""
    top = tmp_path_factory.mktemp("nasty")
    words = json.dumps(NASTY)
    case = SMALL.replace('title = "small"', f'title = {words}\nquestion = {words}\nevidence = "../seed.toml"', 1)
    case = case.replace("[actors.north]\n", f"[actors.north]\ntitle = {words}\n")
    case = case.replace("[issues.line]\n", f"[issues.line]\ntitle = {words}\n")
    case = case.replace(
        'high = 0.95, assumed = "x" }\npower', f'high = 0.95, assumed = {words}, claims = ["c"] }}\npower', 1
    )
    claim = f'[claims.c]\nparagraph = 1\nspeaker = {words}\nabout = ["north"]\nsays = {words}\nkind = "stated"\n'
    (top / "seed.toml").write_text(f'[article]\ntitle = {words}\nsha256 = "{"0" * 64}"\n{claim}', encoding="utf-8")
    write_case(top / "small", case)
    play(top / "small", "--draws", 20, "--out", top / "out")
    return read_stored(top / "out")


def test_it_is_well_formed(parsed):
    """What is opened is closed, in the right order."""
    assert parsed.unbalanced == []
    assert parsed.all("html")[0].attributes["lang"] == "en"
    assert parsed.all("title")[0].text


def test_nothing_comes_from_outside(text, parsed):
    """No address of anything else, and a policy that would refuse it."""
    assert "http:" not in text
    assert "https:" not in text
    assert "@import" not in text
    for found in parsed.elements:
        for key in ("src", "href", "action", "srcset", "data"):
            assert found.attributes.get(key, "#").startswith(("#", "data:image/png;base64,", *TABLES))
    assert all(found == "#" for found in re.findall(r"url\((.)", text))
    policy = next(m.attributes["content"] for m in parsed.all("meta") if "http-equiv" in m.attributes)
    assert policy.startswith("default-src 'none'; img-src data:; ")


def test_the_policy_lets_the_one_script_run(parsed):
    """Its hash is that of the script as it stands on the page, and there are no other scripts or handlers."""
    (script,) = parsed.all("script")
    policy = next(m.attributes["content"] for m in parsed.all("meta") if "http-equiv" in m.attributes)
    digest = base64.b64encode(hashlib.sha256("".join(script.texts).encode()).digest()).decode()
    assert f"script-src 'sha256-{digest}'" in policy
    assert not [key for found in parsed.elements for key in found.attributes if key.startswith("on")]


def test_ids_are_unique_and_found(text, parsed):
    """No two figures share an id, and whatever names one names one that is there."""
    ids = [found.attributes["id"] for found in parsed.elements if "id" in found.attributes]
    assert len(ids) == len(set(ids))
    named = [found.attributes["href"] for found in parsed.elements if found.attributes.get("href", "").startswith("#")]
    named += [f"#{identity}" for identity in re.findall(r"url\(#([^)]*)\)", text)]
    for key in ("aria-labelledby", "data-copy"):
        named += [f"#{found.attributes[key]}" for found in parsed.elements if key in found.attributes]
    assert set(named) <= {f"#{identity}" for identity in ids}


def test_headings_descend_one_by_one(parsed):
    """One of first rank, none left out on the way down, and a link that skips to the answer."""
    ranks = [int(found.name[1]) for found in parsed.elements if re.fullmatch("h[1-6]", found.name)]
    assert ranks[0] == 1
    assert ranks.count(1) == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(ranks))
    assert parsed.all("a")[0].attributes == {"class": "skip", "href": "#main"}
    assert len(parsed.all("main")) == 1


@pytest.mark.slow
def test_every_figure_is_there_and_says_what_it_shows(run):
    """In the words of its title and caption, and each hands its data over; the whole is smaller than two megabytes."""
    text = page(run)
    assert len(text.encode()) < 2_000_000
    shown: dict[str, dict[str, str]] = {}
    for found in Page(text).elements:  # each picture and each caption belongs to the figure that was opened last
        if found.name == "figure":
            own = shown.setdefault(found.attributes["id"].removeprefix("figure-"), {})
        elif "figure" in found.inside and found.name == "figcaption":
            assert own.setdefault("caption", found.text) == found.text
        elif (
            "figure" in found.inside and found.name in {"svg", "img"} and found.attributes.get("aria-hidden") != "true"
        ):
            assert "picture" not in own
            own["picture"] = " ".join((found.attributes.get("aria-label") or found.attributes["alt"]).split())
            assert found.name == "img" or found.attributes["role"] == "img"
    assert set(shown) == set(fitting(run.results))
    links = [found.attributes for found in Page(text).elements if "download" in found.attributes]
    assert {one["download"].partition(".csv")[0] for one in links} == set(shown)
    assert all(one["href"].startswith(TABLES) for one in links)
    for name, own in shown.items():
        title, caption = (flat(words(run.results)) for words in (PLOTS[name].title, PLOTS[name].caption))
        assert own["caption"].endswith(caption), name
        assert own["picture"].startswith(title), name
        assert own["picture"].endswith(caption), name


def flat(text):
    """Text on one line, with plain blanks."""
    return " ".join(text.split())


def test_endings_are_those_of_the_results(run, parsed):
    """Share by share, among all draws and among those that fit."""
    endings, kept = run.results["ending"].values, run.results["consistent"].values.astype(bool)
    shown = [[float(cell.attributes["data-sort"]) for cell in row[1:]] for row in parsed.rows("endings-table")]
    codes = range(len(meanings(run.results, "ending")))
    expected = [[(endings[kept] == code).mean(), (endings == code).mean()] for code in codes]
    assert len(shown) == len(expected)
    for shares, wanted in zip(shown, expected, strict=True):
        assert shares == pytest.approx(wanted)


def test_how_things_stand_in_time_is_counted(run, parsed):
    """Each column of the table is the share of worlds in each state at that time, the horizon last, adding up to 1."""
    rows = parsed.rows("timeline-table")
    shown = np.array([[float(cell.attributes["data-sort"]) for cell in row[1:]] for row in rows])
    assert shown.sum(axis=0) == pytest.approx(1)
    kept = run.results["consistent"].values.astype(bool)
    final = run.results["final_state"].values[kept]
    counted = [(final == code).mean() for code in range(len(meanings(run.results, "final_state")))]
    assert [share for share in shown[:, -1] if share] == pytest.approx([share for share in counted if share])


def test_every_number_is_there(run, parsed):
    """By name and path, with its range, its importance, and what it rests on."""
    rows = parsed.rows("numbers-table")
    numbers = run.scenario.numbers
    assert len(rows) == len(numbers)
    for cells, (path, number), share in zip(rows, numbers.items(), run.results["importance"].values, strict=True):
        assert cells[0].text == f"{number_title(run.scenario, path)}{path}"
        assert float(cells[3].attributes["data-sort"]) == pytest.approx(float(share), abs=1e-8)
        if number.quantity.options is None and not number.quantity.mirrors:
            assert cells[1].text.startswith(number.quantity.words())
        for name in number.quantity.claims:
            claim = run.article.claims[name]
            assert claim.says in cells[4].text
            assert f"paragraph {claim.paragraph}" in cells[4].text
        assert number.quantity.assumed in cells[4].text
        kind = {"claim": "claimed", "rate": "rated", "assumed": "assumed"}[number.quantity.ground]
        assert cells[4].attributes["data-sort"] == kind
        for name in number.quantity.rates:
            assert run.article.rates[name].what in cells[4].text


def test_every_claim_is_there(run, parsed):
    """Those that nothing rests on too."""
    assert [row[0].attributes["data-sort"] for row in parsed.rows("claims-table")] == [
        claim.says for claim in run.article.claims.values()
    ]


def test_it_says_what_was_run(run, text, parsed):
    """Digest, seed, versions, hashes of inputs, limits, and the count of assumed numbers."""
    for words in (run.manifest.digest, run.manifest.fingerprint, *(item["sha256"] for item in run.manifest.inputs)):
        assert words in text
    assert f"numpy {run.manifest.packages['numpy']}" in text
    assert f"{run.answer.numbers.assumed} of {len(run.scenario.numbers)} numbers are assumed" in text
    assert "This is no forecast" in parsed.by_id("limits").text


def test_the_answer_has_three_sentences(run, parsed):
    """With their uncertainty, and they are on the page."""
    three = [plain_text(words) for _, words in answer_lead(run.report).pairs]
    assert all(sentence.endswith(".") for sentence in three)
    assert re.search(r"\d ± \d|\(\d+–\d+ %\)", three[0])  # even, or not
    assert [" ".join(sentence.split()) for sentence in three] == [
        " ".join(found.text.split()) for found in parsed.all("dd")[:3]
    ]


@pytest.mark.slow
def test_words_of_a_scenario_stay_words(nasty):
    """Markup in titles, questions, reasons and claims is shown, never obeyed."""
    found = Page(page(nasty, pictures(nasty.results, ["agreed-terms", "settled-levels"])))  # its words stand in both
    assert found.unbalanced == []
    assert len(found.all("script")) == 1
    assert not found.all("b")
    changes = nasty.answer.changes
    shown = [
        flip
        for flip in (*changes.flips, *changes.effects)
        if flip.changes_modal or (flip.seen if flip.change else flip.distance >= 0.005)
    ]
    assert shown
    assert found.by_id("flips").text.count("Assumed:") == sum(bool(flip.reason) for flip in shown)
    assert found.all("h1")[0].text == " ".join(NASTY.split())
    labels = [item.attributes["aria-label"] for item in found.all("svg") if "aria-label" in item.attributes]
    assert any("<script>" in label for label in labels), labels
    assert " ".join(NASTY.split()) in found.by_id("claims").text
    assert " ".join(NASTY.split()) in found.by_id("numbers").text


@pytest.fixture
def few_figures(monkeypatch):
    """One figure, where it does not matter which."""
    monkeypatch.setattr("sim.report.page.write.pictures", lambda results: pictures(results, ["endings"]))


@pytest.mark.slow
def test_the_folder_is_enough(folder, few_figures, tmp_path, monkeypatch):
    """Moved elsewhere, without the scenario, it gives the same page to the letter."""
    monkeypatch.chdir(tmp_path)
    shutil.copytree(folder, tmp_path / "moved")
    first = write_page("moved")
    assert first == Path("moved/report.html")
    assert first.read_text(encoding="utf-8") == write_page(folder, tmp_path / "other.html").read_text(encoding="utf-8")


@pytest.mark.slow
def test_the_command_on_the_page_plays_the_same(tmp_path, monkeypatch):
    """From inside the folder, with overlay, seed and changes."""
    case = write_case(tmp_path / "small", over='extends = "../scenario.toml"\ntitle = "Over"\n')
    changed = ["--seed", "a b", "--protocol", "single-text", "--set", "north.patience=0.7"]
    play(case, "--overlay", "over", "--draws", 9, "--no-flips", *changed, "--out", tmp_path / "out")
    manifest = load_manifest(tmp_path / "out")
    assert typed_command(manifest).startswith("sim run ")
    assert "--out" not in typed_command(manifest)
    monkeypatch.chdir(tmp_path / "out")
    before = sorted(tmp_path.joinpath("out").iterdir())
    play(*shlex.split(replay_command(manifest))[2:], "--no-flips")
    assert load_manifest(tmp_path / "again").digest == manifest.digest
    assert sorted(tmp_path.joinpath("out").iterdir()) == before  # nothing is put into the kept folder


@pytest.mark.slow
def test_figures_that_are_too_large_become_pixels_or_go(folder):
    """The page can be sent however many figures there are."""
    results = load_results(folder)
    whole = pictures(results, ["endings", "importance"])
    assert [(item.name, item.png) for item in whole] == [("endings", ""), ("importance", "")]
    tight = pictures(results, ["endings", "importance"], room=whole[0].size + 10)
    assert [item.name for item in tight] == ["endings"]
    small = as_png(results, whole[0])
    (drawn,) = Page(render_page(Story("t", "", figure_sections(pieces_of([small]))), [small])).all("img")
    assert drawn.attributes["alt"].startswith(whole[0].title)
    assert base64.b64decode(drawn.attributes["src"].partition(",")[2]).startswith(b"\x89PNG")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_text_can_be_read(text, theme):
    """Contrast of at least 4.5 between every text colour and every ground (WCAG 2.2, 1.4.3)."""
    blocks = re.findall(r":root[^{]*\{([^}]*)\}", text)
    colors = dict(re.findall(r"--([a-z-]+): (#[0-9A-Fa-f]{6})", blocks[0 if theme == "light" else 1]))
    for ground in ("paper", "quiet"):
        for ink in ("ink", "muted", "link", "warn"):
            assert contrast(colors[ink], colors[ground]) >= 4.5, (ink, ground)


def contrast(one, other):
    """Ratio of relative luminances."""

    def luminance(color):
        parts = np.array([int(color[n : n + 2], 16) / 255 for n in (1, 3, 5)])
        linear = np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)
        return float(linear @ [0.2126, 0.7152, 0.0722])

    low, high = sorted([luminance(one), luminance(other)])
    return (high + 0.05) / (low + 0.05)


@pytest.mark.slow
def test_the_command_writes_it(folder, few_figures, tmp_path):
    """Into the folder or where it is told; machines get one object; a folder without a run is refused."""
    out = tmp_path / "page.html"
    found = CliRunner().invoke(main, ["report", str(folder), "--out", str(out), "--json"])
    assert json.loads(found.stdout) == {"report": out.as_posix(), "bytes": out.stat().st_size}
    refused = CliRunner().invoke(main, ["report", str(tmp_path)])
    assert refused.exit_code == 2
    assert "no results folder" in refused.stderr
