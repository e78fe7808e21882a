"""Talks that reopen: after a collapse with the same deal, after a failure only in a world that has changed."""

import numpy as np
import pytest

from sim.engine import play_story, simulate
from sim.engine.changed_world import changed_draws
from sim.engine.deals_end import deals_end
from sim.engine.goodwill import Goodwill
from sim.engine.played_story import PlayedStory
from sim.foundations import NO_DEAL, InputError
from sim.scenario import draw
from sim.scenario.rules import rule_problems
from sim.table import DealSpace, build
from tests.engine.staged import Staged, one_deal, with_numbers
from tests.table.dispute import dispute, number

DRAWS = 4_000


def scenario_of(*, war=0.1, hazards=(0.0, 0.0), **numbers):
    """Two parties, a share and a cause; no deal is worth ``war`` to A and little to B."""
    found = dispute(
        {"W": war, "delta": 0.9, "grievance": 0.0},
        {"W": 0.1, "delta": 0.9, "grievance": 0.0},
        hazards=hazards,
        horizon=20,
        rounds=3,
    )
    return with_numbers(found, numbers)


def test_the_same_deal_is_signed_again_after_the_talks_last():
    """Every broken deal is back in force once talks of two rounds are over, and values reckon with it."""
    reopening = {"chance": number(1.0), "lasts": number(2.0)}
    scenario = scenario_of(hazards=(0.3, 0.3), **{"talks.reopening": reopening})
    space = DealSpace.of(scenario)
    deal = one_deal(space, share="0.5", causes="0.0", watch="unwatched")
    worlds = build(space, draw(scenario, np.arange(DRAWS)))
    outcome = play_story(worlds, Staged([deal]), keep_states=True)
    in_force = outcome.state == 0
    broke = in_force[:, :-4] & ~in_force[:, 1:-3]
    assert broke.any()
    assert not in_force[:, 3:-1][broke].any()
    assert in_force[:, 4:][broke].mean() == pytest.approx(0.7, abs=0.02)
    never = scenario_of(hazards=(0.3, 0.3))
    bare = build(DealSpace.of(never), draw(never, np.arange(1)))
    plain, gain = (w.signed[0, 0, deal] - w.no_deal.value[0, 0] for w in (bare, worlds))
    assert gain > plain * 1.2 > 0


@pytest.mark.parametrize("years", [0, 1, 3])
def test_drift_adds_up_over_the_years_without_a_deal(years):
    """A deal that breaks every year and is back after so many: the worth of no deal has moved by all of these."""
    reopening = {"chance": number(1.0), "lasts": number(float(years))}
    scenario = scenario_of(hazards=(1.0, 1.0), **{"talks.reopening": reopening})
    scenario = with_numbers(
        scenario,
        {
            "no_deal": {"model": "status-quo", "drift": {"A": number(-0.02), "B": number(0.01)}},
            "actors.A.reservation": None,
            "actors.B.reservation": None,
            "talks.decisive_chance": None,
        },
    )
    assert not list(rule_problems(scenario))
    space = DealSpace.of(scenario)
    deal = one_deal(space, share="0.5", causes="0.0", watch="unwatched")
    worlds = build(space, draw(scenario, np.arange(1)))
    at = np.arange(4_000)
    cycle, turn = np.divmod(at, years + 1)
    for a, drift in enumerate((-0.02, 0.01)):
        waited = cycle * years + turn - 1  # years without a deal before this one
        paid = np.where(turn == 0, worlds.flow[0, a, deal], worlds.no_deal.flow[0, a] + drift * waited)
        by_hand = (1 - worlds.delta[0, a]) * (worlds.delta[0, a] ** at * paid).sum()
        assert worlds.signed[0, a, deal] == pytest.approx(by_hand, abs=1e-9)
    outcome = play_story(worlds, Staged([deal]))
    np.testing.assert_allclose(outcome.utility[0], worlds.signed[0, :, deal], atol=1e-9)


def test_pressure_is_paid_at_the_first_signature_or_at_each():
    """A deal breaks every year and is signed again at once, for ever: what that pays comes once, or each time."""
    mediator = {"role": "mediator", "patience": number(0.5), "salience": {"share": number(1.0)},
                "position": {"share": number("0.5")}, "pressure": {"A": {"strength": number(0.2)}}}  # fmt: skip
    utility = {}
    for strength in (0.0, 0.2):
        for pays in ("once", "each time"):
            mediator["pressure"]["A"]["strength"] = number(strength)
            reopening = {"chance": number(1.0), "lasts": number(0.0), "pressure": pays}
            scenario = scenario_of(hazards=(1.0, 1.0), **{"talks.reopening": reopening, "actors.M": mediator})
            space = DealSpace.of(scenario)
            deal = one_deal(space, share="0.5", causes="0.0", watch="unwatched")
            worlds = build(space, draw(scenario, np.arange(1)))
            outcome = play_story(worlds, Staged([deal]))
            utility[strength, pays] = outcome.utility[0, 0]
    assert utility[0.0, "once"] == utility[0.0, "each time"]
    assert outcome.collapses[0] == 20
    assert utility[0.2, "once"] - utility[0.0, "once"] == pytest.approx(0.2)
    assert utility[0.2, "each time"] - utility[0.0, "each time"] == pytest.approx(0.2 / (1 - 0.9))


