"""A case judged against dated forecasts, as a story: what it says, what others say, and what counting says."""

from __future__ import annotations

import math

from sim.report.pieces import Cell, KeyValues, Piece, Row, Section, Sentence, Story, Table
from sim.scoring import CaseScore, EventScore
from sim.scoring.case_score import BinScore
from sim.words import NOTHING, counted, percent


def score_story(found: CaseScore) -> Story:
    """Tell a score."""
    overlay = f" with {found.overlay}" if found.overlay else ""
    sections = (
        Section("answer", "", (KeyValues(_lead(found), "lead"),)),
        Section("questions", "Yes or no", tuple(_questions(found))),
        Section("bins", "Over the bins", tuple(_bins(found))),
        Section("how", "How to read it", tuple(_how(found))),
    )
    return Story(f"{found.case}{overlay} against {found.file}", found.source, sections, "Score")


def _lead(found: CaseScore) -> tuple[tuple[str, str], ...]:
    said = "no outcome is known, so scores are expected ones" if found.expected else "scores of what came true"
    pairs = [("Judged", f"Against {found.file}: {said}.")]
    for question in found.questions:
        others = [one.probability for one in question.forecasters.values()]
        span = percent(others[0]) if len(others) == 1 else f"{percent(min(others))} to {percent(max(others))}"
        rate = "" if math.isnan(question.base_rate) else f", counts of other cases {percent(question.base_rate)}"
        ours = NOTHING if math.isnan(question.probability) else percent(question.probability)
        pairs.append((_capital(question.event), f"here {ours}, forecasters {span}{rate}."))
    return tuple(pairs)


def _questions(found: CaseScore) -> list[Piece]:
    """A table for questions whose outcome is known, one for those that are open."""
    pieces: list[Piece] = []
    known = [one for one in found.questions if one.outcome is not None]
    if known:
        rows: list[Row] = [
            [one.event, "yes" if one.outcome else "no", percent(one.probability), _number(one.brier), _number(one.log),
             _brier_of_others(one)]
            for one in known
        ]  # fmt: skip
        heads = ("question", "came true", "here", "Brier", "log", "Brier of others")
        caption = "Scores of the case: 0 is best; Brier is at most 1"
        pieces.append(Table("known-table", caption, heads, rows, (2, 3, 4)))
    open_ = [one for one in found.questions if one.outcome is None]
    if open_:
        still: list[Row] = [
            [one.event, percent(one.probability), _number(one.expected_brier), _expected_of_others(one)]
            for one in open_
        ]
        caption = "Expected Brier scores, as no outcome is known: mean over the forecasters, each right in turn"
        heads_open = ("question", "here", "expected Brier", "if right: here, own")
        pieces.append(Table("open-table", caption, heads_open, still, (1, 2)))
    rated = {one.question: one.base_rate_of for one in found.questions if one.base_rate_of}
    pieces += [
        Sentence(
            f"Base rate of {name}: {rate['name']}, {rate['counts']}. {_capital(rate['recipe'])}. It applies "
            f"{rate['applies']}.",
            "note",
        )
        for name, rate in rated.items()
    ]
    return pieces


def _brier_of_others(one: EventScore) -> str:
    return ", ".join(f"{by} {_number(his.brier)}" for by, his in one.forecasters.items())


def _expected_of_others(one: EventScore) -> str:
    return "; ".join(
        f"{by} ({percent(his.probability)}): {_number(his.expected_ours)}, {_number(his.expected_own)}"
        for by, his in one.forecasters.items()
    )


def _bins(found: CaseScore) -> list[Piece]:
    pieces: list[Piece] = []
    for one in found.over_bins:
        names = list(one.forecasters)
        rows: list[Row] = [
            [name, _share(one.probability[n]), *(_share(one.forecasters[by][n]) for by in names)]
            for n, name in enumerate(one.bins)
        ]
        caption = f"{one.question}, asked on {one.asked}: share of each bin"
        heads = ("bin", "here", *names)
        pieces.append(Table(f"bins-{one.question}-{one.asked}", caption, heads, rows, tuple(range(1, len(heads)))))
        pieces.append(Sentence(_bin_scores(one), "note"))
    return pieces


def _bin_scores(one: BinScore) -> str:
    if one.outcome is not None:
        scores = f"Brier {_number(one.brier)}, log {_number(one.log)}, CRPS {_number(one.crps)}"
        return f"“{one.outcome}” came true: {scores}."
    told = "; ".join(
        f"{by} {_number(scores['brier'])}, {_number(scores['log'])}, {_number(scores['crps'])}"
        for by, scores in one.expected.items()
    )
    return f"No outcome is known. Expected Brier, log and CRPS of the case if one is right: {told}."


def _how(found: CaseScore) -> list[Piece]:
    worlds = "that fit what was observed" if found.group == "consistent" else "drawn"
    told = (
        f"{counted(found.draws, 'draws')}; shares are of the worlds {worlds}, of how long deals hold of those that "
        "come into force at all (Kaplan–Meier). Round 0 is the day of the forecasts. Log scores count half a world "
        "more on either side, so that what no world shows is not called impossible. CRPS is the ranked probability "
        "score: squared distances of cumulated shares at the edges between bins. Nothing was fitted to any forecast."
    )
    return [Sentence(told, "note")]


def _share(value: float) -> Cell:
    return Cell(NOTHING if math.isnan(value) else percent(value), value)


def _number(value: float) -> str:
    return NOTHING if math.isnan(value) else f"{value:.3f}"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
