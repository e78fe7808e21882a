"""How negotiators behave: aspiration, offering, acceptance."""

from sim.strategies.negotiator import ACCEPTANCES as ACCEPTANCES
from sim.strategies.negotiator import ASPIRATIONS as ASPIRATIONS
from sim.strategies.negotiator import OFFERINGS as OFFERINGS
from sim.strategies.negotiator import AbstractAcceptance as AbstractAcceptance
from sim.strategies.negotiator import AbstractAspiration as AbstractAspiration
from sim.strategies.negotiator import AbstractOffering as AbstractOffering
from sim.strategies.negotiator import Hearing as Hearing
from sim.strategies.negotiator import Negotiator as Negotiator
from sim.strategies.negotiator import Setting as Setting
