"""Open what writes with a language model: imported only when one is named."""

import logging
from typing import TYPE_CHECKING

from assistant import texts
from assistant.llm.budget import budget_of
from assistant.llm.exam import may_write
from assistant.llm.rephrase import Rephraser
from assistant.llm.writer import LLMWriter
from errors import ExamMissingError
from ingest.texts import explain_to_operator
from providers import open_model, unreachable
from settings import Settings

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

log = logging.getLogger(__name__)


def open_named(name: str, settings: Settings) -> "BaseChatModel | None":
    """Open the model `provider:model`, or return None without a passed exam; raise LanguageModelError.

    What keeps it from writing now, no exam or no server, is told to the operator.
    """
    model = open_model(name, settings)
    if not may_write(name, settings):
        log.warning("%s", explain_to_operator(ExamMissingError(name)))
        return None
    told = unreachable(name, settings)
    if told is not None:
        log.warning("%s", explain_to_operator(told))
    return model


def writers_of(name: str, model: "BaseChatModel", settings: Settings) -> tuple[LLMWriter, Rephraser]:
    """Return what writes answers and what makes follow-ups standalone."""
    budget = budget_of(settings)
    mode = texts.MODE_MODEL.format(name=name)
    return (
        LLMWriter(mode, model, budget, settings.llm_timeout_s),
        Rephraser(model, budget, settings.llm_timeout_s),
    )
