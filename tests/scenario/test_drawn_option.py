"""Settings that are drawn: read, written, refused, and numbers like any other."""

import pickle

import pytest

from sim.engine import talk_rules
from sim.foundations import InputError
from sim.scenario import Scenario, change
from sim.scenario.drawn_option import DrawnOption, options_of

ACTOR = {"patience": {"value": 0.9}, "reservation": {"value": 0}, "salience": {"x": {"value": 1}},
         "position": {"x": {"value": "a"}}}  # fmt: skip
TOY = Scenario(
    title="toy", default_assumed="toy", issues={"x": {"levels": ["a", "b"], "status_quo": "a"}},
    actors={"p": ACTOR, "q": ACTOR},
)  # fmt: skip
TABLE = {"options": {"zeuthen": 1, "alternating-offers": 3}, "assumed": "nobody knows"}


def test_a_table_is_read_like_the_likeliest_option():
    """As text it is the central option; behind it are all, in the order of the file."""
    found = change(TOY, {"talks.protocol": TABLE})
    assert found.talks.protocol == "alternating-offers"
    assert options_of(found.talks.protocol) == ("zeuthen", "alternating-offers")
    (number,) = found.choices
    assert (number.path, number.options) == ("talks.protocol", ("zeuthen", "alternating-offers"))
    assert found.numbers["talks.protocol"].quantity.spread


def test_a_list_makes_options_alike():
    """Without weights each is as likely; the first is the central one unless another is named."""
    found = change(TOY, {"conventions.red_line": {"options": ["drawn", "any step"], "assumed": "x"}})
    assert found.conventions.red_line == "drawn"
    assert found.conventions.red_line.quantity.options == {"drawn": 1, "any step": 1}
    named = change(TOY, {"talks.rounds": {"options": [12, 24], "value": 24, "assumed": "x"}})
    assert named.talks.talk_rounds == 24


@pytest.mark.parametrize(
    ("option", "message"), [("soon", "is no duration"), ("2026-05-01", "is a day"), ("0", "at least")]
)
def test_every_option_for_the_length_of_talks_is_one(option, message):
    """Not only the central one."""
    with pytest.raises(InputError, match=message):
        change(TOY, {"talks.rounds": {"options": ["12", option], "assumed": "x"}})


def test_it_is_written_and_read_again():
    """Dumped, validated and pickled it stays what it is; a plain setting takes its place."""
    found = change(TOY, {"talks.protocol": TABLE})
    again = Scenario.model_validate(found.model_dump())
    assert isinstance(again.talks.protocol, DrawnOption)
    assert again.talks.protocol.quantity == found.talks.protocol.quantity
    assert pickle.loads(pickle.dumps(found)).talks.protocol.options == found.talks.protocol.options  # noqa: S301
    assert change(found, {"talks.protocol": "zeuthen"}).choices == ()


@pytest.mark.parametrize(
    ("path", "table", "message"),
    [
        ("conventions.red_line", {"options": ["drawn", "any stp"]}, "any stp"),
        ("conventions.alternative", {"options": []}, "options must be"),
        ("conventions.alternative", {"chances": ["war"]}, "not known here"),
        ("conventions.alternative", {"options": {"war": -1, "talks": 1}}, "weights of 0 or more"),
        ("conventions.alternative", {"options": {"war": "much"}}, "must be numbers"),
        ("conventions.alternative", {"options": ["war"], "value": "talks"}, "not one of the options"),
    ],
)
def test_wrong_tables_are_refused(path, table, message):
    """Each with what is wrong about it."""
    with pytest.raises(InputError, match=message):
        change(TOY, {path: table})


def test_every_option_must_be_registered():
    """And a setting has to belong to one of them at least."""
    wrong = change(TOY, {"talks.protocol": {"options": ["zeuthen", "zeuten"]}})
    assert [problem.nearest for problem in talk_rules(wrong)] == ["zeuthen"]
    right = change(TOY, {"talks.protocol": TABLE, "talks.settings": {"concession": "one-step"}})
    assert talk_rules(right) == []
    unknown = change(TOY, {"talks.protocol": TABLE, "talks.settings": {"nothing": 1}})
    assert talk_rules(unknown)
