"""Colours of what can come of talks, the same in figures, on pages and in what machines read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from sim.words.vocabulary import Vocabulary

#: Okabe & Ito's colours, by name, less the orange and the purple of the first two actors, which mean nothing else; grey
#: takes the place of yellow where an area must stay quiet.
SKY: Final = "#56B4E9"
GREEN: Final = "#009E73"
YELLOW: Final = "#F0E442"
BLUE: Final = "#0072B2"
VERMILION: Final = "#D55E00"
GREY: Final = "#8A8F98"
#: Two more, for what needs a colour of its own beside those.
TEAL: Final = "#00707A"
MIST: Final = "#A9BDB0"
#: What was decided by arms, whoever prevailed; and for the first party, the second and so on.
ARMS: Final = "#4A4A4A"
PREVAILED: Final = (ARMS, "#7A5C00", "#3B2E5A", "#23402B")

#: Ending or kind of deal -> colour, the same in every figure.
ENDING_COLORS: Final[Mapping[str, str]] = {
    "truce": SKY,
    "partial": GREEN,
    "settlement": BLUE,
    "deal": BLUE,
    "stalemate": GREY,
    "war": VERMILION,
    "none": GREY,
}
#: State during a story -> colour; what is also an ending has the ending's colour.
STATE_COLORS: Final[Mapping[str, str]] = {
    "fighting_without_deal": GREY,  # that of no deal, which it is at the horizon
    "no_deal": GREY,
    "truce": ENDING_COLORS["truce"],
    "partial": ENDING_COLORS["partial"],
    "settlement": ENDING_COLORS["settlement"],
    "fighting_after_broken_deal": ENDING_COLORS["war"],
    "broken": ENDING_COLORS["war"],
}
#: Colours of kinds of deal that are not in the house's table, in the order of their codes.
_CYCLE: Final = (BLUE, GREEN, SKY, YELLOW, TEAL, MIST)


def outcome_colors(words: Vocabulary) -> Mapping[str, str]:
    """Colour of each ending, kind of first deal and state by its code; colour-blind people can tell them apart.

    What can stand for the absence of a deal is grey, what broke is vermilion, a kind of deal has a colour of its own.
    """
    free = [color for color in _CYCLE if color not in {ENDING_COLORS.get(kind) for kind in words.kinds}]
    others = [kind for kind in words.kinds if kind not in ENDING_COLORS]
    kinds = {kind: ENDING_COLORS.get(kind) or free[others.index(kind) % len(free)] for kind in words.kinds}
    states = {code: STATE_COLORS.get(code, GREY) for code in words.states}
    states |= {code: PREVAILED[n % len(PREVAILED)] for n, code in enumerate(words.outside)}
    broken = {words.broken: VERMILION} if words.broken else {}
    return {**states, "none": GREY, words.never: GREY, **broken, **kinds}
