"""A real small model behind a real server: whatever it writes, nothing unsupported is shown.

Start a server as docs/language-models.md tells, and run: LLM_SERVER=http://127.0.0.1:8080/v1 pytest -m llm
"""

import os
from pathlib import Path

import pytest

from assistant.answer.compose import ExtractiveWriter
from assistant.chain import Assistant
from assistant.llm.writers import writers_of
from assistant.types import Question
from evals.questions import QUESTIONS_FOLDER, load_questions
from evals.scoring.metrics.draft import unsupported
from providers import open_model

pytestmark = [
    pytest.mark.llm,
    pytest.mark.skipif("LLM_SERVER" not in os.environ, reason="LLM_SERVER names no model's server"),
]
NAME = "openai:small"
QUESTIONS = int(os.environ.get("LLM_QUESTIONS", "20"))


def test_nothing_unsupported_is_shown_and_every_answer_is_useful(
    full_assistant: Assistant, tmp_path: Path
) -> None:
    given = {
        "llm": NAME,
        "llm_base_url": os.environ["LLM_SERVER"],
        "llm_timeout_s": 300.0,
        "llm_max_tokens": 200,
        "llm_daily_limit": 0,
        "llm_usage": tmp_path / "usage.json",
    }
    settings = full_assistant.settings.model_copy(update=given)
    retriever = full_assistant.retriever
    writers = writers_of(NAME, open_model(NAME, settings), settings, retriever.embeddings)
    assistant = Assistant(settings, retriever, ExtractiveWriter(), *writers)
    asked = [one for one in load_questions(QUESTIONS_FOLDER, "dev") if one.answerable][:QUESTIONS]
    for one in asked:
        question = Question(one.question, one.history, one.id)
        answer, quoted = assistant.ask(question), full_assistant.ask(question)
        assert unsupported(answer, assistant.index.practices) == []
        assert answer.status == quoted.status
        assert answer.citations or not quoted.citations
