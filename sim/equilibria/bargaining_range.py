"""Which splits of a stake both belligerents prefer to war, for a document that may not last."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from sim.equilibria.equilibrium import EQUILIBRIA
from sim.equilibria.require import require_inside
from sim.foundations import TOLERANCE, FloatOrFloats, FloatPair, Floats
from sim.table.durability import durability


@dataclass(frozen=True, slots=True)
class Dispute:
    """Two sides, A and B, fight over a stake of 1; A's share of it is x. Pairs are (A, B).

    power:    expected share of A if the war is fought out, 0..1
    cost:     what fighting to the finish costs each side, in the stake's units, normalised
    patience: discount factor of each side per round, in (0, 1)

    Raises:  InputError for a patience that is not
    """

    power: float
    cost: FloatPair
    patience: FloatPair

    def __post_init__(self) -> None:
        require_inside("patience", self.patience)

    @property
    def war(self) -> FloatPair:
        """What fighting to the finish is worth to each side."""
        return self.power - self.cost[0], 1 - self.power - self.cost[1]

    @property
    def equally_patient(self) -> bool:
        """Whether both discount alike, so that values can be added up across sides."""
        return abs(self.patience[0] - self.patience[1]) < TOLERANCE


@dataclass(frozen=True, slots=True)
class Document:
    """What is signed, apart from the share x. Pairs are (A, B).

    hazard:    chance per round that it collapses, 0..1
    speed:     share of the remaining power shift that happens each round, in (0, 1]
    shift:     eventual shift of power to A while it stands; negative favours B
    grievance: flow each side loses to what is left unresolved or is conceded beside x
    damage:    lasting loss of each side if it collapses, 0 or more
    """

    hazard: float
    speed: float = 1.0
    shift: float = 0.0
    grievance: FloatPair = (0.0, 0.0)
    damage: FloatPair = (0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Loading:
    """Weights of what follows a signature, for one side.

    peace: weight 1 - omega of the document, 0..1
    omega: weight of resumed war, 0..1
    chi:   odds of war, 0 or more
    psi:   loading of the power shift by unit of peace, 0..chi
    phi:   loading of the power shift, 0..omega
    """

    peace: float
    omega: float
    chi: float
    psi: float
    phi: float

    @classmethod
    def of(cls, patience: float, document: Document) -> Loading:
        """Weights of a document for a side of this patience."""
        return _loading(patience, document.hazard, document.speed)


@lru_cache(maxsize=8192)
def _loading(patience: float, hazard: float, speed: float) -> Loading:
    """Weights by what they depend on: lines over a map ask for few of them, many times."""
    weights = durability(patience, hazard, 0.0, speed)
    return Loading(
        float(weights.w_interim),
        float(weights.omega),
        float(weights.chi),
        float(weights.psi),
        float(weights.phi),
    )


@dataclass(frozen=True, slots=True)
class BargainingRange:
    """Shares of A at which both sides sign; empty when ``length`` is negative.

    x_min:   least share A signs for; may lie outside 0..1, which then asks for side payments
    x_max:   largest share of A that B signs for
    loading: weights of the document for A and for B
    """

    x_min: float
    x_max: float
    loading: tuple[Loading, Loading]

    @property
    def length(self) -> float:
        """x_max - x_min."""
        return self.x_max - self.x_min

    @property
    def exists(self) -> bool:
        """Whether some share suits both; indifference counts as assent."""
        return self.length >= -TOLERANCE

    @property
    def joint_premium(self) -> float:
        """What both gain over war together when equally patient: weight of peace times length."""
        return self.loading[0].peace * self.length

    def premium(self, x: float) -> FloatPair:
        """What each side gains over war by signing at the share x."""
        return self.loading[0].peace * (x - self.x_min), self.loading[1].peace * (self.x_max - x)


def least_share(
    war: FloatOrFloats,
    grievance: FloatOrFloats,
    damage: FloatOrFloats,
    shift: FloatOrFloats,
    chi: FloatOrFloats,
    psi: FloatOrFloats,
) -> Floats:
    """Least share of the stake for which a side signs rather than fight, W + g + chi eta - psi Delta.

    Args:
        war:       value of fighting to the finish, in the stake's units
        grievance: flow lost to what is left unresolved or is conceded beside the share
        damage:    lasting loss on collapse, 0 or more
        shift:     eventual shift of power in the side's own favour
        chi, psi:  odds of war and loading of the shift, from ``durability``
    Returns:
        shares of the broadcast shape, which may lie outside 0..1
    Source: Fearon 1995 for hazard, grievance, shift and damage of 0; the rest is ours: where
        ``value_of_document`` equals W
    Example:
        >>> round(float(least_share(0.4, 0.1, 0.02, 0.05, 2.0, 1.0)), 9)
        0.49
    """
    return np.asarray(war + np.asarray(grievance) + chi * np.asarray(damage) - psi * np.asarray(shift))


@EQUILIBRIA.register("bargaining-range", source="Fearon 1995, Int. Org. 49; documents that fail: ours")
def bargaining_range(dispute: Dispute, document: Document) -> BargainingRange:
    """Find the shares of the stake at which both sides sign rather than fight to the finish.

    Equal patience: a power shift moves the range and leaves its length; the hazard alone changes nothing;
    grievances and damage times the odds of war shrink it.

    Args:
        dispute:  the two sides
        document: what would be signed; collapse means fighting to the finish
    Returns:
        the range, possibly empty
    Source: Fearon 1995 for hazard, grievance, shift and damage of 0; the rest is ours
    Example:
        >>> found = bargaining_range(Dispute(0.55, (0.12, 0.18), (0.95, 0.95)), Document(0.1))
        >>> round(found.x_min, 9), round(found.x_max, 9)
        (0.43, 0.73)
    """
    a, b = (Loading.of(patience, document) for patience in dispute.patience)
    war, grievance, damage = dispute.war, document.grievance, document.damage
    x_min = least_share(war[0], grievance[0], damage[0], document.shift, a.chi, a.psi)
    x_max = 1 - least_share(war[1], grievance[1], damage[1], -document.shift, b.chi, b.psi)
    return BargainingRange(float(x_min), float(x_max), (a, b))
