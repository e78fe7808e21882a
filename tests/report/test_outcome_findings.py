"""What the talks are about: states in time, terms, signers and packages are counted right, in every case."""

import json
from dataclasses import astuple, replace
from types import SimpleNamespace

import numpy as np
import pytest

from sim.ensemble.named_outcomes import outcome
from sim.foundations.plain_data import from_plain, plain_data
from sim.report import Answer, answer
from sim.report.headline_words import headline_sentences
from sim.report.outcome_findings import timeline_rounds
from sim.report.pieces import Items
from sim.report.run_changes import _more_draws, flip_section
from sim.report.run_lead import run_sureness
from sim.report.run_outcomes import package_section, signers_sentence, terms_pieces
from sim.report.run_report import RunReport
from sim.runs import run
from sim.runs.conventions import replay_conventions
from sim.runs.explained_share import add_importance
from sim.runs.flips import flips_and_moves
from sim.runs.outcome_summary import headline_outcomes
from sim.runs.packages import add_packages, packages_of
from sim.scenario import change
from sim.scenario.kinds import models_war
from sim.store import draw_table
from sim.words import Proportion
from tests.played_cases import DRAWS, played_case
from tests.shipped import shipped

CASES = ("ceasefire", "pie", "labour", "budget", "buyer_seller")
OF_WAR = ("war", "truce", "arms", "fight", "stalemate")


def played(case, draws=20, **changes):
    """A case, its results with packages, and the answer."""
    scenario, results = played_case(case, draws) if not changes else (None, None)
    if changes:
        scenario = change(shipped(case), changes)
        results = run(scenario, draws)
    add_packages(results, scenario)
    return scenario, results, answer(results, scenario, case, "out")


@pytest.fixture(scope="module")
def cases():
    """Every case of the repository."""
    return {case: played(case, DRAWS if case == "ceasefire" else 20) for case in CASES}


@pytest.mark.parametrize("case", CASES)
def test_states_add_up_at_every_time(cases, case):
    """States, the timeline and signers are shares of all the worlds; the last time is the horizon."""
    scenario, _, told = cases[case]
    data = told.to_json()
    for suffix in ("", "_all"):
        for at in data[f"timeline{suffix}"]:
            assert sum(at["states"].values()) == pytest.approx(1)
        assert data[f"timeline{suffix}"][-1]["states"] == data[f"states{suffix}"]
        assert data[f"timeline{suffix}"][-1]["time"] == pytest.approx(told.subject.horizon_years)
        assert sum(data[f"signers{suffix}"].values()) == pytest.approx(1)
        assert set(data[f"terms{suffix}"]) == set(data[f"terms_in_force{suffix}"]) == set(scenario.issues)
        for shares in data[f"who_would_sign{suffix}"].values():
            assert set(shares) == {*scenario.actors, "all"}
            assert all(0 <= share <= 1 for share in shares.values())
        assert all(data[f"{name}{suffix}"] for name in ("headline", "terms", "who_would_sign", "timeline"))
    json.dumps(data, allow_nan=False)


@pytest.mark.parametrize("case", CASES)
def test_states_are_endings_seen_from_the_ground(cases, case):
    """Kinds of deal in force are the same in both; what is left of the others is divided otherwise."""
    _, _, told = cases[case]
    for kind in told.all.endings.count:
        if kind in told.outcomes_all.states and kind not in {"no_deal", "broken"}:
            assert told.outcomes_all.states[kind] == pytest.approx(told.all.endings.share[kind])
    won = sum(share for state, share in told.outcomes_all.states.items() if state.endswith("_prevailed"))
    assert won == pytest.approx(told.all.decided_by_arms)


@pytest.mark.parametrize("case", CASES)
def test_words_of_war_are_told_only_of_a_war(cases, case):
    """Neither keys nor sentences of the other cases speak of one."""
    scenario, _, told = cases[case]
    keys = (*told.outcomes.states, *told.to_json()["endings"])
    said = " ".join((*keys, *told.headline)).lower().replace("warranty", "")
    assert any(word in said for word in OF_WAR) == models_war(scenario)


