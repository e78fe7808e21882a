"""Wars that drift and end."""

import pytest

from sim.equilibria import DriftingWar, battlefield_drift


@pytest.mark.parametrize(
    ("war", "rounds", "V", "values"),
    [
        (DriftingWar(0.55, 1.0, 0.95, 0.04, 0.55, 0.1, 0.1), 6, 0.6,
         (0.003794642857142646, 0.013730603794642644, 0.34113341060636015)),
        (DriftingWar(0.6, 0.5, 0.9, 0.1, 0.4, 0.2, 0.3), 4, 0.55,
         (0.29527166646408176, 0.3268610429074998, 0.3913256707660001)),
    ],
)  # fmt: skip
def test_drift(war, rounds, V, values):
    """War now, war later and a signature later, as worked out and round by round."""
    found = (war.value(0), war.value(rounds), battlefield_drift(war, rounds, V))
    assert found == pytest.approx(values)
    value = V
    for t in reversed(range(rounds)):
        power = war.power + war.drift * (1 - (1 - war.speed) ** t)
        fight = (1 - war.delta) * (war.holdings - war.flow_cost)
        value = fight + war.delta * (war.m * power + (1 - war.m) * value)
    assert found[2] == pytest.approx(value)
