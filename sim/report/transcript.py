"""The story of one draw: offers by name in their order, acceptance, and what happened after."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import numpy as np
import xarray as xr

from sim.report.words import ENDING_CLAUSES, actor_title, duration, issue_title
from sim.scenario import Scenario
from sim.store import meanings

#: Why an offer may take back what an earlier one gave.
WHY_TERMS_SWAP: Final = "Each offers a deal worth about what it asks for at that time, so terms may swap."


def transcript(results: xr.Dataset, scenario: Scenario) -> list[str]:
    """Tell the story of the first draw, whose talks must be the ones that the results keep in full.

    Args:
        results: a run of one draw
    Returns:
        lines, indented by two blanks where they belong to the line above
    """
    title = f"The talks (a round is {duration(float(results.attrs['round_years']))})"
    talks = list(_talks(results, scenario))
    if "text" not in results["offer_act"].values and any(" moves. " in line for line in talks):
        talks.insert(0, f"  {WHY_TERMS_SWAP}")
    return [title, *talks, "", "What came of it", *_after(results, scenario)]


def _talks(results: xr.Dataset, scenario: Scenario) -> Iterator[str]:
    actors = [str(name) for name in results["actor"].values]
    levels = results["deal_level"].values
    last: dict[int, int] = {}
    same: list[int] = []
    entries = zip(
        results["offer_round"].values.tolist(),
        results["offer_actor"].values.tolist(),
        results["offer_deal"].values.tolist(),
        results["offer_act"].values.tolist(),
        strict=True,
    )
    for round_, actor, deal, act in entries:
        who = actor_title(scenario, actors[actor])
        when = f"  Round {round_ + 1}"
        if act != "accept" and last.get(actor) == deal:
            same.append(round_)
            continue
        if same:
            yield _unmoved(same)
            same = []
        if act == "accept":
            yield f"{when}: {who} accepts."
            continue
        verb = "proposes a text" if act == "text" else "offers"
        if actor not in last:
            yield f"{when}: {who} {verb}:"
            yield from (
                f"    {issue_title(scenario, str(issue))}: {levels[i, deal]}"
                for i, issue in enumerate(results["issue"].values)
            )
        else:
            moved = [
                f"{issue_title(scenario, str(issue))}: {levels[i, last[actor]]} → {levels[i, deal]}"
                for i, issue in enumerate(results["issue"].values)
                if levels[i, last[actor]] != levels[i, deal]
            ]
            yield f"{when}: {who} moves. {'; '.join(moved)}"
        last[actor] = deal
    if same:
        yield _unmoved(same)
    if not len(results["offer_round"]):
        yield "  Nobody offers anything: no deal beats fighting on for those who would speak."
    if int(results["deal"].values[0]) < 0:
        yield f"  After {int(results.attrs['talk_rounds'])} rounds the talks end without a deal."


def _unmoved(rounds: list[int]) -> str:
    first, last = rounds[0] + 1, rounds[-1] + 1
    where = f"Round {first}" if first == last else f"Rounds {first} to {last}"
    return f"  {where}: {'the same offer' if first == last else 'the same offers'} again."


def _after(results: xr.Dataset, scenario: Scenario) -> Iterator[str]:
    length = float(results.attrs["round_years"])
    deal = int(results["deal"].values[0])
    if deal >= 0:
        kind = meanings(results, "declared")[int(results["declared"].values[0])]
        by = int(results["by"].values[0])
        who = f" by {actor_title(scenario, str(results['actor'].values[by]))}" if by >= 0 else ""
        when = int(results["round"].values[0]) + 1
        yield f"  Signed in round {when}, as offered{who}: a {kind}{' deal' if kind == 'partial' else ''}."
        yield from (
            f"    {issue_title(scenario, str(issue))}: {results['deal_level'].values[i, deal]}"
            for i, issue in enumerate(results["issue"].values)
        )
    states = results["states"].values[:, 0, :].argmax(axis=0)
    names = [str(name) for name in results["state"].values]
    ends = [*(np.flatnonzero(np.diff(states)) + 1).tolist(), len(states)] if len(states) else []
    start = 0
    for end in ends:
        name = names[int(states[start])]
        words = {
            "truce": "truce in force",
            "partial": "partial deal in force",
            "settlement": "settlement in force",
            "deal": "deal in force",
        }
        rounds = f"Round {end}" if end == start + 1 else f"Rounds {start + 1} to {end}"
        yield f"  {rounds} ({duration((end - start) * length)}): {words.get(name, name)}."
        start = end
    ending = meanings(results, "ending")[int(results["ending"].values[0])]
    yield f"  At the end: {ENDING_CLAUSES[ending]}."
    if bool(results["decided_by_arms"].values[0]):
        yield f"  {_prevailed(results, scenario)}"


def _prevailed(results: xr.Dataset, scenario: Scenario) -> str:
    """Who won by arms; its chance is its share of the power of the parties."""
    winner = int(results["prevailed"].values[0]) if "prevailed" in results else -1
    if winner < 0:  # kept by an earlier version
        return "Arms decided the war before that."
    who = actor_title(scenario, str(results["actor"].values[winner]))
    return f"Arms decided the war before that, for {who}, which imposes what it wants."
