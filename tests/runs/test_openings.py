"""What would open a deal: worlds made so that one change is needed, or two, and lines that can and cannot bar all."""

import numpy as np
import pytest

from sim.runs.barring_lines import lines_can_bar_all
from sim.runs.openings import openings
from sim.scenario import Scenario, change, read_case
from tests.shipped import shipped


def number(value, low=None, high=None):
    """A number as a file holds it."""
    span = {} if low is None else {"low": low, "high": high}
    return {"value": value, "assumed": "toy", **span}


def line(firmness=1.0, begins="b"):
    """A red line on the only level besides the status quo."""
    return {"issue": "x", "rejects": "b", "begins": number(begins), "firmness": number(firmness)}


def toy(*, lines=("q",), worth=0.2):
    """One issue; a deal that changes it pays for both unless the worth of no deal to q is high."""
    issue = {"levels": ["a", "b"], "status_quo": "a"}
    other = {"levels": ["c", "d"], "status_quo": "c"}
    p, q = (
        {"patience": number(0.9), "salience": {"x": number(x), "y": number(3 - x)}} for x in (2.0, 1.0)
    )  # what each gives up is worth half of what it gets
    raw = {
        "title": "toy",
        "issues": {"x": issue, "y": other},
        "actors": {
            "p": p
            | {"position": {"x": number("b"), "y": number("c")}, "reservation": number(0.6)}
            | {"red_lines": {"x": line()} if "p" in lines else {}},
            "q": q
            | {
                "position": {"x": number("a"), "y": number("d")},
                "reservation": worth if isinstance(worth, dict) else number(worth),
            }
            | {"red_lines": {"x": line()} if "q" in lines else {}},
        },
    }
    return Scenario.model_validate(raw)


def test_a_lone_red_line_has_all_the_blame():
    """Each deal that pays for both crosses the line of q: without it there is one in every world, and it is signed."""
    found = openings(toy(), 12)
    assert (found.worlds, found.one, found.two) == (12, 1.0, 0.0)
    assert found.singles[0].changes == (("q", "red_lines.x", "none"),)
    assert found.singles[0].blame == 1.0
    assert found.singles[0].then.share["deal"] == 1.0
    assert found.barred == 1.0
    assert found.lines == {"q.red_lines.x": 1.0}
    assert found.deals[0].levels["x"] == "b"


def test_two_lines_share_the_blame_and_only_fall_together():
    """Where both have a line on the same level no single change opens a deal; the two together do."""
    found = openings(toy(lines=("p", "q")), 12)
    assert (found.one, found.two) == (0.0, 1.0)
    assert set(found.pairs[0].changes) == {("p", "red_lines.x", "none"), ("q", "red_lines.x", "none")}
    assert found.singles == ()


def test_numbers_are_moved_within_their_range():
    """A worth of no deal that is mostly too high opens a deal at the low end of its range; nothing is barred."""
    found = openings(toy(lines=(), worth=number(0.95, 0.4, 1.0)), 40)
    assert found.one == 1.0
    assert found.singles[0].changes == (("q", "reservation", "low"),)
    assert found.barred == 0.0


def test_nothing_is_told_where_deals_suit_all():
    """Without a world in which no deal suits all there is nothing to open."""
    assert openings(toy(lines=()), 12) is None


def test_a_structural_zero_is_known():
    """A line on one level leaves another deal; lines on both levels of all there is could bar everything."""
    assert not lines_can_bar_all(toy())
    only = change(toy(lines=("p", "q")), {"issues.x.available": ["b"]})
    assert lines_can_bar_all(only)
    soft = change(only, {"actors.p.red_lines.x.firmness": number(0.0), "actors.q.red_lines.x.firmness": number(0.0)})
    assert not lines_can_bar_all(soft)


@pytest.mark.slow
def test_the_war_of_the_report_opens_by_few_changes():
    """In the ceasefire case one change or two open a deal nearly everywhere; damage, belief and lines lead."""
    found = openings(shipped("ceasefire"), 150)
    assert found.one + found.two > 0.8
    assert np.isclose(sum(one.blame for one in found.singles), 1.0, atol=0.5)
    names = {one.changes[0][:2] for one in found.singles}
    assert names & {("russia", "damage"), ("russia", "belief")}
    assert all(found.singles[n].share >= found.singles[n + 1].share for n in range(len(found.singles) - 1))


@pytest.mark.slow
def test_what_cannot_occur_depends_on_who_has_lines():
    """With a line of Moscow's red lines alone may bar every deal; where it has none they cannot."""
    assert lines_can_bar_all(shipped("ceasefire"))
    assert not lines_can_bar_all(read_case("scenarios/ceasefire", overlay="moscow-might-withdraw").scenario)
