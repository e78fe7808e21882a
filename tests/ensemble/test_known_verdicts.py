"""Verdicts that are not worked out twice."""

import numpy as np
import pytest

from sim.ensemble import Rows, known_verdicts
from sim.ensemble.judging import Judge
from sim.ensemble.known_verdicts import KnownVerdicts
from sim.scenario import change
from tests.engine.staged import with_numbers
from tests.ensemble.refused_half import refused_half
from tests.table.dispute import number

WORLDS = np.arange(30)


@pytest.fixture(scope="module")
def refused():
    """A was seen to refuse half of the pie."""
    return refused_half()


@pytest.fixture
def looked(monkeypatch):
    """Numbers of worlds that were looked at, each time that some were."""
    sizes = []
    real = known_verdicts.observed

    def watched(space, rows):
        sizes.append(len(rows))
        return real(space, rows)

    monkeypatch.setattr(known_verdicts, "observed", watched)
    return sizes


def drawn(scenario, **more):
    """Some worlds of it, drawn."""
    rows = Rows(WORLDS, **more)
    return Rows(WORLDS, drawn=rows.draws(scenario))


@pytest.mark.parametrize(
    "changes", [{"talks.protocol": "single-text", "talks.settings": {}}, {"talks.order": ["B", "A"]}]
)
def test_who_talks_in_another_way_is_not_judged_again(refused, looked, changes):
    """Protocol and order change no verdict, and nothing is looked at for it."""
    known, other = KnownVerdicts(), change(refused, changes)
    first, second = (known.of(one, [drawn(one)])[0] for one in (refused, other))
    assert looked == [len(WORLDS)]
    assert second.tolist() == first.tolist() == Judge(other).fitting(Rows(WORLDS)).tolist()
    assert 0 < first.sum() < len(WORLDS)


def test_another_world_is_judged_by_itself(refused, looked):
    """Another number, fixed or drawn from another range, is another world; so are other worlds."""
    known = KnownVerdicts()
    other = with_numbers(refused, {"actors.A.reservation": number(0.1, 0.0, 0.6)})
    fixed = drawn(refused, fixed={"A.reservation": 0.9})
    found = [known.of(refused, [drawn(refused), fixed]), known.of(other, [drawn(other)])]
    assert looked == [2 * len(WORLDS), len(WORLDS)]
    assert found[0][0].sum() < found[0][1].sum() == len(WORLDS)
    assert found[1][0].tolist() == Judge(other).fitting(Rows(WORLDS)).tolist() != found[0][0].tolist()


def test_a_verdict_that_is_given_is_taken_over(refused, looked):
    """What somebody worked out part by part counts for the whole."""
    known, given = KnownVerdicts(), np.arange(30) % 2 == 0
    known.remember(refused, drawn(refused), given)
    assert known.of(refused, [drawn(refused)])[0].tolist() == given.tolist()
    assert not looked
