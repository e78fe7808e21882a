"""A dispute written down: the scenario file, its models, its numbers and their draws."""

from sim.scenario.actor import Actor as Actor
from sim.scenario.actor import Bonus as Bonus
from sim.scenario.actor import Credibility as Credibility
from sim.scenario.actor import Durability as Durability
from sim.scenario.actor import Pressure as Pressure
from sim.scenario.actor import RedLine as RedLine
from sim.scenario.issue import Issue as Issue
from sim.scenario.observation import Observation as Observation
from sim.scenario.observation import Selector as Selector
from sim.scenario.quantity import Quantity as Quantity
from sim.scenario.scenario import Number as Number
from sim.scenario.scenario import Scenario as Scenario
from sim.scenario.talks import Conventions as Conventions
from sim.scenario.talks import Signing as Signing
from sim.scenario.talks import Strategy as Strategy
from sim.scenario.talks import Tactic as Tactic
from sim.scenario.talks import Talks as Talks
