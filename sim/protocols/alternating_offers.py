"""Offers in turn, by whatever strategies the parties have, until one is agreed or time runs out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, ClassVar, Final, Literal, Self, get_args

import numpy as np

from sim.foundations import NO_DEAL, Bools, Dice, Floats, InputError, Ints
from sim.protocols.protocol import PROTOCOLS, AbstractProtocol, TalksState, require_choice, require_rounds
from sim.protocols.seats import Seats
from sim.protocols.timed_offers import least_taken, takes_by_the_clock, timed_offers
from sim.strategies import Hearing, Negotiator, Said
from sim.table import BargainingTable, LazyTypes

TimeScale = Literal["rounds", "negmas", "turns"]
Responses = Literal["auto", "stacked", "vote"]
Speakers = Literal["order", "lot", "votes"]


@dataclass
class OfferTalks(TalksState):
    """Talks with an offer on the table.

    hearings: one per actor, None for those who have no say
    standing: (B,) deal on the table, NO_DEAL if none
    speaker:  (B,) who put it there, -1 if none
    yes:      (B, A) who has said yes to it
    said:     what everybody has said so far, the record that the hearings share
    offered:  (B, A, K) deals each actor has offered so far
    received: (B, A) different deals that others have offered, to each; the hearings look at their columns
    takes:    a round, and (B, A) the least that each actor takes in it, of those who go by the clock alone; else None
    by_the_clock: (A,) who of them answers by the clock alone
    """

    hearings: list[Hearing | None] = field(default_factory=list)
    standing: Ints = field(default_factory=lambda: np.empty(0, np.int64))
    speaker: Ints = field(default_factory=lambda: np.empty(0, np.int64))
    yes: Bools = field(default_factory=lambda: np.empty((0, 0), bool))
    said: Said = field(init=False)
    offered: Bools = field(default_factory=lambda: np.empty((0, 0, 0), bool))
    received: Ints = field(default_factory=lambda: np.empty((0, 0), np.int64))
    takes: tuple[int, Floats] | None = None
    by_the_clock: Bools = field(default_factory=lambda: np.empty(0, bool))

    def select(self, where: Ints) -> OfferTalks:
        """The talks of some of the draws, everybody's memory included."""
        said, received = self.said.select(where), self.received[where]
        found = OfferTalks(
            self.open[where],
            self.deal[where],
            self.round[where],
            self.by[where],
            self.accepted[where],
            hearings=_counting([None if one is None else one.select(where, said) for one in self.hearings], received),
            standing=self.standing[where],
            speaker=self.speaker[where],
            yes=self.yes[where],
            offered=self.offered[where],
            received=received,
            by_the_clock=self.by_the_clock,
        )
        found.said = said
        return found


@dataclass(frozen=True)
class _Stance:
    """What an actor would do now: offer (B,) deal, and yes (B,) to the standing offer."""

    offer: Ints
    yes: Bools


