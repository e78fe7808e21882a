"""A bridge in words: what it takes, who would have to move, who would refuse, and what breaks it."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from rich.console import Console
from rich.table import Table
from rich.text import Text

from sim.bridges import Bridge, Change, Checked, Goal, Mover, Point
from sim.report.analysis_words import input_spoken
from sim.report.terminal_renderer import terminal as console
from sim.report.words import actor_title, percent, term_words, widened_words, with_error
from sim.scenario import Scenario

_WANTED: Final = {
    "settlement": "a settlement",
    "truce": "a truce",
    "partial": "a partial deal",
    "any-deal": "any deal",
}
_FATES: Final = {
    "signed, but not in force at the end": "{0} is signed but not in force at the end: it breaks, or arms overtake it",
    "acceptable to nobody or not to all who must agree": "no such deal is acceptable to all who must agree",
    "another kind of deal is signed first": "another kind of deal is signed first and nothing more comes of it",
    "acceptable to all, but not signed": "a deal acceptable to all is on the table and the talks miss it",
}


def print_bridge(
    found: Bridge, scenario: Scenario, folder: Path | None = None, *, widened: float = 1.0, spread: str = ""
) -> None:
    """Print a bridge in words first, then in small tables.

    Args:
        widened: factor on the half-widths of stated ranges
        spread:  what the spread of the endings comes from, in a sentence
    """
    out = console()
    out.print(Text(scenario.title, style="bold"))
    out.print()
    out.print(Text(textwrap.fill(headline(found, scenario), out.width), style="bold"), soft_wrap=True)
    if wider := widened_words(widened):
        _say(out, wider)
    _say(out, context(found))
    if found.point.use:
        _levers(out, found, scenario)
    _frontier(out, found)
    _section(out, "What still stands in the way" if found.found else "Why no combination does")
    for line in obstacles(found, scenario):
        _item(out, line)
    _section(out, "Who moves, who refuses")
    for line in consent(found, scenario):
        _item(out, line)
    _section(out, "How far to trust it")
    for line in filter(None, [*trust(found, scenario), spread]):
        _item(out, line)
    if folder is not None:
        out.print()
        out.print(f"Kept in {folder}", soft_wrap=True)


def headline(found: Bridge, scenario: Scenario) -> str:
    """The answer in a sentence or two."""
    goal = found.goal
    what, asked = _wanted(goal, scenario), percent(goal.at_least)
    if found.found is not None and not found.found.use:
        return f"Nothing has to change: {what} in {_share(found.found)} of worlds as it is; {asked} was asked for."
    if found.found is not None:
        parts = uses(found.found, scenario)
        doubt = "" if found.fresh.holds else " Fresh draws do not bear this out."
        return (
            f"It takes {parts}: {what} then in {_share(found.found)} of worlds instead of {_share(found.without)}, "
            f"at a cost of {_cost(found.found)}.{doubt}"
        )
    near = found.best.chance + 1.96 * found.best.error >= goal.at_least
    hint = " The best falls short by no more than chance in the draws could explain." if near else ""
    return (
        f"No combination of the levers does: at best {what} in {_share(found.best)} of worlds, "
        f"instead of {_share(found.without)} with none; {asked} was asked for.{hint}"
    )


def who_moves(found: Bridge, scenario: Scenario) -> str:
    """Who would have to use a lever, and who would rather not or not agree, in a sentence."""
    if not found.movers:
        return "Nobody has to move."
    holders = list(dict.fromkeys(actor_title(scenario, mover.holder.actor) for mover in found.movers))
    refusing = list(dict.fromkeys(actor_title(scenario, name) for mover in found.movers for name in mover.refused_by))
    those = f"{_joined(refusing)} would refuse, going by own average value" if refusing else "nobody would refuse"
    return f"{_joined(holders)} would have to move; {those}."


def why_so(found: Bridge, scenario: Scenario) -> str:
    """What stops most of the worlds, in a sentence."""
    first = next(obstacles(found, scenario))
    if found.reasons.binding != "acceptable to nobody or not to all who must agree" or not found.reasons.blockers:
        return first
    actor, term, part = found.reasons.blockers[0]
    who = f"{actor_title(scenario, actor)}: {term_words(scenario, term)} ({percent(part)} of these)"
    return f"{first.rstrip('.')}, most often because of {who}."


def uses(point: Point, scenario: Scenario) -> str:
    """Levers in use, and how far; empty if none is."""
    return _joined([f"{scenario.levers[name].title} ({percent(use)})" for name, use in _ordered(point)])


def context(found: Bridge) -> str:
    """What was counted and tried."""
    seen = (
        f"the {found.draws:,} of {found.drawn:,} drawn worlds that fit what was observed"
        if found.conditioned and found.draws < found.drawn
        else f"all {found.drawn:,} drawn worlds"
    )
    doubt = "" if found.conditioned else " None of them fits what was observed."
    return (
        f"Counted over {seen}.{doubt} {found.tried:,} uses of {len(found.levers)} levers were tried: what follows is "
        "the best of these, not a proven optimum. A use counts as likely enough where its share less one standard "
        "error is what was asked for. Costs are in the holders' own value (a stake is 1, for ever)."
    )


def obstacles(found: Bridge, scenario: Scenario) -> Iterator[str]:
    """Why the remaining draws do not bring what is wanted, largest share first."""
    what = "a deal" if found.goal.want == "any-deal" else _what(found.goal)
    rest = sorted(
        ((name, share) for name, share in found.reasons.fates.items() if name in _FATES and share > 0),
        key=lambda item: -item[1],
    )
    for n, (name, share) in enumerate(rest):
        lead = "The binding reason: in" if n == 0 and found.found is None else "In"
        yield f"{lead} {percent(share)} of worlds {_FATES[name].format(what)}."
        if name == "acceptable to nobody or not to all who must agree":
            who = [
                f"{actor_title(scenario, actor)}: {term_words(scenario, term)} ({percent(part)})"
                for actor, term, part in found.reasons.blockers[:3]
            ]
            if who:
                yield f"  Who stops the deal that comes closest there: {'; '.join(who)}."
    if not rest:
        yield "Nothing: every world reaches it."


def consent(found: Bridge, scenario: Scenario) -> Iterator[str]:
    """Who would have to use what, who has to agree, and whether it pays for them."""
    for mover in found.movers:
        yield _mover(mover, scenario)
    losers = [
        f"{actor_title(scenario, one.actor)} ({_signed(one)})" for one in found.together if one.verdict == "loses"
    ]
    winners = [
        f"{actor_title(scenario, one.actor)} ({_signed(one)})" for one in found.together if one.verdict == "gains"
    ]
    if found.movers:
        yield (
            f"All together: better off on average {_joined(winners) or 'nobody'}; worse off "
            f"{_joined(losers) or 'nobody'}. In own value, what levers cost taken off."
        )
    else:
        yield "Nobody: no lever is used."


def trust(found: Bridge, scenario: Scenario) -> Iterator[str]:
    """Fresh draws, conventions, halves of the uncertain numbers."""
    fresh = found.fresh
    verdict = "" if found.found is None else (": it holds" if fresh.holds else ": it does not hold")
    if verdict and fresh.holds and fresh.chance < found.goal.at_least:
        verdict = f": less than {percent(found.goal.at_least)}, but within chance of it"
    share = with_error(fresh.chance, fresh.error)
    yield f"On {fresh.draws:,} fresh draws: {share}, without levers {percent(fresh.before)}{verdict}."
    if found.conventions:
        yield _conventions(found)
    robust, budget = found.robust, found.point.cost
    here = found.candidates.index(found.point) if found.point in found.candidates else robust.choice
    yield (
        f"Share of worlds: it helps in {percent(float(robust.helps[here]))} (fails without, works with) and harms in "
        f"{percent(float(robust.harms[here]))}. Worst half of worlds: {percent(float(robust.worst[here]))}, where "
        f"{_half(robust.worst_half[here], scenario)}."
    )
    chosen, most = found.candidates[robust.choice], _points(float(robust.regret[here]))
    least = _points(float(robust.regret[robust.choice]))
    if robust.choice == here:
        count = len(found.candidates)
        yield f"Of {count} compared, none as cheap is ahead of it in any half of worlds by more than {most}."
    elif chosen.cost <= budget:
        yield (
            f"Less to be regretted for no more cost ({chosen.cost:.3f}): {uses(chosen, scenario) or 'no lever'}; "
            f"in no half of worlds is it more than {least} behind another as cheap, this one up to {most}."
        )


def _conventions(found: Bridge) -> str:
    broken, count = found.broken_by, len(found.conventions)
    if found.found is None:
        works = [one for one in found.conventions if one.chance >= found.goal.at_least]
        if not works:
            return f"Under none of {count} other conventions does this combination reach it either."
        return f"Under {len(works)} of {count} other conventions this combination would reach it: {_settings(works)}."
    if not broken:
        within = sum(one.chance < found.goal.at_least for one in found.conventions)
        doubt = f", {within} of them only as far as chance can tell" if within else ""
        return f"It holds under all {count} other conventions tried{doubt}."
    return f"It breaks under {len(broken)} of {count} other conventions: {_settings(broken)}."


def _settings(conventions: Sequence[Checked]) -> str:
    return "; ".join(f"{one.name}, {one.setting} ({with_error(one.chance, one.error)})" for one in conventions)


def _mover(mover: Mover, scenario: Scenario) -> str:
    title = scenario.levers[mover.lever].title
    holder = actor_title(scenario, mover.holder.actor)
    text = f"{title}: {holder} would have to move and {_verdict(mover.holder)}"
    if mover.consent:
        text += f"; needs the consent of {_joined([_named(one, scenario) for one in mover.consent])}"
    refusing = [actor_title(scenario, name) for name in mover.refused_by if name != mover.holder.actor]
    return f"{text}{'. Would veto: ' + _joined(refusing) if refusing else ''}."


def _named(one: Change, scenario: Scenario) -> str:
    words = {"gains": "gains", "loses": "loses", "cannot be told": "unclear"}[one.verdict]
    return f"{actor_title(scenario, one.actor)} ({words}, {_signed(one)})"


def _verdict(one: Change) -> str:
    words = {
        "gains": "gains by it",
        "loses": "loses by it",
        "cannot be told": "neither clearly gains nor loses by it",
    }[one.verdict]
    return f"{words} ({_signed(one)})"


def _signed(one: Change) -> str:
    return f"{round(one.change, 3) + 0.0:+.3f} ± {1.96 * one.error:.3f}"


def _levers(out: Console, found: Bridge, scenario: Scenario) -> None:
    _section(out, "The levers" if found.found else "The likeliest combination tried")
    table = Table(box=None, pad_edge=False, show_edge=False)
    table.add_column("  lever")
    table.add_column("who holds it")
    table.add_column("use", justify="right")
    table.add_column("cost", justify="right")
    for name, use in _ordered(found.point):
        lever = scenario.levers[name]
        cost = use * float(lever.cost.value)
        table.add_row(f"  {lever.title}", actor_title(scenario, lever.holder), percent(use), f"{cost:.3f}")
    out.print(table)


def _frontier(out: Console, found: Bridge) -> None:
    _section(out, "What more chance costs")
    table = Table(box=None, pad_edge=False, show_edge=False)
    table.add_column("  cost", justify="right")
    table.add_column("chance", justify="right")
    table.add_column("levers in use (%)")
    for point in found.candidates:
        uses = ", ".join(f"{name} {100 * use:.0f}" for name, use in _ordered(point)) or "none"
        table.add_row(f"  {point.cost:.3f}", _share(point), uses)
    out.print(table)


def _wanted(goal: Goal, scenario: Scenario) -> str:
    years = scenario.talks.horizon_rounds * scenario.talks.round_years
    what = _what(goal)
    if goal.want not in _WANTED:
        return what
    return {
        "ending": f"{what} is in force after {years:g} years",
        "declared": f"{what} is what is signed first" if goal.want != "any-deal" else "some deal is signed",
        "acceptable": f"{what} is acceptable to all who must agree",
    }[goal.measure]


def _points(regret: float) -> str:
    count = max(1, round(100 * regret))
    return f"{count} percentage point{'' if count == 1 else 's'}"


def _half(name: str, scenario: Scenario) -> str:
    path, _, word = name.rpartition(" ")
    return f"{input_spoken(scenario, path)} lies in its {word} half" if word in {"low", "high"} else "all count"


def _ordered(point: Point) -> list[tuple[str, float]]:
    return sorted(point.use.items(), key=lambda item: (-item[1], item[0]))


def _share(point: Point) -> str:
    return with_error(point.chance, point.error)


def _cost(point: Point) -> str:
    return f"{point.cost:.3f} ({point.cost_low:.3f} to {point.cost_high:.3f})"


def _joined(items: Sequence[str]) -> str:
    return " and ".join([", ".join(items[:-1]), items[-1]]) if len(items) > 1 else "".join(items)


def _section(out: Console, title: str) -> None:
    out.print()
    out.print(Text(title, style="bold"))


def _say(out: Console, text: str) -> None:
    out.print(textwrap.fill(text, out.width), soft_wrap=True)


def _item(out: Console, text: str) -> None:
    first, rest = ("    ", "    ") if text.startswith("  ") else ("  - ", "    ")
    lines = textwrap.fill(text.strip(), out.width, initial_indent=first, subsequent_indent=rest)
    out.print(lines, soft_wrap=True)


def _what(goal: Goal) -> str:
    """What is wanted: a kind of deal in words, or a condition as it was written."""
    return _WANTED.get(goal.want, f"“{goal.want}”")
