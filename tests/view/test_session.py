"""What one window has set, sees and keeps aside."""

import numpy as np
import pytest

from sim.ensemble.headline_outcomes import values_of
from sim.foundations import InputError
from sim.report.pieces import as_cell, plain_text
from sim.view import Session, open_case
from sim.view.effect import effect, moved_paths
from sim.view.endings_chart import endings_bars
from sim.view.plane_chart import plane_options, plane_pairs
from sim.view.waterfall_chart import waterfalls
from sim.words import capital


def test_results_are_those_of_the_few_or_of_the_full_number(session):
    """Both counts are kept apart: few worlds while dragging, and the same worlds are the first of the full."""
    few, full = session.play(20), session.play(session.opened.draws)
    session.show(few)
    assert session.shown.draws == 20
    assert session.full is None
    session.show(full)
    assert session.full is full
    assert np.array_equal(few.results["ending"].values, full.results["ending"].values[:20])
    assert np.array_equal(few.fitting, full.fitting[:20])


@pytest.mark.slow
def test_a_glimpse_shows_what_a_full_play_of_the_same_worlds_shows(place):
    """Endings, reasons and the typical world are equal bit for bit; where few are all, nothing is left out."""
    session = Session(open_case(place, draws=210))
    session.add("south.patience")
    session.move("south.patience", 0)
    quick, whole = session.glimpse(typical=True), session.play(session.few)
    less = session.glimpse().results
    assert "cloud_payoff" not in less  # nobody looks at the typical world
    assert all(values.equals(quick.results[name]) for name, values in less.items())
    assert quick.draws == 200 < session.opened.draws
    assert set(quick.results) < set(whole.results)
    assert quick.results.attrs == whole.results.attrs
    assert quick.fixed == whole.fixed
    for name, values in quick.results.items():
        assert values.equals(whole.results[name]), name
    for told in (
        endings_bars,
        waterfalls,
        lambda played: [plane_options(played.results, pair) for pair in plane_pairs(played.results)],
    ):
        assert told(quick) == told(whole)
    small = Session(open_case(place, draws=30))
    assert set(small.glimpse().results) == set(small.play(30).results)


def test_moving_fixes_a_number_and_freeing_gives_it_back(session):
    """After a move and back again the worlds are as they were."""
    before = session.play(20)
    assert session.move("north.patience", 0)
    assert not session.move("north.patience", 0)
    moved = session.play(20)
    column = [str(path) for path in moved.results["path"].values].index("north.patience")
    assert (moved.results["number"].values[:, column] == 0.6).all()
    assert session.free("north.patience")
    after = session.play(20)
    assert np.array_equal(before.results["number"].values, after.results["number"].values)


def test_worlds_that_fit_are_chosen_in_the_world_as_it_was(session):
    """A number set by hand is a change in the world, not other evidence about it."""
    free = session.play(60)
    assert 0 < free.fitting.sum() < 60
    session.move("south.patience", 0)
    assert np.array_equal(session.play(60).fitting, free.fitting)


@pytest.mark.slow
def test_every_move_says_what_it_did(session):
    """Every slider, moved to an end, either changes some output or says that it does not."""
    session.show(session.play(session.opened.draws))
    for path, slider in session.sliders.items():
        base = session.full
        session.move(path, len(slider.stops) - 1 if slider.central == 0 else 0)
        session.show(session.play(session.opened.draws))
        said = session.effects[path]
        same = all(
            np.array_equal(base.results[name].values, session.full.results[name].values, equal_nan=True)
            for name in ("ending", "declared", "round", "deal", "utility", "surplus")
        )
        assert said.startswith("This moves nothing") == same, path
        session.reset()
        session.full = base


def test_the_effect_counts_worlds_that_end_differently(session):
    """The sentence holds the number of worlds whose ending changed."""
    one = session.play(40)
    session.move("south.patience", 0)
    two = session.play(40)
    other = (one.results["ending"].values != two.results["ending"].values).sum()
    assert moved_paths(one, two) == ["south.patience"]
    assert (f"{other} of 40 worlds" in effect(one, two)) == (other > 0)
    assert moved_paths(one, one) == []


