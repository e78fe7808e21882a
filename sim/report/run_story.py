"""A run as a story: the answer, why, what would change it, and on a page every number and where it comes from."""

from __future__ import annotations

from collections.abc import Sequence

from sim.report.alternative_sections import convention_section, overlay_outcomes_section, overlay_section
from sim.report.calibration_section import calibration_section
from sim.report.forecast_section import forecast_section
from sim.report.grounds import counts_words
from sim.report.limit_sections import run_limits
from sim.report.number_sections import NumberWeights, number_sections
from sim.report.pieces import FigurePiece, Section, Sentence, ShownWhere, Story
from sim.report.provenance_sections import played_facts, provenance_sections, run_replay
from sim.report.run_changes import flip_section
from sim.report.run_happenings import answer_section, happening_section, observation_sections, solution_sections
from sim.report.run_outcomes import package_section
from sim.report.run_reasons import important_sections, reason_section
from sim.report.run_report import RunReport
from sim.report.stakeholder_section import stakeholder_section
from sim.report.theory_story import theory_panel
from sim.store import Manifest
from sim.words import counted


def run_story(
    run: RunReport,
    manifest: Manifest | None = None,
    *,
    talks: Sequence[Section] = (),
    figures: Sequence[FigurePiece] = (),
) -> Story:
    """Tell a run.

    Args:
        manifest: what was asked, for pages
        talks:    the story of the one world that was drawn, which a terminal shows instead of shares
        figures:  those that were drawn, for pages
    """
    subject, changes = run.answer.subject, run.answer.changes
    # A terminal shows what was asked for: one story, a comparison, or why it all happens.
    body: ShownWhere = "page" if talks or changes.overlays or changes.conventions else "everywhere"
    looked = bool(changes.flips or changes.spread or changes.since_last_run)
    sections = [
        answer_section(run),
        *talks,
        *figure_sections(figures),
        happening_section(run, body),
        calibration_section(run, "page" if not run.answer.calibration_told else body),
        package_section(run, body),
        reason_section(run, body),
        *observation_sections(run, body),
        *solution_sections(run),
        *theory_panel(run.answer.changes.theory, run.scenario),
        forecast_section(run, body),
        stakeholder_section(run, body),
        *important_sections(run, body),
        flip_section(run, "everywhere" if looked and not talks else "page"),
        convention_section(run),
    ]
    if run.overlays or changes.overlays:
        sections += [overlay_section(run), *overlay_outcomes_section(run)]
    if manifest is not None:
        sections += number_sections(run.scenario, run.article, NumberWeights(run.importance, least=run.chance))
        sections.append(run_limits(run, manifest.failures))
        sections += provenance_sections(manifest, run_replay(manifest))
    sections.append(_foot(run))
    overlay = f" ({subject.overlay})" if subject.overlay and subject.overlay not in subject.title else ""
    horizon = f"{subject.protocol}, {run.duration(subject.horizon_years)}"
    facts = () if manifest is None else played_facts(manifest, counted(subject.draws, "drawn worlds"), horizon)
    return Story(f"{subject.title}{overlay}", subject.question, tuple(sections), "Negotiation simulation", facts)


def figure_sections(figures: Sequence[FigurePiece]) -> tuple[Section, ...]:
    """Put figures into a section of their own; none where there are no figures."""
    return (Section("figures", "Figures", tuple(figures), shown="page"),) if figures else ()


def _foot(run: RunReport) -> Section:
    """Where it is kept and how much of it is assumed, below what a terminal shows."""
    numbers, record = run.answer.numbers, run.answer.record
    basis = counts_words(numbers.total, numbers.claimed, numbers.rated, numbers.assumed)
    figures = f"; {counted(record.figures, 'figures')} in {record.results}/figures" if record.figures else ""
    pieces = (
        Sentence(f"{basis} Seed {run.answer.subject.seed!r}.", "note"),
        Sentence(f"Results: {record.results}{figures}", "note"),
        Sentence(f"Draw by draw the same as {record.same_as}." if record.same_as else "", "note"),
    )
    return Section("record", "Where it is kept", pieces, shown="terminal")
