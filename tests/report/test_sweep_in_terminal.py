"""A sweep in the terminal: the table that fits its design, with the numbers of the results."""

import io

import numpy as np
import pytest
from rich.console import Console

from sim.report.sweep_report import SweepReport
from sim.report.sweep_story import sweep_story
from sim.report.terminal_renderer import render_terminal
from sim.sweeps.sweep_points import sweep_group
from sim.words import ENDING_SPOKEN
from tests.plots.made_up import made_up
from tests.sweeps.faulty import tiny

NUMBERS = ("p.patience=0.5:0.9:4", "q.war_cost=0.05:0.5:3")
CHOICE = "issues.x.available=a|b,a|c,a..c"
FALLING = [0.9, 0.6, 0.3, 0.0]


def printed(results, width=100):
    """What is printed, line by line."""
    stream = io.StringIO()
    console = Console(file=stream, width=width, highlight=False, markup=False)
    render_terminal(sweep_story(SweepReport(results, tiny().scenario)), console)
    return stream.getvalue().splitlines()


def row(lines, start):
    """The words of the line that starts so."""
    (found,) = [line for line in lines if line.strip().startswith(start)]
    return found.strip().removeprefix(start).split()


def numbers(cells):
    """Percentages as numbers."""
    return [float(cell.strip("<>")) for cell in cells if cell != "%"]


@pytest.fixture
def alone():
    """Two axes moved one at a time; stalemate falls along patience and nothing else moves."""
    results = made_up(tiny(over=NUMBERS, design="one-at-a-time", draws=100))
    share = np.zeros_like(results["ending_share"].values)
    share[..., 3], share[..., 4] = 0.6, 0.4
    for value, stalemate in zip(np.linspace(0.5, 0.9, 4), FALLING, strict=True):
        share[np.isclose(results["p.patience"].values, value)] = [0, 0, 0, stalemate, 1 - stalemate]
    results["ending_share"] = results["ending_share"].copy(data=share)
    results["ending_error"] = np.sqrt(results["ending_share"] * (1 - results["ending_share"]) / 100)
    results["modal_ending"] = results["modal_ending"].copy(data=share.argmax(axis=-1).astype(np.int8))
    return results


def test_one_at_a_time_says_how_far_each_axis_moves_each_ending_and_where_the_leader_changes(alone):
    """Signed points, the largest mover first, values at which another ending leads."""
    lines = printed(alone)
    assert row(lines, "P: patience, 0.5 to 0.9")[:2] == ["-90", "+90"]
    assert row(lines, "Q: cost of war, 0.05 to 0.5")[:2] == ["0", "0"]
    assert row(lines, "- P: patience: ") == ["no", "deal;", "deal", "broke", "from", "0.767"]
    assert "the same all along: Q: cost of war" in " ".join(lines)
    starts = [line.strip()[:2] for line in lines if line.strip().startswith(("P: patience,", "Q: cost of war,"))]
    assert starts == ["P:", "Q:"]


def test_a_lead_within_chance_is_marked(alone):
    """At 52 % against 48 % of 100 draws nobody knows who leads."""
    at = np.isclose(alone["p.patience"].values, 0.9)
    alone["ending_share"].values[at] = [0, 0, 0, 0.48, 0.52]
    alone["modal_ending"].values[:] = alone["ending_share"].values.argmax(axis=-1)
    alone["ending_share"].values[np.isclose(alone["p.patience"].values, 0.9 - 0.4 / 3)] = [0, 0, 0, 0.9, 0.1]
    alone["modal_ending"].values[:] = alone["ending_share"].values.argmax(axis=-1)
    lines = printed(alone)
    assert any("deal broke from 0.9 (?)" in line for line in lines)
    assert any("(?): the lead is within chance" in line for line in lines)


def test_choices_moved_alone_have_moves_without_a_sign():
    """They have no order; every choice is named beside the ending that leads there."""
    lines = printed(made_up(tiny(over=(*NUMBERS, CHOICE), design="one-at-a-time", draws=30)), width=140)
    moves = row(lines, "X: levels on offer, 3 choices")
    assert all(cell.isdigit() for cell in moves)


def test_scattered_points_are_told_by_thirds_of_each_axis():
    """Mean shares of the points in the lowest, middle and highest third, and of each choice."""
    over = ("p.patience=0.5:0.9", CHOICE)
    results = made_up(tiny(over=over, design="lhs", points=30, draws=20))
    lines = printed(results)
    order = np.argsort(results["p.patience"].values)
    share = results["ending_share"].sel(group="all").values
    start = lines.index("  P: patience") + 2
    for n in range(3):
        part = order[10 * n : 10 * (n + 1)]
        cells = lines[start + n].split(" to ")[1].split()[1:]
        assert numbers(cells)[:5] == pytest.approx(100 * share[part].mean(axis=0), abs=0.501)
    where = results["issues.x.available"].values == "a..c"
    assert numbers(row(lines, "a..c"))[:5] == pytest.approx(100 * share[where].mean(axis=0), abs=0.501)
    assert any("by where the points lie" in line for line in lines)


