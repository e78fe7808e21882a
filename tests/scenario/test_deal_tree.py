"""Deals put together issue by issue: the same as counting all combinations out and striking what is forbidden."""

from itertools import product

import hypothesis.strategies as st
import numpy as np
import pytest
from hypothesis import given, settings

from sim.foundations import InputError
from sim.scenario import Scenario, deal_count, read_case
from sim.scenario.deal_count import selected_count
from sim.scenario.deal_tree import DealTree, TooManyDealsError
from sim.table import DealSpace
from tests.scenario.small_case import SMALL, write_case

SIZES = st.lists(st.integers(1, 4), min_size=1, max_size=5)


def subsets(sizes):
    """For each issue some of its levels, or nothing said of it; something is said of one issue at least."""
    one = [st.none() | st.sets(st.integers(0, size - 1)).map(tuple) for size in sizes]
    return st.tuples(*one).filter(lambda found: any(levels is not None for levels in found))


@st.composite
def tied(draw):
    """Issues with some levels on offer, forbidden combinations and sums."""
    sizes = draw(SIZES)
    offered = tuple(tuple(sorted(draw(st.sets(st.integers(0, size - 1), min_size=1, max_size=size)))) for size in sizes)
    forbidden = tuple(draw(st.lists(subsets(sizes), max_size=3)))
    amounts = [draw(st.tuples(*(st.integers(-3, 3).map(float) for _ in range(size)))) for size in sizes]
    ends = draw(st.tuples(st.integers(-6, 2), st.integers(0, 6)))
    sums = draw(st.sampled_from([(), ((tuple(amounts), float(ends[0]), float(ends[0] + ends[1])),)]))
    return offered, forbidden, sums


def by_hand(offered, forbidden, sums):
    """All combinations, those that break a rule struck out."""
    for deal in product(*offered):
        if any(all(lv is None or at in lv for at, lv in zip(deal, found, strict=True)) for found in forbidden):
            continue
        totals = [(sum(a[at] for a, at in zip(amounts, deal, strict=True)), lo, hi) for amounts, lo, hi in sums]
        if all(low <= total <= high for total, low, high in totals):
            yield list(deal)


@pytest.mark.slow
@settings(max_examples=150, deadline=None)
@given(tied())
def test_deals_are_those_of_an_enumeration(case):
    """In the same order; sums along the branches equal sums over issues to the last bit, also of some of the deals."""
    offered, forbidden, sums = case
    tree = DealTree.grown(offered, forbidden, sums)
    deals = tree.deals()
    assert deals.tolist() == list(by_hand(offered, forbidden, sums))
    assert tree.size == len(deals)
    dice = np.random.default_rng(len(deals))
    parts = [dice.random((2, max(levels) + 1)) for levels in offered]
    parts[0] = dice.random((2, 1))  # the same for every level
    parts[-1:] = [None] if len(parts) > 1 else parts[-1:]
    some = dice.random(len(deals)) < 0.5
    for found, which in ((tree, deals), (tree.kept(some), deals[some])):
        assert found.deals().tolist() == which.tolist()
        assert DealTree.through(which[::-1]).deals().tolist() == which.tolist() or not len(which)
        total = np.zeros((2, len(which)))
        for i, part in enumerate(parts):
            if part is not None:
                total += part[:, which[:, i] if part.shape[1] > 1 else np.zeros(len(which), int)]
        assert (np.broadcast_to(found.added(parts), total.shape) == total).all()


def test_a_million_of_a_billion_is_quick_and_too_many_is_said():
    """Thirty yes-or-no issues of which at most five may be yes are 174,437 deals; with twenty they are too many."""
    ones = tuple((0.0, 1.0) for _ in range(30))
    few = DealTree.grown(((0, 1),) * 30, (), ((ones, 0.0, 5.0),))
    assert few.size == 174_437
    with pytest.raises(TooManyDealsError, match="more than"):
        DealTree.grown(((0, 1),) * 30, (), ((ones, 0.0, 20.0),), 1_000_000)
    with pytest.raises(TooManyDealsError):
        DealTree.grown(((0, 1),) * 30, most=1_000_000)


def four(**more):
    """A case with three issues of three levels."""
    issue = {"levels": ["a", "b", "c"], "status_quo": "a"}
    number = {"kind": "numeric", "low": 0, "high": 2, "points": 3, "status_quo": 0}
    actor = {"patience": {"value": 0.9}}
    issues = {"x": issue, "y": issue, "n": number}
    return Scenario.model_validate({"title": "t", "issues": issues, "actors": {"p": actor, "q": actor}, **more})


def test_what_a_case_forbids_is_no_deal():
    """A combination names levels, lists and ranges; the count and the deal space know it."""
    scenario = four(forbid=[{"x": "b", "y": ["b", "c"]}, {"n": {"at_least": 1}, "x": "c"}])
    space = DealSpace.of(scenario)
    assert len(space) == deal_count(scenario) == 27 - 6 - 6
    assert not ((space.deals[:, 0] == 1) & (space.deals[:, 1] > 0)).any()
    assert not ((space.deals[:, 0] == 2) & (space.deals[:, 2] > 0)).any()
    assert selected_count(scenario, (), {"x": ("c",)}) == 3


def test_a_budget_is_kept():
    """Amounts by level and a factor on a number add up; both ends count."""
    sums = {"money": {"of": {"x": {"b": 1.0, "c": 2.5}, "n": 2.0}, "at_least": 2, "at_most": 4.5}}
    space = DealSpace.of(four(sums=sums))
    totals = np.array([0, 1, 2.5])[space.deals[:, 0]] + 2.0 * space.deals[:, 2]
    assert set(totals) == {2.0, 2.5, 3.0, 4.0, 4.5}
    assert len(space) == 3 * 5


MISTAKES = [
    ('forbid = [{ statu = "bound" }]', "forbid.0.statu", 'no issue "statu"'),
    ('forbid = [{ status = "boundd" }]', "forbid.0.status.0", 'no level "boundd"'),
    ("forbid = [{}]", "forbid.0", "names no issue"),
    ("[sums.money]\nof = { price = 1.0 }", "sums.money", "at_least, at_most or both"),
    ("[sums.money]\nof = { prices = 1.0 }\nat_most = 3", "sums.money.of.prices", 'no issue "prices"'),
    ("[sums.money]\nof = { status = 1.0 }\nat_most = 3", "sums.money.of.status", "no numbers"),
    ("[sums.money]\nof = { status = { bond = 1 } }\nat_most = 3", "sums.money.of.status.bond", 'no level "bond"'),
    ("[sums.money]\nof = { price = 1.0 }\nat_most = -1", "sums.money.at_most", "no deal keeps this sum"),
    ("[sums.money]\nof = { price = 1.0 }\nat_least = 5\nat_most = 3", "sums.money", "is more than at_most"),
    ('forbid = [{ line = { at_least = "old" } }]', "forbid", "leaves none of"),
]


@pytest.mark.parametrize(("text", "place", "words"), MISTAKES, ids=[words for _, _, words in MISTAKES])
def test_each_mistake_has_its_place(tmp_path, text, place, words):
    """Names, levels, sums out of reach and deal spaces left empty are refused with file, line and column."""
    top, _, rest = SMALL.partition("\n[")
    body = f"{top}\n{text}\n[{rest}" if text.startswith("forbid") else f"{SMALL}\n{text}\n"
    write_case(tmp_path, body)
    with pytest.raises(InputError) as caught:
        read_case(tmp_path)
    problems = {".".join(map(str, problem.path)): problem for problem in caught.value.problems}
    assert words in problems[place].message
    assert problems[place].line > 0
