"""What a reader may expect of every figure of a run: units, intervals, one palette, labels that can be read."""

import itertools
import re

import numpy as np
import pytest
from matplotlib.colors import to_hex
from matplotlib.patches import Patch

from sim.plots import PLOTS, figure_choice, fitting
from sim.plots.frame import style
from sim.plots.frame.measuring_canvas import MeasuringCanvas
from sim.words import OutcomeWords, Vocabulary
from sim.words.outcome_colors import outcome_colors

RUN = [name for name in PLOTS.names if ".run." in type(PLOTS[name]).__module__]
CASES = ("ceasefire", "labour", "budget")
#: Okabe and Ito's colours, and greys.
PALETTE = {
    *style.ACTOR_COLORS[:2], style.SKY, style.GREEN, style.YELLOW, style.BLUE, style.VERMILION,
    *style.ACTOR_COLORS, *style.ENDING_COLORS.values(), *style.STATE_COLORS.values(),
    *style.PREVAILED,
}  # fmt: skip
#: Words of data, which readers do not know by them.
CODES = re.compile(r"\b(draws?|stalemate|consistent)\b")


def grey(color):
    """Whether a colour is a level of grey, ink and page included."""
    red, green, blue = (int(color[n : n + 2], 16) for n in (1, 3, 5))
    return max(red, green, blue) - min(red, green, blue) <= 24


def each(case, request):
    """Results of a case and the run figures that fit them."""
    results = request.getfixturevalue(case)
    return results, [name for name in fitting(results) if name in RUN]


@pytest.mark.parametrize("case", CASES)
def test_captions_say_units_intervals_and_worlds(case, request):
    """A figure of shares says how far chance may be off; every one says what it rests on, in the readers' words."""
    results, names = each(case, request)
    for name in names:
        told = f"{PLOTS[name].title(results)} {PLOTS[name].caption(results)}"
        assert "world" in told, name
        assert not CODES.search(told), name
        assert "nan" not in told, name
        assert "  " not in told, name
        assert ". ." not in told, name
        if "share" in told and "value per round" not in told and name != "consistent-draws":
            assert re.search(r"95 %|one time in 20", told), name


@pytest.mark.slow
@pytest.mark.parametrize("case", CASES)
def test_figures_of_one_world_say_so_and_are_not_drawn_unasked(case, request):
    """So that nobody takes one world for the answer."""
    results, _ = each(case, request)
    choice = figure_choice(results)
    for name in ("payoff-plane", "concession-curves", "offer-log"):
        assert PLOTS[name].title(results).startswith("One typical world: ")
        assert name in choice.others
    assert choice.news[0] == "deals-over-time"
    assert len([name for name in choice.news if not PLOTS[name].of_replays]) <= 6


def test_what_is_replayed_comes_beside_the_six_that_carry_news(ceasefire):
    """So that figures drawn before and after the replays are one and the same choice."""
    plain = figure_choice(ceasefire)
    shares = np.array([[0.2, 0.8], [0.6, 0.4]])
    replayed = ceasefire.assign(
        overlay_share=(("overlay", "state_name"), shares),
        overlay_change=(("overlay", "state_name"), shares - shares[0]),
        overlay_change_error=(("overlay", "state_name"), np.full((2, 2), 0.05)),
    ).assign_coords(overlay=["as it stands", "an overlay"], state_name=["truce", "settlement"])
    choice = figure_choice(replayed)
    assert choice.news == ("what-if", *plain.news)
    assert len(plain.news) <= 6
    assert {*plain.news, *plain.constant, *plain.others} == set(fitting(ceasefire))


def test_what_few_worlds_show_is_no_news(ceasefire):
    """Who stops the deal in one world in a hundred is not drawn unasked."""
    assert PLOTS["blockers"].varies(ceasefire)
    rare = ceasefire.copy(deep=True)
    rare["blocker"][1:] = -1
    assert PLOTS["blockers"].fits(rare) == bool(rare["blocker"].values[0] >= 0)
    rare["blocker"][0] = 0
    assert not PLOTS["blockers"].varies(rare)


def test_a_state_that_all_reach_at_once_is_no_news(labour):
    """Areas that change from edge to edge say no more than a date."""
    assert PLOTS["deals-over-time"].varies(labour)
    alike = labour.copy(deep=True)
    counts = alike["states"].values
    total = counts.sum(axis=0, keepdims=True)
    counts[:] = 0
    counts[0, :, :3], counts[1, :, 3:] = total[0, :, :3], total[0, :, 3:]
    assert not PLOTS["deals-over-time"].varies(alike)


def test_what_is_the_same_in_all_worlds_is_not_drawn_but_said(labour):
    """With the command that draws it."""
    choice = figure_choice(labour)
    assert "endings" in choice.constant
    assert "endings" in choice.left_out
    assert "sim plot" in choice.left_out
    assert {*choice.news, *choice.constant, *choice.others} == set(fitting(labour))


@pytest.mark.slow
def test_only_colours_that_all_can_tell_apart(drawn, ceasefire):
    """Bars and boxes have colours of the house, or shades of grey."""
    for name in set(RUN) & set(fitting(ceasefire)):
        for patch in drawn(name, ceasefire).findobj(Patch):
            color = to_hex(patch.get_facecolor()).upper()
            assert grey(color) or color in {item.upper() for item in PALETTE}, (name, color)


@pytest.mark.slow
@pytest.mark.parametrize("case", CASES)
def test_names_of_rows_do_not_cover_each_other(case, request, drawn):
    """Each ends above the next."""
    results, names = each(case, request)
    for name in names:
        figure = drawn(name, results)
        renderer = MeasuringCanvas(figure).get_renderer()
        for axes in figure.get_axes():
            labels = [label for label in axes.get_yticklabels() if label.get_text() and label.get_visible()]
            boxes = sorted((label.get_window_extent(renderer) for label in labels), key=lambda box: box.y0)
            for below, above in itertools.pairwise(boxes):
                assert below.y1 <= above.y0 + 2, (name, axes.get_title(loc="left"))


@pytest.mark.slow
def test_shares_are_not_drawn_on_axes_beyond_100_percent(drawn, ceasefire):
    """There is no share above it."""
    for name in set(RUN) & set(fitting(ceasefire)):
        for axes in drawn(name, ceasefire).get_axes():
            for label, (low, high) in ((axes.get_xlabel(), axes.get_xlim()), (axes.get_ylabel(), axes.get_ylim())):
                if "share of" in label and "variance" not in label:
                    assert low >= 0, name
                    assert high <= 100, name


def test_a_case_without_a_war_has_its_own_kinds():
    """Known kinds keep their colours; others get some that nothing else has."""
    said = OutcomeWords("x", "x", "x", "x", "x")
    kinds = ("deal", "pilot", "licence")
    endings = dict.fromkeys((*kinds, "no_deal", "broken"), said)
    words = Vocabulary(
        war=False, kinds=kinds, never="no_deal", broken="broken", endings=endings,
        declared=dict.fromkeys((*kinds, "none"), said), outside=(),
        states=dict.fromkeys((*kinds, "no_deal", "broken"), said),
    )  # fmt: skip
    colors = outcome_colors(words)
    assert colors["no_deal"] == colors["none"] == style.GREY
    assert colors["broken"] == style.VERMILION
    assert len({colors[code] for code in endings}) == len(endings)
