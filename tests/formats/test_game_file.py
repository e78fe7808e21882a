"""Games from files: what Gambit writes, arrays of NumPy, and what is wrong in them."""

import numpy as np
import pytest

from sim.formats.game_file import read_game
from sim.foundations import InputError
from sim.games import GameTree

PAYOFFS = """NFG 1 R "Selten (IJGT, 75), Figure 2, normal form"
{ "Player 1" "Player 2" } { 3 2 }

1 1 0 2 0 2 1 1 0 3 2 0
"""
OUTCOMES = """NFG 1 R "Selten (IJGT, 75), Figure 2, normal form" { "Player 1" "Player 2" }

{ { "U" "M" "B" }
{ "L" "R" }
}
"a comment"

{
{ "" 1, 1 }
{ "" 0, 2 }
{ "" 0, 2 }
{ "" 1, 1 }
{ "" 0, 3 }
{ "" 2, 0 }
}
1 2 3 4 5 6
"""
TREE = """EFG 2 R "General Bayes game, one stage" { "Player 1" "Player 2" }
c "ROOT" 1 "(0,1)" { "1G" 0.500000 "1B" 0.500000 } 0
p "" 1 1 "(1,1)" { "H" "L" } 0
p "" 2 1 "(2,1)" { "h" "l" } 0
t "" 1 "Outcome 1" { 10.000000 2.000000 }
t "" 2 "Outcome 2" { 0.000000 10.000000 }
p "" 2 1 "(2,1)" { "h" "l" } 0
t "" 3 "Outcome 3" { 2.000000 4.000000 }
t "" 4 "Outcome 4" { 4.000000 0.000000 }
p "" 1 2 "(1,2)" { "H" "L" } 0
p "" 2 1 0
t "" 1
t "" 2
p "" 2 1 "(2,1)" { "h" "l" } 0
t "" 5 "Outcome 5" { 1/2, -1e0 }
t "" 0
"""


def read(tmp_path, name, text):
    """Write a file and read it as a game."""
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return read_game(path)


@pytest.mark.parametrize("text", [PAYOFFS, OUTCOMES])
def test_both_kinds_of_strategic_form_are_one_game(tmp_path, text):
    """Payoffs and outcomes of the documentation's example hold the same numbers, the first player's turning fastest."""
    found = read(tmp_path, "selten.nfg", text)
    assert found.title.startswith("Selten")
    assert found.payoff[0].tolist() == [[1, 1], [0, 0], [0, 2]]
    assert found.payoff[1].tolist() == [[1, 1], [2, 3], [2, 0]]


def test_a_tree_with_chance_and_what_one_does_not_know(tmp_path):
    """Nodes may be named again by number alone, outcomes as well, and payoffs written in any way."""
    tree = read(tmp_path, "bayes.efg", TREE)
    assert isinstance(tree, GameTree)
    assert not tree.perfect_information
    assert tree.root.chances == (0.5, 0.5)
    assert [len(one) for one in tree.strategies] == [4, 2]
    payoff = tree.payoffs()
    # H/H against h: 10 and 10, half each
    assert payoff[:, 0, 0].tolist() == [10.0, 2.0]
    assert payoff[:, 3, 0] == pytest.approx([0.5 * 2 + 0.25, 0.5 * 4 - 0.5])


@pytest.mark.parametrize(
    ("name", "text", "where", "what"),
    [
        ("a.nfg", 'NFG 1 R "x" { "A" "B" } { 2 2 }\n1 2 3 oops', "2:7", "payoff 2 of combination 2 of 4"),
        ("a.nfg", 'NFG 1 R "x" { "A" "B" } { 2 2 }\n1 2 3 4', "2:8", "the file ends"),
        ("a.nfg", 'NFG 1 R "x" { "A" "B" } { 1 1 } 1 2 3', "1:37", "complete"),
        ("a.nfg", 'NFG 1 R "x { "A" }', "1:16", "never closed"),
        ("a.nfg", 'NFG 1 R "x" { "A" "B" } { 2 } 1', "1:25", "strategies of 1 players"),
        ("a.nfg", 'NFG 1 R "x" { "A" } { 1 } { { "" 1 } } 7', "1:40", "no number 7"),
        ("a.nfg", 'EFG 2 R "x" { "A" }', "1:1", "begins with"),
        ("a.efg", 'EFG 2 R "x" { "A" }\nq "" 1', "2:1", "chance"),
        ("a.efg", 'EFG 2 R "x" { "A" }\np "" 3 1 "" { "l" } 0', "2:6", "no number 3"),
        ("a.efg", 'EFG 2 R "x" { "A" }\nc "" 1 "" { "l" 1/2 "r" 1/3 } 0', "2:11", "add up to 0.8333"),
        ("a.efg", 'EFG 2 R "x" { "A" }\nt "" 1 "" { 1 2 }', "2:6", "2 payoffs for 1 players"),
        ("a.efg", 'EFG 2 R "x" { "A" }\np "" 1 1 "" { "l" "r" } 0\nt "" 1 "" { 1 }', "3:16", "the file ends"),
    ],
)
def test_what_is_wrong_is_told_with_its_place(tmp_path, name, text, where, what):
    """Line and column of the first word that is not as it should be."""
    with pytest.raises(InputError) as caught:
        read(tmp_path, name, text)
    problem = caught.value.problems[0]
    assert problem.where.endswith(f"{name}:{where}")
    assert what in problem.message


def test_arrays(tmp_path):
    """One array holds all payoffs, or one array for each player."""
    payoff = np.arange(8.0).reshape(2, 2, 2)
    np.save(tmp_path / "a.npy", payoff)
    np.savez(tmp_path / "b.npz", A=payoff[0], B=payoff[1])
    for name in ("a.npy", "b.npz"):
        assert np.array_equal(read_game(tmp_path / name).payoff, payoff)


@pytest.mark.parametrize("bad", [np.array([["a"]]), np.array([1.0, np.nan]), np.zeros((2, 3))])
def test_arrays_that_are_no_game(tmp_path, bad):
    """Text, missing numbers and wrong shapes are refused, and so are pickles."""
    np.save(tmp_path / "a.npy", bad)
    with pytest.raises(InputError):
        read_game(tmp_path / "a.npy")
    np.save(tmp_path / "p.npy", np.array([{}], dtype=object))
    with pytest.raises(InputError, match="no array"):
        read_game(tmp_path / "p.npy")


def test_other_files_are_no_games(tmp_path):
    """The end of the name says what a file holds."""
    with pytest.raises(InputError, match="does not end like"):
        read_game(tmp_path / "scenario.toml")
