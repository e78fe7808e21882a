"""Measure this simulator beside its peers: same inputs, interleaved, processor time, median and spread of rounds.

    python tests/benchmarks/peers/measure.py [--rounds 5] [--peer PYTHON] [--out FILE]

installs the peers of requirements.txt into an environment that is thrown away, unless the interpreter of one that has
them is named, and prints a table in Markdown.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
import venv
from pathlib import Path

import numpy as np

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parents[2])]

import plain_loop  # noqa: E402

from sim.engine import negotiate  # noqa: E402
from sim.foundations import Dice  # noqa: E402
from sim.protocols import AlternatingOffers  # noqa: E402
from sim.solutions import SOLUTIONS, BargainingProblem, pareto_frontier  # noqa: E402
from sim.strategies import NearestToAspiration, Negotiator, OwnCurve, TimeDependent  # noqa: E402
from sim.table import BargainingTable  # noqa: E402

#: Faratin's exponents of each seat.
SETUPS = {
    "Boulware, Boulware": (0.25, 0.25),
    "Boulware, Conceder": (0.25, 4.0),
    "linear, linear": (1.0, 1.0),
    "three Boulware": (0.25, 0.25, 0.25),
}
DOMAINS, COPIES, ROUNDS = 20, 200, 100
#: What NegMAS takes off the target, of offers and answers alike; without it 18 of 80 agreements are others.
TOLERANCE = 0.001
#: Share of the talks that has passed in each round, as NegMAS counts it.
TIMES = (np.arange(ROUNDS) + 1) / (ROUNDS + 1)


def domains(actors, count, issues=3, levels=5, seed=0):
    """Weights (N, A, I) and values (N, A, I, L) of random domains, and payoffs (N, A, K) of all their deals."""
    rng = np.random.default_rng(seed)
    weights = rng.dirichlet(np.ones(issues), (count, actors))
    values = rng.random((count, actors, issues, levels))
    values /= values.max(axis=3, keepdims=True)
    grid = np.stack(np.meshgrid(*[np.arange(levels)] * issues, indexing="ij"), -1).reshape(-1, issues)
    payoff = sum(weights[:, :, i, None] * values[:, :, i, grid[:, i]] for i in range(issues))
    return weights, values, np.ascontiguousarray(payoff), grid


def cpu(action):
    """What an action gives, and the processor's seconds."""
    begun = time.process_time()
    found = action()
    return found, time.process_time() - begun


def ours(payoff, exponents):
    """Our sessions, one for each draw of payoffs (B, A, K)."""
    people = tuple(Negotiator(TimeDependent(one), NearestToAspiration(), OwnCurve(), TOLERANCE) for one in exponents)
    table = BargainingTable.of_payoffs(payoff)
    rules = AlternatingOffers(ROUNDS, people, time_scale="negmas")
    return negotiate(rules, table, Dice("peers", np.arange(len(payoff))))


class Peer:
    """NegMAS in a process of its own."""

    def __init__(self, python):
        self.process = subprocess.Popen(
            [python, str(HERE / "negmas_sessions.py")], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def ask(self, **job):
        """Let it do a job."""
        self.process.stdin.write(json.dumps(job) + "\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())


def sessions(peer, rounds):
    """Rows of the table about sessions."""
    for name, exponents in SETUPS.items():
        weights, values, payoff, grid = domains(len(exponents), DOMAINS)
        many = np.repeat(payoff, COPIES, axis=0)
        job = {"job": "session", "values": values.tolist(), "weights": weights.tolist(), "exponents": exponents}
        against, loop, same = [], [], 0
        for _ in range(rounds):
            talks, mine = cpu(lambda many=many, exponents=exponents: ours(many, exponents))
            (deals, _), plain = cpu(lambda m=many, e=exponents: plain_loop.sessions(m, e, TIMES, TOLERANCE))
            theirs = peer.ask(rounds=ROUNDS, **job)
            against.append(theirs["seconds"] * COPIES / mine)
            loop.append(mine / plain)
            assert np.array_equal(talks.deal, deals), "the plain loop agrees on other deals"
            own = [None if deal < 0 else grid[deal].tolist() for deal in talks.deal[::COPIES]]
            same = sum(one == other for one, other in zip(own, theirs["agreed"], strict=True))
        told = f"{same} of {DOMAINS} agreements the same"
        yield name, spread(against, "× NegMAS"), f"{spread(loop, '× a C loop')}; {told}"


def frontiers(peer, rounds):
    """Rows of the table about frontiers and the points on them."""
    for levels, issues in ((10, 3), (10, 4), (10, 5), (10, 6)):
        weights, values, payoff, _ = domains(2, 1, issues, levels)
        problem = BargainingProblem(payoff, np.ones((1, payoff.shape[2]), bool))
        solutions = [SOLUTIONS[name]() for name in ("nash", "egalitarian", "kalai-smorodinsky")]
        taken, against = [], []
        for _ in range(rounds if issues < 5 else 1):
            found, mine = cpu(lambda p=problem, s=solutions: (pareto_frontier(p), [one.ties(p) for one in s]))
            taken.append(1000 * mine)
            if issues < 6:  # a million of theirs takes minutes
                theirs = peer.ask(job="frontier", values=values[0].tolist(), weights=weights[0].tolist())
                against.append(theirs["seconds"] / mine)
        told = f"{int(found[0].sum())} on the frontier"
        yield (
            f"frontier and points of {payoff.shape[2]:,}",
            spread(against, "× NegMAS") if against else "—",
            (f"{spread(taken, 'ms')}; {told}"),
        )


def spread(values, unit):
    """Median, least and most, in words."""
    digits = 0 if np.median(values) > 20 else 2
    return f"{np.median(values):,.{digits}f} ({min(values):,.{digits}f}–{max(values):,.{digits}f}) {unit}"


def installed():
    """An interpreter that has the peers, in a folder that is thrown away."""
    folder = tempfile.mkdtemp(prefix="peers-")
    venv.create(folder, with_pip=True)
    python = str(Path(folder) / "bin" / "python")
    subprocess.run([python, "-m", "pip", "install", "--quiet", "-r", str(HERE / "requirements.txt")], check=True)
    return python


def main():
    """Measure and print."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--rounds", type=int, default=5)
    asked.add_argument("--peer", help="an interpreter that has the peers already")
    asked.add_argument("--out", type=Path)
    args = asked.parse_args()
    peer = Peer(args.peer or installed())
    lines = ["| what | against | beside |", "|---|---|---|"]
    for rows in (sessions, frontiers):
        for row in rows(peer, args.rounds):
            lines.append("| " + " | ".join(row) + " |")
            print(lines[-1], flush=True)  # noqa: T201 - it takes a while
    if args.out:
        args.out.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
