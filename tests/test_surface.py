"""What others build on stays: every promised name is there and takes what it took."""

import json

import pytest

from tests.surface import FILE, surface


@pytest.mark.slow
def test_promised_names_are_there_and_take_what_they_took():
    """A name may come, and a parameter; none of those in the list goes without a word in the changelog."""
    found = surface()
    promised = json.loads(FILE.read_text(encoding="utf-8"))
    gone = sorted(set(promised) - set(found))
    assert not gone, gone
    lost = {name: sorted(set(takes) - set(found[name])) for name, takes in promised.items()}
    assert {name: names for name, names in lost.items() if names} == {}


def test_everything_that_a_member_needs_is_promised():
    """The registries, what a member derives from, what it is given, and the five names that benchmarks import."""
    promised = json.loads(FILE.read_text(encoding="utf-8"))
    for name in (
        "sim.protocols.AbstractProtocol", "sim.protocols.PROTOCOLS", "sim.strategies.AbstractAspiration",
        "sim.solutions.AbstractSolution", "sim.forecasts.AbstractForecast", "sim.contracts.check",
        "sim.engine.negotiate", "sim.foundations.Dice", "sim.protocols.AlternatingOffers", "sim.table.BargainingTable",
        "sim.run", "sim.play_case",
    ):  # fmt: skip
        assert name in promised
