"""The game over strategies: every combination played on the same worlds, and what each party should do."""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from sim.ensemble import Design, Judge, Progress, counting, play
from sim.foundations import Floats, InputError, Problem
from sim.foundations.plain_data import Real
from sim.games import SolvedGame, StrategicForm, fictitious_play, replicator_populations, solve_game
from sim.runs.strategy_pool import OWN, USUAL, PooledStrategy, pooled_strategy
from sim.scenario import Scenario
from sim.scenario.changes import change
from sim.words import Z, actor_title

#: Combinations of strategies that are played, at most.
MOST_PLAYED: Final = 400
#: Times that worlds are drawn again for intervals of regrets.
_AGAIN: Final = 500
#: Worlds played again with another seed, to see whether it changes anything.
_TRIED: Final = 20
#: Rounds of fictitious play.
_LEARNT: Final = 20_000


@dataclass(frozen=True)
class ProfilePayoff:
    """A combination of strategies, and what it comes to.

    strategies: for each player the place of his strategy
    payoffs:    (P,) mean realised value
    halves:     (P,) half of their 95 % intervals; 0 where the seed changes nothing
    deal:       share of the worlds in which a deal is signed
    regret:     the most that some player gains by changing his strategy alone
    regret_low, regret_high: 95 % interval of that, worlds drawn again
    stable:     share of these draws in which nobody gains
    """

    strategies: tuple[int, ...]
    payoffs: tuple[float, ...]
    halves: tuple[float, ...]
    deal: float
    regret: float
    regret_low: float
    regret_high: float
    stable: float


@dataclass(frozen=True)
class BestReply:
    """What a player should do while all others do as in the case.

    player:   his place
    strategy: place of what is best for him; his own where nothing is better
    gain:     what it gains over what he does in the case
    half:     half of its 95 % interval, paired; nan where it is his own
    """

    player: int
    strategy: int
    gain: float
    half: Real


@dataclass(frozen=True)
class Tournament:
    """The game over strategies.

    players, titles: names of those who choose, and what people call them
    strategies: names of what each may choose
    worlds, draws: how many worlds count, of how many
    protocol:   rules under which it was played
    switched:   whether the case has other rules, under which no strategies are chosen
    deterministic: whether another seed gives the same
    profiles:   every combination
    game:       equilibria of the means
    replicator: for each player shares to which populations lead that begin with every strategy alike; ``None``: they
        cycle, or it was not followed
    learnt:     frequencies of two players who answer what the other has done; ``None`` for more
    learnt_gain: what both would gain by a best reply to these, as a part of the range of payoffs
    replies:    what each should do while all others do as in the case; empty where that is no choice
    """

    players: tuple[str, ...]
    titles: tuple[str, ...]
    strategies: tuple[str, ...]
    worlds: int
    draws: int
    protocol: str
    switched: bool
    deterministic: bool
    profiles: tuple[ProfilePayoff, ...]
    game: SolvedGame
    replicator: tuple[tuple[float, ...], ...] | None
    learnt: tuple[tuple[float, ...], ...] | None
    learnt_gain: Real
    replies: tuple[BestReply, ...]

    @property
    def payoff(self) -> Floats:
        """(P, S, ..., S) means."""
        size = (len(self.strategies),) * len(self.players)
        found = np.array([one.payoffs for one in self.profiles]).T
        return np.asarray(found.reshape(len(self.players), *size))

    @property
    def least_regret(self) -> ProfilePayoff:
        """The combination from which nobody gains much by leaving; of several the one that pays all most."""
        least = min(one.regret for one in self.profiles)
        return max((one for one in self.profiles if one.regret <= least + 1e-12), key=lambda one: sum(one.payoffs))


