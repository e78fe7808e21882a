"""What could be signed in each draw, what stands in the way, and how the surplus adds up."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from sim.scenario import draw
from sim.scenario.case_files import find_cases
from sim.table import BLOCKS, STALEMATES, DealSpace, build, classify, surplus
from sim.table.surplus import surplus_terms_of
from tests.engine.staged import with_numbers
from tests.shipped import shipped
from tests.table.dispute import dispute, number
from tests.war_codes import KINDS

CASES = Path(__file__).parents[2] / "scenarios"
#: All but the one whose deals are so many that this many draws at once take gigabytes; it has tests of its own.
NAMES = [case.name for case in find_cases(CASES) if case.name != "treaty_articles"]
#: Those that take long are played with the slow tests.
EACH = [name if name in {"pie", "budget", "labour"} else pytest.param(name, marks=pytest.mark.slow) for name in NAMES]
NUMBERS = np.arange(150)


def built(case, alternative="war", numbers=NUMBERS, fixed=None, **changes):
    """Worlds of one of the cases."""
    scenario = shipped(case)
    scenario = with_numbers(scenario, {"conventions": {"alternative": alternative}, **changes})
    return build(DealSpace.of(scenario), draw(scenario, numbers, fixed=fixed))


@pytest.fixture(scope="module")
def ceasefire():
    """Worlds of the main case, only looked at."""
    return built("ceasefire")


@pytest.mark.parametrize("case", EACH)
@pytest.mark.parametrize("alternative", ["war", "talks"])
def test_categories_add_up(case, alternative):
    """A draw has a deal or one stalemate and one reason; counts, kinds and flags agree."""
    worlds = built(case, alternative)
    found = classify(worlds)
    none = ~found.any
    assert ((found.block == BLOCKS.index("none")) == found.any).all()
    assert ((found.stalemate == STALEMATES.index("none")) == found.any).all()
    assert ((found.deals == 0) == none).all()
    assert not (found.conflict & none).any()
    joint = worlds.table.agreed(worlds.accepts)
    for n, kind in enumerate(worlds.space.kinds):
        assert (found.exists[:, n] == joint[:, worlds.space.kind == n].any(axis=1)).all(), kind
    gain = worlds.payoff - worlds.alternative[:, :, None]
    numbers = worlds.table.agreed(gain >= -1e-9).any(axis=1)
    lines = worlds.table.agreed(worlds.permitted).any(axis=1)
    reasons = {"red lines alone": numbers & ~lines, "numbers alone": ~numbers & lines}
    reasons |= {"both": numbers & lines, "either alone": ~numbers & ~lines}
    for name, mask in reasons.items():
        assert ((found.block == BLOCKS.index(name)) == (none & mask)).all()
    if alternative == "war":
        assert not (found.stalemate == STALEMATES.index("sequencing")).any()


@pytest.mark.parametrize("case", EACH)
@pytest.mark.parametrize("alternative", ["war", "talks"])
def test_terms_of_the_surplus_add_up(case, alternative):
    """For any deal the terms sum to V + l - O, to rounding."""
    worlds = built(case, alternative)
    for step in range(5):
        deal = (np.arange(len(NUMBERS)) * 37 + step * 101) % len(worlds.space)
        found = surplus(worlds, deal)
        rows = np.arange(len(deal))
        assert found.terms == surplus_terms_of(worlds.scenario)
        assert found.parts.shape == (len(deal), len(worlds.actors), len(found.terms))
        np.testing.assert_allclose(found.parts.sum(axis=2), found.total, atol=1e-12)
        gain = worlds.payoff[rows, :, deal] - worlds.alternative
        np.testing.assert_allclose(found.total, gain, atol=1e-12)


def test_who_has_a_reservation_is_promised_nothing_by_arms():
    """In a war, too, the terms of a party with a stated reservation sum to V + l - O."""
    worlds = built("ceasefire", **{"actors.ukraine.reservation": {"value": 0.4, "low": 0.1, "high": 0.9}})
    deal = (NUMBERS * 37) % len(worlds.space)
    found = surplus(worlds, deal)
    np.testing.assert_allclose(found.parts.sum(axis=2), found.total, atol=1e-12)
    arms = [n for n, term in enumerate(found.terms) if "arms" in term]
    assert arms
    ukraine = worlds.actors.index("ukraine")
    assert not found.parts[:, ukraine, arms].any()


@pytest.mark.parametrize("alternative", ["war", "talks"])
def test_terms_without_their_cause_are_zero(alternative):
    """No shift, no damage, no pressure, no lines, no arms, no talks: those terms vanish."""
    scenario = shipped("ceasefire")
    zero = ("power_shift", "collapse_damage", "strength", "cost", "decisive_chance", "firmness")
    fixed = {path: 0.0 for path in scenario.numbers if path.split(".")[-1] in zero}
    worlds = built("ceasefire", alternative, fixed=fixed, **{"issues.talks.available": ["no further talks"]})
    deal = (np.arange(len(NUMBERS)) * 37) % len(worlds.space)
    found = surplus(worlds, deal)
    gone = {"power shift", "collapse damage", "pressure", "soft red lines", "follow-on talks"}
    gone |= {"arms promise: root causes", "arms promise: other issues", "worth of no deal"}
    gone |= {"interaction of issues", "talks"}  # nobody weighs whether talks follow
    if alternative == "war":
        gone.add("waiting for a settlement")
    for n, term in enumerate(found.terms):
        small = np.abs(found.parts[:, :, n]).max()
        assert (small < 1e-12) == (term in gone), (term, small)


@pytest.mark.slow
@pytest.mark.parametrize("case", ["ceasefire", "labour"])
def test_a_softer_line_never_loses_a_deal(case):
    """Making one line soft lets everybody accept at least the deals accepted before, and no line is free."""
    changes = {"issues.talks.available": ["no further talks"]} if case == "ceasefire" else {}
    before = built(case, **changes)
    lines = [line.path for line in before.red_lines]
    assert lines
    for path in lines:
        after = built(case, fixed={f"{path}.firmness": 0.0}, **changes)
        assert not (before.accepts & ~after.accepts).any()
        assert not (before.permitted & ~after.permitted).any()
        assert (after.flow <= before.flow + 1e-15).all()
        assert classify(after).any.sum() >= classify(before).any.sum()


def test_a_line_is_hard_as_often_as_it_is_firm():
    """Over many draws the share of hard draws is the firmness."""
    worlds = built(
        "labour",
        numbers=np.arange(4000),
        fixed={"union.red_lines.ballot.firmness": 0.7, "firm.red_lines.hours.firmness": 1.0},
        **{"issues.wage.points": 2},
    )
    ballot, hours = worlds.red_lines
    assert ballot.hard.mean() == pytest.approx(0.7, abs=0.03)
    assert hours.hard.all()


def test_stalemates_of_the_pie():
    """A pie worth more to keep apart has no joint deal; one that is cut in the wrong places is distributional."""

    def cut(war, shares):
        scenario = dispute({"W": war, "delta": 0.9}, {"W": war, "delta": 0.9}, shares=tuple(shares))
        available = {"issues.share.available": [str(x) for x in shares], "issues.causes.available": ["1.0"]}
        scenario = with_numbers(scenario, available)
        worlds = build(DealSpace.of(scenario), draw(scenario, np.arange(1)))
        return STALEMATES[int(classify(worlds).stalemate[0])]

    assert cut(0.6, (0.3, 0.5)) == "no joint deal"
    assert cut(0.4, (0.1, 0.9)) == "distributional"
    assert cut(0.4, (0.1, 0.5)) == "none"


def test_only_signers_count_for_a_joint_surplus():
    """A bystander who would hate every deal does not turn a distributional stalemate into no joint deal."""
    scenario = dispute({"W": 0.4, "delta": 0.9}, {"W": 0.4, "delta": 0.9}, shares=(0.1, 0.9))
    hater = {"role": "mediator", "patience": number(0.5), "reservation": number(1.0)}
    hater |= {"salience": {"share": number(1.0)}, "position": {"share": number("1.0")}}
    scenario = with_numbers(scenario, {"issues.share.available": ["0.1", "0.9"], "actors.M": hater})
    worlds = build(DealSpace.of(scenario), draw(scenario, np.arange(1)))
    assert STALEMATES[int(classify(worlds).stalemate[0])] == "distributional"


def test_settlements_have_nothing_to_be_converted_into():
    """Without root causes every deal is a settlement, and talks that follow it change nothing."""
    talks = {"levels": ("none", "broad"), "status_quo": "none", "follow_on": {"broad": number(0.5)}}
    scenario = dispute({"W": 0.1, "delta": 0.9}, {"W": 0.1, "delta": 0.9})
    scenario = with_numbers(scenario, {"issues.causes.root_cause_of": None, "issues.talks": talks})
    worlds = build(DealSpace.of(scenario), draw(scenario, np.arange(1)))
    assert (worlds.space.kind == KINDS.index("settlement")).all()
    assert not worlds.documents.converted.any()


def test_a_settlement_in_prospect_shuts_out_truces_that_beat_war():
    """With talks as the alternative, A refuses every truce for the settlement; the settlement stays acceptable.

    A settlement that is an alternative is acceptable itself, so that order alone never stops every deal.
    """
    scenario = dispute(
        {"W": 0.2, "delta": 0.95, "grievance": 0.3},
        {"W": 0.2, "delta": 0.95},
        shares=(0.4, 0.6),
        conventions={"alternative": "talks"},
    )
    available = {"issues.share.available": ["0.4", "0.6"], "issues.watch.available": ["unwatched"]}
    scenario = with_numbers(scenario, available)
    worlds = build(DealSpace.of(scenario), draw(scenario, np.arange(1)))
    found = classify(worlds)
    assert worlds.table.signable[0, worlds.space.kind == 0].any()
    assert found.exists[0].tolist() == [False, False, True]


def test_order_stops_nobody_where_only_a_truce_beats_war(ceasefire):
    """A sequencing stalemate needs a settlement that is worth waiting for, not just a truce that is refused."""
    worlds = ceasefire
    table = worlds.table
    truce, settlement = (
        table.signable[:, worlds.space.kind == KINDS.index(k)].any(axis=1) for k in ("truce", "settlement")
    )
    assert (truce & ~settlement).any()
    assert (truce & settlement).any()
    # Had everybody something better than any deal, only those who could wait for a settlement would be waiting.
    raised = replace(worlds, alternative=worlds.payoff.max(axis=2) + 1)
    found = classify(raised).stalemate
    assert (found[truce & settlement] == STALEMATES.index("sequencing")).all()
    assert (found[~(truce & settlement)] == STALEMATES.index("no joint deal")).all()


def test_conflict_is_a_difference_of_rank(ceasefire):
    """Where one side ranks the best truce first and the other the best settlement, the draw is in conflict."""
    worlds = ceasefire
    found = classify(worlds)
    joint = worlds.table.agreed(worlds.accepts)
    signers = np.flatnonzero(worlds.rule.signers)
    for b in np.flatnonzero(found.exists[:, 0] & found.exists[:, 2])[:50]:
        truce = worlds.payoff[b][signers][:, joint[b] & (worlds.space.kind == 0)].max(axis=1)
        settlement = worlds.payoff[b][signers][:, joint[b] & (worlds.space.kind == 2)].max(axis=1)
        ranks = np.sign(np.where(np.abs(truce - settlement) > 1e-9, truce - settlement, 0))
        assert found.conflict[b] == (ranks.min() < 0 < ranks.max())
