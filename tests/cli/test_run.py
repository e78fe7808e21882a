"""`sim run`: the answer, the folder, what changed, and what is refused."""

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

import sim
from sim.cli.main import main
from sim.jobs import drawing
from sim.plots import PLOTS
from sim.store import load_manifest
from tests.scenario.small_case import write_case

PROJECT = Path(__file__).parents[2]
CEASEFIRE = str(PROJECT / "scenarios" / "ceasefire")
NEEDED = {
    *("case", "draws", "seed", "endings", "endings_consistent", "declared", "held", "decided_by_arms"),
    *("no_deal_by", "acceptance", "observations", "solutions", "results"),
}


def invoke(*arguments):
    """Run the command in this process, without figures and without looking for flips."""
    return CliRunner().invoke(main, ["run", *map(str, arguments), "--no-figures", "--no-flips"])


def as_json(*arguments):
    """What it prints with --json, which must be one object and nothing else."""
    found = invoke(*arguments, "--json")
    assert found.exit_code == 0, found.output
    return json.loads(found.stdout)


@pytest.fixture
def small(tmp_path, monkeypatch):
    """The small case in a working folder of its own."""
    monkeypatch.chdir(tmp_path)
    return write_case(tmp_path / "scenarios" / "small", over='extends = "../scenario.toml"\ntitle = "Over"\n')


@pytest.fixture(scope="module")
def main_case(tmp_path_factory):
    """The main case with few draws: what it prints for machines, and its folder."""
    folder = tmp_path_factory.mktemp("runs") / "main"
    words = ["run", CEASEFIRE, "--draws", "60", "--no-figures", "--no-flips", "--out", str(folder), "--json"]
    return json.loads(CliRunner().invoke(main, words).stdout), folder


@pytest.mark.slow
def test_json_has_what_machines_need(main_case):
    """Every key; shares of endings that add up; observations with their claims."""
    data, folder = main_case
    assert set(data) >= NEEDED
    assert (data["case"], data["draws"], data["seed"]) == ("ceasefire", 60, "ceasefire")
    assert sum(data["endings"].values()) == pytest.approx(1)
    assert {"red_lines_alone", "numbers_alone", "both"} <= set(data["no_deal_by"])
    assert {"id", "claims", "share"} <= set(data["observations"][0])
    assert Path(data["results"]) == folder


@pytest.mark.slow
def test_the_folder_holds_the_run(main_case):
    """The answer as printed, arrays that load, inputs, a finished manifest without absolute paths."""
    data, folder = main_case
    assert json.loads((folder / "answer.json").read_text()) == data
    assert sim.load_results(folder).sizes["draw"] == 60
    manifest = load_manifest(folder)
    assert manifest.status == "finished"
    assert manifest.digest == data["digest"]
    assert [entry["file"] for entry in manifest.inputs] == ["scenarios/ceasefire/scenario.toml", "seeds/ceasefire.toml"]
    assert manifest.argv[:2] == ("sim", "run")
    assert not [word for word in manifest.argv if Path(word).is_absolute()]


@pytest.mark.slow
def test_the_short_answer_is_readable_on_80_columns(monkeypatch, tmp_path):
    """Headline, table, who blocks, what would flip it; no colour codes, no line too long."""
    monkeypatch.setenv("COLUMNS", "80")
    found = invoke(CEASEFIRE, "--draws", 80, "--out", tmp_path / "out")
    assert found.exit_code == 0
    for words in (
        "After 10 years",
        "all worlds",
        "Who gains least",
        "Asked kind by kind",
        "numbers are assumed",
    ):
        assert words in found.stdout
    assert "\x1b" not in found.stdout
    assert [line for line in found.stdout.splitlines() if len(line) > 80 and "Results:" not in line] == []
    assert found.stderr == ""


@pytest.mark.slow
def test_the_same_seed_gives_the_same(small):
    """Bit for bit; another seed does not."""
    one, two, other = (
        as_json("small", "--draws", 15, "--seed", seed, "--out", f"r/{n}") for n, seed in enumerate(["a", "a", "b"])
    )
    assert one["digest"] == two["digest"] != other["digest"]
    assert (one["seed"], other["seed"]) == ("a", "b")


