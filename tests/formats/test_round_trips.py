"""What both sides hold comes back as it was, through files and through scenarios."""

import dataclasses
import tomllib

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sim.formats import FORMATS
from sim.formats.stakeholder_table import scenario_text, table_of
from sim.formats.utility_domain import domain_of, domain_scenario_text
from sim.scenario import Scenario, rule_problems
from tests.formats.domains import WORDS, domains, source, tables

FEW = settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
#: Decide's files have no way to write an apostrophe.
PLAIN = WORDS.map(lambda word: word.replace("'", "")).map(str.strip).filter(bool)


def near(one, other):
    """Numbers that differ by no more than rounding."""
    if one is None or other is None:
        return one is other
    return one == pytest.approx(other, rel=1e-9, abs=1e-9)


def same_table(one, other):
    """Actors, issues, positions, saliences and capabilities are the same."""
    assert [issue.name for issue in one.issues] == [issue.name for issue in other.issues]
    assert len(one.actors) == len(other.actors)
    for left, right in zip(one.actors, other.actors, strict=True):
        assert (left.name, left.description) == (right.name, right.description)
        assert near(left.capability, right.capability)
        assert all(map(near, left.position, right.position))
        assert all(map(near, left.salience, right.salience))


def same_domain(one, other):
    """Issues, levels, weights, values and reservations are the same."""
    assert one.issues == other.issues
    for left, right in zip(one.profiles, other.profiles, strict=True):
        assert left.weights == pytest.approx(right.weights, abs=1e-9)
        assert near(left.reservation, right.reservation)
        for row, again in zip(left.values, right.values, strict=True):
            assert row == pytest.approx(again, abs=1e-9)


@pytest.mark.parametrize("name", ["ktab-csv", "ktab-xml"])
@FEW
@given(table=tables())
def test_tables_of_ktab_come_back(name, table):
    """Title, names, descriptions, influence, positions and saliences."""
    kind = FORMATS[name]()
    text, notes = kind.write(table)
    assert notes == []
    found = kind.read([source(text, "a.csv")])
    same_table(found, table)
    assert (found.title, found.about) == (table.title, table.about)


@pytest.mark.slow
@FEW
@given(table=tables(scale=1, words=PLAIN, gaps=True))
def test_tables_of_decide_come_back(table):
    """Scales and gaps as well; only the title has no place in the file, and it is listed."""
    kind = FORMATS["decide"]()
    text, notes = kind.write(table)
    found = kind.read([source(text, "a.txt")])
    same_table(found, table)
    assert [(issue.low, issue.high) for issue in found.issues] == [(issue.low, issue.high) for issue in table.issues]
    assert notes == [f"the title: {table.title}"]


@pytest.mark.slow
@FEW
@given(table=tables(scale=1, words=WORDS.map(lambda word: f"x{word}")))
def test_plain_tables_come_back(table):
    """All but the title, and ends of scales that no position shows."""
    kind = FORMATS["positions-csv"]()
    text, _ = kind.write(table)
    same_table(kind.read([source(text, "a.csv")]), table)


@pytest.mark.slow
@FEW
@given(table=st.one_of(tables(), tables(scale=1, gaps=True)))
def test_tables_come_back_from_scenarios(table):
    """The scenario is sound, and holds everything that the table does but for short names that paths cannot hold."""
    text = scenario_text(table, "x", "a.csv (ktab-csv)")
    scenario = Scenario.model_validate(tomllib.loads(text))
    assert rule_problems(scenario) == []
    found = table_of(scenario)
    for left, right in zip(found.actors, table.actors, strict=True):
        assert left.description == right.description or right.description in left.description
        assert near(left.capability, right.capability)
        assert all(map(near, left.position, right.position))
        assert all(map(near, left.salience, right.salience))
    if all(name.isalnum() for actor in table.actors for name in (actor.name,)):
        assert [actor.name for actor in found.actors] == [actor.name for actor in table.actors]
    assert found.of == table.of
    assert [issue.name for issue in found.issues] == [issue.name for issue in table.issues]
    assert [(issue.low, issue.high) for issue in found.issues] == [(issue.low, issue.high) for issue in table.issues]


@pytest.mark.slow
@pytest.mark.parametrize("name", ["genius-xml", "geniusweb-json", "negmas-yaml", "negolog-json"])
@FEW
@given(data=st.data())
def test_domains_come_back(name, data):
    """Issues, levels, weights, values, and what no deal is worth where the format has a place for it."""
    domain = data.draw(domains(numeric=name != "negolog-json", best=name == "genius-xml"))
    kind = FORMATS[name]()
    texts, _ = kind.write(domain)
    found = kind.read([source(text, file) for file, text in texts.items()])
    if name == "geniusweb-json":  # a bid stands for the reservation value, and none may be worth just that
        held = zip(found.profiles, domain.profiles, strict=True)
        wanted = [right.reservation if left.reservation is not None else None for left, right in held]
        profiles = [
            dataclasses.replace(one, reservation=worth) for one, worth in zip(domain.profiles, wanted, strict=True)
        ]
        domain = dataclasses.replace(domain, profiles=tuple(profiles))
    same_domain(found, domain)


@FEW
@given(domain=domains(numeric=True, sides=3))
def test_domains_come_back_from_scenarios(domain):
    """The scenario is sound and holds everything that the domain does."""
    text, notes = domain_scenario_text(domain, "x", "a.json (negolog-json)")
    assert notes == []
    scenario = Scenario.model_validate(tomllib.loads(text))
    assert rule_problems(scenario) == []
    found = domain_of(scenario)
    same_domain(found, domain)
    assert [profile.name for profile in found.profiles] == [profile.name for profile in domain.profiles]
    assert found.name == domain.name


def test_a_discount_over_the_whole_of_the_talks_comes_back():
    """GENIUS's discount is the patience per year of talks that last a year."""
    kind = FORMATS["genius-xml"]()
    profile = (
        '<utility_space><objective index="0"><weight index="1" value="1.0"/><issue index="1" name="x" type="discrete">'
        '<item index="1" value="a" evaluation="1"/><item index="2" value="b" evaluation="4"/></issue></objective>'
        '<discount_factor value="0.7"/><reservation value="0.3"/></utility_space>'
    )
    found = kind.read([source(profile, "p.xml"), source(profile, "q.xml")])
    assert found.profiles[0].values == ((0.25, 1.0),)
    scenario = Scenario.model_validate(tomllib.loads(domain_scenario_text(found, "x", "p.xml")[0]))
    assert scenario.actors["p"].patience.value == 0.7
    assert domain_of(scenario).profiles[0].discount == pytest.approx(0.7)
