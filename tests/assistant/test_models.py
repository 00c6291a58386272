"""A model is opened by its name, and what is missing is said in one line with the remedy."""

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from assistant import models
from assistant.models import open_model, unreachable
from errors import LanguageModelError, ModelKeyError, ProviderMissingError, UnknownProviderError
from ingest.texts import explain_to_operator
from settings import Settings

Command = Callable[..., subprocess.CompletedProcess[str]]
KEYS = ("OPENAI_API_KEY", "MISTRAL_API_KEY", "ANTHROPIC_API_KEY", "AZURE_OPENAI_API_KEY")
# Ask as a user does and print which modules of language models came along.
ASK = """
import sys
from assistant.load import load_assistant
from assistant.types import Question
from settings import load_settings
answer = load_assistant(load_settings()).ask(Question("Wat is een living lab?"))
heavy = ("langchain", "openai", "langchain_openai", "langgraph", "tiktoken", "assistant.writers",
         "assistant.generate", "assistant.support", "assistant.models", "assistant.budget",
         "assistant.stream", "assistant.rephrase", "assistant.prompts")
print(answer.mode, [name for name in heavy if name in sys.modules])
"""  # fmt: skip


@pytest.fixture(autouse=True)
def no_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take the keys of this machine's user away."""
    for name in KEYS:
        monkeypatch.delenv(name, raising=False)


@pytest.mark.parametrize("name", ["gpt", "openai", "openai:", "nergens:model", ""])
def test_a_name_without_a_known_provider_says_which_there_are(name: str) -> None:
    with pytest.raises(UnknownProviderError) as raised:
        open_model(name, Settings())
    assert "ollama, openai, mistral, anthropic, azure" in explain_to_operator(raised.value)


@pytest.mark.parametrize("provider", models.PROVIDERS)
def test_a_missing_package_names_its_extra(provider: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(models, "find_spec", lambda _name: None)
    with pytest.raises(ProviderMissingError) as raised:
        open_model(f"{provider}:x", Settings())
    assert explain_to_operator(raised.value).endswith(f"pip install '.[{provider}]'")


def test_a_missing_key_names_its_variable() -> None:
    with pytest.raises(ModelKeyError) as raised:
        open_model("openai:x", Settings())
    assert "OPENAI_API_KEY" in explain_to_operator(raised.value)


def test_a_server_of_ones_own_needs_no_key() -> None:
    assert open_model("openai:x", Settings(llm_base_url="http://127.0.0.1:9/v1")) is not None


def test_an_address_where_nothing_answers_is_told() -> None:
    told = unreachable("openai:x", Settings(llm_base_url="http://127.0.0.1:9/v1"))
    assert told is not None
    assert "http://127.0.0.1:9" in explain_to_operator(told)
    assert unreachable("anthropic:x", Settings()) is None


def test_a_model_that_cannot_be_opened_tells_nothing_of_what_the_provider_said(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refuse(*_given: object, **_more: object) -> object:
        raise ValueError("key sk-geheim is wrong")

    monkeypatch.setattr("langchain.chat_models.init_chat_model", refuse)
    with pytest.raises(LanguageModelError) as raised:
        open_model("openai:x", Settings(llm_base_url="http://127.0.0.1:9/v1"))
    assert "geheim" not in str(raised.value)
    assert raised.value.__cause__ is None


@pytest.mark.model
def test_nothing_of_a_language_model_is_imported_when_none_is_named(
    small_index: Path, command: Command, tmp_path: Path
) -> None:
    (tmp_path / "ask_once.py").write_text(ASK, encoding="utf-8")
    asked = command("ask_once", WEGWIJZER_INDEX=str(small_index), PYTHONPATH=str(tmp_path))
    assert asked.stdout.strip() == "extractive []", asked.stderr


@pytest.mark.model
def test_the_command_says_in_one_line_what_is_missing(small_index: Path, command: Command) -> None:
    asked = command("assistant", "Vraag?", WEGWIJZER_INDEX=str(small_index), WEGWIJZER_LLM="nergens:x")
    assert asked.returncode == 1
    assert asked.stdout == ""
    assert len(asked.stderr.splitlines()) == 1
    assert "WEGWIJZER_LLM=nergens:x is niet bruikbaar" in asked.stderr
