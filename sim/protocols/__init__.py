"""How talks run: the rules of who speaks, when, and when they are over."""

from typing import TYPE_CHECKING

from sim.foundations.door import open_door

if TYPE_CHECKING:
    from sim.protocols.alternating_offers import AlternatingOffers as AlternatingOffers
    from sim.protocols.protocol import PROTOCOLS as PROTOCOLS
    from sim.protocols.protocol import AbstractProtocol as AbstractProtocol
    from sim.protocols.protocol import Offer as Offer
    from sim.protocols.protocol import TalksState as TalksState
    from sim.protocols.seats import Seats as Seats
    from sim.protocols.separate_delegations import SeparateDelegations as SeparateDelegations
    from sim.protocols.single_text import SingleText as SingleText
    from sim.protocols.strategic_agenda import StrategicAgenda as StrategicAgenda
    from sim.protocols.strategic_alternating_offers import (
        StrategicAlternatingOffers as StrategicAlternatingOffers,
    )
    from sim.protocols.strategic_random_proposer import StrategicRandomProposer as StrategicRandomProposer
    from sim.protocols.strategic_screening import StrategicScreening as StrategicScreening
    from sim.protocols.text_changes import TextChanges as TextChanges
    from sim.protocols.text_changes import chance_of_yes as chance_of_yes
    from sim.protocols.text_changes import exact_text as exact_text
    from sim.protocols.text_changes import temperature as temperature
    from sim.protocols.zeuthen import Zeuthen as Zeuthen

open_door(__name__)
