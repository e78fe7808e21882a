"""What several coders made of the same source: agreement by kind of code, and the pool of their numbers."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.evidence import krippendorff_alpha
from sim.foundations import InputError
from sim.jobs.agree_cases import agree
from sim.scenario import draw, read_case
from sim.scenario.coders import Unit, agreement, coded_apart, pooled_numbers, scenario_units

CASE = """
title = "t"
default_assumed = "test"
[issues.line]
levels = ["a", "b", "c"]
status_quo = "a"
[issues.money]
kind = "numeric"
low = 0
high = 10
points = 11
status_quo = 0
[actors.x]
patience = "{patience}"
reservation = "0.2"
salience = {{ line = "1", money = "{weight}" }}
position = {{ line = "{line}", money = "{money}" }}
[actors.y]
patience = "0.9"
reservation = "0.2"
salience = {{ line = "1", money = "1" }}
position = {{ line = "a", money = "0" }}
"""
ANNA = {"patience": "0.8..0.9", "weight": "1", "line": "c", "money": "8..10"}
BEN = {"patience": "0.5..0.6", "weight": "3", "line": "b", "money": "8..10"}


@pytest.fixture
def codings(tmp_path):
    """Two codings of a dispute, as files."""
    files = []
    for name, coded in {"anna": ANNA, "ben": BEN}.items():
        file = tmp_path / f"{name}.toml"
        file.write_text(CASE.format(**coded), encoding="utf-8")
        files.append(file)
    return files


def test_alpha_of_each_kind_is_krippendorffs(codings):
    """Positions are places from 0 to 1, salience shares of the whole; alpha is that of these numbers."""
    found = {one.of: one for one in agree(codings).agreement}
    places = [[1.0, 0.9, 0.0, 0.0], [0.5, 0.9, 0.0, 0.0]]
    assert found["position"].alpha == pytest.approx(krippendorff_alpha(places, "interval"))
    shares = [[0.5, 0.5, 0.5, 0.5], [0.25, 0.75, 0.5, 0.5]]
    assert found["salience"].alpha == pytest.approx(krippendorff_alpha(shares, "interval"))
    assert found["patience"].units == 2


def test_the_widest_difference_comes_first(codings):
    """Each kind of code is measured against its own widest difference; what is coded alike is left out."""
    apart = coded_apart(scenario_units([read_case(file).scenario for file in codings]))
    assert {one.path for one in apart} == {"x.patience", "x.salience.line", "x.salience.money", "x.position.line"}
    assert apart[0].apart == 1


def test_pooled_numbers_draw_from_both(codings):
    """Half of the draws from each coder's range; levels named alone become options."""
    scenarios = {file.stem: read_case(file).scenario for file in codings}
    found = pooled_numbers(scenarios)
    assert set(found) == {"x.patience", "x.salience.money", "x.position.line"}
    assert found["x.position.line"]["options"] == {"c": 1.0, "b": 1.0}
    assert set(found["x.patience"]["readings"]) == {"anna", "ben"}
    means = pooled_numbers(scenarios, "quantiles")["x.patience"]
    assert (means["low"], means["value"], means["high"]) == pytest.approx((0.65, 0.7, 0.75))


def test_the_pool_is_an_overlay_that_runs(codings, tmp_path):
    """Written beside the first coding, it reads, and its draws are those of the pool."""
    from click.testing import CliRunner

    from sim.cli.main import main

    out = tmp_path / "both.toml"
    words = ["agree", *map(str, codings), "--pool", str(out)]
    told = CliRunner().invoke(main, words, catch_exceptions=False)
    assert "3 numbers pooled" in told.stdout
    drawn = draw(read_case(out).scenario, np.arange(300))["x.patience"]
    assert abs((drawn < 0.7).mean() - 0.5) < 0.1
    assert not ((drawn > 0.6) & (drawn < 0.8)).any()
    again = CliRunner().invoke(main, words)
    assert again.exit_code == 2
    assert "nothing was written" in again.stderr


def test_files_of_two_kinds_are_refused(codings, tmp_path):
    """An evidence file beside a scenario, or one file alone, is bad input."""
    seed = tmp_path / "seed.toml"
    seed.write_text('[article]\ntitle = "t"\n[claims.a]\n', encoding="utf-8")
    with pytest.raises(InputError, match="cannot be compared"):
        agree([codings[0], seed])
    with pytest.raises(InputError, match="two codings"):
        agree(codings[:1])


@given(st.lists(st.floats(-5, 5), min_size=2, max_size=8))
def test_coders_who_say_the_same_agree_fully(numbers):
    """Alpha is 1, and nothing is seen differently."""
    units = [Unit(str(n), "position", (code, code), ("", "")) for n, code in enumerate(numbers)]
    assert agreement(units)[0].alpha == 1
    assert coded_apart(units) == ()
