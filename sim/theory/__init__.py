"""What theory says of a case: which equilibria and solutions apply to it, and what they predict there."""

from typing import TYPE_CHECKING

from sim.foundations.door import open_door

if TYPE_CHECKING:
    from sim.theory.all_readings import NEEDS as NEEDS
    from sim.theory.all_readings import READABLE as READABLE
    from sim.theory.all_readings import READINGS as READINGS
    from sim.theory.all_readings import find_reading as find_reading
    from sim.theory.assumption import WAR as WAR
    from sim.theory.assumption import Assumption as Assumption
    from sim.theory.case_facts import CaseFacts as CaseFacts
    from sim.theory.deal_stability import BREACHES as BREACHES
    from sim.theory.deal_stability import HOLDS as HOLDS
    from sim.theory.deal_stability import DealStability as DealStability
    from sim.theory.deal_stability import deal_stability as deal_stability
    from sim.theory.lottery_frontier import LotteryFrontier as LotteryFrontier
    from sim.theory.read_theories import TheoryBlock as TheoryBlock
    from sim.theory.read_theories import read_theories as read_theories
    from sim.theory.theory_reading import Prediction as Prediction
    from sim.theory.theory_reading import TheoryReading as TheoryReading

open_door(__name__)
