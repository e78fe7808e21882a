"""Backward induction with and without ties, on trees of the textbook."""

import numpy as np
import pytest

from sim.foundations import InputError
from sim.games import GameTree, TreeNode, pure_equilibria, subgame_perfect


def end(*payoff):
    """An end with its payoffs."""
    return TreeNode(None, payoff=tuple(map(float, payoff)))


def move(player, knows, **children):
    """A node at which a player moves."""
    return TreeNode(player, knows, tuple(children), (), tuple(children.values()))


def centipede(rounds):
    """Rosenthal's centipede: take now, or pass and let the other choose from more."""
    node = end(rounds, rounds)
    for turn in range(rounds - 1, -1, -1):
        mine, theirs = turn + 2, turn
        paid = (mine, theirs) if turn % 2 == 0 else (theirs, mine)
        node = move(turn % 2, str(turn), take=end(*paid), on=node)
    return GameTree("centipede", ("A", "B"), node)


def test_the_centipede_ends_at_once():
    """Whoever moves takes at every node, although both would gain by going on (Rosenthal 1981)."""
    found = subgame_perfect(centipede(6))
    assert found.unique
    assert found.equilibria[0].path == ((0, "0", "take"),)
    assert set(found.plan.values()) == {"take"}


def test_every_way_a_tie_can_go_is_told():
    """An indifferent second mover makes both of the first one's moves equilibria."""
    tree = GameTree("tie", ("A", "B"), move(0, "A", left=move(1, "B", a=end(0, 1), b=end(2, 1)), right=end(1, 0)))
    found = subgame_perfect(tree)
    assert {one.payoffs for one in found.equilibria} == {(2.0, 1.0), (1.0, 0.0)}
    assert (1, "B") in found.ties
    assert not found.unique


def test_a_tie_that_no_equilibrium_reaches_changes_nothing():
    """What a mover loses by for certain is no equilibrium, whatever the tie behind it does."""
    tree = GameTree("tie", ("A", "B"), move(0, "A", left=move(1, "B", a=end(0, 1), b=end(0.5, 1)), right=end(1, 0)))
    assert [one.payoffs for one in subgame_perfect(tree).equilibria] == [(1.0, 0.0)]


def test_chance_is_averaged():
    """Payoffs of a move of chance are means, and what is paid on the way is added."""
    chance = TreeNode(-1, "coin", ("h", "t"), (0.25, 0.75), (end(4, 0), end(0, 4)), (1.0, 1.0))
    found = subgame_perfect(GameTree("coin", ("A", "B"), move(0, "A", toss=chance, stop=end(1.5, 0))))
    assert found.equilibria[0].payoffs == (2.0, 4.0)


def test_who_does_not_know_where_he_is_is_refused():
    """Simultaneous moves are a matter of the strategic form."""
    after = {name: move(1, "B", h=end(1, -1), t=end(-1, 1)) for name in ("h", "t")}
    tree = GameTree("pennies", ("A", "B"), move(0, "A", **after))
    assert not tree.perfect_information
    with pytest.raises(InputError, match="without knowing where he is"):
        subgame_perfect(tree)


def test_the_strategic_form_holds_every_plan():
    """A plan says what to do everywhere; the subgame-perfect one is among the Nash equilibria."""
    inner = move(1, "B", fight=end(-1, 0), give=end(1, 2))
    tree = GameTree("entry", ("A", "B"), move(0, "A", enter=inner, out=end(0, 4)))
    assert tree.strategies == (("enter", "out"), ("fight", "give"))
    payoffs = tree.payoffs()
    assert np.array_equal(payoffs[0], [[-1, 1], [0, 0]])
    assert pure_equilibria(payoffs).tolist() == [[0, 1], [1, 0]]


def test_plans_of_a_longer_tree_have_a_move_for_everything():
    """The first mover of a centipede of four has two nodes, and so four plans."""
    tree = centipede(4)
    assert [len(one) for one in tree.plans] == [4, 4]
    assert tree.payoffs().shape == (2, 4, 4)
