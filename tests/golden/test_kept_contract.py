"""What readers of `sim run --json` may rely on, in the kept answer of every case."""

import json
import math
from pathlib import Path

import pytest
from click.testing import CliRunner

from sim.cli.main import main
from tests.golden.kept import CASES, HERE

SCENARIOS = Path(__file__).parents[2] / "scenarios"
#: Cases that take longer to check than a quick test may.
LARGE = ("ceasefire", "coalition", "treaty_articles")


@pytest.mark.parametrize("case", CASES)
def test_a_run_says_how_talks_went_and_whether_what_was_observed_holds(case):
    """Shares between 0 and 1, none missing where it has a meaning; every observation with `fails_in_play`."""
    told = json.loads((HERE / f"{case}.json").read_text())["answer"]
    for name in ("talks_failed_at_table", "overtaken", "efficient"):
        share = told[name]
        assert share is None or math.isfinite(share)
        assert share is None or 0 <= share <= 1
    assert told["talks_failed_at_table"] + told["overtaken"] <= 1
    assert all(0 <= one["fails_in_play"] <= 1 for one in told["observations"])
    assert bool(told["observations"]) == (case == "ceasefire")


@pytest.mark.parametrize("case", [pytest.param(one, marks=pytest.mark.slow) if one in LARGE else one for one in CASES])
def test_a_check_counts_what_numbers_rest_on(case):
    """Claims, rates and assumed make up the total."""
    asked = ["check", str(SCENARIOS / case), "--quick", "--json"]
    found = json.loads(CliRunner().invoke(main, asked, catch_exceptions=False).stdout)
    found = found[0] if isinstance(found, list) else found
    numbers = found["numbers"]
    assert numbers["total"] == numbers["claims"] + numbers["rates"] + numbers["assumed"] > 0
