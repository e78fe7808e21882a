"""The bridge on small cases: smallest, honest, the same for everybody who asks."""

import math

import numpy as np
import pytest

from sim.bridges import FATES, Goal, bridge, bridge_dataset
from sim.bridges.frontier import unbeaten
from sim.bridges.levers_played import Stage
from sim.ensemble import LIGHT, Design, fitting_worlds, play
from sim.foundations import InputError, UnknownNameError
from sim.plots import PLOTS, fitting, plot_all
from tests.bridges.one_dimension import dispute, lever, number, with_levers


def uncertain(levers=None, **more):
    """One truce that B takes, and A if his war payoff, drawn between 0.4 and 0.8, is at most its share of 0.5."""
    scenario = dispute({"W": 0.6, "delta": 0.9}, {"W": 0.1, "delta": 0.9}, shares=(0.5,))
    levers = levers or {
        "dear": lever({"M.pressure.A.strength": ("add", 0.4)}, cost=0.4),
        "cheap": lever({"M.pressure.A.strength": ("add", 0.1)}, cost=0.05, holder="B", veto=("A",)),
        "useless": lever({"A.power_shift": ("add", 0.0)}, cost=0.01),
    }
    return with_levers(
        scenario,
        levers,
        {"share": (0.5,), "causes": (0.0,), "watch": ("unwatched",)},
        observer={"pressure": {"A": {"strength": number(0.0)}}},
        A={"reservation": number(0.6, 0.4, 0.8)},
        **more,
    )


@pytest.fixture(scope="module")
def found():
    """Three quarters, of a case in which a quarter agrees by itself."""
    return bridge(uncertain(), Goal("truce", "declared", 0.6), draws=250, evaluations=60, checked=40)


@pytest.mark.slow
def test_the_smallest_combination(found):
    """The cheap lever is used first and fully; the dear one makes up what is missing; what is useless is left alone.

    A accepts where his reservation is at most 0.5 plus the lump, so a chance c needs a lump of 0.4 c - 0.1.
    """
    assert found.found.use["cheap"] == pytest.approx(1.0, abs=0.07)
    assert "useless" not in found.found.use
    error = found.found.error
    lump = 0.1 * found.found.use["cheap"] + 0.4 * found.found.use["dear"]
    assert lump == pytest.approx(0.4 * (0.6 + error) - 0.1, abs=0.4 * 2.5 * error)
    assert found.without.chance == pytest.approx(0.25, abs=0.07)
    assert found.found.chance >= 0.6 + error - 1e-9
    assert found.stands


def test_the_frontier_rises(found):
    """More cost, more chance; nothing first; the found point is not beaten."""
    costs, shares = [p.cost for p in found.frontier], [p.chance for p in found.frontier]
    assert costs == sorted(costs)
    assert shares == sorted(shares)
    assert found.frontier[0].use == {}
    assert all(point.cost >= found.found.cost for point in found.frontier if point.chance > found.found.chance)


def test_who_moves_and_who_refuses(found):
    """The holder pays; A gains from what it is paid; the lever's consent is his."""
    movers = {mover.lever: mover for mover in found.movers}
    assert set(movers) == {"cheap", "dear"}
    assert movers["cheap"].holder.actor == "B"
    assert [one.actor for one in movers["cheap"].consent] == ["A"]
    assert movers["cheap"].consent[0].verdict == "gains"
    assert movers["dear"].holder.actor == "M"
    assert movers["dear"].holder.verdict == "gains"  # a deal is worth 1 to M, no deal nothing
    assert movers["dear"].refused_by == ()
    assert movers["dear"].cost == pytest.approx(0.4 * found.found.use["dear"])
    together = {one.actor: one for one in found.together}
    assert together["A"].verdict == "gains"


def test_what_stands_in_the_way(found):
    """Every draw has a fate; those that fail are A's."""
    assert math.fsum(found.reasons.fates.values()) == pytest.approx(1)
    assert found.reasons.fates["reached"] == pytest.approx(found.found.chance)
    assert found.reasons.binding == FATES[2]
    assert {actor for actor, _, _ in found.reasons.blockers} == {"A"}


def test_robustness(found):
    """The cheapest candidates are regretted where A hopes for most; levers harm nobody here."""
    robust = found.robust
    assert robust.harms.max() == 0
    assert robust.worst_half[-2].startswith("A.reservation high") or robust.worst[-2] == 1
    assert robust.regret.min() >= 0
    assert robust.cost[robust.choice] <= found.found.cost + 1e-12


