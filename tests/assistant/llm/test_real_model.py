"""A real small model behind a real server: it sits the exam, fails, and so writes nothing.

Start a server as docs/language-models.md tells, and run: LLM_SERVER=http://127.0.0.1:8080/v1 pytest -m llm
"""

import os
from pathlib import Path

import pytest

from assistant.llm.exam import may_write
from evals.exam.sit import sit
from settings import Settings

pytestmark = [
    pytest.mark.llm,
    pytest.mark.skipif("LLM_SERVER" not in os.environ, reason="LLM_SERVER names no model's server"),
]
NAME = "openai:small"


def test_a_model_that_is_too_small_fails_the_exam(tmp_path: Path) -> None:
    settings = Settings(
        llm=NAME,
        llm_base_url=os.environ["LLM_SERVER"],
        llm_timeout_s=300.0,
        llm_max_tokens=300,
        llm_exams=tmp_path / "exams.jsonl",
        llm_usage=tmp_path / "usage.json",
    )
    passed, report = sit(NAME, settings)
    assert not passed, report
    assert not may_write(NAME, settings)