@pytest.mark.parametrize("case", CASES)
def test_it_is_read_back_from_json(cases, case):
    """The answer as it is written is the answer."""
    _, _, told = cases[case]
    data = plain_data(told)
    assert plain_data(from_plain(Answer, data)) == data


@pytest.mark.parametrize("case", CASES)
def test_the_headline_tells_what_the_case_asks_for(cases, case):
    """The first sentence says how things stand, each other one tells an outcome; all placeholders are filled."""
    scenario, _, told = cases[case]
    assert len(told.headline) == 1 + len(headline_outcomes(scenario))
    assert told.headline[0].startswith("After ")
    assert not any("{" in sentence or "nan" in sentence for sentence in told.headline)


@pytest.mark.slow
def test_questions_are_answered():
    """How much the first to speak gets, who is left out, when they settle and who pays."""
    pie, budget, labour = (played(case, 40)[2].headline for case in ("pie", "budget", "labour"))
    assert pie[1] == "The first to speak gets 0.57 of the pie."
    assert "South in" in budget[1]
    assert "weeks of strike" in labour[1]
    assert labour[2].startswith("Of what these weeks cost both, the union pays")


def test_numeric_terms_are_plain_numbers(cases):
    """In the issue's unit, as quantiles of the first deals signed."""
    _, results, told = cases["labour"]
    wage = outcome(results, "terms.wage").values
    median, low, high = np.nanquantile(wage, [0.5, 0.1, 0.9])
    *numbers, unit = astuple(told.outcomes.terms["wage"])
    assert numbers == pytest.approx([median, low, high])
    assert unit == "per cent"


def test_the_most_frequent_level_is_not_that_of_the_most_frequent_package(cases):
    """Joint and marginal are told apart: each issue its own mode, and the package as a package."""
    scenario, results, told = cases["ceasefire"]
    marginal, _, joint = terms_pieces(RunReport(told, scenario))
    levels = outcome(results, "terms.line")
    kept = results["consistent"].values.astype(bool) & np.isfinite(levels.values)
    counts = np.bincount(levels.values[kept].astype(int), minlength=len(levels.names))
    assert marginal.rows[0][1].removesuffix(" (as it is)") == levels.names[int(counts.argmax())]
    assert marginal.rows[0][2].sort == pytest.approx(counts.max() / counts.sum())
    assert f"{100 * told.reasons.likely_deal.share:.0f} % of signed deals have just these terms" in joint.caption


def test_who_would_sign_is_what_the_worlds_say(cases):
    """Packages of the case, each at its place among the deals; what all must sign no signer signs less often."""
    scenario, results, told = cases["ceasefire"]
    assert set(told.outcomes.who_would_sign) == set(scenario.packages)
    for shares in told.outcomes.who_would_sign.values():
        assert shares["all"] <= min(shares[name] for name in scenario.signers)
    deals = results["package_deal"].values
    deal = int(deals[list(scenario.packages).index("moscow")])
    assert results["deal_level"].sel(issue="nato").values[deal] == "declared halt"


def test_packages_are_found_where_the_case_names_none():
    """The status quo, what each party asks for, the deal signed most often and the Nash solution, each deal once."""
    scenario, results, _ = played("labour", 30)
    found = packages_of(results, scenario)
    assert [package.name for package in found][:3] == ["status_quo", "asked_by_union", "asked_by_firm"]
    assert len({package.deal for package in found}) == len(found)


@pytest.mark.slow
def test_what_is_not_on_offer_is_left_out():
    """Packages that an overlay takes off the table are not told; where none is left, some are found."""
    there = {"observations.moscow_asks_for_the_causes.deals": {"kind": "truce"}}
    scenario, results, _ = played("ceasefire", 20, **{"issues.guarantees.available": ["none", "monitoring"], **there})
    names = [package.name for package in packages_of(results, scenario)]
    assert names == ["bare_truce", "truce_and_talks", "watched_truce", "moscow"]
    gone = scenario.model_copy(update={"packages": {"kyiv": scenario.packages["kyiv"]}})
    assert packages_of(results, gone)[0].name == "status_quo"


