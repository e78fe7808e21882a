"""A sweep in sentences: which ending is where, what moves it, how sure, on made-up points whose answer is plain."""

import numpy as np
import pytest

from sim.report.sweep_lead import after_signing_words, axis_effects, sweep_headline, what_moves
from sim.report.sweep_report import SweepReport
from tests.plots.made_up import made_up
from tests.sweeps.faulty import tiny

CHOICE = "issues.x.available=a|b,a|c"
GRID = ("p.patience=0.5,0.7,0.9", CHOICE)


def swept(truce, over=GRID, **more):
    """Points of a sweep; the share of a truce at each, the rest without a deal."""
    asked = tiny(over=over, draws=100, **more)
    results = made_up(asked)
    share = np.zeros_like(results["ending_share"].values)
    truce = np.array(truce, float).ravel()
    shape = results["failed"].shape
    names = results["ending"].values.tolist()
    at = results["ending_share"].dims.index("group")
    for name, values in (("truce", truce), ("stalemate", 1 - truce)):
        share[..., names.index(name)] = np.expand_dims(values.reshape(shape), at)
    results["ending_share"] = results["ending_share"].copy(data=share)
    results["ending_error"] = np.sqrt(results["ending_share"] * (1 - results["ending_share"]) / 100)
    modal = results["ending_share"].argmax("ending").transpose(*results["modal_ending"].dims)
    results["modal_ending"] = results["modal_ending"].copy(data=modal.values.astype(np.int8))
    return SweepReport(results, asked.scenario)


def test_it_says_where_each_ending_prevails():
    """Along the axis that moves most."""
    assert sweep_headline(swept([[0.1, 0.1], [0.2, 0.1], [0.9, 0.8]])) == (
        "No deal is the most frequent ending at 4 of 6 points and a truce at 2: "
        "along “P: patience”, no deal with 0.5 to 0.7; a truce with 0.9."
    )


def test_one_ending_everywhere_is_told_with_its_ends():
    """From its least share to its most, with intervals and places."""
    told = sweep_headline(swept([[0.1, 0.1], [0.2, 0.1], [0.3, 0.0]]))
    assert told.startswith(
        "No deal is the most frequent ending at all 6 points, from 70 % (60–78 %) with “P: patience” at 0.9"
    )
    assert "to 100 % (at least 96 %) with “P: patience” at 0.9 and " in told


def test_the_axis_that_moves_most_comes_first():
    """By the mean share over the other axis; the size of the other is told beside it."""
    sweep = swept([[0.1, 0.3], [0.5, 0.7], [0.7, 0.9]])
    found = axis_effects(sweep)
    assert [one.axis.title for one in found] == ["P: patience", "X: levels on offer"]
    assert [one.size for one in found] == pytest.approx([0.6, 0.2])
    assert found[0].places == ("0.5", "0.9")
    assert all(place.startswith("“") for place in found[1].places)
    assert "“P: patience” moves it most: a truce in 20 ± 7 % of worlds with 0.5" in what_moves(sweep)


def test_nothing_moves_what_is_the_same_everywhere():
    """And that is said."""
    assert what_moves(swept([[0.5, 0.5]] * 3)) == "Nothing that was varied moves any ending at all."


def test_one_at_a_time_looks_at_the_points_of_its_own_axis():
    """Points that vary another axis say nothing about this one."""
    sweep = swept([0.5] * 4, design="one-at-a-time")
    own = sweep.points.ray(0)
    share = sweep.results["ending_share"].copy()
    share.loc[{"ending": "truce"}] = 0.0
    for n, value in zip(own, (0.2, 0.5, 0.8), strict=True):
        share.loc[{"ending": "truce", "point": n}] = value
    found = axis_effects(SweepReport(sweep.results.assign(ending_share=share), sweep.scenario))
    assert found[0].axis.name == "p.patience"
    assert found[0].share == pytest.approx((0.2, 0.8))


def test_what_no_draw_has_shown_may_still_happen():
    """The interval of a share of 0 or 1 has its open side, in sentences and below a table: 43 points for 5 draws."""
    asked = tiny(over=("p.patience=0.5,0.9",), draws=5)
    results = made_up(asked)
    share = np.zeros_like(results["ending_share"].values)
    names = results["ending"].values.tolist()
    share[..., 0, names.index("truce")], share[..., 1, names.index("stalemate")] = 1.0, 1.0
    dims = results["ending_share"].dims
    share = np.zeros([results.sizes[dim] for dim in dims])
    found = results["ending_share"].copy(data=share)
    for n, name in enumerate(("truce", "stalemate")):
        found.loc[{"ending": name, "p.patience": found["p.patience"][n]}] = 1.0
    results["ending_share"] = found
    results["ending_error"] = 0.0 * found
    (effect,) = axis_effects(SweepReport(results, asked.scenario))
    assert effect.ends == ("0 % (at most 43 %)", "100 % (at least 57 %)")


def test_what_follows_a_signature_stands_beside_what_is_acceptable():
    """Where a deal is acceptable most often, and least, with how it ends there; nothing where that never varies."""
    sweep = swept([[0.1, 0.1], [0.2, 0.1], [0.3, 0.0]])
    could = np.array([[0.2, 0.3], [0.4, 0.5], [0.9, 0.6]])
    results = sweep.results
    found = results["any_deal_share"]
    at = found.dims.index("group")
    flat = results.assign(any_deal_share=found.copy(data=np.broadcast_to(np.expand_dims(could, at), found.shape)))
    told = after_signing_words(SweepReport(flat, sweep.scenario))
    assert told.startswith("Most worlds have a deal acceptable to all who must agree with “P: patience” at 0.9 and ")
    assert "at the end one is in force in 30 % (22–40 %), and one that was signed has broken in 0 %" in told
    assert "Fewest have one with “P: patience” at 0.5 and " in told
    same = results.assign(any_deal_share=found.copy(data=np.full(found.shape, 0.4)))
    assert after_signing_words(SweepReport(same, sweep.scenario)) == ""
