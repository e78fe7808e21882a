"""What NegMAS takes: run by its own interpreter, talks to whoever started it in lines of JSON, one job a line."""

import json
import sys
import time

import numpy as np
from negmas import LinearAdditiveUtilityFunction, SAOMechanism, make_issue, pareto_frontier
from negmas.preferences.ops import kalai_points, ks_points, nash_points
from negmas.preferences.value_fun import TableFun
from negmas.sao import AspirationNegotiator


def spaces(values, weights):
    """Issues and utility functions of values (A, I, L) and weights (A, I)."""
    levels = len(values[0][0])
    issues = [make_issue(levels, name=f"i{n}") for n in range(len(values[0]))]
    functions = [
        LinearAdditiveUtilityFunction(
            values=[TableFun(dict(enumerate(column))) for column in each],
            weights=list(weight), issues=issues, reserved_value=0.0,
        )
        for each, weight in zip(values, weights, strict=True)
    ]  # fmt: skip
    return issues, functions


def session(job):
    """Hold one session of each domain; the agreements, and the processor's seconds."""
    agreed, spent = [], 0.0
    for values, weights in zip(job["values"], job["weights"], strict=True):
        issues, functions = spaces(values, weights)
        begun = time.process_time()
        talks = SAOMechanism(issues=issues, n_steps=job["rounds"])
        for exponent, function in zip(job["exponents"], functions, strict=True):  # theirs is the inverse of Faratin's
            talks.add(AspirationNegotiator(max_aspiration=1.0, aspiration_type=1 / exponent), ufun=function)
        found = talks.run().agreement
        spent += time.process_time() - begun
        agreed.append(None if found is None else [int(one) for one in found])
    return {"agreed": agreed, "seconds": spent}


def frontier(job):
    """Find the Pareto frontier of ready payoffs, and the points on it."""
    issues, functions = spaces(job["values"], job["weights"])
    outcomes = [tuple(int(one) for one in row) for row in np.ndindex(*[len(job["values"][0][0])] * len(issues))]
    begun = time.process_time()
    points, _ = pareto_frontier(functions, outcomes=outcomes, issues=issues)
    ranges = [(0.0, 1.0)] * len(functions)
    for of in (nash_points, kalai_points, ks_points):
        of(functions, points, ranges=ranges)
    return {"points": len(points), "seconds": time.process_time() - begun}


for line in sys.stdin:
    asked = json.loads(line)
    sys.stdout.write(json.dumps({"session": session, "frontier": frontier}[asked["job"]](asked)) + "\n")
    sys.stdout.flush()
