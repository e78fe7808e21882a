"""What the viewer tells of a full result in words and tables: how things stand in time, who would sign, the terms."""

from __future__ import annotations

from sim.report import answer
from sim.report.headline_words import headline_sentences
from sim.report.pieces import KeyValues, Piece, Sentence, placed
from sim.report.run_outcomes import package_section, signers_sentence, terms_pieces, timeline_table
from sim.report.run_report import RunReport
from sim.runs.packages import add_packages
from sim.view.setting_results import SettingResults
from sim.view.viewed_case import ViewedCase


def told_outcomes(opened: ViewedCase, played: SettingResults) -> tuple[Piece, ...]:
    """Tell a full result as a report of a run would: the answer, the timeline, who would sign, the terms.

    Args:
        played: with all columns
    """
    results = played.results.copy()
    add_packages(results, opened.scenario)
    found = answer(results, opened.scenario, opened.name, "", overlay=opened.case.overlay)
    run = RunReport(found, opened.scenario, opened.case.article)
    first, *asked = headline_sentences(run)
    lead = KeyValues(
        (("How things stand", first), *((("What the case asks", " ".join(asked)),) if asked else ())), "lead"
    )
    who = Sentence(signers_sentence(run))
    pieces = (lead, timeline_table(run), who, package_section(run, "everywhere"), *terms_pieces(run))
    return tuple(one for piece in pieces for one in placed(piece, "terminal"))
