"""The log of this process, without passwords and questions, also those in another program's messages."""

import logging
import re
from collections.abc import Iterable, Iterator

from pydantic import SecretStr

from errors import HIDDEN, without_password
from settings import api_keys
from web.http.origins import operator_settings

SHORTEST_KEY = 8  # A server of one's own is content with `x` or `none`, and to hide those would hide words.
_ASKED = re.compile(r"(/[^\s'\"<>?]*\?)[^\s'\"<>=&]+=[^\s'\"<>]*")


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
    """Return a text without these secrets, and without the name, password and query in an address.

    A path has its query hidden too, as a question is in it: `GET /vraag?q=Wat` → `GET /vraag?…`.
    """
    for secret in secrets:
        text = text.replace(secret, HIDDEN)
    return _ASKED.sub(rf"\1{HIDDEN}", without_password(text))


def keep_secrets_out() -> None:
    """Have every handler of this process's log write without secrets; a second call changes nothing."""
    secrets = tuple(_secrets())
    for logger in _loggers():
        for handler in logger.handlers:
            inner = handler.formatter or logging.Formatter()
            if not isinstance(inner, Redacted):
                handler.setFormatter(Redacted(inner, secrets))


def _loggers() -> Iterator[logging.Logger]:
    """Yield every logger that there is; each module of Streamlit has one with a handler of its own."""
    yield logging.getLogger()
    for logger in logging.getLogger().manager.loggerDict.values():
        if isinstance(logger, logging.Logger):
            yield logger


def _secrets() -> Iterator[str]:
    """Yield what settings hold that is secret: tokens, the passwords of addresses, and keys."""
    for _name, value in operator_settings():
        if isinstance(value, SecretStr):
            yield value.get_secret_value()
        elif isinstance(value, str) and "://" in value:
            signed_in = value.partition("://")[2].rpartition("@")[0]
            yield signed_in.rpartition(":")[2]
    yield from (key for key in api_keys() if len(key) >= SHORTEST_KEY)
