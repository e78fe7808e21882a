"""Runs and what can be learned from many of them."""

from typing import TYPE_CHECKING

from sim.foundations.door import open_door

if TYPE_CHECKING:
    from sim.runs.run_scenario import run as run

open_door(__name__)
