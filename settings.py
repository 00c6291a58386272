"""Settings, the only reader of the environment (prefix WEGWIJZER_) and of `.env`."""

from functools import lru_cache
from pathlib import Path

from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from errors import InvalidSettingError

PROJECT = Path(__file__).resolve().parent


class Settings(BaseSettings):
    """Everything an operator can change; defaults work offline from a fresh clone."""

    model_config = SettingsConfigDict(
        env_prefix="WEGWIJZER_", env_file=".env", env_ignore_empty=True, extra="ignore", frozen=True
    )

    corpus: Path = Field(default=PROJECT / "corpus", description="Folder read by default.")
    index: Path = Field(default=PROJECT / "index", description="Folder of the index.")
    embedding_model: str | None = Field(default=None, description="None is the embedded Dutch model.")
    threads: int = Field(default=2, ge=1, le=64, description="Threads of one embedding call.")
    chunk_words: int = Field(default=120, ge=20, le=400, description="Most words in a chunk.")
    max_question_chars: int = Field(default=2_000, ge=100, description="A longer question is refused.")
    max_history: int = Field(default=10, ge=0, description="Earlier turns that are looked at.")
    lock_timeout_s: float = Field(default=60.0, ge=0, description="Wait this long for another ingest.")
    feedback_contact: str | None = Field(default=None, description="Shown where the page names a contact.")


@lru_cache(maxsize=1)
def load_settings() -> Settings:
    """Read the settings once; raise InvalidSettingError with the variable's name when one is wrong."""
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors()[0]
        name = "WEGWIJZER_" + "_".join(str(part) for part in first["loc"]).upper()
        raise InvalidSettingError(name, str(first.get("input")), first["msg"]) from error
