"""A visitor's thumb, as it comes from the page, into the operator's file."""

import logging
import sqlite3
import tomllib
from dataclasses import replace
from functools import lru_cache
from typing import Annotated

from pydantic import BaseModel, ConfigDict, StringConstraints, ValidationError

from assistant.feedback import MOST_REASON_CHARS, Thumb, store
from assistant.types import Answer
from settings import PROJECT, Settings

log = logging.getLogger(__name__)


class Given(BaseModel):
    """What the page sends."""

    model_config = ConfigDict(extra="ignore", frozen=True, strict=True)

    up: bool
    reason: Annotated[str, StringConstraints(strip_whitespace=True)] = ""


def rate(settings: Settings, answer: Answer, sent: object) -> bool:
    """Store a thumb; say whether that was done: not without a file, or when it cannot be written."""
    if settings.feedback is None:
        return False
    try:
        given = Given.model_validate(sent)
        asked = replace(answer, question=answer.question[: settings.max_question_chars])
        thumb = Thumb(given.up, given.reason[:MOST_REASON_CHARS])
        store(settings.feedback, asked, thumb, version(), with_question=settings.log_questions)
    except (ValidationError, sqlite3.Error, OSError, UnicodeEncodeError):
        log.exception("a thumb was not stored")
        return False
    return True


@lru_cache(maxsize=1)
def version() -> str:
    """Return the version of this project."""
    described = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))
    return str(described["project"]["version"])
