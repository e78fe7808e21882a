"""A scenario at a glance, as notebooks show it."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sim.scenario.scenario import Scenario


def overview(scenario: Scenario) -> str:
    """Write a scenario as a small HTML table: actors, issues, talks, and how many numbers are assumed.

    Example:
        >>> from sim.scenario import Scenario
        >>> issue = {"levels": ["a", "b"], "status_quo": "a"}
        >>> actor = {"patience": {"value": 0.9, "assumed": "toy"}}
        >>> toy = Scenario(title="A < B", issues={"x": issue}, actors={"p": actor, "q": actor})
        >>> "A &lt; B" in overview(toy)
        True
    """
    numbers = [number.quantity for number in scenario.numbers.values()]
    assumed = sum(not quantity.grounded for quantity in numbers)
    rows = {
        "question": scenario.question,
        "actors": "; ".join(f"{actor.title or name} ({actor.role})" for name, actor in scenario.actors.items()),
        "issues": "; ".join(f"{issue.title or name} ({len(issue.offered)})" for name, issue in scenario.issues.items()),
        "talks": f"{scenario.talks.protocol}, {scenario.talks.talk_rounds} rounds of {scenario.talks.round}",
        "numbers": f"{len(numbers)}, {assumed} of them assumed",
        "observations": ", ".join(name.replace("_", " ") for name in scenario.observations),
        "draws": f"{scenario.draws:,}, seed {scenario.seed}",
    }
    body = "".join(
        f'<tr><th style="text-align:left">{name}</th><td style="text-align:left">{html.escape(words)}</td></tr>'
        for name, words in rows.items()
        if words
    )
    title = f'<caption style="text-align:left;font-weight:bold">{html.escape(scenario.title)}</caption>'
    return f"<table>{title}<tbody>{body}</tbody></table>"
