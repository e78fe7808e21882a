"""What must not matter to a simulation does not: order, blocks, other draws, idle issues, hash seeds."""

import gc
import hashlib
import inspect
import os
import subprocess
import sys
import weakref
from dataclasses import fields
from pathlib import Path

import numpy as np
import pytest

from sim.engine import Block, block_size, play_story, simulate, talks_of
from sim.engine.talks_holder import TalksHolder, WatchedDice
from sim.foundations import Dice
from sim.protocols import PROTOCOLS
from sim.scenario import draw
from sim.scenario.case_files import find_cases
from sim.scenario.reading import read_case
from sim.table import DealSpace, build, classify, observe
from tests.engine.staged import Staged, one_deal, with_numbers
from tests.shipped import shipped
from tests.table.dispute import dispute, number
from tests.war_codes import ENDINGS

PROJECT = Path(__file__).parents[2]
CASES = PROJECT / "scenarios"
#: All but the one whose deals are so many that this many draws at once take gigabytes; it has tests of its own.
NAMES = [case.name for case in find_cases(CASES) if case.name != "treaty_articles"]
#: Those that take long are played with the slow tests.
EACH = [name if name in {"pie", "labour"} else pytest.param(name, marks=pytest.mark.slow) for name in NAMES]
PER_ACTOR = {"signed_by", "utility", "cheats", "found_out"}


def read(case, alternative="war", **changes):
    """One of the cases under a convention."""
    scenario = shipped(case)
    return with_numbers(scenario, {"conventions": {"alternative": alternative}, **changes})


def simulated(scenario, numbers) -> Block:
    """A block of the scenario's draws."""
    return simulate(DealSpace.of(scenario), draw(scenario, np.asarray(numbers)))


def columns(outcome, *without):
    """Columns of an outcome by name."""
    return {f.name: getattr(outcome, f.name) for f in fields(outcome) if f.name not in without}


@pytest.mark.slow
@pytest.mark.parametrize("case", EACH)
@pytest.mark.parametrize("alternative", ["war", "talks"])
def test_blocks_change_nothing(case, alternative):
    """Draws computed together, in blocks, alone or backwards are the same bit for bit."""
    scenario = read(case, alternative)
    whole = simulated(scenario, np.arange(40))
    for numbers in (np.array([39]), np.arange(17), np.arange(38, 16, -1)):
        part = simulated(scenario, numbers)
        for name, found in columns(part.outcome).items():
            assert np.array_equal(found, getattr(whole.outcome, name)[numbers]), name
        for name in ("payoff", "alternative", "reference", "permitted"):
            assert np.array_equal(getattr(part.worlds, name), getattr(whole.worlds, name)[numbers]), name


@pytest.mark.parametrize("case", EACH)
@pytest.mark.parametrize("alternative", ["war", "talks"])
def test_order_of_the_actors_does_not_matter(case, alternative):
    """Actors written in another order get the same, draw by draw, who prevails and who bluffs included."""
    scenario = read(case, alternative)
    raw = scenario.model_dump()
    raw["actors"] = dict(reversed(raw["actors"].items()))
    raw["talks"]["order"] = scenario.order  # who opens is a rule
    other = type(scenario).model_validate(raw)
    one, two = (simulated(found, np.arange(40)) for found in (scenario, other))
    place = [list(other.actors).index(name) for name in scenario.actors]
    for name, found in columns(one.outcome, "by", "prevailed").items():
        again = getattr(two.outcome, name)
        again = again[:, place] if name in PER_ACTOR else again
        np.testing.assert_allclose(found, again, atol=1e-12, err_msg=name)
    for name in ("by", "prevailed"):
        who, again = getattr(one.outcome, name), getattr(two.outcome, name)
        assert (np.array(place)[who[who >= 0]] == again[who >= 0]).all(), name
        assert ((who >= 0) == (again >= 0)).all(), name
    np.testing.assert_allclose(one.worlds.payoff, two.worlds.payoff[:, place], atol=1e-12)
    assert (observe(one.worlds).kept == observe(two.worlds).kept).all()
    assert (classify(one.worlds).block == classify(two.worlds).block).all()


