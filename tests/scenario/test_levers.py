"""Levers: what they move and open, and what the rules refuse."""

import numpy as np
import pytest

from sim.foundations import InputError
from sim.runs.run_scenario import run
from sim.scenario import Lever, draw, read_case
from sim.scenario.levers_at import extremes, moved, on_offer
from sim.store.digest import digest
from tests.scenario.small_case import SMALL, write_case
from tests.shipped import shipped

LEVERS = """
[levers.push]
title = "a push"
holder = "uncle"
veto = ["south"]
assumed = "x"
cost = { value = 0.05, low = 0.01, high = 0.1, assumed = "x" }
[levers.push.moves]
"uncle.pressure.south.strength" = { mode = "add", full = { value = 0.2, low = 0.1, high = 0.3, assumed = "x" } }
"north.power_shift" = { mode = "scale", full = { value = 0.5, assumed = "x" } }
"south.position.line" = { full = { value = "front", assumed = "x" } }

[levers.formulas]
title = "more to choose from"
holder = "uncle"
assumed = "x"
cost = { value = 0.01, assumed = "x" }
opens = { status = ["bound", "neutral"] }
"""
CLOSED = SMALL.replace('root_cause_of = "north"', 'root_cause_of = "north"\navailable = ["free"]')
BOTH = CLOSED + LEVERS


def small(tmp_path, text=BOTH):
    """The small case with levers."""
    return read_case(write_case(tmp_path, text)).scenario


def test_numbers_move_from_their_drawn_values(tmp_path):
    """Add, scale and set at half use; a number that mirrors a moved one follows."""
    scenario = small(tmp_path)
    base = draw(scenario, np.arange(50))
    found = moved(scenario, {"push": 0.5, "formulas": 1.0}, base)
    gain = found["uncle.pressure.south.strength"] - 0.1
    assert (gain > 0.05).all()
    assert (gain < 0.15).all()
    assert gain.std() > 0
    assert found["north.power_shift"] == pytest.approx(0.75 * base["north.power_shift"])
    assert found["south.position.line"] == pytest.approx(0.5)  # half of the way from old to front
    after = draw(scenario, np.arange(50), fixed=found)
    assert after["south.power_shift"] == pytest.approx(-found["north.power_shift"])


def test_unused_levers_move_nothing(tmp_path):
    """No use, no moved number and no level more."""
    scenario = small(tmp_path)
    base = draw(scenario, np.arange(5))
    assert moved(scenario, {}, base) == {}
    assert moved(scenario, {"push": 0.0}, base) == {}
    assert on_offer(scenario, {"formulas": 0.0}) == {}


def test_levels_open_one_after_the_other(tmp_path):
    """Half of the use opens the first of two levels."""
    scenario = small(tmp_path)
    assert on_offer(scenario, {"formulas": 0.5}) == {"status": ("free", "bound")}
    assert on_offer(scenario, {"formulas": 1.0}) == {"status": ("free", "bound", "neutral")}


def test_where_levers_meet_they_set_then_scale_then_add(tmp_path):
    """The order of the file does not matter."""
    more = """
[levers.a_second]
title = "another"
holder = "uncle"
assumed = "x"
cost = { value = 0.01, assumed = "x" }
[levers.a_second.moves]
"uncle.pressure.south.strength" = { mode = "scale", full = { value = 2, assumed = "x" } }
"""
    levers = LEVERS.replace("value = 0.2, low = 0.1, high = 0.3,", "value = 0.2,")
    for text in (CLOSED + levers + more, CLOSED + more + levers):
        scenario = small(tmp_path, text)
        found = moved(scenario, {"push": 1.0, "a_second": 1.0}, draw(scenario, np.arange(2)))
        assert found["uncle.pressure.south.strength"] == pytest.approx(0.1 * 2 + 0.2)
        assert extremes(scenario, "uncle.pressure.south.strength") == pytest.approx((0.1, 0.4))


