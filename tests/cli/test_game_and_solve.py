"""`sim game` and `sim solve`: the numbers of textbook exercises from the command line."""

import json

import pytest
from click.testing import CliRunner

from sim.cli.main import main

ENTRY = """EFG 2 R "Entry deterrence" { "Entrant" "Incumbent" }
p "" 1 1 "start" { "enter" "stay out" } 0
p "" 2 1 "after entry" { "fight" "yield" } 0
t "" 1 "war" { -1 0 }
t "" 2 "shared" { 1 2 }
t "" 3 "quiet" { 0 4 }
"""


def told(*words):
    """Exit code and standard output of a command."""
    done = CliRunner().invoke(main, list(words))
    return done.exit_code, done.stdout


@pytest.fixture
def entry(tmp_path):
    """A tree in a file."""
    path = tmp_path / "entry.efg"
    path.write_text(ENTRY, encoding="utf-8")
    return str(path)


def test_a_tree_is_solved_backwards(entry):
    """The incumbent gives way, so the entrant comes; the empty threat is a Nash equilibrium only."""
    code, out = told("game", entry, "--json")
    assert code == 0
    found = json.loads(out)
    assert found["perfect"]["equilibria"][0]["payoffs"] == [1.0, 2.0]
    assert {tuple(one) for one in found["pure"]} == {(0, 1), (1, 0)}
    code, out = told("game", entry)
    assert code == 0
    assert "Entrant: enter, Incumbent: yield. Payoffs 1 / 2." in " ".join(out.split())


def test_a_malformed_file_ends_with_exit_code_2(tmp_path):
    """And with the place, not a traceback."""
    path = tmp_path / "a.nfg"
    path.write_text('NFG 1 R "x" { "A" "B" } { 2 2 } 1 2 3 oops', encoding="utf-8")
    done = CliRunner().invoke(main, ["game", str(path)])
    assert done.exit_code == 2
    assert "a.nfg:1:39" in done.stderr


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ("rubinstein delta_1=0.9 delta_2=0.8", 0.7142857142857143),
        ("stahl delta_1=.9 delta_2=.8 offers=11", 0.7695690752),
        ("rotating-proposer deltas=[.9,.9,.9]", [0.36900369] * 3),
        ("baron-ferejohn players=101 quota=51 delta=1", {"proposer": 0.50495049505}),
        ("crisis-ultimatum power=.5 cost=.1 low=0 high=.4", {"demand": 0.65, "war": 0.375}),
        ("issue-by-issue-apart values_a=[3,1] values_b=[1,3]", [2.0, 2.0]),
        ("nash payoff=[[0,3,4],[3,2,0]]", {"deals": [2], "with_lotteries": [3.0, 2.0]}),
        ("weighted-voting weights=[3,2,1] quota=4", {"shapley": ["2/3", "1/6", "1/6"]}),
        ("weighted-voting weights=[3,2,1] quota=4", {"banzhaf_normalised": ["3/5", "1/5", "1/5"]}),
        ("zeuthen payoff=[[10,8,6,3,1],[1,5,7,8,10]]", {"deal": 3, "payoffs": [6.0, 7.0]}),
        ("zeuthen payoff=[[10,8,6,3,1],[1,5,7,8,10]] disagreement=[2,0.5]", {"payoffs": [8.0, 5.0]}),
        ("strategic-alternating-offers payoff=[[1,.1,0],[0,.9,1]] discount=.9 rounds=2", {"value": [0.1, 0.9]}),
        ("pure-equilibria a=[[3,0],[5,1]] b=[[3,5],[0,1]]", [[1, 1]]),
        ("nucleolus worth=[0,0,0,1,0,1,1,1]", {"allocation": [1 / 3] * 3}),
        ("replicator payoff=[[3,0],[5,1]] start=[9/10,1/10] time=inf", [0.0, 1.0]),
    ],
)
def test_numbers_of_the_book(words, answer):
    """Each kind of exercise gives its number from the command line."""
    code, out = told("solve", *words.split(), "--json")
    assert code == 0
    found = json.loads(out)["answer"]
    if isinstance(answer, dict):
        for name, value in answer.items():
            assert found[name] == (
                value if isinstance(value, list) and isinstance(value[0], str) else pytest.approx(value)
            )
    elif isinstance(answer, list) and isinstance(answer[0], list):
        assert found == answer
    else:
        assert found == pytest.approx(answer)


@pytest.mark.parametrize(
    "words",
    [
        "rubinstein delta1=0.9",
        "rubinstein delta_1=0.9",
        "rubinstein delta_1=0.9 delta_2=often",
        "rubinstine delta_1=0.9",
        "backward-induction rounds=3",
        "rotating-proposer deltas=[[1,2],[3]]",
        "nash disagreement=[0,0]",
        "zeuthen disagreement=[0,0]",
        "zeuthen payof=[[1,0],[0,1]]",
        "screening-by-type types=3",
        "baron-ferejohn players=3 quota=9 delta=.9",
    ],
)
def test_bad_numbers_are_refused(words):
    """With exit code 2 and a message, never a traceback."""
    done = CliRunner().invoke(main, ["solve", *words.split()])
    assert done.exit_code == 2
    assert done.stderr


def test_without_numbers_it_says_what_it_takes():
    """Parts of an argument are named with a dot."""
    code, out = told("solve", "bargaining-range", "--json")
    assert code == 0
    assert {"dispute.power", "document.hazard"} <= {one["path"] for one in json.loads(out)["arguments"]}


@pytest.mark.slow
def test_who_should_do_what(tmp_path):
    """`sim tournament` prints it, draws it, and gives every combination as plain data."""
    out = tmp_path / "found"
    words = [
        "tournament",
        "scenarios/pie",
        "--draws",
        "2",
        "--strategies",
        "hold-out,linear",
        "--out",
        str(out),
        "--json",
    ]
    code, told_ = told(*words)
    assert code == 0
    found = json.loads(told_)
    assert found["deterministic"] is True
    assert len(found["profiles"]) == 4
    assert {one.name for one in out.iterdir()} == {"tournament.png", "tournament.svg", "tournament.json"}
    code, _ = told("tournament", "scenarios/pie", "--strategies", "hold-out")
    assert code == 2
