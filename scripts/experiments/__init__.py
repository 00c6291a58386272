"""Finished experiments, kept so that their figures can be repeated."""
