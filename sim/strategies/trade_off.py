"""Trade-offs: of the deals that are worth as much to himself, the one the others would like best."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.foundations import NO_DEAL, TOLERANCE, Bools, Floats, Ints
from sim.strategies.negotiator import OFFERINGS, AbstractOffering, Hearing
from sim.strategies.ranges import Setting, require
from sim.strategies.remembered_offers import RememberedOffers
from sim.table import BargainingTable

#: A step back of less than this is none.
_STEP = 1e-9
#: Of a swap against what they offer themselves less is asked than against his own last offer, so many times.
_SWAP = 3.0
#: NumPy adds up fewer numbers than this one after the other, and more in pairs.
_IN_TURN = 8


@OFFERINGS.register("trade-off", source="Faratin, Sierra & Jennings 2002")
@dataclass(frozen=True)
class TradeOff(AbstractOffering):
    """Proposes, of the deals worth what he asks for or more, the one most like what the others wish.

    What they wish is read off what they say: it lies between what they demanded in public and their first offer after
    it, and an issue weighs the more the longer their offers stay there. Nobody's payoffs are known. What he has offered
    stands, even where he asks for more again: he takes nothing back without giving some times as much elsewhere, and
    the fewer offers of theirs tell him what they care for, the more. An offer that has been refused ``refusals`` times
    in a row stands no longer: he sets it aside for good and puts forward what they would like best of the rest,
    whatever he takes back by it, so that nothing is repeated for ever that he has another deal for. Where they offer
    what he could sign, he asks for no less than that and looks for a swap that they would like as well, at a third of
    it; their own offer is one of the deals that he compares, even where he has set it aside. Who is known for posture
    opens with what he has demanded in public, whether or not he would sign it, anybody else with his best deal.

    band:         how much more than his target a deal may be worth, share of the way from floor to best, 0..1; below 1
                  he who asks for little sees only what pays him little, and not what pays him and them more
    window:       deals that he looks at, at most, 1 or more
    constancy:    weight of his own last offer beside what the others wish, 0..1
    compensation: what he takes back on some issues he gives on others, times this, 0 or more
    refusals:     times in a row that he makes an offer before he sets it aside, above 0; where no other deal is worth
                  what he asks for, he repeats his last
    demand:       0.5 or more: he opens with what he has demanded in public; less: with his best deal
    public:       weight of what another demanded in public in what he is taken to wish, beside his first offer after
                  it, 0..1
    sounding:     how much more he gives while he has heard little: ``compensation`` times 1 + this / (n - 1), where n
                  is the number of different offers that the other has made who made fewest; 0 or more

    Of equal deals the one that is worth more to himself.

    Raises:  InputError if a setting is out of its range
    Source:  Faratin, Sierra & Jennings 2002, Artif Intell 142:205-237, section 4 (trade-offs by similarity to the
             other's offer). Ours: their first instead of their latest offer, weights learned from where their offers
             stay, offers that stand, compensation, swaps, refusals, and the demand as opening offer.
             The settings were chosen by what transcripts show (missed, efficient, takebacks), not by how cases end, in
             worlds below 60,000, and are held against worlds from there on, see `tests/audit/tactics.py`.
             ``band`` bounds nothing: whoever has come down to his floor is to see what pays both. ``refusals`` buys
             agreement with takebacks, no value has both: `tests/audit/trade_off_frontier.py`
    Example:
        >>> from sim.foundations import Dice
        >>> from sim.table import BargainingTable
        >>> table = BargainingTable.of_payoffs([[1.0, 0.7, 0.65, 0.0], [0.0, 0.2, 0.7, 1.0]])
        >>> hearing = Hearing.begin(table, 0, Dice("doc", np.arange(1)))
        >>> TradeOff().offer(hearing, np.array([1.0])).tolist()
        [0]
        >>> for actor, deal in ((0, 0), (1, 3)):
        ...     hearing.said.note(table, actor, np.array([0]), np.array([deal]), np.array([True]))
        >>> TradeOff().offer(hearing, np.array([0.62])).tolist()
        [2]
    """

    band: Setting = 1.0
    window: Setting = 48.0
    constancy: Setting = 0.0
    compensation: Setting = 4.0
    refusals: Setting = 30.0
    demand: Setting = 1.0
    public: Setting = 0.6
    sounding: Setting = 5.0

    def __post_init__(self) -> None:
        require("band", self.band, 0, 1)
        require("window", self.window, 1)
        require("constancy", self.constancy, 0, 1)
        require("compensation", self.compensation, 0)
        require("refusals", self.refusals, 0, above=True)
        require("demand", self.demand, 0, 1)
        require("public", self.public, 0, 1)
        require("sounding", self.sounding, 0)

    def offer(self, hearing: Hearing, target: Floats) -> Ints:
        """Compare the deals of the window, in the draws that are still talking and where something is new to him."""
        talking = hearing.open & (hearing.ranking.count > 0)
        tired = hearing.said.repeated[:, hearing.actor] >= self.refusals
        remembered = RememberedOffers.of(hearing, (*vars(self).values(), tired))
        # With a narrower band the amount that he asks for counts itself.
        rows = np.flatnonzero(talking & ~(remembered.still(hearing, target) & np.greater_equal(self.band, 1.0)))
        if len(rows):
            rule, asked = self.select(rows), target[rows]
            reached = hearing.ranking.at_least(_spread(asked - TOLERANCE, rows, len(target)))[rows]
            offers = _Window.of(hearing, rule, rows, asked, reached).best(rule)
            remembered.keep(hearing, rows, asked, reached, offers)
        return np.where(talking, remembered.offers, NO_DEAL)


@dataclass(frozen=True)
class _Window:
    """Deals that are compared, best for himself first; the last column is his own last offer.

    deals: (R, W) deals that he may propose, NO_DEAL beyond those that there are and for those that he has set aside
    own:   (R,) his own last offer where it stands, NO_DEAL where there is none or he would not sign it any more
    theirs: (R,) what the others offer and is worth what he asks for, best for himself; NO_DEAL if nothing is
    heard: (R,) different offers of the other who made fewest, of those who made any
    gives: (I, R, W) how like what the others wish each issue stands, weighted, summing to 0..1
    keeps: (R, W) how like his own last offer, 0..1
    tired: (R,) whether his own last offer has been set aside
    opens: (R,) whether he has offered nothing yet
    hears: (R,) whether any other has
    opening: (R,) what he would open with, NO_DEAL for his best deal
    """

    deals: Ints
    own: Ints
    theirs: Ints
    heard: Ints
    gives: Floats
    keeps: Floats
    tired: Bools
    opens: Bools
    hears: Bools
    opening: Ints

    @classmethod
    def of(cls, hearing: Hearing, rule: TradeOff, rows: Ints, target: Floats, reached: Ints) -> _Window:
        """Collect it for the draws ``rows`` (R,), in which so many deals are worth what he asks for."""
        table, said, ranking, me = hearing.table, hearing.said, hearing.ranking, hearing.actor
        theirs, raised = _on_the_table(hearing, rows, target)
        if (raised > target).any():
            target = raised
            reached = ranking.at_least(_spread(target - TOLERANCE, rows, len(hearing.best)))[rows]
        span = (hearing.best - hearing.floor)[rows]
        last = np.maximum(reached - 1, 0)
        width = int(min(np.max(rule.window), table.payoff.shape[2]))
        places = last[:, None] - np.arange(width - 1, -1, -1)
        near = places >= 0
        listed, worths = ranking.at(rows, np.maximum(places, 0))
        top = np.maximum(target + rule.band * span, worths[:, -1]) + TOLERANCE
        near &= worths <= top[:, None]
        near &= np.arange(width) >= width - np.broadcast_to(rule.window, len(rows))[:, None]
        own = said.latest[rows, me]
        worth = table.payoff[rows, me, np.maximum(own, 0)]
        stands = (own != NO_DEAL) & _signable(table, rows, me, own)
        held = stands & (worth >= target - TOLERANCE)
        deals = np.column_stack([np.where(near, listed, NO_DEAL), np.where(held, own, NO_DEAL)])
        aside = _set_aside(hearing, rule, rows)
        tired = np.zeros(len(rows), bool)
        if aside is not None:
            tired = stands & aside[rows, own]
            deals = np.where(aside[rows[:, None], deals] & (deals != theirs[:, None]), NO_DEAL, deals)
        issues = table.open_issues
        places = np.maximum(np.column_stack([deals[:, :-1], own]), 0)
        levels = table.deals.T[issues].take(places, axis=1)  # (I, R, W)
        alike = _Alike.of(table, levels, issues)
        others = [o for o in range(len(table.actors)) if o != me and (said.first[:, o] != NO_DEAL).any()]
        gives = np.zeros(levels.shape)
        heard = np.zeros(len(rows))
        for other in others:
            there = said.first[rows, other] != NO_DEAL
            heard += there
            stood = said.stood[rows, other][:, issues] / np.maximum(said.different[rows, other], 1)[:, None]
            total = stood.sum(axis=1, keepdims=True)
            weight = np.where(total > 0, stood / np.where(total > 0, total, 1.0), 1 / len(levels)) * there[:, None]
            like = alike.to(table.deals[np.maximum(said.wish[rows, other], 0)])
            if (said.wish[rows, other] != said.first[rows, other]).any():
                share = np.broadcast_to(rule.public, len(rows))[:, None]
                like *= 1.0 - share
                like += share * alike.to(table.deals[np.maximum(said.first[rows, other], 0)])
            like *= weight.T[:, :, None]
            gives += like
        gives /= np.maximum(heard, 1)[:, None]
        different = said.different[rows][:, others]
        fewest = np.where(different > 0, different, np.iinfo(np.int64).max).min(axis=1, initial=np.iinfo(np.int64).max)
        keeps = _summed(alike.to(table.deals[np.maximum(own, 0)])) / len(levels) * (own != NO_DEAL)[:, None]
        demanded = np.where(np.broadcast_to(rule.demand, len(rows)) >= 0.5, table.demands[rows, me], NO_DEAL)
        mine = np.where(stands, own, NO_DEAL)
        return cls(deals, mine, theirs, fewest, gives, keeps, tired, own == NO_DEAL, heard > 0, demanded)

    def best(self, rule: TradeOff) -> Ints:
        """(R,) the deal that he proposes."""
        rows = np.arange(len(self.deals))
        there = self.deals != NO_DEAL
        step = self.gives - self.gives[:, :, -1:]
        given, taken = _summed(np.maximum(step, 0.0)), _summed(np.maximum(-step, 0.0))
        free = self.opens | (self.tired & (self.theirs == NO_DEAL))
        fair = there & ((taken <= _STEP) | (given >= self._owed(rule)[:, None] * taken - _STEP) | free[:, None])
        fair |= there & (self.deals == self.theirs[:, None])
        constancy = np.broadcast_to(rule.constancy, len(rows))[:, None]
        like = (1 - constancy) * _summed(self.gives) + constancy * self.keeps
        like = np.where(self.hears[:, None], like, self.keeps)
        chosen = np.where(fair, like, np.where(there, like - 10.0, -np.inf))
        place = (chosen >= chosen.max(axis=1, keepdims=True) - _STEP).argmax(axis=1)
        found = self.deals[rows, place]
        found = np.where(~fair.any(axis=1) & (self.own != NO_DEAL), self.own, found)
        return np.where(self.opens & (self.opening != NO_DEAL), self.opening, found)

    def _owed(self, rule: TradeOff) -> Floats:
        """(R,) how many times what he takes back he gives elsewhere."""
        base = np.broadcast_to(rule.compensation, len(self.deals))
        known = np.maximum(self.heard - 1, _STEP)
        owed = base * (1.0 + rule.sounding / known)
        return np.where(self.theirs != NO_DEAL, base / _SWAP, owed)


def _signable(table: BargainingTable, rows: Ints, actor: int, deals: Ints) -> Bools:
    """(R,) whether an actor would sign one deal in each draw and it can be signed; NO_DEAL counts as the first deal."""
    deals = np.maximum(deals, 0)
    return np.asarray(table.acceptable[rows, actor, deals] & table.offerable[rows, deals])


def _set_aside(hearing: Hearing, rule: TradeOff, rows: Ints) -> Bools | None:
    """(B, K) which deals he has offered so often in a row that he offers them no more; None where there are none."""
    said, me = hearing.said, hearing.actor
    tired = rows[said.repeated[rows, me] >= rule.refusals]
    if len(tired):
        aside = hearing.memory.setdefault("set aside", np.zeros(hearing.table.payoff[:, me].shape, bool))
        aside[tired, said.latest[tired, me]] = True
    return hearing.memory.get("set aside")


def _on_the_table(hearing: Hearing, rows: Ints, target: Floats) -> tuple[Ints, Floats]:
    """The best of the others' latest offers that is worth what he asks for, and what he asks for once he has it.

    Returns:
        (R,) deal, NO_DEAL where there is none, and (R,) target, in payoff
    """
    table, me = hearing.table, hearing.actor
    best, target = np.full(len(rows), NO_DEAL), target.copy()
    for other in range(len(table.actors)):
        deal = hearing.said.latest[rows, other]
        if other == me or (deal == NO_DEAL).all():
            continue
        worth = table.payoff[rows, me, np.maximum(deal, 0)]
        enough = (deal != NO_DEAL) & _signable(table, rows, me, deal) & (worth >= target - TOLERANCE)
        best = np.where(enough, deal, best)
        target = np.where(enough, np.maximum(worth, target), target)
    return best, target


@dataclass(frozen=True)
class _Alike:
    """Deals that are compared with others, issue by issue, as ``BargainingTable.likeness`` does.

    levels: (I, R, W) their levels
    places: (I, R, W) and where these are on the scales of their issues
    table:  whose issues they are
    issues: (I,) those that are open
    """

    levels: Ints
    places: Floats
    table: BargainingTable
    issues: Ints

    @classmethod
    def of(cls, table: BargainingTable, levels: Ints, issues: Ints) -> _Alike:
        starts = issues * table.place.shape[1]
        return cls(levels, table.place.take(levels + starts[:, None, None]), table, issues)

    def to(self, other: Ints) -> Floats:
        """(I, R, W) how like they are to a deal in each draw, given by its levels (R, I)."""
        other = other[:, self.issues]
        there = self.table.place[self.issues, other].T[:, :, None]
        found = self.places - there
        np.abs(found, out=found)
        np.subtract(1.0, found, out=found)
        for n in np.flatnonzero(np.isin(self.issues, self.table.unordered)):
            found[n] = np.where(np.isnan(found[n]), self.levels[n] == other[:, n, None], found[n])
        return found


def _summed(by_issue: Floats) -> Floats:
    """Sum over the first axis, bit for bit as a sum over the last would be, which takes several times as long."""
    if len(by_issue) < _IN_TURN:
        return np.asarray(by_issue.sum(axis=0))
    return np.asarray(np.ascontiguousarray(np.moveaxis(by_issue, 0, -1)).sum(axis=-1))


def _spread(values: Floats, rows: Ints, size: int) -> Floats:
    """Values of some draws in their places among all; infinite elsewhere, so that nothing is searched there."""
    found = np.full(size, np.inf)
    found[rows] = values
    return found