@pytest.mark.slow
def test_results_go_to_a_folder_named_by_time_and_content(small):
    """results/<case>/<time>-run-<draws>-<hash>."""
    data = as_json("small", "--draws", 5)
    parts = Path(data["results"]).parts
    assert parts[:2] == ("results", "small")
    assert "-run-5-" in parts[2]
    assert load_manifest(data["results"]).fingerprint.startswith(parts[2].rsplit("-", 1)[1])


@pytest.mark.slow
def test_an_edit_is_noticed_and_its_effect_told(small):
    """Number by number, with the change of the endings; nothing is said when nothing was edited."""
    first = as_json("small", "--draws", 30)
    assert first["since_last_run"] is None
    file = small / "scenario.toml"
    text = file.read_text()
    old, new = "value = 0.1, low = 0, high = 0.2", "value = 0.4, low = 0.3, high = 0.5"
    edited = text.replace(f"war_cost = {{ {old}", f"war_cost = {{ {new}")
    assert edited != text
    file.write_text(edited)
    second = as_json("small", "--draws", 30, "--out", "elsewhere")
    since = second["since_last_run"]
    assert since["numbers"] == {"north.war_cost": ["0.1 (0 to 0.2)", "0.4 (0.3 to 0.5)"]}
    assert since["endings"]["paired"]
    for name, change in since["endings"]["share"].items():
        assert change == pytest.approx(second["endings"][name] - first["endings"][name])
    again = invoke("small", "--draws", 30, "--out", "elsewhere")
    assert "Since the last run" not in again.stdout
    file.write_text(text)
    back = invoke("small", "--draws", 30, "--out", "elsewhere")
    assert "edited since the last run of this case, elsewhere" in " ".join(back.stdout.split())
    assert "north.war_cost" in back.stdout
    assert second["same_as"] is None
    assert as_json("small", "--draws", 30)["same_as"] == first["results"]


@pytest.mark.slow
def test_set_changes_numbers_and_rules(small):
    """As the scenario file would; the manifest says so."""
    data = as_json("small", "--draws", 5, "--set", "talks.rounds=3", "--set", "north.patience=0.7", "--out", "o")
    manifest = load_manifest(data["results"])
    assert manifest.changes == {"talks.rounds": 3, "north.patience": 0.7}
    assert manifest.talks["rounds"] == 3
    assert manifest.numbers["north.patience"]["value"] == 0.7


@pytest.mark.slow
def test_another_protocol(small):
    """By its name."""
    assert as_json("small", "--draws", 5, "--protocol", "zeuthen")["protocol"] == "zeuthen"


@pytest.mark.slow
def test_an_overlay_from_elsewhere_plays_and_replays_the_same(small, tmp_path):
    """As in overlays/, bit for bit; the copies in the folder can be played again where they lie."""
    far = tmp_path / "far" / "over.toml"
    far.parent.mkdir()
    shutil.copy(small / "overlays" / "over.toml", far)
    beside = as_json("small", "--overlay", "over", "--draws", 6)
    found = invoke("small", "--overlay", far, "--draws", 6, "--out", tmp_path / "out")
    assert found.stderr.startswith("Note: far/over.toml is laid over scenarios/small/scenario.toml")
    manifest = load_manifest(tmp_path / "out")
    assert manifest.digest == beside["digest"]
    assert [entry["file"] for entry in manifest.inputs] == ["scenario.toml", "overlays/over.toml"]
    again = as_json(tmp_path / "out" / manifest.inputs[0]["copy"], "--overlay", "over", "--draws", 6)
    assert again["digest"] == beside["digest"]
    assert CliRunner().invoke(main, ["reproduce", str(tmp_path / "out")]).exit_code == 0


@pytest.mark.slow
def test_only_draws_of_the_run_are_shown(small, tmp_path):
    """What was not drawn is refused with what was."""
    invoke("small", "--draws", 3, "--out", tmp_path / "out")
    show = ["show", str(tmp_path / "out"), "--draw"]
    assert CliRunner().invoke(main, [*show, "2"]).exit_code == 0
    refused = CliRunner().invoke(main, [*show, "3"])
    assert refused.exit_code == 2
    assert "there is no draw 3: this run has draws 0 to 2" in refused.stderr