@pytest.mark.slow
def test_it_can_be_stored_and_drawn(found, tmp_path):
    """Arrays for the figure, JSON for machines; no other figure thinks that these are its results."""
    results = bridge_dataset(found, uncertain())
    assert results["bridge_marked"].values.sum() == 1
    assert fitting(results) == ["bridge-frontier"]
    assert len(plot_all(results, tmp_path, ("png",))) == 1
    top, after, bottom = PLOTS["bridge-frontier"].draw(results).get_axes()
    kept = results["bridge_ending"].sel(ending_name=["truce", "settlement"]).values
    np.testing.assert_allclose(results["bridge_ending"].sum("ending_name"), 1)
    heights = {bars.get_label(): [bar.get_height() for bar in bars] for bars in after.containers}
    np.testing.assert_allclose(heights["truce"], 100 * kept[:, 0])
    assert "; in the end a deal is in force in " in PLOTS["bridge-frontier"].title(results)
    point = found.frontier[-1]
    stage = Stage(uncertain(), found.levers, found.goal, np.arange(250))
    use = np.array([point.use.get(name, 0.0) for name in found.levers])
    ends = np.concatenate([block.outcome.ending for block in stage.blocks(use)])
    assert point.endings["truce"] == pytest.approx((ends == 0).mean())
    dots = next(line for line in top.lines if line.get_marker() == "o")
    np.testing.assert_allclose(dots.get_xdata(), results["bridge_cost"])
    np.testing.assert_allclose(dots.get_ydata(), 100 * results["bridge_chance"])
    used = [patch.get_width() for patch in bottom.patches if patch.get_zorder() == 2]
    np.testing.assert_allclose(used, [0.9 * use for use in results["bridge_use"].values.ravel() if use > 0])
    told = found.to_json()
    assert told["found"]["use"] == found.found.use
    assert told["stands"] is True


def test_none_does():
    """Where no combination suffices, the best reachable chance and its reason are told."""
    weak = {"weak": lever({"M.pressure.A.strength": ("add", 0.1)})}
    found = bridge(uncertain(weak), Goal("truce", "declared", 0.9), draws=200, evaluations=20, checked=0)
    assert found.found is None
    assert not found.stands
    assert found.point == found.best
    assert found.best.use == {"weak": 1.0}
    assert found.best.chance == pytest.approx(0.5, abs=0.1)
    assert found.reasons.binding == FATES[2]


def test_nothing_is_needed():
    """What happens anyway costs nothing."""
    found = bridge(uncertain(), Goal("any-deal", "declared", 0.1), draws=100, evaluations=20, checked=0)
    assert found.found.use == {}
    assert found.found.cost == 0
    assert found.movers == ()


def test_a_lever_that_opens_levels_moves_by_whole_levels():
    """Two levels, of which the second is acceptable: full use, no less."""
    scenario = dispute({"W": 0.45, "delta": 0.9}, {"W": 0.45, "delta": 0.9}, shares=(0.2, 0.5))
    levers = {"more": lever(opens={"share": ["0.2", "0.5"]})}
    scenario = with_levers(scenario, levers, {"share": (0.0,), "causes": (0.0,), "watch": ("unwatched",)})
    found = bridge(scenario, Goal("truce", "acceptable", 0.5), draws=1, checked=0)
    assert found.found.use == {"more": 1.0}


def test_without_levers_the_stage_is_the_run():
    """The stage plays just what a run plays, draw for draw, also in other orders and parts."""
    scenario = uncertain()
    stage = Stage(scenario, tuple(scenario.levers), Goal("truce", "declared", 0.5), np.arange(60))
    plain = play(Design.of_draws(scenario, 60), columns=LIGHT)
    assert (stage.play(np.zeros(3)).reached == (plain["declared"].values == 0)).all()
    part = np.array([41, 7, 3])
    use = np.array([0.3, 0.5, 0.0])
    assert (stage.on(part).play(use).reached == stage.play(use).reached[part]).all()


