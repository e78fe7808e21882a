"""What people read: endings without their codes, shares with their worlds, errors where all are alike."""

from dataclasses import replace

import numpy as np
import pytest
import xarray as xr

from sim.ensemble.alternatives import alternatives
from sim.ensemble.representative import replay_draw
from sim.jobs.analyse_case import analyse
from sim.plots import PLOTS
from sim.plots.analysis.encoding_changes import EncodingChanges
from sim.plots.frame.labels import term_title
from sim.plots.run.why_not import waterfall
from sim.report import transcript_lines
from sim.report.analysis_methods import analysis_lines
from sim.report.analysis_robust import claims_left_out
from sim.report.collected_answer import answer
from sim.report.convention_words import convention_clause
from sim.report.deal_lifetime import DealLifetime, lasting
from sim.report.findings import ObservationShare
from sim.report.important_number import ImportantNumber
from sim.report.limit_sections import run_limits
from sim.report.pieces import Items, placed, plain_text
from sim.report.run_changes import flip_words
from sim.report.run_happenings import definitions, observation_sections, signing
from sim.report.run_lead import doubts, run_headline, run_sureness
from sim.report.run_reasons import important_sections, kind_by_kind
from sim.report.run_report import RunReport
from sim.runs import run
from sim.runs.difference import Shares
from sim.runs.flips import Flip
from sim.runs.survival import survivals
from sim.scenario import change
from sim.table import surplus_terms_of
from sim.words import ENDING_SPOKEN, TERM_SPOKEN, term_words
from tests.played_cases import played_case
from tests.shipped import shipped
from tests.war_codes import ENDINGS

CODES = ("stalemate", "war")


@pytest.fixture(scope="module")
def ceasefire():
    """The main case."""
    return shipped("ceasefire")


@pytest.fixture(scope="module")
def results(ceasefire):
    """A small run of it."""
    return played_case("ceasefire")[1]


@pytest.fixture(scope="module")
def told(results, ceasefire):
    """Its answer."""
    return answer(results, ceasefire, "ceasefire", "somewhere")


@pytest.fixture(scope="module")
def report(told, ceasefire):
    """The same, as tellers take it."""
    return RunReport(told, ceasefire)


def changed(report, **parts):
    """The same report with other findings about the worlds it speaks of, or in another group of findings."""
    told = report.answer
    for group in ("subject", "reasons", "changes"):
        mine = {
            name: parts.pop(name) for name in list(parts) if hasattr(getattr(told, group), name) and name != "draws"
        }
        told = replace(told, **{group: replace(getattr(told, group), **mine)})
    return replace(report, answer=replace(told, **{told.group: replace(told.told, **parts)}))


def of_draws(report, draws):
    """The same report of so many draws in all."""
    told = report.answer
    return replace(report, answer=replace(told, subject=replace(told.subject, draws=draws)))


def standing(report, states):
    """The same report with other states at the end."""
    outcomes = replace(report.answer.outcomes, states=states)
    return replace(report, answer=replace(report.answer, outcomes=outcomes))


def test_every_ending_has_words_and_none_is_a_code():
    """People read neither "stalemate" nor "war", which say the opposite of what happens."""
    assert set(ENDINGS) <= set(ENDING_SPOKEN)
    for words in ENDING_SPOKEN.values():
        for text in (words.noun, words.clause, words.row, words.head):
            assert not set(text.split()) & set(CODES)


def test_the_codes_are_told_once_where_endings_are_defined(report):
    """So that conditions can be written in them."""
    defined = " ".join(definitions(report))
    for code in CODES:
        assert f"“{code}”" in defined
        assert ENDING_SPOKEN[code].meaning in defined
        assert code not in run_headline(report).replace("the war", "")


def test_the_headline_says_who_has_prevailed(report):
    """The most frequent states come first, each once, and who prevailed by arms is named."""
    states = dict.fromkeys(report.answer.outcomes.states, 0.0)
    states |= {"ukraine_prevailed": 0.5, "fighting_without_deal": 0.3, "truce": 0.2}
    said = run_headline(standing(report, states))
    assert "most often Ukraine has prevailed by arms: in 50" in said
    assert said.index("Ukraine has prevailed") < said.index("the fighting goes on") < said.index("there is a truce")
    assert "other ways" not in said


