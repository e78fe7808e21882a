"""How fast each side gives in, as people say it, and what that rests on."""

from __future__ import annotations

import math
from typing import Final

from sim.scenario import Scenario
from sim.scenario.quantity import Quantity
from sim.words.numbers import duration, enumerated
from sim.words.titles import actor_title

_LN2: Final = math.log(2)


def speed_sentence(scenario: Scenario) -> str:
    """Say within what time what each still asks for halves, and whether that is drawn, counted or assumed.

    Only of those who concede by the time that has passed, since nobody else has a speed; empty where nobody does.
    """
    found: dict[str, list[str]] = {}
    for name, strategy in scenario.talks.strategies.items():
        speed = strategy.settings.get("speed")
        if strategy.aspiration == "elapsed-time" and speed is not None:
            found.setdefault(_halves(speed), []).append(actor_title(scenario, name))
    told = [f"{enumerated(who)} {'give' if len(who) > 1 else 'gives'} up {how}" for how, who in found.items()]
    return f"Of what is still asked for {enumerated(told)}." if told else ""


def _halves(speed: Quantity) -> str:
    """Half in so much time, drawn or not, and on what ground."""
    least, most = (speed.low, speed.high) if speed.spread else (None, None)
    slow, fast = _half_life(least, speed), _half_life(most, speed)
    span = slow if slow == fast else f"{fast} to {slow}"
    ground = "from claims" if speed.claims else "from rates" if speed.rates else "assumed"
    return f"half in {span} ({'drawn, ' if speed.spread else ''}{ground})"


def _half_life(end: float | str | None, speed: Quantity) -> str:
    """How long it takes at one end of the range, at the central value where there is none; never at a speed of 0."""
    rate = float(speed.value if end is None else end)
    return duration(_LN2 / rate) if rate > 0 else "never"
