"""Each issue as a table of its own, and what delegations settle on it without the others."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from sim.foundations import NO_DEAL, Floats, Ints
from sim.table import BargainingTable, RoundPlan


def settled_levels(
    table: BargainingTable, rest: Sequence[int], foresight: Callable[[BargainingTable], RoundPlan]
) -> Ints:
    """(B, I) what the delegations settle on each issue.

    Args:
        rest:      level at which each issue stays where its delegations do not agree
        foresight: the plan of parties who reckon backwards on a table
    """
    found, worth = np.empty((table.draws, len(table.issues)), np.int64), issue_worths(table)
    for i in range(len(table.issues)):
        own, levels = issue_table(table, i, worth)
        first = foresight(own).proposal[:, 0]
        found[:, i] = np.where(first == NO_DEAL, rest[i], levels[np.maximum(first, 0)])
    return found


def issue_table(table: BargainingTable, issue: int, worth: list[Floats] | None = None) -> tuple[BargainingTable, Ints]:
    """One issue as the delegations see it, and the level that each of its deals stands for.

    Args:
        worth: of all issues as ``issue_worths`` has them, where they are known already

    Example:
        >>> deals = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])
        >>> table = BargainingTable.of_payoffs([[0, 1, 3, 4.0], [4, 1, 3, 0.0]], deals=deals, issues=("a", "b"))
        >>> own, levels = issue_table(table, 0)
        >>> own.payoff.tolist(), levels.tolist()
        ([[[0.0, 3.0], [1.0, 0.0]]], [0, 1])
    """
    worth = issue_worths(table) if worth is None else worth
    spans = [np.ptp(one, axis=2) for one in worth]
    total = sum(spans, np.zeros_like(spans[0]))
    share = np.where(total > 0, spans[issue] / np.where(total > 0, total, 1.0), 0.0)
    mean = table.payoff.mean(axis=2)
    worst = mean + sum((one.min(axis=2) - mean for one in worth), np.zeros_like(mean))
    levels = np.unique(table.deals[:, issue])
    payoff = worth[issue] - worth[issue].min(axis=2, keepdims=True)
    needed = np.stack([table.consent[:, table.deals[:, issue] == level].all(axis=1) for level in levels], axis=1)
    allowed = np.stack([table.permitted[:, :, table.deals[:, issue] == level].any(axis=2) for level in levels], axis=2)
    own = BargainingTable(
        actors=table.actors,
        issues=(table.issues[issue],),
        levels=(table.levels[issue],),
        deals=levels[:, None],
        kind=np.zeros(len(levels), np.int64),
        payoff=payoff,
        disagreement=(table.disagreement - worst) * share,
        discount=table.discount,
        permitted=allowed,
        rule=table.rule,
        consent=needed,
        order=table.order,
        round_years=table.round_years,
    )
    return own, levels


def issue_worths(table: BargainingTable) -> list[Floats]:
    """(B, A, L) for each issue: what deals with each of its levels are worth on average."""
    found = []
    for issue in range(len(table.issues)):
        levels, at = np.unique(table.deals[:, issue], return_inverse=True)
        order = np.argsort(at, kind="stable")
        starts = np.searchsorted(at[order], np.arange(len(levels)))
        counts = np.bincount(at, minlength=len(levels))
        found.append(np.add.reduceat(table.payoff[:, :, order], starts, axis=2) / counts)
    return found