@PROTOCOLS.register("alternating-offers", source="Aydogan, Festen, Hindriks & Jonker 2017 (stacked alternating offers)")
@dataclass(frozen=True)
class AlternatingOffers(AbstractProtocol):
    """In turn each party takes the offer on the table or puts another in its place.

    rounds:      round budget, 1 or more; in a round everybody in the table's order acts once
    negotiators: (A,) behaviour of each actor, in the order of the table's actors
    types:       what others think that each may be like, for strategies that ask; None: they know
    responses:   ``stacked``: a refusal replaces the offer by one's own, and it is agreed once the yeses
                 to it, the proposer's included, meet the signing rule; ``vote``: everybody answers the
                 offer at once, then the next one proposes; ``auto``: stacked where every signer must
                 agree, else vote
    time_scale:  relative time of round s of n: ``rounds`` s/(n-1), so that the last round has time 1;
                 ``negmas`` (s+1)/(n+1); ``turns``: one actor acts per round, time s/(n-1)
    speakers:    who speaks in a round: ``order``: everybody, in the table's order; ``lot``: one, drawn by lot anew in
                 each round; ``votes``: one, drawn in proportion to his votes under the signing rule; where one is
                 drawn, ``auto`` lets all others vote
    deadlines:   (A,) rounds that each actor stays, in the order of the table's actors; all of them if empty. His time
                 runs out with his own last round, and after it he neither offers nor answers. All know that talks are
                 over once too few are left

    Nobody offers or takes a deal worth less to him than no deal, across his hard red line, or lacking
    the consent of somebody outside. Silence after a refusal clears the table. Signers who do not stand
    in the order answer each offer as soon as it is made.

    Raises:  InputError if there is not one negotiator for each actor, no round, or a setting unknown
    Source:  Aydogan, Festen, Hindriks & Jonker 2017; Rubinstein 1982 for two. Ours: the vote, after the
             alternating majority consensus protocol of GENIUS, and the order of actors as data

    Example:
        >>> from sim.strategies import assemble
        >>> table = BargainingTable.of_payoffs([[1.0, 0.6, 0.0], [0.0, 0.6, 1.0]])
        >>> dice = Dice("doc", np.arange(1))
        >>> protocol = AlternatingOffers(4, (assemble(), assemble()))
        >>> talks = protocol.start(table, dice)
        >>> for round_ in range(4):
        ...     protocol.step(table, talks, dice, round_)
        >>> talks.deal.tolist(), talks.round.tolist()
        ([1], [2])
    """

    filled: ClassVar[tuple[str, ...]] = ("rounds", "negotiators", "types", "deadlines")

    rounds: int
    negotiators: tuple[Negotiator, ...]
    types: LazyTypes | None = None
    responses: Responses = "auto"
    time_scale: TimeScale = "rounds"
    speakers: Speakers = "order"
    deadlines: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        require_choice("speakers", self.speakers, get_args(Speakers))
        require_rounds(self.rounds)
        require_choice("responses", self.responses, get_args(Responses))
        require_choice("time_scale", self.time_scale, get_args(TimeScale))

    @classmethod
    def seated(cls, seats: Seats, settings: Mapping[str, Any]) -> Self:
        """Everybody with his strategy; the time scale is the convention of the scenario if no setting says another."""
        return super().seated(seats, {"time_scale": seats.time_scale, **settings})

    def select(self, where: Bools | Ints) -> AlternatingOffers:
        """The same rules and behaviours for some of the draws."""
        types = None if self.types is None else self.types.select(where)
        return replace(self, negotiators=tuple(one.select(where) for one in self.negotiators), types=types)

    def start(self, table: BargainingTable, dice: Dice, *, keep_log: bool = False) -> OfferTalks:
        """Everybody sorts his deals; nothing is on the table."""
        actors = len(table.actors)
        if len(self.negotiators) != actors:
            raise InputError(f"{actors} actors need one negotiator each, got {len(self.negotiators)}")
        talks = OfferTalks.begin(table.draws, keep_log=keep_log)
        has_say = table.rule.signers.copy()
        has_say[table.order] = True
        talks.said = Said.begin(table)
        talks.received = np.zeros((table.draws, actors), np.int64)
        hearings = [
            Hearing.begin(table, i, dice, talks.said, self.types) if has_say[i] else None for i in range(actors)
        ]
        talks.hearings = _counting(hearings, talks.received)
        talks.standing = np.full(table.draws, NO_DEAL)
        talks.speaker = np.full(table.draws, -1)
        talks.yes = np.zeros((table.draws, actors), bool)
        talks.offered = np.zeros(table.payoff.shape, bool)
        talks.by_the_clock = np.array([takes_by_the_clock(one) for one in self.negotiators], bool)
        return talks

    def foreseen(self, table: BargainingTable) -> TalksState | None:
        """Work the talks out where everybody goes by the clock alone and answers when his turn comes."""
        if (type(self).start, type(self).step) != _OWN_RULES or len(self.negotiators) != len(table.actors):
            return None
        if self.time_scale == "turns" or self.speakers != "order" or self.deadlines or self._votes(table):
            return None
        return timed_offers(table, self.negotiators, self.times)

    @property
    def times(self) -> tuple[float, ...]:
        """Share of the talks that has passed in each round, 0..1, where everybody stays to the end."""
        return tuple(self._time(0, round_) for round_ in range(self.rounds))

    def hopeless(self, table: BargainingTable) -> Bools | None:
        """No deal has the yes of enough signers who would rather sign it than not, and of those whose consent it needs.

        A yes from outside is looked for where a deal is offered, but a public demand may be put forward without it.
        """
        if type(self).step is not AlternatingOffers.step:  # a subclass has other rules
            return None
        return np.asarray(~table.may_pass.any(axis=1))

    def step(self, table: BargainingTable, talks: TalksState, dice: Dice, round_: int) -> None:
        """Let everybody in the order act once, or the one whose turn it is, or who is drawn."""
        assert isinstance(talks, OfferTalks)
        if self.speakers != "order":
            self._drawn(table, talks, dice, round_)
            return
        turns = range(len(table.order))
        if self.time_scale == "turns":
            turns = range(round_ % len(table.order), round_ % len(table.order) + 1)
        for turn in turns:
            if not talks.open.any():
                return
            self._act(table, talks, turn, round_)

    def _drawn(self, table: BargainingTable, talks: OfferTalks, dice: Dice, round_: int) -> None:
        """Let the one act who is drawn: in each draw one of those still at the table."""
        chance = table.rule.weights[table.order] if self.speakers == "votes" else np.ones(len(table.order))
        chance = np.where([self._stays(int(actor), round_) for actor in table.order], chance, 0.0)
        if chance.sum() <= 0:
            return
        # In the order of names, so that the order of the file does not decide who is drawn.
        by_name = np.argsort([table.actors[actor] for actor in table.order])
        luck = dice.uniform("who speaks", round_)
        place = (luck[:, None] > np.cumsum(chance[by_name] / chance.sum())).sum(axis=1)
        drawn = by_name[np.minimum(place, len(by_name) - 1)]
        for turn in range(len(table.order)):
            others = talks.open & (drawn != turn)
            talks.open &= drawn == turn
            if talks.open.any():
                self._act(table, talks, turn, round_)
            talks.open |= others

    def _stays(self, actor: int, round_: int) -> bool:
        """Whether an actor is still at the table in a round."""
        return not self.deadlines or round_ < self.deadlines[actor]

    def _time(self, actor: int, round_: int) -> float:
        """Share of his own time that has passed in a round, 0..1."""
        rounds = min(self.deadlines[actor], self.rounds) if self.deadlines else self.rounds
        if self.time_scale == "negmas":
            return (round_ + 1) / (rounds + 1)
        return _share(round_, rounds)

    def _act(self, table: BargainingTable, talks: OfferTalks, turn: int, round_: int) -> None:
        """One turn of the actor at place ``turn`` of the order."""
        actor = int(table.order[turn])
        if not self._stays(actor, round_):
            return
        stance = self._stance(talks, actor, round_, turn)
        silent = talks.open.copy()
        if not self._votes(table):
            taken = talks.open & stance.yes
            talks.yes[taken, actor] = True
            if taken.any():
                talks.note(round_, actor, np.where(taken, talks.standing, NO_DEAL), "accept")
                self._sign(table, talks, round_)
            silent = talks.open & ~taken
        _put(talks, actor, np.where(silent, stance.offer, NO_DEAL), silent)
        talks.note(round_, actor, np.where(silent, stance.offer, NO_DEAL))
        answering = table.rule.signers.copy()
        if not self._votes(table):
            answering[table.order] = False
        answering[actor] = False
        asked = np.flatnonzero(answering).tolist()
        if self.deadlines:
            asked = [other for other in asked if self._stays(other, round_)]
        if len(asked) > 1 and not talks.keep_log and talks.by_the_clock[asked].all():
            self._all_answer(talks, asked, round_, silent)
            asked = []
        for other in asked:
            answer = self._stance(talks, other, round_, turn, answers_only=True)
            talks.yes[silent, other] = answer.yes[silent]
            talks.note(round_, other, np.where(silent & answer.yes, talks.standing, NO_DEAL), "accept")
        self._sign(table, talks, round_)

    def _all_answer(self, talks: OfferTalks, asked: list[int], round_: int, where: Bools) -> None:
        """Let several who go by the clock alone answer the standing offer at once, in the draws ``where``.

        What each of them takes in a round does not depend on who speaks, so it is worked out once a round.
        """
        if talks.takes is None or talks.takes[0] != round_:
            least = np.full(talks.yes.shape, np.inf)
            for other, hearing in enumerate(talks.hearings):
                if hearing is not None and talks.by_the_clock[other] and self._stays(other, round_):
                    least[:, other] = least_taken(self.negotiators[other], hearing, self._time(other, round_))
            talks.takes = (round_, least)
        least = talks.takes[1]
        rows = np.flatnonzero(where & (talks.standing != NO_DEAL))
        table = next(hearing.table for hearing in talks.hearings if hearing is not None)
        deals = talks.standing[rows]
        yes = (table.payoff[rows, :, deals] >= least[rows]) & table.acceptable[rows, :, deals]
        talks.yes[np.flatnonzero(where)[:, None], asked] = False
        talks.yes[rows[:, None], asked] = yes[:, asked]

    def _votes(self, table: BargainingTable) -> bool:
        return self.responses == "vote" or (
            self.responses == "auto" and (not table.rule.unanimous or self.speakers != "order")
        )

    def _stance(
        self,
        talks: OfferTalks,
        actor: int,
        round_: int,
        turn: int,
        *,
        answers_only: bool = False,
    ) -> _Stance:
        """What the actor would offer and answer now; mere answers leave no trace in his memory."""
        hearing, negotiator = talks.hearings[actor], self.negotiators[actor]
        assert hearing is not None
        now = hearing.at(
            self._time(actor, round_),
            round_,
            turn,
            standing=talks.standing,
            heard=_heard(talks, hearing),
            open_=talks.open.copy(),
        )
        target = negotiator.target(now)
        offer = negotiator.offering.offer(now, target)
        now = now.about_to_offer(offer)
        there = (talks.standing != NO_DEAL) & (talks.speaker != actor)
        bearable = now.table.acceptable[np.arange(len(offer)), actor, np.maximum(talks.standing, 0)]
        yes = there & bearable & negotiator.acceptance.accepts(now, target)
        if not answers_only:
            talks.hearings[actor] = now.remembering(target)
        return _Stance(offer, yes)

    def _sign(self, table: BargainingTable, talks: OfferTalks, round_: int) -> None:
        """Close the draws in which the standing offer has every yes it needs."""
        consent = table.consent[:, np.maximum(talks.standing, 0)].T & table.rule.signers
        signed = table.rule.passes(talks.yes) & (talks.yes | ~consent).all(axis=1)
        talks.close(signed & (talks.standing != NO_DEAL), talks.standing, round_, talks.speaker, talks.yes)


