"""The story of a draw: signed, in force, broken, converted, decided by arms, and what the columns say of it."""

import numpy as np
import pytest

from sim.engine import play_story
from sim.foundations import NO_DEAL
from sim.scenario import draw
from sim.table import DealSpace, build
from sim.table.durability import durability
from tests.engine.staged import Staged, one_deal, with_numbers
from tests.table.dispute import dispute, number
from tests.war_codes import DECLARED, ENDINGS, STATES

DRAWS = 500


def worlds_of(*, h=0.0, m=0.0, delay=0.0, horizon=10, convert=None, fight=False, **conventions):
    """A dispute with a true hazard, in which follow-on talks may convert a truce."""
    scenario = dispute(
        {"W": 0.1, "delta": 0.9},
        {"W": 0.1, "delta": 0.9},
        m=m,
        years_to_settle=delay,
        hazards=(h, h),
        horizon=horizon,
        conventions=conventions,
    )
    changes = {}
    if convert is not None:
        talks = {"levels": ("none", "broad"), "status_quo": "none", "follow_on": {"broad": number(convert)}}
        changes["issues.talks"] = talks
    if fight:
        for name in ("A", "B"):
            changes |= {f"actors.{name}.reservation": None, f"actors.{name}.power": number(1.0)}
    scenario = with_numbers(scenario, changes)
    return build(DealSpace.of(scenario), draw(scenario, np.arange(DRAWS)))


def truce(worlds):
    """A truce, with talks if there are any."""
    talks = {"talks": "broad"} if "talks" in worlds.scenario.issues else {}
    return one_deal(worlds.space, share="0.5", causes="0.0", watch="unwatched", **talks)


def settlement(worlds):
    """A settlement."""
    talks = {"talks": "none"} if "talks" in worlds.scenario.issues else {}
    return one_deal(worlds.space, share="0.5", causes="1.0", watch="unwatched", **talks)


def names(codes, of):
    """Names for a row of codes."""
    return [of[code] for code in codes]


def test_a_deal_that_lasts():
    """Talking for two rounds, then the truce to the end: held for the rest."""
    worlds = worlds_of()
    outcome = play_story(worlds, Staged([truce(worlds)], [2], by=1), keep_states=True)
    assert set(names(outcome.declared, DECLARED)) == {"truce"}
    assert set(names(outcome.ending, ENDINGS)) == {"truce"}
    assert set(outcome.held) == {8}
    assert set(outcome.round) == {2}
    assert set(outcome.by) == {1}
    assert (outcome.final_deal == outcome.deal).all()
    assert names(outcome.state[0], STATES) == ["fighting_without_deal"] * 2 + ["truce"] * 8


def test_every_deal_is_declared_and_ends_as_what_it_is():
    """The first of the file as well as the last, and each of its own kind."""
    scenario = worlds_of().scenario
    raw = scenario.model_dump()
    raw["issues"] = {name: raw["issues"][name] for name in ("share", "watch", "causes")}  # kinds differ deal by deal
    scenario = type(scenario).model_validate(raw)
    worlds = build(DealSpace.of(scenario), draw(scenario, np.arange(1)))
    kinds = worlds.space.kind
    assert (kinds[1:] != kinds[:-1]).all()
    for deal in range(len(worlds.space)):
        outcome = play_story(worlds, Staged([deal]))
        assert (outcome.deal[0], outcome.final_deal[0]) == (deal, deal)
        assert outcome.declared[0] == outcome.ending[0] == kinds[deal]


def test_a_delay_is_spent_fighting():
    """Agreed in round 1, in force three rounds later; the war goes on meanwhile."""
    worlds = worlds_of(delay=3.0)
    outcome = play_story(worlds, Staged([settlement(worlds)], [1]), keep_states=True)
    expected = ["fighting_without_deal"] * 4 + ["settlement"] * 6
    assert names(outcome.state[0], STATES) == expected
    assert set(outcome.held) == {6}
    flow, war = worlds.flow[0, :, settlement(worlds)], worlds.no_deal.flow[0]
    paid = sum(0.1 * 0.9**t * (war if t < 4 else flow) for t in range(10))
    np.testing.assert_allclose(outcome.utility[0], paid + 0.9**10 * flow, atol=1e-12)


