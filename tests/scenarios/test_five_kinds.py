"""Five disputes that are no war: short, sourced, answered, and told without a word of war."""

import re
from pathlib import Path

import numpy as np
import pytest
import xarray as xr
from click.testing import CliRunner
from matplotlib.text import Text

from sim.cli.main import main
from sim.evidence import verify_source
from sim.plots import PLOTS, fitting
from sim.runs.own_values import own_values
from sim.scenario import draw, read_case
from sim.scenario.winning import winning_coalitions
from sim.solutions.nash import Nash
from sim.store import load_with_replays
from sim.table import DealSpace, build

PROJECT = Path(__file__).parents[2]
CASES = ("river_dam", "purchase", "coalition", "summit", "monitored_deal")
DRAWN: set[str] = set()
WAR = re.compile(r"\b(truces?|ceasefires?|fight\w*|wars?|arms|battle\w*|stalemate|rearm\w*)\b", re.IGNORECASE)


def read(case, overlay=None):
    """One of the five."""
    return read_case(PROJECT / "scenarios" / case, overlay=overlay)


@pytest.mark.parametrize("case", CASES)
def test_it_is_short_sourced_and_declares_what_answers_its_question(case):
    """Under 40 lines beside its tables; its text is the one its claims are from, each of them used or told."""
    found = read(case)
    assert len((found.folder / "scenario.toml").read_text(encoding="utf-8").splitlines()) < 40
    assert verify_source(found.article, PROJECT / "seeds" / f"{case}.txt").matches
    assert found.scenario.headline.outcomes
    assert found.scenario.grounds["claims"] >= 3
    text = (found.folder / "README.md").read_text(encoding="utf-8")
    assert all(f"**{part}" in text for part in ("Question.", "Answer.", "What decides it.", "By hand.", "From."))
    assert found.scenario.question in text.replace("\n", " ")
    assert found.overlays


def words_of(name, results):
    """What a figure says: title and caption, and all that is written in it if no case before has drawn it."""
    said = [PLOTS[name].title(results), PLOTS[name].caption(results)]
    if name not in DRAWN:
        DRAWN.add(name)
        said += [text.get_text() for text in PLOTS[name].draw(results).findobj(Text)]
    return " ".join(said).replace("\n", " ")


@pytest.mark.slow
@pytest.mark.parametrize("case", CASES)
def test_its_answer_and_its_page_hold_no_word_of_war(tmp_path, monkeypatch, case):
    """Terminal, page, CSV, JSON and netCDF; the name of a source aside.

    Titles and captions of figures are read in every case, what stands in a figure in the first case that it fits: a
    page has its letters as outlines, so they are read where they are drawn.
    """
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("sim.report.page.write.pictures", lambda _results: [])
    words = ["run", str(PROJECT / "scenarios" / case), "--draws", "6", "--no-flips", "--no-figures", "--out", "out"]
    told = CliRunner().invoke(main, words, catch_exceptions=False)
    assert told.exit_code == 0
    assert not WAR.findall(told.stdout)
    assert CliRunner().invoke(main, ["report", "out"], catch_exceptions=False).exit_code == 0
    page = next(Path("out").glob("*.html")).read_text(encoding="utf-8")
    shown = re.sub(r"<(script|style)\b.*?</\1>|<[^>]*>", " ", page, flags=re.DOTALL)
    assert not WAR.findall(shown.replace("Arms Control Association", ""))
    for file in ("results.csv", "answer.json", "manifest.json"):
        assert not WAR.findall((Path("out") / file).read_text(encoding="utf-8")), file
    with xr.open_dataset("out/results.nc") as file:  # as others see it, not as it is read back
        results = file.load()
    read_back = load_with_replays("out")
    for name in fitting(read_back):
        assert not WAR.findall(words_of(name, read_back)), name
    named = [*results.variables, results.attrs, *(one.attrs for one in results.variables.values())]
    named += [one.values.tolist() for one in results.coords.values() if one.dtype.kind in "OUT"]
    assert not WAR.findall(" ".join(map(str, named)))


def test_the_price_of_nash_is_halfway_between_what_both_would_pay():
    """The closed form of the README: 3.5575 million, 44 weeks, 5 years, to within the grid of 10,000."""
    scenario = read("purchase").scenario
    space = DealSpace.of(scenario)
    worlds = build(space, draw(scenario, np.zeros(1, dtype=np.int64), central=True))
    best = int(Nash().choose(worlds.table)[0])
    price, weeks, warranty = (
        float(issue.values[space.deals[best, i]]) for i, issue in enumerate(scenario.issues.values())
    )
    assert abs(price - 3_557_500) <= 5_000
    assert (weeks, warranty) == (44, 5)


def test_two_coalitions_can_govern():
    """Those of the README: VVD, CDA and D66 with GreenLeft (85 seats) or with the Christian Union (76)."""
    scenario = read("coalition").scenario
    names = list(scenario.actors)
    found = [{names[n] for n in np.flatnonzero(row)} for row in winning_coalitions(scenario)]
    assert sorted(sum(scenario.votes[name] for name in row) for row in found) == [76, 85]
    assert {"vvd", "cda", "d66", "cu"} in found


def test_delegations_compare_a_text_with_things_as_they_are():
    """No text is worth what the status quo is; Saudi Arabia and Japan have least to gain, as the README says."""
    found = own_values(read("summit").scenario)
    assert all(one.no_deal == pytest.approx(one.status_quo) for one in found)
    assert [one.actor for one in sorted(found, key=lambda one: -one.no_deal)][:2] == ["saudi", "japan"]


def test_no_treaty_drifts_for_egypt_as_the_readme_says():
    """u(q) + d δ/(1 − δ) with the drift and the discount of a month."""
    scenario = read("river_dam").scenario
    egypt = next(one for one in own_values(scenario) if one.actor == "egypt")
    delta = 0.9 ** (1 / 12)
    assert egypt.no_deal == pytest.approx(egypt.status_quo - 0.02 / 12 * delta / (1 - delta))
    still = next(one for one in own_values(read("river_dam", "patient-river").scenario) if one.actor == "egypt")
    assert still.no_deal == pytest.approx(still.status_quo)
