"""What happened in the drawn worlds of a run: endings, deals, observations, and what textbook solutions select."""

from __future__ import annotations

import math
from collections.abc import Sequence

from sim.report.answer import GroupFindings
from sim.report.benchmark_pieces import benchmark_pieces
from sim.report.cheating_findings import cheating_sentences
from sim.report.event_findings import event_sentences
from sim.report.findings import ObservationShare
from sim.report.grounds import claims_words
from sim.report.pieces import (
    Cell,
    Glossary,
    Items,
    Piece,
    Row,
    Section,
    Sentence,
    ShownWhere,
    Span,
    Table,
)
from sim.report.run_lead import answer_lead, deals_last, doubts
from sim.report.run_outcomes import signers_sentence, state_bars, terms_pieces, timeline_table, ways_pieces
from sim.report.run_report import RunReport
from sim.words import (
    capital,
    counted,
    half_width,
    level_title,
    observation_title,
    percent,
    share_with_half,
    words_of,
)

#: Kinds of deal whose lasting is told.
_MOST_KINDS = 3


def answer_section(run: RunReport) -> Section:
    """Answer the question in three sentences, and show the endings at a glance."""
    glance = Section("", "", (state_bars(run), Glossary(words_of(run.words))), shown="page")
    return Section("answer", "The answer", (answer_lead(run), glance))


def happening_section(run: RunReport, shown: ShownWhere) -> Section:
    """Say how it stands at the end, and what is signed first.

    Args:
        shown: where all of it stands; pages show it in any case
    """
    endings = (_endings(run), Sentence(" ".join(definitions(run)), "note"))
    told_twice = set(run.words.endings) == set(run.words.states) and len(_groups(run)[0]) == 1
    pieces: tuple[Piece, ...] = (
        timeline_table(run),
        *(() if told_twice else endings),
        Sentence(" ".join([signing(run), *leaving(run)])),
        Sentence(signers_sentence(run)),
        *benchmark_pieces(run),
        Section("", "", (_signed(run),), shown="page"),
        *event_sentences(run, run.scenario, run.answer.told.events or ()),
        *cheating_sentences(run, run.answer.told.cheating or ()),
        *terms_pieces(run),
        *ways_pieces(run),
    )
    return Section("happens", "What happens", pieces, shown=shown)


def _groups(run: RunReport) -> tuple[Sequence[str], Sequence[GroupFindings]]:
    """Heads and findings of the groups of draws that are told apart."""
    found = run.answer
    draws = found.subject.draws
    everything = f"all {draws:,} worlds" if draws > 1 else "the one world"
    if found.group == "all" or found.consistent.draws == draws:
        return (everything,), (found.all,)
    return (f"{found.consistent.draws:,} that fit what was observed", everything), (found.consistent, found.all)


def _endings(run: RunReport) -> Table:
    heads, told = _groups(run)
    subject = run.answer.subject
    rows: list[Row] = []
    for code in subject.possible:
        title = run.words.endings[code].row
        rows.append([title, *(run.share_cell(group.endings.proportion(code)) for group in told)])
    caption = f"What has come of the talks after {run.duration(subject.horizon_years)}, share of worlds"
    return Table("endings-table", caption, ("ending", *heads), rows, (1, 2))


def definitions(run: RunReport) -> list[str]:
    """What counts as an ending without a deal, with the code that data and options use; one place for it."""
    subject = run.answer.subject
    return [
        f"{capital(words.head)} (“{code}” in data and options): {words.meaning}."
        for code, words in run.words.endings.items()
        if code in run.without_deal and code in subject.possible
    ]


def signing(run: RunReport) -> str:
    """What was signed first, unless the headline says it, and how long it lasted."""
    told = run.answer.told
    shares = sorted(told.declared.share.items(), key=lambda item: -item[1])
    named = ", ".join(f"{run.words.declared[name].noun} {percent(share)}" for name, share in shares if share > 0)
    asked = any(found.of == "declared" for found in run.scenario.headline.outcomes)
    single = told.declared.share.get(run.words.kinds[0]) == 1 and len(run.words.kinds) == 1
    parts = [] if asked or single else [f"What is signed first: {named}."]
    if told.not_in_force == 1:
        parts.append("None of the signed deals comes into force before the end.")
    elif told.not_in_force > 0:
        parts.append(f"{percent(told.not_in_force)} of the signed deals never come into force before the end.")
    parts += efficiency(run)
    if run.answer.subject.draws > 1 and run.words.broken:
        parts += [deals_last(run, item) for item in told.lasting[:_MOST_KINDS]]
        parts += sorts(run)
    return " ".join(parts)


