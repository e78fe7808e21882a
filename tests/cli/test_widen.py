"""`--widen`: how it travels through commands, folders and what is said of them."""

import json

import numpy as np
import pytest
from click.testing import CliRunner

import sim
from sim.cli.ask_options import AskOptions
from sim.cli.main import main
from sim.cli.sweep_request import read_sweep
from sim.ensemble.ask import ask
from sim.plots import PLOTS
from sim.scenario import widened
from sim.store import load_manifest
from tests.scenario.small_case import write_case

OVER = 'extends = "../scenario.toml"\ntitle = "Over"\n[actors.north]\n'
OVER += 'war_cost = { value = 0.2, low = 0.1, high = 0.3, assumed = "x" }\n'
STUDIES = '[studies.wide]\ntitle = "?"\ndraws = 4\nwiden = 1.5\naxes = { "talks.rounds" = [6, 12] }\n'


def call(*words):
    """Call the program in this process."""
    return CliRunner().invoke(main, [str(word) for word in words])


@pytest.fixture(scope="module")
def case(tmp_path_factory):
    """The small case with an overlay that has a range of its own, and a study."""
    folder = write_case(tmp_path_factory.mktemp("cases") / "small", over=OVER)
    (folder / "studies.toml").write_text(STUDIES)
    return folder


@pytest.fixture(scope="module")
def ran(case, tmp_path_factory):
    """Folders of a widened run and of one as stated, and what the first said."""
    folder = tmp_path_factory.mktemp("runs")
    words = ["run", case, "--draws", 12, "--no-figures", "--no-flips"]
    said = call(*words, "--out", folder / "wide", "--widen")
    assert said.exit_code == 0, said.output
    assert call(*words, "--out", folder / "plain").exit_code == 0
    return folder / "wide", folder / "plain", said.output


@pytest.mark.slow
def test_it_is_on_record_and_said(ran):
    """Manifest, arrays, answer and terminal; the same run as stated says nothing."""
    wide, plain, said = ran
    assert load_manifest(wide).widen == 1.29
    assert sim.load_results(wide).attrs["widened"] == 1.29
    assert json.loads((wide / "answer.json").read_text())["widened"] == 1.29
    assert "half-widths × 1.29" in said
    assert load_manifest(plain).widen == 1
    assert "widened" not in sim.load_results(plain).attrs
    assert json.loads((plain / "answer.json").read_text())["widened"] is None


@pytest.mark.slow
def test_numbers_are_drawn_from_the_wider_ranges(ran):
    """At the same quantile, so every deviation from the value is 1.29 times as far, where nothing is cut."""
    wide, plain = (sim.load_results(folder)["number"].sel(path="north.power_shift").values for folder in ran[:2])
    np.testing.assert_allclose(wide, 1.29 * plain)


@pytest.mark.slow
def test_it_comes_out_again_bit_for_bit(ran):
    """`sim reproduce` and `sim show` play the copies of the inputs with the wider ranges."""
    wide = ran[0]
    assert call("reproduce", wide).exit_code == 0
    told = json.loads(call("show", wide, "--draw", 7, "--json").output)
    stored = sim.load_results(wide).sel(draw=7)
    assert list(told["world"].values()) == stored["number"].values.tolist()
    assert list(told["utility"].values()) == stored["utility"].values.tolist()


@pytest.mark.slow
def test_two_runs_are_told_apart(ran):
    """One line says which is widened, and not one for every range."""
    wide, plain, _ = ran
    said = call("compare", wide, plain).output
    assert "seed '0', ranges widened × 1.29" in said
    assert "ranges: × 1.29 → as stated" in said
    assert "north.patience" not in said


@pytest.mark.slow
def test_the_last_run_is_compared_in_one_line(ran, case, tmp_path, monkeypatch):
    """What changed since names the widening, and numbers that were set besides."""
    monkeypatch.chdir(tmp_path)
    words = ["run", case, "--draws", 12, "--no-figures", "--no-flips", "--out"]
    assert call(*words, tmp_path / "a" / "one").exit_code == 0
    found = call(*words, tmp_path / "a" / "two", "--widen", 2, "--set", "north.power=0.4", "--json")
    since = json.loads(found.output)["since_last_run"]
    assert since["settings"]["ranges"] == ["as stated", "× 2"]
    assert list(since["numbers"]) == ["north.power"]


