"""Figures of sweeps: maps, lines, one ray per number, and the lines that theory draws on a map."""