def test_shares_with_arms_add_up_to_all_in_which_arms_decide(told):
    """Endings share out the worlds in which arms decide."""
    for found in (told.all, told.consistent):
        assert sum(found.decided_by_arms_by_ending.values()) == pytest.approx(found.decided_by_arms)
        assert all(found.decided_by_arms_by_ending[name] <= found.endings.share[name] for name in ENDINGS)
        assert not any(found.decided_by_arms_by_ending[name] for name in ("truce", "partial", "settlement"))


def test_few_worlds_are_a_warning_in_the_headline(report):
    """Below a hundred chance rules; from a hundred on it does not."""
    few, many = changed(report, draws=46), changed(report, draws=100)
    assert run_headline(few).endswith("Only 46 worlds stand behind this, so chance rules these shares.")
    assert "chance rules" not in run_headline(many)


def test_what_happens_in_all_worlds_has_an_error_too(report):
    """All of 46 could be 92 of 100: the lower end of Wilson's interval, rounded down."""
    found = standing(changed(report, draws=46), {"truce": 1.0})
    assert "in all 46 worlds that fit what was observed, in half of them" in run_headline(found)
    assert "(95 % sure: in at least 92 %)" in run_headline(found)
    assert "every world" in run_headline(changed(found, deterministic=True))
    only = standing(changed(report, draws=1), {"truce": 1.0})
    assert "one says nothing about how often" in run_headline(only)


def test_how_long_deals_last_is_what_the_figure_says(results, told):
    """One estimate, in which the end of the story is not the end of a deal."""
    where = results["consistent"].values.astype(bool)
    curves = survivals(results, where)
    assert {item.kind for item in told.told.lasting} == set(curves)
    for item in told.told.lasting:
        curve = curves[item.kind]
        assert (item.count, item.broken) == (curve.count, curve.broken)
        assert item.half_years == pytest.approx(curve.half * results.attrs["round_years"], nan_ok=True)
    assert sum(item.count for item in lasting(results, where)) == (results["held"].values[where] > 0).sum()


def test_deals_that_hold_to_the_end_are_not_said_to_have_ended():
    """Where nothing breaks; where less than half does; where the story is shorter than a year."""
    nan = float("nan")
    assert DealLifetime("settlement", 9, 0, nan, nan, 1.0).words() == "none breaks before the end"
    assert DealLifetime("truce", 19, 6, nan, 0.9, 0.7).words() == "70 % would hold to the end"
    assert DealLifetime("truce", 9, 2, nan, 0.9, 0.7).words() == "2 of them break before the end"
    assert DealLifetime("truce", 9, 8, 0.25, nan, 0.1).words() == "half have broken after 3 months"
    assert DealLifetime("truce", 1, 1, 0.25, nan, 0.0).words() == "it breaks after 3 months"


def test_a_case_in_which_nothing_can_break_says_nothing_of_it():
    """Deals that cannot break are told without it."""
    scenario = shipped("buyer_seller")
    found = answer(run(scenario, 30), scenario, "buyer_seller", "somewhere")
    said = signing(RunReport(found, scenario))
    assert "breaks" not in said
    assert "a year or more" not in said
    assert "Arms" not in said


def test_endings_that_a_case_cannot_have_are_not_listed(told):
    """Without a war there is one kind of deal, and without hazards it does not break."""
    scenario = shipped("labour")
    found = answer(run(scenario, 20), scenario, "labour", "somewhere")
    assert found.subject.possible == ("deal", "no_deal")
    assert not found.subject.arms_possible
    assert told.subject.possible == ENDINGS
    assert told.subject.arms_possible


@pytest.mark.slow
def test_an_observation_that_is_never_true_is_told_with_the_answer(report, ceasefire):
    """What is left of it are bluffs; where it is true somewhere, nothing is said."""
    assert not report.answer.reasons.never_true
    assert not doubts(report)
    refusal = "observations.moscow_refuses_quick_truce.deals"
    never = change(
        ceasefire,
        {refusal: {"kind": ["truce", "partial", "settlement"]}, "russia.war_cost": 5.0, "russia.collapse_damage": 0.0},
    )
    found = answer(run(never, 25), never, "ceasefire", "somewhere")
    said, _ = doubts(RunReport(found, never))  # its condition is not true either
    assert said.startswith('"Moscow refuses quick truce" is true in no drawn world: what is left are bluffs')
    assert run_sureness(RunReport(found, never)).startswith(said)
    names = ["moscow_refuses_quick_truce", "moscow_asks_for_the_causes"]
    assert found.to_json()["observations_never_true"] == names


