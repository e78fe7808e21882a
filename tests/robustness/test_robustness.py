"""Spread, posterior, null coding, claims left out, wider ranges."""

from dataclasses import replace

import numpy as np
import pytest
import xarray as xr

from sim.ensemble.convention_settings import OpenConvention, open_conventions
from sim.ensemble.judging import fitting_worlds
from sim.foundations import InputError
from sim.robustness import (
    leave_one_claim_out,
    null_coding,
    posterior,
    split_spread,
    variance_parts,
    widened,
)
from sim.robustness.encoding import plausible, unknown
from sim.robustness.posterior import by_claim
from sim.robustness.spread import worlds_told
from sim.scenario import change
from tests.sensitivity.toy import toy
from tests.shipped import shipped


def test_planted_variance_is_split():
    """World, variant, both and luck with variances 4, 1, 0.5, 2 in a two-way layout with replication."""
    generator = np.random.default_rng(4)
    worlds, variants, repeats = 4000, 5, 3
    of_variants = np.array([-1.0, -0.5, 0, 0.5, 1])
    of_variants *= 1 / of_variants.std()
    mixed = generator.normal(0, 1, (worlds, variants))
    mixed = (mixed - mixed.mean(axis=1, keepdims=True)) * np.sqrt(0.5 / 0.8)
    cells = 2 * generator.normal(0, 1, (worlds, 1, 1)) + of_variants[None, :, None] + mixed[:, :, None]
    cells = (cells + np.sqrt(2) * generator.normal(0, 1, (worlds, variants, repeats)))[..., None]
    found = variance_parts(cells, ["y"], resamples=20)
    assert float(found["total"].values[0]) == pytest.approx(7.5, rel=0.05)
    np.testing.assert_allclose(found["part"].values[:, 0], np.array([4, 1, 0.5, 2]) / 7.5, atol=0.03)


def test_luck_alone_is_called_luck():
    """Coin throws that no world and no variant moves."""
    cells = np.random.default_rng(1).integers(0, 2, (200, 4, 4, 1)).astype(float)
    found = variance_parts(cells, ["y"], resamples=20)
    assert float(found["part"].sel(part_name="luck").values[0]) > 0.95


def test_spread_of_a_played_scenario():
    """Parts are shares that add up to 1; without conventions the model has none."""
    found = split_spread(toy(), 20, 2, of=["ending == war"], conventions=False)
    parts = found["part"].sel(measure="ending == war")
    assert float(parts.sum()) == pytest.approx(1)
    assert float(parts.sel(part_name="model")) == 0
    assert float(found["part"].sel(measure="ending (all)", part_name="luck")) > 0


@pytest.mark.slow
def test_settings_that_do_nothing_and_duplicates_leave_the_split_as_it_is(monkeypatch):
    """However many are listed: a convention of idle settings, and a setting named twice."""
    choices = open_conventions(toy())
    idle = OpenConvention("idle", (("", {}), *((f"idle {n}", {"seed": toy().seed}) for n in range(5))))
    twice = [replace(one, settings=(*one.settings, *one.settings[1:])) for one in choices]
    asked = {"of": ["ending == war"], "readings": 8}
    before = split_spread(toy(), 10, 2, **asked)
    monkeypatch.setattr("sim.robustness.spread.open_conventions", lambda _: (*twice, idle))
    assert split_spread(toy(), 10, 2, **asked).equals(before)


def test_the_split_speaks_of_worlds_that_fit():
    """The first of them, as far as there are enough; all worlds where nothing was observed."""
    ceasefire = shipped("ceasefire")
    numbers, fitting = worlds_told(ceasefire, 5)
    assert fitting
    assert set(numbers) <= set(fitting_worlds(ceasefire, 40)[0])
    assert len(numbers) == 5
    assert worlds_told(toy(), 3)[0].tolist() == [0, 1, 2]


def test_deterministic_talks_have_no_luck():
    """What is signed first does not depend on collapses: luck has no part in it."""
    found = split_spread(toy(), 20, 2, of=["acceptable_deals > 0"], conventions=False)
    assert not float(found["part"].sel(part_name="luck").values[0]) > 0


def run(size=4000, seed=2):
    """Two numbers, an observation that holds for high values of the first, and one that teaches nothing."""
    x = np.random.default_rng(seed).random((size, 2))
    kept = np.stack([x[:, 0] > 0.5, np.ones(size, bool)], axis=1)
    return xr.Dataset(
        {
            "number": (("draw", "path"), x),
            "kept": (("draw", "observation"), kept.astype(np.int8)),
            "consistent": (("draw",), kept.all(axis=1).astype(np.int8)),
        },
        {"path": ["a", "b"], "observation": ["high", "idle"]},
    )


