"""`sim sweep`, `plan`, `show` and `reproduce` as people use them, and as their computers treat them."""

import csv
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner

from sim import load_results
from sim.cli.main import main
from tests.cli.test_bridge import TINY
from tests.scenario.small_case import write_case

CASE = str(Path("scenarios/ceasefire").resolve())
SMALL = ["--over", "russia.patience=0.6:0.9:3", "--draws", "20"]
LONG = [
    CASE,
    "--over",
    "russia.patience=0.6:0.97:50",
    "--draws",
    "100",
    "--chunk",
    "100",
    "--no-figures",
    "--no-spread",
]


TWO = ["--over", "one.reservation=0.4:0.7:3"]
THREE = [*TWO, "--over", "talks.rounds=2,3"]
NO_GRIDS = ("lhs", "sobol", "random", "one-at-a-time")


def sim(*arguments):
    """Call the command in this process."""
    return CliRunner().invoke(main, [str(argument) for argument in arguments], catch_exceptions=False)


def begun(folder, *more, chunks=3):
    """Start a long sweep in a process of its own and wait until some chunks are there."""
    command = [sys.executable, "-m", "sim", "sweep", *LONG, "--out", str(folder), "--workers", "2", *more]
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    )
    deadline = time.monotonic() + 60
    while len(list((folder / "chunks").glob("*.npz"))) < chunks:
        assert process.poll() is None, process.communicate()
        assert time.monotonic() < deadline
        time.sleep(0.02)
    return process


def workers_of(pid):
    """Processes that play for a process: children of the server of processes."""
    parents = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        parents[int(stat.parent.name)] = int(fields[1])
    children = [child for child, parent in parents.items() if parent == pid]
    return [child for child, parent in parents.items() if parent in children]


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """Digest of the long sweep when nothing happens to it."""
    folder = tmp_path_factory.mktemp("whole") / "out"
    return json.loads(sim("sweep", *LONG, "--out", folder, "--workers", "0", "--json").stdout)["digest"]


def test_a_sweep_writes_labelled_results_and_says_so(tmp_path):
    """JSON for machines; arrays by name; parameters, seed and replicate in every row."""
    found = sim("sweep", CASE, *SMALL, "--no-spread", "--out", tmp_path / "out", "--workers", "0", "--json")
    assert found.exit_code == 0
    told = json.loads(found.stdout)
    assert {"results", "points", "draws", "failed", "elapsed_s", "digest"} <= told.keys()
    assert (told["points"], told["draws"], told["failed"], told["finished"]) == (3, 20, 0, True)
    results = load_results(told["results"])
    share = results["ending_share"].sel({"russia.patience": 0.75, "group": "all", "ending": "war"})
    assert 0 <= float(share) <= 1
    with (tmp_path / "out" / "results.csv").open() as stream:
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
def test_the_same_command_again_finds_everything_done(tmp_path):
    """A finished folder is not played again; the answer is the same."""
    one = json.loads(
        sim("sweep", CASE, *SMALL, "--no-spread", "--out", tmp_path / "out", "--workers", "0", "--json").stdout
    )
    two = json.loads(
        sim("sweep", CASE, *SMALL, "--no-spread", "--out", tmp_path / "out", "--workers", "0", "--json").stdout
    )
    assert (two["played"], two["digest"]) == (0, one["digest"])


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
    for row in rows[::3]:
        told = json.loads(sim("show", out, "--draw", row["replicate"], "--point", row["point"], "--json").stdout)
        assert (told["ending"], told["declared"], str(told["held"])) == (row["ending"], row["declared"], row["held"])
        assert told["utility"]["russia"] == pytest.approx(float(row["utility.russia"]), rel=1e-6)
        assert told["offers"][0]["deal"]["guarantees"] in {"none", "monitoring", "allied guarantees", "allied forces"}
    text = sim("show", out, "--draw", 4, "--point", 0).stdout
    assert "offers" in text
    assert sim("show", out, "--draw", 4).exit_code == 2
    refused = sim("show", out, "--draw", 5000, "--point", 0)
    assert refused.exit_code == 2
    assert "each point of this sweep has draws 0 to" in refused.stderr


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


