"""Outcomes go by dotted names, from the play to conditions."""

from types import SimpleNamespace

import numpy as np
import pytest
import xarray as xr

from sim.ensemble import Design, GivenRows, Rows, play, play_design
from sim.ensemble.columns import column_named
from sim.ensemble.condition import parse
from sim.ensemble.evaluate import evaluate
from sim.ensemble.measures import measures_of
from sim.ensemble.named_outcomes import NAMED, needed, outcome, outcomes_of
from sim.ensemble.played_block import PlayedBlock
from sim.ensemble.under_settings import under_settings
from sim.foundations import NO_DEAL, InputError
from sim.scenario import change
from sim.scenario.kinds import deal_kinds
from sim.table import DealSpace, build
from tests.shipped import shipped


@pytest.fixture(scope="module")
def budget():
    """Three parties, two of whom are enough."""
    return shipped("budget")


@pytest.fixture(scope="module")
def results(budget):
    """Everything of some worlds."""
    return play(Design.of_draws(budget, 40))


def holds(results, text):
    """(B,) where a condition holds."""
    condition = parse(text)
    return condition({name: outcome(results, name) for name in condition.names})


def test_terms_are_the_levels_of_the_deal(results, budget):
    """Each issue of the first deal, by the name of its level, and none where nothing was signed."""
    space = DealSpace.of(budget)
    deal = results["deal"].values
    for i, issue in enumerate(budget.issues):
        found = outcome(results, f"terms.{issue}")
        for n, name in enumerate(found.names):
            chosen = (deal >= 0) & (np.array(space.level_keys[i])[space.deals[deal, i]] == name)
            assert np.array_equal(found.values == n, chosen if name != "none" else deal < 0)


def test_numeric_terms_are_numbers():
    """A price is compared as a number; where nothing was signed no comparison holds."""
    scenario = shipped("buyer_seller")
    numeric = [name for name, issue in scenario.issues.items() if issue.kind == "numeric"]
    results = play(Design.of_draws(scenario, 60))
    for issue in numeric:
        found = outcome(results, f"terms.{issue}")
        assert found.names == ()
        assert np.array_equal(np.isnan(found.values), results["deal"].values < 0)
        middle = float(np.nanmedian(found.values))
        above, below = holds(results, f"terms.{issue} > {middle}"), holds(results, f"terms.{issue} <= {middle}")
        assert np.array_equal(above | below, holds(results, "signed"))


def test_signers_are_a_coalition_that_meets_the_rule(results, budget):
    """Whoever signs finds the deal acceptable, and together they meet the rule; the coalition is an outcome."""
    worlds = build(DealSpace.of(budget), Rows(results["draw"].values).draws(budget))
    signed, deal = results["signed_by"].values.astype(bool), results["deal"].values
    assert np.array_equal(worlds.rule.passes(signed), deal >= 0)
    accepts = worlds.table.acceptable[np.arange(len(deal)), :, np.maximum(deal, 0)]
    assert not (signed & ~accepts).any()
    found = outcome(results, "signers")
    actors = list(budget.actors)
    for n, name in enumerate(found.names):
        members = [] if name == "none" else name.split(" + ")
        assert (signed[found.values == n] == [actor in members for actor in actors]).all()
    two = " + ".join(reversed(actors[:2]))
    assert np.array_equal(holds(results, f'signers == "{two}"'), (signed == [a in actors[:2] for a in actors]).all(1))
    with pytest.raises(InputError, match="never"):
        holds(results, 'signers == "nobody + else"')


def test_efficiency_is_one_on_the_frontier_and_shares_add_up(results):
    """No deal leaves a signer less than all could have at once; the signers' shares are a whole."""
    efficiency = outcome(results, "efficiency").values
    signed = outcome(results, "signed").values.astype(bool)
    assert np.array_equal(np.isnan(efficiency), ~signed)
    assert (efficiency[signed] <= 1).all()
    assert (outcome(results, "distance_to_nash").values[signed] >= 0).all()
    shares = [outcome(results, f"surplus_share.{name}").values for name in results["actor"].values]
    total = np.nansum(shares, axis=0)
    assert np.allclose(total[~np.isnan(shares).all(axis=0)], 1)


def test_efficiency_is_what_is_not_left_on_the_table():
    """One less what all who sign could have had besides; nothing is known where nothing was signed."""
    left = xr.Dataset({"distance_to_frontier": ("draw", np.array([0.0, 0.25, np.nan]))})
    np.testing.assert_array_equal(outcome(left, "efficiency").values, [1.0, 0.75, np.nan])


@pytest.mark.slow
def test_states_in_time_agree_with_the_counts():
    """The state after a time is that of the round which ends then; at the horizon it needs no time."""
    scenario = shipped("ceasefire")
    results = play(Design.of_draws(scenario, 30), columns=["state@1y", "final_state", "states"])
    counts = results["states"].values[:, 0]
    after = round(1 / scenario.talks.round_years) - 1
    for name, round_ in (("state@1y", after), ("state", -1)):
        found = outcome(results, name)
        assert np.array_equal(np.bincount(found.values.astype(int), minlength=len(counts)), counts[:, round_])
    with pytest.raises(InputError, match="no time"):
        play(Design.of_draws(scenario, 1), columns=["state@soon"])


