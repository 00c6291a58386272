"""Settings come from the environment, are checked, and name the variable that is wrong."""

from pathlib import Path

import pytest

from errors import InvalidSettingError
from settings import PROJECT, Settings, load_settings


def test_without_an_environment_everything_lies_in_the_project(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    settings = load_settings()
    assert settings.corpus == PROJECT / "corpus"
    assert settings.index == PROJECT / "index"
    assert settings.embedding_model is None


def test_a_variable_with_the_prefix_sets_a_setting(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("WEGWIJZER_INDEX", str(tmp_path / "elders"))
    monkeypatch.setenv("WEGWIJZER_MAX_QUESTION_CHARS", "500")
    settings = load_settings()
    assert settings.index == tmp_path / "elders"
    assert settings.max_question_chars == 500


def test_an_empty_variable_leaves_the_default(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WEGWIJZER_EMBEDDING_MODEL", "")
    monkeypatch.setenv("WEGWIJZER_THREADS", "")
    settings = load_settings()
    assert settings.embedding_model is None
    assert settings.threads == Settings.model_fields["threads"].default


def test_a_file_named_env_in_the_working_folder_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / ".env").write_text("WEGWIJZER_THREADS=5\nSOMETHING_ELSE=1\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert load_settings().threads == 5


def test_settings_are_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    first = load_settings()
    monkeypatch.setenv("WEGWIJZER_THREADS", "9")
    assert load_settings() is first


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("WEGWIJZER_CHUNK_WORDS", "veel"),
        ("WEGWIJZER_CHUNK_WORDS", "3"),
        ("WEGWIJZER_CHUNK_WORDS", "100000"),
        ("WEGWIJZER_THREADS", "0"),
        ("WEGWIJZER_THREADS", "1.5"),
        ("WEGWIJZER_MAX_QUESTION_CHARS", "1"),
        ("WEGWIJZER_MAX_HISTORY", "-1"),
        ("WEGWIJZER_LOCK_TIMEOUT_S", "-0.5"),
    ],
)
def test_a_wrong_value_is_an_error_that_names_variable_value_and_remedy(
    name: str, value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(InvalidSettingError) as caught:
        load_settings()
    assert (caught.value.name, caught.value.value) == (name, value)
    assert str(caught.value).startswith(f"{name}={value} cannot be used: ")
    assert ".env.example" in str(caught.value)


def test_a_limit_in_euros_needs_a_price(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WEGWIJZER_LLM_DAILY_EURO", "1")
    with pytest.raises(InvalidSettingError) as caught:
        load_settings()
    assert caught.value.name == "WEGWIJZER_LLM_EURO_PER_MILLION"
    assert "WEGWIJZER_LLM_DAILY_EURO" in str(caught.value)
    monkeypatch.setenv("WEGWIJZER_LLM_EURO_PER_MILLION", "0.5")
    load_settings.cache_clear()
    assert load_settings().llm_daily_euro == 1


def test_every_setting_says_what_it_is_for() -> None:
    assert [name for name, field in Settings.model_fields.items() if not field.description] == []
