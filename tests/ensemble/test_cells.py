"""Cells of a sweep: which world each row is, and what comes of cells put together."""

import numpy as np
import pytest

from sim.ensemble.ask import require_draws
from sim.ensemble.cells import Cells, Job
from sim.ensemble.structure import Structure
from sim.ensemble.totals import mean
from sim.ensemble.under_settings import UnderSettings
from sim.ensemble.workers import Cluster
from sim.foundations import InputError
from sim.scenario import read_scenario


def job(*, common):
    """A sweep of 10 draws over the patience of one side."""
    scenario = read_scenario("scenarios/pie")
    return Job(scenario, {}, scenario, (Structure(None, ()),), ("first.patience",), 10, common=common)


#: The second point's draws 6 to 8, and the fifth point's draws 0 and 1.
TWO = Cells(np.array([1, 4]), np.array([6, 0]), np.array([3, 2]), np.array([0, 0]), np.array([[0.7], [0.9]]))


def test_points_share_their_worlds_or_have_their_own():
    """Row by row the draws of each cell; with worlds of their own, point p begins at p times the draws."""
    rows = job(common=True).rows(TWO)
    assert rows.world.tolist() == [6, 7, 8, 0, 1]
    assert rows.fixed["first.patience"].tolist() == [0.7, 0.7, 0.7, 0.9, 0.9]
    assert job(common=False).rows(TWO).world.tolist() == [16, 17, 18, 40, 41]


def test_one_draw_is_enough_and_none_is_not():
    """A whole number from 1 up; a mean of one draw has no error."""
    assert require_draws(1) == 1
    for wrong in (0, -1, True, 2.0):
        with pytest.raises(InputError, match="whole number from 1 up"):
            require_draws(wrong)
    centre, error = mean(np.array([4.0, 4.0]), np.array([16.0, 10.0]), np.array([1, 2]))
    assert centre.tolist() == [4.0, 2.0]
    assert np.isnan(error[0])
    assert error[1] == pytest.approx(1.0)


def test_changes_are_told_against_any_setting():
    """Against the second of three settings it stands at 0, and each change is that of the shares."""
    rng = np.random.default_rng(5)
    outcomes, consistent = rng.random((3, 40, 2)) < 0.4, rng.random((3, 40)) < 0.7
    found = UnderSettings(outcomes.astype(float), consistent)
    mean_of, _ = found.shares()
    for base in range(3):
        change, error = found.differences(base)
        assert not change[:, base].any()
        assert not error[:, base].any()
        np.testing.assert_allclose(change, mean_of - mean_of[:, base : base + 1], atol=1e-12)


def test_only_a_scheduler_that_is_gone_is_lost():
    """A worker that died and an exception of the model are something else."""

    class CommClosedError(OSError):
        """As dask names it."""

    class KilledWorker(Exception):  # noqa: N818 - as dask names it
        """As dask names it."""

    cluster = object.__new__(Cluster)
    assert cluster.means_lost(CommClosedError())
    assert not cluster.means_lost(KilledWorker())
    assert not cluster.means_lost(ValueError())
    assert cluster.means_killed(KilledWorker())
    assert not cluster.means_killed(CommClosedError())
