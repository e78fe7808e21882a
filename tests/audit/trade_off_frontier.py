"""What is missed at the table against what is taken back, over how soon a refused offer is set aside.

The mark of 0.13 takebacks was set in talks of two years, and holds there. Over ten years no setting that was tried has
both it and the mark for what is missed: nine takebacks in ten stand in worlds that have no deal for all, and nobody
there can know.
"""

from dataclasses import replace

from sim.engine import negotiate, seat
from sim.strategies import TradeOff
from sim.table import classify
from tests.audit.finding import Finding
from tests.audit.tactics import UNSEEN, fitting_worlds, manners, takebacks

#: Offers in a row before one is set aside; 10_000 are never made.
PATIENT = (15.0, 30.0, 60.0, 90.0, 10_000.0)


def with_settings(rules, **settings):
    """The rules of the talks with other settings of the trade-offs of everybody."""
    kept = [
        replace(one, offering=replace(one.offering, **settings)) if isinstance(one.offering, TradeOff) else one
        for one in rules.negotiators
    ]
    return replace(rules, negotiators=tuple(kept))


def told(found):
    """Missed, efficient, takebacks in the first two years and in all."""
    return f"{found.missed:.1%} / {found.efficient:.0%} / {found.early:.2f} / {found.takebacks:.2f}"


def findings(draws=3_000):
    """The same worlds that no setting was chosen by, under each; and with eyes for the worst deals of his own alone."""
    worlds = fitting_worlds("ceasefire", draws, UNSEEN)
    found = {
        refusals: manners(worlds, with_settings(seat(worlds), refusals=refusals), early=24) for refusals in PATIENT
    }
    size = f"{found[PATIENT[0]].worlds} worlds: missed / efficient / taken back in 24 rounds / in all"
    for refusals, one in found.items():
        name = f"after {refusals:.0f}" if refusals < PATIENT[-1] else "never"
        yield Finding(f"{size}, set aside {name}", told(one))
    soon, late = found[PATIENT[0]], found[PATIENT[-1]]
    yield Finding("sooner misses less and takes back more", f"{soon.missed - late.missed:+.1%}, "
                  f"{soon.takebacks - late.takebacks:+.2f}", "less, more",
                  soon.missed <= late.missed and soon.takebacks > late.takebacks)  # fmt: skip
    for words, settings in (
        ("… at their floor they see only what pays them little (band .1)", {"band": 0.1}),
        (
            "… six times as much is given for what is taken back, set aside after 60",
            {"compensation": 6.0, "refusals": 60.0},
        ),
    ):
        yield Finding(words, told(manners(worlds, with_settings(seat(worlds), **settings), early=24)))
    possible, back = with_and_without(worlds)
    yield Finding("… of what is taken back, in worlds without any deal for all", f"{back:.0%}")
    yield Finding("… which are", f"{1 - possible:.0%} of them")


def with_and_without(worlds):
    """Share of the worlds in which all could accept some deal, and of the takebacks that stand in the others."""
    log = negotiate(seat(worlds), worlds.table, worlds.draws.dice.child("talks", 0), keep_log=True).log
    possible, back = classify(worlds).any, takebacks(worlds.table, log)
    return possible.mean(), back[~possible].sum() / max(back.sum(), 1)
