"""A game in strategic or extensive form and its solutions, as a story."""

from __future__ import annotations

from typing import Final

from sim.games import SolvedGame
from sim.games.game_tree import GameTree
from sim.games.iterated_dominance import IteratedDominance
from sim.games.solved_game import MixedProfile
from sim.games.strategic_form import StrategicForm
from sim.report.pieces import Cell, Items, KeyValues, Row, Section, Sentence, Story, Table, Words
from sim.words import capital, enumerated, percent

#: Combinations of strategies of which a table of payoffs is printed.
_MOST_CELLS: Final = 64
#: Equilibria that a terminal lists.
_MOST_LISTED: Final = 20


def game_story(game: StrategicForm | GameTree, found: SolvedGame) -> Story:
    """Tell a game and what its solvers say."""
    sections = [
        Section("answer", "", (KeyValues(_lead(found), "lead"),)),
        Section("payoffs", "Payoffs", (_payoffs(game, found),), shown="everywhere"),
    ]
    if found.perfect is not None:
        sections.append(_perfect(found))
    sections.append(Section("dominance", "Dominated strategies", _dominance(found)))
    sections.append(Section("equilibria", "Nash equilibria", _equilibria(found)))
    sections.append(Section("beside", "Beside equilibrium", _beside(found)))
    return Story(found.title, "", tuple(section for section in sections if section.pieces), "Game")


def mixture_words(chances: tuple[float, ...], names: tuple[str, ...]) -> str:
    """What a mixed strategy plays, the likeliest first.

    Example:
        >>> mixture_words((0.25, 0.75, 0.0), ("a", "b", "c")), mixture_words((1.0, 0.0), ("a", "b"))
        ('b 0.75, a 0.25', 'a')
    """
    known = zip(chances, names, strict=True)
    played = sorted(((chance, name) for chance, name in known if chance > 1e-6), reverse=True)
    if len(played) == 1:
        return played[0][1]
    return ", ".join(f"{name} {chance:.4g}" for chance, name in played)


def _lead(found: SolvedGame) -> tuple[tuple[str, Words], ...]:
    pairs: list[tuple[str, Words]] = []
    if found.perfect is not None and found.perfect.unique:
        pairs.append(("Backward induction", _path(found, 0)))
    if found.strict.solvable:
        left = [names[one[0]] for names, one in zip(found.strategies, found.strict.left, strict=True)]
        pairs.append(("Dominance solves it", f"{_who(found, left)}."))
    if found.nash is not None:
        count = len(found.nash)
        if found.degenerate:
            told = "Equilibria form continua: what is listed are their corners, none of which is the answer by itself."
        elif count == 1:
            kind = "in pure strategies" if found.nash[0].pure else "and it is mixed"
            told = f"There is one equilibrium, {kind}."
        else:
            pure = sum(one.pure for one in found.nash)
            told = f"There are {count} equilibria, {pure} of them in pure strategies."
        pairs.append(("Equilibria", told))
    else:
        pairs.append(("Equilibria", f"{len(found.pure)} in pure strategies; {found.not_listed}."))
    if not pairs:
        pairs.append(("Equilibria", "none was found."))
    return tuple(pairs)


def _who(found: SolvedGame, played: list[str]) -> str:
    return "; ".join(f"{player}: {name}" for player, name in zip(found.players, played, strict=True))


def _payoffs(game: StrategicForm | GameTree, found: SolvedGame) -> Table:
    """Payoffs of every combination, the first player down, the second across; of more players one row each."""
    if isinstance(game, GameTree):
        return Table("payoff-table", "", (), ())  # a tree is told by its paths
    payoff = game.payoff
    if payoff[0].size > _MOST_CELLS:
        return Table("payoff-table", "", (), ())
    if len(found.players) == 2:
        rows: list[Row] = [
            [name, *(f"{payoff[0, i, j]:g}, {payoff[1, i, j]:g}" for j in range(payoff.shape[2]))]
            for i, name in enumerate(found.strategies[0])
        ]
        heads = ("", *found.strategies[1])
        caption = f"{found.players[0]} chooses a row, {found.players[1]} a column"
        return Table("payoff-table", caption, heads, rows, tuple(range(1, len(heads))))
    rows = []
    for profile in sorted(_profiles(payoff.shape[1:])):
        names = [found.strategies[k][one] for k, one in enumerate(profile)]
        rows.append([", ".join(names), *(f"{payoff[(k, *profile)]:g}" for k in range(len(found.players)))])
    heads = ("strategies", *found.players)
    return Table("payoff-table", "What every combination comes to", heads, rows, tuple(range(1, len(heads))), most=32)


def _profiles(shape: tuple[int, ...]) -> list[tuple[int, ...]]:
    found: list[tuple[int, ...]] = [()]
    for size in shape:
        found = [(*one, k) for one in found for k in range(size)]
    return found


