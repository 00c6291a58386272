"""Settings, the only reader of the environment (prefix WEGWIJZER_) and of `.env`."""

import os
import re
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Annotated

from pydantic import Field, FilePath, SecretStr, ValidationError, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from errors import InvalidSettingError

PROJECT = Path(__file__).resolve().parent
_HOST = re.compile(r"[a-z0-9.-]+")
_ORIGIN = re.compile(r"(?P<scheme>https?)://(?P<host>[a-z0-9.-]+|\[[0-9a-f:]+\])(?P<port>:\d{1,5})?/?")


class Settings(BaseSettings):
    """Everything an operator can change; defaults work offline from a fresh clone."""

    model_config = SettingsConfigDict(
        env_prefix="WEGWIJZER_", env_file=".env", env_ignore_empty=True, extra="ignore", frozen=True
    )

    corpus: Path = Field(default=PROJECT / "corpus", description="Folder read by default.")
    index: Path = Field(default=PROJECT / "index", description="Folder of the index.")
    chroma_url: Annotated[str, Field(pattern=r"^https?://[^/?#\s]+/?$")] | None = Field(
        default=None, description="Chroma server that holds the chunks; None keeps them in the folder."
    )
    chroma_token: SecretStr | None = Field(default=None, description="Sent to the Chroma server.")
    chroma_tenant: str = Field(default="default_tenant", description="Tenant on the Chroma server.")
    chroma_database: str = Field(default="default_database", description="Database on the Chroma server.")
    chroma_timeout_s: float = Field(default=3.0, gt=0, description="Wait this long for the server, twice.")
    embedding_model: str | None = Field(default=None, description="None is the embedded Dutch model.")
    threads: int = Field(default=2, ge=1, le=64, description="Texts embedded at once when reading.")
    chunk_words: int = Field(default=120, ge=20, le=400, description="Most words in a chunk.")
    max_question_chars: int = Field(default=5_000, ge=100, description="A longer question is refused.")
    distress: FilePath = Field(
        default=PROJECT / "assistant/question/distress.txt",
        description="Text file with the line for a visitor in acute distress.",
    )
    max_history: int = Field(default=10, ge=0, description="Earlier turns that are looked at.")
    kept_answers: int = Field(default=500, ge=0, description="Answers kept in memory for who asks the same.")
    lock_timeout_s: float = Field(default=60.0, ge=0, description="Wait this long for another ingest.")
    feedback_contact: str | None = Field(default=None, description="Shown where the page names a contact.")
    contact_hours: str | None = Field(default=None, description="When that contact can be reached.")
    feedback: Path | None = Field(
        default=PROJECT / "feedback.sqlite3", description="Where thumbs are stored; None asks for none."
    )
    log_questions: bool = Field(default=False, description="Store the question with a thumb.")
    embed_origins: Annotated[tuple[str, ...], NoDecode] = Field(
        default=(), description="Other sites that may frame the chat and ask it questions."
    )
    hosts: Annotated[tuple[str, ...], NoDecode] = Field(
        default=(), description="Names that the server answers to; none is any."
    )
    metrics: bool = Field(default=False, description="Show Streamlit's counts at /_stcore/metrics.")
    llm: str | None = Field(default=None, description="provider:model that writes; None quotes only.")
    llm_base_url: Annotated[str, Field(pattern=r"^https?://[^/?#\s]+(/\S*)?$")] | None = Field(
        default=None, description="Address of the model's server."
    )
    llm_timeout_s: float = Field(default=20.0, ge=1, le=300, description="After this, quotes are shown.")
    llm_max_tokens: int = Field(default=600, ge=50, le=8_000, description="Most tokens in one draft.")
    llm_daily_limit: int = Field(default=1_000_000, ge=0, description="Tokens a day; 0 is no limit.")
    llm_daily_euro: float = Field(default=0.0, ge=0, description="Cost a day; 0 is no limit.")
    llm_euro_per_million: float = Field(
        default=0.0, ge=0, validate_default=True, description="Price of a million tokens."
    )
    llm_exams: Path = Field(
        default=PROJECT / "llm-exams.jsonl", description="Keeps the exams that models sat."
    )
    llm_usage: Path = Field(default=PROJECT / "llm-usage.json", description="Keeps the tokens of today.")
    questions_per_minute: int = Field(default=120, ge=0, description="Of one address; 0 is no limit.")
    messages_per_minute: int = Field(default=1_200, ge=0, description="Of one address; 0 is no limit.")
    requests_per_minute: int = Field(default=1_200, ge=0, description="Of one address; 0 is no limit.")

    @field_validator("feedback", mode="before")
    @classmethod
    def _read_feedback(cls, value: object) -> object:
        return None if value == "off" else value

    @field_validator("llm_euro_per_million")
    @classmethod
    def _check_price(cls, value: float, field: ValidationInfo) -> float:
        """Raise ValueError where a limit in euros has no price to count with."""
        if field.data.get("llm_daily_euro") and not value:
            raise ValueError("WEGWIJZER_LLM_DAILY_EURO limits nothing without a price")
        return value

    @field_validator("embed_origins", "hosts", mode="before")
    @classmethod
    def _read_list(cls, value: object, field: ValidationInfo) -> object:
        """Read a list with commas; raise ValueError when a part is no origin, or no host name."""
        parts = value.split(",") if isinstance(value, str) else value
        if not isinstance(parts, Iterable):
            return value
        read = _origin if field.field_name == "embed_origins" else _host
        return tuple(read(str(part).strip()) for part in parts if str(part).strip())


def is_set(variable: str) -> bool:
    """Return whether the environment holds a variable of another program, such as a provider's key."""
    return bool(value_of(variable))


def value_of(variable: str) -> str:
    """Return a variable of another program, such as the address of its server, or nothing."""
    return os.environ.get(variable, "")


def api_keys() -> list[str]:
    """Return the keys in the environment: those of a language model's provider, and of other services."""
    return [value for variable, value in os.environ.items() if variable.endswith("_API_KEY")]


def _origin(text: str) -> str:
    """Return an origin as a browser writes it, in lower case and without the usual port."""
    found = _ORIGIN.fullmatch(text.lower())
    if found is None:
        raise ValueError(f"'{text}' is no origin such as https://www.example.nl")
    usual = {"http": ":80", "https": ":443"}[found["scheme"]]
    port = found["port"] or ""
    return f"{found['scheme']}://{found['host']}{'' if port == usual else port}"


def _host(text: str) -> str:
    """Return a host name in lower case."""
    host = text.lower()
    if _HOST.fullmatch(host) is None:
        raise ValueError(f"'{host}' is no host name such as wegwijzer.example.nl")
    return host


@lru_cache(maxsize=1)
def load_settings() -> Settings:
    """Read the settings once; raise InvalidSettingError with the variable's name when one is wrong."""
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors()[0]
        name = "WEGWIJZER_" + "_".join(str(part) for part in first["loc"]).upper()
        raise InvalidSettingError(name, str(first.get("input")), first["msg"]) from error
