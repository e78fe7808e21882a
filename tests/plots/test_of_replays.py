"""Which figures must wait for replays, because they show them."""

import json

import pytest

from sim.plots import PLOTS
from sim.store import with_replays
from tests.war_codes import ENDINGS


def replayed(results):
    """The results with three conventions replayed beside them."""
    share = dict.fromkeys(ENDINGS, 1 / len(ENDINGS))
    endings = {"share": share, "error": dict.fromkeys(ENDINGS, 0.01), "draws": 9}
    rows = [{"name": "as written", "setting": "", "endings": endings}]
    rows += [{"name": "protocol", "setting": name, "endings": endings} for name in ("one", "two")]
    change = {"share": {"truce": 0.2}, "error": {"truce": 0.02}}
    base = {"title": "base", "endings": endings, "states": {"share": {"truce": 0.1}}, "state_change": None}
    laid = [base, base | {"title": "over", "states": {"share": {"truce": 0.3}}, "state_change": change}]
    return with_replays(results, json.loads(json.dumps({"conventions": rows, "overlays": laid})))


@pytest.mark.parametrize("name", PLOTS.names)
def test_what_a_figure_says_changes_with_replays_only_if_it_shows_them(name, ceasefire):
    """Whether it fits, how high it is, its title and caption: all others may be drawn before the replays."""
    plot, both = PLOTS[name], (ceasefire, replayed(ceasefire))
    fits = [plot.fits(results) for results in both]
    told = [
        (plot.title(results), plot.caption(results), plot.height(results)) if fit else None
        for results, fit in zip(both, fits, strict=True)
    ]
    assert (told[0] != told[1]) == plot.of_replays


@pytest.mark.slow
@pytest.mark.parametrize("name", PLOTS.names)
def test_what_a_figure_shows_changes_with_replays_only_if_it_shows_them(name, ceasefire, tmp_path):
    """Bytes of the picture, of those that fit."""
    if not PLOTS[name].fits(ceasefire) or PLOTS[name].of_replays:
        return
    for place, results in (("one", ceasefire), ("two", replayed(ceasefire))):
        PLOTS[name].draw(results).savefig(tmp_path / f"{place}.png", metadata={"Software": None})
    assert (tmp_path / "one.png").read_bytes() == (tmp_path / "two.png").read_bytes()