def test_numbers_moved_in_one_go_all_say_so(session):
    """Where a second one is moved before the full number is there, neither stays silent."""
    session.show(session.play(session.opened.draws))
    first, second = list(session.sliders)[:2]
    for path in (first, second):
        session.move(path, 0)
    assert not session.glimpsed
    session.show(session.play(20))
    assert session.glimpsed
    assert not session.effects
    session.show(session.play(session.opened.draws))
    assert session.effects[first] == session.effects[second]
    assert "2" in session.effects[first]
    assert "together" in session.effects[first]


def test_pinned_and_now_stand_side_by_side(session):
    """The comparison names what differs and gives the paired change."""
    session.show(session.play(session.opened.draws))
    session.pin()
    assert plain_text(session.comparison()[1].words) == "Same setting as pinned."
    session.move("south.patience", 0)
    session.show(session.play(20))
    table, differs, *_ = session.comparison()
    assert len(differs.items) == 1
    assert differs.items[0].endswith("drawn from its range → 0.6")
    change = session.shown.change_from(session.pinned.first(20))
    assert change.paired
    # As the bars name them: one thing has one name.
    names = {capital(words.row) for words in session.shown.words.states.values()}
    assert {plain_text(as_cell(row[0]).words) for row in table.rows} <= names
    assert sum(change.share.values()) == pytest.approx(0)


def test_sessions_do_not_mix(place):
    """Two windows on one case share the case and nothing else."""
    opened = open_case(place, draws=20)
    one, other = Session(opened), Session(opened)
    one.add("north.patience")
    one.move("north.patience", 0)
    assert not other.fixed
    assert not other.sliders
    assert other.play(5).fixed == {}


def test_the_first_picture_is_played_once_for_all_windows(place, monkeypatch):
    """Nothing being fixed, every window shows the same few worlds, those that a play of its own would give."""
    monkeypatch.setattr("sim.view.session._FEW", 12)
    opened = open_case(place, draws=20)
    first = Session(opened).first_picture()
    assert Session(opened).glimpse() is first
    assert first.draws == 12
    full = Session(opened).play(20)
    assert np.array_equal(first.results["ending"].values, full.results["ending"].values[:12])
    moved = Session(opened)
    moved.add("north.patience")
    moved.move("north.patience", 0)
    assert moved.glimpse() is not first


def test_only_numbers_with_a_range_can_be_added(session):
    """A fixed number has no slider, and the message says so."""
    with pytest.raises(InputError, match="no number with a range"):
        session.add("north.power")


def test_a_cell_of_the_map_can_be_taken_over(session):
    """Its numbers become the setting, and get sliders."""
    stop = session.sliders["south.patience"].stops[3]
    fresh = Session(session.opened)
    fresh.adopt({"south.patience": stop})
    assert fresh.fixed == {"south.patience": stop}
    assert "south.patience" in fresh.sliders


def test_terms_that_move_are_compared_with_the_pinned_setting():
    """Both firms close in any case; what changes is the price, which is told beside the pinned one."""
    session = Session(open_case("scenarios/purchase", draws=21))
    session.show(session.play(21))
    session.pin()
    path = "talks.strategies.buyer.settings.exponent"
    session.add(path)
    session.move(path, 0)
    session.show(session.play(21))
    pinned, now = (found.results for found in (session.pinned, session.full))
    prices = [np.median(values_of(found, "terms.price").values) for found in (pinned, now)]
    assert prices[0] != prices[1]
    _, _, moved = session.comparison()
    words = [plain_text(item) for item in moved.items]
    said = " → ".join(f"{price / 1e6:.4g} M USD" for price in prices)
    assert any(text.endswith(said) for text in words), (said, words)
