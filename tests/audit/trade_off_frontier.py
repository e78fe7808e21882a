"""What is missed at the table against what is taken back, over how soon a refused package is put together anew."""

from dataclasses import replace

from sim.engine import seat
from sim.strategies import TradeOff
from tests.audit.finding import Finding
from tests.audit.tactics import UNSEEN, fitting_worlds, manners

#: Offers of a package before it is put together anew for less; 10_000 are never made.
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
        name = f"{refusals:.0f} offers" if refusals < PATIENT[-1] else "never"
        yield Finding(f"{size}, anew after {name}", told(one))
    soon, late = found[PATIENT[0]], found[PATIENT[-1]]
    yield Finding("sooner misses less and takes back more", f"{soon.missed - late.missed:+.1%}, "
                  f"{soon.takebacks - late.takebacks:+.2f}", "less, more",
                  soon.missed <= late.missed and soon.takebacks > late.takebacks)  # fmt: skip
    narrow = manners(worlds, with_settings(seat(worlds), band=0.1), early=24)
    yield Finding("… at their floor they see only what pays them little (band .1)", told(narrow))
