"""What the talks do with the deals there are: the three shares add up and reach every place where they are told."""

import json
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

from sim.cli.main import main
from sim.ensemble import Design, play
from sim.report import answer
from sim.report.run_lead import why
from sim.report.run_reasons import no_deal
from sim.report.run_report import RunReport
from sim.report.talks_findings import TalksFindings
from sim.runs import run
from sim.scenario import change
from tests.shipped import shipped

PROJECT = Path(__file__).parents[2]
COLUMNS = ("talks_failed_at_table", "overtaken", "efficient", "any_deal", "deal", "decided_by_arms")
COLUMNS += ("distance_to_frontier",)


@pytest.fixture(scope="module")
def scenario():
    """The main case with fewer rounds: in some worlds they do not suffice, in some arms decide before a signature."""
    return change(shipped("ceasefire"), {"talks.rounds": 20})


@pytest.fixture(scope="module")
def played(scenario):
    """A few of its worlds, with what the answer needs."""
    return run(scenario, 150)


def test_what_was_missed_is_failed_or_overtaken(played):
    """A deal that all could accept and that was not signed: the talks failed, or arms decided first, never both."""
    failed, overtaken = (played[name].values.astype(bool) for name in ("talks_failed_at_table", "overtaken"))
    missed = played["any_deal"].values.astype(bool) & (played["deal"].values < 0)
    assert (failed ^ overtaken)[missed].all()
    assert not (failed & overtaken).any()
    assert (played["deal"].values[failed | overtaken] < 0).all()
    assert played["decided_by_arms"].values[overtaken].all()
    assert failed.any()
    assert overtaken.any()


def test_an_efficient_deal_is_on_the_frontier(played):
    """What nobody can improve on without loss leaves no gain for all; without a deal there is nothing."""
    efficient = played["efficient"].values
    first = (played["deal"].values >= 0) & (played["reopened"].values == 0)  # later the world has changed
    assert (np.isnan(efficient) == ~first).all()
    assert (played["distance_to_frontier"].values[efficient == 1] <= 1e-9).all()
    assert {0.0, 1.0} <= set(efficient[~np.isnan(efficient)])


@pytest.mark.slow
def test_arms_that_never_decide_overtake_nothing():
    """Where arms cannot decide, what the talks agree is signed."""
    never = change(shipped("ceasefire"), {"talks.decisive_chance": 0.0})
    assert not play(Design.of_draws(never, 40), columns=COLUMNS)["overtaken"].values.any()


def test_shares_are_those_of_the_draws(played):
    """Recounted for any group of draws."""
    where = played["consistent"].values.astype(bool)
    found = TalksFindings.of(played, where)
    assert found.overtaken == pytest.approx(played["overtaken"].values[where].mean())
    assert found.efficient == pytest.approx(np.nanmean(played["efficient"].values[where]))
    assert np.isnan(TalksFindings.of(played, played["deal"].values < 0).efficient)


def test_the_answer_tells_the_table_from_arms(played, scenario):
    """Missed at the table, and overtaken by arms, in words of their own."""
    told = RunReport(answer(played, scenario, "ceasefire", "out"), scenario)
    assert "the talks missed it" in no_deal(told)
    assert "the talks agree, but arms decide before the signature" in no_deal(told)
    assert ("arms decide before the signature" in why(told)) == why(told).startswith("Nothing is signed")


@pytest.mark.slow
def test_the_json_has_them_for_both_groups(tmp_path):
    """Of the worlds that fit what was observed, and of all."""
    words = ["run", str(PROJECT / "scenarios" / "ceasefire"), "--draws", "60", "--no-figures", "--no-flips", "--json"]
    words += ["--out", str(tmp_path / "run")]
    found = json.loads(CliRunner().invoke(main, words, catch_exceptions=False).stdout)
    for name in ("talks_failed_at_table", "overtaken", "efficient"):
        assert 0 <= found[name] <= 1
        assert 0 <= found[f"{name}_all"] <= 1
