"""One story, told by name."""

import re

import pytest

from sim.ensemble.representative import replay_draw
from sim.report import transcript_lines
from sim.report.stability_pieces import certificate
from sim.runs import run
from tests.shipped import shipped


@pytest.mark.parametrize(
    "case",
    [
        "ceasefire",
        "pie",
        "budget",
        *(pytest.param(case, marks=pytest.mark.slow) for case in ("labour", "buyer_seller")),
    ],
)
def test_every_case_has_a_story(case):
    """Talks first, then what came of it; every round of the story is accounted for."""
    scenario = shipped(case)
    results = run(scenario, 1, central=True)
    lines = transcript_lines(results, scenario)
    assert lines[0].startswith("The talks")
    after = lines[lines.index("What came of it") + 1 :]
    assert after
    assert f" {scenario.talks.horizon_rounds} (" in "\n".join(after)
    signed = [line for line in after if "Signed in round" in line]
    assert bool(signed) == (int(results["deal"].values[0]) >= 0)
    moved = any(" moves. " in line for line in lines)
    assert any("so terms may swap" in line for line in lines) == moved


def test_the_pie_is_accepted_at_once():
    """Rubinstein's players agree in the first round, on the share of the closed form."""
    scenario = shipped("pie")
    text = "\n".join(transcript_lines(run(scenario, 1, central=True), scenario))
    assert "Signed in round 1" in text
    assert "Share of the first player: 0.57" in text


def test_the_deal_comes_with_its_certificate():
    """The one who conceded could take it back, which the other cannot answer with a gain; the data say the same."""
    scenario = shipped("pie")
    results = replay_draw(scenario, 0)
    told = " ".join(transcript_lines(results, scenario))
    assert "Would it be kept? Stable by threat alone" in told
    assert "Second player would gain 0.570 by taking back what it conceded; nobody could answer" in told
    found = certificate(results, scenario)
    assert found["held_by"] == "threat"
    assert [(one["actor"], one["answers"]) for one in found["breaches"]] == [("second", [])]
    assert found["breaches"][0]["gain"] == pytest.approx(0.57)


def test_who_repeats_an_offer_is_named():
    """In the rounds in which each speaks, so that nobody both repeats and moves in one round."""
    scenario = shipped("ceasefire")
    lines = transcript_lines(run(scenario, 1, central=True), scenario)
    again = [line for line in lines if line.endswith(" again.")]
    assert again
    for line in again:
        assert re.match(r"  ([\w’' ,]+ in rounds? \d+( to \d+)?(, | and )?)+: the same offers? again\.", line), line