@pytest.mark.slow
@pytest.mark.parametrize("case", ["ceasefire", "labour", "budget"])
def test_an_issue_nobody_weighs_changes_nothing(case):
    """One more issue without weight, delay or enforcement: every draw ends as it did, with the same utility."""
    scenario = read(case)
    more = read(case, **{"issues.weather": {"levels": ["fair", "mixed", "foul"], "status_quo": "mixed"}})
    one, two = (simulated(found, np.arange(150)) for found in (scenario, more))
    for name, found in columns(one.outcome, "deal", "final_deal").items():
        np.testing.assert_allclose(found, getattr(two.outcome, name), atol=1e-12, err_msg=name)
    for deal in ("deal", "final_deal"):
        mine, theirs = getattr(one.outcome, deal), getattr(two.outcome, deal)
        assert ((mine >= 0) == (theirs >= 0)).all()
        levels = one.worlds.space.deals[mine[mine >= 0]]
        assert (two.worlds.space.deals[theirs[mine >= 0]][:, : levels.shape[1]] == levels).all()
    assert (classify(one.worlds).stalemate == classify(two.worlds).stalemate).all()
    assert (observe(one.worlds).holds == observe(two.worlds).holds).all()


@pytest.mark.slow
def test_a_number_nobody_uses_changes_nothing():
    """A guarantor who is asked for nothing and leans on nobody leaves every draw as it was."""
    scenario = read("ceasefire")
    bystander = {"role": "guarantor", "patience": number(0.5, 0.1, 0.9), "power": number(1.0, 0.0, 2.0)}
    more = read("ceasefire", **{"actors.bystander": bystander})
    one, two = (simulated(found, np.arange(150)) for found in (scenario, more))
    for name, found in columns(one.outcome, *PER_ACTOR).items():
        assert (found == getattr(two.outcome, name)).all(), name
    np.testing.assert_allclose(one.outcome.utility, two.outcome.utility[:, :4], atol=1e-12)


@pytest.mark.slow
def test_rescaling_a_war_payoff_and_what_is_at_stake_together():
    """A salience counts by its share only: all weights doubled change nothing."""
    scenario = read("ceasefire")
    doubled = {
        f"actors.{name}.salience.{issue}": number(*(2 * float(end) for end in (weight.value, weight.low, weight.high)))
        for name, actor in scenario.actors.items()
        for issue, weight in actor.salience.items()
    }
    one, two = (simulated(found, np.arange(100)) for found in (scenario, read("ceasefire", **doubled)))
    np.testing.assert_allclose(one.worlds.payoff, two.worlds.payoff, atol=1e-12)


def in_years(length):
    """A war with delays, hazards and arms, told in rounds of some length; all times are given in years."""
    scenario = with_numbers(
        dispute(
            {"W": 0.1, "delta": 0.85, "eta": 0.02, "shift": 0.05},
            {"W": 0.1, "delta": 0.75, "eta": 0.02, "shift": -0.05},
            m=0.2,
            theta=0.4,
            years_to_settle=1.0,
            hazards=(0.3, 0.1),
        ),
        {f"actors.{name}.reservation": None for name in "AB"}
        | {f"actors.{name}.power": number(1.0) for name in "AB"}
        | {f"actors.{name}.war_cost": number(0.2) for name in "AB"},
        round=length,
        rounds="2 years",
        horizon="6 years",
    )
    space = DealSpace.of(scenario)
    worlds = build(space, draw(scenario, np.arange(4000)))
    deal = one_deal(space, share="0.5", causes="1.0", watch="watched")
    outcome = play_story(worlds, Staged([deal], [round(1 / scenario.talks.round_years)]))
    return worlds, outcome, deal


