"""Titles claim no more than chance allows, and every scale can be read at the marks that stand on it."""

import numpy as np
import pytest
import xarray as xr
from matplotlib.figure import Figure

from sim.plots import PLOTS, figure_choice
from sim.plots.frame.labels import time_axis
from sim.plots.frame.quantity_ticks import whole_ticks
from sim.plots.frame.style import ACTOR_COLORS, ENDING_COLORS, STATE_COLORS
from sim.plots.run import stakeholder_panels
from sim.plots.run.agreed_terms import AgreedTerms
from sim.plots.run.forecast_bands import ForecastBands
from sim.plots.run.stakeholder_panels import issues
from sim.plots.run.who_would_sign import package_counts
from sim.report.brief import brief_story
from sim.report.pieces import Items, Section, Sentence, Story, Table, plain_text


def test_a_package_is_ahead_only_where_its_worlds_are_clearly_more(labour):
    """Eleven of 20 worlds against ten are no news; twenty against three are."""
    found = labour.copy(deep=True)
    places = found["package_deal"].values
    rest = [place for place in dict.fromkeys(places.tolist()) if place != places[0]]
    for first, others, clear in ((11, 10, False), (20, 3, True)):
        for name, last in (("would_sign", np.s_[0, :]), ("could_be_signed", np.s_[0])):
            found[name].values[(*np.atleast_1d(last), places[0])] = first
            found[name].values[(*np.atleast_1d(last), rest)] = others
        assert package_counts(found)[0, -1] == first
        assert ("clearly more" in PLOTS["who-would-sign"].title(found)) is clear


def test_the_status_quo_is_no_model_of_a_title(river):
    """What is the case already has a grey row, and no title says that a model forecasts it."""
    issue = str(river["forecast_issue"].values[0])
    assert f"status-quo.{issue}" in river["forecast_name"].values
    low = river.copy(deep=True)
    column = low["forecast_name"].values.tolist().index(f"status-quo.{issue}")
    low["forecast"].values[:, column] = -1e6
    title = ForecastBands().title(low)
    assert "status quo" not in title
    assert title == ForecastBands().title(river)


def test_every_level_of_a_forecast_issue_has_a_tick_under_the_middle_of_its_bar(river):
    """A level between the ends is named too, and what talks sign there stands on it."""
    issues = river["forecast_issue"].values.astype(str)[:4]
    page = PLOTS["forecast-bands"].draw(river)
    named = 0
    for axes, issue in zip(page.get_axes(), issues, strict=False):
        edges = np.asarray(axes.patches[0].get_data().edges)
        middles = (edges[1:] + edges[:-1]) / 2
        own = river["forecast_level_issue"].values.astype(str) == issue
        places = river["forecast_level_place"].values[own]
        for place in (*places, *river["forecast_talks"].sel(forecast_issue=issue).dropna("draw").values):
            assert np.abs(middles - place).min() < 1e-6 * (edges[-1] - edges[0])
        if own.any():
            np.testing.assert_allclose(axes.get_xticks(), places)
            named += 1
    assert named


def test_all_who_are_challenged_by_as_many_are_named_and_never_is_left_blank(river):
    """A title names no pair that others equal; a zero in every other cell hides the few that are something."""
    found = river.copy(deep=True)
    challenges = found["turn_challenge"]
    challenges.values[...] = 0
    size = int(found["consistent"].sum())
    for one, two in ((0, 1), (1, 0), (2, 1), (2, 0)):
        challenges.values[:, :, 0, one, two] = size
    title = PLOTS["who-challenges-whom"].title(found)
    assert "Ethiopia and Sudan are challenged by the most, 2 of 2 others each" in title
    table, *_ = PLOTS["who-challenges-whom"].draw(found).get_axes()
    assert {text.get_text() for text in table.texts} == {"", "100"}


def test_panels_go_to_issues_on_which_stakeholders_stand_apart(river, monkeypatch):
    """Where not every issue has one: an issue that all agree on from the start would fill it with nothing."""
    found = river.copy(deep=True)
    names = [str(name) for name in found["forecast_issue"].values]
    assert issues(found) == names
    for name in names[:-1]:
        found["turn_position"].loc[{"forecast_issue": name}] = found["forecast_end"].sel(forecast_issue=name).values[0]
    monkeypatch.setattr(stakeholder_panels, "_MOST_PANELS", 1)
    assert issues(found) == names[-1:]


