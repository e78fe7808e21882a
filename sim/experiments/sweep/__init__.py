"""Sweeps: designs, points, plays in chunks, results."""
