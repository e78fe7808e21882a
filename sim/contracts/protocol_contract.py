"""What every protocol keeps."""

from __future__ import annotations

import dataclasses
from typing import Any, Final

import numpy as np

from sim.contracts.random_tables import dice_of, random_tables
from sim.engine import negotiate
from sim.equilibria import backward_induction, issue_by_issue_deals, screening_by_type
from sim.foundations import NO_DEAL, Floats, Ints
from sim.protocols import AbstractProtocol, TalksState
from sim.protocols.issues_apart import settled_levels
from sim.strategies import assemble
from sim.table import BargainingTable, LotPlan, RoundPlan, ScreeningPlan, SigningRule, TypeGrid

_ROUNDS: Final = 8
#: Draws in which a deal that suits all is there to be found; a protocol may leave something to chance.
_TRIES: Final = 40


def protocol_on(kind: type[AbstractProtocol], table: BargainingTable, rounds: int = _ROUNDS) -> AbstractProtocol:
    """Make a protocol for a bare table: what it lists in ``filled`` is given, its settings are left alone.

    Negotiators concede over time, some sooner and some later; the plan is the one of ``simple_plan``.
    """
    exponents = np.linspace(0.3, 3.0, table.draws)
    given: dict[str, Any] = {
        "rounds": rounds,
        "negotiators": tuple(assemble(settings={"exponent": exponents}) for _ in table.actors),
        "time_scale": "rounds",
        "plan": simple_plan(table, rounds),
        "lot_plan": simple_lot_plan(table, rounds),
        "screening_plan": simple_screening_plan(table, rounds),
        "agenda_plan": issue_by_issue_deals(table, rounds),
        "settled": _settled_apart(table, rounds),
        "types": None,
        "deadlines": (),
    }
    return kind(**{name: given[name] for name in kind.filled})


def simple_lot_plan(table: BargainingTable, rounds: int) -> LotPlan:
    """Everybody who makes offers is drawn with the same chance, and nobody insists on more than no deal gives.

    Example:
        >>> table = BargainingTable.of_payoffs([[1.0, 0.0], [0.0, 1.0]])
        >>> simple_lot_plan(table, 3).chances.tolist()
        [0.5, 0.5]
    """
    chances = np.zeros(len(table.actors))
    chances[table.order] = 1 / len(table.order)
    least = np.repeat(table.disagreement[:, :, None], rounds, axis=2)
    return LotPlan(least, table.disagreement.copy(), chances)


def _settled_apart(table: BargainingTable, rounds: int) -> Ints:
    """(B,) deal that delegations put together, issue by issue, NO_DEAL where there is none like it."""
    rest = [int(table.deals[0, i]) for i in range(len(table.issues))]
    chosen = settled_levels(table, rest, lambda own: backward_induction(own, rounds))
    same = (chosen[:, None, :] == table.deals).all(axis=2)
    return np.where(same.any(axis=1), same.argmax(axis=1), NO_DEAL)


def simple_screening_plan(table: BargainingTable, rounds: int) -> ScreeningPlan:
    """One offer a round, to the other signer, who is known: there is one type of him, the real one."""
    signers = np.flatnonzero(table.rule.signers)
    proposer = int(table.order[0])
    answering = int(next(one for one in signers if one != proposer))
    known = TypeGrid(
        signers, table.payoff[:, signers, None], table.disagreement[:, signers, None], table.permitted[:, signers, None]
    )
    return screening_by_type(table, known, proposer, answering, rounds)


def simple_plan(table: BargainingTable, rounds: int) -> RoundPlan:
    """In each round the one whose turn it is proposes his best signable deal; all take what beats no deal."""
    proposer = table.order[np.arange(rounds) % len(table.order)]
    good = table.signable & table.offerable
    proposal = np.full((table.draws, rounds), NO_DEAL)
    for t, actor in enumerate(proposer):
        mine = good & table.acceptable[:, actor]
        best = np.where(mine, table.payoff[:, actor], -np.inf).argmax(axis=1)
        proposal[:, t] = np.where(mine.any(axis=1), best, NO_DEAL)
    reservation = np.repeat(table.disagreement[:, :, None], rounds, axis=2)
    return RoundPlan(proposal, proposer, reservation, table.disagreement.copy())


def _talks(kind: type[AbstractProtocol], table: BargainingTable, *, keep_log: bool = False) -> TalksState:
    return negotiate(protocol_on(kind, table), table, dice_of(table), keep_log=keep_log)


def _many(payoff: Floats, disagreement: object) -> BargainingTable:
    return BargainingTable.of_payoffs(np.tile(payoff, (_TRIES, 1, 1)), disagreement)


def signed_deals_have_every_yes_they_need(kind: type[AbstractProtocol]) -> None:
    """A deal is signed only if it could be: acceptable to enough signers, consented to, red lines kept."""
    for n, table in enumerate(random_tables(25)):
        actors = len(table.actors)
        for rule in (SigningRule.unanimity(actors), SigningRule.k_of_n(actors, 1 + n % actors)):
            now = dataclasses.replace(table, rule=rule)
            talks = _talks(kind, now)
            signed = talks.deal != NO_DEAL
            assert (now.signable & now.offerable)[np.arange(now.draws), talks.deal][signed].all()
            assert not (talks.open & signed).any(), "open talks hold a deal"
            assert (talks.open | signed).all(), "closed talks hold no deal"
            assert (talks.round <= _ROUNDS).all(), "talks went on beyond their rounds"


