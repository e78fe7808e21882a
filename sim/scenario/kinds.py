"""Kinds of deal and what can come of talks, as the case has them: the codes of every outcome column.

A code is a word of data: it names a column's value in results, conditions and options. What people are told instead
stands in `sim.words.vocabulary`.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import Final

from sim.scenario.scenario import Scenario

#: Kinds of deal where a war is modelled and the case names none: by how many of the root causes a deal settles.
WAR_KINDS: Final = ("truce", "partial", "settlement")
#: The one kind of deal where no war is modelled and the case names none.
PLAIN_KIND: Final = "deal"
#: The kind of deals that no kind of the case claims.
OTHER_KIND: Final = "other"

#: Models in which nothing from outside ends the matter before the horizon.
_QUIET: Final = ("reservation", "status-quo", "vote-again")


def no_deal_model(scenario: Scenario) -> str:
    """Name of the model of what happens without a deal; derived where the case names none.

    Example:
        >>> issue = {"levels": ["a", "b"], "status_quo": "a"}
        >>> actor = {"patience": {"value": 0.9, "assumed": "toy"}, "reservation": {"value": 0.2, "assumed": "toy"}}
        >>> no_deal_model(Scenario(title="t", issues={"x": issue}, actors={"p": actor, "q": actor}))
        'reservation'
    """
    if scenario.no_deal.model is not None:
        return scenario.no_deal.model
    reserved = any(actor.reservation is not None for actor in scenario.actors.values())
    return "reservation" if reserved and not any(war_numbers(scenario)) else "war"


def models_war(scenario: Scenario) -> bool:
    """Whether no deal means a war."""
    return no_deal_model(scenario) == "war"


def war_numbers(scenario: Scenario) -> Iterator[tuple[str | int, ...]]:
    """Places of numbers that only a war has."""
    for name, actor in scenario.actors.items():
        for field in ("power", "war_cost", "optimism"):
            if getattr(actor, field) is not None:
                yield ("actors", name, field)
    if scenario.talks.decisive_chance is not None:
        yield ("talks", "decisive_chance")


def deal_kinds(scenario: Scenario) -> tuple[str, ...]:
    """Kinds of deal the case tells apart, in the order of their codes."""
    if scenario.kinds:
        return tuple(scenario.kinds) if _all_claimed(scenario) else (*scenario.kinds, OTHER_KIND)
    return WAR_KINDS if models_war(scenario) else (PLAIN_KIND,)


def target_kinds(scenario: Scenario) -> tuple[str, ...]:
    """Kinds of which the deal that comes closest to being signed is looked at: truce and settlement, or every one."""
    return (WAR_KINDS[0], WAR_KINDS[-1]) if by_root_causes(scenario) else deal_kinds(scenario)


def by_root_causes(scenario: Scenario) -> bool:
    """Whether the kinds of deal are those of a war, by how many root causes a deal settles."""
    return not scenario.kinds and models_war(scenario)


def kind_title(scenario: Scenario, kind: str) -> str:
    """What people call a deal of a kind, with an article."""
    if kind in scenario.kinds:
        return scenario.kinds[kind].title or f"a deal ({kind.replace('_', ' ')})"
    return "another deal" if scenario.kinds else "a deal"


def kind_meaning(scenario: Scenario, kind: str) -> str:
    """Say what counts as a kind that the case names, or as a deal."""
    levels = scenario.kinds[kind].levels if kind in scenario.kinds else {}
    if not levels:
        return "any other deal is in force" if len(scenario.kinds) > 1 else "a deal is in force"
    parts = (
        f"{scenario.issues[issue].title or issue}: {' or '.join(str(level) for level in chosen)}"
        for issue, chosen in levels.items()
    )
    return f"a deal is in force with {', '.join(parts)}"


def never_code(scenario: Scenario) -> str:
    """Code of the ending without a deal in force where none ever was."""
    return "stalemate" if models_war(scenario) else "no_deal"


def broken_code(scenario: Scenario) -> str:
    """Code of the ending after a deal that broke; empty where deals cannot break."""
    if models_war(scenario):
        return "war"
    return "broken" if scenario.true_hazard is not None else ""


def declared_codes(scenario: Scenario) -> tuple[str, ...]:
    """What the first signed deal can be: its kind, or none."""
    return (*deal_kinds(scenario), "none")


def ending_codes(scenario: Scenario) -> tuple[str, ...]:
    """How things can stand at the horizon: the kind of the deal in force, never one in force, signed and broken."""
    broken = broken_code(scenario)
    return (*deal_kinds(scenario), never_code(scenario), *((broken,) if broken else ()))


def state_codes(scenario: Scenario) -> tuple[str, ...]:
    """How things can stand at the end of a round; every world is in just one of these states.

    The kind of the deal in force; none in force, whether the parties talk, wait or have given up; none in force any
    more; ended from outside, in a war by the party that prevailed.
    """
    kinds = (*deal_kinds(scenario), waiting_state(scenario))
    return tuple(filter(None, (*kinds, broken_state(scenario), *outside_states(scenario).values())))


def waiting_state(scenario: Scenario) -> str:
    """State of the rounds without a deal in force where none has broken."""
    return "fighting_without_deal" if models_war(scenario) else never_code(scenario)


def broken_state(scenario: Scenario) -> str:
    """State of the rounds without a deal in force after one broke; empty where deals cannot break."""
    return "fighting_after_broken_deal" if models_war(scenario) else broken_code(scenario)


def outside_states(scenario: Scenario) -> dict[str, str]:
    """Who ended the matter from outside -> the state after that: a party that prevailed, or nobody of the case ("").

    Empty where nothing from outside ends the matter.
    """
    model = no_deal_model(scenario)
    if model == "war":
        return {party: f"{party}_prevailed" for party in scenario.parties}
    return {} if model in _QUIET else {"": "taken_by_others"}


def _all_claimed(scenario: Scenario) -> bool:
    """Whether every deal on offer is of some kind of the case, looking at the issues that kinds are made of."""
    named = [name for name in scenario.issues if any(name in kind.levels for kind in scenario.kinds.values())]
    claims = [
        {name: scenario.issues[name].indices(levels) for name, levels in kind.levels.items()}
        for kind in scenario.kinds.values()
    ]
    return all(
        any(
            all(level in claim.get(name, (level,)) for name, level in zip(named, levels, strict=True))
            for claim in claims
        )
        for levels in product(*(scenario.issues[name].offered for name in named))
    )
