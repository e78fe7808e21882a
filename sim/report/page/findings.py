"""What happened in the drawn worlds, and why: tables of endings, deals, blockers, observations, solutions."""

from __future__ import annotations

from collections.abc import Sequence

from sim.report import sentences
from sim.report.answer import Answer, Told
from sim.report.page.markup import Markup, element, joined, paragraph, section
from sim.report.page.numbers import claim_words
from sim.report.page.table import Cell, Table, share
from sim.report.stored_run import StoredRun
from sim.report.words import ENDING_WORDS, KIND_WORDS, actor_title, duration, issue_title, percent, term_words
from sim.words import observation_title

_SEEN = 0.005  # a share below this is not worth a line


def findings(run: StoredRun) -> Markup:
    """Write the sections on what happens and why."""
    found = run.answer
    return joined(
        (
            section(
                "happens",
                "What happens",
                _endings(found),
                paragraph(" ".join(sentences.definitions(found)), class_="note"),
                paragraph(sentences.signing(found)),
                _signed(found),
                _deal(found),
            ),
            section(
                "why",
                "Why",
                paragraph(sentences.no_deal(found)),
                _blockers(found),
                paragraph(sentences.kind_by_kind(found)),
                _least(found),
            ),
            _observations(run),
            _solutions(found),
        )
    )


def _groups(found: Answer) -> tuple[Sequence[str], Sequence[Told]]:
    """Heads and findings of the groups of draws that are told apart."""
    everything = f"all {found.draws:,} worlds" if found.draws > 1 else "the one world"
    if found.group == "all" or found.consistent.draws == found.draws:
        return (everything,), (found.all,)
    return (f"{found.consistent.draws:,} that fit what was observed", everything), (found.consistent, found.all)


def _endings(found: Answer) -> Markup:
    heads, told = _groups(found)
    rows: list[list[object]] = []
    for name in found.possible:
        rows.append([ENDING_WORDS[name], *(share(item.endings.share[name], item.endings.error[name]) for item in told)])
        if any(item.arms_by_ending[name] > 0 for item in told):
            rows.append(
                [
                    f"{ENDING_WORDS[name]}, and arms had decided the war",
                    *(share(item.arms_by_ending[name]) for item in told),
                ]
            )
    if found.arms_possible:
        rows.append(["arms decided, all endings together", *(share(item.decided_by_arms) for item in told)])
    caption = f"How it stands after {duration(found.horizon_years)}, share of worlds"
    return Table("endings-table", caption, ("ending", *heads), rows, range(1, 3)).markup()


def _signed(found: Answer) -> Markup:
    heads, told = _groups(found)
    rows = [
        [KIND_WORDS[name], *(share(item.declared.share[name], item.declared.error[name]) for item in told)]
        for name in KIND_WORDS
        if name == "none" or name in found.possible
    ]
    return Table(
        "signed-table", "What is signed first, share of worlds", ("signed first", *heads), rows, range(1, 3)
    ).markup()


def _deal(found: Answer) -> Markup:
    deal = found.likely_deal
    if deal is None:
        return Markup("")
    rows = []
    for issue, level in deal.levels.items():
        same = level == found.scenario.issues[issue].status_quo_key
        rows.append(
            [
                issue_title(found.scenario, issue),
                f"{level}{' (as it is)' if same else ''}",
                share(deal.among_signed[issue]),
            ]
        )
    caption = (
        f"The deal signed most often, {KIND_WORDS[deal.kind]}: "
        f"{percent(deal.share)} of signed deals have just these terms"
    )
    return Table("deal-table", caption, ("issue", "level", "of signed deals"), rows, (2,)).markup()


def _blockers(found: Answer) -> Markup:
    if not found.blockers:
        return Markup("")
    scenario = found.scenario
    rows = [
        [
            actor_title(scenario, item.actor), term_words(scenario, item.term), share(item.share), share(item.alone),
            term_words(scenario, item.then) if item.then else "–",
        ]
        for item in found.blockers
    ]  # fmt: skip
    rest = 1 - sum(item.share for item in found.blockers)
    if rest >= _SEEN:
        rows.append(["others", "–", share(rest), "–", "–"])
    heads = ("who", "by which reason", "share", "its only reason", "else also, most often")
    caption = (
        "Who stops the deal of any kind that comes closest, among worlds where no deal is acceptable to all who must "
        "agree; the figure “why not” asks about truces and settlements one by one"
    )
    return Table("blockers-table", caption, heads, rows, (2, 3), stacked=True).markup()


def _least(found: Answer) -> Markup:
    return joined((element("h3", "Who gains least"), paragraph(sentences.satisfaction(found))))


def _observations(run: StoredRun) -> Markup:
    found = run.answer
    if not found.observations:
        lines = sentences.observations(found)
        return section("observations", "What was observed", *map(paragraph, lines)) if lines else Markup("")
    rows = []
    for seen in found.observations:
        basis = [_claim(run, name) for name in seen.claims]
        rows.append(
            [
                observation_title(seen.id), actor_title(found.scenario, seen.actor),
                share(seen.share), share(seen.kept),
                joined(basis, element("br")) if basis else "–",
            ]
        )  # fmt: skip
    caption = "Observations that the model should explain, and how many worlds survive them"
    heads = ("observation", "of whom", "true in", "true or a bluff", "rests on")
    table = Table("observations-table", caption, heads, rows, (2, 3), stacked=True)
    return section(
        "observations",
        "What was observed",
        paragraph(" ".join([sentences.observations(found)[0], *sentences.doubts(found)])),
        table.markup(),
    )


def _claim(run: StoredRun, name: str) -> object:
    claim = run.article.claims.get(name) if run.article is not None else None
    return name if claim is None else claim_words(run, claim)


def _solutions(found: Answer) -> Markup:
    if not found.solutions:
        return Markup("")
    issues = list(found.scenario.issues)
    rows = []
    for name, deal in found.solutions.items():
        levels = [_level(found, issue, deal.levels.get(issue)) for issue in issues]
        spoken = "–".join(part.capitalize() for part in name.split("-"))  # as in figures: Kalai–Smorodinsky
        rows.append([spoken, *levels, share(deal.share), share(deal.none)])
    heads = (
        "solution",
        *(issue_title(found.scenario, issue) for issue in issues),
        "selects it in",
        "nothing to divide",
    )
    caption = "What textbook solutions would select most often, had the parties a referee"
    numeric = (len(issues) + 1, len(issues) + 2)
    table = Table("solutions-table", caption, heads, rows, numeric, stacked=True)
    note = "Dimmed levels are the status quo."
    return section("solutions", "What textbook solutions select", paragraph(note, class_="note"), table.markup())


def _level(found: Answer, issue: str, level: str | None) -> object:
    if level is None:
        return "–"
    same = level == found.scenario.issues[issue].status_quo_key
    return Cell(element("span", level, class_="same") if same else level, level)