def test_posterior_of_a_planted_observation():
    """Upper half kept: distance 1/2, shift .25 / .289 = .87 deviations; the other number stays below chance."""
    found = posterior(run())
    assert float(found["distance"][0]) == pytest.approx(0.5, abs=0.02)
    assert float(found["shift"][0]) == pytest.approx(0.866, abs=0.03)
    assert float(found["distance"][1]) < 2 * float(found["threshold"])
    assert float(found["by_observation"].sel(path="a", observation="idle")) == 0
    assert found.attrs["effective"] == int(run()["consistent"].sum())
    assert found.attrs["warnings"] == ["idle survives in 100.0 % of worlds, so it teaches nothing"]


def test_contradicted_encodings_are_warned_of():
    """An observation that almost no world survives."""
    results = run()
    results["kept"][:, 0] = (np.arange(4000) % 100 == 0).astype(np.int8)
    results["consistent"] = results["kept"][:, 0]
    warnings = "\n".join(posterior(results).attrs["warnings"])
    assert "contradicts the encoding: high" in warnings
    assert "only 40 draws" in warnings


def test_without_observations_there_is_nothing_to_compare():
    """Said, not shown as zeros."""
    with pytest.raises(InputError, match="no observations"):
        posterior(run().drop_vars("kept"))


@pytest.mark.slow
def test_claims_left_out_and_null_coding_of_the_ceasefire():
    """One row for each claim; the first is the scenario as it stands, and the same worlds give paired errors."""
    scenario = shipped("ceasefire")
    found = null_coding(scenario, 20, of=["ending == war"])
    assert found["setting"].values.tolist() == ["as written", "null coding"]
    coded = [path for path in scenario.numbers if ".salience." in path or ".position." in path]
    assert found.attrs["numbers"] == len(coded)
    small = leave_one_claim_out(toy(), 20, of=["ending == war"])
    assert small["setting"].values.tolist() == ["as written", "calm", "slow"]
    assert small["numbers"].values.tolist() == [0, 2, 1]
    assert small["alone"].values.tolist() == [0, 1, 0]
    assert (small["change"].sel(setting="as written") == 0).all()


def test_claims_of_numbers_and_of_observations():
    """A claim shows the number of its own that moved most, and the observations it stands behind."""
    scenario = shipped("ceasefire")
    paths = list(scenario.numbers)
    distance = np.linspace(0, 1, len(paths))
    found = by_claim(xr.Dataset({"distance": (("path",), distance)}, {"path": paths}), scenario)
    assert found["truce-is-only-a-pause"][1] == "russia.beliefs.fragile.chance"
    assert found["washington-works-for-truce"][2] == ("washington_prefers_truce_first",)


def test_ranges_are_widened_side_by_side_within_what_is_possible():
    """Half-widths times 1.29 around the value; shares stay between 0 and 1; levels stay."""
    before = shipped("ceasefire")
    after = widened(before, 1.29)
    cost = after.numbers["russia.war_cost"].quantity
    assert (cost.low, cost.high) == pytest.approx((0.2 - 1.29 * 0.15, 0.2 + 1.29 * 0.15))
    assert after.numbers["russia.patience"].quantity.high == pytest.approx(0.999)
    assert after.numbers["russia.position.nato"] == before.numbers["russia.position.nato"]
    with pytest.raises(InputError, match="factor"):
        widened(before, 0)


def test_what_is_plausible_without_evidence():
    """The whole scale of a position, 0 to 1 of a share, twice the highest of its kind for the rest."""
    scenario = shipped("ceasefire")
    assert plausible(scenario, scenario.numbers["russia.position.nato"]) == (0.0, 1.0)
    assert plausible(scenario, scenario.numbers["russia.patience"]) == (0.001, 0.999)
    assert plausible(scenario, scenario.numbers["us.war_cost"]) == (0.0, 0.7)
    assert plausible(scenario, scenario.numbers["russia.prevail_shift"]) == (-1.0, 1.0)


def test_without_its_claim_every_option_of_a_setting_is_as_likely():
    """A setting is one of its options and nothing else, so that every world can still be played."""
    scenario = shipped("ceasefire")
    number = scenario.numbers["talks.protocol"]
    found = unknown(scenario, {number.path: number}, 4000)[number.path]
    codes, counts = np.unique(found, return_counts=True)
    assert codes.tolist() == list(range(len(number.options)))
    assert np.abs(counts / 4000 - 1 / len(number.options)).max() < 0.04
    only = {"talks.protocol": {"options": list(number.options), "claims": ["x"]}}
    assert leave_one_claim_out(change(shipped("pie"), only), 20).attrs["failed"] == 0


def test_what_never_varies_has_no_parts():
    """Neither shares nor intervals, and no warning."""
    cells = np.stack([np.zeros((6, 2, 2)), np.random.default_rng(1).random((6, 2, 2))], axis=-1)
    found = variance_parts(cells, ["never", "often"])
    assert np.isnan(found["part"].sel(measure="never").values).all()
    assert np.isnan(found["half"].sel(measure="never").values).all()
    assert found["part"].sel(measure="often").values.sum() == pytest.approx(1)