def test_an_observation_that_hardly_any_world_survives_is_told_too(report):
    """Below 5 % the article contradicts the encoding, as the posterior says; of a handful of worlds it does not."""
    rare = ObservationShare("p_refuses", "russia", "rejects", (), 0.01, 0.03)
    said = "The article contradicts the encoding: only 3 % of all worlds survive “P refuses”."
    seen = changed(report, observations=(rare,))
    assert doubts(of_draws(seen, 200)) == [said]
    assert not doubts(of_draws(seen, 20))
    assert not doubts(of_draws(changed(report, observations=(replace(rare, kept=0.06),)), 200))


def test_bluffs_are_told_beside_what_is_true(report):
    """58 % and 10 %, not 58 % and 68 %."""
    seen = ObservationShare("p_refuses", "russia", "rejects", (), 0.58, 0.68)
    (found,) = observation_sections(changed(report, observations=(seen,)), "everywhere")
    (shown,) = placed(found, "terminal")
    (said,) = (piece.items for piece in shown.pieces if isinstance(piece, Items))
    assert said == ("P refuses: true in 58 % of all worlds, plus 10 % in which it is a bluff.",)


def test_a_flip_names_the_sample_it_was_tried_on_and_how_sure_says_what_turns(report):
    """In words, with the code in brackets; the verdict is built from the same flip."""
    before, after = (Shares.of(np.repeat([3, 4], parts), ENDINGS) for parts in ((60, 40), (30, 60)))
    flip = Flip("arms may decide", "convention", "never", before, after, changes_modal=True, distance=0.3)
    said = flip_words(report, flip)
    assert said.startswith("If arms could never decide the war: most often a broken deal instead of no deal")
    assert "in the 100 worlds tried" in said
    assert said.endswith("[arms may decide = never]")
    sure = run_sureness(changed(report, flips=(flip,)))
    assert sure.startswith(f"Not very. {report.answer.numbers.assumed} of ")
    assert "If arms could never decide the war, a broken deal would be most frequent (67 % of the 90 worlds" in sure
    assert "Not very" not in run_sureness(changed(report, flips=(replace(flip, changes_modal=False),)))


def test_every_convention_has_words(ceasefire):
    """None falls back on its code."""
    for name, setting, _ in alternatives(ceasefire):
        assert "“" not in convention_clause(ceasefire, name, setting), (name, setting)


@pytest.mark.parametrize(("share", "weak"), [(0.2, False), (0.04, True)])
def test_numbers_that_hardly_matter_are_not_said_to_matter(report, share, weak):
    """Below a tenth of the ending."""
    number = ImportantNumber("russia.patience", "Russia: patience", share, (), "x")
    (found,) = important_sections(changed(report, important=(number,)), "everywhere")
    (table,) = found.pieces
    said = "No single number matters much: alone, the first explains 4 % of the ending"
    assert (plain_text(table.caption) == said) is weak


def test_a_term_has_one_name(ceasefire, results):
    """Figures, sentences and numbers share one table, and it has every term of the case, besides those of others."""
    terms = [term for term in surplus_terms_of(ceasefire) if term not in ceasefire.issues]
    assert set(TERM_SPOKEN) - set(terms) <= {
        "signing again", "cheating", "breaking first", "audience", "waiting for another deal",
    }  # fmt: skip
    assert set(terms) <= set(TERM_SPOKEN)
    assert term_title(results, "collapse damage") == "Damage from a broken deal"
    assert term_words(ceasefire, "collapse damage") == "fear of the damage from a broken deal"


def test_the_figure_says_which_deals_it_speaks_of(results):
    """Truces and settlements may fail on different sides for different reasons."""
    title = PLOTS["why-not"].title(results)
    assert "earest truce: " in title
    assert "earest settlement: " in title


