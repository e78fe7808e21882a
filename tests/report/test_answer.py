"""The short answer: its shares add up, its JSON is plain, its sentences stand."""

import json
import re

import numpy as np
import pytest

from sim.foundations.plain_data import from_plain, plain_data
from sim.report import Answer, answer
from sim.report.pieces import plain_text
from sim.report.run_happenings import observation_sections
from sim.report.run_lead import run_headline
from sim.report.run_report import RunReport
from sim.runs import run
from sim.runs.explained_share import add_importance
from sim.runs.run_scenario import seed_changes_nothing
from sim.scenario import change
from tests.played_cases import DRAWS, played_case
from tests.shipped import shipped

KEYS = {
    *("case", "draws", "seed", "endings", "endings_consistent", "declared", "held", "decided_by_arms"),
    *("no_deal_by", "acceptance", "observations", "solutions", "results", "monte_carlo_error", "effective_draws"),
    *("likely_deal", "blockers", "least_satisfied", "important", "flips", "deterministic", "stalemates"),
    *("numbers", "digest"),
}


def observed(report):
    """What is said of the observations of a run, in a paragraph for each section."""
    return [plain_text(section.pieces[0].words) for section in observation_sections(report, "everywhere")]


def answered(name, draws, **more):
    """The answer of one of the project's cases."""
    scenario, results = played_case(name, draws)
    add_importance(results)
    return answer(results, scenario, name, "out", **more), results


@pytest.fixture(scope="module")
def found():
    """Of the main case, with few draws."""
    return answered("ceasefire", DRAWS)


def test_json_has_every_key_and_is_plain(found):
    """Nothing in it needs more than the standard."""
    data = found[0].to_json()
    assert set(data) >= KEYS
    json.dumps(data, allow_nan=False)


def test_json_is_read_back(found):
    """All of it: what is written is the answer itself, and the error of a share is that of its count."""
    data = plain_data(found[0])
    again = from_plain(Answer, data)
    assert plain_data(again) == data
    assert again.told.endings == found[0].told.endings
    error = data["monte_carlo_error"]["endings_consistent"]["war"]
    assert error == pytest.approx(found[0].consistent.endings.error["war"])


def test_shares_add_up(found):
    """Endings and declared to one; what blocks and what the talks missed to what was never signed."""
    told, _ = found[0].all, found[1]
    assert sum(told.endings.share.values()) == pytest.approx(1)
    assert sum(told.declared.share.values()) == pytest.approx(1)
    assert sum(told.no_deal_by.values()) == pytest.approx(sum(told.stalemates.values()))
    blocked, signed = found[1]["block"].values > 0, found[1]["deal"].values >= 0
    later = (blocked & signed).mean()  # nothing was acceptable when talks began, but something was once they reopened
    assert sum(told.no_deal_by.values()) + told.talks_failed - later == pytest.approx(told.declared.share["none"])


def test_consistent_shares_are_those_of_the_consistent_draws(found):
    """Recounted."""
    told, results = found
    kept = results["consistent"].values.astype(bool)
    share = (results["ending"].values[kept] == 3).mean()
    assert told.consistent.endings.share["stalemate"] == pytest.approx(share)
    assert told.group == "consistent"
    assert told.fitting.share == pytest.approx(kept.mean())


def test_observations_carry_their_claims(found):
    """Id, claims, share."""
    for seen in found[0].to_json()["observations"]:
        assert seen["claims"]
        assert 0 <= seen["share"] <= seen["kept"] <= 1


def test_the_headline_names_draws_and_error(found):
    """Read aloud, it stands by itself."""
    text = run_headline(RunReport(found[0], shipped("ceasefire")))
    assert "of 150 drawn worlds that fit what was observed" in text.replace("\n", " ")
    # Fewer than fifty worlds are told with their interval, more with a half-width.
    assert re.search(r"in \d+ (± \d+ %|% \(\d+–\d+ %\)) of the \d+ of 150", text.replace("\n", " "))


def test_no_consistent_draw_means_all(found):
    """The answer says so and has nulls where there is nothing."""
    _, results = found
    none = results.copy()
    none["consistent"] = ("draw", np.zeros(150, np.int8))
    scenario = shipped("ceasefire")
    told = answer(none, scenario, "ceasefire", "out")
    assert told.group == "all"
    assert told.to_json()["endings_consistent"]["truce"] is None
    assert "No world drawn fits" in observed(RunReport(told, scenario))[0]


def test_a_textbook_case_is_deterministic():
    """Nothing uncertain, no luck: the pie; the main case is neither."""
    scenario = shipped("pie")
    results = run(scenario, 5)
    assert seed_changes_nothing(results, scenario)
    told = answer(results, scenario, "pie", "out", deterministic=True)
    assert told.to_json()["deterministic"] is True
    assert "in every world" in run_headline(RunReport(told, scenario))


@pytest.mark.slow
def test_luck_is_found_even_in_a_single_draw():
    """One draw at central values, in which collapses are luck."""
    scenario = shipped("ceasefire")
    assert not seed_changes_nothing(run(scenario, 1, central=True), scenario, central=True)


def test_a_case_without_observations_speaks_of_all_draws():
    """Nothing is conditioned on."""
    told, _ = answered("labour", 20)
    assert told.group == "all"
    report = RunReport(told, shipped("labour"))
    assert observed(report) == []
    said = run_headline(report)
    assert "a deal is in force in all 20 worlds, in half of them within 7 weeks (95 % sure: in at least 83 %)." in said
    assert said.endswith("Only 20 worlds stand behind this, so chance rules these shares.")


def test_assumed_numbers_are_counted(found):
    """Claims and assumptions make up all numbers."""
    scenario = shipped("ceasefire")
    numbers = found[0].numbers
    assert numbers.claimed + numbers.rated + numbers.assumed == numbers.total == len(scenario.numbers)
    bare = change(scenario, {"russia.patience": 0.5})
    assert len(bare.numbers) == len(scenario.numbers)
