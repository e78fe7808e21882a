"""Issues settled one after the other, or apart from each other."""

from __future__ import annotations

from typing import NamedTuple

from sim.equilibria.equilibrium import EQUILIBRIA
from sim.equilibria.rubinstein import rubinstein
from sim.foundations import FloatPair


class IssueByIssue(NamedTuple):
    """Two issues in sequence, A proposing first.

    share:    A's share of the first issue when A proposes it, 0..1
    values:   worth of the whole agenda to (A, B), counted from the first offer
    interior: whether both sides' offers on the first issue leave each something of it; only then does worth pass
              freely from the second issue to the first
    """

    share: float
    values: FloatPair
    interior: bool


@EQUILIBRIA.register(
    "issue-by-issue", source="ours, after Fershtman 1990, Games Econ Behav 2:224-238, and In & Serrano 2004"
)
def issue_by_issue(values_a: FloatPair, values_b: FloatPair, delta: float) -> IssueByIssue:
    """Settle two issues in a fixed order; each takes effect when it is signed, and the responder opens the next.

    The next issue starts a round after a signature. Who signs first gives up the right to open the second issue or
    gains it, so the first share leans towards the side for whom the second issue matters less. Nothing is gained
    together over settling the issues apart; each side wants first the issue in which it has the comparative
    advantage.

    Args:
        values_a: worth of the first and of the second whole issue to A, above 0
        values_b: worth to B, above 0
        delta:    discount factor per round, 0..1, the same for both; 1 is the limit
    Returns:
        the first share and what the agenda is worth
    Source:  ours: stationary equilibrium of two Rubinstein games in sequence; interior share
             (1 - delta ** 2 a2 / a1 + delta b2 / b1) / (1 + delta)

    Example:
        >>> found = issue_by_issue((2, 1), (1, 1), 0.9)
        >>> round(found.share, 6), found.interior
        (0.786842, True)
    """
    (a1, a2), (b1, b2) = values_a, values_b
    opens = rubinstein(delta, delta)  # share of the second issue to whoever opens it
    late_a, late_b = delta * (1 - delta) * a2 / a1, delta * (1 - delta) * b2 / b1
    # A asks 1 - delta (1 - y) + late_b, B offers y = delta x - late_a; neither asks for more than all of the issue.
    free = (1 + delta * b2 / b1 - delta**2 * a2 / a1) / (1 + delta)
    ask = min(1.0, free if delta * free >= late_a else 1 - delta + late_b)
    interior = ask < 1 and delta * ask > late_a
    a = a1 * ask + delta * a2 * (1 - opens)
    b = b1 * (1 - ask) + delta * b2 * opens
    return IssueByIssue(ask, (a, b), interior)


@EQUILIBRIA.register("issue-by-issue-apart", source="Rubinstein 1982, Econometrica 50:97-109, once for each issue")
def issue_by_issue_apart(values_a: FloatPair, values_b: FloatPair) -> FloatPair:
    """Return what two issues are worth to (A, B) when equally patient delegations settle each without the others.

    Args:
        values_a: worth of each whole issue to A
        values_b: worth to B
    Returns:
        half of everything, in the limit of rounds without delay
    Source:  limit of Rubinstein 1982 on each issue
    Example:
        >>> issue_by_issue_apart((3, 1), (1, 3))
        (2.0, 2.0)
    """
    return sum(values_a) / 2, sum(values_b) / 2
