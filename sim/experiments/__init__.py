"""Runs and what can be learned from many of them."""

from sim.experiments.run import run as run
