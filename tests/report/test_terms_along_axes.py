"""A sweep tells what is agreed where, also where every point ends in a deal."""

import numpy as np
import pytest

from sim import sweep
from sim.discovery.searched_points import points_of
from sim.report.pieces import Table, plain_text
from sim.report.sweep_lead import sweep_headline, what_moves
from sim.report.sweep_report import SweepReport
from sim.report.terms_along_axes import terms_along, terms_section
from tests.shipped import shipped

PATH = "talks.strategies.buyer.settings.exponent"


@pytest.fixture(scope="module")
def swept() -> SweepReport:
    """The purchase, with a buyer that gives way early to late."""
    scenario = shipped("purchase")
    return SweepReport(sweep(scenario, over={PATH: [0.5, 1.0, 3.0]}, draws=30), scenario)


@pytest.mark.slow
def test_what_moves_it_names_the_price_where_no_ending_moves(swept):
    """All points end in a deal, and the price moves by what the arrays hold."""
    means = swept.results["terms_mean"].sel(group="all", issue="price").values.ravel()
    assert np.ptp(means) > 20_000
    told = what_moves(swept)
    assert "moves “Price of a turbine” most" in told
    assert "M USD" in told
    assert sweep_headline(swept).endswith("of worlds at each.")


@pytest.mark.slow
def test_the_table_holds_the_means_of_the_arrays(swept):
    """A row for each value, a column for each numeric issue and for the time; numbers as numbers."""
    (table,) = [piece for piece in terms_section(swept).pieces if isinstance(piece, Table)]
    assert [plain_text(head) for head in table.heads] == [
        "value", "Price of a turbine", "Delivery", "Warranty", "Time until a deal is signed",
    ]  # fmt: skip
    means = swept.results["terms_mean"].sel(group="all", issue="price").values.ravel()
    assert [row[1].sort for row in table.rows] == pytest.approx(means.tolist())
    assert {one.of for one in terms_along(swept)} == {"terms.price", "terms.weeks", "terms.warranty", "time"}


@pytest.mark.slow
def test_points_are_asked_about_by_the_names_of_outcomes(swept):
    """`terms.price` at a point is its mean there, `signed` that most worlds have a deal."""
    columns = points_of(swept.results).columns
    assert columns["terms.price"].values == pytest.approx(
        swept.results["terms_mean"].sel(group="all", issue="price").values.ravel()
    )
    assert columns["signed"].values.tolist() == [1.0, 1.0, 1.0]