def tournament(
    scenario: Scenario,
    draws: int,
    strategies: Sequence[str] = USUAL,
    *,
    central: bool = False,
    judge: Scenario | Judge | None = None,
    progress: Progress | None = None,
) -> Tournament:
    """Play every combination of strategies of those who sign, on the same worlds with the same luck.

    Args:
        draws:      how many worlds
        strategies: what each may choose, see ``pooled_strategy``
        judge:      another scenario whose observations say which worlds count
    Raises:  InputError for strategies that there are not, or more combinations than can be played
    Source:  empirical game theory: Wellman 2006, AAAI; regret: Jordan, Kiekintveld & Wellman 2007, AAMAS
    Example:
        >>> from sim.scenario import read_scenario
        >>> found = tournament(read_scenario("scenarios/pie"), 2, ["hold-out", "conceder"])
        >>> found.players, len(found.profiles), found.deterministic
        (('first', 'second'), 4, True)
    """
    pool = _pool(strategies)
    base, players, switched = _ready(scenario, pool)
    cells = list(itertools.product(range(len(pool)), repeat=len(players)))
    if len(cells) > MOST_PLAYED:
        raise InputError(
            Problem(
                f"{len(pool)} strategies of {len(players)} parties are {len(cells):,} combinations, and at most "
                f"{MOST_PLAYED} are played",
                allowed="fewer strategies, with --strategies A,B",
            )
        )
    own = Design.of_draws(scenario, draws, central=central, judge=judge)
    where = counting(play(own, columns=("consistent",))["consistent"].values)
    actors = [list(base.actors).index(name) for name in players]
    worth = np.empty((len(cells), len(players), int(where.sum())))
    signed = np.empty(len(cells))
    for done, cell in enumerate(cells):
        if progress is not None:
            progress(done, len(cells))
        results = play(_design(base, players, pool, cell, draws, central, judge), columns=("utility", "deal"))
        worth[done] = results["utility"].values[where][:, actors].T
        signed[done] = float((results["deal"].values[where] >= 0).mean())
    same = _deterministic(base, players, pool, cells[-1], worth[-1], central, judge, actors)
    return _analysed(scenario, base, players, pool, worth, signed, where, same, switched)


def _pool(strategies: Sequence[str]) -> tuple[PooledStrategy, ...]:
    found = tuple(pooled_strategy(one) for one in dict.fromkeys(one.strip() for one in strategies))
    if len(found) < 2:
        raise InputError(Problem("a tournament needs two strategies to choose from", allowed=", ".join(USUAL)))
    return found


def _ready(scenario: Scenario, pool: Sequence[PooledStrategy]) -> tuple[Scenario, tuple[str, ...], bool]:
    """The case under rules in which strategies count, who chooses, and whether these rules are other ones."""
    switched = scenario.talks.protocol != "alternating-offers"
    base = scenario
    if switched:
        base = change(scenario, {"talks.protocol": "alternating-offers", "talks.settings": {}})
    players = tuple(name for name in base.order if name in base.signers)
    if len(players) < 2:
        raise InputError(Problem("fewer than two of those who sign make offers, so nobody has a choice of strategies"))
    del pool
    return base, players, switched


def _design(
    base: Scenario,
    players: Sequence[str],
    pool: Sequence[PooledStrategy],
    cell: Sequence[int],
    draws: int,
    central: bool,
    judge: Scenario | Judge | None,
) -> Design:
    return Design.of_draws(_played(base, players, pool, cell), draws, central=central, judge=judge)


def _played(base: Scenario, players: Sequence[str], pool: Sequence[PooledStrategy], cell: Sequence[int]) -> Scenario:
    """The case with these strategies in place of its own."""
    found: dict[str, Any] = {
        name: strategy.model_dump(exclude_none=True, exclude_defaults=True)
        for name, strategy in base.talks.strategies.items()
    }
    for name, choice in zip(players, cell, strict=True):
        if pool[choice].name != OWN:
            found[name] = pool[choice].written()
    return change(base, {"talks.strategies": found}) if found else base


def _deterministic(
    base: Scenario,
    players: Sequence[str],
    pool: Sequence[PooledStrategy],
    cell: Sequence[int],
    worth: Floats,
    central: bool,
    judge: Scenario | Judge | None,
    actors: Sequence[int],
) -> bool:
    """Whether all worlds are alike, and stay so with another seed."""
    if (worth != worth[:, :1]).any():
        return False
    other = change(_played(base, players, pool, cell), {"seed": f"{base.seed}, again"})
    again = play(Design.of_draws(other, _TRIED, central=central, judge=judge), columns=("utility",))
    return bool((worth[:, :1] == again["utility"].values[:, actors].T).all())


