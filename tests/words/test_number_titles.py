"""What people call a number is words in every case, not the path under which it stands in the file."""

import re
from pathlib import Path

import pytest

from sim.words import number_title
from tests.shipped import shipped

CASES = sorted(file.parent.name for file in Path("scenarios").glob("*/scenario.toml"))


@pytest.mark.parametrize("case", CASES)
def test_no_number_is_called_by_its_path(case):
    """No title holds a dotted name, an underscore or the field of the file in brackets; no two titles are one."""
    scenario = shipped(case)
    titles = {path: number_title(scenario, path) for path in scenario.numbers}
    assert not [title for title in titles.values() if re.search(r"[a-z]\.[a-z0-9]|_|\((exponent|speed|after)\)", title)]
    assert len(set(titles.values())) == len(titles)


def test_settings_of_a_mixture_name_their_tactic():
    """Two tactics of one strategy are told apart by what they are called."""
    scenario = shipped("buyer_seller")
    titles = [number_title(scenario, path) for path in scenario.numbers if ".mixture." in path]
    assert len(titles) == 4
    assert "Seller: weight of the tactic “relative tit for tat”" in titles
