"""Names of the base that an overlay misspells."""

import pytest

from sim.scenario.respelt import misspelt, respelt

BASE = {"actors": {"russia": {"red_lines": {"land": {}, "nato": {}}}, "us": {}}, "issues": {"line": {}, "lines": {}}}


@pytest.mark.parametrize(
    ("over", "meant"),
    [
        ({"actors": {"rusia": {}}}, [("actors", "russia")]),
        ({"actors": {"Russia": {}}}, [("actors", "russia")]),
        ({"actors": {"russia": {"red_lines": {"natto": {}}}}}, [("actors", "russia", "red_lines", "nato")]),
        ({"actors": {"belarus": {}, "us": {}}}, []),
        ({"issues": {"lin": {}, "line": {}}}, [("issues", "lines")]),
        ({"actors": 3, "issues": {}}, []),
    ],
)
def test_names_that_are_nearly_those_of_the_base(over, meant):
    """Not what is far from all; and not a name that the overlay uses as well, if another one is near."""
    assert [place for _, place in misspelt(BASE, over)] == meant


def test_both_spellings_become_one():
    """What stands under either name is kept."""
    over = {"actors": {"russia": {"a": 1}, "rusia": {"b": 2}}}
    assert respelt(over, [(("actors", "rusia"), ("actors", "russia"))]) == {"actors": {"russia": {"a": 1, "b": 2}}}
