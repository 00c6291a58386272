"""Passages → claims, verified citations, and the text of an answer."""
