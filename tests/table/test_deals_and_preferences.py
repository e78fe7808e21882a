"""Deals, level values, flows, red lines and documents, each against its definition."""

from itertools import combinations

import hypothesis.strategies as st
import numpy as np
import pytest
from hypothesis import given

from sim.scenario import Scenario, change, draw, rule_problems
from sim.table import DealSpace, build
from sim.table.preferences import UNCHANGED
from tests.engine.staged import with_numbers
from tests.shipped import shipped
from tests.table.dispute import beliefs, dispute, number
from tests.war_codes import KINDS

ONE = np.arange(1)


@pytest.fixture(scope="module")
def ceasefire():
    """The ceasefire case and its deals."""
    scenario = shipped("ceasefire")
    return scenario, DealSpace.of(scenario)


def test_kinds_follow_the_root_causes(ceasefire):
    """A truce leaves every root cause at the status quo, a settlement none, a partial deal some."""
    scenario, space = ceasefire
    roots = [i for i, issue in enumerate(scenario.issues.values()) if issue.root_cause_of]
    assert tuple(roots) == space.roots == (2, 3)
    left = (space.deals[:, roots] == 0).sum(axis=1)
    kind = np.array(KINDS)[space.kind]
    assert ((kind == "truce") == (left == 2)).all()
    assert ((kind == "settlement") == (left == 0)).all()
    assert ((kind == "partial") == (left == 1)).all()


def test_settlements_open_no_talks(ceasefire):
    """A settlement exists once, with nothing left to talk about; every deal exists once."""
    _, space = ceasefire
    assert (space.deals[space.kind == 2, 5] == 0).all()
    assert len(np.unique(space.deals, axis=0)) == len(space)


def test_classes_share_what_they_say(ceasefire):
    """Deals of a durability class share enforcement, root causes and talks; of a delay class what takes its time."""
    scenario, space = ceasefire
    first, group = space.durability_classes
    for values in (space.enforcement, space.follow_on, space.deals[:, 2], space.deals[:, 3]):
        assert (values[first][group] == values).all()
    assert len(first) < len(space) / 4
    first, group = space.delay_classes
    late = [issue.time_to_settle is not None for issue in scenario.issues.values()]
    assert (space.settled[first][group] == space.settled)[:, late].all()
    assert len(first) == len({tuple(row) for row in space.settled[:, late].tolist()})


def test_consent_is_that_of_the_levels(ceasefire):
    """Allies are asked for each step on membership and each guarantee of theirs, nobody else for anything."""
    scenario, space = ceasefire
    allies = list(scenario.actors).index("allies")
    asked = (space.deals[:, 2] > 0) | (space.deals[:, 4] >= 2)
    assert (space.consent[allies] == asked).all()
    assert space.consent.sum() == asked.sum()


def test_values_of_levels():
    """1 - |level - ideal| ** shape, with the ideal moved by posture from the stated position to the status quo."""
    scenario = with_numbers(
        dispute({"W": 0, "delta": 0.9}, {"W": 0, "delta": 0.9}, shares=(0.25, 0.5)),
        {
            "actors.A.posture": number(0.25),
            "actors.A.shape.share": number(2.0),
            "issues.share.status_quo": "0.25",
            "actors.A.salience.causes": number(3.0),
        },
    )
    worlds = build(DealSpace.of(scenario), draw(scenario, ONE))
    ideal = 1 + 0.25 * (0.25 - 1)
    places = np.array([0, 0.25, 0.5, 1])
    np.testing.assert_allclose(worlds.preferences.value[0][0, 0], 1 - (places - ideal) ** 2, atol=1e-12)
    np.testing.assert_allclose(worlds.preferences.status_quo[0, 0, 0], 1 - (0.25 - ideal) ** 2)
    assert worlds.preferences.weight[0, 0].tolist() == [0.25, 0.75, 0]
    assert worlds.preferences.weight.sum(axis=2) == pytest.approx(1)


