"""Long-run shares of strategies."""

import numpy as np
import pytest

from sim.foundations import ShapeError
from sim.games import alpha_rank, alpha_rank_populations


def test_published_games():
    """Omidshafiei et al. 2019: thirds in rock-paper-scissors, defection in the dilemma, two ends of a battle."""
    assert alpha_rank([[0, -1, 1], [1, 0, -1], [-1, 1, 0]], 1.0) == pytest.approx([1 / 3] * 3)
    assert alpha_rank([[3, 0], [5, 1]], 0.1)[0] == pytest.approx(2.2897238070325285e-11)
    battle = alpha_rank_populations([[[3, 0], [0, 2]], [[2, 0], [0, 3]]], 0.1)
    assert battle.ravel() == pytest.approx(
        [0.49998603426168564, 2.7725025293356964e-05, 2.064567038440046e-07, 0.49998603425631677]
    )


def test_shares_do_not_change_by_a_step():
    """Long-run shares are those that the chain of mutants keeps."""
    games = np.random.default_rng(1).normal(size=(4, 4))
    found = alpha_rank(games, 0.5, 20)
    moves = np.zeros((4, 4))
    for here in range(4):
        for there in range(4):
            if here != there:
                gain = 0.5 * (games[there, here] - games[here, there])
                moves[here, there] = (1 - np.exp(-gain)) / (1 - np.exp(-20 * gain)) / 3
    moves += np.diag(1 - moves.sum(axis=1))
    assert found @ moves == pytest.approx(found)


def test_strong_selection_does_not_overflow():
    """Only who beats whom counts, and equals share alike."""
    assert alpha_rank([[0, -1, 1], [1, 0, -1], [-1, 1, 0]], 1e4) == pytest.approx([1 / 3] * 3)
    assert alpha_rank([[1, 1], [1, 1]], 1e6) == pytest.approx([0.5, 0.5])
    assert alpha_rank([[3, 0], [5, 1]], 1e6) == pytest.approx([0, 1])
    with pytest.raises(ShapeError, match="square"):
        alpha_rank([[1, 2]], 1.0)
