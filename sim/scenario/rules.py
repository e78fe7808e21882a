"""Rules across the keys of a scenario, which no single field can check."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Final

from sim.evidence import Article
from sim.foundations import Problem
from sim.scenario.deal_count import deal_space_problems, too_fine
from sim.scenario.rules_actors import actor_problems
from sim.scenario.rules_after_signature import after_signature_problems
from sim.scenario.rules_cheating import cheating_problems
from sim.scenario.rules_contingencies import contingency_problems
from sim.scenario.rules_correlations import correlation_problems
from sim.scenario.rules_events import event_problems
from sim.scenario.rules_evidence import claim_problems, missing_deals, number_problems, observation_problems
from sim.scenario.rules_headline import headline_problems, package_problems
from sim.scenario.rules_issues import issue_problems
from sim.scenario.rules_levers import lever_claim_problems, lever_problems
from sim.scenario.rules_likes import like_problems
from sim.scenario.rules_limits import limit_problems
from sim.scenario.rules_no_deal import kind_problems, no_deal_problems
from sim.scenario.rules_talks import name_problems, talks_problems
from sim.scenario.scenario import Scenario

#: A rule of a higher layer, e.g. that protocols and strategies are registered under the names in the file.
Rule = Callable[[Scenario], Iterable[Problem]]


#: What decides which deals there are.
_OF_DEALS: Final = {("issues",), ("kinds",), ("forbid",), ("sums",)}


def rule_problems(
    scenario: Scenario, *, extra_rules: Sequence[Rule] = (), deals_known: bool = True, broken: bool = False
) -> list[Problem]:
    """List everything in a scenario that breaks a rule, leaving aside whether its claims exist.

    Args:
        deals_known: whether issues are what their author means; what deals there are follows from them, so while
            one is broken nothing is said about missing deals
        broken: whether something else is known to be wrong with it
    """
    if fine := list(too_fine(scenario)):
        return fine  # before anything walks through so many levels
    rules: tuple[Rule, ...] = (
        name_problems,
        issue_problems,
        actor_problems,
        talks_problems,
        no_deal_problems,
        kind_problems,
        limit_problems,
        headline_problems,
        package_problems,
        number_problems,
        like_problems,
        correlation_problems,
        observation_problems,
        event_problems,
        contingency_problems,
        after_signature_problems,
        cheating_problems,
    )
    found = problems_told(rules, scenario, broken=broken)
    if deals_known and not any(problem.path[:1] in _OF_DEALS for problem in found):
        found += problems_told([_deals], scenario, broken=broken or bool(found))
    return found + problems_told([lever_problems, *extra_rules], scenario, broken=broken or bool(found))


def problems_told(rules: Iterable[Rule], scenario: Scenario, *, broken: bool) -> list[Problem]:
    """List what rules find; one that another mistake keeps from judging is silent.

    A rule about one thing relies on others: that signers are actors, that the status quo is a level. Where one of these
    is wrong, that is told, and the rule is asked again once it is right.

    Args:
        broken: whether something else is known to be wrong with the scenario
    Raises:  what a rule raised, where nothing is wrong that would explain it
    """
    found: list[Problem] = []
    raised: Exception | None = None
    for rule in rules:
        try:
            found += rule(scenario)
        except (LookupError, TypeError, ValueError, ArithmeticError) as error:
            raised = error
    if raised is not None and not found and not broken:
        raise raised
    return found


def _deals(scenario: Scenario) -> list[Problem]:
    return list(deal_space_problems(scenario)) or list(missing_deals(scenario))


def evidence_problems(scenario: Scenario, article: Article | None, *, unread: bool = False) -> list[Problem]:
    """List the claims that do not exist, and those that enter twice."""
    return [
        *claim_problems(scenario, article, unread=unread),
        *lever_claim_problems(scenario, article, unread=unread),
    ]