def test_reproduce_says_yes_and_no(tmp_path):
    """The same bits: 0. One bit changed: 1."""
    out = tmp_path / "out"
    sim("sweep", CASE, *SMALL, "--no-spread", "--out", out, "--workers", "0", "--no-figures")
    assert sim("reproduce", out, "--json").exit_code == 0
    import io

    import numpy as np

    for file in (out / "chunks").glob("*.npz"):
        with np.load(io.BytesIO(file.read_bytes())) as stored:
            arrays = dict(stored)
        arrays["totals sums"] = np.nextafter(arrays["totals sums"], np.inf)
        np.savez(file, **arrays)
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
def test_ctrl_c_stops_cleanly_and_resume_gives_the_same_bits(tmp_path, whole):
    """First Ctrl-C: exit code 130, nothing half-written, the command that goes on."""
    out = tmp_path / "out"
    process = begun(out)
    process.send_signal(signal.SIGINT)
    _, told = process.communicate(timeout=60)
    assert process.returncode == 130
    assert f"sim sweep --resume {out}" in told
    assert "stopping when the running chunks are done" in told
    assert (out / "failures.csv").is_file()  # written last, where nothing was cut short
    assert json.loads((out / "status.json").read_text())["state"] == "interrupted"
    assert not list(out.rglob("*.partial"))
    done = json.loads(sim("sweep", "--resume", out, "--no-spread", "--workers", "0", "--no-figures", "--json").stdout)
    assert done["digest"] == whole
    assert 0 < done["played"] < done["negotiations"]


@pytest.mark.slow
def test_sigkill_of_everything_loses_at_most_the_chunks_in_flight(tmp_path, whole):
    """SIGKILL of the program and its workers; the same command again ends in the same bits."""
    out = tmp_path / "out"
    process = begun(out)
    os.killpg(process.pid, signal.SIGKILL)
    process.communicate()
    there = len(list((out / "chunks").glob("*.npz")))
    again = [sys.executable, "-m", "sim", "sweep", *LONG, "--out", str(out), "--workers", "2", "--json"]
    found = subprocess.run(again, capture_output=True, text=True, check=True)
    done = json.loads(found.stdout)
    assert done["digest"] == whole
    assert done["negotiations"] - done["played"] >= 100 * there


@pytest.mark.slow
def test_sigkill_of_a_worker_costs_nothing(tmp_path, whole):
    """The chunk it played is played again."""
    out = tmp_path / "out"
    process = begun(out, "--json")
    os.kill(workers_of(process.pid)[-1], signal.SIGKILL)
    told, _ = process.communicate(timeout=120)
    done = json.loads(told)
    assert (process.returncode, done["failed"], done["digest"]) == (0, 0, whole)


@pytest.mark.slow
def test_workers_go_when_the_program_is_killed(tmp_path):
    """Nobody is left behind."""
    process = begun(tmp_path / "out")
    workers = workers_of(process.pid)
    assert workers
    process.kill()
    process.communicate()
    deadline = time.monotonic() + 20
    while any(Path(f"/proc/{pid}").exists() for pid in workers):
        assert time.monotonic() < deadline
        time.sleep(0.1)


@pytest.mark.slow
def test_a_changed_case_is_refused_by_resume_and_named(tmp_path):
    """A number edited between the two runs is named with what it was."""
    import shutil

    case = tmp_path / "scenarios" / "ceasefire"
    shutil.copytree(CASE, case)
    shutil.copytree(Path(CASE).parents[1] / "seeds", tmp_path / "seeds")
    out = tmp_path / "out"
    sim("sweep", case, *SMALL, "--no-spread", "--out", out, "--workers", "0", "--no-figures")
    file = case / "scenario.toml"
    text = file.read_text().replace("power = { value = 1, low = 0.5", "power = { value = 1, low = 0.4")
    file.write_text(text)
    found = sim("sweep", case, "--resume", out)
    assert found.exit_code == 2
    assert "russia.power: was 1 (0.5 to 1.5), is 1 (0.4 to 1.5)" in found.output.replace("\n", " ")


