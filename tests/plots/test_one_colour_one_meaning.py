"""A colour means one thing in all figures."""

from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.text import Text

import sim.plots
from sim.plots.frame import style
from sim.plots.frame.label_spacing import LEADER

#: Colours that stand for something other than an actor.
OTHERS = {
    *style.ENDING_COLORS.values(), *style.STATE_COLORS.values(), *style.PREVAILED, *style.GROUND_COLORS.values(),
    style.YELLOW, style.TEAL, style.MIST, style.GAIN, style.LOSS,
}  # fmt: skip


def test_colours_of_actors_stand_for_nothing_else():
    """No colour of an actor is that of an ending, a state, a ground or a gain; nor is it written out in a figure."""
    assert not OTHERS & set(style.ACTOR_COLORS)
    folder = Path(sim.plots.__file__).parent
    for file in folder.rglob("*.py"):
        if file.name != "style.py":
            text = file.read_text()
            assert not [color for color in style.ACTOR_COLORS if color in text], file


def test_what_nobody_has_said_is_grey_as_is_luck_and_no_deal():
    """Assumptions take no colour of a claim, an ending with a deal or an actor."""
    assert style.GROUND_COLORS["assumed"] == style.GREY
    assert len(set(style.GROUND_COLORS.values())) == len(style.GROUND_COLORS)


def test_a_leader_stops_at_the_near_end_of_its_label():
    """The line drawn to a label on the right does not run under its letters."""
    figure, axes = plt.subplots()
    label = axes.annotate("a long label of an actor", (0.5, 0.2), (0.6, 0.8), va="center", arrowprops=dict(LEADER))
    figure.canvas.draw()
    drawn = label.arrow_patch.get_path().transformed(label.arrow_patch.get_transform()).vertices
    box = Text.get_window_extent(label)
    assert drawn[:, 0].max() <= box.x0 + 4
    assert np.isfinite(drawn).all()
    plt.close(figure)