MISTAKES = [
    ('holder = "uncle"\nveto', 'holder = "unkle"\nveto', "levers.push.holder", "no actor", "uncle"),
    ('veto = ["south"]', 'veto = ["sout"]', "levers.push.veto.0", "no actor", "south"),
    ('veto = ["south"]', 'veto = ["uncle"]', "levers.push.veto.0", "matter of course", None),
    (
        '"north.power_shift" = {',
        '"north.power_shif" = {',
        "levers.push.moves.north.power_shif",
        "no number",
        "north.power_shift",
    ),
    (
        '"north.power_shift" = {',
        '"south.power_shift" = {',
        "levers.push.moves.south.power_shift",
        "move that one",
        "north.power_shift",
    ),
    (
        'full = { value = "front",',
        'full = { value = "fron",',
        "levers.push.moves.south.position.line.full.value",
        "no level",
        "front",
    ),
    ("opens = { status =", "opens = { statu =", "levers.formulas.opens.statu", "no issue", "status"),
    (
        'opens = { status = ["bound"',
        'opens = { status = ["bond"',
        "levers.formulas.opens.status.0",
        "no level",
        "bound",
    ),
    ("cost = { value = 0.01, assumed", "cost = { value = -1, assumed", "levers.formulas.cost", "from 0 to 10", None),
    (
        'cost = { value = 0.01, assumed = "x" }',
        "cost = { value = 0.01 }",
        "levers.formulas.cost",
        "rests on nothing",
        None,
    ),
    ('assumed = "x"\ncost = { value = 0.01', "cost = { value = 0.01", "levers.formulas", "rests on nothing", None),
    ('opens = { status = ["bound", "neutral"] }', "", "levers.formulas", "does neither", None),
    (
        'mode = "scale", full = { value = 0.5,',
        'mode = "scale", full = { value = "half",',
        "levers.push.moves.north.power_shift.full.value",
        "a number is needed",
        None,
    ),
    (
        '"north.power_shift" = { mode = "scale", full = { value = 0.5,',
        '"north.patience" = { mode = "add", full = { value = 0.5,',
        "levers.push.moves.north.patience",
        "makes no sense there",
        None,
    ),
    (
        'assumed = "x"\ncost = { value = 0.01',
        'claims = ["c"]\ncost = { value = 0.01',
        "levers.formulas.claims.0",
        "no evidence file",
        None,
    ),
]


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda mistake: f"{mistake[2]}: {mistake[3]}")
def test_each_mistake_is_found(tmp_path, mistake):
    """One replacement, one problem at its keys, with the nearest right name."""
    old, new, path, words, nearest = mistake
    assert old in BOTH
    with pytest.raises(InputError) as caught:
        small(tmp_path, BOTH.replace(old, new))
    found = {".".join(map(str, problem.path)): problem for problem in caught.value.problems}
    assert path in found
    assert words in found[path].message
    assert found[path].nearest == nearest


def test_a_move_may_be_kept_between(tmp_path):
    """A clipped move makes sense and is clipped."""
    text = BOTH.replace(
        '"north.power_shift" = { mode = "scale", full = { value = 0.5,',
        '"north.patience" = { mode = "add", between = [0.1, 0.98], full = { value = 0.5,',
    )
    scenario = small(tmp_path, text)
    found = moved(scenario, {"push": 1.0}, draw(scenario, np.arange(20)))
    assert found["north.patience"].max() == pytest.approx(0.98)


@pytest.mark.slow
def test_the_base_run_does_not_know_of_levers():
    """Ceasefire with and without its levers gives the same bits, and the same numbers."""
    scenario = shipped("ceasefire")
    bare = scenario.model_validate({**scenario.model_dump(), "levers": {}})
    assert set(scenario.levers)
    assert list(scenario.numbers) == list(bare.numbers)
    assert digest(run(scenario, 12)) == digest(run(bare, 12))


def test_a_lever_does_something():
    """A lever that neither moves nor opens is refused."""
    with pytest.raises(ValueError, match="does neither"):
        Lever(title="t", holder="a", cost={"value": 0.1, "assumed": "x"})
