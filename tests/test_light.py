"""What answers questions loads none of the heavy libraries that training and other models need.

Nor anything of a language model when none is named.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import PROJECT, process_environment

HEAVY = {"torch", "transformers", "sentence_transformers", "sklearn", "pandas", "pyarrow", "numba", "jax"}
WRITING = {"langchain", "langchain_openai", "openai", "langgraph", "tiktoken", "providers"}
WRITING_ROOM = "assistant.llm"  # All of it: what a language model alone needs.
REPORT = "import json, sys; print(json.dumps(sorted(sys.modules)))"
COMMAND = """
from assistant.__main__ import main
assert main(["Wat is een living lab?", "--json"]) == 0
"""
APP = """
import time
from streamlit.testing.v1 import AppTest
from assistant.types import Question
from web.service import current
import web.server

current().start()
while current().readiness.phase not in ("ready", "failed"):
    time.sleep(0.05)
assert current().ready, current().readiness
assert current().submit(Question("Wat is een living lab?")).result().status == "answered"
page = AppTest.from_file("app.py", default_timeout=60).run()
assert not page.exception
page.chat_input[0].set_value("Hoe begin ik met een living lab?").run()
assert not page.exception
"""
START_S = 180

pytestmark = pytest.mark.model


@pytest.mark.parametrize("script", [COMMAND, APP], ids=["command", "app"])
def test_a_served_question_loads_nothing_heavy_and_nothing_of_a_language_model(
    script: str, small_index: Path
) -> None:
    environment = process_environment({"WEGWIJZER_INDEX": str(small_index), "WEGWIJZER_FEEDBACK": os.devnull})
    done = subprocess.run(
        [sys.executable, "-c", script + REPORT],
        capture_output=True,
        encoding="utf-8",
        cwd=PROJECT,
        env=environment,
        timeout=START_S,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    loaded = set(json.loads(done.stdout.splitlines()[-1]))
    assert "onnxruntime" in loaded
    assert {name.partition(".")[0] for name in loaded} & HEAVY == set()
    assert loaded & WRITING == set()
    assert [name for name in loaded if name.startswith(f"{WRITING_ROOM}.")] == []
