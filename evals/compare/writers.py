"""Two writers side by side on the same questions: the one that quotes, and the language model."""

from collections.abc import Sequence

import numpy as np

from assistant.answer.compose import ExtractiveWriter
from assistant.chain import Assistant
from assistant.types import Question
from evals.scoring.score import Stored, score_all
from evals.types import Answered, RankingSystem, Scored

FIGURES = (
    "facts",
    "citation_validity",
    "citation_precision",
    "model_dropped",
    "model_fallback",
    "model_copied",
    "model_first_ms",
    "model_last_ms",
    "model_tokens",
)


def compare_writers(
    assistant: Assistant, scored: Sequence[Scored], stored: Stored
) -> tuple[RankingSystem, ...]:
    """Return the figures of the answers as quoted and as the model wrote them; nothing without a model."""
    if assistant.settings.llm is None:
        return ()
    quoting = Assistant(assistant.settings, assistant.retriever, ExtractiveWriter())
    asked = [one.question for one in scored]
    quoted = score_all(
        [Answered(one, quoting.ask(Question(one.question, one.history, one.id))) for one in asked], stored
    )
    return RankingSystem(ExtractiveWriter.mode, _means(quoted)), RankingSystem(assistant.mode, _means(scored))


def _means(scored: Sequence[Scored]) -> dict[str, float]:
    """Return the mean of each figure over the questions that have it."""
    found = {name: [one.scores[name] for one in scored if name in one.scores] for name in FIGURES}
    return {name: float(np.mean(values)) for name, values in found.items() if values}