def test_agreed_but_not_in_force_is_a_stalemate():
    """What was signed too late to come into force counts as declared, not as an ending."""
    worlds = worlds_of(delay=8.0)
    outcome = play_story(worlds, Staged([settlement(worlds)], [2]))
    assert set(names(outcome.declared, DECLARED)) == {"settlement"}
    assert set(names(outcome.ending, ENDINGS)) == {"stalemate"}
    assert set(outcome.held) == {0}
    assert (outcome.final_deal == NO_DEAL).all()


def test_no_deal_is_a_stalemate():
    """Nothing signed: nothing declared, nothing held, fighting on once the three rounds of talks are over."""
    worlds = worlds_of()
    outcome = play_story(worlds, Staged([NO_DEAL], [3]), keep_states=True)
    assert set(names(outcome.declared, DECLARED)) == {"none"}
    assert set(names(outcome.ending, ENDINGS)) == {"stalemate"}
    assert (outcome.round == -1).all()
    assert names(outcome.state[0], STATES) == ["fighting_without_deal"] * 10


def test_collapse_is_terminal_unless_talks_are_held_again():
    """A broken deal ends in war; under the recursive convention talks meet again, counted from 0."""
    worlds = worlds_of(h=0.5)
    talks = Staged([truce(worlds)])
    outcome = play_story(worlds, talks, keep_states=True)
    broken = outcome.collapses > 0
    assert broken.mean() > 0.99
    assert set(names(outcome.ending[broken], ENDINGS)) == {"war"}
    assert set(names(outcome.ending[~broken], ENDINGS)) <= {"truce"}
    assert (outcome.collapses <= 1).all()
    assert talks.calls == [(DRAWS, 0)]
    assert outcome.held[broken].mean() == pytest.approx(2, abs=0.3)
    last = np.array(names(outcome.state[:, -1], STATES))
    assert set(last[broken]) == {"fighting_after_broken_deal"}

    worlds = worlds_of(h=0.5, after_collapse="recursive")
    talks = Staged([truce(worlds), settlement(worlds)], [0, 1])
    again = play_story(worlds, talks, keep_states=True)
    assert (again.held == outcome.held).all()  # of the first deal, with the same luck
    assert {meeting for _, meeting in talks.calls} > {0, 1}
    assert (again.collapses > 1).any()
    assert (again.deal == truce(worlds)).all()
    kept = again.final_deal != NO_DEAL
    assert set(again.state[~kept, -1]) <= {STATES.index("fighting_after_broken_deal")}  # though they talk again
    assert (again.final_deal[kept & broken] == settlement(worlds)).all()


def test_conversion_turns_a_truce_into_the_reference_settlement():
    """Talks that succeed put the reference settlement in force at once; the first deal was the truce."""
    worlds = worlds_of(convert=0.3)
    outcome = play_story(worlds, Staged([truce(worlds)]), keep_states=True)
    turned = outcome.converted == 1
    assert turned.mean() == pytest.approx(1 - 0.7**10, abs=0.03)
    assert set(names(outcome.declared, DECLARED)) == {"truce"}
    assert set(names(outcome.ending[turned], ENDINGS)) == {"settlement"}  # also in the very last round
    assert set(names(outcome.ending[~turned], ENDINGS)) == {"truce"}
    assert (outcome.final_deal[turned] == worlds.reference[turned]).all()
    assert (outcome.held == 10).all()
    assert (outcome.state[:, -1] == outcome.ending + STATES.index("truce")).all()


def test_a_converted_deal_starts_young():
    """The settlement that replaces a truce has moved no power yet: at the horizon its own age counts."""
    worlds = worlds_of(convert=1 - 1e-12, h=0.3, horizon=4)
    scenario = with_numbers(
        worlds.scenario,
        {"true_hazard": None, "actors.A.power_shift": number(0.4), "talks.rearmament_speed": number(0.3)},
    )
    worlds = build(DealSpace.of(scenario), draw(scenario, np.arange(3)))
    outcome = play_story(worlds, Staged([truce(worlds)]))
    assert outcome.converted.all()
    settled, first = int(worlds.reference[0]), truce(worlds)
    life = durability(0.9, 0.3, 0.0, 0.3)
    moved = (float(life.omega) - float(life.phi)) * (1 - 0.7**3) * 0.4  # three rounds old, not four
    paid = 0.1 * (worlds.flow[0, 0, first] + sum(0.9**t * worlds.flow[0, 0, settled] for t in (1, 2, 3)))
    expected = paid + 0.9**4 * (worlds.value[0, 0, settled] + moved)
    np.testing.assert_allclose(outcome.utility[:, 0], expected, atol=1e-12)


