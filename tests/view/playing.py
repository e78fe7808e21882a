"""A small case opened in the viewer, quick enough to be played in every test."""

import pytest

from sim.view import Session, open_case
from tests.scenario.small_case import SMALL, write_case

DRAWS = 60

#: What was said in the small case, so that some worlds fit and some do not.
OBSERVED = """
[observations.refuses]
actor = "south"
says = "rejects"
deals = { kind = "truce" }
bluff = { value = 0.2, assumed = "x" }
claims = ["no-truce"]
"""
CLAIMS = f"""
[article]
title = "small talk"
sha256 = "{"0" * 64}"
[claims.no-truce]
paragraph = 1
speaker = "south"
about = ["south"]
says = "a truce is not enough"
kind = "stated"
"""
#: A what-if that changes a range and what is on offer.
HARDER = """
extends = "../scenario.toml"
title = "harder"
[issues.price]
available = [0, 4, 8]
[actors.north]
war_cost = { value = 0.02, low = 0, high = 0.05, assumed = "x" }
"""


def observed_case(folder):
    """The small case with an observation and an overlay, in a folder of scenarios."""
    (folder / "seeds").mkdir()
    (folder / "seeds" / "small.toml").write_text(CLAIMS, encoding="utf-8")
    head = 'evidence = "../../seeds/small.toml"\n'
    return write_case(folder / "scenarios" / "small", head + SMALL + OBSERVED, harder=HARDER)


@pytest.fixture(scope="session")
def place(tmp_path_factory):
    """Folder of the small case."""
    return observed_case(tmp_path_factory.mktemp("view"))


@pytest.fixture
def session(place):
    """A session with every slider there can be."""
    found = Session(open_case(place, draws=DRAWS))
    for path in found.addable():
        found.add(path)
    return found
