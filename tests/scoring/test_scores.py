"""Scores against dated forecasts: by hand, with an outcome and without, and what is wrong in a file."""

import datetime as dt
import json
import math

import numpy as np
import pytest
import xarray as xr
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from sim.cli.main import main
from sim.evidence import Article
from sim.foundations import InputError
from sim.runs import run
from sim.scenario import read_case
from sim.scoring import calibration, read_dated_forecasts, score
from sim.scoring.forecast_bins import Bin, date_bin, length_bin, tiled

FILE = """
[source]
title = "made up"
[[forecast]]
by = "A"
asked = 2025-01-01
takes_effect = { "2025-01..2025-06" = 30, "2025-07..2025-12" = 20, "not before 2026" = 50 }
held_days = { "<30" = 60, ">=91" = 20 }
[[forecast]]
by = "B"
asked = 2025-01-01
takes_effect = { "2025-01..2025-06" = 10, "2025-07..2025-12" = 10, "not before 2026" = 80 }
"""
EVERY = np.ones(4, bool)


@pytest.fixture
def worlds():
    """Four worlds of monthly rounds: in force after 3 and after 10 months, after 2 years, and never."""
    codes = {"flag_meanings": "deal|none"}
    return xr.Dataset(
        {
            "in_force_from": (("draw",), np.array([3 / 12, 10 / 12, 2.0, np.nan])),
            "held": (("draw",), np.array([2, 12, 30, 0])),
            "collapses": (("draw",), np.array([1, 1, 0, 0])),
            "declared": (("draw",), np.array([0, 0, 0, 1]), codes),
        },
        attrs={"round_years": 1 / 12, "horizon_rounds": 60},
    )


def dated(tmp_path, text=FILE):
    """What a file says."""
    file = tmp_path / "dated.toml"
    file.write_text(text, encoding="utf-8")
    return read_dated_forecasts(file)


def test_expected_scores_by_hand(worlds, tmp_path):
    """A deal is in force in a quarter of the worlds by July and in half of them by 2026; A says 30 and 50 percent."""
    found = score(worlds, EVERY, dated(tmp_path), case="made")
    july, year, month, quarter = found.questions
    assert (july.probability, year.probability) == (0.25, 0.5)
    his = july.forecasters["A"]
    assert his.probability == pytest.approx(0.3)
    assert his.expected_ours == pytest.approx(0.3 * 0.75**2 + 0.7 * 0.25**2)
    assert his.expected_own == pytest.approx(0.21)
    ours = [one.expected_ours for one in july.forecasters.values()]
    assert july.expected_brier == pytest.approx(sum(ours) / 2)
    assert july.outcome is None
    assert math.isnan(july.brier)
    assert (month.probability, quarter.probability) == (1.0, pytest.approx(2 / 3))
    assert quarter.worlds == 3
    assert set(quarter.forecasters) == {"A"}
    assert quarter.forecasters["A"].probability == pytest.approx(0.2)
    assert found.expected


def test_scores_by_hand_where_the_outcome_is_known(worlds, tmp_path):
    """In force in the second half of 2025: Brier of the events and of the bins, log, and ranked probability."""
    text = FILE + '[outcome]\ntakes_effect = "2025-07..2025-12"\n'
    found = score(worlds, EVERY, dated(tmp_path, text), case="made")
    july, year, *_ = found.questions
    assert (july.outcome, year.outcome) == (0, 1)
    assert (july.brier, year.brier) == (0.25**2, 0.25)
    assert year.log == pytest.approx(-math.log(2.5 / 5))
    bins = found.over_bins[0]
    assert bins.probability == (0.25, 0.25, 0.5)
    assert bins.brier == pytest.approx(0.25**2 + 0.75**2 + 0.5**2)
    assert bins.log == pytest.approx(-math.log(1.5 / 5))
    assert bins.crps == pytest.approx(0.25**2 + 0.5**2)
    assert bins.expected == {}
    told = found.to_json()["questions"]
    assert "brier" in told[0]
    assert "expected_brier" not in told[0]
    assert "expected_brier" in told[2]  # of how long it held no outcome is known
    assert "brier" not in told[2]


def test_base_rates_follow_from_counts(worlds, tmp_path):
    """No event in t years has probability (b / (b + t)) ** a, with a the events and a half, and b the exposure."""
    rate = {"what": "w", "source": "s", "recipe": "count", "applies": "here"}
    counts = {"ends": {**rate, "events": 5, "exposure": 25, "answers": "takes_effect"},
              "breaks": {**rate, "events": 6, "exposure": 131}}  # fmt: skip
    facts = {"title": "t", "source": "s", "published": "2025-01-01", "sha256": "0" * 64}
    article = Article.model_construct(claims={}, rates=_rates(counts), **facts)
    text = FILE + '[base_rates]\nheld_days = "breaks"\n'
    found = score(worlds, EVERY, dated(tmp_path, text), case="made", article=article)
    years = (dt.date(2026, 1, 1) - dt.date(2025, 1, 1)).days / 365.25
    assert found.questions[1].base_rate == pytest.approx(1 - (25 / (25 + years)) ** 5.5)
    assert found.questions[1].base_rate_of["name"] == "ends"
    assert found.questions[3].base_rate == pytest.approx((131 / (131 + 91 / 365.25)) ** 6.5)
    plain = score(worlds, EVERY, dated(tmp_path), case="made")
    assert plain.to_json()["questions"][0]["base_rate"] is None
    with pytest.raises(InputError, match="no rate"):
        score(worlds, EVERY, dated(tmp_path, text), case="made")