def sorts(run: RunReport) -> list[str]:
    """How many of the deals that came into force were fragile, and what became of both sorts; nothing where one is."""
    found = run.answer.told.sorts
    if found is None or not found.fragile.count + found.holds.count:
        return []
    fragile, holds = found.fragile, found.holds
    count = fragile.count + holds.count
    if not fragile.count:
        return [f"None of the {counted(count, 'deals')} that came into force was fragile."]
    text = f"Of the {counted(count, 'deals')} that came into force {fragile.count:,} {_were(fragile.count)} fragile: "
    text += f"{fragile.broken:,} of these broke before the end"
    return [f"{text}, and {holds.broken:,} of the {holds.count:,} others."] if holds.count else [f"{text}."]


def _were(count: int) -> str:
    return "was" if count == 1 else "were"


def leaving(run: RunReport) -> list[str]:
    """Who leaves the table before the talks end."""
    talks = run.scenario.talks
    return [
        f"{capital(run.actor(name))} leaves the table after {run.duration(talks.rounds_of(name) * talks.round_years)}."
        for name in talks.deadlines
    ]


def efficiency(run: RunReport) -> list[str]:
    """How many of the signed deals nobody could improve on without loss to another; nothing where all are such."""
    share = run.answer.talks.efficient
    if math.isnan(share) or share == 1:
        return []
    if run.answer.subject.draws == 1:
        return ["Another deal would be better for one who signs and no worse for the others."]
    less = percent(1 - share)
    return [
        f"In {less} of the signed deals another deal would be better for one who signs and no worse for the others."
    ]


def _signed(run: RunReport) -> Table:
    heads, told = _groups(run)
    rows: list[Row] = [
        [words.noun, *(run.share_cell(group.declared.proportion(code)) for group in told)]
        for code, words in run.words.declared.items()
        if code == "none" or code in run.answer.subject.possible
    ]
    return Table("signed-table", "What is signed first, share of worlds", ("signed first", *heads), rows, (1, 2))


def observation_sections(run: RunReport, shown: ShownWhere) -> tuple[Section, ...]:
    """Say how many worlds fit what was observed, and how each observation fares."""
    found = run.answer
    title = "What was observed"
    if found.subject.seen_in_base and found.group == "consistent":
        words = "The worlds are those in which the base case fits what was observed."
        return (Section("observations", title, (Sentence(words),), shown=shown),)
    if not found.reasons.observations:
        return ()
    fit = f"{found.fitting} of all worlds fit what was observed."
    if not found.consistent.draws:
        fit = "No world drawn fits what was observed, so all are shown."
    fares = Items(tuple(_fares(run, seen) for seen in found.reasons.observations))
    pieces: tuple[Piece, ...] = (
        Sentence(" ".join([fit, *doubts(run)])),
        *_weighted(run),
        Section("", "", (fares,), shown="terminal"),
        Section("", "", (_observed(run),), shown="page"),
    )
    folded = bool(found.consistent.draws) and not doubts(run)  # for what is looked up; a doubt is read
    return (Section("observations", title, pieces, shown=shown, folded=folded),)


def _weighted(run: RunReport) -> tuple[Sentence, ...]:
    """The endings with every world weighted, where hardly any fits outright."""
    found = run.answer.changes.weighted
    if found is None:
        return ()
    shares = ", ".join(
        f"{run.words.endings[name].noun} {share_with_half(share, half_width(found.error[name]))}"
        for name, share in found.share.items()
        if share > 0
    )
    text = (
        "So few worlds fit that weights say more: each world counts by how likely it is to have been seen so, a bluff "
        f"needed for whatever does not hold. The {counted(found.worlds, 'worlds')} with any weight are worth "
        f"{counted(round(found.effective), 'worlds')} of equal weight: {shares}."
    )
    return (Sentence(text),)