def _analysed(
    scenario: Scenario,
    base: Scenario,
    players: tuple[str, ...],
    pool: Sequence[PooledStrategy],
    worth: Floats,
    signed: Floats,
    where: np.ndarray,
    same: bool,
    switched: bool,
) -> Tournament:
    size = (len(pool),) * len(players)
    worlds = worth.shape[2]
    mean = worth.mean(axis=2)
    half = Z * worth.std(axis=2, ddof=1) / np.sqrt(worlds) if worlds > 1 and not same else np.zeros_like(mean)
    tensor = mean.T.reshape(len(players), *size)
    regrets = _regret(tensor[None])[0]
    drawn = _drawn_again(worth, scenario.seed, size)
    low, high = np.quantile(drawn, [0.025, 0.975], axis=0)
    spread = float(np.ptp(tensor)) or 1.0
    stable = (drawn <= 1e-9 * spread).mean(axis=0)
    profiles = tuple(
        ProfilePayoff(
            cell,
            tuple(map(float, mean[n])),
            tuple(map(float, half[n])),
            float(signed[n]),
            float(regrets[cell]),
            float(low[cell]),
            float(high[cell]),
            float(stable[cell]),
        )
        for n, cell in enumerate(itertools.product(range(len(pool)), repeat=len(players)))
    )
    names = tuple(one.name for one in pool)
    titles = tuple(actor_title(scenario, name) for name in players)
    game = solve_game(StrategicForm(scenario.title, titles, (names,) * len(players), tensor))
    uniform = [np.full(len(pool), 1 / len(pool))] * len(players)
    limit = replicator_populations(tensor, uniform, np.inf)
    learnt, gain = None, np.nan
    if len(players) == 2:
        play_ = fictitious_play(tensor, _LEARNT)
        learnt, gain = (tuple(map(float, play_.row)), tuple(map(float, play_.column))), float(play_.gain)
    return Tournament(
        players,
        titles,
        names,
        worlds,
        len(where),
        base.talks.protocol,
        switched,
        same,
        profiles,
        game,
        None if limit is None else tuple(tuple(map(float, one)) for one in limit),
        learnt,
        gain,
        tuple(_replies(worth, names, len(players), same)),
    )


def _regret(tensor: Floats) -> Floats:
    """(R, S, ..., S) the most that some player gains by a change of his own, in payoffs (R, P, S, ..., S)."""
    worst = np.zeros((len(tensor), *tensor.shape[2:]))
    for player in range(tensor.shape[1]):
        own = tensor[:, player]
        worst = np.maximum(worst, own.max(axis=player + 1, keepdims=True) - own)
    return worst


def _drawn_again(worth: Floats, seed: str, size: tuple[int, ...]) -> Floats:
    """(R, S, ..., S) regrets of means over worlds that are drawn again with replacement, the same for all cells.

    Source:  Efron & Tibshirani 1993, ch. 6
    """
    cells, players, worlds = worth.shape
    key = int.from_bytes(hashlib.sha256(f"{seed}, tournament".encode()).digest()[:8])
    weights = np.random.default_rng(key).multinomial(worlds, np.full(worlds, 1 / worlds), size=_AGAIN) / worlds
    means = (weights @ worth.reshape(-1, worlds).T).reshape(_AGAIN, cells, players)
    return _regret(means.transpose(0, 2, 1).reshape(_AGAIN, players, *size))


def _replies(worth: Floats, names: tuple[str, ...], players: int, same: bool) -> list[BestReply]:
    """What each should do while all others do as in the case."""
    if OWN not in names:
        return []
    own = names.index(OWN)
    by_cell: Mapping[tuple[int, ...], int] = {
        cell: n for n, cell in enumerate(itertools.product(range(len(names)), repeat=players))
    }
    base, found = by_cell[(own,) * players], []
    for player in range(players):
        cells = [by_cell[tuple(k if p == player else own for p in range(players))] for k in range(len(names))]
        means = [float(worth[cell, player].mean()) for cell in cells]
        best = own if max(means) <= means[own] + 1e-12 else int(np.argmax(means))
        gain = worth[cells[best], player] - worth[base, player]
        half = np.nan if best == own else 0.0
        if best != own and not same and len(gain) > 1:
            half = float(Z * gain.std(ddof=1) / np.sqrt(len(gain)))
        found.append(BestReply(player, best, float(gain.mean()), half))
    return found
