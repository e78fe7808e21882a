"""Figures of analyses: numbers in ranked rows, and the box that discovery finds."""
