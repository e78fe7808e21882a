"""`sim sweep`, `plan`, `show` and `reproduce` as people use them."""

import csv
import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from sim import load_results
from sim.cli.main import main
from tests.cli.test_bridge import TINY
from tests.scenario.small_case import write_case

CASE = str(Path("scenarios/ceasefire").resolve())
SMALL = ["--over", "russia.patience=0.6:0.9:3", "--draws", "20"]

TWO = ["--over", "one.reservation=0.4:0.7:3"]
THREE = [*TWO, "--over", "talks.rounds=2,3"]
#: Of the designs whose points are scattered one: figures, pages and chunks of the others are made alike.
NO_GRIDS = ("sobol", "one-at-a-time")


def sim(*arguments):
    """Call the command in this process."""
    return CliRunner().invoke(main, [str(argument) for argument in arguments], catch_exceptions=False)


def small_sweep(out):
    """What a sweep over three points says for machines."""
    found = sim("sweep", CASE, *SMALL, "--no-spread", "--no-figures", "--out", out, "--workers", "0", "--json")
    assert found.exit_code == 0
    return json.loads(found.stdout)


@pytest.fixture(scope="module")
def swept(tmp_path_factory):
    """The folder of that sweep, played once and changed by nobody, and what it said."""
    out = tmp_path_factory.mktemp("swept") / "out"
    return out, small_sweep(out)


@pytest.mark.slow
def test_a_sweep_writes_labelled_results_and_says_so(swept):
    """JSON for machines; arrays by name; parameters, seed and replicate in every row."""
    out, told = swept
    assert {"results", "points", "draws", "failed", "elapsed_s", "digest"} <= told.keys()
    assert (told["points"], told["draws"], told["failed"], told["finished"]) == (3, 20, 0, True)
    results = load_results(told["results"])
    share = results["ending_share"].sel({"russia.patience": 0.75, "group": "all", "ending": "war"})
    assert 0 <= float(share) <= 1
    with (out / "results.csv").open() as stream:
        rows = list(csv.DictReader(stream))
    assert len(rows) == 60
    assert {"russia.patience", "seed", "replicate", "ending"} <= rows[0].keys()
    assert {row["replicate"] for row in rows} == {str(n) for n in range(20)}


@pytest.mark.slow
def test_a_sweep_says_where_its_spread_comes_from(tmp_path):
    """Kept beside the results and told again as it was; the digest is that of the results alone."""
    case, out = write_case(tmp_path / "tiny", TINY), tmp_path / "out"
    axis = ["--over", "two.reservation=0.1,0.5", "--draws", "4", "--workers", "0", "--no-figures"]
    words = ["sweep", case, *axis, "--out", out]
    one = json.loads(sim(*words, "--json").stdout)
    assert one["spread"] == json.loads((out / "spread.json").read_text())
    assert (one["spread"]["of"], one["spread"]["study"]["of_points"]) == ("sweep", 2)
    for split in (one["spread"]["study"], one["spread"]["point"]):
        assert sum(split["part"].values()) == pytest.approx(1)
    two = json.loads(sim("sweep", "--resume", out, "--no-figures", "--json").stdout)
    assert (two["played"], two["digest"], two["spread"]) == (0, one["digest"], one["spread"])
    assert one["spread"]["sentence"] in " ".join(sim("sweep", "--resume", out, "--no-figures").stdout.split())
    assert sim("reproduce", out).exit_code == 0
    words[-1] = tmp_path / "other"
    three = json.loads(sim(*words, "--no-spread", "--json").stdout)
    assert (three["digest"], three["spread"]) == (one["digest"], None)
    assert not (tmp_path / "other" / "spread.json").exists()


@pytest.mark.slow
def test_the_same_command_again_finds_everything_done(swept):
    """A finished folder is not played again; the answer is the same."""
    out, one = swept
    two = small_sweep(out)
    assert (two["played"], two["digest"]) == (0, one["digest"])


@pytest.mark.slow
def test_plan_runs_nothing(tmp_path, monkeypatch):
    """Points, time, disk; no folder."""
    monkeypatch.chdir(tmp_path)
    found = sim("plan", CASE, *SMALL, "--workers", "1", "--json")
    told = json.loads(found.stdout)
    assert (told["points"], told["draws"], told["negotiations"], told["failed"]) == (3, 20, 60, "")
    assert told["seconds"] > 0
    assert list(tmp_path.iterdir()) == []
    assert "about" in sim("plan", CASE, *SMALL).stdout


@pytest.mark.slow
def test_show_tells_a_draw_of_a_sweep_as_it_was_played(tmp_path):
    """Every draw that is shown ended as the table says."""
    out = tmp_path / "out"
    over = ["--over", "issues.guarantees.available=none,none..allied forces"]
    sim("sweep", CASE, *SMALL, "--no-spread", *over, "--out", out, "--workers", "0", "--no-figures")
    with (out / "results.csv").open() as stream:
        rows = [row for row in csv.DictReader(stream) if row["replicate"] in {"4", "17"}]
    guarantees = set()
    for row in rows[::3]:
        told = json.loads(sim("show", out, "--draw", row["replicate"], "--point", row["point"], "--json").stdout)
        assert (told["ending"], told["declared"], str(told["held"])) == (row["ending"], row["declared"], row["held"])
        assert told["utility"]["russia"] == pytest.approx(float(row["utility.russia"]), rel=1e-6)
        # Where no deal suits all who must agree, nothing is offered.
        guarantees |= {offer["deal"]["guarantees"] for offer in told["offers"]}
    assert guarantees
    assert guarantees <= {"none", "monitoring", "allied guarantees", "allied forces"}
    text = sim("show", out, "--draw", 4, "--point", 0).stdout
    assert "offers" in text
    assert sim("show", out, "--draw", 4).exit_code == 2
    refused = sim("show", out, "--draw", 5000, "--point", 0)
    assert refused.exit_code == 2
    assert "each point of this sweep has draws 0 to" in refused.stderr


