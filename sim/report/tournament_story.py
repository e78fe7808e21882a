"""The game over strategies of a case, as a story: who should do what."""

from __future__ import annotations

from sim.report.game_story import mixture_words
from sim.report.pieces import Cell, Items, KeyValues, Row, Section, Sentence, Story, Table, Words
from sim.runs.strategy_pool import OWN
from sim.runs.tournament import ProfilePayoff, Tournament
from sim.scenario import Scenario
from sim.words import percent, value_with_half

#: Rows of the table of combinations that a terminal prints.
_MOST_ROWS = 16


def tournament_story(found: Tournament, scenario: Scenario) -> Story:
    """Tell what each party should do, which combinations are stable, and what every combination comes to."""
    sections = (
        Section("answer", "", (KeyValues(_lead(found), "lead"),)),
        Section("replies", "What each should do while the others do as in the case", _replies(found)),
        Section("stable", "Equilibria of the game over strategies", (*_equilibria(found),)),
        Section("dynamics", "Where learning leads", (KeyValues(_dynamics(found)),)),
        Section("combinations", "What every combination comes to", (_profiles(found), Sentence(_note(found), "note"))),
    )
    return Story(scenario.title, scenario.question, tuple(one for one in sections if one.pieces), "Tournament")


def _lead(found: Tournament) -> tuple[tuple[str, Words], ...]:
    best = found.least_regret
    told = _who(found, best)
    stable = "nobody gains by changing" if best.regret <= 1e-12 else f"at most {best.regret:.3f} is gained by changing"
    pairs: list[tuple[str, Words]] = [("Who should do what", f"{told}: {stable}.")]
    if found.deterministic:
        pairs.append(("Chance", "deterministic: another seed gives the same."))
    else:
        span = f"regret {best.regret_low:.3f} to {best.regret_high:.3f}"
        pairs.append(("How sure", f"in {percent(best.stable)} of the worlds drawn again nobody gains; {span}."))
    if found.switched:
        pairs.append(("Rules", f"played as {found.protocol}, as the case's own rules leave no choice of strategy."))
    return tuple(pairs)


def _who(found: Tournament, profile: ProfilePayoff) -> str:
    return ", ".join(
        f"{title} {_spoken(found.strategies[k])}" for title, k in zip(found.titles, profile.strategies, strict=True)
    )


def _spoken(name: str) -> str:
    return "does as in the case" if name == OWN else f"plays {name}"


def _replies(found: Tournament) -> tuple[Items, ...]:
    items = []
    for one in found.replies:
        title, name = found.titles[one.player], found.strategies[one.strategy]
        if name == OWN:
            items.append(f"{title}: nothing is better than what it does.")
        else:
            gain = f"{one.gain:.3f}" if not one.half else value_with_half(one.gain, one.half, 3)
            items.append(f"{title}: {name}, which gains {gain}.")
    return (Items(tuple(items)),) if items else ()


def _equilibria(found: Tournament) -> list[Table | Sentence | Items]:
    game, names = found.game, found.strategies
    pieces: list[Table | Sentence | Items] = []
    if game.pure:
        by_cell = {one.strategies: one for one in found.profiles}
        rows: list[Row] = [
            [
                *(names[k] for k in cell),
                _payoffs(by_cell[cell]),
                Cell(percent(by_cell[cell].stable), by_cell[cell].stable),
            ]
            for cell in game.pure
        ]
        heads = (*found.titles, "payoffs", "stable in")
        pieces.append(Table("pure-table", "In pure strategies", heads, rows, (len(heads) - 1,), most=_MOST_ROWS))
    else:
        pieces.append(Sentence("There is none in pure strategies."))
    mixed = [one for one in game.nash or () if not one.pure]
    if mixed:
        items = tuple(
            "; ".join(
                f"{title}: {mixture_words(chances, names)}"
                for title, chances in zip(found.titles, one.mixed, strict=True)
            )
            for one in mixed[:_MOST_ROWS]
        )
        pieces += [Sentence("Mixed:"), Items(items)]
    if game.degenerate:
        told = "Some strategies come to the same, so that equilibria form continua; what is listed are their corners."
        pieces.append(Sentence(told, "note"))
    if game.not_listed:
        pieces.append(Sentence(f"{game.not_listed[0].upper()}{game.not_listed[1:]}.", "note"))
    return pieces


def _dynamics(found: Tournament) -> tuple[tuple[str, Words], ...]:
    names = found.strategies

    def told(shares: tuple[tuple[float, ...], ...]) -> str:
        rounded = (tuple(round(x, 3) for x in one) for one in shares)
        return "; ".join(f"{t}: {mixture_words(one, names)}" for t, one in zip(found.titles, rounded, strict=True))

    pairs: list[tuple[str, Words]] = []
    cycles = "they do not settle"
    pairs.append(("Replicator, from all alike", cycles if found.replicator is None else told(found.replicator)))
    if found.game.quantal is not None:
        pairs.append((f"Quantal responses, rationality {found.game.rationality:g}", told(found.game.quantal.mixed)))
    if found.learnt is not None:
        settled = "" if found.learnt_gain < 0.02 else " (they have not settled)"
        pairs.append(("Fictitious play", f"{told(found.learnt)}{settled}"))
    return tuple(pairs)


def _payoffs(one: ProfilePayoff) -> str:
    return " / ".join(f"{payoff + 0.0:.3f}" for payoff in one.payoffs)


def _profiles(found: Tournament) -> Table:
    rows: list[Row] = []
    for one in sorted(found.profiles, key=lambda profile: profile.regret):
        worth = " / ".join(
            f"{payoff + 0.0:.3f}" if not half else value_with_half(payoff, half, 3)
            for payoff, half in zip(one.payoffs, one.halves, strict=True)
        )
        span = "" if found.deterministic else f" ({one.regret_low:.3f}–{one.regret_high:.3f})"
        rows.append(
            [
                " / ".join(found.strategies[k] for k in one.strategies),
                worth,
                Cell(percent(one.deal), one.deal),
                Cell(f"{one.regret:.3f}{span}", one.regret),
            ]
        )
    heads = (" / ".join(found.titles), "payoffs", "deal", "regret")
    caption = "The least regret first; payoffs are realised values"
    return Table("profile-table", caption, heads, rows, (2, 3), stacked=True, long=True, most=_MOST_ROWS)


def _note(found: Tournament) -> str:
    which = f"{found.worlds:,} worlds"
    if found.worlds < found.draws:
        which = f"the {found.worlds:,} of {found.draws:,} worlds that fit what was observed as the case stands"
    told = f"On {which}, the same for every combination. Regret: the most that one party gains by changing alone."
    if not found.deterministic:
        told += (
            " ± and intervals cover 95 % of what chance in drawing the worlds may do; worlds are drawn again 500 times."
        )
    return told
