"""Short documents without example questions, and how well questions about them are answered."""

from evals.documents.measure import measure_documents

__all__ = ["measure_documents"]
