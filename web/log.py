"""The log of this process, without passwords: neither ours nor one inside another program's message."""

import logging
from collections.abc import Iterable, Iterator

from pydantic import SecretStr

from errors import HIDDEN, without_password
from web.http.origins import operator_settings

_LOGGERS = ("", "uvicorn", "uvicorn.error", "uvicorn.access", "streamlit")


class Redacted(logging.Formatter):
    """Writes a record as another formatter does, with every secret replaced."""

    def __init__(self, inner: logging.Formatter, secrets: Iterable[str] = ()) -> None:
        """Keep the formatter, and the secrets that are in settings."""
        super().__init__()
        self._inner = inner
        self._secrets = tuple(secret for secret in secrets if secret)

    def format(self, record: logging.LogRecord) -> str:
        """Return the line, with its traceback when there is one."""
        return redacted(self._inner.format(record), self._secrets)


def redacted(text: str, secrets: Iterable[str] = ()) -> str:
    """Return a text without these secrets and without the name and password in an address."""
    for secret in secrets:
        text = text.replace(secret, HIDDEN)
    return without_password(text)


def keep_secrets_out() -> None:
    """Have every handler of this process's log write without secrets; a second call changes nothing."""
    secrets = tuple(_secrets())
    for name in _LOGGERS:
        for handler in logging.getLogger(name or None).handlers:
            inner = handler.formatter or logging.Formatter()
            if not isinstance(inner, Redacted):
                handler.setFormatter(Redacted(inner, secrets))


def _secrets() -> Iterator[str]:
    """Yield the settings that are marked as secret."""
    for _name, value in operator_settings():
        if isinstance(value, SecretStr):
            yield value.get_secret_value()