def test_observations_select_draws_once():
    """Levers are played in draws selected without them; fresh draws have other numbers."""
    seen = {"says": "rejects", "actor": "A", "deals": {}, "bluff": number(0.0), "claims": ["c"]}
    scenario = uncertain()
    scenario = scenario.model_validate(scenario.model_dump() | {"observations": {"no": seen}})
    numbers, any_fits = fitting_worlds(scenario, 100)
    assert any_fits
    assert 50 < len(numbers) < 95
    found = bridge(scenario, Goal("truce", "declared", 0.5), draws=100, evaluations=20, checked=0)
    assert found.without.chance == 0
    assert found.draws == len(numbers)
    assert fitting_worlds(scenario, 50, first=100)[0].min() >= 100


def test_unbeaten_points():
    """Of equals the first; dearer and no likelier is beaten."""
    assert unbeaten(np.array([1.0, 0.0, 0.0]), np.array([0.5, 0.5, 0.5])).tolist() == [False, True, False]


def test_wrong_names():
    """Unknown wants, measures and levers are told with what there is."""
    with pytest.raises(InputError, match='"peace"'):
        bridge(uncertain(), Goal("peace"))
    with pytest.raises(UnknownNameError):
        Goal("truce", "hope")
    with pytest.raises(InputError, match="no lever"):
        bridge(uncertain(), Goal(), levers=["cheep"])
    bare = uncertain().model_copy(update={"levers": {}})
    with pytest.raises(InputError, match="no levers"):
        bridge(bare, Goal())


@pytest.mark.slow
def test_workers_and_memory_change_no_bit(monkeypatch):
    """Uses played side by side, or with random numbers made anew each time, give the same bridge."""
    from concurrent.futures import ThreadPoolExecutor

    from sim.bridges import remembered

    goal, more = Goal("truce", "declared", 0.6), {"draws": 40, "evaluations": 16, "checked": 10}
    alone = bridge(uncertain(), goal, **more).to_json()
    with ThreadPoolExecutor(2) as executor:
        assert bridge(uncertain(), goal, **more, executor=executor).to_json() == alone
    monkeypatch.setattr(remembered, "_MOST_BYTES", 0)
    assert bridge(uncertain(), goal, **more).to_json() == alone


def test_levers_that_move_a_mirrored_number_move_what_follows_it():
    """Draws are made once and moved from there; a number that mirrors a moved one follows it all the same."""
    from sim.scenario import draw
    from sim.scenario.levers_at import moved

    levers = {"up": lever({"A.reservation": ("add", 0.2)})}
    scenario = uncertain(levers)
    mirror = {"value": 0.1, "mirrors": "A.reservation", "factor": 0.5, "assumed": "toy"}
    actors = scenario.model_dump()["actors"]
    actors["B"]["reservation"] = mirror
    scenario = scenario.model_validate(scenario.model_dump() | {"actors": actors})
    stage = Stage(scenario, ("up",), Goal("truce", "declared", 0.5), np.arange(20))
    (block,) = stage.blocks(np.array([1.0]))
    plain = draw(scenario, np.arange(20))
    fixed = draw(scenario, np.arange(20), fixed=moved(scenario, {"up": 1.0}, plain))
    for path, values in fixed.values.items():
        np.testing.assert_array_equal(block.worlds.draws[path], values)
    assert (block.worlds.draws["B.reservation"] == 0.5 * block.worlds.draws["A.reservation"]).all()


@pytest.mark.slow
def test_a_worker_that_dies_costs_time_only():
    """What it did not play is played here."""
    from concurrent.futures import BrokenExecutor, Executor

    class Dead(Executor):
        """Takes nothing."""

        def submit(self, *_args, **_more):
            """Refuse."""
            raise BrokenExecutor

    goal, more = Goal("truce", "declared", 0.6), {"draws": 40, "evaluations": 20, "checked": 0}
    assert bridge(uncertain(), goal, **more, executor=Dead()).to_json() == bridge(uncertain(), goal, **more).to_json()


@pytest.mark.slow
def test_a_condition_on_terms_can_be_wanted():
    """A kind of deal by name and the same as a condition are reached in the same draws."""
    scenario = uncertain()
    draws, use = np.arange(60), np.array([0.4, 0.5, 0.0])
    kind = Stage(scenario, tuple(scenario.levers), Goal("truce", "declared", 0.5), draws).play(use).reached
    asked = Goal("signed and declared == truce", at_least=0.5)
    assert np.array_equal(Stage(scenario, tuple(scenario.levers), asked, draws).play(use).reached, kind)
    found = bridge(scenario, asked, draws=60, evaluations=20, checked=0)
    assert found.best.chance >= found.without.chance
