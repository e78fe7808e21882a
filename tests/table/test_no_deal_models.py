"""What happens without a deal: each model is worth what its worlds turn out to be worth, and reads its own numbers."""

from copy import deepcopy

import numpy as np
import pytest

from sim.engine import play_story
from sim.engine.play import _left_at_horizon
from sim.engine.played_story import PlayedStory
from sim.foundations import NO_DEAL
from sim.scenario import Scenario, draw
from sim.scenario.kinds import broken_code, deal_kinds, ending_codes, models_war, no_deal_model, state_codes
from sim.scenario.rules import rule_problems
from sim.table import NO_DEAL_MODELS, DealSpace, build, surplus
from sim.words import Vocabulary
from tests.engine.staged import Staged
from tests.table.dispute import number

DRAWS = 12_000

#: What each model needs beside the two sides.
MODELS = {
    "war": {"actors.A.power": number(2.0), "actors.B.power": number(1.0), "actors.A.war_cost": number(0.1),
            "talks.decisive_chance": number(0.2)},
    "reservation": {"actors.A.reservation": number(0.3), "actors.B.reservation": number(0.2)},
    "status-quo": {"no_deal.drift": {"A": number(-0.03), "B": number(0.02)}},
    "rival": {"no_deal.chance": number(0.25), "no_deal.worth": {"A": number(0.1), "B": number(0.4)}},
    "vote-again": {"no_deal.worth": {"A": number(0.0), "B": number(0.6)}},
}  # fmt: skip


def sale(model, *, stated=True, **changes):
    """Two sides divide a price between them; without a deal happens what the model says."""
    raw = {
        "title": "test",
        "default_assumed": "test",
        "issues": {"price": {"kind": "numeric", "low": 0, "high": 1, "points": 5, "status_quo": 0.25}},
        "actors": {
            name: {
                "patience": number(patience),
                "salience": {"price": number(1.0)},
                "position": {"price": number(ideal)},
            }
            for name, patience, ideal in (("A", 0.9, 1.0), ("B", 0.8, 0.0))
        },
        "talks": {"round": "1 year", "rounds": 4, "horizon": 10},
        "no_deal": {"model": model} if stated else {},
    }
    for path, value in {**deepcopy(MODELS[model]), **changes}.items():
        here, *front = raw, *path.split(".")
        for key in front[:-1]:
            here = here.setdefault(key, {})
        here[front[-1]] = value
    return Scenario.model_validate(raw)


def played(scenario, deal=NO_DEAL, rounds=(4,), draws=DRAWS):
    """Worlds and what comes of talks that end in a given way."""
    worlds = build(DealSpace.of(scenario), draw(scenario, np.arange(draws)))
    return worlds, play_story(worlds, Staged([deal], rounds), keep_states=True)


def names_of(codes, of):
    """Names of some codes."""
    return {of[code] for code in np.unique(codes)}


def test_every_model_is_tested_here():
    """A model that is registered without numbers above would be tested by nothing."""
    assert set(NO_DEAL_MODELS.names) == set(MODELS)
    assert all(entry.member.phrase for entry in NO_DEAL_MODELS)


@pytest.mark.parametrize("model", MODELS)
def test_no_deal_is_worth_what_is_played(model):
    """W is the mean of worlds in which nobody ever signs."""
    worlds, outcome = played(sale(model))
    error = outcome.utility.std(axis=0) / np.sqrt(DRAWS)
    gap = np.abs(outcome.utility.mean(axis=0) - worlds.no_deal.value[0])
    assert (gap <= 4 * error + 1e-9).all()


