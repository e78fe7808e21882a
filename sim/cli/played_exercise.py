"""Protocols played on numbers of one's own: offers in turn, by lot, or concessions by risk."""

from __future__ import annotations

import itertools
import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from sim.engine import negotiate
from sim.equilibria import backward_induction, recognition_by_lot
from sim.foundations import NO_DEAL, Dice, Floats, InputError, Problem, ShapeError, nearest
from sim.protocols import AbstractProtocol, StrategicAlternatingOffers, StrategicRandomProposer, Zeuthen
from sim.table import BargainingTable, SigningRule

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
    TheoryArgument("parties", False, "as payoff has them"),
    TheoryArgument("parts", False, "as payoff has them"),
    TheoryArgument("disagreement", False, "0 for all"),
    TheoryArgument("discount", False, "1 for all"),
    TheoryArgument("rounds", False, "as many as there are deals, from 100 to 1000"),
    TheoryArgument("quota", False, "all must agree"),
    TheoryArgument("chances", False, "all alike"),
    TheoryArgument("leaving", False, "false"),
)
PLAYED_MEANING: Final = """    payoff: one list for each party, of what each deal is worth to him
    parties, parts: instead of payoff: a pie of so many equal parts, divided among so many
    disagreement: what no deal is worth to each
    discount: what a round leaves of each party's gain, 0..1
    rounds: after the last there is no deal
    quota: how many must agree, he who proposes included
    chances: of being drawn to propose, of strategic-random-proposer
    leaving: whether he who refuses may leave for what no deal is worth, of strategic-alternating-offers"""
_LEAST_ROUNDS: Final = 100
_MOST_ROUNDS: Final = 1000
#: Divisions of a pie up to which it is played.
_MOST_DIVISIONS: Final = 20_000


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
    pie = {"parties", "parts"} <= set(given)
    if wrong or ("payoff" in given) == pie:
        allowed = "payoff=[[1, 0.6, 0], [0, 0.6, 1]], or parties=2 parts=100"
        raise InputError(wrong or [Problem(f"{name} needs payoff, or parties and parts", allowed=allowed)])
    try:
        payoff = divisions(int(given["parties"]), int(given["parts"])) if pie else given["payoff"]
        count = len(payoff)
        quota = given.get("quota", count)
        if not 1 <= quota <= count:
            raise InputError(Problem(f"a quota of {quota:g} of {count} parties", allowed=f"1 to {count}"))
        table = BargainingTable.of_payoffs(
            payoff,
            given.get("disagreement", 0.0),
            discount=given.get("discount", 1.0),
            rule=SigningRule.k_of_n(count, int(quota)) if quota < count else None,
        )
        rounds = int(given.get("rounds", min(_MOST_ROUNDS, max(_LEAST_ROUNDS, 2 * len(table.deals)))))
        protocol, value = _protocol(name, table, rounds, given)
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


def divisions(parties: int, parts: int) -> Floats:
    """(N, K) what each party gets in every division of a pie of 1 into equal parts, the first party's largest first.

    Raises:  InputError for nobody, no parts, or too many divisions
    Example:
        >>> divisions(2, 2).tolist()
        [[1.0, 0.5, 0.0], [0.0, 0.5, 1.0]]
    """
    if parties < 1 or parts < 1 or math.comb(parts + parties - 1, parties - 1) > _MOST_DIVISIONS:
        allowed = f"parties and parts of 1 or more, up to {_MOST_DIVISIONS:,} divisions in all"
        raise InputError(Problem(f"{parts} parts among {parties} parties", allowed=allowed))
    if parties == 1:
        return np.ones((1, 1))
    bars = np.array(list(itertools.combinations(range(parts + parties - 1), parties - 1)))
    edges = np.concatenate([np.full((len(bars), 1), -1), bars, np.full((len(bars), 1), parts + parties - 1)], axis=1)
    return np.asarray((np.diff(edges, axis=1) - 1)[::-1].T / parts)


def _protocol(
    name: str, table: BargainingTable, rounds: int, given: Mapping[str, Any]
) -> tuple[AbstractProtocol, list[float] | None]:
    """The protocol, and what its theory expects of the talks."""
    if name == "zeuthen":
        return Zeuthen(rounds, per_round=1), None
    if name == "strategic-random-proposer":
        lots = recognition_by_lot(table, rounds, given.get("chances"))
        return StrategicRandomProposer(lots), lots.value[0].tolist()
    plan = backward_induction(table, rounds, leaving=bool(given.get("leaving", False)))
    return StrategicAlternatingOffers(plan), plan.value[0].tolist()
