"""The rules of talks: what a protocol is, and the state that one session of talks keeps."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar, Self

import numpy as np

from sim.foundations import NO_DEAL, Bools, Dice, InputError, Ints, Problem, Registry, nearest
from sim.protocols.seats import Seats
from sim.table import BargainingTable

#: Protocols by name; members register themselves where they are defined.
PROTOCOLS: Registry[type[AbstractProtocol]] = Registry("protocol", home="sim.protocols")


def require_choice(name: str, found: object, allowed: tuple[str, ...]) -> None:
    """Refuse a setting that is none of the words allowed.

    Raises:
        InputError with the nearest right word, at the place of the setting within the talks

    Example:
        >>> require_choice("responses", "vote", ("stacked", "vote"))
    """
    if found not in allowed:
        message = f'the setting "{name}" is "{found}", which is none of {", ".join(allowed)}'
        raise InputError(
            Problem(message, ("settings", name), allowed=", ".join(allowed), nearest=nearest(str(found), allowed))
        )


def require_rounds(rounds: int) -> None:
    """Refuse talks without a round.

    Raises:
        InputError with the number found

    Example:
        >>> require_rounds(1)
    """
    if rounds < 1:
        raise InputError(f"talks need at least one round, got {rounds}")


@dataclass(frozen=True, slots=True)
class Offer:
    """One entry of the offer log.

    round: round of talks, from 0
    actor: index of who spoke
    deal:  (B,) deal proposed, NO_DEAL in draws where nothing was proposed
    act:   ``offer`` | ``accept`` | ``text`` (a mediator's proposal)
    """

    round: int
    actor: int
    deal: Ints
    act: str = "offer"


@dataclass
class TalksState:
    """State of one session of talks, for a block of draws.

    open:  (B,) draws still talking
    deal:  (B,) deal agreed, NO_DEAL if none
    round: (B,) round in which it was agreed; the number of rounds held so far where there is none
    by:    (B,) actor who made the offer that was accepted, -1 if none
    accepted: (B, A) who said yes to the deal agreed; without columns where the protocol does not tell
    log:   offers in the order they were made; filled only when ``keep_log``
    """

    open: Bools
    deal: Ints
    round: Ints
    by: Ints
    accepted: Bools = field(default_factory=lambda: np.zeros((0, 0), bool))
    keep_log: bool = False
    log: list[Offer] = field(default_factory=list)

    @classmethod
    def begin(cls, draws: int, *, keep_log: bool = False) -> Self:
        """Nothing has been said yet in any draw."""
        return cls(
            open=np.ones(draws, bool),
            deal=np.full(draws, NO_DEAL),
            round=np.zeros(draws, np.int64),
            by=np.full(draws, -1),
            accepted=np.zeros((draws, 0), bool),
            keep_log=keep_log,
        )

    def close(self, where: Bools, deal: Ints, round_: int, by: Ints | int, accepted: Bools | None = None) -> None:
        """End talks with a deal in the draws ``where`` they are still open; the only way to agree.

        Args:
            where:  (B,) draws that agree now; draws already closed are left as they are
            deal:   (B,) deal agreed, read only where ``where``
            round_: round of the agreement, from 0
            by:     (B,) or one index: whose offer it was
            accepted: (B, A) who said yes to it; left out, it is taken to be all signers to whom it is acceptable
        """
        now = where & self.open
        self.deal[now] = np.broadcast_to(deal, now.shape)[now]
        self.round[now] = round_
        self.by[now] = np.broadcast_to(by, now.shape)[now]
        if accepted is not None:
            if not self.accepted.shape[1]:
                self.accepted = np.zeros(accepted.shape, bool)
            self.accepted[now] = accepted[now]
        self.open &= ~now

    def select(self, where: Ints) -> Self | None:  # noqa: ARG002 - for those that override
        """The talks of some of the draws, without the log; ``None`` where these rules cannot be split so."""
        return None

    def note(self, round_: int, actor: int, deal: Ints, act: str = "offer") -> None:
        """Write an entry in the log, if one is kept."""
        if self.keep_log:
            self.log.append(Offer(round_, actor, np.where(self.open, deal, NO_DEAL), act))


class AbstractProtocol(ABC):
    """Rules of talks; settings are frozen fields, state lives in a TalksState (or a subclass of it).

    rounds: round budget, 1 or more
    filled: fields that are no settings: they are taken by name from the Seats of the talks
    clocked: whether a round is what it is by its number, so that talks that go on in a changed world go on with it;
        otherwise they begin anew, with the rounds that are left
    """

    filled: ClassVar[tuple[str, ...]] = ("rounds",)
    clocked: ClassVar[bool] = True

    rounds: int

    @classmethod
    def seated(cls, seats: Seats, settings: Mapping[str, Any]) -> Self:
        """Make the protocol for the talks of a scenario: what it takes of them, and the settings given.

        Override where a field depends on the talks in another way than being taken from them.

        Raises:  InputError for a value that a field refuses
        """
        return cls(**{name: getattr(seats, name) for name in cls.filled}, **settings)

    def start(
        self,
        table: BargainingTable,
        dice: Dice,  # noqa: ARG002 - for those that override
        *,
        keep_log: bool = False,
    ) -> TalksState:
        """Return the state before the first round; by default nobody has said anything."""
        return TalksState.begin(table.draws, keep_log=keep_log)

    def foreseen(self, table: BargainingTable) -> TalksState | None:  # noqa: ARG002 - for those that override
        """The closed talks, where they can be worked out without being held; the bits are the same.

        Override where nobody minds what others say, and no dice are thrown.
        """
        return None

    def hopeless(self, table: BargainingTable) -> Bools | None:  # noqa: ARG002 - for those that override
        """(B,) draws in which nothing can be signed under these rules, whatever is said; no talks are held in them.

        ``None`` where that is not known before. Override where what is signed is acceptable to everybody needed.
        """
        return None

    @abstractmethod
    def step(self, table: BargainingTable, talks: TalksState, dice: Dice, round_: int) -> None:
        """Play one round in every draw that is still open."""

    def finish(self, table: BargainingTable, talks: TalksState, dice: Dice) -> None:  # noqa: B027 - a default
        """Read off the outcome after the last round; by default talks that are open have lapsed."""

    def select(self, where: Bools | Ints) -> AbstractProtocol:  # noqa: ARG002 - for those that override
        """The same rules for some of the draws; override where a field has a value per draw."""
        return self
