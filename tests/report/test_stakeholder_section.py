"""Who challenges whom, as it is told, drawn and kept."""

import numpy as np
import pytest

from sim.plots import PLOTS
from sim.report import answer
from sim.report.answer import Answer
from sim.report.pieces import Items, Table, placed, plain_text
from sim.report.run_report import RunReport
from sim.report.stakeholder_section import stakeholder_section
from sim.runs import run
from sim.runs.forecast_arrays import add_forecasts
from tests.shipped import shipped

pytestmark = pytest.mark.slow  # whole pages of whole runs

FIGURES = ("who-challenges-whom", "movement-by-turn", "decision-by-turn", "coalition-heat-map")


@pytest.fixture(scope="module")
def emission():
    """A run of the case of ten states with forecasts beside, and its scenario."""
    scenario = shipped("emission_standards")
    results = run(scenario, 30)
    add_forecasts(results, scenario)
    return results, scenario


@pytest.fixture(scope="module")
def told(emission):
    """What is told of it."""
    results, scenario = emission
    return RunReport(answer(results, scenario, "emission_standards", ""), scenario)


def test_short_form_names_challenges_moves_and_outcome(told):
    """A terminal has some sentences for an issue; the page the tables besides."""
    section = stakeholder_section(told, "everywhere")
    short = [part for part in section.pieces if isinstance(part, Items)]
    words = plain_text(short[0].items[0])
    assert "challenged first, in most worlds, are" in words
    assert "Luxembourg from 4 years to" in words
    assert "The outcome is 7 years at first" in words
    page = [one for part in section.pieces for one in placed(part, "page") if isinstance(one, Table)]
    assert {table.identity for table in page} == {"movement-delay", "challenges-delay", "pairs-delay"}
    assert not [one for part in section.pieces for one in placed(part, "terminal") if isinstance(one, Table)]


def test_json_comes_back(told):
    """What JSON holds is read back as it was, and shares are those of the arrays."""
    plain = told.answer.to_json()
    model = plain["stakeholders"]["delay"]["challenge-model"]
    first = {(one["challenger"], one["challenged"]): one["first"] for one in model["challenges"]}
    assert first["belgium", "luxembourg"] > 0.9
    assert model["backing"]["greece"]["ireland"] > model["backing"]["greece"]["denmark"]
    assert [one["turn"] for one in model["outcomes"]] == list(range(11))
    assert sum(model["pairs"][0]["shares"].values()) == pytest.approx(1)
    from pydantic import TypeAdapter

    back = TypeAdapter(Answer).validate_python(plain)
    assert back.stakeholders == told.answer.stakeholders


def test_two_parties_have_no_such_view():
    """Below three parties nothing is followed, told or kept."""
    scenario = shipped("purchase")
    results = run(scenario, 5)
    add_forecasts(results, scenario)
    assert "turn_challenge" not in results
    found = answer(results, scenario, "purchase", "")
    assert found.stakeholders == {}
    assert "stakeholders" not in found.to_json()
    assert stakeholder_section(RunReport(found, scenario), "everywhere").pieces == ()
    assert not any(PLOTS[name].fits(results) for name in FIGURES)


@pytest.mark.parametrize("name", FIGURES)
def test_figures_say_what_the_arrays_hold(emission, name):
    """Each fits, differs, and names worlds and intervals where it speaks of shares of worlds."""
    results, _ = emission
    plot = PLOTS[name]
    assert plot.fits(results)
    assert plot.varies(results)
    words = f"{plot.title(results)} {plot.caption(results)}"
    assert "30 worlds" in words
    assert "nan" not in words


@pytest.mark.slow
@pytest.mark.parametrize("case", ["emission_standards", "coalition"])
def test_figures_are_drawn(emission, case):
    """Numeric scales and named levels, few actors and many: each figure has as many panels as it says."""
    if case == "emission_standards":
        results, _ = emission
    else:
        scenario = shipped(case)
        results = run(scenario, 20)
        add_forecasts(results, scenario)
    issues = results.sizes["forecast_issue"]
    for name, panels in zip(FIGURES, (3, 2 * issues, 2 * issues, 2), strict=True):
        drawn = PLOTS[name].draw(results)
        assert len([axes for axes in drawn.get_axes() if axes.axison]) == panels
    shares = drawn.get_axes()[0].get_images()[0].get_array()
    assert np.nanmax(shares) <= 100
