"""Protocols played on numbers of one's own: offers in turn, by lot, or concessions by risk."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from sim.engine import negotiate
from sim.equilibria import backward_induction, recognition_by_lot
from sim.foundations import NO_DEAL, Dice, InputError, Problem, ShapeError, nearest
from sim.protocols import AbstractProtocol, StrategicAlternatingOffers, StrategicRandomProposer, Zeuthen
from sim.table import BargainingTable

#: Protocols that need nothing but payoffs.
PLAYED: Final = ("strategic-alternating-offers", "strategic-random-proposer", "zeuthen")


@dataclass(frozen=True)
class TheoryArgument:
    """A number, or several, that a theory takes.

    path:    its name; of a number of a part part.number
    needed:  whether it has to be given
    default: what stands for it otherwise
    """

    path: str
    needed: bool
    default: str


PLAYED_ARGUMENTS: Final = (
    TheoryArgument("payoff", True, ""),
    TheoryArgument("disagreement", False, "0 for all"),
    TheoryArgument("discount", False, "1 for all"),
    TheoryArgument("rounds", False, "as many as there are deals, 100 at least"),
)
PLAYED_MEANING: Final = """    payoff: one list for each party, of what each deal is worth to him
    disagreement: what no deal is worth to each
    discount: what a round leaves of each party's gain, 0..1
    rounds: after the last there is no deal"""
_LEAST_ROUNDS: Final = 100


def play_on_numbers(name: str, given: Mapping[str, Any]) -> dict[str, Any]:
    """Play a protocol once, by the strategies of its theory, and say how it went; deals count from 1.

    Raises:  InputError for arguments that it does not take or cannot use
    Example:
        >>> found = play_on_numbers("zeuthen", {"payoff": [[10, 8, 6, 3, 1], [1, 5, 7, 8, 10]]})
        >>> found["deal"], found["payoffs"]
        (3, [6.0, 7.0])
    """
    known = [one.path for one in PLAYED_ARGUMENTS]
    wrong = [
        Problem(f'{name} takes no "{path}"', allowed=", ".join(known), nearest=nearest(path, known))
        for path in given
        if path not in known
    ]
    if wrong or "payoff" not in given:
        raise InputError(wrong or [Problem(f"{name} needs payoff", allowed="payoff=[[1, 0.6, 0], [0, 0.6, 1]]")])
    try:
        table = BargainingTable.of_payoffs(
            given["payoff"], given.get("disagreement", 0.0), discount=given.get("discount", 1.0)
        )
        rounds = int(given.get("rounds", max(_LEAST_ROUNDS, 2 * len(table.deals))))
        protocol, value = _protocol(name, table, rounds)
    except (ShapeError, ValueError, TypeError) as error:
        raise InputError(f"{name} cannot be played on these numbers: {error}") from None
    talks = negotiate(protocol, table, Dice("exercise", np.arange(1)), keep_log=True)
    deal = int(talks.deal[0])
    answer: dict[str, Any] = {
        "deal": deal + 1 if deal != NO_DEAL else None,
        "payoffs": table.payoff[0, :, deal].tolist() if deal != NO_DEAL else table.disagreement[0].tolist(),
        "round": int(talks.round[0]) + 1 if deal != NO_DEAL else None,
        "offers": [
            [one.round + 1, one.actor + 1, int(one.deal[0]) + 1]
            for one in talks.log
            if one.act == "offer" and one.deal[0] != NO_DEAL
        ],
    }
    return answer if value is None else {"value": value, **answer}


def _protocol(name: str, table: BargainingTable, rounds: int) -> tuple[AbstractProtocol, list[float] | None]:
    """The protocol, and what its theory expects of the talks."""
    if name == "zeuthen":
        return Zeuthen(rounds, per_round=1), None
    if name == "strategic-random-proposer":
        lots = recognition_by_lot(table, rounds)
        return StrategicRandomProposer(lots), lots.value[0].tolist()
    plan = backward_induction(table, rounds)
    return StrategicAlternatingOffers(plan), plan.value[0].tolist()
