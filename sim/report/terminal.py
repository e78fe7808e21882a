"""The short answer on a terminal: 80 columns are enough, colour is not needed."""

from __future__ import annotations

import sys
import textwrap
from collections.abc import Sequence

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from sim.experiments.conventions import Variant
from sim.experiments.difference import Difference, Shares
from sim.report import sentences
from sim.report.answer import Answer, listed_endings
from sim.report.convention_words import convention_clause
from sim.report.lead import sureness
from sim.report.words import (
    ENDING_HEADS,
    ENDING_NOUNS,
    ENDING_WORDS,
    KIND_WORDS,
    duration,
    issue_title,
    number_title,
    percent,
    points,
    widened_words,
    with_error,
)

_WIDEST = 100
#: Endings in which no deal is in force.
_WITHOUT = ("stalemate", "war", "no_deal", "broken")
_LISTED = 12
_SEEN = 0.005  # changes of shares below this are not worth a line


def console() -> Console:
    """Standard output, at most 100 columns wide; looked up now, because tests put another stream there."""
    found = Console(file=sys.stdout, highlight=False, markup=False)
    return Console(file=sys.stdout, highlight=False, markup=False, width=min(found.width, _WIDEST))


def print_answer(answer: Answer, story: Sequence[str] = ()) -> None:
    """Print the short answer.

    Args:
        story: lines of the one story, where only one draw was played
    """
    out = console()
    _head(out, answer)
    if story:
        _story(out, story)
        _foot(out, answer)
        return
    if answer.overlays:
        _overlays(out, answer)
        _spread(out, answer)
    elif answer.conventions:
        _conventions(out, answer)
        _spread(out, answer)
    else:
        _body(out, answer)
    _foot(out, answer)


def _body(out: Console, answer: Answer) -> None:
    _endings(out, answer)
    _paragraph(out, sentences.signing(answer))
    listed(out, "What was observed", sentences.observations(answer))
    _deal(out, answer)
    reason = sentences.no_deal(answer)
    if reason:
        section(out, "Why nothing is signed")
        _paragraph(out, reason, gap=False)
    _blockers(out, answer)
    section(out, "Who gains least")
    _paragraph(out, sentences.satisfaction(answer), gap=False)
    _important(out, answer)
    _flips(out, answer)
    _sure(out, answer)
    _since(out, answer)


def _head(out: Console, answer: Answer) -> None:
    overlay = f" ({answer.overlay})" if answer.overlay and answer.overlay not in answer.scenario.title else ""
    out.print(Text(f"{answer.scenario.title}{overlay}", style="bold"))
    if answer.scenario.question:
        out.print(Text(textwrap.fill(answer.scenario.question, out.width), style="dim"), soft_wrap=True)
    out.print()
    headline = textwrap.fill(sentences.headline(answer), out.width)
    out.print(Text(headline, style="bold"), soft_wrap=True)
    for warning in sentences.doubts(answer):
        out.print(Text(textwrap.fill(warning, out.width), style="bold"), soft_wrap=True)
    if answer.deterministic:
        out.print("Deterministic: another seed would change nothing.")
    if answer.widened != 1:
        out.print(Text(textwrap.fill(widened_words(answer.widened), out.width)), soft_wrap=True)


def _endings(out: Console, answer: Answer) -> None:
    two = answer.group == "consistent"
    section(out, f"How it stands after {duration(answer.horizon_years)}")
    table = share_table("", "fit what was observed", "all worlds") if two else share_table("", "share of worlds")
    certain = max(answer.all.endings.share.values()) == 1
    groups = (answer.consistent, answer.all) if two else (answer.all,)
    for name in answer.possible:
        if certain and not answer.all.endings.share[name]:
            continue
        table.add_row(ENDING_WORDS[name], *(_share(told.endings, name) for told in groups))
        if name in _WITHOUT and answer.all.arms_by_ending[name] > 0:
            decided = [percent(told.arms_by_ending[name]) for told in groups]
            table.add_row("  and arms had decided the war", *decided, style="dim")
    _indented(out, table)
    notes = [] if certain else ["± is how far chance in drawing the worlds may be off (95%)."]
    if not certain or answer.told.endings.modal in _WITHOUT:
        notes += sentences.definitions(answer)
    for note in notes:
        text = textwrap.fill(note, out.width, initial_indent="  ", subsequent_indent="  ")
        out.print(Text(text, style="dim"), soft_wrap=True)