@pytest.mark.slow
def test_one_story_with_its_transcript(tmp_path):
    """One draw at central values: offers by name, and what happened after."""
    found = invoke(CEASEFIRE, "--draws", 1, "--central", "--out", tmp_path / "out")
    assert found.exit_code == 0
    assert "Round 1: Russia offers:" in found.stdout
    assert "What came of it" in found.stdout


@pytest.mark.slow
def test_overlays_in_one_table(tmp_path):
    """Each with its difference to the base and the paired error, in the worlds that fit the base."""
    chosen = "strong-guarantees,verified-freeze"
    data = as_json(CEASEFIRE, "--draws", 40, "--overlays", chosen, "--out", tmp_path / "o")
    base, first, second = data["overlays"]
    assert [row["name"] for row in (base, first, second)] == ["base", "strong-guarantees", "verified-freeze"]
    assert base["change"] is None
    assert first["change"]["paired"]
    assert base["endings"]["share"] == data["endings_consistent"]
    assert first["endings"]["draws"] == base["endings"]["draws"]


@pytest.mark.slow
def test_an_overlay_keeps_the_worlds_that_fit_the_base(main_case, tmp_path):
    """What was observed was observed without the overlay."""
    data = as_json(CEASEFIRE, "--draws", 60, "--overlay", "root-causes-under-fire", "--out", tmp_path / "o")
    assert data["overlay"] == "root-causes-under-fire"
    assert data["effective_draws"] == main_case[0]["effective_draws"]


@pytest.mark.slow
def test_conventions_in_one_table(small):
    """The scenario as it stands first, then the alternatives and whether they flip the ending."""
    found = invoke("small", "--draws", 5, "--conventions", "--out", "o")
    assert "alternatives alone change which ending is the most frequent" in " ".join(found.stdout.split())
    data = json.loads(Path("o/answer.json").read_text())
    assert data["conventions"][0]["name"] == "as written"
    assert len(data["conventions"]) > 8


@pytest.mark.slow
def test_a_deterministic_case_says_so(tmp_path):
    """The seed changes nothing."""
    found = invoke(PROJECT / "scenarios" / "pie", "--draws", 3, "--out", tmp_path / "o")
    assert "another seed would change nothing." in found.stdout


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["nowhere"], 'there is no scenario "nowhere"'),
        (["small", "--overlay", "ovr"], "did you mean over?"),
        (["small", "--overlays", "over,ovr"], "did you mean over?"),
        (["small", "--protocol", "zeuten"], 'did you mean "zeuthen"?'),
        (["small", "--set", "north.patiense=0.9"], 'did you mean "north.patience"?'),
        (["small", "--set", "north.patience=3"], "north.patience"),
        (["small", "--set", "nonsense"], "PATH=VALUE"),
        (["small", "--draw", "3"], "--draws"),
        (["small", "--draws", "0"], "0"),
        (["small", "--overlay", "over", "--overlays", "all"], "give one of them"),
        (["small", "--out", "scenarios/small/scenario.toml"], "is a file"),
        (["small", "--out", "scenarios"], "something else"),
    ],
)
def test_bad_input_ends_with_2_and_names_the_remedy(small, arguments, words):
    """Nothing is played, nothing is written."""
    found = invoke(*arguments)
    assert found.exit_code == 2
    assert words in found.stderr
    assert found.stdout == ""
    assert not Path("results").exists()


def test_an_unknown_protocol_in_the_file_is_located(small):
    """File, line, column."""
    file = small / "scenario.toml"
    file.write_text(file.read_text().replace("[talks]", '[talks]\nprotocol = "zeuten"'))
    found = invoke("small")
    assert found.exit_code == 2
    assert "scenario.toml:" in found.stderr
    assert "did you mean zeuthen?" in found.stderr


def test_errors_as_json(small):
    """One object on standard output."""
    found = invoke("small", "--out", "scenarios", "--json")
    assert found.exit_code == 2
    assert "something else" in json.loads(found.stdout)["problems"][0]["message"]


