"""A bridge in sentences: what it takes, who would have to move, what is in the way, how far to trust it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from sim.bridges import Bridge, Change, GoalCheck, Mover, Point
from sim.report.analysis_words import input_spoken
from sim.report.bridge_report import BridgeReport, checked_share
from sim.report.convention_words import convention_clause
from sim.report.glossary_links import linked
from sim.report.pieces import KeyValues, Span, Words
from sim.words import (
    Proportion,
    capital,
    counted,
    enumerated,
    half_width,
    percent,
    whole_points,
    widened_words,
    with_half,
    words_of,
)

_NOBODY: Final = "acceptable to nobody or not to all who must agree"
_FATES: Final[Mapping[str, str]] = {
    "signed, but not in force at the end": "{0} is signed but not in force at the end: it breaks, or arms overtake it",
    _NOBODY: "no such deal is acceptable to all who must agree",
    "another kind of deal is signed first": "another kind of deal is signed first and nothing more comes of it",
    "acceptable to all, but not signed": "a deal acceptable to all is on the table and the talks miss it",
}
_VERDICTS: Final[Mapping[str, str]] = {
    "gains": "would gain by it",
    "loses": "would lose by it",
    "cannot be told": "would neither clearly gain nor lose by it",
}
_BINDING: Final = "The binding reason: "
#: Endings that are named beside what is acceptable.
_ENDINGS: Final = 3


def bridge_lead(bridge: BridgeReport) -> KeyValues:
    """Say what it takes, who has to move or why nothing does it, and how far fresh draws and conventions bear it."""
    found = bridge.found
    sure, broken, tried = next(trust(bridge)), len(found.broken_by), len(found.conventions)
    if tried and found.found is not None:
        breaks = f"It breaks under {broken} of {tried} other conventions."
        sure += f" {breaks if broken else 'No other convention breaks it.'}"
    elif tried:
        sure += f" It would be reached under {len(_reaching(found)) or 'none'} of {tried} other conventions."
    second = ("Who has to move", who_moves(bridge)) if found.found else ("Why not", why_not(bridge))
    told = {
        "What it takes": " ".join(filter(None, (bridge_headline(bridge), how_it_ends(bridge)))),
        second[0]: second[1],
        "How sure": " ".join(filter(None, (sure, widened_words(bridge.widened)))),
    }
    seen: set[str] = set()
    pairs: list[tuple[str, Words]] = [(head, linked(text, seen, words_of(bridge.words))) for head, text in told.items()]
    return KeyValues(tuple(pairs), "lead")


def bridge_headline(bridge: BridgeReport) -> str:
    """The answer in a sentence or two."""
    found, what, asked = bridge.found, bridge.wanted, percent(bridge.found.goal.at_least)
    if found.found is not None and not found.found.use:
        return (
            f"Nothing has to change: {what} in {bridge.share(found.found)} of worlds as it is; {asked} was asked for."
        )
    if found.found is not None:
        point = found.found
        doubt = "" if found.fresh.holds else " Fresh draws do not bear this out."
        return (
            f"It takes {bridge.uses(point)}: then {what} in {bridge.share(point)} of worlds instead of "
            f"{bridge.share(found.without)}, at a cost of {cost_words(point)}.{doubt}"
        )
    near = found.best.chance + half_width(found.best.error) >= found.goal.at_least
    hint = " The best falls short by no more than chance in the draws could explain." if near else ""
    return (
        f"No combination of the levers does: at best {what} in {bridge.share(found.best)} of worlds, "
        f"instead of {bridge.share(found.without)} with none; {asked} was asked for.{hint}"
    )


def cost_words(point: Point) -> str:
    """What a use costs, at central prices and from the low to the high ends."""
    ends = [f"{cost:.3f}" for cost in (point.cost_low, point.cost_high)]
    return f"{point.cost:.3f}" if ends[0] == ends[1] else f"{point.cost:.3f} ({ends[0]} to {ends[1]})"


def how_it_ends(bridge: BridgeReport) -> str:
    """How things end with these levers, where what is wanted is not the end itself; empty where it is."""
    found = bridge.found
    if found.goal.is_kind(bridge.scenario) and found.goal.measure == "ending":
        return ""
    ends = sorted(((code, share) for code, share in found.reasons.endings.items() if share), key=lambda one: -one[1])
    if not ends:
        return "That is not the end: such a deal may still be missed, break or be overtaken."
    told = [
        f"{bridge.words.endings[code].noun} in {Proportion(share * found.draws, found.draws)}"
        for code, share in ends[:_ENDINGS]
    ]
    rest = " of worlds" if len(ends) <= _ENDINGS else " of worlds, something else in the others"
    which = "With these levers" if found.point.use else "As it is"
    return f"{which} it ends, after {bridge.years}, with {enumerated(told)}{rest}."


def who_moves(bridge: BridgeReport) -> str:
    """Who would have to use a lever, and who would rather not or not agree, in a sentence."""
    movers = bridge.found.movers
    if not movers:
        return "Nobody has to move."
    refusing = bridge.actors([name for mover in movers for name in mover.refused_by])
    those = f"{refusing} would refuse, going by own average value" if refusing else "nobody would refuse"
    return f"{bridge.actors([mover.holder.actor for mover in movers])} would have to move; {those}."


def why_not(bridge: BridgeReport) -> str:
    """What stops most of the worlds, in a sentence."""
    first = capital(next(_obstacles(bridge)).removeprefix(_BINDING))
    reasons = bridge.found.reasons
    if reasons.binding != _NOBODY or not reasons.blockers:
        return first
    actor, term, share = reasons.blockers[0]
    return f"{first.rstrip('.')}, most often because of {bridge.term(actor, term, share).removesuffix(')')} of these)."


def context(bridge: BridgeReport) -> str:
    """What was counted and tried."""
    found = bridge.found
    seen = (
        f"the {found.draws:,} of {found.drawn:,} drawn worlds that fit what was observed"
        if found.conditioned and found.draws < found.drawn
        else f"all {found.drawn:,} drawn worlds"
    )
    doubt = "" if found.conditioned else " None of them fits what was observed."
    return (
        f"Counted over {seen}.{doubt} {found.tried:,} uses of {counted(len(found.levers), 'levers')} were tried: what "
        "follows is the best of these, not a proven optimum. A use counts as likely enough where its share less one "
        "standard error is what was asked for. Costs are in the holders' own value (a stake is 1, for ever)."
    )


def obstacles(bridge: BridgeReport) -> Iterator[Words]:
    """Why the remaining draws do not bring what is wanted, largest share first, with who is in the way."""
    for (name, _), line in zip(_ranked_fates(bridge), _obstacles(bridge), strict=False):
        blockers = [bridge.term(*one) for one in bridge.found.reasons.blockers[:3]] if name == _NOBODY else []
        who = f"\nWho stops the deal that comes closest there: {'; '.join(blockers)}." if blockers else ""
        yield (line, Span(who, "small"))
    if not _ranked_fates(bridge):
        yield from _obstacles(bridge)


def _ranked_fates(bridge: BridgeReport) -> list[tuple[str, float]]:
    fates = bridge.found.reasons.fates.items()
    return sorted(((name, share) for name, share in fates if name in _FATES and share > 0), key=lambda one: -one[1])


def _obstacles(bridge: BridgeReport) -> Iterator[str]:
    rest = _ranked_fates(bridge)
    for n, (name, share) in enumerate(rest):
        lead = f"{_BINDING}in" if n == 0 and bridge.found.found is None else "In"
        yield f"{lead} {percent(share)} of worlds {_FATES[name].format(bridge.deal)}."
    if not rest:
        yield "Nothing: every world reaches it."


def consent_words(bridge: BridgeReport) -> Iterator[str]:
    """Who would have to use what, who has to agree, and whether it pays for them."""
    for mover in bridge.found.movers:
        yield _mover(bridge, mover)
    if not bridge.found.movers:
        yield "Nobody: no lever is used."
        return
    better, worse = (
        enumerated([f"{bridge.actor(one.actor)} ({change_words(one)})" for one in bridge.found.together
                    if one.verdict == verdict]) or "nobody"
        for verdict in ("gains", "loses")
    )  # fmt: skip
    yield f"All together: better off on average {better}; worse off {worse}. In own value, what levers cost taken off."


def _mover(bridge: BridgeReport, mover: Mover) -> str:
    holder = mover.holder
    moves = f"would have to move and {_VERDICTS[holder.verdict]} ({change_words(holder)})"
    text = f"{bridge.scenario.levers[mover.lever].title}: {bridge.actor(holder.actor)} {moves}"
    if mover.consent:
        asked = [f"{bridge.actor(one.actor)}, who {_VERDICTS[one.verdict]} ({change_words(one)})"
                 for one in mover.consent]  # fmt: skip
        text += f"; needs the consent of {enumerated(asked)}"
    refusing = bridge.actors([name for name in mover.refused_by if name != holder.actor])
    return f"{text}{f'. Would veto: {refusing}' if refusing else ''}."


def change_words(one: Change) -> str:
    """What something does to one actor, in own value."""
    return with_half(one.change, one.error, 3, signed=True)


def trust(bridge: BridgeReport) -> Iterator[str]:
    """Fresh draws, conventions, halves of the uncertain numbers."""
    found = bridge.found
    fresh = found.fresh
    verdict = "" if found.found is None else (": it holds" if fresh.holds else ": it does not hold")
    if verdict and fresh.holds and fresh.chance < found.goal.at_least:
        verdict = f": less than {percent(found.goal.at_least)}, but within chance of it"
    yield f"On {fresh.draws:,} fresh draws: {checked_share(fresh)}, without levers {percent(fresh.before)}{verdict}."
    if found.conventions:
        yield _conventions(bridge)
    robust, budget = found.robust, found.point.cost
    here = found.candidates.index(found.point) if found.point in found.candidates else robust.choice
    yield (
        f"Share of worlds: it helps in {percent(float(robust.helps[here]))} (fails without, works with) and harms in "
        f"{percent(float(robust.harms[here]))}. Worst half of worlds: {percent(float(robust.worst[here]))}, where "
        f"{_half(bridge, robust.worst_half[here])}."
    )
    chosen, most, least = found.candidates[robust.choice], robust.regret[here], robust.regret[robust.choice]
    if robust.choice == here:
        count = len(found.candidates)
        yield f"Of {count} compared, none as cheap is ahead of it in any half of worlds by more than {_regret(most)}."
    elif chosen.cost <= budget:
        yield (
            f"Less to be regretted for no more cost ({chosen.cost:.3f}): {bridge.uses(chosen) or 'no lever'}; in no "
            f"half of worlds is it more than {_regret(least)} behind another as cheap, this one up to {_regret(most)}."
        )


def _conventions(bridge: BridgeReport) -> str:
    found = bridge.found
    broken, count = found.broken_by, len(found.conventions)
    if found.found is None:
        works = _reaching(found)
        if not works:
            return f"Under none of {count} other conventions does this combination reach it either."
        reached = f"Under {len(works)} of {count} other conventions this combination would reach it"
        return f"{reached}: {_settings(bridge, works)}."
    if not broken:
        within = sum(one.chance < found.goal.at_least for one in found.conventions)
        doubt = f", {within} of them only as far as chance can tell" if within else ""
        return f"It holds under all {count} other conventions tried{doubt}."
    return f"It breaks under {len(broken)} of {count} other conventions: {_settings(bridge, broken)}."


def _reaching(found: Bridge) -> list[GoalCheck]:
    """Other conventions under which it is as likely as asked."""
    return [one for one in found.conventions if one.chance >= found.goal.at_least]


def _settings(bridge: BridgeReport, conventions: Sequence[GoalCheck]) -> str:
    return "; ".join(
        f"if {convention_clause(bridge.scenario, one.name, one.setting)} ({checked_share(one)})" for one in conventions
    )


def _regret(regret: float) -> str:
    return whole_points(float(regret), "percentage points")


def _half(bridge: BridgeReport, name: str) -> str:
    path, _, word = name.rpartition(" ")
    if word not in {"low", "high"}:
        return "all count"
    return f"{input_spoken(bridge.scenario, path)} lies in its {word} half"
