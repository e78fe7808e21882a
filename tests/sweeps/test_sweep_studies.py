"""Studies are read with located errors, and those that are shipped can be laid out."""

import pytest

from sim.cli.ask_options import AskOptions
from sim.cli.sweep_request import read_sweep
from sim.foundations import InputError
from sim.scenario import find_cases
from sim.sweeps.cost_forecast import forecast
from sim.sweeps.studies import read_studies, read_study
from tests.sweeps.faulty import tiny

NOTHING = {"over": (), "design": None, "points": None, "independent": False, "keep": None}


def shipped():
    """Every study of every case."""
    from pathlib import Path

    return [(case, name) for case in find_cases(Path("scenarios")) for name in read_studies(case)]


def test_the_ceasefire_has_four_studies():
    """The live questions of the article."""
    assert len([name for case, name in shipped() if case.name == "ceasefire"]) >= 4


@pytest.mark.slow
@pytest.mark.parametrize(("case", "name"), shipped(), ids=lambda found: getattr(found, "name", found))
def test_every_shipped_study_can_be_laid_out(case, name):
    """Axes fit the scenario, figures and measures exist, the base case lies on the axes."""
    from sim.plots import PLOTS

    asked = read_sweep(str(case), study=name, given=AskOptions(), **NOTHING)
    study = read_study(case, name)
    assert len(asked.points) >= 8
    assert all(figure in PLOTS for figure in study.figures or ())
    assert all(axis.base is not None for axis in asked.points.axes)
    assert asked.title.endswith("?")


def write(folder, text):
    """A file of studies."""
    (folder / "studies.toml").write_text(text)
    return folder


@pytest.mark.parametrize(
    ("text", "said", "line"),
    [
        ('[studies.a]\ndesign = "gird"\naxes = { "x" = [1] }\n', "did you mean grid", 2),
        ('[studies.a]\nmeasures = ["endings"]\naxes = { "x" = [1] }\n', "did you mean ending", 2),
        ("[studies.a]\ndraws = 0\naxes = { x = [1] }\n", "draws", 2),
        ("[studies.a]\ndrws = 5\naxes = { x = [1] }\n", "drws", 2),
    ],
)
def test_mistakes_in_studies_have_a_place(tmp_path, text, said, line):
    """File, line, and the nearest right name."""
    with pytest.raises(InputError) as caught:
        read_studies(write(tmp_path, text))
    problem = caught.value.problems[0]
    assert said in f"{problem.message} {problem.nearest} {problem.path}"
    assert (problem.line, problem.file is not None) == (line, True)


def test_an_unknown_figure_is_placed_in_the_file(tmp_path):
    """All of them at once, each with line, column and the nearest right name; without names nothing is asked."""
    text = '[studies.a]\nfigures = ["regime-map", "regime-mop"]\naxes = { x = [1] }\n'
    text += '[studies.b]\nfigures = ["sweep-trend"]\naxes = { x = [1] }\n'
    with pytest.raises(InputError) as caught:
        read_studies(write(tmp_path, text), lambda: ("regime-map", "sweep-trends"))
    found = [(problem.line, problem.column, problem.nearest) for problem in caught.value.problems]
    assert found == [(2, 26, "regime-map"), (5, 12, "sweep-trends")]
    assert set(read_studies(tmp_path)) == {"a", "b"}
    with pytest.raises(InputError, match="regime-mop"):
        read_study(tmp_path, "b", lambda: ("regime-map", "sweep-trends"))


def test_an_axis_that_does_not_fit_is_placed_in_the_file(tmp_path):
    """A path that the scenario does not have."""
    from sim.sweeps.studies import axes_of

    write(tmp_path, '[studies.a.axes]\n"p.patience" = [0.5, 0.6]\n"p.patiense" = { low = 0, high = 1 }\n')
    with pytest.raises(InputError, match=r"p\.patience") as caught:
        axes_of(read_study(tmp_path, "a"), "a", tmp_path, tiny().scenario, lambda name: tiny().scenario)
    assert caught.value.problems[0].line == 3


def test_an_unknown_study_is_answered_with_the_nearest(tmp_path):
    """And a case without studies says so."""
    with pytest.raises(InputError, match="no study"):
        read_study(tmp_path, "x")


def test_a_forecast_counts_and_times():
    """Points, duplicates and negotiations are exact; time is positive."""
    found = forecast(tiny(over=("talks.rounds=3,6",), design="random", points=10, draws=20), 1)
    assert (found.points, found.duplicates, found.draws, found.negotiations) == (10, 8, 20, 40)
    assert found.seconds > 0
    assert found.failed == ""
