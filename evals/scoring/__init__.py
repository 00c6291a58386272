"""Answers → scores, figures and bars."""
