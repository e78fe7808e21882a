"""Whoever is said to block a deal, and by what, accepts it once that is gone."""

import numpy as np
import pytest

from sim.foundations import NO_DEAL
from sim.scenario import draw
from sim.table import DealSpace, blocking_names, build, classify, find_blocker, nearest_deal, surplus
from tests.engine.staged import one_deal, with_numbers
from tests.shipped import shipped
from tests.table.dispute import dispute, number
from tests.war_codes import KINDS

NUMBERS = np.arange(200)

NO_PRESSURE = {"us.pressure.ukraine.strength": 0.0, "us.pressure.russia.strength": 0.0}

#: Terms that are numbers of the blocker: term -> fields that are put to zero.
OWN = {"collapse damage": "collapse_damage", "power shift": "power_shift"}


@pytest.fixture(scope="module", params=["war", "talks"])
def worlds(request):
    """The ceasefire case under both conventions of the alternative.

    Nothing is signed again after a collapse, and nobody leans on anybody: what these are worth are terms of their own,
    which the numbers that are put to zero below would move as well.
    """
    scenario = shipped("ceasefire")
    scenario = with_numbers(scenario, {"conventions": {"alternative": request.param}}, reopening=None)
    return build(DealSpace.of(scenario), draw(scenario, NUMBERS, fixed=NO_PRESSURE))


def without(worlds, actor, term):
    """The same draws with a term of one actor at zero, or his line soft; None if no number stands for it."""
    scenario, values = worlds.scenario, dict(worlds.draws.values)
    keep = {path: values[path] for path, n in scenario.numbers.items() if n.quantity.mirrors}
    if term in OWN:
        path = f"{actor}.{OWN[term]}"
        if path not in values:  # it is a number of somebody else's
            return None
        fixed = {path: 0.0}
    elif term == "soft red lines":
        fixed = {f"{actor}.red_lines.{name}.cost": 0.0 for name in scenario.actors[actor].red_lines}
    elif term == "pressure":
        fixed = {f"{actor}.pressure.{other}.cost": 0.0 for other in scenario.actors[actor].pressure}
    elif ".red_lines." in term:
        fixed = {f"{term}.firmness": 0.0}
    else:
        return None
    # A number that mirrors the one put to zero keeps its draw: only this actor's term goes.
    return build(worlds.space, draw(scenario, NUMBERS, fixed={**keep, **fixed, **NO_PRESSURE}))


def total_without(worlds, deal, actor, term):
    """(B,) surplus of an actor without a term that is no number of its own: recomputed from u, W and O."""
    parts = surplus(worlds, deal)
    a = worlds.actors.index(actor)
    others = [n for n, name in enumerate(parts.terms) if name != term]
    return parts.parts[:, a, others].sum(axis=1)


def alike(worlds, again, deal, actor, term):
    """(B,) whether no other term of the actor moved with the number: what a refusal or talks later are worth may."""
    before, after = surplus(worlds, deal), surplus(again, deal)
    left_out = {term, "soft red lines"} if ".red_lines." in term else {term}
    others = [n for n, name in enumerate(before.terms) if name not in left_out]
    return np.isclose(before.parts[:, actor, others], after.parts[:, actor, others], atol=1e-9).all(axis=1)


def test_who_crosses_no_line_is_stopped_by_the_term_that_costs_most(worlds):
    """A line is named where one of the blocker's own is crossed, and else the lowest term of his surplus."""
    deal = (NUMBERS * 37) % len(worlds.space)
    found, parts = find_blocker(worlds, deal), surplus(worlds, deal)
    stopped = np.flatnonzero(found.actor >= 0)
    permitted = worlds.permitted[stopped, found.actor[stopped], deal[stopped]]
    assert 0 < permitted.sum() < len(stopped)
    assert (found.term[stopped][~permitted] >= len(parts.terms)).all()
    at = stopped[permitted]
    lowest = parts.parts[at, found.actor[at]].argmin(axis=1)
    assert found.term[at].tolist() == lowest.tolist()


