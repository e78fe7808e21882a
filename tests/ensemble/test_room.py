"""What is too much is refused before it starts, with what it would take and what to ask less of."""

import pytest

from sim.engine import block_size
from sim.ensemble import Design, play
from sim.ensemble import room as rooms
from sim.ensemble.room import LONGEST, Work, how_long, require_work
from sim.foundations import InputError
from sim.sweeps.asking import works
from sim.table import DealSpace
from tests.shipped import shipped

USUAL = {"draws": 2000, "points": 1, "deals": 1000, "actors": 5, "rounds": 24, "horizon": 120, "numbers": 50}


def test_too_many_worlds_are_refused_before_they_are_played(monkeypatch):
    """The sentence says memory, time, and how many fit; so many are played."""
    pie = shipped("pie")
    monkeypatch.setattr(rooms, "memory", lambda: 20_000)
    monkeypatch.setattr(rooms, "require_work", lambda work: None)
    monkeypatch.setattr("sim.ensemble.play_design.require_work", lambda work: None)
    with pytest.raises(InputError, match=r"5,000 worlds take about .* GB of memory and .*: ask for \d+ at most"):
        play(Design.of_draws(pie, 5000), columns=["utility", "ending"], block=10)
    assert play(Design.of_draws(pie, 100), columns=["utility", "ending"], block=10).sizes["draw"] == 100


@pytest.mark.parametrize(
    ("key", "size", "words"),
    [
        ("draws", 10**11, "fewer draws"),
        ("points", 10**9, "fewer points"),
        ("deals", 10**10, "fewer levels on offer"),
        ("actors", 10**7, "fewer actors"),
        ("rounds", 10**9, "fewer rounds of talks"),
        ("horizon", 10**11, "a shorter horizon"),
    ],
)
def test_each_size_has_its_remedy(key, size, words):
    """Whatever is far beyond the usual is named, with time and memory."""
    work = Work(**{**USUAL, key: size})
    assert not work.fits
    with pytest.raises(InputError, match=rf"this takes about .* of memory: .*{size:,} .* are most of it.*{words}"):
        require_work(work)


def test_the_usual_is_neither_refused_nor_told():
    """A run of the size of our cases starts without a word; of very many deals it is told."""
    assert Work(**USUAL).fits
    assert not Work(**USUAL).large
    assert Work(**{**USUAL, "deals": 2_000_000}).large


def test_more_of_anything_takes_no_less():
    """Time and memory rise with each size; a sweep keeps no columns, so it is compared with a sweep."""
    base = Work(**{**USUAL, "points": 2})
    for key, size in USUAL.items():
        more = Work(**{**USUAL, "points": 2, key: size * 10})
        assert more.seconds >= base.seconds, key
        assert more.bytes >= 0.9 * base.bytes, key  # whole worlds fill a block more or less
    assert Work(**{**USUAL, "points": 2}, workers=2).seconds < base.seconds < LONGEST


def test_sizes_are_those_of_the_scenario():
    """Deals, actors, rounds and numbers are counted; blocks are as large as the play makes them."""
    scenario = shipped("labour")
    work = Work.of(scenario, 10**6)
    assert (work.deals, work.actors) == (len(DealSpace.of(scenario)), len(scenario.actors))
    assert work.block == block_size(DealSpace.of(scenario), work.actors)


def test_a_point_that_changes_the_sizes_is_looked_at():
    """A sweep over the horizon is judged by its longest one."""
    from sim.scenario import read_case
    from sim.sweeps.asking import ask_sweep

    asked = ask_sweep(lambda name: read_case("scenarios/pie", overlay=name), over=["talks.horizon=60,6000"], draws=5)
    found = list(works(asked.points, asked.scenario, {}, 5))
    assert sorted(work.horizon for work in found) == sorted([60, asked.scenario.talks.horizon_rounds, 6000])


def test_spans_are_said_as_people_say_them():
    """From seconds to days."""
    assert [how_long(s) for s in (0.2, 61, 3 * 3600, 10**9)] == ["1 second", "1 minute", "3 hours", "11,574 days"]
