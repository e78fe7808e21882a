"""Figures of models judged on decisions that were taken."""
