"""Figures of a run: how it ends, what is signed when, why not, and one typical world in detail."""