def _perfect(found: SolvedGame) -> Section:
    perfect = found.perfect
    assert perfect is not None
    items: list[Words] = [_path(found, n) for n in range(min(len(perfect.equilibria), _MOST_LISTED))]
    ties = [f"{found.players[player]} at {infoset or 'the start'}" for player, infoset in perfect.ties]
    pieces: list[Items | Sentence] = [Items(tuple(items))]
    if ties:
        pieces.append(Sentence(f"Indifferent somewhere: {enumerated(list(dict.fromkeys(ties)))}.", "note"))
    if perfect.more or len(perfect.equilibria) > _MOST_LISTED:
        pieces.append(Sentence("There are more, as ties multiply.", "note"))
    return Section("perfect", "Subgame-perfect play, from the ends backwards", tuple(pieces))


def _path(found: SolvedGame, n: int) -> str:
    assert found.perfect is not None
    one = found.perfect.equilibria[n]
    moves = [f"{'chance' if player < 0 else found.players[player]}: {move}" for player, _, move in one.path] or [
        "nobody moves"
    ]
    return f"{', '.join(moves)}. Payoffs {_numbers(one.payoffs)}."


def _numbers(payoffs: tuple[float, ...]) -> str:
    return " / ".join(f"{one + 0.0:.4g}" for one in payoffs)


def _dominance(found: SolvedGame) -> tuple[Items | Sentence, ...]:
    pieces: list[Items | Sentence] = []
    if found.strict.steps:
        pieces.append(Items(tuple(_steps(found, found.strict, "strictly"))))
    else:
        pieces.append(Sentence("No strategy is strictly dominated, by another or by a mixture."))
    weak = [one for one in found.weak.steps if one not in found.strict.steps]
    if weak and found.weak.left != found.strict.left:
        left = "; ".join(
            f"{player}: {enumerated([names[k] for k in one])}"
            for player, names, one in zip(found.players, found.strategies, found.weak.left, strict=True)
        )
        pieces.append(
            Sentence(
                f"Weak dominance, everything at once in each round, leaves {left}; equilibria may go with it, and "
                "another order may leave another game.",
                "note",
            )
        )
    return tuple(pieces)


def _steps(found: SolvedGame, dominance: IteratedDominance, how: str) -> list[Words]:
    told: list[Words] = []
    for step in dominance.steps:
        names = found.strategies[step.player]
        by = " and ".join(
            names[k] if len(step.by) == 1 else f"{names[k]} {weight:.4g}" for k, weight in step.by.items()
        )
        mixture = "" if len(step.by) == 1 else "a mixture of "
        told.append(
            f"Round {step.round}: {found.players[step.player]}'s {names[step.strategy]} is {how} dominated by "
            f"{mixture}{by}."
        )
    return told


def _equilibria(found: SolvedGame) -> tuple[Table | Sentence | Items, ...]:
    pieces: list[Table | Sentence | Items] = []
    listed = found.nash
    if listed is None:
        rows: list[Row] = [[*(found.strategies[k][one] for k, one in enumerate(profile))] for profile in found.pure]
        pieces.append(Table("pure-table", "In pure strategies", found.players, rows, most=_MOST_LISTED))
        if not found.pure:
            pieces.append(Sentence("None in pure strategies."))
        pieces.append(Sentence(f"{capital(found.not_listed)}.", "note"))
        return tuple(pieces)
    rows = [[*_profile_cells(found, one), _numbers(one.payoffs)] for one in listed]
    caption = "Corners of the sets of equilibria" if found.degenerate else "All equilibria"
    pieces.append(Table("nash-table", caption, (*found.players, "payoffs"), rows, most=_MOST_LISTED))
    if found.degenerate:
        items: list[Words] = [
            f"every mixture of {found.players[0]}'s {_several(found, one.rows, 0)} against every mixture of "
            f"{found.players[1]}'s {_several(found, one.columns, 1)}"
            for one in found.components
        ]
        pieces.append(Sentence("The game is degenerate. These are equilibria as well:"))
        pieces.append(Items(tuple(items)))
    return tuple(pieces)


def _profile_cells(found: SolvedGame, one: MixedProfile) -> list[Cell | Words]:
    return [mixture_words(mixed, names) for mixed, names in zip(one.mixed, found.strategies, strict=True)]


def _several(found: SolvedGame, many: tuple[tuple[float, ...], ...], player: int) -> str:
    return enumerated([f"[{mixture_words(one, found.strategies[player])}]" for one in many])


def _beside(found: SolvedGame) -> tuple[KeyValues, ...]:
    pairs: list[tuple[str, Words]] = []
    if found.quantal is not None:
        played = [
            f"{player}: {mixture_words(tuple(round(x, 4) for x in mixed), names)}"
            for player, mixed, names in zip(found.players, found.quantal.mixed, found.strategies, strict=True)
        ]
        pairs.append((f"Quantal responses, at rationality {found.rationality:g}", "; ".join(played)))
    if found.advised is not None:
        told = ", ".join(
            f"{percent(chance)} ({', '.join(found.strategies[k][one] for k, one in enumerate(profile))})"
            for profile, chance in found.advised.chances[:8]
        )
        pairs.append(("Best advice that all follow", f"{told}. Payoffs {_numbers(found.advised.payoffs)}."))
    return (KeyValues(tuple(pairs)),) if pairs else ()
