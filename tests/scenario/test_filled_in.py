"""Words of scales, sums of money, deals as reservations, and what is left out."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.foundations import InputError
from sim.jobs.check_case import check, defaults
from sim.runs.own_values import own_values
from sim.scenario import draw, read_case, read_scenario
from sim.scenario.filled_in import LEFT_OUT
from sim.scenario.money import amount
from sim.table import DealSpace, build

TURBINES = Path(__file__).parent / "turbines.toml"


def altered(folder, *changes):
    """The turbines with some of their text replaced."""
    text = TURBINES.read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    file = folder / "sale.toml"
    file.write_text(text, encoding="utf-8")
    return file


def test_a_deal_as_reservation_is_worth_what_pencil_says():
    """The rival's 3.42 M, 60 weeks, 2 years: (280 + 120) of 1,232 thousand above the worst deal."""
    found = {one.actor: one for one in own_values(read_scenario(TURBINES))}
    assert found["buyer"].money == pytest.approx(800_000 + 26 * 12_000 + 3 * 40_000)
    assert found["buyer"].no_deal == pytest.approx((280_000 + 10 * 12_000) / 1_232_000)
    assert found["seller"].money == pytest.approx(800_000 + 26 * 8_000 + 3 * 25_000)
    assert found["seller"].no_deal == pytest.approx((200_000 + 26 * 8_000 + 3 * 25_000) / 1_083_000)


def test_money_and_salience_of_the_same_proportions_are_the_same(tmp_path):
    """Salience is what an issue is worth over all of it; every deal has the same value, draw by draw."""
    worth = 'worth = { weeks = "12,000 ± 2,000 USD per week", warranty = "40,000 USD per year" }'
    flows = []
    for weights in (worth.replace(" ± 2,000", ""), 'salience = { price = "800", weeks = "312", warranty = "120" }'):
        scenario = read_scenario(altered(tmp_path, (worth, weights)))
        flows.append(build(DealSpace.of(scenario), draw(scenario, np.arange(3))).flow)
    np.testing.assert_allclose(flows[0], flows[1], atol=1e-12)


def test_the_reservation_moves_with_the_deal_that_it_is_like():
    """Fixing a level of that deal, or a weight, moves it; fixing it itself overrides the deal."""
    scenario = read_scenario(TURBINES)
    draws = np.arange(4)
    plain = draw(scenario, draws)
    cheap = draw(scenario, draws, fixed={"buyer.reservation.like.price": 0.0})
    assert (cheap["buyer.reservation"] > plain["buyer.reservation"]).all()
    assert (draw(scenario, draws, fixed={"buyer.reservation": 0.4})["buyer.reservation"] == 0.4).all()
    assert len(np.unique(plain["buyer.reservation"])) > 1


def test_another_actors_offer_is_a_reservation(tmp_path):
    """A rival who does not sign offers his positions: the same as the deal written out."""
    rival = '[actors.rival]\nrole = "mediator"\nposition = { price = "3420000", weeks = "60", warranty = "2" }\n[talks]'
    offer = '{ like = { price = "3.40e6..3.44e6", weeks = 60, warranty = 2 } }'
    scenario = read_scenario(altered(tmp_path, (offer, '{ like = "rival" }'), ("[talks]", rival)))
    found = draw(scenario, np.arange(3), central=True)["buyer.reservation"]
    assert found == pytest.approx(np.full(3, 400_000 / 1_232_000))


def test_words_of_a_scale_are_numbers_that_keep_their_word():
    """Patience is given as "high"."""
    quantity = read_scenario(TURBINES).numbers["buyer.patience"].quantity
    assert (quantity.low, quantity.high, quantity.word) == (0.9, 0.97, "high")
    assert quantity.words() == "high: 0.935 (0.9 to 0.97)"


def test_a_field_can_have_a_scale_of_its_own(tmp_path):
    """Its words win over those for every field."""
    file = altered(tmp_path, ('high = "0.9..0.97"', 'high = "0.9..0.97"\npatience.high = "0.5"'))
    assert read_scenario(file).numbers["buyer.patience"].quantity.value == 0.5


