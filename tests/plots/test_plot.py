"""Contracts that every registered figure keeps, on runs of several kinds."""

import io

import matplotlib as mpl
import matplotlib.image
import pytest

from sim.foundations import ResultsError, UnknownNameError
from sim.plots import PLOTS, STYLES, fitting, house_style
from sim.plots.frame.measuring_canvas import MeasuringCanvas

NAMES = PLOTS.names


def said(figure, what):
    """Text of the title, caption or kicker, its line breaks undone."""
    text = next(text.get_text() for text in figure.texts if text.get_gid() == what)
    return text.replace("\n", " ").replace("\u00a0", " ")


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_a_figure_that_fits_is_whole_and_one_that_does_not_is_refused(drawn, name, results):
    """Title, caption, labelled axes, nothing cut off at the edge of the page; else an error that says so."""
    plot = PLOTS[name]
    if not plot.fits(results):
        with pytest.raises(ResultsError, match=name):
            plot.draw(results)
        return
    figure = drawn(name, results)
    assert said(figure, "title") == plot.title(results)
    assert "world" in said(figure, "caption")
    assert said(figure, "kicker") == results.attrs["title"]
    panels = [axes for axes in figure.get_axes() if axes.axison]
    assert panels
    for axes in panels:
        assert axes.has_data() or axes.texts  # no panel is empty without saying why
    # a table has no axis: its head or its entries name the unit
    assert any(axes.get_xlabel() or "%" in axes.get_title(loc="left") or _in_percent(axes) for axes in panels)
    nothing_is_cut(figure, panels)


def _in_percent(axes):
    """Whether entries of a table say that they are shares."""
    return any("%" in text.get_text() for text in axes.texts)


def nothing_is_cut(figure, panels):
    """Panels with their labels, texts and legends lie on the page."""
    renderer = MeasuringCanvas(figure).get_renderer()
    page = figure.bbox.padded(3)
    boxes = {axes.get_title(loc="left"): axes.get_tightbbox(renderer) for axes in panels}
    boxes |= {text.get_text(): text.get_window_extent(renderer) for text in figure.texts}
    boxes |= {part: part.legends[0].get_window_extent(renderer) for part in figure.subfigs if part.legends}
    for what, box in boxes.items():
        assert page.x0 <= box.x0, what
        assert box.x1 <= page.x1, what
        assert page.y0 <= box.y0, what
        assert box.y1 <= page.y1, what


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_at_the_narrowest_width_nothing_is_cut(name, ceasefire, budget):
    """What `--width 7` gives is whole too, and panels beside each other do not write over each other."""
    for results in [one for one in (ceasefire, budget) if PLOTS[name].fits(one)][:1]:
        figure = PLOTS[name].draw(results, width=7)
        panels = [axes for axes in figure.get_axes() if axes.axison]
        nothing_is_cut(figure, panels)
        renderer = MeasuringCanvas(figure).get_renderer()
        said = [axes.xaxis.label.get_window_extent(renderer) for axes in panels if axes.get_xlabel()]
        said += [axes._left_title.get_window_extent(renderer) for axes in panels if axes.get_title(loc="left")]
        for n, one in enumerate(said):
            assert not any(one.overlaps(other) for other in said[n + 1 :]), name


def test_entries_say_what_they_show_and_where_the_idea_is_from():
    """The registry knows a source and a summary; file, class and name agree."""
    for name in NAMES:
        entry = PLOTS.entry(name)
        assert entry.source, name
        assert entry.summary.endswith("."), name
        assert entry.member.name == name
        assert type(entry.member).__module__.rpartition(".")[2] == name.replace("-", "_")
        assert type(entry.member).__name__.lower() == name.replace("-", "")


def test_what_fits_depends_on_the_results(ceasefire, labour):
    """A case without truces and observations has no figures about them."""
    missing = set(fitting(ceasefire)) - set(fitting(labour))
    assert {"enforcement-interval", "observation-acceptance", "blockers"} <= missing


@pytest.mark.slow
def test_figures_have_every_style(budget):
    """Dark figures have a dark page; an unknown style is refused with the nearest name."""
    for name, look in STYLES.items():
        figure = PLOTS["deals-over-time"].draw(budget, style=name)
        assert mpl.colors.same_color(figure.get_facecolor(), look.background)
    with pytest.raises(UnknownNameError, match="paper"):
        PLOTS["endings"].draw(budget, style="papr")


def test_settings_come_back_even_after_an_error(budget):
    """Global settings are as before, whatever happens inside."""
    before = dict(mpl.rcParams)
    PLOTS["endings"].draw(budget)
    assert dict(mpl.rcParams) == before
    with pytest.raises(ZeroDivisionError), house_style("dark"):
        _ = 1 / 0
    assert dict(mpl.rcParams) == before


@pytest.mark.slow
def test_notebooks_show_a_figure_by_itself(budget):
    """As a PNG in its own colours, without pyplot."""
    picture = PLOTS["endings"].draw(budget, style="dark")._repr_png_()
    assert picture.startswith(b"\x89PNG")
    corner = mpl.image.imread(io.BytesIO(picture))[2, 2, :3]
    assert mpl.colors.to_hex(corner) == STYLES["dark"].background.lower()


def test_a_plot_can_be_called(budget):
    """A figure is a function of results."""
    assert PLOTS["endings"](budget).get_label() == "endings"
