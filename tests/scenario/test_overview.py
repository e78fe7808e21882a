"""A scenario in a notebook."""

from sim import read_scenario
from tests.scenario.small_case import SMALL, write_case


def test_it_shows_what_there_is(tmp_path):
    """Actors, issues, numbers; words of the file are escaped."""
    case = write_case(tmp_path / "small", SMALL.replace('title = "small"', 'title = "<b>small</b>"'))
    found = read_scenario(case)._repr_html_()
    assert "&lt;b&gt;small" in found
    assert "uncle (mediator)" in found
    assert "of them assumed" in found
    assert found.startswith("<table>")