@pytest.mark.parametrize(
    ("delay", "hazard"),
    [
        (0, 0.3),  # breaks within the horizon, and comes into force at once
        (12, 0.0),  # never comes into force within it
        *(pytest.param(*slow, marks=pytest.mark.slow) for slow in ((0, 0.0), (3, 0.0), (3, 0.3), (12, 0.3))),
    ],
)
@pytest.mark.parametrize("model", MODELS)
def test_a_deal_is_worth_what_is_played(model, delay, hazard):
    """V is the mean of worlds in which a deal is signed at once, comes into force later, and may break."""
    lasting = {"base": number(hazard), "enforcement": number(0.0), "resolved": number(0.0)}
    scenario = sale(
        model,
        **{
            "issues.price.time_to_settle": number(float(delay)),
            "true_hazard": lasting,
            "actors.A.beliefs": lasting,
            "actors.B.beliefs": lasting,
            "actors.A.collapse_damage": number(0.05),
        },
    )
    worlds, outcome = played(scenario, 3, (0,))
    error = outcome.utility.std(axis=0) / np.sqrt(DRAWS)
    gap = np.abs(outcome.utility.mean(axis=0) - worlds.signed[0, :, 3])
    assert (gap <= 4 * error + 1e-9).all()


@pytest.mark.parametrize("model", MODELS)
def test_the_surplus_adds_up_under_every_model(model):
    """Its terms sum to V + l - O, and only a war has terms of one."""
    worlds, _ = played(sale(model, **{"issues.price.time_to_settle": number(2.0)}), draws=3)
    for deal in range(len(worlds.space)):
        found = surplus(worlds, np.full(3, deal))
        np.testing.assert_allclose(found.parts.sum(axis=2), found.total, atol=1e-12)
    assert any("war" in term or "arms" in term for term in found.terms) == (model == "war")


@pytest.mark.parametrize("model", MODELS)
def test_only_a_war_speaks_of_one(model):
    """Codes, kinds and words of the other models hold no word of war; the play stays within the codes."""
    scenario = sale(model)
    words = Vocabulary.of(scenario)
    assert models_war(scenario) == words.war == (model == "war")
    assert deal_kinds(scenario) == (("truce", "partial", "settlement") if words.war else ("deal",))
    _, outcome = played(scenario, draws=50)
    assert names_of(outcome.ending, ending_codes(scenario)) == {words.never}
    assert names_of(outcome.state, state_codes(scenario)) <= set(words.states)
    told = " ".join(str(group) for group in (words.endings, words.declared, words.states)).lower()
    if not words.war:
        assert not any(word in told for word in ("war", "truce", "arms", "fight", "stalemate", "settlement"))
        assert not broken_code(scenario)
        assert not outcome.decided_by_arms.any()


def test_a_rival_ends_the_talks_but_not_what_is_signed():
    """As often as its chance says, and never once there is a signature."""
    _, outcome = played(sale("rival"))
    taken = outcome.state[:, -1] == state_codes(sale("rival")).index("taken_by_others")
    assert taken.mean() == pytest.approx(1 - 0.75**10, abs=0.01)
    scenario = sale("rival", **{"issues.price.time_to_settle": number(5.0)})
    _, outcome = played(scenario, 3, (0,))
    assert names_of(outcome.ending, ending_codes(scenario)) == {"deal"}


def test_the_model_follows_from_the_numbers():
    """Reservations without a number of a war make none; any number of a war makes one, and so does neither."""
    assert no_deal_model(sale("reservation", stated=False)) == "reservation"
    assert no_deal_model(sale("reservation", stated=False, **{"talks.decisive_chance": number(0.1)})) == "war"
    assert no_deal_model(sale("war", stated=False)) == "war"


