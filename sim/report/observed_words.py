"""What was observed, in sentences: how many worlds it keeps, how often it is true, how often a bluff."""

from __future__ import annotations

from typing import Final

from sim.experiments.never_true import sentence_on
from sim.experiments.robustness.posterior import CONTRADICTED
from sim.report.answer import Answer
from sim.report.findings import Observed
from sim.report.words import percent, with_error
from sim.words import observation_title

#: Draws from which a share below the threshold is not mere chance.
_ENOUGH: Final = 50


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


def doubts(answer: Answer) -> list[str]:
    """Say what speaks against the encoding, in sentences without which the answer should not be read.

    They name observations that are true in no drawn world, and those that hardly any world survives.
    """
    rare = [
        f"The article contradicts the encoding: only {percent(seen.kept)} of all worlds survive "
        f"“{observation_title(seen.id)}”."
        for seen in answer.observations
        if answer.draws >= _ENOUGH and seen.kept < CONTRADICTED and seen.id not in answer.never_true
    ]
    return [f"{sentence_on(observation_title(name))}." for name in answer.never_true] + rare
