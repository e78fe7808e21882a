"""Two runs side by side."""

from dataclasses import replace

import pytest

from sim.ensemble.ask import ask
from sim.report import compare
from sim.report.case_words import ToldCase
from sim.report.change_rows import outcome_rows
from sim.report.comparison import comparison_story
from sim.runs import run
from sim.runs.outcome_changes import OutcomeChange
from sim.runs.outcome_summary import NumberSpan, OutcomeSummary
from sim.scenario import read_case
from sim.store import begin_run, digest, finish_run, save_results
from tests.scenario.small_case import write_case
from tests.shipped import shipped


@pytest.fixture(scope="module")
def folders(tmp_path_factory):
    """A run, the same again, one with other numbers, one with fewer draws."""
    top = tmp_path_factory.mktemp("runs")
    case = read_case(write_case(top / "small"))
    kept = {}
    for name, changes, draws in (
        ("one", {}, 40),
        ("again", {}, 40),
        ("edited", {"north.patience": 0.61, "talks.rounds": 2}, 40),
        ("fewer", {}, 10),
    ):
        asked = ask(case, changes=changes, draws=draws)
        folder, manifest = begin_run(asked, out=top / name)
        results = run(asked.scenario, draws)
        finish_run(folder, save_results(folder, manifest, results, digest=digest(results)), {}, seconds=0)
        kept[name] = folder
    return kept


@pytest.mark.slow
def test_equal_runs_are_identical(folders):
    """Bit for bit, with no difference."""
    found = compare(folders["one"], folders["again"])
    assert found.identical
    assert set(found.endings.share.values()) == {0.0}
    assert not found.numbers
    assert not found.settings


@pytest.mark.slow
def test_what_was_edited_is_listed_and_paired(folders):
    """Numbers in words, rules by path, the difference on the same draws."""
    found = compare(folders["one"], folders["edited"])
    assert found.numbers == {"north.patience": ("0.8 (0.6 to 0.95)", "0.61")}
    assert found.settings == {"talks.rounds": ("12", "2")}
    assert found.endings.paired
    one, two = (side.endings.share for side in found.sides)
    assert found.endings.share["truce"] == pytest.approx(two["truce"] - one["truce"])


@pytest.mark.slow
def test_fewer_draws_of_one_seed_are_the_same_worlds(folders):
    """The first of the longer run: paired, without a difference; the number of draws is listed."""
    found = compare(folders["one"], folders["fewer"])
    assert found.endings.paired
    assert found.common == 10
    assert set(found.endings.share.values()) == {0.0}
    assert set(found.endings.error.values()) == {0.0}
    assert "the 10 worlds that both have" in str(comparison_story(found))
    assert found.settings == {"draws": ("40", "10")}


def lead(found):
    """The first sentence of a comparison."""
    (section,) = [one for one in comparison_story(found).sections if one.identity == "difference"]
    return section.pieces[0].pairs[0][1]


@pytest.mark.slow
def test_a_sure_change_of_a_price_differs_however_small_it_is(folders):
    """3.52 to 3.57 M is less than a twentieth, and far from chance; a change within chance is none."""
    spans = [OutcomeSummary("terms.x", 40, NumberSpan(at, at, at), at, {}) for at in (3.52, 3.57)]
    sure = OutcomeChange("terms.x", *spans, 0.054, 0.003, 0.014)
    same = replace(compare(folders["one"], folders["fewer"]), identical=False)
    told = {"terms.x": ("Price", "3.52 M", "3.57 M", "on average +0.054")}
    assert lead(replace(same, outcomes=(sure,), told=told)) == "Price: 3.52 M → 3.57 M."
    told = {"terms.x": ("Price", "3.5 M", "3.5 M", "on average +0.054")}
    assert lead(replace(same, outcomes=(sure,), told=told)) == "Price: on average +0.054."
    unsure = replace(sure, error=0.04)
    assert lead(replace(same, outcomes=(unsure,), told=told)) == "Nothing differs beyond what chance may do."


@pytest.mark.slow
def test_the_level_that_moves_is_named_though_another_stays_the_most_frequent(folders):
    """Allied guarantees stay first, 43 to 49 %; what moves beyond chance is monitoring, 38 to 16 %."""
    before, after = ({"allies": 0.43, "watch": 0.38, "none": 0.19}, {"allies": 0.49, "none": 0.35, "watch": 0.16})
    sides = [OutcomeSummary("terms.x", 400, shares=shares) for shares in (before, after)]
    shares = {"watch": -0.22, "none": 0.16, "allies": 0.06}
    change = OutcomeChange("terms.x", *sides, moved=0.22, shares=shares, errors=dict.fromkeys(shares, 0.04))
    same = replace(compare(folders["one"], folders["fewer"]), identical=False)
    rows = outcome_rows(ToldCase(shipped("pie")), [change])
    told = {"terms.x": ("Enforcement", "allies (43 %)", "allies (49 %)", "watch -22")}
    found = lead(replace(same, outcomes=(change,), told=told, changes=rows))
    assert found == "Terms.x: watch: 38 % → 16 % (-22 ± 8 points)."
