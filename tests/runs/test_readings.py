"""The answer over all readings: spans hold every reading, what flips flips, JSON keeps its contract."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from sim.cli.main import main
from sim.foundations.plain_data import from_plain, plain_data
from sim.report import answer
from sim.report.pieces import Table, plain_text
from sim.report.reading_pieces import reading_pieces, reading_sentence
from sim.report.run_report import RunReport
from sim.runs import run
from sim.runs.readings import Readings, ReadingsPlayed, play_readings, reading_distance
from sim.scenario import change
from tests.shipped import shipped

SCENARIOS = Path(__file__).parents[2] / "scenarios"
CONVENTIONS = ["alternating-offers", "zeuthen"]


@pytest.fixture(scope="module")
def toy():
    """A case that is quickly played, with chance in it."""
    return change(shipped("buyer_seller"), {"conventions.protocols": CONVENTIONS})


@pytest.fixture(scope="module")
def found(toy):
    """Its readings."""
    return play_readings(toy, 30)


@pytest.mark.slow
def test_spans_hold_every_reading(found):
    """Low and high are reached, the median lies between, and there are 24 readings or more."""
    readings = found.readings
    assert readings.count == len(found.played) + 1 >= 24
    for state, span in readings.states.items():
        shares = [one.states.share[state] for one in (found.written, *found.played)]
        assert (span.low, span.high) == (min(shares), max(shares))
        assert span.low <= span.median <= span.high
    assert found.in_force.low <= found.in_force.high <= 1


@pytest.mark.slow
def test_the_worst_pair_moves_most_and_the_smallest_flip_flips(found):
    """No other pair moves further; no flip has fewer changes."""
    pairs = [one for one in found.played if len(one.changed) == 2]
    assert pairs
    assert reading_distance(found.worst_pair, found.written) == max(
        reading_distance(one, found.written) for one in pairs
    )
    flipping = [one for one in found.played if one.flips]
    if flipping:
        assert len(found.flip.changed) == min(len(one.changed) for one in flipping)
        assert found.flip.modal != found.written.modal
    else:
        assert found.flip is None


@pytest.mark.slow
def test_they_are_read_back(found):
    """All of it, and the spans stand beside the count."""
    assert from_plain(ReadingsPlayed, plain_data(found)) == found
    flat = plain_data(found.readings)
    assert flat["count"] == found.readings.count
    assert set(flat) - {"count"} == set(found.written.states.count)
    assert from_plain(Readings, flat) == found.readings


@pytest.mark.slow
def test_they_are_told(toy, found):
    """A row for each state that occurs, and no code of a convention in the sentences."""
    told = RunReport(answer(run(toy, 30), toy, "toy", "out", readings=found), toy)
    pieces = reading_pieces(told)
    (table,) = (piece for piece in pieces if isinstance(piece, Table))
    assert len(table.rows) == sum(span.high > 0 for span in found.readings.states.values())
    text = plain_text(pieces[1].words)
    assert "Played were the case as written" in text
    assert "“" not in text
    assert f"Over {found.readings.count} readings" in reading_sentence(told)


@pytest.mark.slow
def test_the_json_contract(tmp_path):
    """`readings` with count and low, median, high of each state."""
    words = ["run", str(SCENARIOS / "buyer_seller"), "--draws", "20", "--no-figures", "--no-flips", "--conventions"]
    words += ["--json", "--out", str(tmp_path / "run")]
    data = json.loads(CliRunner().invoke(main, words, catch_exceptions=False).stdout)
    assert data["readings"]["count"] >= 24
    assert set(data["readings"]) == {"count", *data["states"]}
    for state in data["states"]:
        assert set(data["readings"][state]) == {"low", "median", "high"}