def test_the_answer_and_the_figure_agree_on_who_refuses_what(results, told, report):
    """Shares and refusing parties are those of the waterfalls."""
    actors = [str(name) for name in results["actor"].values]
    assert {found.kind for found in told.reasons.refusals} == {"truce", "settlement"}
    for found in told.reasons.refusals:
        falls = {party: waterfall(results, actors.index(party), found.kind) for party in ("russia", "ukraine")}
        fall = falls[found.actor]
        assert found.share == pytest.approx(1 - fall.takes / fall.size)
        assert found.share == pytest.approx(max(1 - one.takes / one.size for one in falls.values()))
        assert found.barred == pytest.approx(fall.barred / fall.size)
    assert kind_by_kind(report).count("fails most often on") == 2


def test_a_story_says_who_prevailed(ceasefire, results):
    """By name, where arms decided; the winner is one of the parties."""
    decided = results["decided_by_arms"].values.astype(bool)
    winner = results["prevailed"].values
    assert ((winner >= 0) == decided).all()
    names = [str(results["actor"].values[n]) for n in winner[decided]]
    assert set(names) <= set(ceasefire.parties)
    number = int(np.flatnonzero(decided)[0])
    story = transcript_lines(replay_draw(ceasefire, number), ceasefire)
    assert (
        story[-1].strip()
        == f"Arms decided the war before that, for {names[0].capitalize()}, which imposes what it wants."
    )


@pytest.mark.slow
def test_discovery_says_which_worlds_its_share_is_of(results, ceasefire):
    """All of them, with the way to ask those that fit; or those that fit."""
    fit = int(results["consistent"].values.sum())
    told = {}
    for consistent in (False, True):
        found = analyse("discover", ceasefire, results, condition="ending == stalemate", consistent=consistent)
        told[consistent] = str(next(analysis_lines(found, ceasefire)))
    assert f"of all 150 worlds (--consistent asks of the {fit} that fit what was observed)." in told[False]
    assert told[True].endswith(f"of the {fit} worlds that fit what was observed.")


def test_claims_left_out_have_titles():
    """What a claim says, and its name in brackets, which `sim explain` knows; names alone where no titles are kept."""
    found = xr.Dataset(coords={"setting": ["as written", "kyiv-no"]}, attrs={"method": "leave-one-out"})
    assert claims_left_out(found) == ["kyiv-no"]
    for titles in (["Kyiv says no"], "Kyiv says no"):  # in memory, and read from a file
        assert claims_left_out(found.assign_attrs(claim_titles=titles)) == ["Kyiv says no [kyiv-no]"]
        assert EncodingChanges().names(found.assign_attrs(claim_titles=titles)) == ["Kyiv says no"]


def limits(report):
    """What a run's section on limits says, as one text."""
    return " ".join(plain_text(item) for piece in run_limits(report, {}).pieces for item in getattr(piece, "items", ()))


def test_shares_within_chance_are_not_added_up(report):
    """Many numbers in few draws explain everything by chance alone; only those beyond chance are told."""
    paths = list(report.scenario.numbers)
    noise = dict.fromkeys(paths, 0.01)
    assert sum(noise.values()) > 1
    assert "of its variation" not in limits(replace(report, importance=noise, chance=0.08))
    two = noise | {paths[0]: 0.2, paths[1]: 0.15}
    assert (
        "The 2 numbers that explain more of the ending than chance may explain 35 % of its variation together"
        in limits(replace(report, importance=two, chance=0.08))
    )
    one = noise | {paths[0]: 0.2}
    assert "The one number that explains more of the ending than chance may explains 20 % of its variation;" in limits(
        replace(report, importance=one, chance=0.08)
    )


def test_numbers_within_chance_are_not_named(report):
    """A table of numbers that matter holds those beyond chance; where there is none, a sentence says so."""
    few = tuple(ImportantNumber(f"p{n}", f"number {n}", 0.2 - n / 10, (), "", (), not n) for n in range(2))
    ((section,), (none,)) = (
        important_sections(changed(report, important=found), "terminal") for found in (few, few[1:])
    )
    assert [row[0] for row in section.pieces[0].rows] == ["number 0"]
    assert "no single number explains more" in plain_text(none.pieces[0].words)
