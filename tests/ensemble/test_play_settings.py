"""The same worlds under several settings, played together."""

import numpy as np
import pytest

from sim.ensemble import Design, GivenRows, Judge, Rows, play_rows
from sim.ensemble.play_settings import play_readings_together, play_settings
from tests.engine.staged import with_numbers
from tests.ensemble.refused_half import refused_half
from tests.table.dispute import number


@pytest.fixture(scope="module")
def refused():
    """A was seen to refuse half of the pie."""
    return refused_half()


def test_worlds_that_do_not_fit_are_not_played(refused, monkeypatch):
    """Setting by setting those count that a run keeps, unless told not to judge; of the others nothing is told."""
    monkeypatch.setattr("sim.ensemble.known_verdicts.block_size", lambda *_: 7)  # judged in several blocks
    settings = [Rows(np.arange(30)), Rows(np.arange(10, 30), fixed={"A.reservation": 0.9}), Rows(np.arange(5))]
    played = list(play_settings(refused, settings, ["deal"]))
    for rows, one in zip(settings, played, strict=True):
        kept = play_rows(Design(refused, GivenRows(rows)), ["consistent"]).arrays["consistent"].astype(bool)
        assert one.counts.tolist() == kept.tolist()
        assert one.results.sizes["draw"] == kept.sum()
    assert 0 < played[0].counts.sum() < 30
    assert played[1].counts.all()
    for rows, one in zip(settings, play_settings(refused, settings, ["deal"], judged=False), strict=True):
        assert one.counts.tolist() == [True] * len(rows)


def test_what_was_observed_elsewhere_keeps_its_verdict(refused):
    """Under an overlay the worlds of the base count, numbers of both read alike; what it changes is no news."""
    rows, high = Rows(np.arange(30)), {"A.reservation": 0.9}
    seen = Judge(refused).fitting(rows)
    other = with_numbers(refused, {"actors.A.reservation": number(0.1, 0.0, 0.2)})
    own, laid = (next(play_settings(other, [rows], ["deal"], judge=one)).counts for one in (None, refused))
    assert own.all()  # nobody would refuse it there, so all count, as none fits
    assert laid.tolist() == seen.tolist()
    longer = with_numbers(refused, {"talks.rounds": 3})
    for scenario, expected in ((longer, np.ones(30, bool)), (other, seen)):
        (moved,) = play_settings(scenario, [Rows(rows.world, fixed=high)], ["deal"], judge=refused)
        assert moved.counts.tolist() == expected.tolist()
        (read,) = play_readings_together([scenario], rows, ["deal"], [refused])
        assert read.counts.tolist() == seen.tolist()