def test_majorities_say_who_is_left_out(cases):
    """The coalition and who is left out, in a sentence; unanimity needs none."""
    for case in ("budget", "labour"):
        scenario, _, told = cases[case]
        said = signers_sentence(RunReport(told, scenario))
        assert bool(said) == (case == "budget")
    scenario, results, told = cases["budget"]
    out = outcome(results, "left_out")
    assert all(name == "none" or name in scenario.actors for name in out.names)
    assert package_section(RunReport(told, scenario), "everywhere").pieces


def test_times_are_those_of_the_case():
    """Named by the case; else half a year to ten, or quarters of a short story; the horizon always comes last."""
    ceasefire, pie = (shipped(case) for case in ("ceasefire", "pie"))
    month = ceasefire.talks.round_years
    assert [round((place + 1) * month, 6) for place in timeline_rounds(ceasefire)] == [0.5, 1, 2, 5, 10]
    assert timeline_rounds(pie) == (0, 4, 9)
    plain = pie.model_copy(update={"headline": type(pie.headline)()})
    assert timeline_rounds(plain) == (0, 1, 4, 9)


def test_nothing_signed_is_told_without_terms(cases):
    """Where no world has a deal, numbers and names say so alike, and nothing is made up."""
    scenario, results, _ = cases["buyer_seller"]
    none = results.copy()
    for name in ("deal", "final_deal"):
        none[name] = results[name] * 0 - 1
    none["signed_by"] = results["signed_by"] * 0
    told = answer(none, scenario, "buyer_seller", "out")
    assert told.to_json()["terms"]["price"] == {"no deal": 1.0}
    assert told.outcomes.terms["delivery"] == {"no deal": 1.0}
    assert told.outcomes.signers == {"nobody": 1.0}
    assert len(headline_sentences(RunReport(told, scenario))) < 4
    assert replace(told, headline=()).outcomes == told.outcomes


def test_few_worlds_are_told_with_the_draws_that_would_do():
    """Of draws of which three in ten fit, 1,700 give 500 that do; who has these is told nothing."""
    run = SimpleNamespace(answer=SimpleNamespace(fitting=Proportion(30, 100)))
    assert "500 such worlds take about --draws 1700" in _more_draws(run, 94)
    assert not _more_draws(run, 500)


@pytest.mark.slow
def test_what_moves_the_price_is_told_though_every_world_settles():
    """A protocol or number that moves an outcome of the headline is named, however the endings stand."""
    scenario, results, _ = played("buyer_seller", 40)
    add_importance(results)
    variants = replay_conventions(scenario, 40)
    turned, moves = flips_and_moves(scenario, results, draws=40, conventions=variants)
    assert not any(flip.changes_modal for flip in turned)
    price = next(move for move in moves if move.before.of == "terms.price")
    assert price.distance == pytest.approx(abs(price.after.span.median / price.before.span.median - 1))
    assert price.distance > 0.1
    told = answer(results, scenario, "buyer_seller", "out", flips=turned, moves=moves)
    report = RunReport(told, scenario)
    lists = [piece for piece in flip_section(report, "everywhere").pieces if isinstance(piece, Items)]
    said = [" ".join(str(item).split()) for piece in lists for item in piece.items]
    assert any(item.startswith(f"Price: {price.before.span.median:.0f} thousand → ") for item in said)
    assert "→" in run_sureness(report)
    assert plain_data(from_plain(Answer, plain_data(told)).changes.moves) == plain_data(moves)


@pytest.mark.parametrize("case", CASES)
def test_keys_of_war_are_kept_for_wars(cases, case):
    """Neither JSON nor the table of draws has a key with a word of war where none is modelled."""
    scenario, results, told = cases[case]
    results.attrs.setdefault("seed", scenario.seed)
    heads = next(iter(draw_table(results))).splitlines()[0].split(",")
    own = [head for head in heads if not head.startswith(("number.", "terms", "kept.", "holds."))]
    words = [word for key in (*told.to_json(), *own) for word in key.replace(".", "_").split("_")]
    assert any(word in OF_WAR for word in words) == models_war(scenario)
