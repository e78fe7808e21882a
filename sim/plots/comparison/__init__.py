"""Figures of two answers side by side."""
