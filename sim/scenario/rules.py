"""Rules across the keys of a scenario, which no single field can check."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Final

from sim.evidence import Article
from sim.foundations import Problem
from sim.scenario.deal_count import deal_space_problems, too_fine
from sim.scenario.rules_actors import actor_problems
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


def rule_problems(scenario: Scenario, *, extra_rules: Sequence[Rule] = (), deals_known: bool = True) -> list[Problem]:
    """List everything in a scenario that breaks a rule, leaving aside whether its claims exist.

    Args:
        deals_known: whether issues are what their author means; what deals there are follows from them, so while
            one is broken nothing is said about missing deals
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
        cheating_problems,
    )
    found = [problem for rule in rules for problem in rule(scenario)]
    if deals_known and not any(problem.path[:1] in _OF_DEALS for problem in found):
        found += list(deal_space_problems(scenario)) or list(missing_deals(scenario))
    found += lever_problems(scenario)
    return found + [problem for rule in extra_rules for problem in rule(scenario)]


def evidence_problems(scenario: Scenario, article: Article | None, *, unread: bool = False) -> list[Problem]:
    """List the claims that do not exist, and those that enter twice."""
    return [
        *claim_problems(scenario, article, unread=unread),
        *lever_claim_problems(scenario, article, unread=unread),
    ]