def a_draw_alone_is_the_draw_in_a_block(kind: type[AbstractProtocol]) -> None:
    """Playing some of the draws, in any order, gives what they gave in the whole block."""
    for table in random_tables(15):
        chosen = np.arange(table.draws)[::-1][: max(1, table.draws - 1)]
        protocol = protocol_on(kind, table)
        whole = negotiate(protocol, table, dice_of(table))
        part = negotiate(protocol.select(chosen), table.select(chosen), dice_of(table).select(chosen))
        for name in ("deal", "round", "by"):
            assert getattr(part, name).tolist() == getattr(whole, name)[chosen].tolist(), name


def pressure_makes_a_deal_possible(kind: type[AbstractProtocol]) -> None:
    """A payoff raised above no deal for some deals makes agreement possible where there was none, on those deals."""
    payoff = np.array([[1.0, 0.9, 0.8, 0.1], [0.0, 0.1, 0.2, 1.0]])
    assert set(_talks(kind, _many(payoff, [0.5, 0.3])).deal.tolist()) == {NO_DEAL}
    pressed = payoff.copy()
    pressed[1, 1:3] += 0.3
    found = set(_talks(kind, _many(pressed, [0.5, 0.3])).deal.tolist())
    assert found & {1, 2}, "nobody signs what all prefer to no deal"
    assert found <= {1, 2, NO_DEAL}


def nobody_outside_is_overruled(kind: type[AbstractProtocol]) -> None:
    """A deal that an outsider refuses his consent to is not signed."""
    rule = SigningRule.unanimity(3, np.array([True, True, False]))
    table = BargainingTable.of_payoffs([[1.0, 0.6], [1.0, 0.6], [0.0, 1.0]], 0.5, rule=rule)
    table.consent[2] = True
    assert _talks(kind, table.replace(order=np.array([0, 1]))).deal[0] != 0


def no_signer_whose_consent_is_needed_is_outvoted(kind: type[AbstractProtocol]) -> None:
    """Two of three may sign for all, but not a deal that needs the third one's consent and lacks it."""
    payoff = [[1.0, 0.6], [1.0, 0.6], [0.0, 1.0]]
    table = BargainingTable.of_payoffs(payoff, 0.5, rule=SigningRule.k_of_n(3, 2))
    table.consent[2, 0] = True
    assert _talks(kind, table).deal[0] != 0
    assert _talks(kind, table.replace(permitted=np.array([[[True, False]] * 3]))).deal.tolist() == [NO_DEAL]


def closed_draws_stay_closed(kind: type[AbstractProtocol]) -> None:
    """Steps after the agreement change nothing in a draw that has agreed."""
    table = BargainingTable.of_payoffs([[1.0, 0.6, 0.0], [0.0, 0.6, 1.0]], 0.1)
    protocol = protocol_on(kind, table)
    talks = protocol.start(table, dice_of(table))
    talks.close(np.array([True]), np.array([2]), 0, 1)
    for round_ in range(protocol.rounds):
        protocol.step(table, talks, dice_of(table), round_)
    protocol.finish(table, talks, dice_of(table))
    assert (talks.deal.tolist(), talks.round.tolist(), talks.by.tolist()) == ([2], [0], [1])


def no_deal_without_a_common_deal(kind: type[AbstractProtocol]) -> None:
    """Where nothing is acceptable to all, talks lapse and say how many rounds were held."""
    talks = _talks(kind, BargainingTable.of_payoffs([[1.0, 0.0], [0.0, 1.0]], 0.5))
    assert talks.deal.tolist() == [NO_DEAL]
    assert talks.round.tolist() == [_ROUNDS]


def the_log_speaks_of_open_draws_only(kind: type[AbstractProtocol]) -> None:
    """What is said in a draw that has agreed already is not in the log, and every entry is of a known kind."""
    table = BargainingTable.of_payoffs(np.tile([[1.0, 0.6, 0.0], [0.0, 0.6, 1.0]], (2, 1, 1)), 0.1)
    talks = _talks(kind, table, keep_log=True)
    for entry in talks.log:
        assert entry.act in {"offer", "accept", "text"}, entry.act
        assert ((entry.deal == NO_DEAL) | (talks.round >= entry.round)).all()


def every_field_stands_in_the_docstring(kind: type[AbstractProtocol]) -> None:
    """Settings are fields of a dataclass, and the docstring says what each means, and where the idea is from."""
    text = kind.__doc__ or ""
    assert "Source:" in text
    for field in dataclasses.fields(kind):  # type: ignore[arg-type]
        assert f"{field.name}:" in text, field.name


#: In the order in which they are tried.
PROTOCOL_CONTRACTS: Final = (
    signed_deals_have_every_yes_they_need,
    a_draw_alone_is_the_draw_in_a_block,
    pressure_makes_a_deal_possible,
    nobody_outside_is_overruled,
    no_signer_whose_consent_is_needed_is_outvoted,
    closed_draws_stay_closed,
    no_deal_without_a_common_deal,
    the_log_speaks_of_open_draws_only,
    every_field_stands_in_the_docstring,
)