@pytest.mark.slow
def test_the_length_of_a_round_does_not_matter():
    """With everything in years, months and fortnights tell the same story within Monte Carlo error."""
    told = [in_years(length) for length in ("1 month", "2 weeks")]
    shares = np.stack([np.bincount(outcome.ending, minlength=len(ENDINGS)) / 4000 for _, outcome, _ in told])
    error = np.sqrt(2 * shares.mean(axis=0) * (1 - shares.mean(axis=0)) / 4000)
    assert (np.abs(shares[0] - shares[1]) <= 4 * error + 1e-12).all()
    assert (shares[0] > 0.03).sum() >= 3
    arms = [outcome.decided_by_arms.mean() for _, outcome, _ in told]
    assert arms[0] == pytest.approx(arms[1], abs=0.04)
    held = [(outcome.held * worlds.scenario.talks.round_years).mean() for worlds, outcome, _ in told]
    assert held[0] == pytest.approx(held[1], abs=0.15)
    values = [worlds.signed[0, :, deal] for worlds, _, deal in told]
    np.testing.assert_allclose(values[0], values[1], atol=0.01)
    wars = [worlds.no_deal.value[0] for worlds, _, _ in told]
    np.testing.assert_allclose(wars[0], wars[1], atol=0.005)


@pytest.mark.slow
def test_the_length_of_a_round_hardly_matters_to_blind_offers():
    """In the ceasefire case shorter rounds mean more offers, and so a few more agreements, by a few per cent.

    Parties who concede by the clock find each other more often the more often they may speak; that is the
    protocol, not the clock of the model (see the test above).
    """
    shares = []
    for length in ("1 month", "2 weeks"):
        scenario = with_numbers(read("ceasefire"), {}, round=length)
        blocks = [simulated(scenario, part).outcome.ending for part in np.array_split(np.arange(600), 2)]
        shares.append(np.bincount(np.concatenate(blocks), minlength=len(ENDINGS)) / 600)
    assert np.abs(shares[0] - shares[1]).max() < 0.07


@pytest.mark.slow
def test_transcripts_are_of_the_talks_that_were_held():
    """Holding the first talks again gives the deal and round of the simulation."""
    for case in NAMES:
        block = simulated(read(case), np.arange(40))
        again = talks_of(block.worlds)
        # arms may decide before; and talks that failed may have agreed later, in another world
        agreed = (block.outcome.round >= 0) & (block.outcome.reopened == 0)
        assert (again.deal[agreed] == block.outcome.deal[agreed]).all()
        assert (again.round[agreed] == block.outcome.round[agreed]).all()
        assert again.log


@pytest.mark.slow
@pytest.mark.parametrize("protocol", PROTOCOLS.names)
def test_talks_that_leave_nothing_to_luck_are_held_once(protocol):
    """Holding them anew after every collapse tells the same story; talks with dice have new luck each time."""

    class Anew(TalksHolder):
        """Forgets the first talks."""

        def __call__(self, where, meeting, begin=0):
            self.first = None
            return super().__call__(where, meeting, begin)

    scenario = with_numbers(read("ceasefire", "talks"), {}, protocol=protocol)
    worlds = build(DealSpace.of(scenario), draw(scenario, np.arange(24)))
    one, two = (play_story(worlds, holder(worlds)) for holder in (TalksHolder, Anew))
    for name, found in columns(one).items():
        assert np.array_equal(found, getattr(two, name)), name
    assert one.collapses.max() > 1


@pytest.mark.parametrize("throw", ["uniform", "several"])
@pytest.mark.parametrize("whose", ["the same", "some draws", "a child"])
def test_watched_dice_fall_as_others_do_and_tell_of_every_throw(throw, whose):
    """One throw or several, by whomever they were handed on to."""
    plain, thrown = Dice("watched", np.arange(5)), [False]
    pair = [plain, WatchedDice.of(plain, thrown)]
    if whose == "some draws":
        pair = [dice.select(np.array([1, 3])) for dice in pair]
    elif whose == "a child":
        pair = [dice.child("talks", 2) for dice in pair]
    assert thrown == [False]
    words = ("who", 1) if throw == "uniform" else ([("who", 1), ("what", 2)],)
    expected, found = (getattr(dice, throw)(*words) for dice in pair)
    assert np.array_equal(expected, found)
    assert thrown == [True]