@pytest.mark.slow
def test_the_blocker_accepts_once_his_term_is_gone(worlds):
    """Of any deal and of each kind: alone, he accepts without the term; not alone: he does not, the next is needed."""
    names, rows = blocking_names(worlds.scenario), NUMBERS
    among = [None, *(worlds.space.kind == code for code in range(len(KINDS)))]
    deals = [nearest_deal(worlds, kind) for kind in among]
    blockers = [find_blocker(worlds, deal) for deal in deals]
    assert all((found.actor >= 0).any() for found in blockers)
    settled = [0] * len(deals)
    pairs = {pair for found in blockers for pair in zip(found.actor, found.term, strict=True) if pair[0] >= 0}
    for actor, term in sorted(pairs):
        name, label = worlds.actors[actor], names[term]
        again = without(worlds, name, label)  # once for all kinds: it is what takes time
        for at, (deal, found) in enumerate(zip(deals, blockers, strict=True)):
            here = (found.actor == actor) & (found.term == term)
            if not here.any():
                continue
            if again is None:
                accepts = total_without(worlds, deal, name, label) >= -1e-9
                accepts &= worlds.permitted[rows, actor, deal]
            else:
                accepts = again.accepts[rows, actor, deal]
                here &= alike(worlds, again, deal, actor, label)
            assert accepts[here & found.alone].all(), (name, label, at)
            assert not accepts[here & ~found.alone].any(), (name, label, at)
            settled[at] += here.sum()
    assert all(count > 0.5 * (found.actor >= 0).sum() for count, found in zip(settled, blockers, strict=True))


@pytest.mark.parametrize("kind", [None, *KINDS])
def test_the_next_term_weighs_against_him_too(worlds, kind):
    """Where a term does not suffice alone, the one named next is against the deal as well."""
    among = None if kind is None else worlds.space.kind == KINDS.index(kind)
    deal = nearest_deal(worlds, among)
    found, names = find_blocker(worlds, deal), blocking_names(worlds.scenario)
    stopped = found.actor >= 0
    assert ((found.then >= 0) == (stopped & ~found.alone)).all()
    parts = surplus(worlds, deal)
    for b in np.flatnonzero(found.then >= 0):
        assert found.then[b] != found.term[b]
        label, actor = names[found.then[b]], found.actor[b]
        if ".red_lines." in label:
            line = next(line for line in worlds.red_lines if line.path == label)
            assert line.actor == actor
            assert line.hard[b]
            assert line.crossed[b, deal[b]]
        elif label == "soft red lines" and ".red_lines." in names[found.term[b]]:
            line = next(line for line in worlds.red_lines if line.path == names[found.term[b]])
            assert parts.parts[b, actor, found.then[b]] - line.cost[b] < 0
        else:
            assert parts.parts[b, actor, found.then[b]] < 0


def test_the_line_that_is_crossed_is_named():
    """Each by its own name, of whichever actor and whichever of his; of two the first, and then the second."""
    side = {"W": 0.0, "delta": 0.9}
    hard = {"firmness": number(1.0), "cost": number(0.1)}
    lines = {
        "actors.A.red_lines.nothing": {"issue": "share", "levels": ["0.0"], **hard},
        "actors.B.red_lines.all": {"issue": "share", "levels": ["1.0"], **hard},
        "actors.B.red_lines.cause": {"issue": "causes", "levels": ["1.0"], **hard},
    }
    scenario = with_numbers(dispute(side, side), lines)
    space = DealSpace.of(scenario)
    worlds, names = build(space, draw(scenario, np.arange(1))), (*blocking_names(scenario), "nothing else")
    told = {}
    for share, cause in (("0.0", "0.0"), ("1.0", "0.0"), ("0.5", "1.0"), ("1.0", "1.0")):
        deal = one_deal(space, share=share, causes=cause, watch="unwatched")
        found = find_blocker(worlds, np.array([deal]))
        told[share, cause] = "AB"[found.actor[0]], names[found.term[0]], names[found.then[0]]
    assert told["0.0", "0.0"][:2] == ("A", "A.red_lines.nothing")
    assert told["1.0", "0.0"][:2] == ("B", "B.red_lines.all")
    assert told["0.5", "1.0"][:2] == ("B", "B.red_lines.cause")
    assert told["1.0", "1.0"] == ("B", "B.red_lines.all", "B.red_lines.cause")


