"""What the tests of written questions and situations share."""

from pathlib import Path

import pytest

from settings import Settings
from tests.model_server import ScriptedServer


@pytest.fixture
def settings(tmp_path: Path, model: ScriptedServer) -> Settings:
    """Return settings that name the scripted model of a test module."""
    return Settings(index=tmp_path / "index", llm="openai:scripted", llm_base_url=model.address)
