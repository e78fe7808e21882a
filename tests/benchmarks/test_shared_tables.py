"""What sharing tables between rows that differ in a few numbers could save, at the very most."""

import time
from functools import wraps

import numpy as np
import pytest

from sim.engine import simulation
from sim.ensemble import Design, play_rows
from sim.scenario import read_scenario

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("case", ["ceasefire", "monitored_deal"])
def test_tables_are_too_small_a_part_to_be_worth_sharing(case, monkeypatch, capsys):
    """If tables cost nothing at all, a bridge or a Sobol design would be less than three times as fast.

    These play rows that differ in a few numbers. What can be shared between them is the core model, built before the
    first word is spoken; talks and the story after them hear of every number. Each change of the world builds it anew,
    which is counted in.
    """
    scenario = read_scenario(f"scenarios/{case}")
    spent = [0.0]
    whole = simulation.build

    @wraps(whole)
    def watched(*args, **named):
        begun = time.process_time()
        try:
            return whole(*args, **named)
        finally:
            spent[0] += time.process_time() - begun

    monkeypatch.setattr(simulation, "build", watched)
    design = Design.of_draws(scenario, np.arange(200))
    play_rows(design, ["ending"])
    limits = []
    for _ in range(3):
        spent[0], begun = 0.0, time.process_time()
        play_rows(design, ["ending"])
        taken = time.process_time() - begun
        limits.append(taken / (taken - spent[0]))
    with capsys.disabled():
        told = f"{case}: a play without any table would be {sorted(limits)[1]:.2f} times as fast"
        print(told)  # noqa: T201
    assert 1 < sorted(limits)[1] < 3
