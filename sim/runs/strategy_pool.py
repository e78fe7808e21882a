"""Strategies that a tournament lets parties choose from, by short names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from sim.foundations import InputError, Problem, nearest, settings_of
from sim.strategies import ASPIRATIONS

#: What a party does in the case.
OWN: Final = "own"
#: Short name -> aspiration and its settings.
_SHORT: Final[Mapping[str, tuple[str, Mapping[str, float]]]] = {
    "hold-out": ("hard-liner", {}),
    "boulware": ("time-dependent", {"exponent": 0.2}),
    "linear": ("time-dependent", {"exponent": 1.0}),
    "conceder": ("time-dependent", {"exponent": 5.0}),
}
#: Chosen from where nobody says what.
USUAL: Final = (OWN, "hold-out", "boulware", "linear", "conceder")


@dataclass(frozen=True)
class PooledStrategy:
    """A strategy that may be chosen.

    name:       as it is told
    aspiration: registered name; empty for what the party does in the case
    settings:   numbers of it
    """

    name: str
    aspiration: str = ""
    settings: tuple[tuple[str, float], ...] = ()

    def written(self) -> dict[str, Any]:
        """The strategy as a scenario has it."""
        numbers = {key: {"value": value, "assumed": "a strategy of the tournament"} for key, value in self.settings}
        return {"aspiration": self.aspiration, "settings": numbers}


def pooled_strategy(text: str) -> PooledStrategy:
    """Read ``own``, a short name, or a registered strategy with its settings: ``time-dependent:exponent=0.3``.

    Raises:  InputError for a name or a setting that there is not, or no number
    Example:
        >>> pooled_strategy("boulware").settings, pooled_strategy("time-dependent:exponent=0.3").settings
        ((('exponent', 0.2),), (('exponent', 0.3),))
    """
    name, _, rest = text.strip().partition(":")
    if name == OWN:
        return PooledStrategy(OWN)
    aspiration, numbers = _SHORT.get(name, (name, {}))
    known = [OWN, *_SHORT, *ASPIRATIONS.names]
    if aspiration not in ASPIRATIONS:
        raise InputError(
            Problem(f'no strategy is called "{name}"', allowed=", ".join(known), nearest=nearest(name, known))
        )
    settings = dict(numbers)
    for part in filter(None, (one.strip() for one in rest.split(";"))):
        key, equals, value = part.partition("=")
        allowed = settings_of(ASPIRATIONS[aspiration])
        if key not in allowed:
            told = ", ".join(allowed) or "none"
            raise InputError(
                Problem(f'{aspiration} has no setting "{key}"', allowed=told, nearest=nearest(key, allowed))
            )
        try:
            settings[key] = float(value if equals else "")
        except ValueError:
            raise InputError(Problem(f'"{part}" sets no number', allowed=f"{key}=0.3")) from None
    return PooledStrategy(text.strip(), aspiration, tuple(settings.items()))
