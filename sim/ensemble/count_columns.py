"""Outcome columns that count draws: states round by round, who would sign which deal, and which truce."""

from __future__ import annotations

from typing import Final

from sim.ensemble.outcome_column import OutcomeColumn

_BY_ACTOR: Final = ("draw", "actor")

#: In the order of tables.
COUNT_COLUMNS: Final[tuple[OutcomeColumn, ...]] = (
    OutcomeColumn(
        "states",
        "draws in each state at the end of each round",
        lambda p: p.states,
        ("state", "group", "round_number"),
        states=True,
    ),
    OutcomeColumn(
        "would_sign",
        "draws in which the actor would sign the deal at the start of the talks, V + l >= O and no hard red line",
        lambda p: p.would_sign,
        ("group", "actor", "deal_index"),
    ),
    OutcomeColumn(
        "could_be_signed",
        "draws in which enough would sign the deal: all who must agree, or a majority where that is the rule",
        lambda p: p.could_be_signed,
        ("group", "deal_index"),
    ),
    OutcomeColumn(
        "truce_accepted",
        "draws in which the actor accepts the nearest truce at this chance of collapse in a year",
        lambda p: p.truce_accepted,
        ("group", "actor", "yearly_hazard"),
    ),
    OutcomeColumn(
        "truce_signed",
        "draws in which all signers accept it",
        lambda p: p.truce_signed,
        ("group", "yearly_hazard"),
    ),
)
