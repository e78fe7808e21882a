"""Promises that members of a kind keep: listed by kind, tried one by one or all together."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from sim.contracts.figure_contract import FIGURE_CONTRACTS
from sim.contracts.forecast_contract import FORECAST_CONTRACTS
from sim.contracts.protocol_contract import PROTOCOL_CONTRACTS
from sim.contracts.solution_contract import SOLUTION_CONTRACTS
from sim.contracts.strategy_contract import STRATEGY_CONTRACTS
from sim.foundations import SimError, UnknownNameError

#: Takes a member (a class; of a figure, the object) and asserts one promise, which its docstring states.
Contract = Callable[[Any], None]

_CONTRACTS: Final[dict[str, tuple[Contract, ...]]] = {
    "protocol": PROTOCOL_CONTRACTS,
    "strategy": STRATEGY_CONTRACTS,
    "solution": SOLUTION_CONTRACTS,
    "forecast": FORECAST_CONTRACTS,
    "figure": FIGURE_CONTRACTS,
}


class ContractError(SimError):
    """A member that does not keep what its kind promises.

    broken: the promises, each with what was seen
    """

    def __init__(self, kind: str, member: object, broken: tuple[str, ...]) -> None:
        self.broken = broken
        name = getattr(member, "__name__", type(member).__name__)
        super().__init__(f"{name} is no {kind} to rely on:\n" + "\n".join(f"- {one}" for one in broken))


def contracts_of(kind: str) -> tuple[Contract, ...]:
    """Every promise of a kind; what a promise says is the first line of its docstring.

    Args:
        kind: protocol, strategy, solution, forecast or figure
    Raises:  UnknownNameError for another kind, with the nearest
    Example:
        >>> contracts_of("protocol")[0].__name__
        'signed_deals_have_every_yes_they_need'
    """
    if kind not in _CONTRACTS:
        raise UnknownNameError("kind of member with a contract", kind, _CONTRACTS)
    return _CONTRACTS[kind]


def check(kind: str, member: Any) -> None:
    """Try every promise of a kind on a member.

    Args:
        kind:   protocol, strategy, solution, forecast or figure
        member: the class, which must work with its default settings; of a figure, the object
    Raises:  ContractError that names each promise that is broken; UnknownNameError for another kind
    Example:
        >>> from sim.solutions import Nash
        >>> check("solution", Nash)
    """
    broken = []
    for contract in contracts_of(kind):
        try:
            contract(member)
        except Exception as error:  # noqa: BLE001 - whatever a member raises is what is told
            said = f" ({type(error).__name__}: {error})" if str(error) else ""
            broken.append(f"{(contract.__doc__ or '').splitlines()[0]}{said}")
    if broken:
        raise ContractError(kind, member, tuple(broken))
