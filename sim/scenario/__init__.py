"""A dispute written down: the scenario file, its models, its numbers and their draws."""

from typing import TYPE_CHECKING

from sim.foundations.door import open_door

if TYPE_CHECKING:
    from sim.scenario.actor import Actor as Actor
    from sim.scenario.actor import Bonus as Bonus
    from sim.scenario.actor import Credibility as Credibility
    from sim.scenario.actor import Durability as Durability
    from sim.scenario.actor import Pressure as Pressure
    from sim.scenario.actor import RedLine as RedLine
    from sim.scenario.case_files import find_cases as find_cases
    from sim.scenario.case_files import overlays_of as overlays_of
    from sim.scenario.changes import change as change
    from sim.scenario.changes import settable_paths as settable_paths
    from sim.scenario.deal_count import DEAL_LIMIT as DEAL_LIMIT
    from sim.scenario.deal_count import deal_count as deal_count
    from sim.scenario.draws import Draws as Draws
    from sim.scenario.draws import draw as draw
    from sim.scenario.from_rates import RateComparison as RateComparison
    from sim.scenario.from_rates import rate_comparisons as rate_comparisons
    from sim.scenario.issue import Issue as Issue
    from sim.scenario.lever import Lever as Lever
    from sim.scenario.lever import Move as Move
    from sim.scenario.levers_at import lever_numbers as lever_numbers
    from sim.scenario.locate import Locator as Locator
    from sim.scenario.observation import Observation as Observation
    from sim.scenario.observation import Selector as Selector
    from sim.scenario.quantity import Quantity as Quantity
    from sim.scenario.reading import Case as Case
    from sim.scenario.reading import read_case as read_case
    from sim.scenario.reading import read_scenario as read_scenario
    from sim.scenario.rules import Rule as Rule
    from sim.scenario.rules import rule_problems as rule_problems
    from sim.scenario.scenario import Number as Number
    from sim.scenario.scenario import Scenario as Scenario
    from sim.scenario.schema import scenario_schema as scenario_schema
    from sim.scenario.talks import Conventions as Conventions
    from sim.scenario.talks import Signing as Signing
    from sim.scenario.talks import Strategy as Strategy
    from sim.scenario.talks import Tactic as Tactic
    from sim.scenario.talks import Talks as Talks
    from sim.scenario.widening import OVERCONFIDENCE as OVERCONFIDENCE
    from sim.scenario.widening import asked_scenario as asked_scenario
    from sim.scenario.widening import widened as widened
    from sim.scenario.widening import widening_words as widening_words

open_door(__name__)
