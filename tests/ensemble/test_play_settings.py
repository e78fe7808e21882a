"""The same worlds under several settings, played together."""

import numpy as np
import pytest

from sim.ensemble import Design, GivenRows, Rows, play_rows
from sim.ensemble.play_settings import play_settings
from tests.engine.staged import with_numbers
from tests.table.dispute import dispute, number


@pytest.fixture(scope="module")
def refused():
    """A was seen to refuse half of the pie; what no deal is worth to him is drawn from all there is."""
    seen = {
        "says": "rejects",
        "actor": "A",
        "deals": {"levels": {"share": ("0.5",)}},
        "claims": ("c",),
        "bluff": number(0.0),
    }
    changes = {"observations.said": seen, "actors.A.reservation": number(0.5, 0.0, 1.0)}
    return with_numbers(dispute({"W": 0.5, "delta": 0.9}, {"W": 0.0, "delta": 0.9}), changes)


def test_worlds_that_do_not_fit_are_not_played(refused, monkeypatch):
    """Setting by setting those count that a run keeps, unless told not to judge; of the others nothing is told."""
    monkeypatch.setattr("sim.ensemble.play_settings.block_size", lambda *_: 7)  # judged in several blocks
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