@pytest.mark.slow
def test_every_named_outcome_needs_no_more_than_it_says(results, budget):
    """Played with what it needs alone, an outcome is what it is among all columns."""
    everything = outcomes_of(results)
    for named in NAMED:
        if named.along and not results.sizes[named.along]:
            continue  # the case has none of them, e.g. no events
        member = f".{results[named.along].values[0]}" if named.along else ""
        name = f"{named.name}{member}"
        alone = play(Design.of_draws(budget, 40), columns=needed(name))
        assert np.array_equal(outcome(alone, name).values, everything[name].values, equal_nan=True), name


def test_mistakes_name_the_nearest(budget):
    """An outcome or a level that does not exist is refused before anything is played, with the nearest."""
    with pytest.raises(InputError) as caught:
        measures_of(budget, ["signd and held > 3"])
    assert caught.value.problems[0].nearest == "signed"
    issue = next(iter(budget.issues))
    with pytest.raises(InputError, match="never"):
        measures_of(budget, [f'terms.{issue} == "no such level"'])


def test_luck_decides_talks_that_throw_dice():
    """The same world told with other luck goes through other talks, where talks throw dice."""
    scenario = change(shipped("labour"), {"talks.protocol": "single-text", "talks.settings": {}})
    same = np.zeros(12, np.int64)
    told = play(Design(scenario, GivenRows(Rows(same, np.arange(12)))), columns=["deal", "number"])
    assert np.ptp(told["number"].values, axis=0).max() == 0
    assert len(set(told["deal"].values.tolist())) > 1


@pytest.mark.slow
def test_deals_in_force_by_a_time_and_held_so_long():
    """A deal came into force by a time if any earlier round had one; what held is known once it broke or lasted."""
    scenario = shipped("ceasefire")
    names = ["in_force_by@8m", "in_force_by@10y", "held@91d", "held@1y", "held", "collapses", "ending"]
    results = play(Design.of_draws(scenario, 150), columns=names)
    soon, ever, quarter, year = (results[name].values for name in names[:4])
    assert (soon <= ever).all()
    assert np.array_equal(ever, results["held"].values > 0)
    known = ~np.isnan(year)
    assert (year[known] <= quarter[known]).all()
    lasted, broken = results["held"].values, results["collapses"].values > 0
    assert np.array_equal(quarter == 1, (lasted > 3) | ((lasted == 3) & ~broken))
    assert np.array_equal(quarter == 0, (lasted > 0) & (lasted <= 3) & broken)


def test_a_time_is_looked_up_in_the_round_that_ends_then(budget):
    """That of the n-th round after n; later than the horizon, the last; half a round counts, unless held for."""
    played = play_design.play_block(DealSpace.of(budget), Rows(np.arange(60)), states=True)
    length, states = budget.talks.round_years, played.outcome.state
    assert (states[:, 1:] != states[:, :-1]).any(axis=0).sum() > 1
    for rounds in range(1, states.shape[1] + 1):
        assert np.array_equal(column_named(f"state@{rounds * length}y").read(played), states[:, rounds - 1])
    assert np.array_equal(column_named("state@999y").read(played), states[:, -1])
    assert np.array_equal(column_named("state@0y").read(played), states[:, 0])
    assert np.array_equal(column_named(f"state@{2.5 * length}y").read(played), states[:, 2])
    held = [column_named(f"held@{time * length}y").read(played) for time in (1, 1.5, 2.5, 2)]
    assert np.array_equal(held[0], held[1], equal_nan=True)
    assert np.array_equal(held[2], held[3], equal_nan=True)
    began = played.outcome.round + played.worlds.delay[played.rows, np.maximum(played.outcome.deal, 0)]
    for rounds in (2, 3, 5):
        by_then = column_named(f"in_force_by@{rounds * length}y").read(played)
        assert np.array_equal(by_then == 1, (played.outcome.held > 0) & (began < rounds))


def test_a_deal_is_in_force_from_the_first_round_that_ends_so(budget):
    """Counted round by round; nan where none comes into force."""
    played = play_design.play_block(DealSpace.of(budget), Rows(np.arange(60)), states=True)
    inside = played.outcome.state < len(deal_kinds(budget))
    assert len(set(inside.argmax(axis=1))) > 1
    for found, rounds in zip(played.years_to_force, inside, strict=True):
        expected = next((n + 1 for n, there in enumerate(rounds) if there), np.nan)
        assert found == pytest.approx(expected * budget.talks.round_years, nan_ok=True)


@pytest.mark.slow
def test_a_deal_that_breaks_at_once_was_in_force():
    """States are those at the end of a round; in the ceasefire case some deals break in the first that they hold."""
    space = DealSpace.of(shipped("ceasefire"))
    played = play_design.play_block(space, Rows(np.arange(150)), states=True)
    inside = played.outcome.state < len(deal_kinds(space.scenario))
    held = played.outcome.held > 0
    assert (held & ~inside.any(axis=1)).any()
    assert np.isfinite(played.years_to_force)[held].all()


