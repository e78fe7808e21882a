"""Numbers that move together: their rank correlation, their own shapes, and what is refused."""

import json

import numpy as np
import pytest
from click.testing import CliRunner
from scipy.stats import kstest, spearmanr

from sim.cli.main import main
from sim.foundations import InputError
from sim.report.number_sections import number_sections
from sim.report.pieces import Items
from sim.scenario import Scenario, change, draw, read_case
from tests.scenario.small_case import SMALL, write_case

PATHS = ["p.patience", "q.patience", "q.war_cost"]


def tied(rank, numbers=PATHS[:2], **more):
    """A toy of two actors whose numbers are tied, or not with a rank of ``None``."""
    some = {"value": 0.5, "range": [0.1, 0.9], "assumed": "toy"}
    issue = {"levels": ["a", "b"], "status_quo": "a"}
    ties = {} if rank is None else {"some": {"numbers": numbers, "rank": rank, "assumed": "toy"}}
    actor = {"patience": some, "war_cost": {"value": 0.1, "range": [0, 0.2], "distribution": "beta", "assumed": "toy"}}
    return Scenario(title="t", issues={"x": issue}, actors={"p": actor, "q": actor}, correlations={**ties, **more})


@pytest.mark.parametrize(
    "rank", [-0.8, 0.5, *(pytest.param(rank, marks=pytest.mark.slow) for rank in (-0.3, 0.0, 0.95))]
)
def test_the_rank_correlation_is_the_one_declared(rank):
    """Of two uniform numbers, and of a uniform one with a beta."""
    for numbers in (PATHS[:2], PATHS[::2]):
        drawn = draw(tied(rank, numbers), np.arange(20_000))
        found = spearmanr(drawn[numbers[0]], drawn[numbers[1]]).statistic
        assert found == pytest.approx(rank, abs=0.02)


def test_each_number_keeps_its_own_range_and_shape():
    """Both stay uniform between their ends."""
    drawn = draw(tied(0.9), np.arange(5000))
    for path in PATHS[:2]:
        assert kstest((drawn[path] - 0.1) / 0.8, "uniform").pvalue > 1e-3


def test_numbers_that_are_not_tied_do_not_move():
    """The first of those tied keeps its draws too, and so do all others."""
    one, two = (draw(tied(rank), np.arange(50)) for rank in (None, 0.7))
    assert (one["p.patience"] == two["p.patience"]).all()
    assert (one["q.war_cost"] == two["q.war_cost"]).all()
    assert (one["q.patience"] != two["q.patience"]).any()


def test_draws_do_not_depend_on_the_block_or_on_what_is_fixed():
    """One draw alone is that of the whole, and a number fixed leaves the other where it was."""
    scenario = tied(0.7)
    whole = draw(scenario, np.arange(40))["q.patience"]
    assert (np.concatenate([draw(scenario, np.array([n]))["q.patience"] for n in range(40)]) == whole).all()
    assert (draw(change(scenario, {"p.patience": 0.3}), np.arange(40))["q.patience"] == whole).all()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('numbers = ["north.patience", "south.patince"]\nrank = 0.5\nassumed = "x"', 'no number "south.patince"'),
        ('numbers = ["north.patience", "south.power_shift"]\nrank = 0.5\nassumed = "x"', "has no draws of its own"),
        ('numbers = ["north.patience", "north.patience"]\nrank = 0.5\nassumed = "x"', "correlated with itself"),
        ('numbers = ["north.patience", "south.patience"]\nrank = 1.0\nassumed = "x"', "a number below 1"),
        ('numbers = ["north.patience", "south.patience"]\nrank = 0.5', "rests on nothing"),
        ('numbers = ["north.patience", "south.patience"]\nrank = 0.5\nclaims = ["c"]', "names no evidence file"),
        (
            'numbers = ["north.patience", "south.patience", "uncle.patience"]\nrank = -0.9\nassumed = "x"',
            "no 3 numbers",
        ),
    ],
)
def test_what_does_not_do_is_told_at_its_place(tmp_path, text, words):
    """File and line of the correlation."""
    folder = write_case(tmp_path / "small", f"{SMALL}\n[correlations.some]\n{text}\n")
    with pytest.raises(InputError, match=words) as told:
        read_case(folder)
    assert all(problem.line > SMALL.count("\n") for problem in told.value.problems)


def test_contradictory_correlations_are_named_with_the_strength_that_would_do(tmp_path):
    """Two numbers that go with a third and not with each other; a tie beside them is no part of it."""
    ties = {"one": "north.patience", "two": "south.patience"}
    tied = "".join(
        f'[correlations.{name}]\nnumbers = ["uncle.patience", "{path}"]\nrank = 0.9\nassumed = "x"\n'
        for name, path in ties.items()
    )
    beside = '[correlations.beside]\nnumbers = ["north.war_cost", "talks.decisive_chance"]\nrank = 0.3\nassumed = "x"\n'
    with pytest.raises(InputError, match='has "one" and "two"') as told:
        read_case(write_case(tmp_path / "small", f"{SMALL}\n{beside}{tied}"))
    (problem,) = told.value.problems
    most = 6 / np.pi * np.arcsin(np.sqrt(0.5) / 2) / 0.9  # normal scores of 1 / sqrt 2 each are the most that do
    assert problem.allowed.startswith(f"ranks of at most {np.floor(most * 100) / 100:g} times")


TIED = '[correlations.some]\nnumbers = ["north.patience", "uncle.patience"]\nrank = 0.5\nassumed = "allies"\n'
WORDS = "north.patience and uncle.patience are drawn together, with a rank correlation of 0.5: allies."


def test_a_page_says_which_numbers_are_drawn_together(tmp_path):
    """Every number beside the other, the rank correlation and why."""
    scenario = read_case(write_case(tmp_path / "small", f"{SMALL}\n{TIED}")).scenario
    numbers = next(one for one in number_sections(scenario, None) if one.identity == "numbers")
    assert [list(piece.items) for piece in numbers.pieces if isinstance(piece, Items)] == [[WORDS]]


@pytest.mark.slow
def test_a_check_says_which_numbers_are_drawn_together(tmp_path):
    """In words and as data."""
    folder = str(write_case(tmp_path / "small", f"{SMALL}\n{TIED}"))
    assert f"Together   {WORDS}" in CliRunner().invoke(main, ["check", folder]).stdout
    found = json.loads(CliRunner().invoke(main, ["check", folder, "--json"]).stdout)
    assert found["correlations"]["some"]["rank"] == 0.5


def test_a_lognormal_has_its_range_as_95_percent_and_tails_beyond():
    """Its median is the value, and a field's own limit is kept."""
    shape = {"distribution": "lognormal", "assumed": "toy"}
    scenario = change(tied(None), {"p.war_cost": {"value": 0.2, "range": [0.02, 1.0], **shape}})
    drawn = draw(scenario, np.arange(20_000))["p.war_cost"]
    assert np.median(drawn) == pytest.approx(0.2, rel=0.05)
    assert ((drawn >= 0.02) & (drawn <= 1.0)).mean() == pytest.approx(0.95, abs=0.01)
    assert drawn.max() > 1.5
    capped = change(tied(None), {"p.patience": {"value": 0.8, "range": [0.5, 0.99], **shape}})
    assert draw(capped, np.arange(20_000))["p.patience"].max() <= 1
    with pytest.raises(InputError, match="lognormal needs low above 0"):
        change(tied(None), {"p.war_cost": {"value": 0.2, "range": [0, 1.0], **shape}})
