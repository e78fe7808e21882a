"""Other evidence as a story: what moved in the answer, which claim moved it, what to watch."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import xarray as xr

from sim.report.case_words import ToldCase
from sim.report.change_rows import ChangeRow, ChangesSaid, outcome_rows, shown_changes, state_rows
from sim.report.grounds import claims_words
from sim.report.limit_sections import limit_section
from sim.report.outcome_words import change_in_words, mean_change_words, outcome_title, summary_words
from sim.report.pieces import (
    Bar,
    Bars,
    Cell,
    FigurePiece,
    Glossary,
    KeyValues,
    Row,
    Section,
    Sentence,
    Span,
    Story,
    Table,
    Words,
    joined_words,
    plain_text,
    share_cell,
)
from sim.report.run_report import FEW
from sim.report.run_story import figure_sections
from sim.runs.difference import Difference
from sim.runs.indicators import Indicator
from sim.runs.other_evidence import ClaimEffect, Standing, Update
from sim.runs.outcome_changes import OutcomeChange
from sim.scenario.changed_places import ChangedPlace
from sim.words import (
    Proportion,
    capital,
    clear,
    counted,
    enumerated,
    line_title,
    number_title,
    observation_title,
    percent,
    points,
)
from sim.words import words_of as words_of_case

#: Changes below this, in shares, are not worth a line.
_SEEN: Final = 0.005
#: So many states are named in the first sentence.
_TOLD: Final = 3
#: Keys that lead to a red line: actors, who, red_lines, its name.
_RED_LINE: Final = 4
#: Letters of a claim in a sentence.
_CLAIM: Final = 90


def update_changes(found: Update, case: ToldCase) -> tuple[ChangeRow, ...]:
    """Changes of states and of what the case asks for, row by row."""
    states = state_rows(case.words, found.before.states, found.after.states, found.change, least=_SEEN)
    return (*states, *outcome_rows(case, found.outcomes))


def update_shown(found: Update, case: ToldCase) -> xr.Dataset | None:
    """What the news changes, to be drawn; none where nothing can be compared."""
    worlds = f"{_worlds(case)}, before and after; those that fit in both are compared one by one"
    if not case.scenario.observations:
        worlds = "both were played in the same worlds, so the changes are paired"
    said = ChangesSaid(
        f"{case.scenario.title}: what the news changes",
        "with the news, less without",
        worlds,
        "what it is before → after",
    )
    return shown_changes(update_changes(found, case), said)


def update_story(found: Update, case: ToldCase, *, title: str, seed: str, figures: Sequence[FigurePiece] = ()) -> Story:
    """Tell what other evidence does to an answer.

    Args:
        case:  the case as the other evidence has it, with all its articles
        title: of the overlay that brings the evidence
    """
    moved = [_moved(found, case), _terms(found, case), _few(found)]
    lead: list[tuple[str, Words]] = [("What moved", " ".join(filter(None, moved)))]
    lead.append(("Which claim moved it", _blamed(found, case)))
    lead.append(("What to watch", _watched(found, case)))
    bars = (_bars(found.before, case, "Before"), _bars(found.after, case, "After"))
    glance = Section("", "", (*bars, Glossary(words_of_case(case.words))), shown="page")
    limits = limit_section(
        "update",
        (
            "A claim that moves much alone and little when it is left out of the rest says what others say too.",
            "Only what somebody wrote into the overlay can move the answer; how it was read there is a judgement.",
            f"Behind the new answer stand {counted(found.after.fitting, 'worlds')} that fit what was observed.",
        ),
    )
    watch = (_watch(found, case), Sentence(_how_watched(found), "note"))
    sections = (
        Section("answer", "What moved", (KeyValues(tuple(lead), "lead"), glance)),
        *figure_sections(figures),
        Section("states", "How things stand at the end", (_states(found, case), _outcomes(found, case))),
        Section("claims", "Claim by claim", (_claims(found, case), Sentence(_how(found), "note"))),
        *([Section("watch", "What to watch", watch)] if found.watch else []),
        limits,
        Section("record", "", (Sentence(_played(found, case, seed), "note"),)),
    )
    facts = (title, counted(found.before.draws, "drawn worlds"), f"seed {seed}")
    return Story(
        f"{case.scenario.title}: what the news changes",
        case.scenario.question,
        sections,
        "Negotiation simulation",
        facts,
    )


def _bars(found: Standing, case: ToldCase, when: str) -> Bars:
    parts = tuple(
        Bar(state, capital(words.row), str(found.states.proportion(state)), found.states.share[state])
        for state, words in case.words.states.items()
        if found.states.share.get(state)
    )
    return Bars(
        parts,
        f"{when}: state after {case.duration(case.scenario.talks.horizon_rounds * case.scenario.talks.round_years)}.",
    )


def _moved(found: Update, case: ToldCase) -> str:
    """The states that move most, those that move more than chance might first."""
    change = found.change
    ranked = sorted(change.share, key=lambda name: -abs(change.share[name]))
    sure = [
        name for name in ranked if clear(change.share[name], change.error[name]) and abs(change.share[name]) >= _SEEN
    ]
    if not sure:
        if outcomes_moved(found.outcomes):
            return "How things stand at the end moves by no more than chance may do, but what is agreed does."
        largest = ranked[0]
        return (
            f"Nothing moves beyond what chance may do; most, {case.words.states[largest].noun}: "
            f"{_from_to(found, largest)}."
        )
    told = [f"{case.words.states[name].noun} {_from_to(found, name)}" for name in sure[:_TOLD]]
    modal, before = found.after.states.modal, found.before.states.modal
    most = case.words.states[modal].noun
    turned = (
        f"most often now {most}, no longer {case.words.states[before].noun}"
        if modal != before
        else f"still most often {most}"
    )
    return f"{capital(enumerated(told))}; {turned}."


def _few(found: Update) -> str:
    """A warning where few worlds fit the new evidence; empty where enough do."""
    worlds = found.after.fitting
    if worlds >= FEW:
        return ""
    return f"Only {counted(worlds, 'worlds')} stand{'s' if worlds == 1 else ''} behind the new answer."


def _from_to(found: Update, name: str) -> str:
    before, after = found.before.states.share.get(name, 0.0), found.after.states.share.get(name, 0.0)
    change = points(found.change.share[name], found.change.error[name], 0)
    return f"{percent(before)} → {percent(after)} ({change} points)"


def _terms(found: Update, case: ToldCase) -> str:
    """Outcomes of the headline that change beyond chance; where none does, those that read otherwise."""
    if sure := outcomes_moved(found.outcomes):
        told = [
            f"{outcome_title(case, one.of)}: {summary_words(case, one.before)} → {summary_words(case, one.after)} "
            f"({mean_change_words(case, one)})"
            for one in sure[:_TOLD]
        ]
        return f"{'. '.join(told)}."
    told = [
        change_in_words(case, one)
        for one in found.outcomes
        if one.moved and summary_words(case, one.before) != summary_words(case, one.after)
    ]
    return f"No more than chance may do: {'; '.join(told)}." if told else ""


def outcomes_moved(found: tuple[OutcomeChange, ...]) -> list[OutcomeChange]:
    """Outcomes that both have and that move beyond what chance may do, as they come."""
    return [one for one in found if one.seen() and one.before.draws and one.after.draws]


def _agreed(found: Update, case: ToldCase) -> str:
    """Which claim moves what is agreed, where how things stand does not move."""
    first = outcomes_moved(found.outcomes)[0]
    by = [(one, change) for one in found.effects for change in one.outcomes if change.of == first.of]
    if not by:
        return ""
    effect, change = max(by, key=lambda item: item[1].moved)
    most = "it rests on" if len(found.effects) == 1 else "most of it rests on"
    alone = "" if len(found.effects) == 1 else f" ({mean_change_words(case, change)} alone)"
    return f"{outcome_title(case, first.of)}: {most} {_name(effect, case)}{alone}."


def _name(effect: ClaimEffect, case: ToldCase) -> str:
    """What an effect is called: what the claim says, or what is assumed."""
    if effect.claims:
        said = plain_text(claims_words(case.scenario, case.article, effect.claims[:1])).split("\n")[0]
        said = said.rpartition(" (")[0] or said
        return f"“{said if len(said) <= _CLAIM else said[: _CLAIM - 1] + '…'}”"
    return f"the assumption on {what_words(case, effect.changes[0])}"


def _blamed(found: Update, case: ToldCase) -> str:
    """What moves most, alone and as the last of all."""
    first = found.effects[0]
    if found.moved < _SEEN and outcomes_moved(found.outcomes) and (agreed := _agreed(found, case)):
        return agreed
    whole = f"Taken together, {percent(found.moved)} of the worlds end in another state"
    if len(found.effects) == 1:
        return f"{whole}; all of it rests on {_name(first, case)}."
    alone = "makes no sense alone" if first.alone is None else f"moves {percent(first.moved_alone)} alone"
    last = "all else makes no sense without it"
    if first.left_out is not None:
        last = f"{percent(first.moved_last)} when it comes to all the rest"
    sure = (
        "" if any(map(_beyond_chance, (first.alone, first.left_out))) else " No state moves beyond what chance may do."
    )
    return f"{whole}. Most hangs on {_name(first, case)}: it {alone}, and {last}.{sure}"


def _beyond_chance(change: Difference | None) -> bool:
    return change is not None and any(clear(change.share[name], change.error[name]) for name in change.share)


def _watched(found: Update, case: ToldCase) -> str:
    if not found.watch:
        return "No statement on a package and no early state would move the answer beyond chance."
    first = found.watch[0]
    return (
        f"{capital(indicator_words(first, case))}: to be seen in {percent(first.chance)} of {_worlds(case)}; then "
        f"{_either_way(first, case)}."
    )


def _either_way(found: Indicator, case: ToldCase) -> str:
    """The state that moves most, if it is seen and if it is not."""
    state = case.words.states[found.moves].noun
    return f"{state} in {percent(found.seen[found.moves])}, else in {percent(found.unseen[found.moves])}"


def _worlds(case: ToldCase) -> str:
    """The worlds that shares are of."""
    return "the worlds that fit what was observed" if case.scenario.observations else "the worlds"


def indicator_words(found: Indicator, case: ToldCase) -> str:
    """What would be seen, in a clause."""
    if found.kind == "state":
        return f"after {case.duration(found.years)} {case.words.states[found.of].clause}"
    return f"word from {case.actor(found.actor)} that it would sign {found.title}"


def what_words(case: ToldCase, change: ChangedPlace) -> str:
    """What a change is about, in words."""
    if change.path in case.scenario.numbers:
        return number_title(case.scenario, change.path)
    if change.place[0] == "observations" and len(change.place) > 1:
        return f"observation “{observation_title(str(change.place[1]))}”"
    if len(change.place) == _RED_LINE and change.place[2] == "red_lines":
        actor = str(change.place[1])
        return f"{case.actor(actor)}: red line {line_title(case.scenario, actor, str(change.place[3]))}"
    return change.path


def _states(found: Update, case: ToldCase) -> Table:
    rows: list[Row] = [
        [
            words.row,
            share_cell(found.before.states.proportion(state)),
            share_cell(found.after.states.proportion(state)),
            Cell(points(found.change.share[state], found.change.error[state], 1), found.change.share[state]),
        ]
        for state, words in case.words.states.items()
        if state in found.change.share and (found.before.states.share.get(state) or found.after.states.share.get(state))
    ]
    caption = f"Share of {_worlds(case)}; the change in points, on common draws, ± 95 %"
    return Table("states-table", caption, ("state", "before", "after", "change"), rows, (1, 2, 3))


def _outcomes(found: Update, case: ToldCase) -> Table:
    rows: list[Row] = [
        [outcome_title(case, one.of), summary_words(case, one), summary_words(case, two)]
        for one, two in zip(found.before.outcomes, found.after.outcomes, strict=True)
    ]
    return Table("outcomes-table", "What the case asks for", ("outcome", "before", "after"), rows)


def _claims(found: Update, case: ToldCase) -> Table:
    rows: list[Row] = []
    for effect in found.effects:
        about = joined_words([what_words(case, change) for change in effect.changes])
        rests = claims_words(case.scenario, case.article, effect.claims) if effect.claims else Span("assumed", "warn")
        rows.append(
            [
                rests,
                about,
                _effect(effect.alone, effect.moved_alone, case, effect.outcomes),
                _effect(effect.left_out, effect.moved_last, case),
            ]
        )
    heads = ("rests on", "what it changes", "alone", "as the last of all")
    caption = "How much each moves: share of the worlds that end in another state, and the state that changes most"
    return Table("claims-table", caption, heads, rows, stacked=True)


def _effect(change: Difference | None, moved: float, case: ToldCase, outcomes: tuple[OutcomeChange, ...] = ()) -> Cell:
    if change is None:
        return Cell("makes no sense so")
    if not moved:
        told = [
            f"\n{outcome_title(case, one.of)} {mean_change_words(case, one)}" for one in outcomes_moved(outcomes)[:1]
        ]
        return Cell(("no state" if told else "nothing", *(Span(text, "small") for text in told)), 0.0)
    most = max(change.share, key=lambda name: abs(change.share[name]))
    small = f"\n{case.words.states[most].noun} {points(change.share[most], change.error[most], 0)}"
    return Cell((percent(moved), Span(small, "small")), moved)


def _watch(found: Update, case: ToldCase) -> Table:
    rows: list[Row] = [
        [
            capital(indicator_words(one, case)),
            Cell(percent(one.chance), one.chance),
            Cell(percent(one.expected), one.expected),
            Cell(_either_way(one, case), one.seen[one.moves]),
        ]
        for one in found.watch
    ]
    heads = ("what could be seen", "how likely", "moves the answer by", "most of all")
    caption = f"What would move the answer most, given the new evidence: expected change over {_worlds(case)}"
    return Table("watch-table", caption, heads, rows, (1, 2), stacked=True)


def _how(found: Update) -> str:
    if len(found.effects) == 1:
        return "Everything rests on one ground, so it is moved alone and as the last of all alike."
    return (
        "Alone: only this is changed. As the last of all: everything is changed, less everything but this. Where the "
        "two differ, claims work together or say the same. Points ± 95 %, on common draws."
    )


def _how_watched(found: Update) -> str:
    bluff = max((one.bluff for one in found.watch if one.kind == "statement"), default=0.0)
    told = (
        f" A statement is taken to be a bluff with a chance of {percent(bluff)} where it is not meant." if bluff else ""
    )
    return (
        "Expected change: share of the worlds that end in another state than one would now say, once it is known "
        f"whether it is seen, less what as many worlds chosen by chance would move.{told}"
    )


def _played(found: Update, case: ToldCase, seed: str) -> str:
    start = f"{counted(found.before.draws, 'drawn worlds')}, seed {seed!r}"
    if not case.scenario.observations:
        return f"{start}."
    fit = [Proportion(one.fitting, one.draws) for one in (found.before, found.after)]
    return f"{start}; {fit[0]} of them fit what was observed before, {fit[1]} after."
