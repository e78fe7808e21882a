"""Runs and what can be learned from many of them."""

from sim.runs.run_scenario import run as run
