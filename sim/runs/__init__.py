"""Runs and what can be learned from many of them."""

from sim.runs.run import run as run
