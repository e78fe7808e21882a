"""Pareto frontiers, and the points of Nash, Kalai and Kalai-Smorodinsky on them, beside NegMAS."""

import numpy as np
from comparison import Row, cpu, seconds
from sessions import domains

from sim.solutions import SOLUTIONS, BargainingProblem, pareto_frontier

POINTS = ("nash", "egalitarian", "kalai-smorodinsky")
LEVELS = 10
#: Problems that are solved at once: draws of a case, as they are everywhere here.
AT_ONCE = {3: 100, 4: 20, 5: 1, 6: 1}


def payoffs(values, weights):
    """(B, A, K) what all deals are worth, from values (B, A, I, L) and weights (B, A, I)."""
    worth = values * weights[..., None]
    found = worth[:, :, -1]
    for i in range(worth.shape[2] - 2, -1, -1):  # the last issue fastest
        found = (worth[:, :, i, :, None] + found[:, :, None]).reshape(*found.shape[:2], -1)
    return found


def solved(values, weights):
    """The frontier (B, K), and the deal of each point on it, of all domains."""
    gains = payoffs(values, weights)
    problem = BargainingProblem(gains, np.ones((len(gains), gains.shape[2]), bool))
    frontier = pareto_frontier(problem)
    few, place = problem.only(frontier)
    rows = np.arange(len(gains))
    return frontier, [place[rows, SOLUTIONS[name]().ties(few).argmax(axis=1)] for name in POINTS]


def calls(issues):
    """Processor seconds of the same steps where there is nearly nothing to compute: two levels of each issue."""
    weights, values, _, _ = domains(2, 1, issues, 2)
    return min(cpu(lambda: [solved(values, weights) for _ in range(50)])[1] / 50 for _ in range(10))


def rows(peers, rounds):
    """Rows for a thousand, ten and a hundred thousand and a million outcomes, evaluation included on both sides."""
    for issues, count in AT_ONCE.items():
        weights, values, _, _ = domains(2, count, min(issues, 4), LEVELS) if issues < 5 else (None,) * 4
        if issues >= 5:
            rng = np.random.default_rng(issues)
            weights, values = rng.dirichlet(np.ones(issues), (1, 2)), rng.random((1, 2, issues, LEVELS))
        alone, mine, theirs = [], [], []
        for _ in range(rounds if issues < 6 else max(3, rounds // 2)):
            repeats = 20 if issues < 5 else 1
            _, spent = cpu(lambda v=values, w=weights, n=repeats: [solved(v[:1], w[:1]) for _ in range(n)])
            alone.append(spent / repeats)
            (frontier, _), spent = cpu(lambda v=values, w=weights: solved(v, w))
            mine.append(spent / count)
            if issues < 6 or not theirs:  # a million of theirs once: it takes many seconds
                answer = peers.ask("frontier", values=values[0].tolist(), weights=weights[0].tolist())
                theirs.append(answer["seconds"])
        assert answer["points"] <= int(frontier[0].sum())  # they keep one of equals
        ratios = [np.median(theirs) / one for one in mine]
        told = f"{int(frontier[0].sum())} on the frontier here, {answer['points']} there"
        if count > 1:
            lone = np.median(theirs) / np.median(alone)
            told += f"; {count} domains at once; one alone {seconds(np.median(alone))}, {lone:.0f} times"
            told += f", of which what {2**issues} outcomes take, hardly more than calls, is {seconds(calls(issues))}"
        what = f"frontier and three points of {LEVELS**issues:,}"
        yield Row(what, seconds(np.median(mine)), seconds(np.median(theirs)), ratios, told)
