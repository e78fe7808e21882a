"""No answer of any case changes unless somebody means it."""

import json

import pytest

from tests.golden.kept import CASES, HERE, asked

#: Those that take longer are looked at with the slow tests.
LONG = {
    "buyer_seller",
    "coalition",
    "emission_standards",
    "monitored_deal",
    "purchase",
    "river_dam",
    "summit",
    "treaty_articles",
}


@pytest.mark.parametrize(
    "case",
    [pytest.param(case, marks=pytest.mark.slow) if flips or case in LONG else case for case, flips in CASES.items()],
)
def test_answers_are_those_that_are_kept(case):
    """Every case answers what is kept; what changes on purpose is kept anew by `python -m tests.golden.kept`."""
    assert asked(case) == json.loads((HERE / f"{case}.json").read_text(encoding="utf-8"))