def test_without_a_chance_nothing_reopens():
    """A chance of 0 leaves every outcome and value what they are without talks that reopen."""
    scenario = scenario_of(hazards=(0.3, 0.3))
    with_table = with_numbers(scenario, {"talks.reopening": {"chance": number(0.0)}})
    blocks = [simulate(DealSpace.of(one), draw(one, np.arange(200))) for one in (scenario, with_table)]
    assert (blocks[0].outcome.ending == blocks[1].outcome.ending).all()
    assert np.array_equal(blocks[0].worlds.signed, blocks[1].worlds.signed)
    np.testing.assert_allclose(blocks[0].outcome.utility, blocks[1].outcome.utility, atol=1e-12)


def moving(change, failed=1.0):
    """No deal at first: A would rather have no deal; that changes by so much a year."""
    reopening = {"chance": number(0.0), "after_failure": number(failed)}
    reopening["meanwhile"] = {"A.reservation": number(change)}
    return scenario_of(war=0.7, **{"talks.reopening": reopening})


def test_talks_that_failed_agree_once_no_deal_is_worth_less():
    """A asks for more than B grants; when no deal has lost enough of its worth to A, reopened talks agree."""
    scenario = moving(-0.1)
    block = simulate(DealSpace.of(scenario), draw(scenario, np.arange(50)), keep_states=True)
    outcome = block.outcome
    assert (outcome.agreed < 0).all()
    assert (outcome.deal != NO_DEAL).all()
    assert (outcome.reopened >= 1).all()
    assert (outcome.round >= 3).all()
    # until then no deal is paid as it was at the beginning, from then on the flow of the deal
    signed = int(outcome.round[0])
    flow = block.worlds.flow[0, :, outcome.deal[0]]
    expected = (1 - 0.9**signed) * block.worlds.no_deal.flow[0] + 0.9**signed * flow
    late = 0.9**signed * (1 - 0.9) * 3 * 0.1 * signed  # the worth of no deal falls while reopened talks go on
    np.testing.assert_allclose(outcome.utility[0], expected, atol=late)


@pytest.mark.parametrize("press", [0.0, 0.05])
@pytest.mark.slow
def test_what_is_signed_in_a_changed_world_is_worth_what_it_turns_out_to_be(press):
    """From the signature on the mean of what is played is V by the numbers as they are then, collapses and all.

    Talks fail for as long as A would rather have no deal. Then a deal is signed that breaks with 0.2 a year and is
    signed again, by values that know both.
    """
    numbers = {
        "talks.reopening": {
            "chance": number(0.5), "lasts": number(1.0), "after_failure": number(1.0),
            "meanwhile": {"A.reservation": number(-0.1)},
        },
        **{f"actors.{name}.beliefs.base": number(0.2) for name in "AB"},
        "true_hazard.base": number(0.2),
    }  # fmt: skip
    if press:
        mediator = {"role": "mediator", "patience": number(0.5), "war_cost": number(0.5)}
        mediator |= {"salience": {"share": number(1.0)}, "position": {"share": number("0.5")}}
        numbers["actors.M"] = mediator | {"pressure": {name: {"strength": number(press)} for name in "AB"}}
    scenario = scenario_of(war=0.7, **numbers)
    draws = draw(scenario, np.arange(DRAWS))
    block = simulate(DealSpace.of(scenario), draws, keep_states=True)
    outcome, first = block.outcome, block.worlds
    signed, deal = int(outcome.round[0]), int(outcome.deal[0])
    assert deal != NO_DEAL
    assert (outcome.round == signed).all()
    assert (outcome.collapses > 0).mean() > 0.5
    opened = 3 * int(outcome.reopened[0])  # talks of three rounds fail, and open again at once
    later = build(first.space, changed_draws(scenario, draws, np.arange(DRAWS), np.full(DRAWS, float(opened))))
    assert (first.payoff[0, 0, deal] - first.no_deal.value[0, 0]) < 0 < later.payoff[0, 0, deal]
    for a in range(2):
        delta = first.delta[0, a]
        # each stretch of talks is paid by the world in which it is held
        paid, reached = 0.0, 0
        for stretch in range(0, opened + 1, 3):
            until = min(stretch + 3, signed) if stretch < opened else signed
            now = build(first.space, changed_draws(scenario, draws, np.arange(1), np.array([float(stretch)])))
            paid += (delta**reached - delta**until) * now.no_deal.flow[0, a]
            reached = until
        expected = paid + delta**signed * later.payoff[0, a, deal]
        error = outcome.utility[:, a].std() / np.sqrt(DRAWS)
        assert outcome.utility[:, a].mean() == pytest.approx(expected, abs=4 * error + 1e-9)


