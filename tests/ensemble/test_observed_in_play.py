"""What was observed holds in the talks that are played, in every world that is kept for it."""

import numpy as np
import pytest

from sim.engine import simulate
from sim.ensemble.played_block import PlayedBlock
from sim.scenario import draw
from sim.table import DealSpace
from tests.engine.staged import with_numbers
from tests.table.dispute import dispute, number


def pressed(says="rejects", pressure="as played", bluff=0.0, draws=3000):
    """A is pressed with 0.27 to sign half the pie, and was seen to refuse it; what war is worth to him is drawn."""
    scenario = dispute({"W": 0.5, "delta": 0.9}, {"W": 0.0, "delta": 0.9}, shares=(0.5,))
    seen = {"says": says, "actor": "A", "deals": {"levels": {"share": ("0.5",)}}, "bluff": number(bluff)}
    mediator = {"role": "mediator", "patience": number(0.5), "war_cost": number(0.5)}
    mediator |= {"salience": {"share": number(1.0)}, "position": {"share": number("0.5")}}
    mediator["pressure"] = {"A": {"strength": number(0.27)}}
    changes = {
        "observations.said": seen | {"claims": ("c",), "pressure": pressure},
        "actors.M": mediator,
        "actors.A.reservation": number(0.5, 0.0, 1.0),
    }
    scenario = with_numbers(scenario, changes)
    return PlayedBlock(simulate(DealSpace.of(scenario), draw(scenario, np.arange(draws))))


def share_that_fails(played):
    """Among worlds in which the observation holds by how it is judged."""
    return played.fails_in_play[played.observed.holds[:, 0], 0].mean()


def test_a_refusal_under_pressure_is_judged_under_it():
    """Judged without the pressure, 54 % of the worlds kept would sign what was refused; judged as played, none."""
    assert share_that_fails(pressed(pressure="none")) == pytest.approx(0.54, abs=0.03)
    assert share_that_fails(pressed()) == 0


def test_what_is_signed_counts_and_not_only_what_would_be():
    """Some of the worlds kept by the wrong judgement sign just what was refused."""
    wrong = pressed(pressure="none")
    refused = wrong.worlds.space.select((), {"share": ("0.5",)})
    signed = (wrong.outcome.deal >= 0) & refused[np.maximum(wrong.outcome.deal, 0)] & wrong.observed.holds[:, 0]
    assert signed.any()
    assert wrong.fails_in_play[signed, 0].all()


def test_a_bluff_fails_in_play_and_is_kept():
    """Worlds kept as bluffs are those where the talks played disagree."""
    played = pressed(bluff=1.0)
    bluffs = played.consistent & ~played.observed.holds[:, 0]
    assert bluffs.any()
    assert played.fails_in_play[bluffs, 0].all()


def test_an_acceptance_is_the_other_way_round():
    """Where he would not take it, an observed acceptance fails."""
    assert share_that_fails(pressed("accepts")) == 0
    played = pressed("accepts", bluff=1.0)
    assert (played.fails_in_play[:, 0] == ~played.observed.holds[:, 0]).all()


@pytest.mark.parametrize(("better", "worse", "fails"), [("1.0", "0.5", 0), ("0.5", "1.0", 1)])
def test_a_preference_holds_in_play_by_what_both_are_worth_there(better, worse, fails):
    """Who wants all of the pie has it before half of it, though he would sign either; the other way round it fails."""
    seen = {"says": "prefers", "actor": "A", "deals": {"levels": {"share": (better,)}}, "claims": ("c",)}
    seen |= {"over": {"levels": {"share": (worse,)}}, "bluff": number(1.0)}
    scenario = dispute({"W": 0.3, "delta": 0.9}, {"W": 0.0, "delta": 0.9}, shares=(0.5,))
    scenario = with_numbers(scenario, {"observations.said": seen})
    played = PlayedBlock(simulate(DealSpace.of(scenario), draw(scenario, np.arange(4))))
    assert played.fails_in_play[:, 0].tolist() == [fails] * 4


def test_who_would_sign_what_he_was_seen_to_accept_need_not_have_signed_it():
    """All of the pie suits him, though the talks gave him half of it; nothing at all would not suit him."""
    for share, fails in (("1.0", False), ("0.0", True)):
        seen = {"says": "accepts", "actor": "A", "deals": {"levels": {"share": (share,)}}, "claims": ("c",)}
        scenario = dispute({"W": 0.3, "delta": 0.9}, {"W": 0.0, "delta": 0.9}, shares=(0.5,))
        scenario = with_numbers(scenario, {"observations.said": seen | {"bluff": number(1.0)}})
        played = PlayedBlock(simulate(DealSpace.of(scenario), draw(scenario, np.arange(8))))
        signed = played.worlds.space.select((), {"share": (share,)})[played.outcome.deal]
        assert not signed.all()
        assert (played.fails_in_play[~signed, 0] == fails).all()
