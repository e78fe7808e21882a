"""Terms and signers under each protocol of a case: asked of every case, told as far as they differ."""

from dataclasses import replace

import numpy as np
import pytest

from sim.ensemble.headline_outcomes import values_of
from sim.ensemble.play_settings import play_settings
from sim.foundations.plain_data import from_plain, plain_data
from sim.report import Answer, answer
from sim.report.run_outcomes import ways_pieces
from sim.report.run_report import RunReport
from sim.runs.outcome_summary import OutcomeSummary
from sim.runs.ways_to_play import WayToPlay, asked_of_ways, ways_to_play
from tests.played_cases import played_case

DRAWS = 60


@pytest.fixture(scope="module")
def budget():
    """A budget that two of three may pass: the scenario, its results and how it is played otherwise."""
    scenario, results = played_case("budget", DRAWS)
    return scenario, results, ways_to_play(scenario, DRAWS)


def test_terms_and_signers_are_asked_of_every_protocol(budget):
    """What the run itself has stands first, bit for bit; each other protocol of the case follows."""
    scenario, results, ways = budget
    assert asked_of_ways(scenario) == ("terms.division", "signers")
    assert [way.protocol for way in ways[::2]] == [scenario.talks.protocol, *scenario.conventions.protocols[1:]]
    for way in ways[:2]:
        column = values_of(results, way.found.of)
        assert way.found == OutcomeSummary.of_column(way.found.of, column, np.ones(DRAWS, bool))
    assert all(sum(way.found.shares.values()) == pytest.approx(1) for way in ways)


def test_what_was_played_already_is_not_played_again(budget, monkeypatch):
    """The run's own results stand for its protocol, bit for bit; only the others are played."""
    scenario, results, ways = budget
    seen = []

    def watched(other, *asked, **more):
        seen.append(other.talks.protocol)
        return play_settings(other, *asked, **more)

    monkeypatch.setattr("sim.runs.ways_to_play.play_settings", watched)
    assert plain_data(ways_to_play(scenario, DRAWS, own=results)) == plain_data(ways)
    assert seen == list(dict.fromkeys(way.protocol for way in ways))[1:]


def test_only_what_the_headline_tells_is_asked_without_a_closer_look(budget):
    """A case whose sentences name no other protocol is not played under one."""
    assert ways_to_play(budget[0], DRAWS, closer=False) == ()


def test_what_differs_is_a_table_and_the_rest_one_sentence(budget):
    """A row for each outcome that a protocol moves, a column for each protocol; what comes out alike is named."""
    scenario, results, ways = budget
    told = answer(results, scenario, "budget", "out", ways=ways)
    assert plain_data(from_plain(Answer, plain_data(told)).changes.ways) == plain_data(ways)
    table, alike = ways_pieces(RunReport(told, scenario))
    assert table.heads[1:] == ("Offers in turn", "A mediator's single text", "Reckoning backwards", "Zeuthen's rule")
    assert {row[0] for row in table.rows} <= {"Division of the budget", "Who signs"}
    assert f"of {DRAWS} deals each" in table.caption
    own = ways[0].found
    same = [WayToPlay(way.protocol, own) for way in ways[::2]]
    alone = answer(results, scenario, "budget", "out", ways=same)
    table, alike = ways_pieces(RunReport(alone, scenario))
    assert not table.rows
    assert alike.words == (
        "Under 3 other protocols of talks “Division of the budget” comes out alike, or differs by no more than chance "
        "may do."
    )
    assert ways_pieces(RunReport(answer(results, scenario, "budget", "out", ways=same[:1]), scenario)) == ()


def test_a_difference_within_chance_is_no_row(budget):
    """However far shares of a few deals lie apart; the case's own protocol never differs from itself."""
    scenario, results, ways = budget
    assert not any(way.seen for way in ways[:2])
    told = answer(results, scenario, "budget", "out", ways=ways)
    seen = {way.found.of for way in ways if way.seen}
    assert len(ways_pieces(RunReport(told, scenario))[0].rows) <= len(seen)
    unsure = answer(results, scenario, "budget", "out", ways=[replace(way, seen=False) for way in ways])
    table, alike = ways_pieces(RunReport(unsure, scenario))
    assert not table.rows
    assert alike.words.endswith("come out alike, or differ by no more than chance may do.")
