"""Terms and what a case asks for, compared: what moves them is told although every world has a deal."""

import json

import numpy as np
import pytest

from sim.ensemble import Design, play
from sim.runs.outcome_changes import outcome_changes
from sim.runs.outcome_summary import compared_needs, compared_outcomes
from sim.runs.overlays import compare_overlays
from sim.scenario import change
from tests.played_cases import played_case
from tests.report.folders import call
from tests.shipped import shipped


@pytest.fixture(scope="module")
def pie():
    """The pie, of which each player's share is the term."""
    return shipped("pie")


@pytest.fixture(scope="module")
def patient(pie):
    """The same where the first player can wait."""
    return change(pie, {"first.patience": 0.99})


def test_a_term_that_moves_is_told_though_all_settle(pie, patient):
    """Patience brings a larger share (Rubinstein 1982), in every world a deal is signed either way."""
    names, needs = compared_outcomes(pie), compared_needs(pie)
    one, two = (play(Design.of_draws(found, 20), columns={"ending", *needs}) for found in (pie, patient))
    assert (one["ending"].values == two["ending"].values).all()
    every = np.ones(20, bool)
    found = {change.of: change for change in outcome_changes(names, one, two, every, every)}
    share = found["terms.share"]
    assert share.change > 0.02
    assert share.moved == pytest.approx(share.after.span.median / share.before.span.median - 1)
    assert share.change == pytest.approx(share.after.mean - share.before.mean)


def test_nothing_moves_between_equal_plays(pie):
    """A play beside itself has no change and no error."""
    found = play(Design.of_draws(pie, 10), columns={*compared_needs(pie)})
    every = np.ones(10, bool)
    for change_ in outcome_changes(compared_outcomes(pie), found, found, every, every):
        assert change_.moved == 0
        assert np.nan_to_num(change_.change) == np.nan_to_num(change_.error) == 0


def test_an_overlay_tells_what_it_does_to_terms(pie, patient):
    """Rows of overlays have outcomes beside endings, the base has none."""
    base, row = compare_overlays(pie, [("patient", patient)], 10)
    assert base.outcomes == ()
    assert {found.of for found in row.outcomes} >= {"terms.share"}
    assert max(abs(value) for value in row.change.share.values()) == 0


@pytest.mark.slow
def test_commands_report_a_term_that_moves(tmp_path):
    """`sim compare` and what changed since the last run name the share, and the page of a comparison does."""
    words = ["run", "scenarios/pie", "--draws", 20, "--no-figures", "--no-flips", "--out"]
    call(*words, tmp_path / "one")
    told = call(*words, tmp_path / "two", "--set", "first.patience=0.99").output
    assert "What it did to what the case asks for" in told
    page = tmp_path / "page.html"
    told = call("compare", tmp_path / "one", tmp_path / "two", "--page", page).output
    assert "Share of the first player" in told.split("What the case asks for")[0]
    assert "Share of the first player" in page.read_text(encoding="utf-8")
    found = json.loads(call("compare", tmp_path / "one", tmp_path / "two", "--json").output)
    assert any(one["of"] == "terms.share" and one["change"] > 0.02 for one in found["outcomes"])


def test_a_mean_over_other_worlds_is_still_that_of_pairs(pie):
    """With other worlds counting in each, what does not vary changes by nothing and surely so."""
    found = play(Design.of_draws(pie, 30), columns={*compared_needs(pie)})
    one, two = np.arange(30) < 20, np.arange(30) >= 5
    change_ = {row.of: row for row in outcome_changes(["terms.share"], found, found, one, two)}["terms.share"]
    assert (change_.before.draws, change_.after.draws) == (20, 25)
    assert change_.change == pytest.approx(0)
    assert change_.error == pytest.approx(0)


def test_names_change_by_pairs_too():
    """Shares of who signs have a change each, which add up to nothing, with the error of the same worlds."""
    _, results = played_case("budget", 60)
    where = np.ones(60, bool)
    turned = results.copy()
    codes = results["signed_by"].values.copy()
    kinds, which = np.unique(codes, axis=0, return_inverse=True)
    first, other = np.bincount(which.ravel()).argsort()[::-1][:2]
    codes[np.flatnonzero(which.ravel() == first)[:6]] = kinds[other]
    turned["signed_by"] = (results["signed_by"].dims, codes, results["signed_by"].attrs)
    (found,) = outcome_changes(["signers"], results, turned, where, where)
    assert found.moved == pytest.approx(0.1)
    assert sum(found.shares.values()) == pytest.approx(0)
    low, high = min(found.shares.values()), max(found.shares.values())
    assert (low, high) == (pytest.approx(-0.1), pytest.approx(0.1))
    name = next(iter(found.shares))
    assert found.errors[name] == pytest.approx(np.sqrt(0.1 * 0.9 / 60))  # six of sixty pairs differ, by one each
    assert found.seen()
    assert not found.seen(10)  # of ten changes the largest is as large by chance
    assert not outcome_changes(["signers"], results, results, where, where)[0].seen()
