"""Files: the same bytes for the same results, whole or not at all."""

import pytest

from sim.foundations import ResultsError, UnknownNameError
from sim.plots import PLOTS, fitting, plot_all, save
from sim.runs import run
from tests.shipped import shipped


@pytest.mark.slow
def test_the_same_results_give_the_same_bytes(ceasefire, tmp_path):
    """Two drawings agree byte for byte, in all formats: a plane of many points, and bars."""
    first = plot_all(ceasefire, tmp_path / "one", only=["payoff-plane"])
    second = plot_all(ceasefire, tmp_path / "two", only=["payoff-plane"])
    assert [path.name for path in first] == ["payoff-plane.png", "payoff-plane.svg"]
    first += plot_all(ceasefire, tmp_path / "one", ("svg", "pdf"), ["blockers"])
    second += plot_all(ceasefire, tmp_path / "two", ("svg", "pdf"), ["blockers"])
    for one, two in zip(first, second, strict=True):
        assert one.read_bytes() == two.read_bytes(), one.name


@pytest.mark.slow
def test_ids_of_two_figures_differ(ceasefire, tmp_path):
    """Several SVGs may share a page, since their ids come from different salts."""
    texts = [path.read_text() for path in plot_all(ceasefire, tmp_path, ("svg",), ["endings", "blockers"])]
    clips = [{part.split('"')[0] for part in text.split('<clipPath id="')[1:]} for text in texts]
    assert clips[0]
    assert not clips[0] & clips[1]
    assert "<title>The end is" in texts[0]


def test_a_failed_write_leaves_the_old_file(budget, tmp_path, monkeypatch):
    """Nothing half-written takes the place of a file."""
    figure = PLOTS["endings"].draw(budget)
    (path,) = save(figure, tmp_path, "endings", ("png",))
    before = path.read_bytes()

    def fail(*_args, **_settings):
        raise OSError("disk full")

    monkeypatch.setattr(type(figure), "savefig", fail)
    with pytest.raises(ResultsError, match="disk full"):
        save(figure, tmp_path, "endings", ("png",))
    assert path.read_bytes() == before
    assert [item.name for item in tmp_path.iterdir()] == ["endings.png"]


@pytest.mark.slow
def test_unknown_names_are_refused(budget, tmp_path):
    """Format, figure and fit, each with what there is."""
    with pytest.raises(UnknownNameError, match="svg"):
        plot_all(budget, tmp_path, ("gif",))
    with pytest.raises(UnknownNameError, match="endings"):
        plot_all(budget, tmp_path, ("png",), ["endngs"])
    assert "blockers" not in fitting(budget)
    with pytest.raises(ResultsError, match="does not fit"):
        plot_all(budget, tmp_path, ("png",), ["blockers"])


@pytest.mark.slow
def test_of_one_draw_no_shares_are_drawn():
    """Its offers, deals and reasons are shown; bars of 100 % are not, unless they are asked for."""
    scenario = shipped("ceasefire")
    one = run(scenario, 1, central=True)
    assert set(fitting(one)) == {"concession-curves", "offer-log", "payoff-plane", "why-not"}
    assert PLOTS["endings"].fits(one)
    assert "endings" in fitting(run(scenario, 2))