def test_promises_are_worth_their_level_as_far_as_they_are_trusted():
    """U = w [c value + (1 - c) value of the status quo], c = 1 - (1 - c0) exp(-a enforcement)."""
    scenario = with_numbers(
        dispute({"W": 0, "delta": 0.9, "grievance": 1.0}, {"W": 0, "delta": 0.9}, shares=(0.5,)),
        {
            "issues.causes.promise": True,
            "actors.A.credibility": {"base": number(0.4), "enforcement": number(0.7)},
        },
    )
    space = DealSpace.of(scenario)
    worlds = build(space, draw(scenario, ONE))
    for watch, enforcement in (("unwatched", 0), ("watched", 1)):
        deal = space.select((), {"share": ("0.5",), "causes": ("1.0",), "watch": (watch,)})
        trust = 1 - 0.6 * np.exp(-0.7 * enforcement)
        assert worlds.flow[0, 0, deal] == pytest.approx(0.5 * 0.5 + 0.5 * trust)
        assert worlds.flow[0, 1, deal] == pytest.approx(0.5)  # B weighs the share only


def test_a_bonus_joins_two_issues():
    """Size times both values is added, at the status quo, in every deal and in what arms impose."""
    scenario = with_numbers(
        dispute({"W": 0, "delta": 0.9, "grievance": 1.0}, {"W": 0, "delta": 0.9}, shares=(0.5,)),
        {
            "actors.A.bonus": {"issues": ["share", "causes"], "size": number(-2.0)},
            "actors.A.reservation": None,
            "actors.A.power": number(1.0),
        },
    )
    space = DealSpace.of(scenario)
    worlds = build(space, draw(scenario, ONE))
    share, causes = (worlds.preferences.value[i][0, 0][space.deals[:, i]] for i in (0, 1))
    expected = 0.5 * share + 0.5 * causes - 2 * share * causes
    np.testing.assert_allclose(worlds.flow[0, 0], expected, atol=1e-12)
    assert worlds.no_deal.imposed[0, 0, 0] == pytest.approx(expected.max())


def test_a_bonus_is_trusted_like_the_promises_it_joins():
    """Both values of the pair count as far as each is trusted, so that a bonus cannot make a promise firm."""
    scenario = with_numbers(
        dispute({"W": 0, "delta": 0.9, "grievance": 1.0}, {"W": 0, "delta": 0.9}, shares=(0.5,)),
        {
            "issues.causes.promise": True,
            "actors.A.credibility": {"base": number(0.4), "enforcement": number(0.7)},
            "actors.A.bonus": {"issues": ["share", "causes"], "size": number(0.5)},
        },
    )
    space = DealSpace.of(scenario)
    worlds = build(space, draw(scenario, ONE))
    for watch, enforcement in (("unwatched", 0), ("watched", 1)):
        deal = space.select((), {"share": ("0.5",), "causes": ("1.0",), "watch": (watch,)})
        trust = 1 - 0.6 * np.exp(-0.7 * enforcement)
        assert worlds.flow[0, 0, deal] == pytest.approx(0.5 * 0.5 + 0.5 * trust + 0.5 * 0.5 * trust)


@pytest.mark.parametrize(("quo", "size", "best"), [
    (("0.5", "1.0"), 0.0, [2, 1]),  # a higher share is imposed
    (("0.5", "0.0"), -3.0, [0, 1]),  # the two go ill together: one of them, the first found
    (("1.0", "1.0"), 0.5, [UNCHANGED, UNCHANGED]),
    (("1.0", "0.0"), -3.0, [UNCHANGED, UNCHANGED]),
])  # fmt: skip
def test_nobody_imposes_a_pair_that_is_no_better_than_leaving_it(quo, size, best):
    """Two issues joined by a bonus are imposed together, or left together where no pair is worth more."""
    scenario = with_numbers(
        dispute({"W": 0, "delta": 0.9, "grievance": 1.0}, {"W": 0, "delta": 0.9}, shares=(0.5,)),
        {
            "issues.share.status_quo": quo[0],
            "issues.causes.status_quo": quo[1],
            "actors.A.bonus": {"issues": ["share", "causes"], "size": number(size)},
        },
    )
    worlds = build(DealSpace.of(scenario), draw(scenario, ONE))
    assert worlds.preferences.best_levels(0)[0, :2].tolist() == best


