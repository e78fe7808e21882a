"""News that moves what is agreed, though all worlds end alike, is told by what it moves and by its claim."""

from pathlib import Path

import pytest

from sim.jobs.update_case import update_case
from sim.report.pieces import plain_text
from sim.report.update_story import outcomes_moved

HERE = Path(__file__).parents[2]
TEXT = (HERE / "seeds" / "purchase.txt").read_bytes()
CLAIMS = """
[article]
title = "A third maker cuts its price"
sha256 = "{}"

[claims.third-maker]
paragraph = 2
speaker = "buyer"
about = ["buyer", "price"]
says = "A third maker now offers 3.30 million."
kind = "stated"
"""
NEWS = """
extends = "{top}/scenarios/purchase/scenario.toml"
title = "A third maker cuts its price"
evidence = ["{top}/seeds/purchase.toml", "second.toml"]
[actors.buyer]
reservation = {{ like = {{ price = "3.25e6..3.35e6", weeks = 60, warranty = 2 }}, claims = ["third-maker"] }}
"""


@pytest.mark.slow
def test_a_price_that_news_moves_is_what_moved(tmp_path):
    """A cheaper offer elsewhere lowers the price in every world, and the claim that says so is named."""
    import hashlib

    (tmp_path / "second.toml").write_text(CLAIMS.format(hashlib.sha256(TEXT).hexdigest()))
    (tmp_path / "news.toml").write_text(NEWS.format(top=HERE.as_posix()))
    found = update_case("purchase", tmp_path / "news.toml", 40)
    (price,) = [one for one in outcomes_moved(found.found.outcomes) if one.of == "terms.price"]
    assert price.change < -10_000
    assert price.after.span.median < price.before.span.median
    lead = next(section for section in found.story.sections if section.identity == "answer").pieces[0]
    told = {name: plain_text(words) for name, words in lead.pairs}
    assert "Nothing moves" not in told["What moved"]
    assert "Price of a turbine: 3.5" in told["What moved"]
    assert "40 worlds stand behind the new answer" in told["What moved"]
    assert "A third maker now offers 3.30 million." in told["Which claim moved it"]
    assert found.to_json()["outcomes"][0]["of"] == "terms.price"


@pytest.mark.slow
def test_what_chance_may_do_is_told_as_that(tmp_path):
    """News that moves nothing clearly: the share that moves most is told, before and after, as within chance."""
    news = f"""
extends = "{HERE.as_posix()}/scenarios/monitored_deal/scenario.toml"
title = "Inspectors a little better"
[actors.iran.salience]
relief = "0.42..0.6"
"""
    (tmp_path / "news.toml").write_text(news)
    found = update_case("monitored_deal", tmp_path / "news.toml", 40)
    assert not outcomes_moved(found.found.outcomes)
    lead = next(section for section in found.story.sections if section.identity == "answer").pieces[0]
    told = {name: plain_text(words) for name, words in lead.pairs}["What moved"]
    assert "No more than chance may do: " in told
    assert told.count("→") >= 1