def test_talks_that_failed_fail_again_where_too_little_changes():
    """Reopening by itself changes nothing: with a change of next to nothing nobody ever signs."""
    scenario = moving(-1e-6)
    outcome = simulate(DealSpace.of(scenario), draw(scenario, np.arange(20))).outcome
    assert (outcome.deal == NO_DEAL).all()
    assert (outcome.reopened > 0).all()


@pytest.mark.parametrize(
    ("path", "a_year", "expected"),
    [("A.position.share", -0.02, 0.8), ("A.position.share", -0.3, 0.0), ("A.position.share", 0.1, 1.0),
     ("A.patience", -0.05, 0.4), ("A.patience", 0.05, 1.0)],
)  # fmt: skip
def test_numbers_change_by_so_much_a_year_within_what_they_can_be(path, a_year, expected):
    """After ten years; a place on an issue stays on its scale, and draws that are not asked for stay out."""
    reopening = {"chance": number(0.0), "after_failure": number(1.0), "meanwhile": {path: number(a_year)}}
    scenario = scenario_of(**{"talks.reopening": reopening})
    draws = draw(scenario, np.arange(3))
    changed = changed_draws(scenario, draws, np.array([2]), np.array([10.0]))
    assert changed[path].tolist() == pytest.approx([expected], abs=1e-9)
    assert changed["B.patience"].tolist() == draws["B.patience"][2:].tolist()


def test_what_power_has_moved_moves_no_more():
    """Every pause moves four tenths of what is left: after n deals that broke in their first year 1 - 0.6**n."""
    changes = {f"actors.{name}.{path}": value for name in "AB"
               for path, value in (("reservation", None), ("power", number(1.0)), ("war_cost", number(0.2)),
                                   ("power_shift", None))}  # fmt: skip
    changes |= {"actors.A.prevail_shift": number(0.1), "talks.decisive_chance": number(0.1)}
    scenario = scenario_of(hazards=(1.0, 1.0), **changes, **{"talks.rearmament_speed": number(0.4)})
    worlds = build(DealSpace.of(scenario), draw(scenario, np.arange(2)))
    assert worlds.swing is not None
    story = PlayedStory.begin(2, 2, 20)
    for broken in (1, 2, 3):
        story.deal[:], story.in_force_at[:] = 0, broken
        deals_end(worlds, story, Goodwill.begin(worlds), broken, np.array([True, False]))
        assert story.behind.tolist() == pytest.approx([1 - 0.6**broken, 0.0])
        assert story.collapses.tolist() == [broken, 0]


@pytest.mark.slow
def test_a_story_in_changed_worlds_does_not_depend_on_the_block():
    """Draws told one by one come out as in a block."""
    scenario = moving(-0.1, failed=0.5)
    space = DealSpace.of(scenario)
    whole = simulate(space, draw(scenario, np.arange(12)), keep_states=True).outcome
    for n in range(12):
        one = simulate(space, draw(scenario, np.array([n])), keep_states=True).outcome
        assert one.round[0] == whole.round[n]
        assert np.array_equal(one.utility[0], whole.utility[n])
        assert np.array_equal(one.state[0], whole.state[n])


@pytest.mark.parametrize(
    ("numbers", "said"),
    [
        ({"talks.reopening": {"chance": number(0.5), "after_failure": number(0.5)}}, "nothing has changed meanwhile"),
        ({"talks.reopening": {"chance": number(0.5), "meanwhile": {"A.patience": number(0.1)}}}, "nothing comes of"),
        (
            {"talks.reopening": {"chance": number(0.5)}, "conventions": {"alternative": "talks"}},
            "falls back on talks already",
        ),
        (
            {
                "talks.reopening": {
                    "chance": number(0.5), "after_failure": number(0.5), "meanwhile": {"A.patients": number(0.1)},
                }
            },
            'no number "A.patients"',
        ),
        ({"actors.A.prevail_shift": number(0.1)}, "nobody for whom arms may decide"),
        (
            {
                "talks.reopening": {
                    "chance": number(0.5), "after_failure": number(0.5), "meanwhile": {"A.patience": number(0.1)},
                },
                "no_deal": {"model": "war", "drift": {"A": number(0.1)}},
            },
            "held anew after they failed",
        ),
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_refused(numbers, said):
    """Combinations that mean nothing are told with the place and what would do."""
    found = rule_problems(scenario_of(**numbers))
    assert any(said in problem.message for problem in found), [problem.message for problem in found]


def test_a_shift_of_power_is_counted_once():
    """Who states both a change of who prevails and a shift in own value is told so."""
    scenario = scenario_of(
        **{f"actors.{name}.reservation": None for name in "AB"},
        **{f"actors.{name}.power": number(1.0) for name in "AB"},
        **{f"actors.{name}.war_cost": number(0.2) for name in "AB"},
        **{"actors.A.prevail_shift": number(0.1)},
    )
    assert any("counted twice" in problem.message for problem in rule_problems(scenario))
    with pytest.raises(InputError):
        draw(scenario, np.arange(1), fixed={"A.nothing": 1.0})
