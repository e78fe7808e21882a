"""Twenty articles in or out: what the page's own rule says of them, and what is left once every article counts."""

import re
import tomllib
from pathlib import Path

import numpy as np
import pytest

from sim.ensemble import Design, play
from sim.scenario import draw, read_case, read_scenario
from sim.table import DealSpace, build

SEEDS = Path(__file__).parents[2] / "seeds"
CASE = "scenarios/treaty_articles"
_TOLD = r"Liked (\d+) of 10 by Ukraine, (\d+) by Russia, (\d+) by the United States, (\d+) by Europe"
PAIRS = [
    ("all_occupied", "some_occupied"), ("no_nato", "nato"), ("army_limits", "modern_army"),
    ("sanctions_eased", "sanctions_kept"), ("assets_returned", "assets_rebuild"),
]  # fmt: skip


@pytest.fixture(scope="module")
def scenario():
    """The case."""
    return read_scenario(CASE)


@pytest.fixture(scope="module")
def space(scenario):
    """Its deals."""
    return DealSpace.of(scenario)


@pytest.fixture(scope="module")
def scores(scenario):
    """(A, I) how each party likes each article, from 0 to 10, at the central values."""
    return np.array(
        [[10 * actor.values[issue]["in"].value for issue in scenario.issues] for actor in scenario.actors.values()]
    )


@pytest.fixture(scope="module")
def thresholds(scenario):
    """(A,) how much a draft has to be liked, from 0 to 10."""
    return np.array([10 * actor.reservation.value for actor in scenario.actors.values()])


def mean_rule(space, scores, thresholds):
    """(A, K) mean over the articles that a draft has, and which drafts with any article all accept."""
    articles = space.deals.astype(float)
    count = articles.sum(axis=1)
    mean = scores @ articles.T / np.maximum(count, 1)
    return mean, (count > 0) & (mean >= thresholds[:, None] - 1e-9).all(axis=0)


def test_claims_say_the_numbers_of_the_case(scores):
    """The scores in the words of each claim are those of the scenario, and ours alone."""
    claims = tomllib.loads((SEEDS / "treaty_articles.toml").read_text(encoding="utf-8"))["claims"]
    for n, claim in enumerate(list(claims.values())[:20]):
        told = re.search(_TOLD, claim["says"])
        assert [float(number) for number in told.groups()] == pytest.approx(scores[:, n].tolist())
        assert claim["paragraph"] == n + 1


def test_the_page_s_rule_finds_what_it_found(space, scores, thresholds):
    """Of 248,831 drafts without a conflict 118,136 are acceptable to all four, 47.5 %."""
    assert len(space) == 248_832
    _, accepted = mean_rule(space, scores, thresholds)
    assert accepted.sum() == 118_136
    assert round(accepted.sum() / (len(space) - 1), 3) == 0.475


def test_under_the_page_s_rule_one_article_is_the_best_draft(space, scenario, scores, thresholds):
    """The averaging paradox: largest Nash product and largest least gain are both the return of Kursk and nothing."""
    mean, accepted = mean_rule(space, scores, thresholds)
    gains = np.where(accepted, mean - thresholds[:, None], -1)
    for best in (np.where(accepted, np.maximum(gains, 0).prod(axis=0), -1).argmax(), gains.min(axis=0).argmax()):
        articles = [name for name, level in zip(scenario.issues, space.deals[best], strict=True) if level]
        assert articles == ["kursk"]


def test_with_every_article_counted_few_drafts_are_left(space, scenario, thresholds):
    """At the central values 2,131 drafts are acceptable, and the Nash solution has fourteen articles."""
    worlds = build(space, draw(scenario, np.arange(1), central=True))
    accepted = worlds.table.signable[0]
    assert accepted.sum() == 2_131
    products = np.where(accepted, worlds.table.premium[0].prod(axis=0), -1)
    assert space.deals[products.argmax()].sum() == 14
    one = space.numbers([1] + [0] * 19)[0]
    assert not accepted[one]
    assert worlds.table.payoff[0, :, one] == pytest.approx([0.51, 0.525, 0.515, 0.515])


def test_settling_every_pair_leaves_32_768_drafts():
    """Under the overlay one of each pair that excludes itself is in."""
    changed = DealSpace.of(read_case(CASE, overlay="every-pair-settled").scenario)
    assert len(changed) == 2**15
    names = list(changed.scenario.issues)
    for one, two in PAIRS:
        assert (changed.deals[:, names.index(one)] + changed.deals[:, names.index(two)] == 1).all()


@pytest.mark.slow
def test_it_is_played_like_any_case(scenario):
    """Deals are signed, they are acceptable and nearly efficient, and no world takes long."""
    results = play(Design.of_draws(scenario, 4))
    signed = results["deal"].values >= 0
    assert signed.any()
    assert (results["acceptable_deals"].values[signed] > 0).all()
    assert results.attrs["deals"] == 248_832