def test_signed_again_but_not_in_force_is_no_stalemate():
    """After a collapse the deal signed next comes too late: the first one broke, and that is how it ends."""
    worlds = worlds_of(h=1.0, delay=12.0, after_collapse="recursive")
    outcome = play_story(worlds, Staged([truce(worlds), settlement(worlds)]))
    assert (outcome.collapses == 1).all()
    assert (outcome.final_deal == NO_DEAL).all()
    assert set(names(outcome.ending, ENDINGS)) == {"war"}


def test_arms_end_talks_and_agreements_that_are_not_in_force():
    """Decided by arms is told beside the ending; a decided war is paid as the winner's deal."""
    worlds = worlds_of(m=0.3, delay=6.0, fight=True)
    outcome = play_story(worlds, Staged([settlement(worlds)], [2]), keep_states=True)
    decided = outcome.decided_by_arms == 1
    assert decided.mean() == pytest.approx(1 - 0.7**8, abs=0.05)
    early = outcome.deal == NO_DEAL
    assert early.mean() == pytest.approx(1 - 0.7**2, abs=0.07)
    assert set(names(outcome.ending[decided & early], ENDINGS)) == {"stalemate"}
    assert set(names(outcome.ending[decided & ~early], ENDINGS)) == {"war"}
    assert set(names(outcome.ending[~decided], ENDINGS)) == {"settlement"}
    for who, name in enumerate(("A", "B")):
        won = outcome.prevailed == who
        assert won.any()
        assert (outcome.state[won, -1] == STATES.index(f"{name}_prevailed")).all()
    # Nothing is as good as winning: after the decision the winner has all of the share.
    assert outcome.utility[decided].max() > outcome.utility[~decided].max() - 1e-9


def test_arms_decide_even_where_nobody_has_power():
    """A war that nobody can win goes on as it was, whatever the chance of a decision."""
    worlds = worlds_of(m=0.5)
    outcome = play_story(worlds, Staged([NO_DEAL]), keep_states=True)
    assert outcome.decided_by_arms.mean() > 0.99
    assert set(names(outcome.state[:, -1], STATES)) == {"fighting_without_deal"}
    np.testing.assert_allclose(outcome.utility, 0.1, atol=1e-12)


def test_damage_and_shift_last_for_ever():
    """After a collapse everybody pays the damage, and gains or loses what the pause has shifted so far."""
    scenario = dispute(
        {"W": 0.1, "delta": 0.9, "eta": 0.05, "shift": 0.4},
        {"W": 0.1, "delta": 0.9, "eta": 0.02, "shift": -0.4},
        theta=0.5,
        hazards=(0.5, 0.5),
        horizon=6,
    )
    worlds = build(DealSpace.of(scenario), draw(scenario, np.arange(DRAWS)))
    deal = truce(worlds)
    outcome = play_story(worlds, Staged([deal]))
    for held in (1, 2, 3):
        here = (outcome.held == held) & (outcome.collapses == 1)
        assert here.any()
        shift = 0.4 * (1 - 0.5**held)
        flow = worlds.flow[0, :, deal]
        after = np.array([0.1 - 0.05 + shift, 0.1 - 0.02 - shift])
        expected = (1 - 0.9**held) * flow + 0.9**held * after
        np.testing.assert_allclose(outcome.utility[here], np.tile(expected, (here.sum(), 1)), atol=1e-12)


def test_states_are_kept_only_on_demand():
    """Without keep_states nothing is stored; with it nothing else changes."""
    worlds = worlds_of(h=0.2, m=0.1, delay=1.0)
    one = play_story(worlds, Staged([settlement(worlds)]))
    two = play_story(worlds, Staged([settlement(worlds)]), keep_states=True)
    assert one.state.shape == (DRAWS, 0)
    assert two.state.shape == (DRAWS, 10)
    assert (one.utility == two.utility).all()
    assert (one.ending == two.ending).all()
