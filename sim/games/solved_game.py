"""A game and everything that the solvers say of it, as plain data."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np

from sim.foundations import Floats, InputError
from sim.games.correlated_equilibrium import correlated_equilibrium
from sim.games.game import against
from sim.games.game_tree import GameTree
from sim.games.iterated_dominance import IteratedDominance, iterated_dominance
from sim.games.logit_qre import logit_qre_trace
from sim.games.nash_equilibria import NashEquilibria, nash_equilibria
from sim.games.pure_equilibria import pure_equilibria
from sim.games.strategic_form import StrategicForm
from sim.games.subgame_perfect import SubgamePerfect, subgame_perfect

#: Rationality, in units of one over a player's range of payoffs, to which quantal responses are followed if they can.
RATIONAL: Final = (100.0, 30.0, 10.0, 3.0)
#: Strategies of two players together up to which all equilibria are listed.
_MOST_LISTED: Final = 20
#: Combinations of strategies up to which advice to all is worked out.
_MOST_ADVISED: Final = 20_000
#: Chances below this are none.
_NONE: Final = 1e-9


@dataclass(frozen=True)
class MixedProfile:
    """A strategy for each player.

    mixed:   for each player the chances of his strategies
    payoffs: (P,) expected payoffs
    """

    mixed: tuple[tuple[float, ...], ...]
    payoffs: tuple[float, ...]

    @property
    def pure(self) -> bool:
        """Whether nobody mixes."""
        return all(max(one) > 1 - _NONE for one in self.mixed)


@dataclass(frozen=True)
class EquilibriumComponent:
    """Equilibria that form a continuum: every mixture of these rows against every mixture of these columns.

    rows, columns: extreme mixed strategies of the two players
    """

    rows: tuple[tuple[float, ...], ...]
    columns: tuple[tuple[float, ...], ...]


@dataclass(frozen=True)
class AdvisedPlay:
    """The correlated equilibrium with the largest sum of payoffs, each counted in units of his range.

    chances: combinations of strategies -> chance, those that occur
    payoffs: (P,) expected payoffs
    """

    chances: tuple[tuple[tuple[int, ...], float], ...]
    payoffs: tuple[float, ...]


@dataclass(frozen=True)
class SolvedGame:
    """A game in strategic form and what the solvers say of it.

    title, players, strategies: of the game
    strict, weak: what is left once dominated strategies are struck out
    pure:        equilibria in pure strategies
    nash:        extreme equilibria of two players; ``None`` where they are not listed
    components:  continua of equilibria, in degenerate games; a single equilibrium of one is no answer
    not_listed:  why mixed equilibria are not listed; empty where they are
    quantal:     where quantal responses lead, from play at random; ``None`` where they cannot be followed
    rationality: how far they were followed, in units of one over a player's range of payoffs
    advised:     the best advice that everybody follows; ``None`` where it is too large to work out
    perfect:     what backward induction says, of a tree in which everybody knows where he is
    """

    title: str
    players: tuple[str, ...]
    strategies: tuple[tuple[str, ...], ...]
    strict: IteratedDominance
    weak: IteratedDominance
    pure: tuple[tuple[int, ...], ...]
    nash: tuple[MixedProfile, ...] | None
    components: tuple[EquilibriumComponent, ...]
    not_listed: str
    quantal: MixedProfile | None
    rationality: float
    advised: AdvisedPlay | None
    perfect: SubgamePerfect | None = None

    @property
    def degenerate(self) -> bool:
        """Whether some equilibria form a continuum."""
        return bool(self.components)


def solve_game(game: StrategicForm | GameTree) -> SolvedGame:
    """Apply every solver that fits the size of a game, and say of those that do not why not.

    Raises:  InputError where the strategic form of a tree is too large
    Example:
        >>> dilemma = np.array([[[3, 0], [5, 1]], [[3, 5], [0, 1]]], dtype=float)
        >>> found = solve_game(StrategicForm.unnamed(dilemma))
        >>> found.pure, found.strict.left, found.nash[0].payoffs
        (((1, 1),), ((1,), (1,)), (1.0, 1.0))
    """
    perfect = None
    if isinstance(game, GameTree):
        perfect = subgame_perfect(game) if game.perfect_information else None
        form = StrategicForm(game.title, game.players, game.strategies, game.payoffs())
    else:
        form = game
    payoff = form.payoff
    strict = iterated_dominance(payoff)
    nash, components, not_listed = _nash(payoff, strict)
    quantal, rationality = _quantal(payoff)
    return SolvedGame(
        form.title,
        form.players,
        form.strategies,
        strict,
        iterated_dominance(payoff, weak=True),
        tuple(tuple(int(k) for k in one) for one in pure_equilibria(payoff)),
        nash,
        components,
        not_listed,
        quantal,
        rationality,
        _advised(payoff),
        perfect,
    )


def expected(payoff: Floats, mixed: tuple[Floats, ...]) -> tuple[float, ...]:
    """(P,) expected payoffs of mixed strategies.

    Example:
        >>> pennies = np.array([[[1.0, -1], [-1, 1]], [[-1, 1], [1, -1]]])
        >>> expected(pennies, (np.array([0.5, 0.5]), np.array([1.0, 0.0])))
        (0.0, 0.0)
    """
    return tuple(float(against(own, mixed)) for own in payoff)


def _profile(payoff: Floats, mixed: tuple[Floats, ...]) -> MixedProfile:
    return MixedProfile(tuple(tuple(float(x) for x in one) for one in mixed), expected(payoff, mixed))


def _nash(
    payoff: Floats, strict: IteratedDominance
) -> tuple[tuple[MixedProfile, ...] | None, tuple[EquilibriumComponent, ...], str]:
    """Extreme equilibria and continua of two players, after strict dominance, which costs none of them."""
    if len(payoff) != 2:
        told = "mixed equilibria of more than two players are not listed; quantal responses lead to one equilibrium"
        return None, (), told
    left = sum(len(one) for one in strict.left)
    if left > _MOST_LISTED:
        told = (
            f"{left} strategies are left once dominated ones are struck out, and up to {_MOST_LISTED} are enumerated: "
            "there may be more equilibria than anybody can list; quantal responses lead to one"
        )
        return None, (), told
    small = payoff[np.ix_(range(2), *strict.left)]
    found: NashEquilibria = nash_equilibria(small)

    def whole(mixed: Floats, player: int) -> Floats:
        full = np.zeros(payoff.shape[player + 1])
        full[list(strict.left[player])] = mixed
        return full

    extreme = tuple(_profile(payoff, (whole(x, 0), whole(y, 1))) for x, y in found.extreme)
    continua = tuple(
        EquilibriumComponent(
            tuple(tuple(map(float, whole(x, 0))) for x in one.rows),
            tuple(tuple(map(float, whole(y, 1))) for y in one.columns),
        )
        for one in found.sets
        if not one.isolated
    )
    return extreme, continua, ""


def _quantal(payoff: Floats) -> tuple[MixedProfile | None, float]:
    """The end of the branch of quantal responses, every player's payoffs brought to a range of 1."""
    spread = np.array([np.ptp(own) or 1.0 for own in payoff]).reshape(-1, *([1] * (payoff.ndim - 1)))
    for rationality in RATIONAL:
        try:
            branch = logit_qre_trace(payoff / spread, rationality)
        except InputError:
            continue
        return _profile(payoff, tuple(one[-1] for one in branch.mixed)), rationality
    return None, 0.0


def _advised(payoff: Floats) -> AdvisedPlay | None:
    if payoff[0].size > _MOST_ADVISED:
        return None
    weights = [1 / (float(np.ptp(own)) or 1.0) for own in payoff]
    found = correlated_equilibrium(payoff, weights)
    return AdvisedPlay(tuple(_chances(found.chances)), tuple(float(one) for one in found.values))


def _chances(chances: Floats) -> Iterator[tuple[tuple[int, ...], float]]:
    for place in np.argwhere(chances > 1e-7):
        where = tuple(int(one) for one in place)
        yield where, float(chances[where])
