"""Tornado and flip distance: paired worlds, planted thresholds, numbers that flip nothing; failed points."""

import numpy as np
import pytest

from sim.ensemble import LIGHT, Design, Rows, play
from sim.ensemble.under_settings import UnderSettings
from sim.foundations import InputError
from sim.sensitivity import evaluate, flip_distances, tornado
from sim.sensitivity.nearest_flip import nearest_flip
from tests.sensitivity.toy import toy
from tests.war_codes import ENDINGS


def planted(threshold, size=50):
    """Plays a number above whose threshold every world ends in war, below it in stalemate."""

    def play(values):
        ending = np.where(values > threshold, ENDINGS.index("war"), ENDINGS.index("stalemate"))
        outcomes = (ending[:, None, None] == np.arange(len(ENDINGS))) * np.ones((1, size, 1))
        return UnderSettings(outcomes, np.ones((len(values), size), bool))

    return play


def test_flip_distance_finds_a_planted_threshold():
    """Within a sixteenth of the coarse step, from the far side."""
    modal, flip = nearest_flip(planted(0.7), 0.5, 0.0, 1.0, names=ENDINGS)
    assert ENDINGS[modal] == "stalemate"
    assert flip.ending == "war"
    assert 0.7 < flip.value <= 0.7 + 0.25 / 16
    assert flip.distance == pytest.approx(flip.value - 0.5)


def test_a_clear_flip_is_told_apart_from_a_tie():
    """Just beyond the threshold two endings are about as frequent; the clear value lies farther out."""

    def play(values):
        war = np.arange(200)[None, :] < 200 * np.clip(0.5 + (values[:, None] - 0.6), 0, 1)
        ending = np.where(war, ENDINGS.index("war"), ENDINGS.index("stalemate"))
        outcomes = (ending[:, :, None] == np.arange(len(ENDINGS))).astype(float)
        return UnderSettings(outcomes, np.ones(war.shape, bool))

    _, flip = nearest_flip(play, 0.5, 0.0, 1.0, names=ENDINGS)
    assert 0.6 < flip.value < 0.64
    assert flip.lead < 2 * flip.error
    assert flip.sure == 0.75
    assert np.isnan(nearest_flip(lambda values: play(values * 0.63), 0.5, 0.0, 1.0, names=ENDINGS)[1].sure)


def test_nothing_flips_where_the_threshold_is_beyond_the_range():
    """None, not a distance."""
    assert nearest_flip(planted(1.5), 0.5, 0.0, 1.0, names=ENDINGS)[1] is None


def test_options_are_not_bisected():
    """A number drawn from options can take only these."""
    _, flip = nearest_flip(planted(0.4), 0.0, 0.0, 1.0, categories=[0.0, 0.5, 1.0], names=ENDINGS)
    assert flip.value == 0.5


def test_flips_of_a_scenario_are_labelled():
    """One row for each ranged number; nan and -1 where nothing flips."""
    found = flip_distances(toy(), 20)
    none = ~np.isfinite(found["distance"].values)
    assert found["input"].values.tolist() == ["A.patience", "B.patience", "true_hazard.base"]
    assert (found["ending_code"].values[none] == -1).all()


def test_flips_of_a_condition_are_its_majority():
    """Either it holds in most worlds or it does not; two conditions are refused."""
    found = flip_distances(toy(), 20, of=["ending == war"])
    assert found["ending_code"].attrs["flag_meanings"] == "ending == war|not (ending == war)"
    assert set(found["modal_code"].values.tolist()) <= {0, 1}
    with pytest.raises(InputError, match="--of once"):
        flip_distances(toy(), 5, of=["ending == war", "held < 2"])


def test_a_tornado_is_the_paired_difference_of_runs():
    """The share at an end is that of a run with the number fixed there, on the same draws."""
    found = tornado(toy(), 60, of=["ending == war"])
    for end, value in (("low", 0.0), ("high", 2.0)):
        run = play(Design.of_draws(toy(), 60, fixed={"true_hazard.base": value}), columns=LIGHT)
        share = (run["ending"].values == ENDINGS.index("war")).mean()
        chosen = {"group": "all", "input": "true_hazard.base", "end": end, "measure": "ending == war"}
        assert float(found["share"].sel(chosen)) == pytest.approx(share)
    change = found["change"].sel(group="all", input="true_hazard.base").values[:, 0]
    assert change[0] <= 0 <= change[1]


class _OnePoison:
    """A design in which one point breaks the arithmetic."""

    points = 9

    def rows(self, start, stop):
        """Point 4 has a quantile that is no number."""
        n = np.arange(start, stop)
        return Rows(n, n, {"A.patience": np.where(n == 4, np.nan, 0.5)})


def test_a_failed_point_is_a_gap_and_the_others_go_on(monkeypatch):
    """Blocks that break down are halved until the bad point stands alone."""
    module = __import__("sim.ensemble.play_design", fromlist=["play_block"])
    whole = module.play_block

    def breaks(space, rows, *verdict, **settings):
        if np.isnan(rows.uniform["A.patience"]).any():
            raise FloatingPointError
        return whole(space, rows, *verdict, **settings)

    monkeypatch.setattr(module, "play_block", breaks)
    found = evaluate(toy(), _OnePoison())
    assert np.flatnonzero(np.isnan(found["ending"].values)).tolist() == [4]
