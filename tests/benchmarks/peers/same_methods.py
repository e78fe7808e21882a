"""Methods that others have as well, on the same samples and games."""

import numpy as np
from comparison import Row, cpu, seconds
from peer_process import LackingError

from sim.games import nash_equilibria
from sim.sensitivity.indices import sobol_indices

NAMES, BASE, RESAMPLES = [f"x{n}" for n in range(8)], 1024, 200
GAMES = {3: 40, 5: 10}


def rows(peers, rounds):
    """Rows for SALib and nashpy."""
    for part in (indices, equilibria):
        try:
            yield from part(peers, rounds)
        except LackingError as error:
            yield Row(part.__doc__, "", "", [], f"not installed here: {error}")


def indices(peers, rounds):
    """Sobol' indices, SALib"""  # noqa: D400, D415 - the row's head
    points = np.random.default_rng(0).random((BASE * (len(NAMES) + 2), len(NAMES)))
    block = points.reshape(BASE, len(NAMES) + 2, len(NAMES))
    for n in range(len(NAMES)):
        block[:, n + 1], block[:, n + 1, n] = block[:, 0], block[:, -1, n]
    x = block.reshape(-1, len(NAMES))
    outcome = np.sin(6 * x[:, 0]) + 7 * np.sin(6 * x[:, 1]) ** 2 + 0.1 * x[:, 2] ** 4 * np.sin(6 * x[:, 0])
    mine, theirs = [], []
    for _ in range(rounds):
        found, spent = cpu(lambda: sobol_indices(outcome[:, None], NAMES, ["y"], resamples=RESAMPLES))
        mine.append(spent)
        answer = peers.ask("salib", names=NAMES, outcome=outcome.tolist(), resamples=RESAMPLES)
        theirs.append(answer["seconds"])
    apart = max(np.abs(found[name].values[:, 0] - answer[name]).max() for name in ("S1", "ST"))
    told = f"{len(outcome):,} points, indices at most {apart:.1g} apart; ours are SALib's, and how they settled besides"
    ratios = [other / own for other, own in zip(theirs, mine, strict=True)]
    yield Row("Sobol' indices, SALib", seconds(np.median(mine)), seconds(np.median(theirs)), ratios, told)


def equilibria(peers, rounds):
    """Equilibria of games of two, nashpy"""  # noqa: D400, D415 - the row's head
    for size, count in GAMES.items():
        games = np.random.default_rng(size).random((count, 2, size, size))
        mine, theirs, counts = [], {"vertex_enumeration": [], "support_enumeration": []}, {}
        for _ in range(rounds):
            found, spent = cpu(lambda games=games: [nash_equilibria(game) for game in games])
            mine.append(spent / count)
            for way, times in theirs.items():
                answer = peers.ask("nashpy", games=games.tolist(), way=way)
                times.append(answer["seconds"] / count)
                counts[way] = [len(one) for one in answer["found"]]
        own = [len(one.extreme) for one in found]
        same, missed = (sum(a == b for a, b in zip(own, one, strict=True)) for one in counts.values())
        by_corners, by_supports = (times for times in theirs.values())
        ratios = [other / own for other, own in zip(by_supports, mine, strict=True)]
        told = f"theirs by supports: as many equilibria in {missed} of {count} games; by corners, as ours: "
        told += f"{seconds(np.median(by_corners))}, as many in {same}"
        what = f"all equilibria of {size} × {size}, nashpy"
        yield Row(what, seconds(np.median(mine)), seconds(np.median(by_supports)), ratios, told)
