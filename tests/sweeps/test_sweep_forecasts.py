"""Forecasts as columns of sweeps: asked for, by dotted name, on the very worlds that are played."""

import numpy as np
import pytest

from sim import read_case, sweep_case
from sim.ensemble.forecasts_beside import forecast_names
from sim.ensemble.workers import make_workers
from sim.foundations import InputError
from sim.runs import run
from sim.runs.forecast_arrays import add_forecasts
from sim.scenario import change
from sim.sweeps.asking import ask_sweep
from sim.sweeps.home import open_home
from sim.sweeps.playing import play_sweep
from sim.sweeps.sweep_again import ask_sweep_again
from sim.sweeps.sweep_ask import differences
from sim.sweeps.tables import point_table
from tests.shipped import shipped

pytestmark = pytest.mark.slow  # whole pages of whole runs

WHERE = {"uk.salience.delay": [30.0, 90.0]}
MEDIAN = "condorcet-median.delay"


def asked(**more):
    """The case of ten states at two saliences of one of them."""
    return ask_sweep(
        lambda overlay: read_case("scenarios/emission_standards", overlay=overlay), over=WHERE, draws=12, **more
    )


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    """A small sweep with forecasts, in a folder, and what was asked."""
    wanted = asked(forecasts=True)
    home = open_home(wanted, out=tmp_path_factory.mktemp("forecasts") / "sweep", workers=0)
    return wanted, home, play_sweep(wanted, home, make_workers(0)).results


@pytest.mark.slow
def test_means_are_those_of_runs_at_each_point(kept):
    """What a sweep keeps is the mean of what a run says, with its error."""
    _, _, found = kept
    scenario = shipped("emission_standards")
    for value in WHERE["uk.salience.delay"]:
        results = run(change(scenario, {"actors.uk.salience.delay": value}), 12)
        add_forecasts(results, scenario)
        own = results["forecast"].sel(forecast_name=MEDIAN).values
        one = found["forecast_mean"].sel({"uk.salience.delay": value, "group": "all", "forecast_name": MEDIAN})
        assert float(one) == pytest.approx(own.mean())


def test_they_are_columns_of_the_table_and_survive_a_restart(kept):
    """Dotted names in points.csv; asked again from its folder a sweep is the same request."""
    wanted, home, found = kept
    heads = point_table(wanted, found).splitlines()[0].split(",")
    assert f"forecast.{MEDIAN}.mean" in heads
    assert f"forecast.{MEDIAN}.error" in heads
    again = ask_sweep_again(home.folder)
    assert again.forecasts
    assert again.fingerprint == wanted.fingerprint


@pytest.mark.slow
def test_nobody_pays_who_does_not_ask(kept):
    """Without being asked a sweep has none, keeps its fingerprint, and says what differs from one that has."""
    wanted, _, _ = kept
    plain = asked()
    assert "forecasts" not in plain.describe()
    assert "forecast" not in plain.job().read
    assert plain.fingerprint != wanted.fingerprint
    told = differences(wanted.describe(), {}, plain)
    assert "forecasts: were asked for" in told


def test_a_case_without_ordered_issues_says_so():
    """There is nothing to ask models about."""
    with pytest.raises(InputError, match="ordered issues"):
        sweep_case(read_case("scenarios/budget"), over={"north.patience": [0.7, 0.9]}, draws=2, forecasts=True)


def test_points_that_change_where_anybody_stands_keep_their_names():
    """Columns are put in the place of their names; a name that is not there any more is nan."""
    from sim.ensemble.cells import _as_named

    names = forecast_names(shipped("emission_standards"))
    values = np.arange(2.0 * len(names)).reshape(2, -1)
    swapped = _as_named(values, names, (*names[::-1], "mean.other"))
    assert np.array_equal(swapped[:, :-1], values[:, ::-1])
    assert np.isnan(swapped[:, -1]).all()
