"""Positions of ten states on emission standards of cars, as published, and what was published about them."""

from sim.forecasts import Stakeholders

# Bueno de Mesquita 1994, p. 78, as restated by Scholz, Calbert & Smith 2011, table 1: years of delay asked for.
NAMES = ("Netherlands", "Belgium", "Luxembourg", "Germany", "France", "Italy", "UK", "Ireland", "Denmark", "Greece")
CAPABILITY = (0.08, 0.08, 0.03, 0.16, 0.16, 0.16, 0.16, 0.05, 0.05, 0.08)
POSITION = (4, 7, 4, 4, 10, 10, 10, 7, 4, 7)
SALIENCE = (0.8, 0.4, 0.2, 0.8, 0.6, 0.6, 0.9, 0.1, 1.0, 0.7)
#: Scholz, Calbert & Smith 2011, table 2: medians and means after rounds 1 to 8. The median of round 2 is left out: no
#: actor stands near the printed 9.9 then, by any reading of the model.
MEDIANS = {1: 8.4, 3: 9.9, 4: 9.9, 5: 9.9, 6: 7.4, 7: 8.8, 8: 9.6}
MEANS = {1: 7.4, 2: 7.5, 3: 7.6, 4: 7.3, 5: 7.3, 6: 7.4, 7: 7.5, 8: 7.6}


def states():
    """The ten states in one draw."""
    return Stakeholders.of_issue(POSITION, SALIENCE, CAPABILITY)


def rows(found):
    """Positions, saliences and weights with one row for each issue of each draw."""
    return tuple(found.by_issue(values) for values in (found.position, found.salience, found.weight))
