"""A bridge in words: whether it holds is said of fresh draws and of conventions, and only of what was found."""

from dataclasses import replace

import pytest

from sim.bridges import Goal, GoalCheck, bridge
from sim.report.bridge_lead import bridge_headline, how_it_ends, obstacles, trust
from sim.report.bridge_report import BridgeReport
from sim.report.pieces import plain_text
from tests.bridges.test_cheapest_bridge import uncertain

ASKED = 0.6


@pytest.fixture(scope="module")
def found():
    """A bridge that reaches what was asked."""
    return bridge(uncertain(), Goal("truce", "declared", ASKED), draws=200, evaluations=30, checked=0)


@pytest.fixture(scope="module")
def none():
    """The same case, of which more is asked than anybody can do."""
    return bridge(uncertain(), Goal("truce", "declared", 1.0), draws=60, evaluations=20, levers=["cheap"], checked=0)


def checked(chance, *, holds, name="terms"):
    """What came of it somewhere else."""
    return GoalCheck(name, "other", 0.2, chance, 0.04, 300, holds)


def said(found, *conventions, fresh=None):
    """The lines on trust."""
    return list(trust(told(replace(found, conventions=conventions, fresh=fresh or found.fresh))))


def told(found):
    """A bridge with its case, as tellers take it."""
    return BridgeReport(found, uncertain())


@pytest.mark.parametrize(
    ("chance", "holds", "words"),
    [
        (0.7, True, ": it holds."),
        (0.58, True, ": less than 60 %, but within chance of it."),
        (0.3, False, ": it does not hold."),
    ],
)
def test_fresh_draws_confirm_or_deny_what_was_found(found, chance, holds, words):
    """Three verdicts, of which only the first is plain."""
    line = said(found, fresh=checked(chance, holds=holds))[0]
    assert line.endswith(words), line
    assert ("Fresh draws do not bear this out" in bridge_headline(
        told(replace(found, fresh=checked(chance, holds=holds)))
    )) is not holds  # fmt: skip


def test_it_holds_under_all_conventions(found):
    """And where some of them reach it only as far as chance can tell, that is counted."""
    plain, doubtful = checked(0.7, holds=True), checked(0.58, holds=True)
    assert "It holds under all 2 other conventions tried." in said(found, plain, plain)
    assert "It holds under all 2 other conventions tried, 1 of them only as far as chance can tell." in said(
        found, plain, doubtful
    )


def test_the_convention_that_breaks_it_is_named(found):
    """With its setting and how likely the wanted is there."""
    lines = said(found, checked(0.7, holds=True), checked(0.3, holds=False, name="fallback"))
    assert "It breaks under 1 of 2 other conventions: if “fallback” were “other” (30 ± 5 %)." in lines


def test_nothing_is_said_to_hold_where_nothing_was_found(none):
    """Fresh draws and conventions are told of the best, without a verdict on what does not exist."""
    lines = said(none, checked(0.3, holds=False))
    assert not any("it holds" in line.lower() or "does not hold" in line for line in lines)
    assert "Under none of 1 other conventions does this combination reach it either." in lines
    assert any("would reach it: if “terms” were “other”" in line for line in said(none, checked(1.0, holds=True)))


def test_the_binding_reason_is_named_where_no_combination_does(found, none):
    """The largest obstacle comes first and is called so; where something was found, obstacles are just told."""
    assert bridge_headline(told(none)).startswith("No combination of the levers does")
    first = plain_text(next(obstacles(told(none))))
    assert first.startswith("The binding reason: in ")
    assert "acceptable to all who must agree" in first
    assert plain_text(next(obstacles(told(found)))).startswith("In ")


def test_no_convention_was_asked_about(found):
    """Then nothing is said of them."""
    assert not any("convention" in line for line in said(found))


def test_how_it_ends_stands_beside_what_is_signed(found):
    """Shares of endings where they are on record, else that it is not the end; nothing where endings are wanted."""
    told_of = how_it_ends(told(found))
    assert told_of.startswith("With these levers it ends, after ")
    assert sum(found.reasons.endings.values()) == pytest.approx(1)
    before = replace(found, reasons=replace(found.reasons, endings={}))
    assert how_it_ends(told(before)).startswith("That is not the end: ")
    assert not how_it_ends(told(replace(found, goal=Goal("truce", "ending", ASKED))))