def _deal(out: Console, answer: Answer) -> None:
    deal = answer.likely_deal
    if deal is None:
        return
    kind = KIND_WORDS[deal.kind]
    section(out, f"The deal signed most often: {kind}, {percent(deal.share)} of signed deals have just these terms")
    table = share_table("", "level", "of signed deals")
    for issue, level in deal.levels.items():
        quo = " (as it is)" if level == answer.scenario.issues[issue].status_quo_key else ""
        table.add_row(issue_title(answer.scenario, issue), f"{level}{quo}", percent(deal.among_signed[issue]))
    _indented(out, table)


def _blockers(out: Console, answer: Answer) -> None:
    if not answer.blockers:
        return
    section(out, "Who blocks, where no deal is acceptable: the deal of any kind that comes closest")
    table = share_table("share", "who, and why", left=1)
    for found in answer.blockers[:3]:
        table.add_row(percent(found.share), sentences.blocker(answer, found))
    rest = 1 - sum(found.share for found in answer.blockers[:3])
    if rest >= _SEEN:
        table.add_row(percent(rest), "others")
    _indented(out, table)
    _paragraph(out, sentences.kind_by_kind(answer), gap=False)


def _important(out: Console, answer: Answer) -> None:
    if not answer.important:
        return
    section(out, sentences.important_title(answer))
    table = share_table("share", "number", "rests on", left=2)
    for number in answer.important:
        grounds = ", ".join(number.claims) if number.claims else f"ASSUMED: {number.assumed}"
        table.add_row(percent(number.share), number.title, grounds)
    _indented(out, table)


def _flips(out: Console, answer: Answer) -> None:
    if not answer.flips:
        return
    moving = [flip for flip in answer.flips if flip.changes_modal or flip.distance >= _SEEN]
    flipping = sum(flip.changes_modal for flip in moving)
    if not moving:
        section(out, "No assumed number or convention changes the ending by itself")
        return
    title = "What would flip it: assumed numbers and conventions"
    if not flipping:
        title = "No assumed number or convention alone flips it; these move it most"
    listed(out, title, [sentences.flip(answer, flip) for flip in moving])


def _sure(out: Console, answer: Answer) -> None:
    section(out, "How sure")
    _paragraph(out, sureness(answer), gap=False)
    if answer.spread is not None:
        _paragraph(out, answer.spread.sentence(), gap=False)


def _spread(out: Console, answer: Answer) -> None:
    if answer.spread is not None:
        listed(out, "Where the uncertainty comes from", [answer.spread.sentence()])


def _since(out: Console, answer: Answer) -> None:
    found = answer.since
    if found is None:
        return
    lines = [
        f"{number_title(answer.scenario, path)} ({path}): {before} → {after}"
        for path, (before, after) in found.numbers.items()
    ]
    lines += [f"{path}: {before} → {after}" for path, (before, after) in found.settings.items()]
    if len(lines) > _LISTED:
        lines = [*lines[:_LISTED], f"and {len(lines) - _LISTED} more (--json lists all)"]
    if found.endings_all is not None:
        lines.append(f"What that did, in percentage points, in all worlds: {_moved(found.endings_all)}")
    if answer.group == "consistent":
        lines.append(f"The same in worlds that fit what was observed: {_moved(found.endings)}")
    listed(out, f"Changed since {found.run}", lines)