def test_overlays_and_base_are_widened_alike(case):
    """What is laid over, and the world in which things were observed."""
    one, other = ask(case, overlay="over", widen=2.0), ask(case, overlays="all", widen=2.0)
    assert one.base is not None
    ends = [
        (quantity.low, quantity.high)
        for scenario in (one.scenario, one.base, other.overlays["over"])
        for quantity in (scenario.numbers["north.war_cost"].quantity,)
    ]
    assert ends == [pytest.approx(pair) for pair in [(0.0, 0.4), (0.0, 0.3), (0.0, 0.4)]]


@pytest.mark.parametrize(
    ("words", "said"),
    [(["--widen", "CASE"], "write it last"), (["CASE", "--widen", "0.5"], "a factor from 1 up, not '0.5'")],
)
def test_what_is_no_factor_is_told(case, words, said):
    """A case swallowed by the bare flag, and factors that would narrow."""
    found = call("run", *(case if word == "CASE" else word for word in words))
    assert found.exit_code == 2
    assert said in found.output


def sweep(case, out, *more):
    """A sweep of few points in this process."""
    words = ["sweep", case, "--over", "talks.rounds=6,12", "--draws", 4, "--workers", 0, "--no-figures", "--no-spread"]
    return call(*words, "--out", out, *more)


@pytest.mark.slow
def test_a_sweep_keeps_its_widening_when_it_is_resumed(case, tmp_path):
    """Another factor is refused by its name, by --resume and by the same command; the same one goes on."""
    out = tmp_path / "out"
    assert json.loads(sweep(case, out, "--widen", 1.5, "--json").output)["widened"] == 1.5
    assert call("reproduce", out).exit_code == 0
    for refused in (call("sweep", "--resume", out, "--widen", 1.2), sweep(case, out)):
        assert refused.exit_code == 2
        assert "widen: ranges were × 1.5, are" in refused.output
        assert "north.patience" not in refused.output
    digest = load_manifest(out).digest
    for again in ([], ["--widen", "1.5"]):
        found = json.loads(call("sweep", "--resume", out, *again, "--no-figures", "--no-spread", "--json").stdout)
        assert (found["digest"], found["played"]) == (digest, 0)
    assert sim.load_results(out).attrs["widened"] == 1.5


def test_a_study_may_ask_for_it(case):
    """studies.toml widens; the command line has the last word."""
    nothing = {"over": (), "design": None, "points": None, "independent": False, "keep": None}
    assert read_sweep(str(case), study="wide", given=AskOptions(), **nothing).widen == 1.5
    plain = read_sweep(str(case), study="wide", given=AskOptions(widen=1.0), **nothing)
    assert plain.widen == 1
    assert plain.scenario.numbers["north.patience"].quantity.low == 0.6


def test_python_does_the_same(case):
    """`run` and `sweep` widen as the command line does."""
    scenario = sim.read_scenario(case)
    found = sim.run(scenario, 6, widen=1.29)
    expected = sim.run(widened(scenario, 1.29), 6)
    np.testing.assert_array_equal(found["utility"].values, expected["utility"].values)
    assert found.attrs["widened"] == 1.29
    assert "widened" not in expected.attrs
    swept = sim.sweep(scenario, {"talks.rounds": [6, 12]}, draws=4, widen=2.0)
    assert swept.attrs["widened"] == 2


@pytest.mark.slow
def test_every_figure_says_so(ran):
    """Above its title; figures of ranges as stated say nothing."""
    texts = []
    for folder in ran[:2]:
        page = PLOTS["endings"].draw(sim.load_results(folder))
        texts.append(next(text.get_text() for text in page.texts if text.get_gid() == "kicker"))
    assert texts == ["small · ranges widened × 1.29", "small"]
