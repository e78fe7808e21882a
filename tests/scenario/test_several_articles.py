"""Several articles behind a case: named claims, readings that are pooled, conflicts, copies of each."""

import hashlib
import json

import numpy as np
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from sim.cli.main import main
from sim.evidence import meant_by
from sim.foundations import InputError
from sim.scenario import draw, read_case
from sim.scenario.conflicts import conflicts
from sim.scenario.pooled import SourceReading, pooled_quantile

TEXTS = {"first": b"One.\n\nTwo.\n", "second": b"Other.\n"}

EVIDENCE = """
[article]
title = "{name}"
sha256 = "{hash}"
[claims.price]
paragraph = 1
speaker = "seller"
about = ["price"]
says = "the price of {name}"
kind = "stated"
"""

SCENARIO = """
title = "two reports"
evidence = ["{names}"]
default_assumed = "test"
[issues.price]
kind = "numeric"
low = 0
high = 10
points = 11
status_quo = 0
[actors.buyer]
patience = "0.9"
reservation = "0.2"
salience.price = "1"
position.price = "0"
[actors.seller]
patience = {{ readings = {{ "first:price" = "0.6..0.7", "second:price" = "0.8..0.9" }} }}
reservation = {{ value = 0.1, claims = ["{claim}"] }}
salience.price = "1"
position.price = "10"
"""


def written(folder, claim="first:price", extra=""):
    """A case with two evidence files."""
    (folder / "seeds").mkdir()
    case = folder / "scenarios" / "two"
    case.mkdir(parents=True)
    for name, text in TEXTS.items():
        told = EVIDENCE.format(name=name, hash=hashlib.sha256(text).hexdigest())
        (folder / "seeds" / f"{name}.toml").write_text(told, encoding="utf-8")
        (folder / f"{name}.txt").write_bytes(text)
    names = '", "'.join(f"../../seeds/{name}.toml" for name in TEXTS)
    (case / "scenario.toml").write_text(SCENARIO.format(names=names, claim=claim) + extra, encoding="utf-8")
    return case


def test_claims_of_several_files_are_called_by_their_file(tmp_path):
    """Each has the name of its file before it, and numbers rest on them by it."""
    case = read_case(written(tmp_path))
    assert list(case.article.claims) == ["first:price", "second:price"]
    assert case.article.claims["second:price"].article == "second"
    numbers = case.scenario.numbers
    assert numbers["seller.patience"].quantity.claims == ("first:price", "second:price")
    assert numbers["seller.reservation"].quantity.ground == "claim"


def test_a_name_that_two_files_have_must_say_which(tmp_path):
    """Bare, it is an error that names both."""
    with pytest.raises(InputError) as caught:
        read_case(written(tmp_path, claim="price"))
    problem = caught.value.problems[0]
    assert problem.message == 'several evidence files have a claim "price": say which'
    assert problem.allowed == "first:price, second:price"
    assert problem.line == 18


def test_an_overlay_adds_its_evidence(tmp_path):
    """The claims of the base stay, those of the overlay's article come to them."""
    case = written(tmp_path)
    (case / "scenario.toml").write_text(
        SCENARIO.format(names="../../seeds/first.toml", claim="price").replace(
            '{ readings = { "first:price" = "0.6..0.7", "second:price" = "0.8..0.9" } }', '"0.8"'
        ),
        encoding="utf-8",
    )
    (case / "overlays").mkdir()
    (case / "overlays" / "news.toml").write_text(
        'extends = "../scenario.toml"\nevidence = "../../../seeds/second.toml"\n'
        'actors.seller.patience = { value = 0.5, claims = ["second:price"] }\n'
        'actors.seller.reservation = { value = 0.1, claims = ["first:price"] }\n',
        encoding="utf-8",
    )
    assert list(read_case(case).article.claims) == ["price"]
    assert list(read_case(case, overlay="news").article.claims) == ["first:price", "second:price"]