def test_a_small_grid_over_three_axes_has_a_map_for_each_value_of_the_third():
    """The shares of the most frequent endings, map by map."""
    results = made_up(tiny(over=(*NUMBERS, CHOICE), draws=20))
    lines = printed(results)
    heads = [line for line in lines if line.startswith("  X: levels on offer: ")]
    assert [head.removeprefix("  X: levels on offer: ").rstrip("*") for head in heads] == ["a|b", "a|c", "a..c"]
    below = lines[lines.index(heads[1]) + 2]  # patience 0.5 under the second choice
    one = results.sel(group="all").isel({"issues.x.available": 1, "p.patience": 0})
    written = [
        f"{ENDING_SPOKEN[name].head} {100 * share:.0f} %"
        for name, share in zip(
            results["ending"].values[one["modal_ending"].values], one["ending_share"].values.max(axis=-1), strict=True
        )
    ]
    assert " ".join(below.split()) == f"0.5 {' '.join(written)}"
    assert any("* where the scenario stands" in line for line in lines)


def test_a_larger_grid_is_told_axis_by_axis():
    """Means over all values of the other axes."""
    results = made_up(tiny(over=(*NUMBERS, "q.patience=0.5:0.9:6", "p.war_cost=0.05,0.2"), draws=20))
    lines = printed(results)
    others = [dim for dim in results["failed"].dims if dim != "q.war_cost"]
    share = results["ending_share"].sel(group="all").mean(others).transpose("q.war_cost", "ending").values
    assert numbers(row(lines, "0.275"))[:5] == pytest.approx(100 * share[1], abs=0.501)
    assert any("over all values of the other axes" in line for line in lines)


@pytest.mark.parametrize("width", [80, pytest.param(160, marks=pytest.mark.slow)])
def test_no_line_is_wider_than_the_terminal_and_no_number_is_cut(width):
    """Titles are broken into lines; numbers stay whole."""
    for design in ("one-at-a-time", "lhs"):
        results = made_up(tiny(over=("p.patience=0.5:0.9", CHOICE), design=design, draws=20))
        for line in printed(results, width):
            assert len(line) <= width
            assert "…" not in line


@pytest.mark.parametrize(
    ("fixed", "more", "said"),
    [(1, 0, "chosen anew at each point, since a number we did not know is fixed"),
     (0, 1, "are those that fit the base case, at every point"),
     (1, 1, "chosen anew wherever the sweep fixes a number")],
)  # fmt: skip
def test_it_says_once_which_worlds_are_looked_at(alone, fixed, more, said):
    """A fixed number changes which worlds fit what was observed, anything else does not; nothing without any."""
    assert "worlds that fit" not in " ".join(printed(alone))
    seen = alone.assign_attrs(observations=2, fixes_numbers=fixed, changes_more=more)
    text = " ".join(" ".join(printed(seen)).split())
    assert text.count("worlds that fit") == 1
    assert said in text


def test_values_have_three_digits_and_more_only_to_be_told_apart():
    """Rows of a table by value."""
    lines = printed(made_up(tiny(over=("p.patience=0.7:0.7002:3",), draws=10)))
    assert [line.split()[0].rstrip("*") for line in lines if line.startswith("  0.7")] == ["0.7", "0.7001", "0.7002"]
    results = made_up(tiny(over=("q.war_cost=0.0666666:0.6:4",), draws=10))
    assert row(printed(results), "0.0667")


def test_a_sweep_of_one_point_has_its_row():
    """One value on one axis is a table too."""
    lines = printed(made_up(tiny(over=("p.patience=0.7",), draws=100)))
    assert "is the most frequent ending at the one point, in " in " ".join(lines)
    assert len(row(lines, "0.7")) >= 6


def test_a_row_of_one_point_claims_no_precision():
    """How far shares vary with where a point lies cannot be seen from one point."""
    lines = " ".join(printed(made_up(tiny(over=("p.patience=0.5:0.9",), design="lhs", points=3, draws=100))))
    assert "Each row is one point" in lines
    assert "by where the points lie" not in lines


def test_points_that_failed_do_not_choose_the_draws_that_are_shown():
    """Consistent draws are shown where every point that was played has some; without any there is nothing to tell."""
    results = made_up(tiny(over=NUMBERS, draws=100)).assign_attrs(observations=1)
    counted = results["draws_played"].copy()
    counted.loc[{"p.patience": 0.5}] = 0
    failed = results.assign(draws_played=counted)
    assert sweep_group(failed) == "consistent"
    counted.loc[{"p.patience": 0.9, "group": "consistent"}] = 0
    empty = failed.assign(draws_played=counted)
    assert sweep_group(empty) == "all"
    nothing = results.assign(modal_ending=results["modal_ending"].copy(data=-np.ones_like(results["modal_ending"])))
    assert "At no point is there a draw to tell of." in printed(nothing)