def test_settings_are_played_in_the_same_worlds(budget, monkeypatch):
    """Whatever goes through the engine at once, outcomes are those of each setting by itself, and progress is told."""
    path, wanted = f"{budget.parties[0]}.patience", [parse("signed"), parse("round > 2")]
    settings = [{}, {path: 0.5}, {path: np.linspace(0.1, 0.9, 6)}]
    whole = under_settings(budget, settings, wanted, 6)
    monkeypatch.setattr("sim.ensemble.under_settings.block_size", lambda *_: 12)
    told = []
    parts = under_settings(budget, settings, wanted, 6, progress=lambda *done: told.append(done))
    assert told == [(12, 18), (18, 18)]
    assert np.array_equal(whole.outcomes, parts.outcomes)
    assert np.array_equal(whole.consistent, parts.consistent)
    for n, fixed in enumerate(settings):
        values = {name: np.broadcast_to(value, 6).astype(float) for name, value in fixed.items()}
        alone = evaluate(budget, GivenRows(Rows(np.arange(6), fixed=values)), wanted)
        assert np.array_equal(whole.outcomes[n], np.stack([one(alone) for one in wanted], axis=1))


def test_evaluated_outcomes_are_those_of_the_play(results, budget):
    """Each that is asked for, and how things end, world by world."""
    found = evaluate(budget, GivenRows(Rows(np.arange(40))), [parse("signed"), parse("round > 2")])
    for name in ("ending", "consistent", "signed", "round"):
        assert np.array_equal(found[name].values, outcome(results, name).values, equal_nan=True)
    assert found["ending"].names == outcome(results, "ending").names


@pytest.mark.parametrize("bad", [[5], list(range(8))])
def test_points_that_break_down_are_gaps(budget, monkeypatch, bad):
    """The others are evaluated all the same, and where all break down every outcome is a gap."""
    plain = play_design.play_block

    def breaks(space, rows, *args, **kwargs):
        if np.isin(rows.world, bad).any():
            raise FloatingPointError("too large")
        return plain(space, rows, *args, **kwargs)

    monkeypatch.setattr(play_design, "play_block", breaks)
    found = evaluate(budget, GivenRows(Rows(np.arange(8))), [parse("signed")])
    for column in found.values():
        assert np.flatnonzero(np.isnan(column.values)).tolist() == bad


def test_a_time_that_results_do_not_hold_is_said_to_be_asked_of_the_case():
    """`state` is not meant instead of `state@8w`: one is at the horizon."""
    results = play(Design.of_draws(shipped("pie"), 2))
    with pytest.raises(InputError) as caught:
        outcome(results, "state@8w")
    (problem,) = caught.value.problems
    assert problem.message.startswith('these results do not hold "state@8w": what asks for a time is kept only')
    assert problem.allowed.startswith("ask the case instead of its results: `sim analyse CASE --sensitivity delta --of")
    assert problem.nearest is None
    with pytest.raises(InputError, match='"soon" is no time'):
        outcome(results, "state@soon")


def test_a_deal_that_takes_its_time_is_in_force_once_that_is_over():
    """Signed in the first year and two years in coming, it is in force by the end of the third, not of the second."""
    outcome = SimpleNamespace(round=np.array([0, 0, 1]), deal=np.array([1, 0, NO_DEAL]), held=np.array([4, 4, 0]))
    worlds = SimpleNamespace(delay=np.array([[0, 2]] * 3))
    talks = SimpleNamespace(round_years=1.0)
    story = SimpleNamespace(outcome=outcome, worlds=worlds, rows=np.arange(3), scenario=SimpleNamespace(talks=talks))
    by_then = [column_named(f"in_force_by@{years}y").read(story).tolist() for years in (1, 2, 3)]
    assert by_then == [[0, 1, 0], [0, 1, 0], [1, 1, 0]]


def test_states_are_counted_round_by_round(budget):
    """Every world is in one state in each round, in each group that it is in."""
    played = play_design.play_block(DealSpace.of(budget), Rows(np.arange(30)), states=True)
    assert len(np.unique(played.outcome.state)) > 1
    for g, group in enumerate(played.groups):
        for h, states in enumerate(played.outcome.state[group].T):
            assert played.states[:, g, h].tolist() == np.bincount(states, minlength=len(played.states)).tolist()


def test_nobody_is_barred_from_a_deal_that_is_none():
    """A line bars from a deal that it forbids; where no deal of a kind is near, there is nothing to forbid."""
    permitted = np.array([[[False, True], [True, True]]] * 2)
    story = SimpleNamespace(
        worlds=SimpleNamespace(permitted=permitted), rows=np.arange(2), targets=np.array([[0, 1], [NO_DEAL, 0]])
    )
    barred = PlayedBlock.barred.fget(story)
    assert barred.tolist() == [[[True, False], [False, False]], [[False, False], [True, False]]]