def test_words_of_a_field_may_be_low_and_high(tmp_path):
    """Which a number has as keys too; a table with text under them holds words."""
    words = 'high = "0.9..0.97"\npatience.low = "0.2..0.3"\npatience.high = { value = 0.5, low = 0.4, high = 0.6 }'
    quantity = read_scenario(altered(tmp_path, ('high = "0.9..0.97"', words))).numbers["buyer.patience"].quantity
    assert (quantity.low, quantity.value, quantity.high, quantity.word) == (0.4, 0.5, 0.6, "high")


def test_a_word_that_no_scale_has_is_told_with_the_nearest(tmp_path):
    """At its line, among what the scale has."""
    with pytest.raises(InputError) as caught:
        read_case(altered(tmp_path, ('"high"', '"hihg"')))
    problem = caught.value.problems[0]
    assert (problem.line, problem.nearest) == (27, "high")
    assert "no word of a scale" in problem.message


def test_what_is_left_out_has_a_default_that_check_tells():
    """The seller's patience is drawn from the default's range, and stands among the defaults."""
    case = read_case(TURBINES)
    assert case.scenario.numbers["seller.patience"].quantity.low == LEFT_OUT["patience"]["low"]
    assert defaults(case)["seller.patience"] == "0.9 (0.8 to 0.97)"
    assert check(TURBINES, quick=True).to_json()["defaults"]["talks.protocol"] == "alternating-offers"


def test_a_reservation_that_own_positions_contradict_is_told(tmp_path):
    """Of who states less than things as they are are worth to him, and of who signs nothing."""
    seller = ('reservation = "3,100,000 USD"', 'reservation = "0.2"')
    found = {one.actor: one.doubt for one in own_values(read_scenario(altered(tmp_path, seller)))}
    assert "things as they are are worth 1.00 to seller" in found["seller"]
    assert found["buyer"] == ""


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("USD per week", "EUR per week", "several currencies"),
        ('12,000 ± 2,000 USD per week"', '12,000 USD per day"', "is counted in weeks"),
        ("weeks = 60", "wekes = 60", 'no issue "wekes"'),
        ("weeks = 60", "weeks = 90", "lies outside"),
        ('like = { price = "3.40e6..3.44e6", weeks = 60, warranty = 2 }', 'like = "rivel"', 'no actor "rivel"'),
        ('reservation = "3,100,000 USD"', "reservation = 3100000", "bare number"),
        ('reservation = "3,100,000 USD"', 'reservation = "3,100,000 EUR"', "own value"),
        ("60, warranty = 2 } }", "60, warranty = 2 }, value = 0.3 }", "follows from the deal"),
        ('patience = "high"', 'patience = "high"\nsalience.price = "1"', "not both"),
        ('patience = "high"', 'patience = { like = "status quo" }', "own value"),
    ],
)
def test_mistakes_are_told(tmp_path, old, new, message):
    """Currencies, units, names, levels off the scale, and worths that would be said twice."""
    with pytest.raises(InputError) as caught:
        read_case(altered(tmp_path, (old, new)))
    assert any(message in problem.message + problem.allowed for problem in caught.value.problems)
    assert all(problem.line for problem in caught.value.problems)


@given(st.integers(1, 10**9), st.integers(0, 10**6))
def test_sums_are_read_with_and_without_thousands(number, half):
    """Commas or none, a range or its half-width: the same sum."""
    plain, grouped = amount(f"{number} USD"), amount(f"{number:,} USD")
    assert plain == grouped == {"value": float(number), "unit": "USD"}
    assert amount(f"{number + half}..{number + 3 * half} EUR") == amount(f"{number + 2 * half:,} ± {half:,} EUR")


def test_an_issue_that_is_wrong_brings_no_mistakes_of_its_headline(tmp_path):
    """Outcomes that speak of it, such as "terms.price", are not judged by what stands in its place."""
    folder = Path(__file__).parents[2] / "scenarios" / "purchase"
    text = (folder / "scenario.toml").read_text(encoding="utf-8")
    assert "terms.price" in text
    lines = [line for line in text.splitlines() if not line.startswith("evidence")]
    file = tmp_path / "sale.toml"
    file.write_text("\n".join(lines).replace('kind = "numeric"', 'kind = "numerik"'), encoding="utf-8")
    with pytest.raises(InputError) as refused:
        read_scenario(file)
    told = [problem.message for problem in refused.value.problems]
    assert [message for message in told if "numerik" in message] == 3 * ['"numerik" is not allowed here']
    assert not [message for message in told if "terms." in message]