@pytest.mark.slow
def test_resume_of_a_case_that_is_gone_says_that_it_goes_on_with_the_copies(tmp_path):
    """Where it cannot be seen whether the case changed, that is said; where it did change, only what did is named."""
    case, out = write_case(tmp_path / "tiny", TINY), tmp_path / "out"
    plain = ["--no-figures", "--no-spread", "--workers", "0"]
    first = sim("sweep", case, "--over", "one.patience=0.5:0.9:3", "--draws", "10", *plain, "--out", out, "--json")
    gone = sim("sweep", "--resume", out, *plain)
    assert gone.exit_code == 0
    assert f"going on with the inputs kept in {out}" in gone.stderr
    assert "going on with" not in sim("sweep", case, "--resume", out, *plain).stderr
    changed = write_case(tmp_path / "tiny", TINY.replace("patience = { value = 0.9 }", "patience = { value = 0.8 }", 1))
    refused = sim("sweep", changed, "--resume", out, *plain)
    told = " ".join(refused.output.split())
    assert refused.exit_code == 2
    assert "one.patience: was 0.9, is 0.8" in told
    assert "axis" not in told
    kept = next((out / "inputs").rglob("scenario.toml"))
    assert f"sim sweep {kept} --resume {out}" in told
    again = sim("sweep", kept, "--resume", out, *plain, "--json")
    assert json.loads(again.stdout)["digest"] == json.loads(first.stdout)["digest"]


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")
def test_a_cluster_gives_the_same_bits(tmp_path):
    """A real scheduler and two real workers on loopback."""
    pytest.importorskip("distributed")
    file = tmp_path / "scheduler.json"
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    here = [sys.executable, "-m"]
    started = [
        subprocess.Popen(
            [
                *here,
                "distributed.cli.dask_scheduler",
                "--host",
                "127.0.0.1",
                "--port",
                "0",
                "--no-dashboard",
                "--scheduler-file",
                str(file),
            ],
            **quiet,
        )
    ]
    try:
        deadline = time.monotonic() + 60
        while not file.exists() or not file.read_text().strip().endswith("}"):
            assert time.monotonic() < deadline
            time.sleep(0.1)
        address = json.loads(file.read_text())["address"]
        started += [
            subprocess.Popen(
                [
                    *here,
                    "distributed.cli.dask_worker",
                    address,
                    "--nworkers",
                    "1",
                    "--nthreads",
                    "1",
                    "--no-dashboard",
                    "--local-directory",
                    str(tmp_path),
                ],
                **quiet,
            )
            for _ in range(2)
        ]
        one = json.loads(
            sim("sweep", CASE, *SMALL, "--no-spread", "--out", tmp_path / "a", "--workers", "0", "--json").stdout
        )
        time.sleep(5)
        command = [
            *here,
            "sim",
            "sweep",
            CASE,
            *SMALL,
            "--no-spread",
            "--out",
            str(tmp_path / "b"),
            "--cluster",
            address,
            "--json",
        ]
        found = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
        assert found.returncode == 0, found.stderr
        assert json.loads(found.stdout)["digest"] == one["digest"]
    finally:
        for process in reversed(started):
            process.terminate()
            process.wait(30)


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
def test_every_design_can_be_drawn_reported_reproduced_and_resumed(tmp_path, design):
    """From its folder alone; figures come out as they were."""
    case, out = write_case(tmp_path / "tiny", TINY), tmp_path / "out"
    words = ["--over", "two.reservation=0.1:0.5:3", *design, "--draws", "4", "--workers", "0", "--no-spread"]
    words += ["--points", "6"] if design[-1:] in (["lhs"], ["sobol"], ["random"]) else []
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
