"""Metrics: pure functions from answers and labels to numbers."""
