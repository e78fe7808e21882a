"""Cells of a sweep: which world each row is, and what comes of cells put together."""

import numpy as np
import pytest

from sim.ensemble import Rows
from sim.ensemble.ask import require_draws
from sim.ensemble.cells import CellFailure, Cells, Job, PlayedCells, play_cells, together
from sim.ensemble.play_design import play_block
from sim.ensemble.structure import Structure
from sim.ensemble.totals import mean
from sim.ensemble.under_settings import UnderSettings
from sim.ensemble.workers import Cluster
from sim.foundations import InputError
from sim.table import DealSpace
from tests.shipped import shipped


def job(*, common):
    """A sweep of 10 draws over the patience of one side."""
    scenario = shipped("pie")
    return Job(scenario, {}, scenario, (Structure(None, ()),), ("first.patience",), 10, common=common)


#: The second point's draws 6 to 8, and the fifth point's draws 0 and 1.
TWO = Cells(np.array([1, 4]), np.array([6, 0]), np.array([3, 2]), np.array([0, 0]), np.array([[0.7], [0.9]]))


def test_points_share_their_worlds_or_have_their_own():
    """Row by row the draws of each cell; with worlds of their own, point p begins at p times the draws."""
    rows = job(common=True).rows(TWO)
    assert rows.world.tolist() == [6, 7, 8, 0, 1]
    assert rows.fixed["first.patience"].tolist() == [0.7, 0.7, 0.7, 0.9, 0.9]
    assert job(common=False).rows(TWO).world.tolist() == [16, 17, 18, 40, 41]


def test_a_cell_may_stand_alone():
    """It fixes its own number, and only where it has one."""
    alone = job(common=True).rows(TWO.select(np.array([1])))
    assert (alone.world.tolist(), alone.fixed["first.patience"].tolist()) == ([0, 1], [0.9, 0.9])
    free = Cells(np.array([0]), np.array([0]), np.array([2]), np.array([0]), np.array([[np.nan]]))
    assert not job(common=True).rows(free).fixed


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


def test_cells_that_were_played_apart_are_put_together_in_their_order():
    """Cells 1 and 3 in one part, 0 in another, 2 failed: sums stand at their cell, draws behind one another."""

    def part(draws, sums):
        found = {"draws": np.array([[n, n] for n in draws]), "sum x": np.array(sums, float)}
        return PlayedCells(found, {"x": np.repeat(np.array(sums, float), draws)})

    failed = PlayedCells({}, {}, (CellFailure(0, "failed", "no"),))
    parts = [(np.array([1, 3]), part([2, 1], [5, 7])), (np.array([2]), failed), (np.array([0]), part([1], [4]))]
    found = together(parts, 4)
    assert found.totals["draws"].tolist() == [[1, 1], [2, 2], [0, 0], [1, 1]]
    assert found.totals["sum x"].tolist() == [4, 5, 0, 7]
    assert found.single["x"].tolist() == [4, 5, 5, 7]
    assert [failure.cell for failure in found.failures] == [2]


def test_waiting_costs_what_patience_leaves_of_the_gain():
    """A deal signed after n rounds is worth gamma^n of its gain, so waiting cost 1 - gamma^n of it."""
    scenario = shipped("budget")
    played = play_block(DealSpace.of(scenario), Rows(np.arange(60)))
    rounds, gamma = played.outcome.round[:, None], played.worlds.gamma
    signed = played.outcome.deal >= 0
    assert set(rounds[signed, 0]) >= {2, 3, 4}
    expected = (1 - gamma**rounds) * played.signed_gains
    np.testing.assert_allclose(played.cost_of_waiting[signed], expected[signed], atol=1e-12)
    assert np.isnan(played.cost_of_waiting[~signed]).all()


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


def test_errors_of_changes_are_those_of_paired_draws():
    """Over all worlds that of a mean of differences; among those that fit, the jackknife's of a change of shares."""
    rng = np.random.default_rng(6)
    outcomes, consistent = (rng.random((2, 300, 1)) < 0.4).astype(float), rng.random((2, 300)) < 0.7
    _, error = UnderSettings(outcomes, consistent).differences()
    apart = outcomes[1, :, 0] - outcomes[0, :, 0]
    assert error[0, 1, 0] == pytest.approx(apart.std() / np.sqrt(300))
    left = [UnderSettings(np.delete(outcomes, n, 1), np.delete(consistent, n, 1)).shares()[0][1] for n in range(300)]
    change = np.array([one[1, 0] - one[0, 0] for one in left])
    jackknife = np.sqrt(299 / 300 * ((change - change.mean()) ** 2).sum())
    assert error[1, 1, 0] == pytest.approx(jackknife, rel=0.02)


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


def test_cells_that_fix_other_numbers_are_played_each_by_its_own():
    """Two with a number of their own and one without between them: what comes of each is what comes of it alone."""
    key = job(common=True).to_bytes()
    three = Cells(
        np.arange(3), np.zeros(3, int), np.array([3, 4, 2]), np.zeros(3, int), np.array([[0.5], [np.nan], [0.95]])
    )
    whole = play_cells(key, three)
    assert not whole.failures
    assert whole.totals["draws"][:, 0].tolist() == [3, 4, 2]
    for n in range(3):
        alone = play_cells(key, three.select(np.array([n])))
        for name, values in alone.totals.items():
            assert np.array_equal(whole.totals[name][n], values[0], equal_nan=True), name
