"""Metrics: pure functions from answers and labels to numbers."""

from evals.scoring.metrics.advice import calibration_error, score_advice, score_ambiguous
from evals.scoring.metrics.citations import citation_validity
from evals.scoring.metrics.draft import score_draft
from evals.scoring.metrics.facts import all_facts, facts_at, groups_found, matches, said
from evals.scoring.metrics.polarity import score_polarity, verdict_said
from evals.scoring.metrics.ranking import MOST_RANKED, ranking_scores
from evals.scoring.metrics.shown import score_shown, shown_units

__all__ = [
    "MOST_RANKED",
    "all_facts",
    "calibration_error",
    "citation_validity",
    "facts_at",
    "groups_found",
    "matches",
    "ranking_scores",
    "said",
    "score_advice",
    "score_ambiguous",
    "score_draft",
    "score_polarity",
    "score_shown",
    "shown_units",
    "verdict_said",
]