def test_what_contradicts_is_told(tmp_path):
    """Ranges that do not meet, claims that say so, and observations that exclude each other."""
    extra = """
[observations.takes]
says = "accepts"
actor = "buyer"
deals = { levels = { price = { between = [2, 3] } } }
bluff = "0.1"
claims = ["second:price"]
[observations.refuses]
says = "rejects"
actor = "buyer"
deals = { levels = { price = { at_most = 5 } } }
bluff = "0.1"
claims = ["second:price"]
"""
    case = written(tmp_path, extra=extra)
    seed = tmp_path / "seeds" / "second.toml"
    seed.write_text(seed.read_text(encoding="utf-8") + 'against = ["first:price"]\n', encoding="utf-8")
    scenario = (case / "scenario.toml").read_text(encoding="utf-8").replace('"second:price" = "0.8', '"else" = "0.8')
    (case / "scenario.toml").write_text(scenario, encoding="utf-8")
    read = read_case(case)
    found = conflicts(read.scenario, read.article)
    assert [(one.about, one.one, one.other) for one in found] == [
        ("claims", "second:price", "first:price"),
        ("seller.patience", "first:price", "else"),
        ("buyer", "takes", "refuses"),
    ]
    told = CliRunner().invoke(main, ["check", str(case), "--quick"], catch_exceptions=False).stdout
    assert "Conflict   second:price and first:price: the price of second / the price of first" in told


def test_each_article_has_its_own_copy(tmp_path):
    """Copies are told apart by their hashes, or by name; one that differs from its article ends with 1."""
    case = str(written(tmp_path))
    one, two = (str(tmp_path / f"{name}.txt") for name in TEXTS)
    words = ["check", case, "--quick", "--json", "--source", two, "--source", one]
    found = CliRunner().invoke(main, words)
    told = json.loads(found.stdout)["sources"]
    assert found.exit_code == 0
    assert {name: part["matches"] for name, part in told.items()} == {"first": True, "second": True}
    found = CliRunner().invoke(main, ["check", case, "--quick", "--source", f"second={one}"])
    assert found.exit_code == 1
    assert "second: another text" in found.stdout


def test_one_file_can_hold_several_articles(tmp_path):
    """Claims say which of [articles.NAME] they are from; a name that is not there is an error."""
    case = written(tmp_path)
    seed = tmp_path / "seeds" / "second.toml"
    text = seed.read_text(encoding="utf-8") + '[articles.later]\ntitle = "later"\nsha256 = "' + "0" * 64 + '"\n'
    more = (
        '[claims.other]\narticle = "later"\nparagraph = 1\nspeaker = "s"\nabout = ["x"]\nsays = "x"\nkind = "stated"\n'
    )
    seed.write_text(text + more, encoding="utf-8")
    assert list(read_case(case).article.texts) == ["first", "second", "second:later"]
    seed.write_text(text + more.replace("later", "latr"), encoding="utf-8")
    with pytest.raises(InputError, match="latr") as caught:
        read_case(case)
    assert caught.value.problems[0].nearest == "later"


def test_draws_come_from_one_reading_or_the_other(tmp_path):
    """Half from each range, nothing from between them."""
    scenario = read_case(written(tmp_path)).scenario
    drawn = draw(scenario, np.arange(400))["seller.patience"]
    assert not ((drawn > 0.7) & (drawn < 0.8)).any()
    assert abs((drawn < 0.75).mean() - 0.5) < 0.08
    assert scenario.numbers["seller.patience"].quantity.value == pytest.approx(0.75)


@given(
    st.lists(st.tuples(st.floats(0, 1), st.floats(0, 1), st.floats(0.1, 5)), min_size=1, max_size=4),
    st.lists(st.floats(0.001, 0.999), min_size=2, max_size=9),
)
def test_pooled_quantiles_rise_and_stay_inside(parts, quantiles):
    """They never fall with the quantile, and lie in the range of some reading."""
    readings = {
        str(n): SourceReading(value=min(a, b), low=min(a, b), high=max(a, b), weight=w)
        for n, (a, b, w) in enumerate(parts)
    }
    found = pooled_quantile(readings, np.sort(quantiles))
    assert (np.diff(found) >= -1e-12).all()
    for value in found:
        assert any(one.ends[0] - 1e-9 <= value <= one.ends[1] + 1e-9 for one in readings.values())


def test_the_mean_of_a_pool_is_the_mean_of_its_means():
    """For uniform readings: half of the weight on (0, 2), half on the point 5."""
    readings = {"a": SourceReading(value=1, low=0, high=2), "b": SourceReading(value=5)}
    grid = (np.arange(10_000) + 0.5) / 10_000
    assert pooled_quantile(readings, grid).mean() == pytest.approx(3, abs=1e-3)


def test_a_bare_name_means_every_file_that_has_it():
    """A whole name means itself only."""
    assert meant_by("x", ["a:x", "b:x"]) == ("a:x", "b:x")
    assert meant_by("b:x", ["a:x", "b:x"]) == ("b:x",)
    assert meant_by("y", ["a:x"]) == ()