@pytest.mark.slow
def test_every_meeting_has_luck_of_its_own():
    """A mediator who draws lots draws others when the parties meet again, and the same when it is told anew."""
    scenario = with_numbers(read("ceasefire", "talks"), {}, protocol="single-text")
    worlds = build(DealSpace.of(scenario), draw(scenario, np.arange(16)))
    hold, everybody = TalksHolder(worlds), np.arange(16)
    first, second, again = (hold(everybody, meeting).deal for meeting in (0, 1, 0))
    assert (first != second).any()
    assert first.tolist() == again.tolist()


def digest(case):
    """What sixty draws of a case come to, in one word."""
    outcome = simulate(DealSpace.of(read_case(case).scenario), draw(read_case(case).scenario, np.arange(60))).outcome
    found = hashlib.sha256()
    for column in (outcome.deal, outcome.ending, outcome.held, outcome.round, outcome.utility):
        found.update(np.ascontiguousarray(column).tobytes())
    return found.hexdigest()


#: The same in a process of its own.
PROGRAM = f"""
import hashlib, sys
import numpy as np
from sim.engine import simulate
from sim.scenario import draw
from sim.scenario.reading import read_case
from sim.table import DealSpace

{inspect.getsource(digest)}
print(digest(sys.argv[1]))
"""


@pytest.mark.slow
def test_the_hash_seed_does_not_matter():
    """A process with another hash seed prints the digest that is found here."""
    other = "2" if os.environ.get("PYTHONHASHSEED") == "1" else "1"
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(CASES / "ceasefire")],
        env={**os.environ, "PYTHONHASHSEED": other, "PYTHONPATH": str(PROJECT)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == digest(str(CASES / "ceasefire"))


MEMORY = """
import re, resource, sys
from pathlib import Path
import numpy as np
from sim.engine import block_size, simulate
from sim.scenario import draw
from sim.scenario.reading import read_case
from sim.table import DealSpace, classify

scenario = read_case(sys.argv[1]).scenario
space = DealSpace.of(scenario)
size = block_size(space, len(scenario.actors))
print(10_000 // size)
for start in range(0, 4 * size, size):
    block = simulate(space, draw(scenario, np.arange(start, start + size)))
    classify(block.worlds)
    status = Path("/proc/self/status")  # elsewhere the peak may be that of the process that started this one
    peak = re.search(r"VmHWM:\\s+(\\d+)", status.read_text()) if status.exists() else None
    print(peak[1] if peak else resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


@pytest.mark.slow
def test_a_block_goes_with_the_last_who_holds_it():
    """Nothing in it points back to it, so that its memory is free for the next block at once."""
    gc.collect()
    gc.disable()
    try:
        block = simulated(read("ceasefire"), np.arange(4))
        worlds = weakref.ref(block.worlds)
        del block
        assert worlds() is None
    finally:
        gc.enable()


@pytest.mark.slow
def test_ten_thousand_draws_stay_below_a_gigabyte():
    """In blocks of the size the engine asks for memory stays flat: what the third and fourth add, all later ones do."""
    done = subprocess.run(
        [sys.executable, "-c", MEMORY, str(CASES / "ceasefire")],
        env={**os.environ, "PYTHONPATH": str(PROJECT)},
        capture_output=True,
        text=True,
        check=True,
    )
    unit = 1 if sys.platform == "darwin" else 1024
    blocks, _, second, _, fourth = map(int, done.stdout.split())
    assert (fourth + (fourth - second) / 2 * max(blocks - 3, 0)) * unit < 10**9


def test_block_size_falls_with_the_number_of_deals():
    """Small cases go through in large blocks, large ones in small ones, and never in none."""
    sizes = {name: block_size(DealSpace.of(read(name)), len(read(name).actors)) for name in NAMES}
    assert sizes["pie"] > sizes["ceasefire"] >= 1
