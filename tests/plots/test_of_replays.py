"""Which figures must wait for replays, because they show them."""

import json

import numpy as np
import pytest
from matplotlib.collections import Collection
from matplotlib.figure import Figure
from matplotlib.image import AxesImage
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.text import Text

from sim.plots import PLOTS
from sim.plots.frame.style import house_style
from sim.store import with_replays
from tests.war_codes import ENDINGS


@pytest.fixture(scope="module")
def replayed(ceasefire):
    """Results with three conventions replayed beside them."""
    share = dict.fromkeys(ENDINGS, 1 / len(ENDINGS))
    endings = {"share": share, "error": dict.fromkeys(ENDINGS, 0.01), "draws": 9}
    rows = [{"name": "as written", "setting": "", "endings": endings}]
    rows += [{"name": "protocol", "setting": name, "endings": endings} for name in ("one", "two")]
    change = {"share": {"truce": 0.2}, "error": {"truce": 0.02}}
    base = {"title": "base", "endings": endings, "states": {"share": {"truce": 0.1}}, "state_change": None}
    laid = [base, base | {"title": "over", "states": {"share": {"truce": 0.3}}, "state_change": change}]
    return with_replays(ceasefire, json.loads(json.dumps({"conventions": rows, "overlays": laid})))


@pytest.mark.parametrize("name", PLOTS.names)
def test_what_a_figure_says_changes_with_replays_only_if_it_shows_them(name, ceasefire, replayed):
    """Whether it fits, how high it is, its title and caption: all others may be drawn before the replays."""
    plot, both = PLOTS[name], (ceasefire, replayed)
    fits = [plot.fits(results) for results in both]
    told = [
        (plot.title(results), plot.caption(results), plot.height(results)) if fit else None
        for results, fit in zip(both, fits, strict=True)
    ]
    assert (told[0] != told[1]) == plot.of_replays


def painted(plot, results):
    """What a figure paints between title and caption: every letter, line, area and cell, with places and colours."""
    with house_style("screen") as look:
        page = Figure(figsize=(9, plot.height(results)))
        plot.paint(page.subfigures(1, 1), results, look)
    return [repr((type(artist).__name__, *traits(artist))) for artist in page.findobj()]


def traits(artist):
    """What is seen of an artist."""
    yield artist.get_visible(), artist.get_alpha(), artist.get_zorder(), str(artist.get_label())
    match artist:
        case Text():
            yield artist.get_text(), artist.get_position(), artist.get_size(), artist.get_weight(), artist.get_color()
        case Line2D():
            marks = artist.get_marker(), artist.get_markersize(), artist.get_markerfacecolor(), artist.get_linestyle()
            yield plain(artist.get_xydata()), artist.get_color(), *map(str, marks), artist.get_linewidth()
        case Patch():
            yield plain(artist.get_path().vertices), plain(artist.get_patch_transform().get_matrix())
            yield artist.get_facecolor(), artist.get_edgecolor(), artist.get_linewidth(), artist.get_hatch()
        case Collection():
            yield [plain(path.vertices) for path in artist.get_paths()], plain(artist.get_offsets())
            yield plain(artist.get_facecolor()), plain(artist.get_edgecolor()), plain(artist.get_array())
            sizes = artist.get_sizes() if hasattr(artist, "get_sizes") else ()
            yield plain(sizes), plain(artist.get_linewidth())
        case AxesImage():
            yield plain(artist.get_array()), artist.get_extent(), artist.get_clim()


def plain(array):
    """Numbers that compare as a whole, missing ones alike."""
    return () if array is None else repr(np.ma.filled(np.ma.asarray(array, dtype=float), np.nan).tolist())


@pytest.mark.slow
@pytest.mark.parametrize("name", PLOTS.names)
def test_what_a_figure_shows_changes_with_replays_only_if_it_shows_them(name, ceasefire, replayed):
    """All that is painted, of those that fit; title and caption are compared above."""
    if not PLOTS[name].fits(ceasefire) or PLOTS[name].of_replays:
        return
    without, beside = (painted(PLOTS[name], results) for results in (ceasefire, replayed))
    assert len(without) > 20
    assert without == beside
