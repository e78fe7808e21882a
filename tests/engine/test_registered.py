"""The rule that protocols and strategies exist under the names in the file."""

import pytest

from sim.engine.registered import names_are_registered
from sim.foundations import InputError
from sim.scenario import read_case
from tests.scenario.small_case import SMALL, write_case

STRATEGY = "[talks.strategies.north]\n"


@pytest.mark.parametrize(
    ("new", "path", "nearest"),
    [
        (
            "[talks.strategies.north]\naspiration = 'time-dependant'\n",
            "talks.strategies.north.aspiration",
            "time-dependent",
        ),
        ("[talks.strategies.north]\nacceptance = 'ac-nxt'\n", "talks.strategies.north.acceptance", "ac-next"),
        (
            "[talks.strategies.north]\noffering = 'nearest'\n",
            "talks.strategies.north.offering",
            "nearest-to-aspiration",
        ),
        (
            "[talks.strategies.north]\nsettings.exponnt = { value = 1, assumed = 'x' }\n",
            "talks.strategies.north.settings.exponnt",
            "exponent",
        ),
        (
            ("[talks.strategies.north]\nmixture = [{ aspiration = 'mcro', weight = { value = 1, assumed = 'x' } }]\n"),
            "talks.strategies.north.mixture.0.aspiration",
            "micro",
        ),
        (
            "[talks.settings]\nresponces = 'vote'\n[talks.strategies.north]\n",
            "talks.settings.responces",
            "responses",
        ),
    ],
)
def test_unknown_names_are_found(tmp_path, new, path, nearest):
    """With their place and the nearest right name."""
    write_case(tmp_path, SMALL.replace(STRATEGY, new))
    with pytest.raises(InputError) as caught:
        read_case(tmp_path, extra_rules=[names_are_registered])
    problems = {".".join(map(str, problem.path)): problem for problem in caught.value.problems}
    assert problems[path].nearest == nearest
    assert problems[path].line


def test_settings_of_an_unknown_strategy_are_not_blamed(tmp_path):
    """One slip in the name of a strategy is one problem, whatever settings come with it."""
    write_case(tmp_path, SMALL.replace(STRATEGY, f"{STRATEGY}aspiration = 'time-dependant'\n"))
    with pytest.raises(InputError) as caught:
        read_case(tmp_path, extra_rules=[names_are_registered])
    assert [problem.nearest for problem in caught.value.problems] == ["time-dependent"]
