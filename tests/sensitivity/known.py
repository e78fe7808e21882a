"""Functions with known indices, and how a design is played on them."""

import numpy as np

from sim.sensitivity import Saltelli

#: Coefficients of a g-function of forty numbers: two strong, two middling, all others weak.
WEIGHTS = np.array([0.0, 0.5, 3.0, 9.0] + [99.0] * 36)


def ishigami(x):
    """The function of Ishigami & Homma 1990 with a = 7, b = 0.1, on (-pi, pi)."""
    x = np.pi * (2 * x - 1)
    return np.sin(x[:, 0]) + 7 * np.sin(x[:, 1]) ** 2 + 0.1 * x[:, 2] ** 4 * np.sin(x[:, 0])


def g_function(x):
    """The g-function of Saltelli & Sobol' 1995 with ``WEIGHTS``."""
    return np.prod((np.abs(4 * x - 2) + WEIGHTS) / (1 + WEIGHTS), axis=1)


def g_indices(members):
    """First (closed) and total index of a group of its numbers, in closed form."""
    parts = 1 / (3 * (1 + WEIGHTS) ** 2)
    inside = np.isin(np.arange(len(WEIGHTS)), members)
    whole = np.prod(1 + parts) - 1
    within, without = np.prod(1 + parts[inside]) - 1, np.prod(1 + parts[~inside]) - 1
    return within / whole, 1 - without / whole


def playing(function):
    """Plays a Saltelli design on a function of the quantiles, in the order of its paths."""

    def play(design, first):
        rows = design.rows(first, design.points)
        return function(np.stack([rows.uniform[path] for path in design.paths], axis=1))[:, None]

    return play


def design(count, base=256, seed="known", **more):
    """A Saltelli design over so many numbers, each by itself."""
    paths = tuple(f"x{n + 1}" for n in range(count))
    return Saltelli(seed, paths, {path: (path,) for path in paths}, base, **more)
