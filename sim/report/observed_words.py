"""What was observed, in sentences: how many worlds it keeps, how often it is true, how often a bluff."""

from __future__ import annotations

from sim.experiments.never_true import sentence_on
from sim.report.answer import Answer
from sim.report.findings import Observed
from sim.report.words import percent, with_error
from sim.scenario import observation_title


def observations(answer: Answer) -> list[str]:
    """How many worlds the observations keep, and how each fares."""
    if answer.seen_in_base and answer.group == "consistent":
        return ["The worlds are those in which the base case fits what was observed."]
    if not answer.observations:
        return []
    error = (answer.acceptance * (1 - answer.acceptance) / answer.draws) ** 0.5
    lines = [f"{with_error(answer.acceptance, error)} of all worlds fit what was observed."]
    if answer.consistent.draws == 0:
        lines[0] = "No world drawn fits what was observed, so all are shown."
    return lines + [_fares(answer, seen) for seen in answer.observations]


def _fares(answer: Answer, seen: Observed) -> str:
    title = observation_title(seen.id)
    bluffs = seen.kept - seen.share
    where = "all worlds" if answer.draws > 1 else "the world drawn"
    plus = f", plus {percent(bluffs)} in which it is a bluff" if bluffs > 1e-9 else ""
    return f"{title}: true in {percent(seen.share)} of {where}{plus}."


def never_true(answer: Answer) -> list[str]:
    """One sentence for each observation that is true in no drawn world; the answer should not be read without it."""
    return [f"{sentence_on(observation_title(name))}." for name in answer.never_true]
