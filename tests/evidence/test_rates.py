"""Rates of an evidence file: their counts, their posteriors, and what is refused."""

import numpy as np
import pytest
from pydantic import ValidationError
from scipy.stats import beta, gamma

from sim.evidence import Rate, RatePosterior, rate_posterior, read_article
from sim.foundations import InputError

ABOUT = {"what": "w", "source": "s", "recipe": "r", "applies": "a"}


def rate(**counts):
    """A rate with these counts."""
    return Rate(**ABOUT, **counts)


def test_events_in_time_are_a_gamma_under_jeffreys():
    """Two decisive ends in 25 years of war: 1.7 to 25.7 % a year, 10 % on average."""
    found = rate_posterior([rate(events=2, exposure=25)], "rate")
    assert found.interval() == pytest.approx(gamma(2.5, scale=1 / 25).interval(0.95), rel=1e-9)
    assert found.central == pytest.approx(0.1)
    assert found.interval() == pytest.approx((0.017, 0.257), abs=5e-4)


def test_events_in_trials_are_a_beta_under_jeffreys():
    """Five of thirteen, as a share and as odds of the same share."""
    share = rate_posterior([rate(events=5, trials=13)], "share")
    odds = rate_posterior([rate(events=5, trials=13)], "odds")
    low, high = share.interval()
    assert (low, high) == pytest.approx(beta(5.5, 8.5).interval(0.95), rel=1e-9)
    assert odds.interval() == pytest.approx((low / (1 - low), high / (1 - high)))
    assert odds.central == pytest.approx(5.5 / 8.5)


def test_a_share_counts_as_its_events():
    """A share of trials is as many events."""
    assert rate_posterior([rate(share=0.25, trials=40)], "share") == rate_posterior(
        [rate(events=10, trials=40)], "share"
    )


@pytest.mark.parametrize("scale", ["rate", "chance"])
def test_below_undoes_quantile(scale):
    """The chance of lying below a quantile is that quantile, on every scale and of mixtures too."""
    both = [rate(events=2, exposure=25), rate(events=13, exposure=58)]
    for found in (rate_posterior(both, scale), rate_posterior(both, scale, pool="mixture")):
        chances = np.linspace(0.01, 0.99, 9)
        assert found.below(found.quantile(chances)) == pytest.approx(chances, abs=1e-9)


def test_a_chance_a_year_is_that_of_at_least_one_event():
    """One less the chance that nothing happens for a year."""
    found = rate_posterior([rate(events=2, exposure=25)], "chance")
    assert found.central == pytest.approx(1 - np.exp(-0.1))


def test_pooling_adds_counts_or_mixes_classes():
    """Counts add up under one prior; a mixture is as wide as its parts together."""
    one, two = rate(events=2, exposure=25), rate(events=13, exposure=58)
    pooled = rate_posterior([one, two], "rate")
    assert (pooled.first, pooled.second) == ((15.5,), (83.0,))
    mixed = rate_posterior([one, two], "rate", pool="mixture")
    assert mixed.interval()[0] < rate_posterior([two], "rate").interval()[0] < mixed.interval()[1]


def test_a_discount_widens():
    """Counts divided by four give about twice the width."""
    plain, wide = (rate_posterior([rate(events=20, exposure=100)], "rate", discount=by) for by in (1, 4))
    assert np.diff(wide.interval())[0] == pytest.approx(2 * np.diff(plain.interval())[0], rel=0.1)


def test_a_stated_prior_takes_the_place_of_jeffreys():
    """Its events and its exposure are added to what was counted."""
    found = rate_posterior([rate(events=2, exposure=25, prior=(1, 10))], "rate")
    assert (found.first, found.second) == ((3.0,), (35.0,))


@pytest.mark.parametrize(
    ("counts", "words"),
    [
        ({"events": 2}, "counts are events and exposure"),
        ({"exposure": 2}, "counts are events and exposure"),
        ({"events": 2, "exposure": 3, "trials": 4}, "counts are events and exposure"),
        ({"events": 5, "trials": 4}, "more than trials"),
        ({}, "needs sign"),
        ({"events": 1, "exposure": 3, "sign": "open"}, "no sign of its own"),
        ({"events": 1, "exposure": 3, "prior": (0, 1)}, "a prior needs counts"),
    ],
)
def test_counts_that_do_not_go_together_are_refused(counts, words):
    """Each with what is wrong about it."""
    with pytest.raises(ValidationError, match=words):
        rate(**counts)


def test_classes_that_cannot_be_pooled_are_refused():
    """Time with trials, no counts at all, a scale of the other kind, different priors."""
    time, trials = rate(events=1, exposure=3), rate(events=1, trials=3)
    with pytest.raises(ValueError, match="cannot be pooled"):
        rate_posterior([time, trials], "rate")
    with pytest.raises(ValueError, match="without counts"):
        rate_posterior([rate(sign="open")], "rate")
    with pytest.raises(ValueError, match="told as share or odds"):
        rate_posterior([trials], "rate")
    with pytest.raises(ValueError, match="one prior"):
        rate_posterior([time, rate(events=1, exposure=3, prior=(1, 1))], "rate")


def test_a_posterior_is_not_written_by_hand():
    """Parts that do not match are refused."""
    with pytest.raises(ValidationError, match="not written by hand"):
        RatePosterior(counted="time", first=(1.0, 2.0), second=(1.0,), scale="rate")


HEAD = f"""
[article]
title = "A toy"
sha256 = "{"0" * 64}"
[claims.one]
paragraph = 1
speaker = "minister"
about = ["tariff"]
says = "wants it low"
kind = "stated"
"""
LISTED = 'what = "w"\nevents = {events}\nexposure = {exposure}\nsource = "s"\nrecipe = "r"\napplies = "a"\n'


def test_rates_may_be_a_list(tmp_path):
    """What stands in a list, each with its name, is what stands in tables by their names."""
    counts = LISTED.format(events=2, exposure=25)
    found = []
    for name, head in (("a.toml", "[rates.arms]"), ("b.toml", '[[rates]]\nname = "arms"')):
        (tmp_path / name).write_text(f"{HEAD}{head}\n{counts}", encoding="utf-8")
        found.append(read_article(tmp_path / name).rates)
    assert found[0] == found[1]
    assert list(found[0]) == ["arms"]


def test_mistakes_in_a_list_of_rates_name_the_entry(tmp_path):
    """A negative exposure, a name twice and one that is missing: all three, each at its own entry."""
    path = tmp_path / "seed.toml"
    entries = [('name = "arms"', -3), ('name = "arms"', 3), ("", 3)]
    listed = "".join(f"[[rates]]\n{name}\n{LISTED.format(events=2, exposure=years)}" for name, years in entries)
    path.write_text(HEAD + listed, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_article(path)
    found = {problem.path: problem.message for problem in caught.value.problems}
    assert found["rates", 0, "exposure"] == "a number above 0 is needed here, not -3"
    assert found["rates", 1, "name"] == 'there is a rate "arms" already'
    assert found["rates", 2] == '"name" is missing'
