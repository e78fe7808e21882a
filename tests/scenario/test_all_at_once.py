"""All mistakes of a file are told at once: none waits until another is mended."""

import itertools

import pytest

from sim.foundations import InputError, Problem
from sim.scenario import read_case
from tests.scenario.small_case import SMALL, write_case
from tests.scenario.test_rules import EVIDENCE, MISTAKES

FIELDS = [
    ("rounds = 12", "rounds = -3", "talks.rounds"),
    ('title = "small"', 'titel = "small"', "titel"),
    ("patience = { value = 0.8", "patience = { value = 2.8", "actors.north.patience"),
    ('kind = "categorical"', 'kind = "cat"', "issues.colour.kind"),
    ("rounds = 12", "rounds = 12\nrund = 2", "talks.rund"),
    ("points = 6", "points = 2000000000", "issues.price.points"),
    ('horizon = "5 years"', 'horizon = "5 yers"', "talks.horizon"),
]

ALONE = """
title = "alone"
[issues.price]
levels = ["low", "high"]
status_quo = "hihg"
[actors.seller]
patience = { value = 2, assumed = "x" }
salience.price = { value = 1, assumed = "x" }
position.price = { value = "high", assumed = "x" }
[talks]
rounds = "a"
protocol = "singel-text"
sign = { rule = "k-of-n", k = 9 }
[correlations.two]
numbers = ["seller.patience"]
rank = 3
"""


def places(folder, text):
    """Where something is told to be wrong in a case."""
    folder.mkdir(exist_ok=True)
    (folder / "seed.toml").write_text(EVIDENCE, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_case(write_case(folder, 'evidence = "seed.toml"\n' + text), extra_rules=[protocol_known])
    return {".".join(map(str, problem.path)): problem for problem in caught.value.problems}


def protocol_known(scenario):
    """The rule of a higher layer that protocols are registered, with one protocol."""
    if scenario.talks.protocol == "singel-text":
        yield Problem("no protocol", ("talks", "protocol"))


def test_too_few_actors_hide_nothing(tmp_path):
    """One actor alone, beside mistakes in fields, of length and across keys: each is told, with the counts."""
    found = places(tmp_path, ALONE)
    assert set(found) == {
        "actors",
        "actors.seller.patience",
        "issues.price.status_quo",
        "talks.rounds",
        "talks.protocol",
        "correlations.two.numbers",
        "correlations.two.rank",
    }
    assert found["actors"].message == "2 or more entries are needed here, not 1"
    assert found["correlations.two.numbers"].message == "2 or more entries are needed here, not 1"


def test_lists_that_are_too_short_are_told_beside_what_is_wrong_in_them(tmp_path):
    """An observation with an empty list of claims, a number out of range and an actor that is not there."""
    observed = """
[observations.refuses]
says = "rejects"
actor = "nort"
deals = { kind = "truce", levels = { line = ["front"] } }
bluff = { value = 7, assumed = "x" }
claims = []
"""
    found = places(tmp_path, SMALL + observed)
    assert set(found) == {"observations.refuses.bluff", "observations.refuses.claims", "observations.refuses.actor"}
    assert found["observations.refuses.claims"].message == "1 or more entries are needed here, not 0"


def pairs():
    """Every mistake in a field with every other mistake, in a field or across keys, that stands in another table."""
    across = [(old, new, path) for old, new, path, *_ in MISTAKES]
    for one, other in itertools.product(FIELDS, [*FIELDS, *across]):
        apart = one[2].split(".")[:2] != other[2].split(".")[:2] and other[0] not in one[0] and one[0] not in other[0]
        inside = other[0] in one[1] or one[0] in other[1]
        if apart and not inside:
            yield one, other


def test_a_mistake_in_a_field_does_not_hide_one_across_keys(tmp_path):
    """Two mistakes at once, each found at its keys, whichever they are.

    Left out: what a level of the broken issue is needed for.
    """
    needs = {"issues.colour.kind": ".colour", "issues.price.points": ".price"}
    hidden, tried = [], 0
    for one, other in itertools.islice(pairs(), 0, None, 13):
        if needs.get(one[2], "?") in other[2] or needs.get(other[2], "?") in one[2]:
            continue
        if one[2] == "issues.colour.kind" and "red_lines" in other[2]:
            continue
        text = SMALL.replace(one[0], one[1], 1).replace(other[0], other[1], 1)
        tried += 1
        hidden += [(one[2], other[2])] if not {one[2], other[2]} <= set(places(tmp_path, text)) else []
    assert tried > 20
    assert hidden == []
