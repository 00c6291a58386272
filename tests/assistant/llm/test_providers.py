"""A model is opened by its name, and what is missing is said in one line with the remedy."""

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

import providers as models
from assistant.chain import Assistant
from assistant.types import Question
from errors import LanguageModelError, ModelKeyError, ProviderMissingError, UnknownProviderError
from ingest.texts import explain_to_operator
from providers import named, open_model, unreachable
from settings import Settings
from tests.assistant.conftest import WithModel
from tests.model_server import ScriptedServer, good_draft

Command = Callable[..., subprocess.CompletedProcess[str]]
KEYS = ("OPENAI_API_KEY", "MISTRAL_API_KEY", "ANTHROPIC_API_KEY", "AZURE_OPENAI_API_KEY",
        "AZURE_OPENAI_ENDPOINT", "OPENAI_API_VERSION", "OLLAMA_HOST")  # fmt: skip
# Ask as a user does and print which modules of language models came along.
ASK = """
import sys
from assistant.load import load_assistant
from assistant.types import Question
from settings import load_settings
answer = load_assistant(load_settings()).ask(Question("Wat is een living lab?"))
heavy = ("langchain", "openai", "langchain_openai", "langgraph", "tiktoken", "assistant.llm.writers",
         "assistant.llm.writer", "assistant.llm.check", "assistant.llm.exam", "providers",
         "assistant.llm.budget", "assistant.llm.stream", "assistant.llm.rephrase", "assistant.llm.prompts")
print(answer.mode, [name for name in heavy if name in sys.modules])
"""  # fmt: skip


@pytest.fixture(autouse=True)
def no_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take the keys and addresses of this machine's user away."""
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


@pytest.mark.parametrize(
    ("given", "name"), [("mistralai:x", "mistral:x"), ("azure_openai:x", "azure:x"), ("openai:x", "openai:x")]
)
def test_the_names_that_langchain_gives_providers_are_known_too(given: str, name: str) -> None:
    assert named(given) == named(name)


@pytest.mark.parametrize(
    ("name", "base_url", "variable"),
    [
        ("openai:x", None, "OPENAI_API_KEY"),
        ("azure:x", None, "AZURE_OPENAI_API_KEY"),
        ("azure:x", "http://127.0.0.1:9", "AZURE_OPENAI_API_KEY"),
    ],
)
def test_a_missing_key_names_its_variable(name: str, base_url: str | None, variable: str) -> None:
    with pytest.raises(ModelKeyError) as raised:
        open_model(name, Settings(llm_base_url=base_url))
    assert variable in explain_to_operator(raised.value)


def test_a_server_of_ones_own_needs_no_key() -> None:
    assert open_model("openai:x", Settings(llm_base_url="http://127.0.0.1:9/v1")) is not None


@pytest.mark.parametrize("by_setting", [True, False])
@pytest.mark.server
def test_azure_is_asked_at_its_deployment_with_its_key(
    by_setting: bool,
    server: ScriptedServer,
    word_assistant: Assistant,
    let_write: WithModel,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("AZURE_OPENAI_API_KEY", "sk-azure")
    monkeypatch.setenv("OPENAI_API_VERSION", "2024-06-01")
    if not by_setting:
        monkeypatch.setenv("AZURE_OPENAI_ENDPOINT", server.address)
    server.reply = good_draft
    address = server.address if by_setting else None
    assistant = let_write(word_assistant, llm="azure:eigen", llm_base_url=address)
    assert assistant.ask(Question("Wat is een living lab?")).mode == "llm:azure:eigen"
    assert set(server.paths) == {"/v1/openai/deployments/eigen/chat/completions?api-version=2024-06-01"}
    assert set(server.keys) == {"sk-azure"}


def test_a_provider_is_given_whole_seconds_and_no_retries_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    given: dict[str, object] = {}
    monkeypatch.setattr("langchain.chat_models.init_chat_model", lambda _model, **more: given.update(more))
    open_model("openai:x", Settings(llm_base_url="http://127.0.0.1:9/v1", llm_timeout_s=12.5))
    assert (repr(given["timeout"]), given["max_retries"]) == ("13", 0)


def test_an_address_where_nothing_answers_is_told() -> None:
    told = unreachable("openai:x", Settings(llm_base_url="http://127.0.0.1:9/v1"))
    assert told is not None
    assert "http://127.0.0.1:9/v1" in explain_to_operator(told)
    assert unreachable("anthropic:x", Settings()) is None


@pytest.mark.parametrize(
    ("name", "variable"), [("ollama:x", "OLLAMA_HOST"), ("azure:x", "AZURE_OPENAI_ENDPOINT")]
)
def test_an_address_in_a_providers_own_variable_is_tried_too(
    name: str, variable: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(variable, "http://user:geheim@127.0.0.1:9/deel?key=geheim")
    told = unreachable(name, Settings())
    assert told is not None
    assert "http://127.0.0.1:9/deel. " in explain_to_operator(told)


@pytest.mark.parametrize("address", ["http://127.0.0.1:poort", "http://127.0.0.1:99999", "http://[geen"])
def test_an_address_that_is_none_is_told_as_well(address: str) -> None:
    told = unreachable("openai:x", Settings(llm_base_url=address))
    assert told is not None
    assert address in explain_to_operator(told)


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
