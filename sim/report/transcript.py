"""The story of one draw: offers by name in their order, acceptance, and what happened after."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import numpy as np
import xarray as xr

from sim.ensemble.representative import story_rounds
from sim.report.pieces import Items, Section, Sentence, plain_text
from sim.report.stability_pieces import certificate_words
from sim.scenario import Scenario
from sim.store import meanings
from sim.sweeps.stored_draw import replay_stored
from sim.words import Vocabulary, actor_title, capital, duration, enumerated, issue_title, level_title

#: Why an offer may take back what an earlier one gave.
WHY_TERMS_SWAP: Final = "Each offers a deal worth about what it asks for at that time, so terms may swap."


def transcript(folder: str | Path, draw: int, point: int | None = None) -> list[str]:
    """Replay one draw of a results folder and tell its talks offer by offer and what came of them, as `sim show`.

    Args:
        folder: of a run or a sweep
        draw:   number of the draw, the replicate in tables
        point:  point of a sweep, as in points.csv; may be left out where there is only one
    Returns:
        lines, indented by two blanks where they belong to the line above
    Raises:  InputError for a draw or point that was not played; ResultsError if the folder holds no results
    Example:
        >>> from tempfile import TemporaryDirectory
        >>> from sim import play_case, read_case, transcript
        >>> with TemporaryDirectory() as top:
        ...     results = play_case(read_case("scenarios/pie"), 3, out=f"{top}/pie")
        ...     lines = transcript(f"{top}/pie", draw=2)
        >>> lines[0]
        'The talks (a round is 1 year)'
    """
    found = replay_stored(folder, draw, point)
    return transcript_lines(found.results, found.scenario)


def transcript_lines(results: xr.Dataset, scenario: Scenario) -> list[str]:
    """Tell the story of the first draw, whose talks must be the ones that the results keep in full.

    Args:
        results: a run of one draw
    Returns:
        lines, indented by two blanks where they belong to the line above
    """
    lines: list[str] = []
    for section in talk_sections(results, scenario):
        lines += ["", section.title] if lines else [section.title]
        for piece in section.pieces:
            told = piece.items if isinstance(piece, Items) else (piece.words,) if isinstance(piece, Sentence) else ()
            for words in told:
                first, *rest = plain_text(words).split("\n")
                lines += [f"  {first}", *(f"    {line}" for line in rest)]
    return lines


def talk_sections(results: xr.Dataset, scenario: Scenario) -> tuple[Section, Section]:
    """Tell the same in two sections: the talks, and what came of them."""
    title = f"The talks (a round is {duration(float(results.attrs['round_years']))})"
    talks = Items(tuple(_talks(results, scenario)))
    swaps = "text" not in results["offer_act"].values and any(" moves. " in plain_text(line) for line in talks.items)
    why = (Sentence(WHY_TERMS_SWAP),) if swaps else ()
    after = Items(tuple(_after(results, scenario)))
    return Section("talks", title, (*why, talks)), Section("after", "What came of it", (after,))


def _talks(results: xr.Dataset, scenario: Scenario) -> Iterator[str]:
    actors = [str(name) for name in results["actor"].values]
    last: dict[int, int] = {}
    same: list[tuple[int, int]] = []
    entries = zip(
        results["offer_round"].values.tolist(),
        results["offer_actor"].values.tolist(),
        results["offer_deal"].values.tolist(),
        results["offer_act"].values.tolist(),
        strict=True,
    )
    for round_, actor, deal, act in entries:
        who = actor_title(scenario, actors[actor])
        when = f"Round {round_ + 1}"
        if act != "accept" and last.get(actor) == deal:
            same.append((round_, actor))
            continue
        if same:
            yield _unmoved(scenario, actors, same)
            same = []
        if act == "accept":
            yield f"{when}: {who} accepts."
            continue
        if actor not in last:
            verb = "proposes a text" if act == "text" else "offers"
            yield "\n".join((f"{when}: {who} {verb}:", *_terms(results, scenario, deal)))
        else:
            moved = [
                f"{issue_title(scenario, issue)}: {' → '.join(level_title(scenario, issue, key) for key in change)}"
                for issue, change in _changes(results, last[actor], deal)
            ]
            yield f"{when}: {who} moves. {'; '.join(moved)}"
        last[actor] = deal
    if same:
        yield _unmoved(scenario, actors, same)
    if not len(results["offer_round"]):
        yield "Nobody offers anything: no deal beats its alternative for those who would speak."
    if int(results["deal"].values[0]) < 0:
        yield f"After {story_rounds(results)} rounds the talks end without a deal."


def _changes(results: xr.Dataset, before: int, after: int) -> Iterator[tuple[str, tuple[str, str]]]:
    """Issues on which two deals differ, with the level of each."""
    levels = results["deal_level"].values
    for i, issue in enumerate(results["issue"].values):
        if levels[i, before] != levels[i, after]:
            yield str(issue), (str(levels[i, before]), str(levels[i, after]))


def _terms(results: xr.Dataset, scenario: Scenario, deal: int) -> Iterator[str]:
    levels = results["deal_level"].values
    for i, issue in enumerate(results["issue"].values):
        yield f"{issue_title(scenario, str(issue))}: {level_title(scenario, str(issue), str(levels[i, deal]))}"


def _unmoved(scenario: Scenario, actors: list[str], same: list[tuple[int, int]]) -> str:
    """Who stays with which offer for how long: rounds, each with the actor who speaks in it."""
    who: dict[str, list[str]] = {}
    for actor in dict.fromkeys(actor for _, actor in same):
        rounds = [round_ + 1 for round_, speaker in same if speaker == actor]
        when = f"round {rounds[0]}" if len(rounds) == 1 else f"rounds {rounds[0]} to {rounds[-1]}"
        who.setdefault(when, []).append(actor_title(scenario, actors[actor]))
    told = enumerated([f"{enumerated(names)} in {when}" for when, names in who.items()])
    return f"{capital(told)}: {'the same offer' if len(same) == 1 else 'the same offers'} again."


def _after(results: xr.Dataset, scenario: Scenario) -> Iterator[str]:
    words = Vocabulary.of(scenario)
    length = float(results.attrs["round_years"])
    deal = int(results["deal"].values[0])
    if deal >= 0:
        kind = words.declared[meanings(results, "declared")[int(results["declared"].values[0])]]
        by = int(results["by"].values[0])
        who = f" by {actor_title(scenario, str(results['actor'].values[by]))}" if by >= 0 else ""
        signed = f"Signed in round {int(results['round'].values[0]) + 1}, as offered{who}: {kind.noun}."
        yield "\n".join((signed, *_terms(results, scenario, deal)))
        if told := certificate_words(results, scenario):
            yield f"Would it be kept? {told}"
    states = results["states"].values[:, 0, :].argmax(axis=0)
    names = [str(name) for name in results["state"].values]
    ends = [*(np.flatnonzero(np.diff(states)) + 1).tolist(), len(states)] if len(states) else []
    start = 0
    for end in ends:
        rounds = f"Round {end}" if end == start + 1 else f"Rounds {start + 1} to {end}"
        yield f"{rounds} ({duration((end - start) * length)}): {words.states[names[int(states[start])]].row}."
        start = end
    ending = meanings(results, "ending")[int(results["ending"].values[0])]
    yield f"At the end: {words.endings[ending].clause}."
    if bool(results["decided_by_arms"].values[0]):
        winner = actor_title(scenario, str(results["actor"].values[int(results["prevailed"].values[0])]))
        yield f"Arms decided the war before that, for {winner}, which imposes what it wants."
