"""Small stored runs that figures are drawn from: with observations and truces, without, with three parties."""

from pathlib import Path

import pytest
import xarray as xr

from sim.discovery.discover import discover
from sim.discovery.searched_points import points_of
from sim.plots import PLOTS
from sim.report.analysis_keep import with_words
from sim.robustness import null_coding, posterior, split_spread
from sim.runs import run
from sim.runs.explained_share import add_importance
from sim.runs.forecast_arrays import add_forecasts
from sim.runs.packages import add_packages
from sim.sensitivity import flip_distances, given_data, tornado
from sim.store.arrays_file import read_arrays, write_arrays
from sim.sweeps import sweep_in_memory
from tests.played_cases import DRAWS, played_case
from tests.sensitivity.toy import toy
from tests.shipped import shipped
from tests.sweeps.faulty import tiny


def stored(results: xr.Dataset, folder: Path) -> xr.Dataset:
    """The results as they come back from disk, where a list of one has become a bare word."""
    write_arrays(folder / "results.nc", results)
    return read_arrays(folder / "results.nc")


def played(name: str, draws: int) -> xr.Dataset:
    """A case of the project, played with all that figures are drawn from."""
    scenario, results = played_case(name, draws)
    add_importance(results)
    add_packages(results, scenario)
    add_forecasts(results, scenario)
    return results


@pytest.fixture(scope="session")
def ceasefire(tmp_path_factory) -> xr.Dataset:
    """Two parties among four actors, observations, truces, red lines; kept and read back."""
    return stored(played("ceasefire", DRAWS), tmp_path_factory.mktemp("ceasefire"))


@pytest.fixture(scope="session")
def labour() -> xr.Dataset:
    """No truce, no observation; everybody agrees."""
    return played("labour", 20)


@pytest.fixture(scope="session")
def budget() -> xr.Dataset:
    """Three parties, one issue."""
    return played("budget", 20)


@pytest.fixture(scope="session")
def river() -> xr.Dataset:
    """Three parties on four ordered issues, some with named levels: forecasts and turns."""
    return played("river_dam", 20)


@pytest.fixture(scope="session")
def one_draw(tmp_path_factory) -> xr.Dataset:
    """One draw, which is not consistent with the observations."""
    results = run(shipped("ceasefire"), 1)
    results["consistent"] = results["consistent"] * 0
    return stored(results, tmp_path_factory.mktemp("one"))


@pytest.fixture(scope="session")
def nobody_agrees(ceasefire) -> xr.Dataset:
    """No deal is ever signed and no draw is consistent; all four actors are parties."""
    found = ceasefire.copy(deep=True)
    found["deal"] = found["deal"] * 0 - 1
    found["declared"] = found["declared"] * 0 + 3
    found["ending"] = found["ending"] * 0 + 3
    found["consistent"] = found["consistent"] * 0
    found["story_agreed"] = found["story_agreed"] * 0 - 1
    for name in ("truce_signed", "truce_accepted", "states"):
        found[name].loc[{"group": "consistent"}] = 0
    found.attrs = ceasefire.attrs | {"parties": [str(name) for name in ceasefire["actor"].values]}
    return found


@pytest.fixture(scope="session")
def drawn():
    """Draws a figure of some results once in a session, since many tests only look at it."""
    known = {}

    def draw(name, results):
        key = (name, id(results))
        if key not in known:
            known[key] = results, PLOTS[name].draw(results)  # an id is taken as long as its results are kept
        return known[key][1]

    return draw


@pytest.fixture(scope="session")
def sweeps() -> list[xr.Dataset]:
    """A sweep along one axis, one over a grid, one over scattered points."""
    return [
        sweep_in_memory(tiny(draws=20)),
        sweep_in_memory(tiny(over=("p.patience=0.5:0.9:4", "q.war_cost=0.05:0.5:3"), draws=30)),
        sweep_in_memory(tiny(over=("p.patience=0.5:0.9", "q.war_cost=0.05:0.5"), design="lhs", points=9, draws=10)),
    ]


@pytest.fixture(scope="session")
def of_every_kind(ceasefire, sweeps) -> list[xr.Dataset]:
    """Results of every kind: runs, analyses, sweeps; at least one fits nearly every figure."""
    points = points_of(ceasefire)
    y = (points.columns["ending"].values == 3).astype(float)[:, None]
    analyses = [
        given_data("delta", points.inputs, y, points.names, ["ending == stalemate"]),
        tornado(toy(), 30, of=["ending == war"]),
        flip_distances(toy(), 20),
        posterior(ceasefire),
        split_spread(toy(), 10, 2, readings=3),
        null_coding(toy(), 30),
        discover(points, "russia.patience > 0.75", None, most=1, permutations=19),
    ]
    runs = [played(name, 20) for name in ("coalition", "emission_standards")]
    return [ceasefire, *runs, *(with_words(one, None) for one in analyses), *sweeps]


@pytest.fixture(params=["ceasefire", "labour", "budget", "one_draw", "nobody_agrees"])
def results(request) -> xr.Dataset:
    """Each of the stored runs in turn."""
    return request.getfixturevalue(request.param)
