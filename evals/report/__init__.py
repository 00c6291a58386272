"""The HTML report."""

from evals.report.page import report

__all__ = ["report"]
