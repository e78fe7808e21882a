"""What users write is drawn as it is written, in every figure, whatever it is."""

import warnings
import xml.etree.ElementTree as ET

import pytest
from matplotlib.figure import Figure
from matplotlib.text import Text

from sim.plots import PLOTS, save
from sim.plots.frame.missing_letters import missing_letters_told_once
from sim.plots.frame.user_text import one_line, settle_text
from sim.store.replays import with_replays
from tests.plots.nasty import NASTY, nasty


def _of_analysis(name):
    return ".analysis." in type(PLOTS[name]).__module__


@pytest.fixture(scope="module")
def samples(ceasefire, sweeps):
    """Results of every kind with nasty names."""
    names = ("truce", "partial", "settlement", "stalemate", "war")
    row = {"share": dict.fromkeys(names, 0.2), "error": dict.fromkeys(names, 0.02), "draws": 60}
    state = {"share": {"truce": 0.2}, "error": {"truce": 0.01}}
    told = {
        "conventions": [
            {"name": "as written", "setting": "", "endings": row},
            {"name": "who opens", "setting": "ukraine", "endings": row},
        ],
        "overlays": [
            {"title": "base", "endings": row, "states": state, "state_change": None},
            *({"title": name, "endings": row, "states": state, "state_change": state} for name in NASTY),
        ],
    }
    run = nasty(with_replays(ceasefire, told))
    return [run, *map(nasty, sweeps)]


def draws_nasty_text(name, samples):
    """Draw a figure of the first results that it fits, each letter; no error, at most one warning, no mathematics."""
    found = next((one for one in samples if PLOTS[name].fits(one)), None)
    if found is None:
        pytest.skip("fits no sample")
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        figure = PLOTS[name].draw(found)
        figure.draw_without_rendering()
    assert len({str(warning.message) for warning in caught}) <= 1
    assert all("no font here has all letters of" in str(warning.message) for warning in caught)
    assert not any(text.get_parse_math() for text in figure.findobj(Text))
    return figure


#: Figures that the default suite tries; the slow one tries all.
SAMPLE = ("who-would-sign",)


@pytest.mark.parametrize(
    "name",
    [
        name if name in SAMPLE else pytest.param(name, marks=pytest.mark.slow)
        for name in PLOTS.names
        if not _of_analysis(name)
    ],
)
def test_every_figure_of_runs_and_sweeps_draws_nasty_text(name, samples, tmp_path):
    """Whatever the users' names are; some are written as lines too, in XML that can be read."""
    figure = draws_nasty_text(name, samples)
    if name in SAMPLE:
        (file,) = save(figure, tmp_path, name, ("svg",))
        assert len(list(ET.parse(file).iter())) > 100  # noqa: S314  # our own file


@pytest.mark.slow
@pytest.mark.parametrize("name", [name for name in PLOTS.names if _of_analysis(name)])
def test_every_figure_of_analyses_draws_nasty_text(name, of_every_kind):
    """Their inputs are called what users call the numbers."""
    draws_nasty_text(name, map(nasty, of_every_kind))


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore:no font here")
def test_dollars_stay_where_they_are(samples):
    """The title above each panel is the user's, letter by letter."""
    figure = PLOTS["settled-levels"].draw(samples[0])
    shown = [axes.get_title(loc="left").replace("\n", " ") for axes in figure.get_axes()]
    assert one_line(NASTY[5]) in shown
    labels = {text.get_text().replace("\n", " ") for axes in figure.get_axes() for text in axes.get_yticklabels()}
    assert any("$5M now, 3% of $80M later 0" in label for label in labels)


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore:no font here")
def test_a_name_with_an_underscore_is_not_hidden_from_the_legend(samples):
    """Matplotlib leaves labels with an underscore in front out of legends."""
    drawn = samples[0].copy()
    drawn.attrs = samples[0].attrs | {"actor_titles": ["_one", "_two", "_three", "_four"]}
    figure = PLOTS["offer-log"].draw(drawn)
    (legend,) = [part.legends[0] for part in figure.subfigs if part.legends]
    shown = " ".join(text.get_text() for text in legend.get_texts())
    assert any(name in shown for name in ("one", "two", "three", "four")), shown


def test_letters_that_no_font_has_are_named_once():
    """One warning with the text; the figure shows a sign for them."""
    page = Figure()
    axes = page.add_subplot()
    axes.set_title("𒀀 and 𒀁")
    axes.set_yticks([0, 1], ["plain", "𒀂"])
    with pytest.warns(UserWarning, match="no font here has all letters of") as caught:
        settle_text(page)
    assert len(caught) == 1
    assert axes.get_title() == "� and �"
    assert axes.get_yticklabels()[1].get_text() == "�"
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        page.draw_without_rendering()


def test_text_on_one_line():
    """Breaks and signs that cannot be seen are gone, what is too long ends in an ellipsis."""
    assert one_line("a\r\n\tb\u202e\x00c") == "a bc"
    assert len(one_line("x" * 300, 60)) == 60
    assert one_line("many words " * 30, 60).endswith("…")
    assert one_line("_a") != "_a"


@pytest.mark.filterwarnings("always:no font here")
def test_figures_that_are_drawn_together_warn_once():
    """However many of them show letters that no font has; who gathers them first tells."""
    with warnings.catch_warnings(record=True) as caught, missing_letters_told_once():
        for title in ("𒀀", "𒀀 again", "plain"):
            page = Figure()
            page.add_subplot().set_title(title)
            with missing_letters_told_once():
                settle_text(page)
    assert [str(one.message).split(";")[0] for one in caught] == ['no font here has all letters of "𒀀", "𒀀 again"']
