"""Whether what a deal is said to be worth is what it turns out to be worth when it is played."""

from tests.audit.finding import Finding
from tests.engine.test_value_equals_play import CASES, aided, converting, realised, staged

#: What is to be in both -> its case in ``tests/engine/test_value_equals_play.py``.
WITH = {
    "signing again after a collapse": "signed again, delay",
    "signing again, deals fragile": "signed again, fragile",
    "a collapse that teaches": "a collapse teaches",
    "chances that fall with age": "hardens, fragile",
    "chances that rise with age": "wears out",
    "a change of who prevails": "signed again, who prevails",
    "a front that moves": "the front moves, signed again, delay",
    "pressure, paid once": "pressed once",
    "pressure, paid each time": "pressed each time",
    "pressure that makes deals fragile": "pressed deals are fragile",
}
AID = {"m": 0.15, "reopen": 0.5, "lasts": 1.0, "swing": 0.2, "theta": 0.3, "horizon": 6}
#: Standard errors beyond which value and play differ.
MOST = 4.0


def told(what, worlds, deal, agreed=0):
    """By how many standard errors play is above value, for the actor whose beliefs are true."""
    mean, expected, error = realised(worlds, deal, 0, agreed)
    away = (mean - expected) / error
    return Finding(f"{what}: value, and mean of what was played", f"{expected:.4f}, {mean:.4f} (z = {away:+.1f})",
                   f"within {MOST:.0f} errors", bool(abs(away) < MOST))  # fmt: skip


def findings(draws=None):
    """Each in a small dispute of 40,000 worlds, whatever is asked."""
    del draws
    for what, name in WITH.items():
        worlds, deal = staged(CASES[name], "A")
        yield told(what, worlds, deal, CASES[name].get("agreed", 0))
    for what, more in (("talks that follow a truce", {}), ("… while a front moves", {"front": 0.05, "delay": 3.0})):
        yield told(what, *converting(more))
    for use in (0.5, 1.0):
        yield told(f"aid to the other side, used {use:.0%}", *aided(AID, use))