def test_fragility_falls_with_enforcement_and_resolved_causes(ceasefire):
    """Log odds of being fragile fall by a_e e + a_r rho, each actor's own and the true ones; hazards are constant."""
    scenario, space = ceasefire
    worlds = build(space, draw(scenario, np.arange(50)))
    first, _ = space.durability_classes
    resolved = worlds.documents.resolved
    assert resolved.min() == 0
    assert resolved.max() <= 1
    assert (resolved[:, space.kind[first] == 0] == 0).all()
    assert resolved.max(axis=1).mean() > 0.8  # the levels nearest to what the claimant really wants
    names = [f"{name}.beliefs" for name in scenario.actors]
    for path, found in [
        *((path, worlds.documents.believed.fragile[:, a]) for a, path in enumerate(names)),
        ("true_hazard", worlds.documents.true.fragile),
    ]:
        chance, by_force, by_causes = (
            worlds.draws[f"{path}.fragile.{key}"][:, None] for key in ("chance", "enforcement", "resolved")
        )
        odds = chance / (1 - chance) * np.exp(-by_force * space.enforcement[first] - by_causes * resolved)
        np.testing.assert_allclose(found, odds / (1 + odds), atol=1e-12)
    holds = 1 - np.exp(-worlds.draws["true_hazard.base"] / 12)
    np.testing.assert_allclose(worlds.documents.true.holds, np.broadcast_to(holds[:, None], found.shape), atol=1e-12)
    breaks = 1 - np.exp(-worlds.draws["true_hazard.fragile.base"] / 12)
    np.testing.assert_allclose(worlds.documents.true.breaks[:, 0], breaks, atol=1e-12)


def test_delay_is_the_sum_over_issues_that_are_settled(ceasefire):
    """Rounds until a deal is in force: years of each issue that leaves its status quo, in rounds."""
    scenario, space = ceasefire
    worlds = build(space, draw(scenario, np.arange(50)))
    years = np.zeros((50, len(space)))
    for i, name in enumerate(scenario.issues):
        if f"issues.{name}.time_to_settle" in worlds.draws.values:
            years += worlds.draws[f"issues.{name}.time_to_settle"][:, None] * space.settled[:, i]
    np.testing.assert_allclose(worlds.delay, np.rint(years * 12), atol=1e-9)
    assert (worlds.delay[:, ~space.settled.any(axis=1)] == 0).all()


@pytest.fixture(scope="module")
def by_convention(ceasefire):
    """Deals and worlds under each convention of red lines, once for all issues."""
    found = {}
    for convention in ("drawn", "any step", "whole claim"):
        changed = with_numbers(ceasefire[0], {"conventions": {"red_line": convention}})
        space = DealSpace.of(changed)
        found[convention] = space, build(space, draw(changed, np.arange(60)))
    return found


@pytest.mark.parametrize("name", ["line", "recognition", "nato", "russian_speakers"])
def test_red_lines_begin_where_they_are_drawn(ceasefire, by_convention, name):
    """Crossed from the drawn beginning on; at any step, or only by the whole claim, where the convention says so."""
    scenario, _ = ceasefire
    issue = scenario.issues[name]
    crossed = {}
    for convention, (space, worlds) in by_convention.items():
        path = f"ukraine.red_lines.{name}"
        line = next(line for line in worlds.red_lines if line.path == path)
        crossed[convention] = line.crossed
        i = list(scenario.issues).index(name)
        place = issue.scale[space.deals[:, i]][None, :]
        begins = worlds.draws[f"{path}.begins"][:, None]
        if convention == "drawn":
            assert (line.crossed == (place >= begins - 1e-9)).all()
        if convention == "any step":
            assert (line.crossed == (place > issue.status_quo_position + 1e-9)).all()
        if convention == "whole claim":
            assert (line.crossed == (place >= 1 - 1e-9)).all()
    assert not (crossed["whole claim"] & ~crossed["drawn"]).any()


def test_actors_without_beliefs_expect_deals_to_last():
    """Somebody who says nothing of durability sees no hazard, whatever is true."""
    scenario = with_numbers(
        dispute({"W": 0, "delta": 0.9}, {"W": 0, "delta": 0.9}, hazards=(0.3, 0.3)), {"actors.B.beliefs": None}
    )
    worlds = build(DealSpace.of(scenario), draw(scenario, ONE))
    assert (worlds.documents.believed.holds[0, 1] == 0).all()
    assert worlds.documents.believed.holds[0, 0] == pytest.approx(0.3)
    assert worlds.documents.true.holds == pytest.approx(0.3)
    assert beliefs((0.3, 0.3))["enforcement"]["value"] == 0


