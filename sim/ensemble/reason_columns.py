"""Outcome columns of reasons: what solutions select, which deals come closest to being signed, who stops them."""

from __future__ import annotations

from typing import Final

from sim.ensemble.outcome_column import OutcomeColumn

#: In the order of tables.
REASON_COLUMNS: Final[tuple[OutcomeColumn, ...]] = (
    OutcomeColumn(
        "solution_deal",
        "deal each solution selects, the first of several, -1 if none",
        lambda p: p.solutions.deal,
        ("draw", "solution"),
        index="deal_index",
    ),
    OutcomeColumn(
        "solution_also",
        "the next deal that ties with the one selected, -1 if none does",
        lambda p: p.solutions.also,
        ("draw", "solution"),
        index="deal_index",
    ),
    OutcomeColumn(
        "solution_ties",
        "number of deals that a solution cannot tell apart: 1 where it decides, 0 where it selects none",
        lambda p: p.solutions.ties,
        ("draw", "solution"),
    ),
    OutcomeColumn(
        "target_deal",
        "truce and settlement that come closest to being signed",
        lambda p: p.targets,
        ("draw", "target"),
        index="deal_index",
    ),
    OutcomeColumn("surplus_part", "terms of V + l - O", lambda p: p.surplus_parts, ("draw", "target", "actor", "term")),
    OutcomeColumn("surplus", "V + l - O", lambda p: p.surpluses, ("draw", "target", "actor")),
    OutcomeColumn(
        "barred",
        "whether a hard red line of the actor forbids the deal",
        lambda p: p.barred,
        ("draw", "target", "actor"),
    ),
    OutcomeColumn(
        "blocker",
        "who stops the deal that comes closest where none is acceptable, -1 otherwise",
        lambda p: p.blocker.actor,
        index="actor",
    ),
    OutcomeColumn(
        "blocking_term",
        "by which term, index along blocking_name, -1 otherwise",
        lambda p: p.blocker.term,
        index="blocking_name",
    ),
    OutcomeColumn("blocks_alone", "whether without that term the blocker would accept", lambda p: p.blocker.alone),
    OutcomeColumn(
        "blocking_then",
        "the next term where it does not suffice alone, -1 otherwise",
        lambda p: p.blocker.then,
        index="blocking_name",
    ),
)
