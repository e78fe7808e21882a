"""Issues of a list of deals settled one after the other, solved from the last round backwards."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from sim.equilibria.equilibrium import EQUILIBRIA
from sim.foundations import NO_DEAL, TOLERANCE, Bools, Floats, Ints
from sim.table import AgendaPlan, BargainingTable

#: Gains of a proposer that agree to this many decimals are ties.
_TIE_DECIMALS = 12


@EQUILIBRIA.register(
    "issue-by-issue-deals", source="ours, after Fershtman 1990, Games Econ Behav 2:224-238, and In & Serrano 2004"
)
def issue_by_issue_deals(
    table: BargainingTable, rounds: int, agenda: Sequence[int] | None = None, *, rest: Ints | None = None
) -> AgendaPlan:
    """Settle the issues of an agenda one by one, by alternating offers with a known last round.

    Each round the one whose turn it is proposes a level of the issue that is due, given what is settled already. Once
    it is accepted the next issue is due in the next round, so that whoever has accepted opens it, if there are two.

    Args:
        table:  deals and payoffs of a block of draws
        rounds: number of rounds, 1 or more
        agenda: issues in the order in which they are settled; as they stand if not given
        rest:   (I,) level of each issue before it is settled: each takes effect when it is settled, the others resting
            there. Left out, nothing takes effect before everything is settled, and without that there is no deal
    Returns:
        what is proposed in every state, and the value of the talks over no deal
    Raises:  ValueError if there is no round, or the agenda does not name every issue once
    Source:  stationary equilibrium of the game of two issues: ``issue_by_issue``, the limit of many rounds and fine
             levels; ours for lists of deals, more issues and any signing rule
    Example:
        >>> deals = np.array([[i, j] for i in range(11) for j in range(11)])
        >>> payoff = np.stack([2 * deals[:, 0] + deals[:, 1], 20 - deals.sum(axis=1)]) / 10
        >>> table = BargainingTable.of_payoffs(payoff, discount=0.9, issues=("a", "b"), deals=deals)
        >>> issue_by_issue_deals(table, 2).value.round(2).tolist()
        [[1.8, 0.9]]
    """
    issues = len(table.issues)
    order = list(range(issues)) if agenda is None else list(agenda)
    if rounds < 1:
        raise ValueError(f"talks need at least one round, not {rounds}")
    if sorted(order) != list(range(issues)):
        raise ValueError(f"the agenda {order} does not name each of {issues} issues once")
    draws, actors, deals = table.payoff.shape
    prefix = [np.zeros(deals, np.int64), *(_prefixes(table.deals[:, order[: s + 1]]) for s in range(issues))]
    size = [int(one.max(initial=-1)) + 1 for one in prefix]
    shown = [_shown(table.deals, prefix[s + 1], size[s + 1], order[s + 1 :], rest) for s in range(issues)]
    parent = [prefix[s][_first(prefix[s + 1], size[s + 1])] for s in range(issues)]
    now = [np.zeros((draws, actors, 1)), *(_premium(table, one) for one in shown)]
    steps = [_Stage(table, shown[s], parent[s], final=s == issues - 1 or rest is not None) for s in range(issues)]
    ahead = [np.zeros((draws, actors, count)) for count in size]
    offer = [np.full((draws, rounds, size[s]), -1) for s in range(issues)]
    proposer = table.order[np.arange(rounds) % len(table.order)]
    kept = table.discount[:, :, None]
    for t in range(rounds - 1, -1, -1):
        found = list(ahead)
        # No more than t issues can be settled by now; and where nothing takes effect early, all have to be in time.
        for s in range(max(0, issues - (rounds - t)) if rest is None else 0, min(issues, t + 1)):
            after = kept * ahead[s + 1]
            if rest is not None:
                after = after + now[s + 1] - now[s][:, :, parent[s]]
            elif s == issues - 1:
                after = now[s + 1]
            value, offer[s][:, t] = steps[s].best(after, kept * ahead[s], int(proposer[t]))
            found[s] = value
        ahead = found
    return AgendaPlan(tuple(offer), proposer, tuple(shown), ahead[0][:, :, 0] if deals else np.zeros((draws, actors)))


def _prefixes(levels: Ints) -> Ints:
    """(K,) which of the different rows, in their order, each row is."""
    return np.unique(levels, axis=0, return_inverse=True)[1].reshape(-1).astype(np.int64)


def _first(of: Ints, size: int) -> Ints:
    """(n,) the first place of each number."""
    found = np.full(size, len(of))
    np.minimum.at(found, of, np.arange(len(of)))
    return found


def _shown(deals: Ints, of: Ints, size: int, open_: list[int], rest: Ints | None) -> Ints:
    """(n,) for each prefix the deal in which the open issues rest, NO_DEAL if none; without ``rest`` the first."""
    if rest is None or not open_:
        return _first(of, size)
    resting = np.flatnonzero((deals[:, open_] == np.asarray(rest)[open_]).all(axis=1))
    found = np.full(size, NO_DEAL)
    found[of[resting]] = resting
    return found


def _premium(table: BargainingTable, shown: Ints) -> Floats:
    return np.where(shown == NO_DEAL, -np.inf, table.premium[:, :, np.maximum(shown, 0)])


class _Stage:
    """One issue of the agenda: which prefixes lead to which, and who has to agree."""

    def __init__(self, table: BargainingTable, shown: Ints, parent: Ints, *, final: bool) -> None:
        self.table, self.parent = table, parent
        self.starts = np.flatnonzero(np.diff(parent, prepend=-1))
        index = np.maximum(shown, 0)
        self.consent = table.consent[:, index] if final else np.zeros((len(table.actors), len(shown)), bool)
        there = shown != NO_DEAL
        self.allowed = (table.permitted[:, :, index] if final else np.ones((1, 1, len(shown)), bool)) & there
        self.offerable = (table.offerable[:, index] if final else np.ones((1, len(shown)), bool)) & there

    def best(self, after: Floats, waiting: Floats, speaker: int) -> tuple[Floats, Ints]:
        """(B, A, n_s) value in every state and (B, n_s) the prefix proposed there.

        Args:
            after:   (B, A, n_{s+1}) gain from each prefix that can be reached
            waiting: (B, A, n_s) gain from the next round if nothing is settled in this one
        """
        need = waiting[:, :, self.parent]
        accept: Bools = np.asarray((after >= need - TOLERANCE) & self.allowed & (after > -np.inf))
        passes = self.table.rule.passes(accept) & accept[:, speaker] & self.offerable
        passes &= (accept | ~self.consent).all(axis=1)
        own = np.where(passes, np.round(after[:, speaker], _TIE_DECIMALS), -np.inf)
        tied = passes & (own >= np.maximum.reduceat(own, self.starts, axis=1)[:, self.parent])
        total = np.where(tied, np.round(np.where(np.isfinite(after), after, 0.0).sum(axis=1), _TIE_DECIMALS), -np.inf)
        tied &= total >= np.maximum.reduceat(total, self.starts, axis=1)[:, self.parent]
        places = np.arange(len(self.parent))
        chosen = np.minimum.reduceat(np.where(tied, places, len(places)), self.starts, axis=1)
        made = chosen < len(places)
        found = np.take_along_axis(after, np.minimum(chosen, len(places) - 1)[:, None, :], axis=2)
        return np.where(made[:, None], found, waiting), np.where(made, chosen, -1)