@given(st.integers(0, 10**6))
def test_several_interactions_add_up_and_the_ideal_deal_is_the_best_of_all(seed):
    """Flows of every deal and the ideal deal equal those of an enumeration, whatever interacts with what."""
    dice = np.random.default_rng(seed)
    issues = {f"i{n}": {"levels": ["a", "b", "c"][: 2 + n % 2], "status_quo": "a"} for n in range(4)}
    chosen = [pair for pair in combinations(range(4), 2) if dice.random() < 0.5]
    pairs = [{"issues": [f"i{a}", f"i{b}"], "size": {"value": float(dice.uniform(-1, 1))}} for a, b in chosen]
    values = {
        name: {level: {"value": float(dice.uniform(0, 1))} for level in issue["levels"]}
        for name, issue in issues.items()
    }
    weights = {name: {"value": float(dice.uniform(0.1, 1))} for name in issues}
    actor = {"patience": {"value": 0.9}, "salience": weights, "values": values}
    own = {**actor, **({"bonus": pairs[0]} if pairs else {}), "interactions": pairs[1:]}
    scenario = Scenario.model_validate(
        {"title": "t", "default_assumed": "toy", "issues": issues, "actors": {"p": own, "q": actor}}
    )
    assert not rule_problems(scenario)
    worlds = build(DealSpace.of(scenario), draw(scenario, ONE))
    total = sum(weight["value"] for weight in weights.values())
    best, most = None, sum(weights[n]["value"] / total * values[n]["a"]["value"] for n in issues)
    most += sum(pair["size"]["value"] * np.prod([values[n]["a"]["value"] for n in pair["issues"]]) for pair in pairs)
    assert worlds.preferences.flow_at_status_quo()[0, 0] == pytest.approx(most)
    for k, deal in enumerate(worlds.space.deals):
        at = {name: list(values[name].values())[level]["value"] for name, level in zip(issues, deal, strict=True)}
        worth = sum(weights[name]["value"] / total * at[name] for name in issues)
        worth += sum(pair["size"]["value"] * np.prod([at[name] for name in pair["issues"]]) for pair in pairs)
        assert worlds.flow[0, 0, k] == pytest.approx(worth)
        if worth > most + 1e-9:
            best, most = deal, worth
    found = worlds.preferences.best_levels(0)[0]
    assert np.where(found < 0, 0, found).tolist() == ([0, 0, 0, 0] if best is None else best.tolist())


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [("1.0", [0, 0.3, 0.6, 1]), ("0.6", [0, 0.5, 1, 1]), ("0.0", [1, 1, 1, 1])],
)
def test_a_root_cause_is_resolved_as_far_as_its_claimant_is_met(wanted, expected):
    """A share of the way from the status quo to what he wants, all of it from there on, and where he wants nothing."""
    side = {"W": 0.3, "grievance": 0.5, "delta": 0.9}
    scenario = change(dispute(side, side, rho=(0.0, 0.3, 0.6, 1.0)), {"actors.A.position.causes": wanted})
    space = DealSpace.of(scenario)
    resolved = build(space, draw(scenario, ONE)).documents.resolved[0, space.durability_classes[1]]
    np.testing.assert_allclose(resolved, np.array(expected)[space.deals[:, 1]], atol=1e-12)


@pytest.mark.parametrize(("worth", "expected"), [((1.0, 0.5, 0.0), [1, 1, 1]), ((0.2, 0.6, 1.0), [0, 0.5, 1])])
def test_a_root_cause_is_resolved_by_what_levels_are_worth_to_its_claimant(worth, expected):
    """Where he states values and no position: nothing to resolve if things stand at his best already."""
    side = {"W": 0.3, "grievance": 0.5, "delta": 0.9}
    values = {level: number(value) for level, value in zip(("0.0", "0.3", "1.0"), worth, strict=True)}
    changes = {"actors.A.values": {"causes": values}, "actors.A.position": {"share": number("1.0")}}
    scenario = with_numbers(dispute(side, side, rho=(0.0, 0.3, 1.0)), changes)
    space = DealSpace.of(scenario)
    resolved = build(space, draw(scenario, ONE)).documents.resolved[0, space.durability_classes[1]]
    np.testing.assert_allclose(resolved, np.array(expected)[space.deals[:, 1]], atol=1e-12)


def test_a_deal_is_found_by_its_levels(ceasefire):
    """Each by all of its own levels; levels that together are no deal find none."""
    _, space = ceasefire
    for deal in (0, 1, len(space) // 2, len(space) - 1):
        assert space.numbers(space.deals[deal].tolist()).tolist() == [deal]
    settled = space.deals[np.flatnonzero(space.kind == 2)[0]].tolist()
    assert not len(space.numbers([*settled[:5], 1, *settled[6:]]))  # a settlement opens no talks
