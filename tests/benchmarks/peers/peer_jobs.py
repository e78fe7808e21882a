"""What the peers take: run by an interpreter that has them, one job a line of JSON from whoever started it."""

import json
import logging
import sys
import time
import warnings

import numpy as np

warnings.simplefilter("ignore")


def spaces(values, weights):
    """NegMAS's issues and utility functions of values (A, I, L) and weights (A, I)."""
    from negmas import LinearAdditiveUtilityFunction, make_issue
    from negmas.preferences.value_fun import TableFun

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
    """NegMAS holds one session of each domain: the agreements."""
    from negmas import SAOMechanism
    from negmas.sao import AspirationNegotiator

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
    """NegMAS evaluates all outcomes, finds the Pareto frontier, and the points on it."""
    from negmas import pareto_frontier
    from negmas.preferences.ops import kalai_points, ks_points, nash_points

    issues, functions = spaces(job["values"], job["weights"])
    outcomes = [tuple(int(one) for one in row) for row in np.ndindex(*[len(job["values"][0][0])] * len(issues))]
    begun = time.process_time()
    points, _ = pareto_frontier(functions, outcomes=outcomes, issues=issues)
    ranges = [(0.0, 1.0)] * len(functions)
    for of in (nash_points, kalai_points, ks_points):
        of(functions, points, ranges=ranges)
    return {"points": len(points), "seconds": time.process_time() - begun}


def ema(job):
    """The EMA Workbench runs a model that does nothing."""
    from ema_workbench import Model, RealParameter, ScalarOutcome, ema_logging, perform_experiments

    ema_logging.log_to_stderr(logging.ERROR)
    model = Model("nothing", function=lambda x=0.0: {"y": x})
    model.uncertainties, model.outcomes = [RealParameter("x", 0, 1)], [ScalarOutcome("y")]
    begun = time.process_time()
    _, outcomes = perform_experiments(model, scenarios=job["runs"])
    return {"runs": len(outcomes["y"]), "seconds": time.process_time() - begun}


def mesa(job):
    """Mesa runs a model without agents for one step."""
    from mesa import DataCollector, Model, batch_run

    class Nothing(Model):
        """Takes a number and gives it back."""

        def __init__(self, x=0.0, **more):
            super().__init__(**more)
            self.x, self.datacollector = x, DataCollector(model_reporters={"y": "x"})

        def step(self):
            """Collect the number, once."""
            self.datacollector.collect(self)
            self.running = False

    many = {"x": np.linspace(0, 1, job["runs"]).tolist()}
    begun = time.process_time()
    found = batch_run(Nothing, many, iterations=1, max_steps=1, number_processes=1, display_progress=False)
    return {"runs": len(found), "seconds": time.process_time() - begun}


def salib(job):
    """SALib finds first and total indices, with intervals."""
    from SALib.analyze import sobol

    names = job["names"]
    problem = {"num_vars": len(names), "names": names, "bounds": [[0, 1]] * len(names)}
    outcome = np.array(job["outcome"])
    begun = time.process_time()
    found = sobol.analyze(problem, outcome, calc_second_order=False, num_resamples=job["resamples"], seed=1)
    spent = time.process_time() - begun
    return {"S1": found["S1"].tolist(), "ST": found["ST"].tolist(), "seconds": spent}


def nashpy(job):
    """Nashpy finds the equilibria of games by the corners of their polytopes."""
    from nashpy import Game

    begun, found = time.process_time(), []
    for first, second in job["games"]:
        game = Game(np.array(first), np.array(second))
        found.append([np.concatenate(pair).tolist() for pair in getattr(game, job["way"])()])
    return {"found": found, "seconds": time.process_time() - begun}


JOBS = {"session": session, "frontier": frontier, "ema": ema, "mesa": mesa, "salib": salib, "nashpy": nashpy}

if __name__ == "__main__":
    answers, sys.stdout = sys.stdout, sys.stderr  # some of them print
    for line in sys.stdin:
        asked = json.loads(line)
        try:
            answer = JOBS[asked["job"]](asked)
        except ImportError as error:
            answer = {"lacks": str(error)}
        answers.write(json.dumps(answer) + "\n")
        answers.flush()
