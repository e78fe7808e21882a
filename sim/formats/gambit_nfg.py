"""Games in strategic form as Gambit writes them: files that end in .nfg."""

from __future__ import annotations

import numpy as np

from sim.formats.gambit_tokens import GambitTokens
from sim.foundations import Floats
from sim.games import StrategicForm


def read_nfg(text: str, file: str) -> StrategicForm:
    """Read a game of payoffs, or of outcomes with payoffs, one combination of strategies after another.

    The first player's strategy turns fastest.

    Args:
        text: of the file
        file: what it is called in messages
    Raises:  InputError with the line and column of the first word that is not as it should be
    Source:  .nfg format, versions 1 of payoffs and of outcomes (documentation of Gambit)

    Example:
        >>> game = read_nfg('NFG 1 R "dilemma" { "A" "B" } { 2 2 } 3 3 5 0 0 5 1 1', "d.nfg")
        >>> game.payoff.tolist(), game.strategies
        ([[[3.0, 0.0], [5.0, 1.0]], [[3.0, 5.0], [0.0, 1.0]]], (('1', '2'), ('1', '2')))
    """
    tokens = GambitTokens(text, file)
    start = tokens.next
    if tokens.word('"NFG"') != "NFG":
        tokens.refuse('a game in strategic form begins with "NFG"', start)
    version = tokens.next
    if tokens.word("the version 1") != "1":
        tokens.refuse("only version 1 of the format is known", version)
    kind = tokens.next
    if tokens.word('"R" or "D"') not in {"R", "D"}:
        tokens.refuse('numbers are "R" (rational) or "D" (decimal)', kind)
    title = tokens.string("the title")
    players = tokens.strings("a player's name")
    if not players:
        tokens.refuse("there is no player", kind)
    strategies = _strategies(tokens, len(players))
    if tokens.next.kind == "text":
        tokens.take()  # a comment
    shape = [len(one) for one in strategies]
    payoff = _outcomes(tokens, shape) if tokens.at("{") else _payoffs(tokens, shape)
    if tokens.next.kind != "end":
        tokens.refuse(f"the game is complete: {' x '.join(map(str, shape))} combinations were read", tokens.next)
    return StrategicForm(title or "a game", tuple(_named(players, "player")), tuple(map(tuple, strategies)), payoff)


def _strategies(tokens: GambitTokens, players: int) -> list[list[str]]:
    begun = tokens.next

    def one() -> list[str]:
        if tokens.at("{"):
            return _named(tokens.strings("a strategy's name"), "strategy")
        return [str(k + 1) for k in range(tokens.whole("a number of strategies"))]

    found = tokens.braced("strategies", one)
    if len(found) != players:
        tokens.refuse(f"strategies of {len(found)} players for {players} players", begun)
    if not all(found):
        tokens.refuse("a player has no strategy", begun)
    return found


def _payoffs(tokens: GambitTokens, shape: list[int]) -> Floats:
    count = int(np.prod(shape)) * len(shape)
    numbers = []
    for place in range(count):
        profile = place // len(shape) + 1
        numbers.append(
            tokens.number(f"payoff {place % len(shape) + 1} of combination {profile} of {count // len(shape)}")
        )
        if tokens.at(","):
            tokens.take()
    return _in_order(np.array(numbers).reshape(-1, len(shape)), shape)


def _outcomes(tokens: GambitTokens, shape: list[int]) -> Floats:
    def one() -> list[float]:
        tokens.mark("{")
        tokens.string("an outcome's name")
        found: list[float] = []
        while not tokens.at("}"):
            if tokens.at(","):
                tokens.take()
                continue
            found.append(tokens.number(f"payoff {len(found) + 1} of an outcome"))
        if len(found) != len(shape):
            tokens.wrong(f"payoff {len(found) + 1} of {len(shape)}" if len(found) < len(shape) else '"}"')
        tokens.take()
        return found

    worth = [[0.0] * len(shape), *tokens.braced("outcomes", one)]
    count, rows = int(np.prod(shape)), []
    for place in range(count):
        token = tokens.next
        which = tokens.whole(f"the outcome of combination {place + 1} of {count}")
        if which >= len(worth):
            tokens.refuse(f"there are {len(worth) - 1} outcomes, and no number {which}", token)
        rows.append(worth[which])
    return _in_order(np.array(rows), shape)


def _in_order(rows: Floats, shape: list[int]) -> Floats:
    """(P, S_1, ..., S_P) of payoffs (combinations, P), the first player's strategy turning fastest."""
    return np.stack([rows[:, player].reshape(shape, order="F") for player in range(len(shape))])


def _named(names: list[str], kind: str) -> list[str]:
    return [name or f"{kind} {k + 1}" for k, name in enumerate(names)]
