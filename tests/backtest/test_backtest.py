"""Models judged on decisions: errors by hand, intervals, mixtures that saw nothing of what they are judged on."""

import os
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.backtest import MEAN, Decision, backtest, decision_models, scoreable
from sim.backtest.accuracy import accuracy, resamples
from sim.backtest.decision_models import decided
from sim.backtest.held_out import held_out, least_absolute
from sim.backtest.input_noise import AS_CODED, DecisionInputs, noisy
from sim.backtest.package import bargained, package_scenario
from sim.formats.decision_files import read_decisions
from sim.foundations import InputError, ShapeError, UnknownNameError
from tests.backtest.made_up import TABLE, deu_text

#: Path of a copy of DEU III as its authors publish it; without it the numbers on it are not checked.
DEU = os.environ.get("SIM_DEU_FILE", "")
QUICK = ("condorcet-median", "mean", "middle of the scale", "status-quo")


def one(position=((0.0,), (50.0,), (100.0,)), salience=((1.0,), (0.5,), (0.5,)), outcome=(40.0,)):
    """A decision of three on a scale of 100."""
    position, salience = np.array(position), np.array(salience)
    issues = position.shape[1]
    return Decision(
        "made", ("a", "b", "c"), tuple(f"i{k}" for k in range(issues)), position, salience, np.ones(3),
        np.zeros(issues), np.full(issues, 100.0), np.full(issues, np.nan), np.array(outcome),
        tuple({"rule": "all"} for _ in range(issues)),
    )  # fmt: skip


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A file of decisions that nobody took, in the layout of DEU."""
    file = tmp_path_factory.mktemp("decisions") / "made.tsv"
    file.write_text(deu_text(24), encoding="utf-8")
    return file


@pytest.fixture(scope="module")
def judged(made):
    """The quick models judged on them."""
    return backtest(read_decisions(made), only=QUICK, draws=3, resampled=300)


@pytest.mark.skipif(not DEU, reason="SIM_DEU_FILE names no copy of DEU III")
@pytest.mark.parametrize(("least", "issues", "mean", "median"), [(3, 351, 23.64, 28.31), (1, 353, 23.68, 28.36)])
def test_published_errors_on_deu_three(least, issues, mean, median):
    """The weighted mean and the weighted median are as far off as others have found, to two digits."""
    found = backtest(read_decisions(Path(DEU), least=least), only=["condorcet-median"], draws=0)
    assert found.issues == issues
    assert round(found.record(MEAN).accuracy.error, 2) == mean
    assert round(found.record("condorcet-median").accuracy.error, 2) == median
    assert found.with_verdict("loses to the mean") == ["condorcet-median"]


def test_errors_by_hand():
    """The mean of 0, 50 and 100 by saliences of 1, one half and one half is 37.5, off by 2.5 from 40."""
    found = backtest(scoreable("made", [one()]), only=["condorcet-median", "middle of the scale"], draws=0)
    assert found.record(MEAN).accuracy.error == pytest.approx(2.5)
    assert found.record("condorcet-median").accuracy.error == pytest.approx(40)
    assert found.record("middle of the scale").accuracy.difference == pytest.approx(7.5)
    assert found.record("condorcet-median").accuracy.verdict == "not told apart"  # one decision says nothing
    assert found.ensemble is None


def test_scales_of_any_length_are_told_in_points_of_a_hundred():
    """A decision on a scale of 10 to 12 counts as much as one on a scale of 100."""
    small = one(position=((10.0,), (11.0,), (12.0,)), outcome=(10.8,))
    small = Decision(**{**vars(small), "low": np.array([10.0]), "high": np.array([12.0])})
    found = backtest(scoreable("made", [small]), only=["mean"], draws=0)
    assert found.record(MEAN).accuracy.error == pytest.approx(abs(37.5 - 40))


def test_intervals_are_paired_and_resample_whole_decisions():
    """What is always 4 worse is surely worse; issues of one decision do not count as many decisions."""
    cluster = np.repeat(np.arange(12), 3)
    truth = np.linspace(0, 80, 36)
    drawn = resamples(cluster, 400, "a")
    assert drawn.shape == (400, 12)
    assert (drawn.sum(axis=1) == 12).all()
    found = accuracy(truth + 9, truth + 5, truth, cluster, drawn, own=False)
    assert (found.low, found.high, found.verdict) == (pytest.approx(4), pytest.approx(4), "loses to the mean")
    noise = np.repeat(np.where(np.arange(12) % 2, 6.0, -5.0), 3)
    wide = accuracy(truth + 5 + noise, truth + 5, truth, cluster, drawn, own=False)
    narrow = accuracy(truth + 5 + noise, truth + 5, truth, np.arange(36), resamples(np.arange(36), 400, "a"), own=False)
    assert wide.high - wide.low > 1.3 * (narrow.high - narrow.low)
    gaps = accuracy(np.where(cluster < 6, np.nan, truth), truth + 1, truth, cluster, drawn, own=False)
    assert gaps.issues == 18
    assert gaps.difference == pytest.approx(-1)


@pytest.mark.slow
@given(st.integers(0, 10_000))
def test_weights_are_shares_and_no_worse_than_any_model(seed):
    """On the decisions that they are fitted on, no single model has a smaller sum of absolute errors."""
    rng = np.random.default_rng(seed)
    table, truth = rng.uniform(0, 100, (15, 4)), rng.uniform(0, 100, 15)
    weights = least_absolute(table, truth)
    assert weights.sum() == pytest.approx(1)
    assert (weights >= 0).all()
    assert np.abs(table @ weights - truth).sum() <= np.abs(table - truth[:, None]).sum(axis=0).min() + 1e-6


def test_a_mixture_is_judged_on_what_its_weights_have_not_seen():
    """A model that is right on one decision only, which is held out, gets no weight for it there."""
    truth = np.arange(20.0)
    lucky = np.where(np.arange(20) == 7, truth, truth + 50)
    steady = truth + 10
    made = held_out({"lucky": lucky, "steady": steady}, truth, np.arange(20), ["lucky", "steady"], folds=20)
    assert made.forecast[7] == pytest.approx(steady[7])
    assert np.allclose(made.forecast, steady)


def test_noise_moves_what_depends_on_it_and_nothing_else(judged):
    """The middle of the scale stays; the mean moves by less than its inputs, and more with larger errors."""
    assert [effect.moved for effect in judged.record("middle of the scale").noise] == [0, 0]
    small, large = judged.record(MEAN).noise
    assert 0 < small.moved < large.moved < 20
    assert large.size == 0.2


def test_groups_are_told_where_they_are_large_enough(judged):
    """By rule and by whether the status quo is known; a group of one issue says nothing."""
    groups = judged.record(MEAN).groups
    assert set(groups["voting rule"]) == {"QMV", "Unan"}
    assert sum(one.issues for one in groups["voting rule"].values()) == judged.issues == 48
    assert set(groups["status quo"]) == {"not known"}
    assert judged.record("status-quo").accuracy.issues == 8
    assert judged.left_out == 1


def test_the_answer_as_json(judged):
    """Every model with its error and interval, gaps as null."""
    found = judged.to_json()
    assert found["issues"] == 48
    assert found["against"] == MEAN
    assert set(found["models"]) == {*QUICK, MEAN}
    assert found["models"]["mean"]["kind"] == "forecast"
    assert set(found["models"]["mean"]) >= {"error", "difference", "low", "high", "verdict", "noise", "groups"}


def test_same_numbers_again(made, judged):
    """Nothing depends on anything but the file and the seed."""
    again = backtest(read_decisions(made), only=QUICK, draws=3, resampled=300)
    assert again.to_json() == judged.to_json()


@pytest.mark.slow
def test_talks_and_solutions_decide_what_can_be_decided():
    """Two issues are one package: whoever minds an issue more gets more of it, in talks and in solutions."""
    found = one(position=((0.0, 0.0), (100.0, 100.0), (0.0, 100.0)), salience=((0.9, 0.1), (0.1, 0.9), (0.5, 0.5)),
                outcome=(40.0, 60.0))  # fmt: skip
    (said,) = bargained(found, "zeuthen", ("nash",), seed="a")
    for values in said.values():
        assert values.shape == (1, 2)
        assert values[0, 0] < 50 < values[0, 1]


@pytest.mark.slow
def test_draws_around_the_coded_numbers_reach_the_talks():
    """With errors of nothing the talks decide as they do without any, whatever they are played together with."""
    found = one(position=((0.0, 20.0), (50.0, 10.0), (100.0, 90.0)), salience=((1.0, 0.3), (0.5, 0.4), (0.5, 1.0)),
                outcome=(40.0, 60.0))  # fmt: skip
    models = decision_models()
    position, salience = found.position[None], found.salience[None]
    inputs = (AS_CODED, DecisionInputs(position, salience), DecisionInputs(position * 0.5, salience))
    plain, same, moved = decided(found, models, seed="a", inputs=inputs)
    (alone,) = decided(found, models, seed="a", inputs=inputs[2:])
    for name, values in plain.items():
        assert np.array_equal(values, same[name], equal_nan=True), name
        assert np.array_equal(moved[name], alone[name], equal_nan=True), name
    assert moved["nash"][0, 0] < plain["nash"][0, 0]
    scenario = package_scenario(found, "zeuthen", seed="a")
    assert list(scenario.issues) == ["issue0", "issue1"]


def test_errors_stay_on_their_scales():
    """Positions within the scale, saliences between 0 and 1, gaps left as they are."""
    found = one(position=((0.0,), (np.nan,), (100.0,)))
    wrong = noisy(found, 0.2, 40, "a")
    position, salience = wrong.position, wrong.salience
    assert np.isnan(position[:, 1]).all()
    assert np.nanmin(position) >= 0
    assert np.nanmax(position) <= 100
    assert salience.max() <= 1
    assert np.abs(salience[:, 2] - 0.5).max() <= 0.1 + 1e-12


def test_the_plain_table(tmp_path):
    """Scales, capabilities, groups and decisions of several issues are those of the file."""
    file = tmp_path / "treaty.csv"
    file.write_text(TABLE, encoding="utf-8")
    found = read_decisions(file)
    (treaty,) = found.decisions
    assert treaty.issues == ("price", "years")
    assert treaty.capability.tolist() == [2, 1, 1]
    assert treaty.high.tolist() == [100, 5]
    assert treaty.groups == ({"rule": "all"}, {"rule": "all"})
    assert found.outcome.tolist() == [55, 60]
    assert read_decisions(file, capability="equal").decisions[0].capability.tolist() == [1, 1, 1]


def test_the_layout_of_deu(made):
    """Capabilities stand in the row without a decision; gaps are no positions."""
    found = read_decisions(made, capability="file")
    assert found.decisions[0].capability.tolist() == [4.1, 4.1, 2, 1, 0.5, 3]
    assert read_decisions(made, least=1).issues == found.issues + 1
    second = next(decision for decision in found.decisions if decision.name == "d1")
    assert "cc" not in second.actors


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("a,b\n1,2\n", "neither the columns of DEU"),
        ("issue,actor,position,salience,outcome\nx,a,120,1,50\nx,a,20,1,60\n", "has a row already"),
        ("issue,actor,position,salience,outcome\nx,a,12,1,50\nx,b,20,1,60\n", "outcome is 50 in another row"),
        ("issue,actor,position,salience,outcome\nx,a,much,1,50\n", '"much" is no number'),
        ("issue,actor,position,salience,outcome,low,high\nx,a,7,1,3,0,5\n", "7 lies outside of the scale"),
        ("issue,actor,position,salience,outcome\nx,a,7,1,3\n", "no issue has an outcome and 3 actors"),
        ("prnr\tpaa\tsaa\tpbb\tsbb\tout\n1\t1\t1\t900\t1\t3\n", "must be 0 to 100"),
    ],
)
def test_what_is_wrong_in_a_file_is_said_with_its_place(tmp_path, text, told):
    """Every mistake at once, none of them a traceback."""
    file = tmp_path / "wrong.csv"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=told):
        read_decisions(file)


def test_what_does_not_fit_is_refused(made):
    """Unknown models, errors beyond all scales and arrays of other shapes."""
    with pytest.raises(UnknownNameError, match="condorcet-median"):
        decision_models(["condorcet-medan"])
    with pytest.raises(InputError, match="above 0"):
        backtest(read_decisions(made), only=["mean"], noise=[0.0])
    with pytest.raises(ShapeError, match="salience"):
        Decision(**{**vars(one()), "salience": np.ones((2, 1))})
