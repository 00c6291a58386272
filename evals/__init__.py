"""The evaluation: reference questions, metrics, baselines and a report."""