def test_nobody_blocks_what_everybody_signs(worlds):
    """A blocker is named exactly where the deal lacks a yes it needs."""
    joint = worlds.table.agreed(worlds.accepts)
    deal = nearest_deal(worlds)
    found = find_blocker(worlds, deal)
    assert ((found.actor < 0) == joint[np.arange(len(deal)), deal]).all()
    assert ((found.actor < 0) == classify(worlds).any).all()
    refused = np.flatnonzero(found.actor >= 0)
    assert not worlds.accepts[refused, found.actor[refused], deal[refused]].any()


def test_no_deal_has_no_blocker(worlds):
    """Where there is no deal to look at nobody is blamed."""
    found = find_blocker(worlds, np.full(len(worlds.draws), NO_DEAL))
    assert (found.actor == -1).all()
    assert (found.term == -1).all()
    assert not found.alone.any()
    assert (nearest_deal(worlds, np.zeros(len(worlds.space), bool)) == NO_DEAL).all()


def test_an_issue_that_blocks_alone_would_be_signed_without_it(worlds):
    """An issue's term is its weighted gain over the status quo, as far as it is believed, times the delay."""
    deal = nearest_deal(worlds)
    parts = surplus(worlds, deal)
    rows = np.arange(len(deal))
    group = worlds.space.durability_classes[1][deal]
    late = worlds.gamma ** worlds.delay[rows, deal][:, None] * worlds.weights.w_interim[rows, :, group]
    for i, issue in enumerate(worlds.scenario.issues.values()):
        level = worlds.space.deals[deal, i]
        gain = worlds.preferences.value[i][rows, :, level] - worlds.preferences.status_quo[:, :, i]
        full = late * worlds.preferences.weight[:, :, i] * gain
        term = parts.parts[:, :, i]
        if issue.promise:
            assert (np.abs(term) <= np.abs(full) + 1e-12).all()
            assert (term * full >= -1e-12).all()
        else:
            np.testing.assert_allclose(term, full, atol=1e-12)


@pytest.mark.parametrize("again", [False, True])
@pytest.mark.parametrize("pressed", [False, True])
def test_blockers_with_and_without_pressure_and_signing_again(again, pressed):
    """Alone means that the surplus without that term is no loss; what is not in the case is never named."""
    rows = np.arange(40)
    scenario = shipped("ceasefire")
    scenario = scenario if again else with_numbers(scenario, {}, reopening=None)
    worlds = build(DealSpace.of(scenario), draw(scenario, rows, fixed={} if pressed else NO_PRESSURE))
    deal = nearest_deal(worlds)
    found, parts, names = find_blocker(worlds, deal), surplus(worlds, deal), blocking_names(scenario)
    assert ("signing again" in names) == again
    named = {names[term] for term in found.term[found.actor >= 0]}
    assert named
    if not pressed:
        assert not parts.parts[:, worlds.rule.signers, names.index("pressure")].any()
        assert "pressure" not in named
    at = np.flatnonzero((found.actor >= 0) & (found.term < len(parts.terms)))
    who, term = found.actor[at], found.term[at]
    without = parts.total[at, who] - parts.parts[at, who, term]
    assert ((without >= -1e-9) == found.alone[at]).all()
    assert (found.then[at] >= 0).tolist() == (~found.alone[at]).tolist()


def test_a_hard_line_weighs_more_than_any_number():
    """A would lose all of what no deal is worth to him, 0.9; B would gain, but may not sign: B it is who blocks."""
    line = {"issue": "causes", "levels": ["1.0"], "firmness": number(1.0), "cost": number(0.0)}
    scenario = with_numbers(
        dispute({"W": 0.9, "delta": 0.9}, {"W": 0.1, "delta": 0.9}), {"actors.B.red_lines.no": line}
    )
    space = DealSpace.of(scenario)
    worlds, names = build(space, draw(scenario, np.arange(1))), blocking_names(scenario)
    found = find_blocker(worlds, np.array([one_deal(space, share="0.0", causes="1.0", watch="unwatched")]))
    assert (worlds.actors[found.actor[0]], names[found.term[0]]) == ("B", "B.red_lines.no")
    assert found.alone[0]
    free = find_blocker(worlds, np.array([one_deal(space, share="0.0", causes="0.0", watch="unwatched")]))
    assert worlds.actors[free.actor[0]] == "A"