def _moved(change: Difference) -> str:
    moved = ", ".join(
        f"{ENDING_NOUNS.get(name, name)} {points(share, change.error[name])}" for name, share in change.share.items()
    )
    return moved if change.paired else f"{moved} (not the same worlds, so the ± is wider)"


def _story(out: Console, story: Sequence[str]) -> None:
    out.print()
    for line in story:
        indent = " " * (len(line) - len(line.lstrip()))
        text = textwrap.fill(line, out.width, subsequent_indent=f"{indent}  ")
        out.print(Text(text), soft_wrap=True)


def _overlays(out: Console, answer: Answer) -> None:
    section(out, f"What if: share of endings in {sentences.worlds(answer)}")
    shown = listed_endings(answer)
    table = share_table("", *(ENDING_HEADS[name] for name in shown))
    for row in answer.overlays:
        table.add_row(row.name, *(percent(row.endings.share[name]) for name in shown))
        if row.change is not None:
            change = row.change
            table.add_row("", *(points(change.share[name], change.error[name], 0) for name in shown), style="dim")
    _indented(out, table)
    out.print(Text("  Below each share: change from the base in points, same worlds, ± 95%.", style="dim"))


def _conventions(out: Console, answer: Answer) -> None:
    section(out, "Other conventions: share of endings, and whether the most frequent one flips")
    shown = listed_endings(answer)
    table = share_table("", *(ENDING_HEADS[name] for name in shown), "flips to")
    for row in answer.conventions:
        name = row.name
        if row.setting:
            clause = convention_clause(answer.scenario, row.name, row.setting)
            name = clause if row.setting in clause else f"{clause} [{row.setting}]"
        table.add_row(name, *_variant(row, shown))
    _indented(out, table)
    flipping = [row for row in answer.conventions if row.changes_modal]
    text = f"{len(flipping)} of {len(answer.conventions) - 1} alternatives flip the most frequent ending."
    out.print(Text(f"  {text}"))


def _variant(row: Variant, shown: Sequence[str]) -> list[str]:
    flips = ENDING_HEADS[row.modal] if row.changes_modal else ("no" if row.setting else "")
    return [*(percent(row.endings.share[name]) for name in shown), flips]


def _foot(out: Console, answer: Answer) -> None:
    out.print()
    out.print(Text(f"{sentences.basis(answer)} Seed {answer.seed!r}.", style="dim"))
    figures = f"; {answer.figures} figures in {answer.results}/figures" if answer.figures else ""
    out.print(Text(f"Results: {answer.results}{figures}", style="dim"), soft_wrap=True)


def _share(found: Shares, name: str) -> str:
    return with_error(found.share[name], found.error[name])


def share_table(*heads: str, left: int = 0) -> Table:
    """A table without lines; the first column and ``left`` more are text, the rest numbers."""
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim", show_edge=False)
    for n, head in enumerate(heads):
        text = n == 0 if not left else 0 < n <= left
        level = head == "level"
        table.add_column(head, justify="left" if text or level else "right", no_wrap=not (text or level))
    return table


def _indented(out: Console, table: Table) -> None:
    out.print(Padding(table, (0, 0, 0, 2), expand=False))


def section(out: Console, title: str) -> None:
    """Print a blank line and a title."""
    out.print()
    out.print(Text(title, style="bold"))


def _paragraph(out: Console, text: str, *, gap: bool = True) -> None:
    if gap:
        out.print()
    out.print(Text(textwrap.fill(text, out.width, initial_indent="  ", subsequent_indent="  ")), soft_wrap=True)


def listed(out: Console, title: str, lines: Sequence[str]) -> None:
    """Print a title and lines with dashes; nothing where there are no lines."""
    if not lines:
        return
    section(out, title)
    for line in lines:
        text = textwrap.fill(line, out.width, initial_indent="  - ", subsequent_indent="    ")
        out.print(Text(text), soft_wrap=True)
