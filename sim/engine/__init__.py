"""Talks driven, agreements played out in time, outcomes collected."""

from typing import TYPE_CHECKING

from sim.foundations.door import open_door

if TYPE_CHECKING:
    from sim.engine.negotiation import negotiate as negotiate
    from sim.engine.outcome import Outcome as Outcome
    from sim.engine.play import play_story as play_story
    from sim.engine.seating import seat as seat
    from sim.engine.seating import talk_rules as talk_rules
    from sim.engine.simulation import BLOCK_BYTES as BLOCK_BYTES
    from sim.engine.simulation import FEW_BYTES as FEW_BYTES
    from sim.engine.simulation import Block as Block
    from sim.engine.simulation import block_size as block_size
    from sim.engine.simulation import draw_bytes as draw_bytes
    from sim.engine.simulation import simulate as simulate
    from sim.engine.simulation import talks_of as talks_of
    from sim.engine.talks_together import simulate_together as simulate_together

open_door(__name__)
