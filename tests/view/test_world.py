"""One world opened from a cell of the map."""

import numpy as np
import pytest

from sim.view.deal_reasons import Voice, deal_words, reasons_on, world_of
from sim.view.ending_map import EndingMap, coarse_first, spread_out
from sim.view.opened_world import open_world


def test_a_world_is_the_one_that_was_played(session):
    """Its ending is that of the same draw among many, with the same numbers fixed."""
    session.move("south.patience", 0)
    played = session.play(30)
    for number in (0, 7, 29):
        world = open_world(session.opened, session.fixed, number)
        code = played.codes[int(played.results["ending"].values[number])]
        assert world.ending == played.words.endings[code].clause
        assert np.array_equal(world.results["utility"].values[0], played.results["utility"].values[number])
        assert bool(world.results["consistent"].values[0]) == played.fitting[number]
        assert world.story[0].startswith("The talks")


@pytest.mark.slow
def test_everybody_needed_says_yes_or_no_with_a_reason(session):
    """Signs and words agree with the surplus and with the red lines, in every world looked at."""
    for number in range(12):
        world = open_world(session.opened, {}, number)
        for target, reasons in zip(("truce", "settlement"), world.reasons, strict=False):
            assert reasons.deal == f"nearest {target}"
            n = [str(name) for name in world.results["target"].values].index(target)
            for actor, name in enumerate(("north", "south")):
                said = next(voice for voice in reasons.voices if voice.who == name)
                total = float(world.results["surplus"].values[0, n, actor])
                barred = bool(world.results["barred"].values[0, n, actor])
                assert said.yes == (total >= -1e-9 and not barred)
                assert ("hard red line" in said.why) == barred
                if not barred and total < -1e-9:
                    assert "against refusing: " in said.why
            assert reasons.refused == any(not voice.yes for voice in reasons.voices)


def test_sentences_need_no_verb_that_agrees_with_a_name():
    """The name of many reads as well as that of one."""
    assert str(Voice("The allies", yes=False, why="−0.100 against refusing: x")) == (
        "The allies: no, −0.100 against refusing: x."
    )
    assert str(Voice("Ann", yes=True, why="+0.1 against refusing")) == "Ann: yes, +0.1 against refusing."


def test_any_deal_can_be_asked_about(session):
    """A deal that was clicked comes first, and is told as the nearest one is where it is the same."""
    world = open_world(session.opened, {}, 3)
    deal = int(world.results["target_deal"].values[0, 0])
    again = open_world(session.opened, {}, 3, deal)
    assert again.reasons[0].deal == "deal that was clicked"
    assert again.reasons[0].voices == world.reasons[0].voices == again.reasons[1].voices
    assert reasons_on(world_of(session.opened, {}, 3), deal).voices == world.reasons[0].voices


def test_typical_worlds_come_first(session):
    """Worlds that end as the cell mostly does, then the others; none that does not fit."""
    x, y = session.sliders["south.patience"], session.sliders["north.patience"]
    drawn = EndingMap(x, y, {}, worlds=20)
    drawn.xs, drawn.ys = drawn.xs[:2], drawn.ys[:1]
    told = []
    drawn.play(session.opened, lambda done, total: told.append((done, total)))
    assert told == [(1, 2), (2, 2)]
    for cell in drawn.cells.values():
        listed = cell.typical()
        assert sorted(listed) == np.flatnonzero(cell.fitting).tolist()
        like = [cell.endings[n] == cell.modal for n in listed]
        assert like == sorted(like, reverse=True)
        assert cell.share == sum(like) / len(like)


def test_the_map_covers_the_ranges_coarse_first(session):
    """Both ends are there; the first cells of the order are the corners and the middle."""
    stops = spread_out(session.sliders["south.patience"])
    assert (stops[0].written, stops[-1].written, len(stops)) == (0.6, 0.95, 9)
    order = coarse_first(9, 9)
    assert len(set(order)) == 81
    assert {(0, 0), (8, 0), (0, 8), (8, 8)} <= set(order[:9])


def test_a_deal_is_told_with_its_levels_and_worth(session):
    """Clicking a point names every issue and what the deal is worth to each party."""
    results = session.play(5).results
    told = deal_words(results, session.opened, 0)
    assert all(issue in told for issue in session.opened.scenario.issues)
    assert "north " in told
    assert "Against no deal" in told
