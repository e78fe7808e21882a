"""Two actors give way to each other, each on the issue that he minds less, so that both gain the same."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np

from sim.forecasts.forecast import FORECASTS, AbstractForecast, Forecast
from sim.forecasts.stakeholders import Stakeholders
from sim.foundations import Bools, Dice, Floats, InputError, Ints

#: Gains below this are no reason to exchange anything.
_WORTH: Final = 1e-9


class Exchange(NamedTuple):
    """The best exchange in each draw.

    gain:   (B,) what both gain, in shares of the range times salience; 0 where nobody can gain
    giver, taker: (B,) the two actors: the giver moves on ``given``, the taker on ``wanted``
    given, wanted: (B,) the two issues
    by_giver, by_taker: (B,) how far each moves his vote, in shares of the range
    """

    gain: Floats
    giver: Ints
    taker: Ints
    given: Ints
    wanted: Ints
    by_giver: Floats
    by_taker: Floats


@FORECASTS.register(
    "position-exchange",
    source="Stokman & Van Oosten 1994, in Bueno de Mesquita & Stokman, European Community Decision Making, ch. 5",
)
@dataclass(frozen=True)
class PositionExchange(AbstractForecast):
    """Carries out the exchange of positions by which two actors gain most, then the next, and takes the means.

    What is expected on an issue is the mean of the votes by weight. Two actors on opposite sides of it on two issues
    can trade: each moves his vote towards the other's on the issue that he minds less, by as much as makes both gain
    the same, no further than the other's position, and without carrying the expected decision past it. A vote that
    was given away is not taken back.

    exchanges: most exchanges carried out, 1 or more; fewer where nobody gains any more
    shared:    share of the gain of each exchange that goes to the giver, 0..1: one half is the equal gain

    Raises:  InputError for a setting out of its range
    Source:  Stokman & Van Oosten 1994 (equal gain); Arregui, Stokman & Thomson 2006, in Thomson et al., ch. 5
    Example:
        >>> two = Stakeholders(
        ...     np.array([[[0.0, 0.0], [10.0, 10.0]]]), np.array([[[0.9, 0.3], [0.3, 0.9]]]), np.ones((1, 2)),
        ...     np.zeros(2), np.full(2, 10.0), np.full((1, 2), np.nan),
        ... )
        >>> PositionExchange().predict(two).decision.round(2).tolist()
        [[0.0, 10.0]]
    """

    exchanges: int = 200
    shared: float = 0.5

    def __post_init__(self) -> None:
        if self.exchanges < 1:
            raise InputError(f"there is 1 exchange or more, not {self.exchanges}")
        if not 0 < self.shared < 1:
            raise InputError(f"the share of the giver lies between 0 and 1, not {self.shared}")

    def predict(self, stakeholders: Stakeholders, dice: Dice | None = None) -> Forecast:
        """Carry out exchanges until nobody gains, and take the means of the votes."""
        del dice
        low, span = stakeholders.low, stakeholders.high - stakeholders.low
        span = np.where(span > 0, span, 1.0)
        ideal = (stakeholders.position - low) / span
        weight, vote = stakeholders.weight, np.nan_to_num(ideal)
        rows = np.arange(stakeholders.draws)
        for _ in range(self.exchanges):
            best = self.best(ideal, vote, stakeholders.salience, weight)
            if not (best.gain > _WORTH).any():
                break
            here = best.gain > _WORTH
            for actor, issue, step, other in (
                (best.giver, best.given, best.by_giver, best.taker),
                (best.taker, best.wanted, best.by_taker, best.giver),
            ):
                towards = np.sign(np.nan_to_num(ideal)[rows, other, issue] - vote[rows, actor, issue])
                vote[rows[here], actor[here], issue[here]] += (towards * step)[here]
        expected, known = _expected(vote, weight)
        return Forecast(np.where(known, low + expected * span, np.nan))

    def best(self, ideal: Floats, vote: Floats, salience: Floats, weight: Floats) -> Exchange:
        """Find the exchange by which both gain most, in every draw.

        Args:
            ideal:    (B, A, I) positions, 0..1, nan where there is none
            vote:     (B, A, I) votes as they stand
            salience: (B, A, I)
            weight:   (B, A, I) capability times salience
        """
        draws, actors, issues = ideal.shape
        present = ~np.isnan(ideal) & (weight > 0)
        place = np.nan_to_num(ideal)
        expected, _ = _expected(vote, weight)
        total = np.maximum(weight.sum(axis=1), 1e-300)  # (B, I)
        side = np.sign(place - expected[:, None, :])
        # how far i can move on p towards j, and what that moves the expected decision by: (B, i, j, p)
        gap = place[:, None, :, :] - vote[:, :, None, :]
        opposite = (side[:, :, None, :] * side[:, None, :, :] < 0) & present[:, :, None, :] & present[:, None, :, :]
        ahead = side[:, None, :, :] * gap > 0  # towards j's side of what is expected
        power = (weight / total[:, None, :])[:, :, None, :]
        room = np.abs(place - expected[:, None, :])[:, None, :, :]  # the decision must not pass j's position
        most = np.where(opposite & ahead, np.minimum(np.abs(gap) * power, room), 0.0)
        pays, gets = salience[:, :, None, :], salience[:, None, :, :]
        # i gives on p, j gives on q; both gain alike where b / a is this: (B, i, j, p, q)
        give, take = 1 - self.shared, self.shared
        up = give * pays[..., :, None] + take * gets[..., :, None]
        down = give * pays[..., None, :] + take * gets[..., None, :]
        ratio = up / np.maximum(down, 1e-300)
        back = np.swapaxes(most, 1, 2)  # how far j can move it towards i
        a = np.minimum(most[..., :, None], back[..., None, :] / np.maximum(ratio, 1e-300))
        b = a * ratio
        gain = pays[..., None, :] * b - pays[..., :, None] * a
        other = gets[..., :, None] * a - gets[..., None, :] * b
        both = np.minimum(gain, other)
        flat = both.reshape(draws, -1).argmax(axis=1)
        i, j, p, q = np.unravel_index(flat, (actors, actors, issues, issues))
        rows = np.arange(draws)
        return Exchange(
            np.maximum(both.reshape(draws, -1)[rows, flat], 0.0),
            i,
            j,
            p,
            q,
            a[rows, i, j, p, q] / np.maximum(power[rows, i, 0, p], 1e-300),
            b[rows, i, j, p, q] / np.maximum(power[rows, j, 0, q], 1e-300),
        )


def _expected(vote: Floats, weight: Floats) -> tuple[Floats, Bools]:
    """(B, I) mean of the votes by weight, and whether anybody has any."""
    total = weight.sum(axis=1)
    return (vote * weight).sum(axis=1) / np.where(total > 0, total, 1.0), total > 0
