"""Figures of games: who should do what."""

from sim.plots.game.tournament_map import tournament_map as tournament_map
