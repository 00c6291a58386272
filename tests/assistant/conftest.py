"""What tests of a language model share: a scripted server, and assistants that let it write."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from assistant.answer.compose import ExtractiveWriter
from assistant.chain import Assistant
from assistant.llm.writers import writers_of
from providers import open_model
from tests.model_server import ScriptedServer, model_server

MODEL = "openai:scripted"
WithModel = Callable[..., Assistant]


@pytest.fixture
def server() -> Iterator[ScriptedServer]:
    """Return a scripted server of a language model."""
    with model_server() as scripted:
        yield scripted


@pytest.fixture
def let_write(server: ScriptedServer, tmp_path: Path) -> WithModel:
    """Return a function that puts the scripted model behind an assistant, with these settings."""

    def make(base: Assistant, **given: object) -> Assistant:
        usual = {"llm_base_url": server.address, "llm_timeout_s": 5, "llm_usage": tmp_path / "usage.json"}
        settings = base.settings.model_copy(update={"llm": MODEL, **usual, **given})
        name = str(settings.llm)
        writers = writers_of(name, open_model(name, settings), settings)
        return Assistant(settings, base.retriever, ExtractiveWriter(), *writers)

    return make
