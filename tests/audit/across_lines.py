"""How long one and the same offer across a hard line of the other side is repeated, and what shortens it.

Nobody knows the lines of another, only what he refuses. An offer that is refused so many times in a row is set aside
for good; it costs that its maker takes back what he has given, most of it where no deal suits all.
"""

import numpy as np

from sim.engine import negotiate, seat
from sim.foundations import NO_DEAL
from sim.table import classify
from tests.audit.finding import Finding
from tests.audit.tactics import STEP, UNSEEN, fitting_worlds, manners, published
from tests.audit.trade_off_frontier import PATIENT, with_settings

#: Offers in a row that are many: five years of them, once a month.
LONG = 60
#: Share of the sides that may.
FEW = 0.01


def repeated(worlds, rules=None):
    """Hold the talks and count what is offered ``in_a_row``, of those who sign."""
    talks = negotiate(rules or seat(worlds), worlds.table, worlds.draws.dice.child("talks", 0), keep_log=True)
    return in_a_row(talks.log, worlds.permitted, worlds.table.order)


def in_a_row(log, permitted, order):
    """How often in a row each of ``order`` makes one and the same offer across a hard line of another.

    Returns:
        (B, S) the longest row, 0 for none, and the deal of it
    """
    rows, sides = np.arange(len(permitted)), list(order)
    last = np.full((len(rows), len(sides)), NO_DEAL)
    row, longest, deal = np.zeros_like(last), np.zeros_like(last), last.copy()
    for one in log:
        if one.act != "offer":
            continue
        me, said = sides.index(one.actor), one.deal != NO_DEAL
        free = permitted[rows, :, np.maximum(one.deal, 0)]
        across = said & ~free[:, [other for other in sides if other != one.actor]].all(axis=1)
        more = np.where(one.deal == last[:, me], row[:, me] + 1, 1)
        row[:, me] = np.where(across, more, np.where(said, 0, row[:, me]))
        last[:, me] = np.where(said, one.deal, last[:, me])
        deal[:, me] = np.where(row[:, me] > longest[:, me], one.deal, deal[:, me])
        longest[:, me] = np.maximum(longest[:, me], row[:, me])
    return longest, deal


def as_good_elsewhere(worlds, deal):
    """(B, S) whether another deal, across no hard line of another, is worth as much to a side as this one."""
    table, sides, found = worlds.table, list(worlds.table.order), []
    for me, actor in enumerate(sides):
        free = worlds.permitted[:, [other for other in sides if other != actor]].all(axis=1)
        worth = np.take_along_axis(table.payoff[:, actor], np.maximum(deal[:, me], 0)[:, None], axis=1)
        found.append((worlds.accepts[:, actor] & free & (table.payoff[:, actor] >= worth - STEP)).any(axis=1))
    return np.stack(found, axis=1)


def needless(worlds, rules=None):
    """Share of the sides that make one offer across a hard line over ``LONG`` times though another is as good."""
    longest, deal = repeated(worlds, rules)
    return ((longest > LONG) & as_good_elsewhere(worlds, deal)).mean()


def findings(draws=3_000):
    """Worlds of the ceasefire case that no setting was chosen by; the published curve and other settings beside."""
    worlds = fitting_worlds("ceasefire", draws, UNSEEN)
    possible, curve = classify(worlds).any, published(worlds)
    spans = [np.quantile(repeated(worlds, rules)[0][possible].max(axis=1), (0.5, 0.9)) for rules in (None, curve)]
    told = f"{len(possible)} worlds"
    often = "median {:.0f}, 9 in 10 {:.0f} (published curve {:.0f}, {:.0f})".format(*spans[0], *spans[1])
    yield Finding(f"{told}: where a deal suits all, the same offer across a hard line in a row, at most", often)
    found = needless(worlds)
    yield Finding(f"{told}: sides that make it over {LONG} times though one across none is worth as much to them",
                  f"{found:.1%} (published curve {needless(worlds, curve):.1%})", f"at most {FEW:.0%}",
                  found <= FEW)  # fmt: skip
    for refusals in (15.0, 60.0, 10_000.0):
        rules = with_settings(seat(worlds), refusals=refusals)
        words = f"set aside after {refusals:.0f}" if refusals < max(PATIENT) else "never set aside"
        back = manners(worlds, rules).takebacks
        yield Finding(f"… {words}", f"{needless(worlds, rules):.1%}, {back:.2f} takebacks in a transcript")
