"""What was observed holds in a draw, or somebody bluffed."""

from itertools import pairwise

import numpy as np
import pytest

from sim.scenario import draw
from sim.table import DealSpace, build, observe
from tests.engine.staged import with_numbers
from tests.shipped import shipped
from tests.table.dispute import dispute, number


def watched(says, bluff, *, over=None, press=0.0, draws=2000, war=0.55, pressure="none"):
    """A dispute over half the pie; A is observed to say something of the truces; his war payoff is drawn."""
    scenario = dispute({"W": 0.5, "delta": 0.9}, {"W": 0.0, "delta": 0.9}, shares=(0.5,))
    observation = {"says": says, "actor": "A", "deals": {"kind": "truce", "levels": {"share": ("0.5",)}}}
    observation |= {"bluff": number(bluff), "claims": ("c",), "pressure": pressure}
    if over is not None:
        observation["over"] = over
    mediator = {"role": "mediator", "patience": number(0.5), "war_cost": number(0.5)}
    mediator |= {"salience": {"share": number(1.0)}, "position": {"share": number("0.5")}}
    mediator["pressure"] = {"A": {"strength": number(press)}}
    scenario = with_numbers(
        scenario,
        {
            "observations.said": observation,
            "actors.M": mediator,
            "actors.A.reservation": number(war, 0.0, 1.0),
        },
    )
    worlds = build(DealSpace.of(scenario), draw(scenario, np.arange(draws)))
    return worlds, observe(worlds)


def test_rejects_and_accepts_are_opposites():
    """A refuses half the pie exactly where war pays more; accepts is the negation."""
    worlds, rejects = watched("rejects", 0.0)
    _, accepts = watched("accepts", 0.0)
    assert (rejects.holds[:, 0] == (worlds.no_deal.value[:, 0] > 0.5 + 1e-9)).all()
    assert (accepts.holds == ~rejects.holds).all()
    assert (rejects.kept == rejects.holds).all()
    assert 0.4 < rejects.consistent.mean() < 0.6


def test_prefers_compares_the_best_of_both():
    """The best truce against the best settlement, strictly."""
    worlds, found = watched("prefers", 0.0, over={"kind": "settlement", "levels": {"share": ("0.0",)}})
    truce = worlds.space.select(("truce",), {"share": ("0.5",)})
    other = worlds.space.select(("settlement",), {"share": ("0.0",)})
    best = [worlds.signed[:, 0, mask].max(axis=1) for mask in (truce, other)]
    assert (found.holds[:, 0] == (best[0] > best[1] + 1e-9)).all()
    _, same = watched("prefers", 0.0, over={"kind": "truce", "levels": {"share": ("0.5",)}})
    assert not same.holds.any()


def test_a_bluff_keeps_the_share_of_draws_it_says():
    """Draws that violate an observation survive with the chance of a bluff; the others all do."""
    _, found = watched("rejects", 0.3, draws=8000)
    assert found.kept[found.holds].all()
    assert found.kept[~found.holds].mean() == pytest.approx(0.3, abs=0.03)
    _, always = watched("rejects", 1.0)
    assert always.consistent.all()


def test_more_bluff_keeps_more_of_the_same_draws():
    """Bluffing in a draw goes by the same uniform whatever the chance."""
    kept = [watched("rejects", chance)[1].kept for chance in (0.0, 0.2, 0.5, 1.0)]
    for one, other in pairwise(kept):
        assert not (one & ~other).any()


def test_observations_made_before_any_pressure_do_not_depend_on_it():
    """What somebody said before he was pressed is judged without the pressure, if the observation says so."""
    plain, found = watched("rejects", 0.2)
    pressed, same = watched("rejects", 0.2, press=0.5)
    assert pressed.accepts.sum() > plain.accepts.sum()
    assert (found.holds == same.holds).all()
    assert (found.kept == same.kept).all()


def test_observations_are_judged_as_played():
    """What somebody said while he was pressed holds where he refuses under the pressure."""
    pressed, found = watched("rejects", 0.0, press=0.2, pressure="as played")
    truces = pressed.space.select(("truce",), {"share": ("0.5",)})
    assert (found.holds[:, 0] == ~pressed.accepts[:, 0, truces].any(axis=1)).all()
    _, before = watched("rejects", 0.0, press=0.2)
    assert (found.holds <= before.holds).all()
    assert found.holds.sum() < before.holds.sum()


def test_no_observation_keeps_everything():
    """A scenario without observations is consistent in every draw."""
    scenario = shipped("pie")
    found = observe(build(DealSpace.of(scenario), draw(scenario, np.arange(5))))
    assert found.names == ()
    assert found.consistent.tolist() == [True] * 5


@pytest.mark.slow
def test_observations_of_the_case_teach_something():
    """Each observation of the ceasefire case holds in 5 to 95 per cent of prior draws."""
    scenario = shipped("ceasefire")
    found = observe(build(DealSpace.of(scenario), draw(scenario, np.arange(1000))))
    shares = dict(zip(found.names, found.holds.mean(axis=0), strict=True))
    assert all(0.05 <= share <= 0.95 for share in shares.values()), shares
