"""Rules on what may become of a deal once it is signed."""

from __future__ import annotations

from collections.abc import Iterator

from sim.foundations import Problem
from sim.scenario.draws import span
from sim.scenario.foreseen_breaches import not_foreseen
from sim.scenario.scenario import Scenario


def after_signature_problems(scenario: Scenario) -> Iterator[Problem]:
    """Everything that is wrong with spoilers and with breaking as a choice."""
    place = ("after_signature",)
    found = scenario.after_signature
    if found.spoilers is not None:
        ends = [span(scenario, scenario.numbers[f"after_signature.spoilers.{key}"]) for key in ("strength", "laxity")]
        strong, lax = (end or (0.0, 1.0) for end in ends)
        if lax[1] > strong[0]:
            yield Problem(
                f"laxity may be {lax[1]:g} and strength {strong[0]:g}: he who is not trustworthy would prevent more",
                (*place, "spoilers", "laxity"),
                "a range of laxity below that of strength",
            )
    if found.breaking is not None and len(scenario.signers) != 2:
        yield Problem(
            f"breaking as a choice is worked out between two who sign; {len(scenario.signers)} do",
            (*place, "breaking"),
            "no after_signature.breaking",
        )
    if found.breaking is not None and found.breaking.foreseen:
        for where, words in not_foreseen(scenario):
            message = f"breaches of a deal are not foreseen beside {words}"
            yield Problem(message, where, "no foreseen = true in [after_signature.breaking]")
