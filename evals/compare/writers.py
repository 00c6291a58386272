"""Two writers side by side on the same questions: the one that quotes, and the language model."""

from collections.abc import Sequence

from assistant.answer.compose import ExtractiveWriter
from assistant.chain import Assistant
from assistant.types import Question
from evals.scoring.measures import figures
from evals.scoring.score import Stored, score_all
from evals.types import Answered, RankingSystem, Scored

FIGURES = {  # With the heading of each.
    "facts": "facts",
    "citation_validity": "verbatim",
    "citation_precision": "precise",
    "model_dropped": "dropped",
    "model_fallback": "fallback",
    "model_copied": "copied",
    "model_first_ms": "first ms",
    "model_last_ms": "last ms",
    "model_tokens": "tokens",
}


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
    return tuple(
        RankingSystem(mode, figures([one.scores for one in answers], FIGURES))
        for mode, answers in ((ExtractiveWriter.mode, quoted), (assistant.mode, scored))
    )
