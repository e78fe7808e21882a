"""How fast each side gives in, as people say it, and what that rests on."""

from __future__ import annotations

import math
from typing import Final

from sim.scenario import Scenario
from sim.scenario.quantity import Quantity
from sim.words.numbers import duration, enumerated
from sim.words.titles import actor_title

_LN2: Final = math.log(2)
_NEVER: Final = "never"


def speed_sentence(scenario: Scenario) -> str:
    """Say in what time what each still asks for halves, and whether that is drawn, counted or assumed.

    Only of those who concede by the time that has passed, since nobody else has a speed; empty where nobody does.
    """
    found: dict[str, list[str]] = {}
    for name, strategy in scenario.talks.strategies.items():
        speed = strategy.settings.get("speed")
        if strategy.aspiration == "elapsed-time" and speed is not None:
            found.setdefault(_halves(speed), []).append(actor_title(scenario, name))
    told = [_gives_in(who, how) for how, who in found.items()]
    return f"{enumerated(told)}." if told else ""


def _gives_in(who: list[str], how: str) -> str:
    """Who halves what is still asked for in what time, or never gives way."""
    many = len(who) > 1
    if how.startswith(_NEVER):
        return f"{enumerated(who)} never {'give' if many else 'gives'} way{how.removeprefix(_NEVER)}"
    return f"{enumerated(who)} {'halve what they still ask' if many else 'halves what it still asks'} for {how}"


def _halves(speed: Quantity) -> str:
    """In what time, drawn or not, and on what ground."""
    least, most = (speed.low, speed.high) if speed.spread else (None, None)
    slow, fast = _half_life(least, speed), _half_life(most, speed)
    count, _, unit = fast.partition(" ")
    if slow == fast:
        span = slow if slow == _NEVER else f"in {slow}"
    elif slow == _NEVER:
        span = f"in {fast} or {slow}"
    else:
        span = f"in {count if slow.endswith(f' {unit}') else fast} to {slow}"
    ground = "from claims" if speed.claims else "from rates" if speed.rates else "assumed"
    return f"{span} ({'drawn, ' if speed.spread else ''}{ground})"


def _half_life(end: float | str | None, speed: Quantity) -> str:
    """How long it takes at one end of the range, at the central value where there is none; never at a speed of 0."""
    rate = float(speed.value if end is None else end)
    return duration(_LN2 / rate) if rate > 0 else _NEVER