def test_the_answer_is_told_even_if_it_cannot_be_kept(small, monkeypatch):
    """A disk that fills up while the run goes on loses no answer."""
    import sim.jobs.run_case
    from sim.foundations import ResultsError

    def full(*_arguments, **_named):
        raise ResultsError("results.nc cannot be written: No space left on device")

    monkeypatch.setattr(sim.jobs.run_case, "save_results", full)
    found = invoke("small", "--draws", 5)
    assert found.exit_code == 2
    assert "After 5 years" in found.stdout
    assert "No space left" in found.stderr


def test_figures_are_drawn_here_if_no_other_process_can(monkeypatch, tmp_path):
    """With one core, or when there may be no other process."""

    def fails(*_arguments, **_named):
        raise OSError("no more processes")

    monkeypatch.setattr(drawing, "draw_figures", lambda _folder, told, _which: len(told))
    monkeypatch.setattr(drawing.subprocess, "Popen", fails)
    for cores in (2, 1):
        monkeypatch.setattr(drawing.os, "cpu_count", lambda cores=cores: cores)
        begun = drawing.Drawing(tmp_path)
        begun.tell({"conventions": []})
        assert begun.wait() == 1


@pytest.mark.filterwarnings("always:no font here")
def test_what_the_other_process_could_not_write_is_told(monkeypatch, tmp_path):
    """Texts whose letters no font has come back from it, and are told here."""

    class Done:
        returncode, stdin = 0, None

        def communicate(self):
            return json.dumps({"figures": 3, "missing": ["𒀀"]}), ""

    monkeypatch.setattr(drawing, "_other_process", lambda *_arguments: Done())
    with pytest.warns(UserWarning, match='all letters of "𒀀"'):
        assert drawing.Drawing(tmp_path).wait() == 3


def figures_of_a_run(cores, which, out):
    """What a run with replays beside it says of its figures, and their files, on so many cores."""
    words = ["--draws", "8", "--conventions", "--no-flips", "--json", "--figures", which, "--out", str(out)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(drawing.os, "cpu_count", lambda: cores)
        found = CliRunner().invoke(main, ["run", "budget", *words])
    return json.loads(found.stdout)["figures"], {path.name: path.read_bytes() for path in (out / "figures").iterdir()}


@pytest.fixture(scope="module")
def all_figures(tmp_path_factory):
    """Those of a run that draws all that fit in its own process, and its folder."""
    out = tmp_path_factory.mktemp("figures") / "out"
    return *figures_of_a_run(1, "all", out), out


@pytest.mark.slow
def test_figures_of_a_run_are_those_of_its_folder(all_figures, tmp_path):
    """PNG and SVG of every figure that fits, with replays beside it; some are the same bytes by `sim plot`."""
    told, drawn, out = all_figures
    assert {Path(name).suffix for name in drawn} == {".png", ".svg"}
    assert len({Path(name).stem for name in drawn}) == told > 3
    some = [*sorted({Path(name).stem for name in drawn})[::4], "protocols-and-solutions"]  # all are drawn alike
    words = [f"--only={name}" for name in some]
    assert CliRunner().invoke(main, ["plot", str(out), *words, "--out", str(tmp_path)]).exit_code == 0
    again = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert again == {name: content for name, content in drawn.items() if Path(name).stem in some}
    assert b"protocol: zeuthen" in drawn["protocols-and-solutions.svg"]


@pytest.mark.slow
def test_figures_drawn_beside_a_run_are_those_drawn_in_it(all_figures, tmp_path, monkeypatch):
    """A process of its own draws the same bytes, before and after it is told of replays; here those with news."""
    monkeypatch.setattr(drawing, "draw_figures", None)  # nothing is drawn in this process
    told, drawn = figures_of_a_run(2, "news", tmp_path / "out")
    names = {Path(name).stem for name in drawn}
    assert {PLOTS[name].waits for name in names} == {False, True}
    assert len(names) == told < all_figures[0]
    assert drawn.items() <= all_figures[1].items()
