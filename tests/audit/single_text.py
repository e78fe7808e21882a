"""Whether a mediator who writes one text finds what both sides could sign."""

from sim.engine import negotiate
from sim.foundations import NO_DEAL
from sim.protocols import SingleText
from sim.table import classify
from tests.audit.finding import Finding
from tests.audit.tactics import fitting_worlds

ROUNDS = 24


def missed(worlds, **settings):
    """Share of the worlds with some deal for all in which the text is not signed, and of how many."""
    possible = classify(worlds).any
    talks = negotiate(SingleText(ROUNDS, **settings), worlds.table, worlds.draws.dice.child("talks", 0))
    return float((possible & (talks.deal == NO_DEAL)).sum() / possible.sum()), int(possible.sum())


def findings(draws=900):
    """Of the ceasefire worlds that fit, with a mediator who wants nothing and with Washington, who does."""
    worlds = fitting_worlds("ceasefire", draws)
    for told, settings in (("who wants nothing", {}), ("with Washington's aims", {"mediator": "us"})):
        share, size = missed(worlds, **settings)
        yield Finding(f"agreements missed by one text of a mediator {told}", f"{share:.1%} of {size}",
                      "at most 5 %" if not settings else "", share <= 0.05 if not settings else None)  # fmt: skip