@pytest.mark.slow
def test_points_with_draws_of_their_own_show_only_those(tmp_path):
    """Each point of an independent sweep numbers its draws after those of the one before."""
    out = tmp_path / "out"
    words = ["--over", "first.patience=0.7,0.5,0.6", "--draws", 3, "--independent", "--keep", "draws"]
    sim("sweep", "scenarios/pie", *words, "--no-spread", "--out", out, "--workers", "0", "--no-figures")
    with (out / "results.csv").open() as stream:
        rows = [(row["point"], int(row["replicate"])) for row in csv.DictReader(stream)]
    assert len(set(rows)) == 9
    for point in "012":
        own = [draw for of, draw in rows if of == point]
        for draw in (min(own), max(own)):
            assert sim("show", out, "--draw", draw, "--point", point).exit_code == 0
        refused = sim("show", out, "--draw", max(own) + 1, "--point", point)
        assert f"point {point} has draws {min(own)} to {max(own)}" in refused.stderr


@pytest.mark.slow
def test_reproduce_says_yes_and_no(swept, tmp_path):
    """The same bits: 0. One bit changed: 1."""
    out = shutil.copytree(swept[0], tmp_path / "out")
    assert sim("reproduce", out, "--json").exit_code == 0
    import hashlib
    import io

    import numpy as np

    for file in (out / "chunks").glob("*.npz"):
        with np.load(io.BytesIO(file.read_bytes()[32:])) as stored:  # a SHA-256 comes first
            arrays = dict(stored)
        name = next(name for name in arrays if name.startswith("totals sum "))
        arrays[name] = np.nextafter(arrays[name], np.inf)
        stream = io.BytesIO()
        np.savez(stream, **arrays)
        file.write_bytes(hashlib.sha256(stream.getvalue()).digest() + stream.getvalue())
    found = sim("reproduce", out, "--json")
    assert found.exit_code == 1
    assert json.loads(found.stdout)["same"] is False


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([CASE], "something to vary"),
        ([CASE, "--over", "rusia.patience=0:1:3"], "russia.patience"),
        ([CASE, "--study", "no_such"], "no study"),
        ([CASE, "--over", "russia.patience=0.6:0.9:3", "--design", "gird"], "grid"),
        ([CASE, "--over", "russia.patience=0.6:0.9:3", "--study", "x"], "leave out"),
        ([], "Name a case"),
        (["--resume", "nowhere"], "no folder nowhere"),
    ],
)
def test_bad_input_is_exit_code_2_and_a_message(arguments, said, tmp_path, monkeypatch):
    """Never a traceback."""
    monkeypatch.chdir(tmp_path)
    found = sim("sweep", *arguments)
    assert found.exit_code == 2
    assert said in found.output


@pytest.mark.slow
def test_figures_of_a_study_that_do_not_fit_are_told_in_a_line(tmp_path):
    """The others are drawn; a name that does not exist is refused with its place."""
    case = write_case(tmp_path / "tiny", TINY)
    study = (
        '[studies.a]\ndraws = 2\nfigures = ["regime-map", "sweep-lines"]\naxes = { "two.reservation" = [0.1, 0.5] }\n'
    )
    (case / "studies.toml").write_text(study)
    words = ["sweep", case, "--study", "a", "--no-spread", "--workers", "0"]
    result = sim(*words, "--out", tmp_path / "out", "--json")
    assert result.exit_code == 0
    assert "figures/sweep-lines.png" in json.loads(result.stdout)["figures"]
    (line,) = [line for line in result.stderr.splitlines() if "left out" in line]
    assert '"regime-map"; these fit: ' in line
    (case / "studies.toml").write_text(study.replace("sweep-lines", "sweep-line"))
    result = sim(*words, "--out", tmp_path / "other")
    assert result.exit_code == 2
    assert "studies.toml:3:26: error: there is no figure" in result.stderr
    assert "did you mean sweep-lines?" in result.stderr


@pytest.mark.slow
@pytest.mark.parametrize("design", [[], TWO, THREE, *([*TWO, "--design", name] for name in NO_GRIDS)], ids=" ".join)
def test_every_kind_of_design_can_be_drawn_reported_reproduced_and_resumed(tmp_path, design):
    """From its folder alone; figures come out as they were."""
    case, out = write_case(tmp_path / "tiny", TINY), tmp_path / "out"
    words = ["--over", "two.reservation=0.1:0.5:3", *design, "--draws", "4", "--workers", "0", "--no-spread"]
    words += ["--points", "6"] if design[-1:] == ["sobol"] else []
    one = json.loads(sim("sweep", case, *words, "--out", out, "--json").stdout)
    assert one["figures"]
    again = json.loads(sim("plot", out, "--out", tmp_path / "again", "--json").stdout)
    assert {Path(file).name for file in again["files"]} == {Path(file).name for file in one["figures"]}
    for file in out.glob("figures/*.png"):
        assert file.read_bytes() == (tmp_path / "again" / file.name).read_bytes()
    assert sim("report", out, "--out", tmp_path / "page.html").exit_code == 0
    assert sim("reproduce", out).exit_code == 0
    two = json.loads(sim("sweep", "--resume", out, "--no-figures", "--no-spread", "--json").stdout)
    assert (two["played"], two["digest"]) == (0, one["digest"])
