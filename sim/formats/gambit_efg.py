"""Games in extensive form as Gambit writes them: files that end in .efg."""

from __future__ import annotations

import math

from sim.formats.gambit_tokens import GambitToken, GambitTokens
from sim.games import GameTree, TreeNode

#: Nodes of a path from the root; deeper trees are no games that anybody wrote.
_DEEPEST = 200


def read_efg(text: str, file: str) -> GameTree:
    """Read a game tree, each node before what it leads to.

    Args:
        text: of the file
        file: what it is called in messages
    Raises:  InputError with the line and column of the first word that is not as it should be
    Source:  .efg format, version 2 (documentation of Gambit)

    Example:
        >>> text = 'EFG 2 R "" { "A" } p "" 1 1 "" { "l" "r" } 0 t "" 1 "" { 1 } t "" 2 "" { 3 }'
        >>> tree = read_efg(text, "choice.efg")
        >>> tree.players, tree.root.actions, [child.payoff for child in tree.root.children]
        (('A',), ('l', 'r'), [(1.0,), (3.0,)])
    """
    return _TreeReader(GambitTokens(text, file)).read()


class _TreeReader:
    def __init__(self, tokens: GambitTokens) -> None:
        self.tokens = tokens
        self.players: list[str] = []
        self.outcomes: dict[int, tuple[float, ...]] = {0: ()}
        self.sets: dict[tuple[int, int], tuple[str, tuple[str, ...], tuple[float, ...]]] = {}

    def read(self) -> GameTree:
        tokens = self.tokens
        start = tokens.next
        if tokens.word('"EFG"') != "EFG":
            tokens.refuse('a game in extensive form begins with "EFG"', start)
        version = tokens.next
        if tokens.word("the version 2") != "2":
            tokens.refuse("only version 2 of the format is known", version)
        kind = tokens.next
        if tokens.word('"R" or "D"') not in {"R", "D"}:
            tokens.refuse('numbers are "R" (rational) or "D" (decimal)', kind)
        title = tokens.string("the title")
        names = tokens.strings("a player's name")
        self.players = [name or f"player {k + 1}" for k, name in enumerate(names)]
        if not self.players:
            tokens.refuse("there is no player", kind)
        if tokens.next.kind == "text":
            tokens.take()  # a comment
        root = self._node(0)
        if tokens.next.kind != "end":
            tokens.refuse("the tree is complete: every move leads somewhere", tokens.next)
        return GameTree(title or "a game", tuple(self.players), root)

    def _node(self, depth: int) -> TreeNode:
        tokens = self.tokens
        token = tokens.next
        if depth > _DEEPEST:
            tokens.refuse(f"the tree is deeper than {_DEEPEST} moves", token)
        kind = tokens.word('a node: "c", "p" or "t"')
        if kind not in {"c", "p", "t"}:
            tokens.refuse('a node is "c" (chance), "p" (a player) or "t" (an end)', token)
        label = tokens.string("the node's name")
        if kind == "t":
            return TreeNode(None, payoff=self._outcome(), label=label)
        player = -1
        if kind == "p":
            who = tokens.next
            player = tokens.whole("the number of the player who moves") - 1
            if not 0 <= player < len(self.players):
                tokens.refuse(f"there are {len(self.players)} players, and no number {player + 1}", who)
        name, actions, chances = self._infoset(player, token)
        payoff = self._outcome()
        children = tuple(self._node(depth + 1) for _ in actions)
        return TreeNode(player, name, actions, chances, children, payoff, label)

    def _infoset(self, player: int, node: GambitToken) -> tuple[str, tuple[str, ...], tuple[float, ...]]:
        """What the mover knows: named and spelt out the first time, by its number alone afterwards if one likes."""
        tokens = self.tokens
        number = tokens.whole("the number of what the mover knows")
        key = (player, number)
        if tokens.next.kind != "text" and not tokens.at("{"):
            if key not in self.sets:
                tokens.wrong("moves, as this is the first node of its kind,")
            return self.sets[key]
        name = tokens.take().text if tokens.next.kind == "text" else ""
        if not tokens.at("{") and key in self.sets:
            return self.sets[key]
        chances: list[float] = []

        def move() -> str:
            action = tokens.string("a move")
            if player < 0:
                chances.append(tokens.number("the chance of this move"))
            return action

        opened = tokens.next
        actions = tuple(action or str(k + 1) for k, action in enumerate(tokens.braced("moves", move)))
        if not actions:
            tokens.refuse("there is no move here", opened)
        if player < 0 and (min(chances) < 0 or not math.isclose(sum(chances), 1.0, abs_tol=1e-6)):
            tokens.refuse(f"chances add up to {sum(chances):g}, not to 1", opened)
        if key in self.sets and len(self.sets[key][1]) != len(actions):
            tokens.refuse(f"{len(self.sets[key][1])} moves were possible where the mover knows as much", node)
        names = {known for (who, other), (known, _, _) in self.sets.items() if who == player and other != number}
        shown = name if name and name not in names else f"{name} {number}".strip()
        return self.sets.setdefault(key, (shown, actions, tuple(chances)))

    def _outcome(self) -> tuple[float, ...]:
        """What is paid here; spelt out the first time."""
        tokens = self.tokens
        token = tokens.next
        number = tokens.whole("the number of an outcome, 0 for none,")
        if tokens.next.kind == "text" and number:
            tokens.take()
        if not tokens.at("{"):
            if number not in self.outcomes:
                tokens.wrong(f"payoffs of outcome {number}, as this is its first place,")
            return self.outcomes[number]
        payoffs = tuple(tokens.braced("payoffs", lambda: tokens.number("a payoff")))
        if len(payoffs) != len(self.players):
            tokens.refuse(f"{len(payoffs)} payoffs for {len(self.players)} players", token)
        return self.outcomes.setdefault(number, payoffs)
