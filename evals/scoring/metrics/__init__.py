"""Metrics: pure functions from answers and labels to numbers."""

from evals.scoring.metrics.advice import practices_first_two, score_advice, score_ambiguous
from evals.scoring.metrics.answer import citation_precision, citation_validity, fact_groups_found, readability
from evals.scoring.metrics.calibration import calibration_bins, calibration_error
from evals.scoring.metrics.draft import score_draft
from evals.scoring.metrics.ranking import MOST_RANKED, ranking_scores

__all__ = [
    "MOST_RANKED",
    "calibration_bins",
    "calibration_error",
    "citation_precision",
    "citation_validity",
    "fact_groups_found",
    "practices_first_two",
    "ranking_scores",
    "readability",
    "score_advice",
    "score_ambiguous",
    "score_draft",
]
