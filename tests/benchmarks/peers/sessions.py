"""Sessions of alternating offers: beside NegMAS, and beside a plain C loop for the same rules."""

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import plain_loop
from comparison import Row, cpu, seconds, spread

from sim.engine import negotiate
from sim.foundations import Dice
from sim.protocols import AlternatingOffers
from sim.strategies import NearestToAspiration, Negotiator, OwnCurve, TimeDependent
from sim.table import BargainingTable

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
    """Weights (N, A, I) and values (N, A, I, L) of random domains, payoffs (N, A, K) of all deals, deals (K, I)."""
    rng = np.random.default_rng(seed)
    weights = rng.dirichlet(np.ones(issues), (count, actors))
    values = rng.random((count, actors, issues, levels))
    values /= values.max(axis=3, keepdims=True)
    grid = np.stack(np.meshgrid(*[np.arange(levels)] * issues, indexing="ij"), -1).reshape(-1, issues)
    payoff = sum(weights[:, :, i, None] * values[:, :, i, grid[:, i]] for i in range(issues))
    return weights, values, np.ascontiguousarray(payoff), grid


def ours(payoff, exponents):
    """Our sessions, one for each draw of payoffs (B, A, K)."""
    people = tuple(Negotiator(TimeDependent(one), NearestToAspiration(), OwnCurve(), TOLERANCE) for one in exponents)
    table = BargainingTable.of_payoffs(payoff)
    rules = AlternatingOffers(ROUNDS, people, time_scale="negmas")
    return negotiate(rules, table, Dice("peers", np.arange(len(payoff))))


def rows(peers, rounds):
    """A row for each set-up, with as many rounds; NegMAS holds 20 sessions of each, we 4,000."""
    for name, exponents in SETUPS.items():
        weights, values, payoff, grid = domains(len(exponents), DOMAINS)
        many = np.repeat(payoff, COPIES, axis=0)
        mixed = domains(len(exponents), DOMAINS * COPIES, seed=1)[2]  # no loop learns the way through a domain by heart
        job = {"values": values.tolist(), "weights": weights.tolist(), "exponents": exponents, "rounds": ROUNDS}
        mine, theirs, loop, unlearnt, pair, same = [], [], [], [], [], 0
        with Processes(2) as cores:
            for _ in range(rounds):
                talks, spent = cpu(lambda many=many, exponents=exponents: ours(many, exponents))
                mine.append(spent / len(many))
                for payoffs, ratios in ((many, loop), (mixed, unlearnt)):
                    held, spent = cpu(lambda p=payoffs, e=exponents: ours(p, e))
                    (deals, _), plain = cpu(lambda p=payoffs, e=exponents: plain_loop.sessions(p, e, TIMES, TOLERANCE))
                    assert np.array_equal(held.deal, deals), "the plain loop agrees on other deals"
                    ratios.append(spent / plain)
                answer = peers.ask("session", **job)
                theirs.append(answer["seconds"] / DOMAINS)
                pair.append(theirs[-1] * cores.each_second(name))
            own = [None if deal < 0 else grid[deal].tolist() for deal in talks.deal[::COPIES]]
            same = sum(one == other for one, other in zip(own, answer["agreed"], strict=True))
        told = f"{same} of {DOMAINS} agreements the same; on two cores {spread(pair)}; "
        told += f"we take {spread(loop)} times a plain C loop, {spread(unlearnt)} where no domain comes twice"
        row = Row(f"session, {name}", seconds(np.median(mine)), seconds(np.median(theirs)),
                  [one / own for one, own in zip(theirs, mine, strict=True)], told)  # fmt: skip
        row.pair, row.loop, row.same = pair, unlearnt, same
        yield row


class Processes:
    """Some processes that hold sessions at the same time."""

    def __init__(self, count):
        self.count, self.started = count, []

    def __enter__(self):
        """Start them."""
        command = [sys.executable, str(Path(__file__))]
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
        self.started = [subprocess.Popen(command, **pipes) for _ in range(self.count)]
        return self

    def __exit__(self, *error):
        """Let them end."""
        for one in self.started:
            one.stdin.close()
            one.wait(60)

    def each_second(self, name):
        """Sessions that all of them together hold in a second of each one's processor, at the same time."""
        for one in self.started:
            one.stdin.write(json.dumps(name) + "\n")
            one.stdin.flush()
        return sum(json.loads(one.stdout.readline()) for one in self.started)


def hold():
    """Hold sessions of the set-ups asked for, line by line, and say how many a second of the processor."""
    for line in sys.stdin:
        exponents = SETUPS[json.loads(line)]
        many = np.repeat(domains(len(exponents), DOMAINS)[2], COPIES, axis=0)
        _, spent = cpu(lambda m=many, e=exponents: [ours(m, e) for _ in range(3)])
        sys.stdout.write(json.dumps(3 * len(many) / spent) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    hold()
