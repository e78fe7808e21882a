"""Changes to a single text and the yeses they get."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.foundations import NO_DEAL
from sim.protocols import TextChanges, chance_of_yes, exact_text, temperature
from sim.protocols.text_changes import chance_of_warm_yes


def test_yes_of_annealers_and_climbers():
    """An annealer takes a loss of T with chance 1/e; a climber takes ties and gains only."""
    assert chance_of_yes(np.array([-2.0]), np.array([2.0]))[0] == pytest.approx(np.exp(-1))
    assert chance_of_yes(np.array([-1e-6, 0.0, 1.0]), np.zeros(3)).tolist() == [0.0, 1.0, 1.0]


def test_temperature_falls_in_a_straight_line():
    """Half way through the changes half of the heat is left."""
    found = [temperature(np.array(2.0), number, 40).item() for number in (0, 20, 39)]
    assert found == pytest.approx([2.0, 1.0, 0.05])


@given(st.integers(0, 2**32 - 1), st.integers(1, 3), st.integers(1, 12))
def test_neighbours_differ_in_one_issue(seed, issues, size):
    """On any grid the texts listed for an issue are those that differ in it alone, each once."""
    deals = np.unique(np.random.default_rng(seed).integers(0, 3, (size, issues)), axis=0)
    others = TextChanges.of(deals).others
    for k in range(len(deals)):
        for i in range(issues):
            listed = [int(other) for other in others[k, i] if other != NO_DEAL]
            differ = deals != deals[k]
            assert listed == np.flatnonzero(differ[:, i] & (differ.sum(axis=1) == 1)).tolist()


def test_neighbours_on_more_issues_than_fit_into_one_number():
    """Seventy issues of two levels have more deals than a whole number of 64 bits."""
    deals = np.ones((4, 70), np.int64)
    deals[1, 0], deals[2, 69], deals[3, [3, 68]] = 0, 0, 0
    found = [(int(k), int(i)) for k, i, _ in np.argwhere(TextChanges.of(deals).others != NO_DEAL)]
    assert found == [(0, 0), (0, 69), (1, 0), (2, 69)]


def test_a_text_without_neighbours_stays():
    """Where one text is all there is, no issue has another level to go to."""
    changes = TextChanges.of(np.array([[0, 2]]))
    assert changes.others.tolist() == [[[NO_DEAL], [NO_DEAL]]]
    drawn = changes.draw(np.zeros(3, np.int64), np.ones((3, 1), bool), np.array([0.1, 0.6, 0.9]), np.full(3, 0.5))
    assert drawn.tolist() == [NO_DEAL] * 3


@given(st.integers(0, 2**32 - 1))
def test_chain_keeps_its_probability(seed):
    """The chances of all texts sum to one after any number of changes."""
    rng = np.random.default_rng(seed)
    deals = np.unique(rng.integers(0, 3, (8, 2)), axis=0)
    chances = exact_text(rng.random((2, len(deals))), deals, np.array([1.0, 0.0]), 0, 15)
    assert chances.sum() == pytest.approx(1.0)
    assert (chances >= -1e-12).all()


@given(st.integers(0, 2**32 - 1), st.integers(1, 3), st.integers(1, 12))
def test_a_mediator_who_may_write_all_draws_as_one_who_looks_each_up(seed, issues, size):
    """Where everything may be written the short way gives the same texts, also at the ends of luck and without one."""
    rng = np.random.default_rng(seed)
    deals = np.unique(rng.integers(0, 3, (size, issues)), axis=0)
    changes, draws = TextChanges.of(deals), 40
    text = rng.integers(-1, len(deals), draws)
    luck = np.clip(rng.random((2, draws)) * 1.1 - 0.05, 2.0**-54, 1.0)  # 1 is what luck next to it is rounded to
    long_way = changes._drawn_of_some(np.ones((draws, len(deals)), bool), text, *luck)
    assert np.array_equal(changes._drawn_of_all(text, *luck), long_way)
    assert np.array_equal(changes.draw(text, np.ones((draws, len(deals)), bool), *luck), long_way)


@given(st.integers(0, 2**32 - 1), st.integers(1, 3), st.integers(1, 12), st.integers(2, 11))
def test_a_mediator_who_writes_often_draws_as_one_who_looks_each_up(seed, issues, size, levels):
    """Where what is open from each text was found before, the same texts are drawn, one level or many being open."""
    rng = np.random.default_rng(seed)
    deals = np.unique(rng.integers(0, levels, (size, issues)), axis=0)
    changes, draws = TextChanges.of(deals), 40
    text, offerable = rng.integers(-1, len(deals), draws), rng.random((draws, len(deals))) < rng.random()
    offerable[0] = False
    luck = np.clip(rng.random((2, draws)) * 1.1 - 0.05, 2.0**-54, 1.0)
    often, seldom = changes.drawer(offerable, len(deals)), changes.drawer(offerable, 0)
    assert np.array_equal(often(text, *luck), seldom(text, *luck))


def test_annealers_alone_need_no_look_at_climbers():
    """Where everybody is warm the short way gives the same chances, bit for bit."""
    rng = np.random.default_rng(1)
    gain, heat = rng.normal(size=(50, 3)), rng.random((50, 3)) + 1e-190
    assert np.array_equal(chance_of_warm_yes(gain, heat), chance_of_yes(gain, heat))
