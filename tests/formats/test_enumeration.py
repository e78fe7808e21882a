"""Imported domains have the Nash, egalitarian and Kalai-Smorodinsky deals that enumeration by hand finds."""

import itertools
import tomllib

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from sim.formats import FORMATS
from sim.formats.utility_domain import domain_scenario_text
from sim.scenario import Scenario, draw
from sim.solutions import SOLUTIONS, BargainingProblem
from sim.table import DealSpace, build
from tests.formats.domains import domains, source

NAMES = ("nash", "egalitarian", "kalai-smorodinsky")


def utilities(domain):
    """(P, K) utility of every deal for every side, by the definition."""
    rows = []
    for profile in domain.profiles:
        parts = [[w * v for v in row] for w, row in zip(profile.weights, profile.values, strict=True)]
        rows.append([sum(deal) for deal in itertools.product(*parts)])
    return np.array(rows)


def by_hand(worth, reservation):
    """Utilities of the deals that maximise the product, the least gain, and the least gain by its largest."""
    gains = worth - np.array(reservation)[:, None]
    rational = np.flatnonzero((gains >= -1e-12).all(axis=0))
    if not len(rational):
        return dict.fromkeys(NAMES)
    least = gains[:, rational].min(axis=0)
    most = gains[:, rational].max(axis=1)
    scores = {"egalitarian": least}
    if gains[:, rational].prod(axis=0).max() > 1e-9:  # where no deal helps both there is nothing to maximise
        scores["nash"] = gains[:, rational].prod(axis=0)
    if (most > 1e-9).all():
        scores["kalai-smorodinsky"] = (gains[:, rational] / most[:, None]).min(axis=0)
    return {name: float(score.max()) for name, score in scores.items()}


def by_the_case(scenario, worth, reservation):
    """The same numbers of the deals that the program chooses."""
    world = build(DealSpace.of(scenario), draw(scenario, np.zeros(1, int), central=True))
    problem = BargainingProblem.of_table(world.table)
    chosen = {name: np.flatnonzero(SOLUTIONS[name]().ties(problem)[0]) for name in NAMES}
    gains = worth - np.array(reservation)[:, None]
    rational = np.flatnonzero((gains >= -1e-12).all(axis=0))
    most = gains[:, rational].max(axis=1) if len(rational) else None
    found = {}
    for name, deals in chosen.items():
        if not len(deals):
            found[name] = None
            continue
        gain = gains[:, deals[0]]
        found[name] = {
            "nash": gain.prod(),
            "egalitarian": gain.min(),
            "kalai-smorodinsky": (gain / np.where(most > 0, most, 1)).min(),
        }[name]
    return found


@pytest.mark.parametrize("name", ["genius-xml", "geniusweb-json", "negmas-yaml", "negolog-json"])
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_solutions_are_those_of_enumeration(name, data):
    """Whatever the format, and with reservation values wherever it has a place for them."""
    domain = data.draw(domains(best=True))
    kind = FORMATS[name]()
    found = kind.read([source(text, file) for file, text in kind.write(domain)[0].items()])
    scenario = Scenario.model_validate(tomllib.loads(domain_scenario_text(found, "x", "a")[0]))
    worth = utilities(domain)
    reservation = [profile.reservation or 0.0 for profile in found.profiles]
    gains = worth - np.array(reservation)[:, None]
    assume(not ((np.abs(gains) < 1e-6) & (gains != 0)).any())  # ties within rounding are nobody's fault
    wanted, got = by_hand(worth, reservation), by_the_case(scenario, worth, reservation)
    for solution, score in wanted.items():
        assert got[solution] == (None if score is None else pytest.approx(score, abs=1e-7)), solution
