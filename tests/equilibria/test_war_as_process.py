"""Wars that drift and end."""

import pytest

from sim.equilibria import DriftingWar, battlefield_drift, lump_cost, random_closing


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


def test_lump_cost():
    """Flow cost times discounted time at war; a war without end costs its flow."""
    assert lump_cost(1.0, 0.95, 0.05) == pytest.approx(0.5128205128205128)
    assert lump_cost(0.4, 0.95, 0.0) == pytest.approx(0.4)


def test_random_closing():
    """The mean of gamma^n over a geometric number of rounds."""
    assert random_closing(0.9025, 0.2) == pytest.approx(0.6492805755395683)
    assert random_closing(0.9, 1.0) == pytest.approx(0.9)
    series = sum(0.72**n * 0.2 * 0.8 ** (n - 1) for n in range(1, 500))
    assert random_closing(0.72, 0.2) == pytest.approx(series)