def test_a_decision_that_stays_is_told_once(river):
    """Three times the same place is no news."""
    found = river.copy(deep=True)
    issue = issues(found)[0]
    found["turn_decision"].loc[{"forecast_issue": issue}] = found["forecast_end"].sel(forecast_issue=issue).values[0]
    assert "from the first turn to the last (challenge model)" in PLOTS["decision-by-turn"].title(found)


@pytest.mark.slow
def test_only_the_farthest_move_has_a_shade(river):
    """Ten shades above each other tell nobody's worlds apart."""
    for axes in PLOTS["movement-by-turn"].draw(river).get_axes():
        assert len(axes.collections) <= 1


@pytest.mark.slow
def test_no_dot_lies_beyond_the_last_tick(drawn, labour):
    """The last number of a scale of terms is at or beyond the last mark."""
    pay, *_ = drawn("agreed-terms", labour).get_axes()
    low, high = pay.get_xlim()
    ticks = [tick for tick in pay.get_xticks() if low <= tick <= high]
    marks = np.concatenate([np.asarray(line.get_xdata(), dtype=float) for line in pay.lines])
    assert ticks[0] <= marks.min()
    assert marks.max() <= ticks[-1]


@pytest.mark.slow
def test_many_issues_with_named_levels_are_one_table(ceasefire, monkeypatch):
    """Beyond so many panels a row of one table is an issue and its level, with the share of deals that have it."""
    monkeypatch.setattr("sim.plots.run.agreed_terms._PANELS", 1)
    (axes,) = PLOTS["agreed-terms"].draw(ceasefire).get_axes()
    rows = [label.get_text() for label in axes.get_yticklabels()]
    assert len(rows) > 1
    assert all(": " in row for row in rows)
    shares = np.asarray(axes.images[0].get_array())
    assert shares.shape[0] == len(rows)
    assert np.nanmin(shares) >= 0
    assert np.nanmax(shares) <= 100
    assert "Dots and lines" not in AgreedTerms().caption(ceasefire)


def test_endings_that_say_the_same_as_the_states_are_not_drawn_twice(labour):
    """Where no deal breaks the last states are the endings: one figure has the numbers, and the other is said to."""
    mixed = labour.copy(deep=True)
    ending, declared = mixed["ending"], mixed["declared"]
    never = ending.attrs["flag_meanings"].split("|").index("no_deal") if "no_deal" in str(ending.attrs) else None
    assert never is not None, ending.attrs
    ending.values[:5] = ending.attrs["flag_values"][never]
    declared.values[:5] = declared.attrs["flag_values"][declared.attrs["flag_meanings"].split("|").index("none")]
    choice = figure_choice(mixed)
    assert choice.repeated == {"endings": "deals-over-time"}
    assert "endings" not in choice.news
    assert "endings has the same numbers as deals-over-time" in choice.left_out


def test_endings_stand_beside_the_states_where_deals_break(ceasefire):
    """How often a deal broke is in no state of a day."""
    assert figure_choice(ceasefire).repeated == {}


def test_times_have_whole_ticks():
    """No half weeks; talks of two weeks are told in days."""
    axes = Figure().subplots()
    axes.set_xlim(0, 4)
    whole_ticks(axes.xaxis)
    assert all(tick == round(tick) for tick in axes.get_xticks())
    times, unit = time_axis(xr.Dataset(attrs={"round_years": 2 / 7 / 52.18}), 7)
    assert unit == "days"
    assert times[-1] == 7 * 2 / 7 / 52.18 * 365.25


def test_no_actor_has_the_colour_of_an_ending():
    """The blue of a deal in one figure must not be a party in the next, nor in the same: a plane shows both."""
    assert len(set(ACTOR_COLORS)) == 8
    assert not set(ACTOR_COLORS) & {*ENDING_COLORS.values(), *STATE_COLORS.values()}


def test_a_brief_says_what_it_leaves_out():
    """Rows and items beyond those that fit are counted, not dropped in silence."""
    rows = [(f"article {n}", "in") for n in range(20)]
    sections = (
        Section("answer", "", ()),
        Section("terms", "Terms", (Table("terms-table", "", ("issue", "level"), rows, most=20),)),
        Section("watch", "Watch", (Items(tuple(f"thing {n}" for n in range(6))),)),
    )
    told = [piece for section in brief_story(Story("t", "q", sections)).sections for piece in section.pieces]
    assert [len(piece.rows) for piece in told if isinstance(piece, Table)] == [9]
    notes = [plain_text(piece.words) for piece in told if isinstance(piece, Sentence)]
    assert notes == ["… and 11 more in the whole report", "… and 2 more in the whole report"]
