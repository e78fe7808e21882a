"""How talks run: the rules of who speaks, when, and when they are over."""

from sim.protocols.protocol import PROTOCOLS as PROTOCOLS
from sim.protocols.protocol import AbstractProtocol as AbstractProtocol
from sim.protocols.protocol import Offer as Offer
from sim.protocols.protocol import Talks as Talks
