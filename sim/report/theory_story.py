"""What theory predicts beside what the talks came to, as a story."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from sim.report.pieces import (
    Cell,
    Items,
    KeyValues,
    Piece,
    Row,
    Section,
    Sentence,
    ShownWhere,
    Span,
    Story,
    Table,
    Words,
)
from sim.report.stability_pieces import stability_section, stability_sentence
from sim.runs.coalition_power import CoalitionPower
from sim.runs.outcome_summary import NumberSpan, OutcomeSummary
from sim.runs.theory_beside import TheoryBeside, TheoryExcluded, TheoryVerdict
from sim.runs.ways_out import WayOut
from sim.scenario import Scenario
from sim.scenario.kinds import models_war
from sim.words import (
    NOTHING,
    Proportion,
    actor_title,
    capital,
    counted,
    enumerated,
    half_width,
    issue_title,
    level_title,
    part_with_half,
    percent,
    quantity,
)

#: Words that are told only where a war is modelled.
_WAR: Final = re.compile(r"\b(wars?|truces?|arms|fight(s|ing)?|fire|stalemate|settlement|attacks?|crisis)\b")
#: Columns of terms and of gains in a table.
_MOST_ISSUES: Final = 2
_MOST_SIGNERS: Final = 3
#: Gains that differ by less than this part of what can be gained are told as the same.
_CLOSE: Final = 0.02


def theory_story(found: TheoryBeside, scenario: Scenario) -> Story:
    """Tell every theory: what applies and how far it is from the talks, what does not apply and why."""
    return Story(scenario.title, scenario.question, (*_lead(found, scenario), *theory_sections(found, scenario)))


def theory_sections(found: TheoryBeside, scenario: Scenario, shown: ShownWhere = "everywhere") -> tuple[Section, ...]:
    """Tables of what applies, then what each takes for granted, then what does not apply."""
    said = [one for one in found.applies if one.predicts and one.found.gains]
    marks = [one for one in found.applies if one.marks]
    sections = [
        Section(
            "theory",
            "What theory predicts",
            (_predictions(found, said, scenario), *_undecided(found), Sentence(_reading(found), "note")),
            "Theory",
            shown=shown,
        )
    ]
    if marks:
        sections.append(Section("mechanisms", "What theory says is at work", (_marks(found, marks),), shown=shown))
    if found.power is not None:
        sections.append(
            Section("power", "Who has power over what is signed", _power(found.power, scenario), shown=shown)
        )
    sections += stability_section(found.stability, scenario)
    sections.append(Section("assumed", "What these theories take for granted", (_assumed(said + marks),), shown=shown))
    sections.append(Section("excluded", "What does not apply, and why", _excluded(found, scenario), shown=shown))
    return tuple(sections)


def theory_panel(found: TheoryBeside | None, scenario: Scenario) -> tuple[Section, ...]:
    """What applies and predicts something, and who has power, below the solutions on the page of a run."""
    if found is None:
        return ()
    said = [one for one in found.applies if one.predicts and one.found.gains]
    pieces: list[Piece] = [_predictions(found, said, scenario), Sentence(_reading(found), "note")]
    marks = [one for one in found.applies if one.marks]
    if marks:
        pieces.append(_marks(found, marks))
    if found.power is not None:
        pieces += _power(found.power, scenario)
    pieces.append(Sentence(f"In {_worlds(found)} asked. What does not apply, and why: sim theory.", "note"))
    title = "What theory predicts"
    panel = Section("theory", title, tuple(pieces), "Theory", shown="page", folded=True)
    if found.stability is None:
        return (panel,)
    kept = stability_section(found.stability, scenario)[0]
    short = Section("kept", kept.title, (stability_sentence(found.stability),), shown="terminal")
    return (panel, replace(kept, shown="page", folded=True), short)


def told_issues(scenario: Scenario) -> tuple[str, ...]:
    """Issues whose terms a table shows: numeric ones, else the one that weighs most with all actors together."""
    numbers = tuple(name for name, issue in scenario.issues.items() if issue.kind == "numeric")
    if numbers or len(scenario.issues) == 1:
        return (numbers or tuple(scenario.issues))[:_MOST_ISSUES]

    def weight(name: str) -> float:
        given = (actor.weighs.get(name) for actor in scenario.actors.values())
        return sum(float(one.value) for one in given if one is not None)

    return (max(scenario.issues, key=weight),)


def way_heads(scenario: Scenario) -> tuple[str, ...]:
    """Heads of the columns that ``way_cells`` fills."""
    titles = [capital(issue_title(scenario, name)) for name in told_issues(scenario)]
    signers = " / ".join(actor_title(scenario, name) for name in _told_signers(scenario))
    return ("deal", *titles, f"gains: {signers}")


def way_cells(way: WayOut, scenario: Scenario) -> list[Cell | Words]:
    """Chance of a deal, terms and gains of a way out."""
    terms = [term_words_of(way.terms.get(name), scenario, name) for name in told_issues(scenario)]
    told = _told_signers(scenario)
    gains = [_gain(way.gains.get(name), 3 if len(told) < _MOST_SIGNERS else 2) for name in told]
    return [Cell(percent(way.deal), way.deal), *terms, " / ".join(gains) if set(gains) != {NOTHING} else NOTHING]


def way_name(names: Sequence[str], worlds: int, size: int) -> str:
    """What ways out with the same numbers are called, and in what share of the worlds they apply if not in all."""
    return ", ".join(names) + ("" if worlds == size else f" (in {percent(worlds / size)})")


def verdicts_alike(verdicts: Sequence[TheoryVerdict]) -> list[list[TheoryVerdict]]:
    """Theories that predict the same numbers, together; the order is that of the first of each."""
    groups: dict[str, list[TheoryVerdict]] = {}
    for one in verdicts:
        key = repr((_rounded(one.found), one.distance.same_deal, f"{one.distance.gain:.9f}"))
        groups.setdefault(key, []).append(one)
    return list(groups.values())


def _rounded(way: WayOut) -> tuple[object, ...]:
    gains = tuple((name, f"{one.median:.9f}", f"{one.low:.9f}", f"{one.high:.9f}") for name, one in way.gains.items())
    return way.worlds, way.deal, gains, tuple(way.terms.items())


def term_words_of(term: OutcomeSummary | None, scenario: Scenario, issue: str) -> Cell:
    """The median of a number, or the level that is most frequent with its share."""
    if term is None or not term.draws:
        return Cell(NOTHING)
    if term.shares:
        level, share = next(iter(term.shares.items()))
        title = level_title(scenario, issue, level)
        return Cell(title if share == 1 else f"{title} ({percent(share)})")
    return Cell(quantity(float(f"{term.span.median:.4g}"), scenario.issues[issue].unit), term.span.median)


def _told_signers(scenario: Scenario) -> tuple[str, ...]:
    return tuple(scenario.signers)[:_MOST_SIGNERS]


def _gain(span: NumberSpan | None, digits: int) -> str:
    return NOTHING if span is None or math.isnan(span.median) else f"{span.median + 0.0:.{digits}f}"


def _lead(found: TheoryBeside, scenario: Scenario) -> tuple[Section, ...]:
    near = [one for one in found.applies if one.predicts and not math.isnan(one.distance.gain)]
    pairs: list[tuple[str, Words]] = [
        (
            "What applies",
            (
                f"{len(found.applies)} of {counted(len(found.applies) + len(found.excluded), 'theories')} apply to "
                f"{'' if found.worlds == 1 else 'some of '}{_worlds(found)}; the talks are {found.talks.name}."
            ),
        )
    ]
    if near:
        best = min(near, key=lambda one: one.distance.gain)
        ties = [one for one in near if one.distance.gain <= best.distance.gain + 1e-9]
        names = enumerated([one.found.name for one in ties])
        away = "just what it predicts" if best.distance.gain < 1e-9 else f"{percent(best.distance.gain)} away"
        pairs.append(("Nearest to the talks", f"{names}: gains are {away}, of the most that a signer can gain."))
        worst = max(near, key=lambda one: one.distance.gain)
        if worst.distance.gain - best.distance.gain > _CLOSE:
            pairs.append(("Furthest", f"{worst.found.name}: {percent(worst.distance.gain)} away."))
    del scenario
    return (Section("answer", "", (KeyValues(tuple(pairs), "lead"),)),)


def _worlds(found: TheoryBeside) -> str:
    if found.worlds == found.draws:
        return f"the {counted(found.worlds, 'worlds')}"
    return f"the {counted(found.worlds, 'worlds')} of {found.draws:,} that fit what was observed"


def _predictions(found: TheoryBeside, said: Sequence[TheoryVerdict], scenario: Scenario) -> Table:
    own: list[Cell | Words] = [Span(f"the talks: {found.talks.name}", "strong"), *way_cells(found.talks, scenario), ""]
    rows: list[Row] = [own]
    for group in verdicts_alike(said):
        way, away = group[0].found, group[0].distance
        rows.append(
            [
                way_name([one.found.name for one in group], way.worlds, found.worlds),
                *way_cells(way, scenario),
                Cell(part_with_half(away.gain, half_width(away.error)), away.gain),
            ]
        )
    heads = ("", *way_heads(scenario), "differs")
    caption = (
        "Predictions in the worlds in which each applies: chance of a deal, median terms, median gains over no deal"
    )
    return Table("theory-table", caption, heads, rows, (1, *range(len(heads) - 2, len(heads))), stacked=True, long=True)


def _undecided(found: TheoryBeside) -> tuple[Sentence, ...]:
    """Under which solutions several deals tie, and of which that leaves open who gets what in every world."""
    told = [
        f"{one.found.name} ({one.tied_deals} deals {_tied_worlds(one)})" for one in found.applies if one.tied_worlds
    ]
    said = [f"Several deals tie under {enumerated(told)}: where terms are shown, they are those of the first."]
    said = said if told else []
    names = [one.found.name for one in found.applies if one.predicts and not one.found.gains]
    if names:
        does = "does" if len(names) == 1 else "do"
        said.append(
            f"{capital(enumerated(names))} {does} not say who gets what: deals that tie leave signers more or less."
        )
    return tuple(map(Sentence, said))


def _tied_worlds(one: TheoryVerdict) -> str:
    everywhere = one.tied_worlds == one.found.worlds
    return "in every world" if everywhere else f"in {Proportion(one.tied_worlds, one.found.worlds)} of worlds"


def _reading(found: TheoryBeside) -> str:
    told = (
        "Gains are over no deal, in own value from 0 to 1, seen from the beginning of the talks. They differ from "
        "those of the talks by so much of the most that a signer could gain, on average over signers and worlds. "
        "Theories point at lotteries between deals; terms are those of the nearest deal."
    )
    return told if found.worlds > 1 else told.replace(", on average over signers and worlds", "")


def _marks(found: TheoryBeside, marks: Sequence[TheoryVerdict]) -> Table:
    rows: list[Row] = [
        [one.found.name, capital(one.marks), Cell(str(Proportion(one.marked, one.found.worlds)), one.marked)]
        for one in marks
    ]
    caption = "Mechanisms that theories name, and the share of the worlds in which they are at work"
    del found
    return Table("mechanism-table", caption, ("theory", "what it says", "in"), rows, (2,), stacked=True)


def _power(found: CoalitionPower, scenario: Scenario) -> tuple[Table | Sentence, ...]:
    """Indices, who imposes and blocks, who was pivotal, and what coalitions are worth."""
    valued = found.valued > 0
    rows: list[Row] = [
        [
            actor_title(scenario, one.name),
            Cell(f"{one.shapley:.3f}", one.shapley),
            Cell(f"{one.banzhaf:.3f}", one.banzhaf),
            "imposes" if one.imposes else "blocks" if one.blocks else "–",
            Cell(str(Proportion(one.pivotal, found.signed)), one.pivotal),
            *((Cell(f"{one.worth:.3f}", one.worth), Cell(f"{one.nucleolus:.3f}", one.nucleolus)) if valued else ()),
        ]
        for one in found.signers
    ]
    heads = ("", "Shapley–Shubik", "Banzhaf", "alone", "pivotal in", *(("value", "nucleolus") if valued else ()))
    caption = (
        "Votes: Shapley–Shubik and Banzhaf indices, who can impose or block alone, and the share of signed deals that "
        "would have fallen without him"
    ) + ("; gains: Shapley value and nucleolus of what coalitions can gain" if valued else "")
    passing = Sentence(f"Of all coalitions {percent(found.passing)} can sign.")
    if not valued:
        table = Table("power-table", caption, heads, rows, (1, 2, 4), stacked=True)
        return (table, passing, Sentence("Too many sign to value every coalition.", "note"))
    core = (
        "The gains can be divided so that no coalition would rather sign by itself: the core is not empty."
        if found.core
        else "However the gains are divided, some coalition could gain "
        f"{found.excess:.3f} more by itself: the core is empty."
    )
    numbers = Table("power-table", caption, heads, rows, (1, 2, 4, 5, 6), stacked=True)
    return (numbers, passing, Sentence(core))


def _assumed(told: Sequence[TheoryVerdict]) -> Items:
    """What they take for granted, each with those that do."""
    groups: dict[str, list[str]] = {}
    for one in told:
        for assumption in one.assumes:
            groups.setdefault(assumption, []).append(one.found.name)
    return Items(
        tuple(
            (f"{capital(assumption)}: ", Span(enumerated(list(dict.fromkeys(names))), "small"))
            for assumption, names in groups.items()
        )
    )


def _of_war(said: tuple[str, str], group: Sequence[TheoryExcluded]) -> bool:
    """Whether theories that do not apply, or why they do not, can only be told with words of a war."""
    return _WAR.search(" ".join([*said, *(one.name for one in group)])) is not None


def without_other_disputes(found: TheoryBeside, scenario: Scenario) -> tuple[TheoryBeside, int]:
    """Leave out theories of a war in a case without one.

    Returns:
        what remains to be told, and how many of the theories that do not apply are left out
    """
    if models_war(scenario):
        return found, 0
    groups = _by_reason(found)
    kept = {one.name for key, group in groups.items() if not _of_war(key, group) for one in group}
    excluded = tuple(one for one in found.excluded if one.name in kept)
    made_of = tuple(one for one in found.ingredients if not _WAR.search(one.name))
    return replace(found, excluded=excluded, ingredients=made_of), len(found.excluded) - len(excluded)


def _by_reason(found: TheoryBeside) -> dict[tuple[str, str], list[TheoryExcluded]]:
    """What theories ask of a case that is not so in it, and what is so instead -> the theories."""
    groups: dict[tuple[str, str], list[TheoryExcluded]] = {}
    for one in found.excluded:
        groups.setdefault((one.fails.says, one.fails.instead), []).append(one)
    return groups


def _excluded(found: TheoryBeside, scenario: Scenario) -> tuple[Sentence | Items, ...]:
    found, elsewhere = without_other_disputes(found, scenario)
    groups = _by_reason(found)
    items: list[Words] = [
        (Span(enumerated([one.name for one in group]), "strong"), f" ask that {says}: here {instead}.")
        if len(group) > 1
        else (Span(group[0].name, "strong"), f" asks that {says}: here {instead}.")
        for (says, instead), group in groups.items()
    ]
    if elsewhere:
        asks = "theories ask" if elsewhere > 1 else "theory asks"
        items.append(f"{elsewhere} more {asks} about a dispute of another kind than this one.")
    made_of = "; ".join(f"{one.name} ({one.gives})" for one in found.ingredients)
    return (
        Items(tuple(items)),
        Sentence(f"Part of the core model, so that they hold in every world: {made_of}.", "note"),
        Sentence("Theories that do not apply can be evaluated on other numbers: sim solve NAME.", "note"),
    )