def _rates(counts):
    from sim.evidence import Rate

    return {name: Rate(**one) for name, one in counts.items()}


@given(st.lists(st.floats(0.01, 1), min_size=3, max_size=3), st.integers(0, 2))
def test_scores_are_proper(tmp_path_factory, shares, true):
    """Whoever is right expects no better score from anybody than from himself."""
    from sim.scoring.case_score import _bin_scores

    right = np.array(shares) / sum(shares)
    other = np.roll(right, 1 + true % 2)
    many = 10**9  # so many that half a world more is nothing
    own, his = (np.array([_bin_scores(one, n, many) for n in range(3)]).T @ right for one in (right, other))
    assert (own <= his + 1e-6).all()


def test_the_panel(worlds):
    """In force by 1, 3, 8 and 12 months; of three deals one breaks in the second month, and one in the twelfth.

    365 days are 11.99 months, so that nearly all of the twelfth counts, at the rate at which its deals break.
    """
    found = calibration(worlds, EVERY)
    assert [one.share for one in found.in_force_by] == [0, 0.25, 0.25, 0.5]
    part = 12 * 365 / 365.25 - 11
    year = (2 / 3) ** (1 - part) * (1 / 3) ** part
    assert [one.share for one in found.holding] == pytest.approx([1, 2 / 3, year])
    assert found.holding[0].deals == 3
    none = calibration(worlds, np.array([False, False, False, True]))
    assert math.isnan(none.holding[0].share)


def test_bins():
    """Dates and lengths as people write them; gaps become bins of their own, overlaps are errors."""
    asked = dt.date(2025, 5, 8)
    assert date_bin("2025-04..2025-06", asked).low == 0
    assert date_bin("2025", asked).high == pytest.approx(238 / 365.25)
    assert date_bin("2025-12", asked).high == date_bin("2025", asked).high
    assert length_bin("<= 30 days") == Bin("<= 30 days", 0, 31)
    with pytest.raises(ValueError, match="overlaps"):
        tiled([length_bin("<30"), length_bin("20..40")])
    for wrong in ("soon", "2025-13", "2025-00..2025-02"):
        with pytest.raises(ValueError, match="stretch of dates"):
            date_bin(wrong, asked)
    with pytest.raises(ValueError, match="length of time"):
        length_bin("long")


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('"2025-01..2025-06" = 30', '"soon" = 30', "no stretch of dates"),
        ('"2025-01..2025-06" = 30', '"2025-01..2025-06" = 70', "140 in sum"),
        ("asked = 2025-01-01\ntakes", "asked = 1\ntakes", "dated.toml:6"),
        ('"2025-01..2025-06" = 10, ', "", "not those of the first"),
        ('by = "A"', 'bye = "A"', "bye"),
        ("[source]", '[outcome]\ntakes_effect = "never"\n[source]', "no bin"),
    ],
)
def test_what_is_wrong_in_a_file_is_said_with_its_place(tmp_path, old, new, told):
    """Every mistake is a message with line and column."""
    with pytest.raises(InputError) as error:
        dated(tmp_path, FILE.replace(old, new, 1))
    assert told in "\n".join(f"{problem.where} {problem.message}" for problem in error.value.problems)


@pytest.mark.slow
def test_the_case_is_scored_from_the_command_line():
    """Every question has a probability, a score that says whether it is expected, and a base rate with its recipe."""
    arguments = ["score", "scenarios/ceasefire", "--against", "scenarios/ceasefire/forecasts.toml", "--draws", "40"]
    found = json.loads(CliRunner().invoke(main, [*arguments, "--json"]).output)
    assert len(found["questions"]) == 5
    for question in found["questions"]:
        assert 0 <= question["probability"] <= 1
        assert 0 <= question["expected_brier"] <= 1
        assert 0 < question["base_rate"] < 1
        assert question["base_rate_of"]["recipe"]
    told = CliRunner().invoke(main, arguments).output
    assert "no outcome is known" in told
    assert CliRunner().invoke(main, ["score", "scenarios/pie"]).exit_code == 2


@pytest.mark.slow
def test_the_panel_agrees_with_the_states_over_time():
    """By the end of a month as many worlds have a deal in force as the states count, where none has broken yet."""
    case = read_case("scenarios/ceasefire")
    results = run(case.scenario, 60)
    everything = np.ones(results.sizes["draw"], bool)
    panel = calibration(results, everything, months=[12])
    kinds = [name in ("truce", "partial", "settlement") for name in results["state"].values]
    now = results["states"].sel(group="all").isel(round_number=11).values[kinds].sum()
    assert panel.in_force_by[0].count >= now