@pytest.mark.parametrize(("model", "changes", "message"), [
    ("reservation", {"actors.A.reservation": None}, 'what no deal is worth to "A" is missing'),
    ("reservation", {"actors.A.war_cost": number(0.1)}, '"war_cost" has no effect under model "reservation"'),
    ("rival", {"no_deal.chance": None}, '"chance" is missing'),
    ("rival", {"no_deal.worth": {"A": number(0.1)}}, 'worth to "B" is missing'),
    ("rival", {"no_deal.worth.C": number(0.1)}, 'no actor "C"'),
    ("status-quo", {"no_deal.chance": number(0.1)}, '"chance" has no effect under model "status-quo"'),
    ("status-quo", {"actors.A.reservation": number(0.1)}, '"reservation" has no effect under model "status-quo"'),
    ("reservation", {"kinds": {"none": {}}}, 'cannot be called "none"'),
    ("reservation", {"kinds": {"low": {"levels": {"prise": [0.0]}}}}, 'no issue "prise"'),
    ("reservation", {"kinds": {"low": {"levels": {"price": [0.1]}}}}, "0.1"),
])  # fmt: skip
def test_what_cannot_be_is_told(model, changes, message):
    """In one sentence at its place."""
    found = [problem.message for problem in rule_problems(sale(model, **changes))]
    assert any(message in text for text in found), found


def test_sound_models_have_no_problems():
    """Each with its numbers."""
    for model in MODELS:
        assert rule_problems(sale(model)) == []


def test_kinds_are_the_first_that_fits():
    """Levels claim deals in the order of the file; what nobody claims is of another kind, with words of its own."""
    scenario = sale(
        "reservation",
        kinds={
            "cheap": {"title": "a cheap sale", "levels": {"price": [{"at_most": 0.25}]}},
            "middling": {"levels": {"price": [{"between": [0.0, 0.5]}]}},
        },
    )
    assert deal_kinds(scenario) == ("cheap", "middling", "other")
    assert DealSpace.of(scenario).kind.tolist() == [0, 0, 1, 2, 2]
    assert ending_codes(scenario) == ("cheap", "middling", "other", "no_deal")
    words = Vocabulary.of(scenario).endings
    assert words["cheap"].clause == "a cheap sale is in force"
    assert words["other"].noun == "another deal"
    covered = {"low": {"levels": {"price": [{"at_most": 0.5}]}}, "high": {"levels": {"price": [{"at_least": 0.5}]}}}
    assert deal_kinds(sale("reservation", kinds=covered)) == ("low", "high")
    assert deal_kinds(sale("war", kinds=covered)) == ("low", "high")


@pytest.mark.parametrize("model", ["status-quo", "rival", "vote-again"], ids=str)
def test_no_deal_is_nothing_to_whom_nothing_matters(model):
    """Whatever the file says it brings him; the others have what they have without him."""
    cares_not = {"patience": number(0.9), "salience": {"price": number(0.0)}, "position": {"price": number(0.5)}}
    kind = "drift" if model == "status-quo" else "worth"
    changes = {"actors.C": cares_not, f"no_deal.{kind}": {**MODELS[model][f"no_deal.{kind}"], "C": number(0.7)}}
    alone, beside = (build(DealSpace.of(one), draw(one, np.arange(3))) for one in (sale(model), sale(model, **changes)))
    for name in ("flow", "drift", "value", "pending", "lapsed"):
        found, expected = getattr(beside.no_deal, name), getattr(alone.no_deal, name)
        assert not found[:, 2].any()
        np.testing.assert_allclose(found[:, :2], expected)
    assert beside.no_deal.value[:, :2].any()


def test_a_deal_that_broke_after_the_last_vote_leaves_the_fallback():
    """Where talks go on the votes still count, 0.25 or 0.75 between them; where nobody talks again, 0 and 0.6 come."""
    scenario = sale("vote-again")
    worlds = build(DealSpace.of(scenario), draw(scenario, np.arange(2)))
    story = PlayedStory.begin(2, 2, 10)
    story.broken[1] = True
    talking, over = _left_at_horizon(worlds, story, 10)
    kept = np.array([0.9, 0.8]) ** 4
    assert talking == pytest.approx((1 - kept) * [0.25, 0.75] + kept * [0.0, 0.6])
    assert over.tolist() == [0.0, 0.6]
