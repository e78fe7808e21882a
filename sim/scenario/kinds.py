"""Kinds of deal and what can come of talks, as the case has them: the codes of every outcome column."""

from __future__ import annotations

from typing import Final

from sim.scenario.scenario import Scenario

#: Kinds of deal where a war is modelled: by how many of the root causes a deal settles.
WAR_KINDS: Final = ("truce", "partial", "settlement")


def deal_kinds(scenario: Scenario) -> tuple[str, ...]:
    """Kinds of deal the case tells apart, in the order of their codes."""
    del scenario
    return WAR_KINDS


def models_war(scenario: Scenario) -> bool:
    """Whether no deal means a war."""
    del scenario
    return True


def kind_title(scenario: Scenario, kind: str) -> str:
    """What people call a kind of deal, with an article."""
    del scenario
    return f"a {kind}"


def kind_meaning(scenario: Scenario, kind: str) -> str:
    """Say what counts as the kind."""
    del scenario, kind
    return "a deal is in force"


def never_code(scenario: Scenario) -> str:
    """Code of the ending of talks that never brought a deal into force."""
    del scenario
    return "stalemate"


def broken_code(scenario: Scenario) -> str:
    """Code of the ending after a deal that broke; empty where deals cannot break."""
    del scenario
    return "war"


def declared_codes(scenario: Scenario) -> tuple[str, ...]:
    """What the first signed deal can be: its kind, or none."""
    return (*deal_kinds(scenario), "none")


def ending_codes(scenario: Scenario) -> tuple[str, ...]:
    """How things can stand at the horizon: the kind of the deal in force, never signed, signed and broken."""
    return (*deal_kinds(scenario), never_code(scenario), broken_code(scenario))


def state_codes(scenario: Scenario) -> tuple[str, ...]:
    """How things can stand at the end of a round."""
    kinds = deal_kinds(scenario)
    return ("talking", "fighting on", "agreed, not yet in force", *kinds, "broken down", "decided by arms")