def _fares(run: RunReport, seen: ObservationShare) -> str:
    bluffs = seen.kept - seen.share
    where = "all worlds" if run.answer.subject.draws > 1 else "the world drawn"
    plus = f", plus {percent(bluffs)} in which it is a bluff" if bluffs > 1e-9 else ""
    return f"{_said(run, seen.id)}: true in {percent(seen.share)} of {where}{plus}. {_in_play(seen)}".rstrip()


def _said(run: RunReport, name: str) -> str:
    """What was observed, and when, where that was later than at the beginning."""
    talks, found = run.scenario.talks, run.scenario.observations.get(name)
    rounds = 0 if found is None else talks.rounds_until(found.on)
    after = f" (after {run.duration(rounds * talks.round_years)})" if rounds else ""
    return f"{observation_title(name)}{after}"


def _in_play(seen: ObservationShare) -> str:
    """Whether what was observed is true of the talks that are played, in the worlds kept for it."""
    if math.isnan(seen.fails_in_play):
        return ""
    judged = "" if seen.pressure == "as played" else ", since it is judged without pressure"
    if not seen.fails_in_play:
        return "Where it is no bluff, it is true of the talks as they are played, too."
    return f"In {percent(seen.fails_in_play)} of those without a bluff it is not true of the talks as played{judged}."


def _observed(run: RunReport) -> Table:
    everything = run.answer.all
    rows: list[Row] = [
        [
            _said(run, seen.id), run.actor(seen.actor), run.share_cell(everything.of_draws(seen.share)),
            run.share_cell(everything.of_draws(seen.kept)),
            "–" if math.isnan(seen.fails_in_play) else Cell(percent(seen.fails_in_play), seen.fails_in_play),
            claims_words(run.scenario, run.article, seen.claims) or "–",
        ]
        for seen in run.answer.reasons.observations
    ]  # fmt: skip
    caption = "Observations that the model should explain, and how many worlds survive them"
    heads = ("observation", "of whom", "true in", "true or a bluff", "not so in the play", "rests on")
    return Table("observations-table", caption, heads, rows, (2, 3, 4), stacked=True)


def solution_sections(run: RunReport) -> tuple[Section, ...]:
    """Say what textbook solutions would select most often."""
    found = run.answer.reasons.solutions
    if not found:
        return ()
    issues = list(run.scenario.issues)
    rows: list[Row] = [
        [
            "–".join(part.capitalize() for part in name.split("-")),  # as in figures: Kalai–Smorodinsky
            *(_level(run, issue, deal.levels.get(issue)) for issue in issues),
            Cell(percent(deal.share), deal.share), Cell(percent(deal.none), deal.none),
        ]
        for name, deal in found.items()
    ]  # fmt: skip
    for place, deal in reversed(list(enumerate(found.values(), start=1))):
        if deal.also:
            also = [_level(run, issue, deal.also.get(issue)) for issue in issues]
            tie = "or, in a tie" if deal.ties == 2 else f"or, in a tie of {deal.ties:,}"
            rows.insert(place, [tie, *also, Cell(percent(deal.tied), deal.tied), Cell("–")])
    heads = ("solution", *(run.issue(issue) for issue in issues), "selects it in", "nothing to divide")
    caption = "What textbook solutions would select most often, had the parties a referee"
    numeric = (len(issues) + 1, len(issues) + 2)
    table = Table("solutions-table", caption, heads, rows, numeric, stacked=True)
    note = Sentence("Dimmed levels are the status quo.", "note")
    title = "What textbook solutions select"
    return (Section("solutions", title, (note, table), "Textbook solutions", shown="page", folded=True),)


def _level(run: RunReport, issue: str, level: str | None) -> Cell:
    if level is None:
        return Cell("–")
    title = level_title(run.scenario, issue, level)
    same = level == run.scenario.issues[issue].status_quo_key
    return Cell(Span(title, "same") if same else title, level)
