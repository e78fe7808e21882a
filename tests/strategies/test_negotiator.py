"""Contracts that every registered aspiration, offering and acceptance rule keeps."""

import dataclasses
import re

import numpy as np
import pytest
from hypothesis import given

from sim.contracts import contracts_of
from sim.contracts.strategy_contract import late_hearing
from sim.foundations import NO_DEAL, InputError, settings_of
from sim.strategies import (
    ACCEPTANCES,
    ASPIRATIONS,
    OFFERINGS,
    HardLiner,
    Negotiator,
    OwnCurve,
    assemble,
)
from tests.strategies.hearings import hearing_of, pie, tables


def of_draw(table, b):
    """The hearing of one draw alone."""
    return late_hearing(table.select(np.array([b])), np.array([b]))


@pytest.mark.parametrize("entry", ASPIRATIONS, ids=lambda entry: entry.name)
@pytest.mark.parametrize("contract", contracts_of("strategy"), ids=lambda contract: contract.__name__)
def test_contract(contract, entry):
    """What the contract says of any aspiration holds for this one."""
    contract(entry.member)


@pytest.mark.parametrize("entry", OFFERINGS, ids=lambda entry: entry.name)
@given(table=tables())
def test_offers_are_bearable_and_each_draws_own(entry, table):
    """Every offering rule proposes a deal he would sign himself, or is silent where there is none."""
    rule = entry.member()
    target = np.full(table.draws, 0.5)
    offer = rule.offer(late_hearing(table), target)
    allowed = table.acceptable[:, 0] & table.offerable
    assert ((offer == NO_DEAL) == ~allowed.any(axis=1)).all()
    assert allowed[np.arange(table.draws), offer][offer != NO_DEAL].all()
    for b in range(table.draws):
        assert rule.offer(of_draw(table, b), target[:1])[0] == offer[b]


@pytest.mark.parametrize("entry", ACCEPTANCES, ids=lambda entry: entry.name)
@given(table=tables())
def test_answers_are_each_draws_own_and_rise_with_the_offer(entry, table):
    """Every acceptance rule answers each draw by itself, and takes more when offered more."""
    rule = entry.member()
    target = np.full(table.draws, 0.5)
    answer = rule.accepts(late_hearing(table), target)
    assert answer.dtype == bool
    better = late_hearing(table)
    better = dataclasses.replace(better, standing=better.standing + 0.2)
    assert (rule.accepts(better, target) >= answer).all()
    for b in range(table.draws):
        assert rule.accepts(of_draw(table, b), target[:1])[0] == answer[b]


def test_members_say_what_they_are():
    """Every member has a summary, a source, and every field in its docstring."""
    for entry in [*ASPIRATIONS, *OFFERINGS, *ACCEPTANCES]:
        assert entry.summary.endswith("."), entry.name
        assert entry.source, entry.name
        for field in dataclasses.fields(entry.member):
            assert f"{field.name}:" in entry.member.__doc__, (entry.name, field.name)
        assert "Source:" in entry.member.__doc__, entry.name


def test_target_between_floor_and_best():
    """The target is floor plus demand times the way up, less the tolerance, and never below the floor."""
    hearing = hearing_of(pie(disagreement=0.2), time=0.5)
    assert np.isclose(assemble().target(hearing)[0], 0.6)
    assert np.isclose(assemble(settings={"tolerance": 0.01}).target(hearing)[0], 0.59)
    hearing = dataclasses.replace(hearing, time=1.0)
    assert np.isclose(assemble(settings={"tolerance": 0.01}).target(hearing)[0], 0.2)


def test_floor_is_the_worst_deal_where_no_deal_is_worse():
    """A disagreement value below every deal leaves the worst deal as the floor."""
    hearing = hearing_of(pie(disagreement=-5.0))
    assert hearing.floor.tolist() == [0.0]


def test_without_a_bearable_deal_nothing_breaks():
    """Where no deal can be offered floor and best coincide."""
    hearing = hearing_of(pie(disagreement=3.0))
    assert hearing.best.tolist() == hearing.floor.tolist() == [3.0]
    assert Negotiator(HardLiner(), OFFERINGS["micro-offering"](), OwnCurve()).target(hearing).tolist() == [3.0]


def test_select_reaches_into_the_parts():
    """Selecting draws of a negotiator selects the settings of all its parts."""
    made = assemble(settings={"exponent": np.array([1.0, 2.0]), "gap": np.array([0.1, 0.2])})
    chosen = made.select(np.array([1]))
    assert chosen.aspiration.exponent.tolist() == [2.0]
    assert chosen.acceptance.gap.tolist() == [0.2]


@pytest.mark.parametrize("entry", [*ASPIRATIONS, *OFFERINGS, *ACCEPTANCES], ids=lambda entry: entry.name)
def test_numbers_below_the_range_told_are_refused(entry):
    """A setting whose docstring says 0..1, above 0, or so much or more, takes no negative number."""
    for name in settings_of(entry.member):
        told = re.search(rf"^ *{name}: (.*)$", entry.member.__doc__, re.MULTILINE).group(1)
        if re.search(r"\b0\.\.1\b|\babove 0\b|\b\d or more\b", told):
            with pytest.raises(InputError, match=name):
                entry.member(**{name: -1.0})


def test_a_deal_is_worth_its_own_payoff_and_none_is_worth_nothing_known():
    """The first deal, the last and no deal, each in a draw of its own."""
    hearing = hearing_of(pie(draws=3))
    np.testing.assert_array_equal(hearing.value(np.array([0, 10, NO_DEAL])), [0.0, 1.0, np.nan])
    assert hearing_of(pie(draws=3), actor=1).value(np.array([0, 10, 5])).tolist() == [1.0, 0.0, 0.5]