#: Whoever starts or steps otherwise, a subclass for one, has other rules.
_OWN_RULES: Final = (AlternatingOffers.start, AlternatingOffers.step)


def _share(round_: int, rounds: int) -> float:
    """Part of the talks that has passed in a round; a single round is the last one."""
    return round_ / (rounds - 1) if rounds > 1 else 1.0


def _heard(talks: OfferTalks, hearing: Hearing) -> Floats:
    """(B, A) values to one actor of everybody's latest offer, nan for none and for himself."""
    latest = talks.said.latest
    draws, actors = latest.shape
    rows = np.arange(draws)[:, None]
    found = hearing.table.payoff[rows, hearing.actor, np.maximum(latest, 0)]
    return np.where((latest == NO_DEAL) | (np.arange(actors) == hearing.actor), np.nan, found)


def _counting(hearings: list[Hearing | None], received: Ints) -> list[Hearing | None]:
    """The same hearings, each of which looks at its own column of what all have received."""
    return [None if one is None else replace(one, received=received[:, one.actor]) for one in hearings]


def _put(talks: OfferTalks, actor: int, deal: Ints, where: Bools) -> None:
    """Replace the standing offer in the draws ``where`` and count the deals that are new."""
    talks.standing[where] = deal[where]
    talks.speaker[where] = actor
    talks.yes[where] = False
    made = where & (deal != NO_DEAL)
    rows = np.flatnonzero(made)
    table = next(hearing.table for hearing in talks.hearings if hearing is not None)
    # A public demand that he would not sign himself, or that cannot be signed, binds nobody.
    talks.yes[rows, actor] = table.acceptable[rows, actor, deal[rows]] & table.offerable[rows, deal[rows]]
    talks.said.note(table, actor, rows, deal[rows], ~talks.offered[rows, actor, deal[rows]])
    by = talks.offered[rows, :, deal[rows]]
    # Whether a deal is new to an actor: nobody but himself has offered it before.
    unheard = by.sum(axis=1, keepdims=True) == by
    unheard[:, actor] = False
    talks.received[rows] += unheard
    speaker = talks.hearings[actor]
    if speaker is not None:
        speaker.sent[rows] += ~by[:, actor]
    talks.offered[rows, actor, deal[rows]] = True
