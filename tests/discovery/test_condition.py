"""Conditions: what they mean, and what is said of those that mean nothing."""

import numpy as np
import pytest

from sim.ensemble.condition import Column, parse
from sim.foundations import InputError

COLUMNS = {
    "ending": Column(np.array([0.0, 1, 2, 2]), ("truce", "stalemate", "war")),
    "held": Column(np.array([3.0, 0, 12, 30])),
    "converted": Column(np.array([0.0, 0, 1, 0])),
    "a.patience": Column(np.array([0.1, 0.2, 0.3, 0.4])),
}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ending == stalemate", [0, 1, 0, 0]),
        ('ending != "war"', [1, 1, 0, 0]),
        ("held < 12", [1, 1, 0, 0]),
        ("held>=1.2e1", [0, 0, 1, 1]),
        ("ending in [truce, war]", [1, 0, 1, 1]),
        ("ending not in [truce, war]", [0, 1, 0, 0]),
        ("ending == war and held < 20", [0, 0, 1, 0]),
        ("ending == truce or ending == war and held < 20", [1, 0, 1, 0]),
        ("not (ending == truce or held < 5)", [0, 0, 1, 1]),
        ("converted", [0, 0, 1, 0]),
        ("converted == true", [0, 0, 1, 0]),
        ("a.patience > 0.25", [0, 0, 1, 1]),
        ("held > -1", [1, 1, 1, 1]),
    ],
)
def test_conditions_mean_what_they_say(text, expected):
    """Comparisons, lists, and, or, not, brackets."""
    np.testing.assert_array_equal(parse(text)(COLUMNS), np.array(expected, bool))


@pytest.mark.parametrize(
    ("text", "message", "nearest"),
    [
        ("endin == war", 'no outcome "endin"', "ending"),
        ("ending == stalemte", 'never "stalemte"', "stalemate"),
        ("ending < war", "no order", None),
        ("ending = war", 'single "="', None),
        ("ending == ", "a value is missing", None),
        ("held < 12 )", "not expected", None),
        ("(held < 12", 'closing "\\)"', None),
        ("ending in truce", "needs a list", None),
        ("__import__('os').system('x')", "not expected|made of|name of", None),
        ("ending == 2", "is one of truce", None),
        ("", "name of an outcome is missing", None),
        ("state@8w == war", 'do not hold "state@8w": .* kept only where it is asked of the case', None),
        ("held@soon", '"soon" is no time', None),
        ("held ; 3", "made of", None),
    ],
)
def test_what_means_nothing_is_refused_with_the_nearest_name(text, message, nearest):
    """Every mistake is an InputError that says what is wrong; nothing is executed."""
    with pytest.raises(InputError, match=message) as caught:
        parse(text)(COLUMNS)
    assert caught.value.problems[0].nearest == nearest
