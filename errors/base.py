"""The root of all errors: it carries facts, and the catalogue says them to each reader."""

import re
import tomllib
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Literal

Reader = Literal["log", "operator", "visitor", "start"]  # `start` is a visitor while the chat starts.
CATALOGUE = Path(__file__).with_name("catalogue.toml")
HIDDEN = "…"
# Of an address, what is before its last `@`, and what is after its first `?`.
_SIGNED_IN = re.compile(r"(?<=://)[^\s'\"<>]+(?=@)|(?<![\w/@:.])[^\s:/@'\"=]+:[^\s'\"<>/]+(?=@)")
_QUERY = re.compile(r"(://[^\s'\"<>?^]*\?)[^\s'\"<>]*[^\s'\"<>.,;:)]")


def without_password(text: str) -> str:
    """Return a text without the names, passwords and queries in its addresses.

    `http://jan:geheim@c/v1?key=geheim` → `http://…@c/v1?…`.
    """
    return _QUERY.sub(rf"\1{HIDDEN}", _SIGNED_IN.sub(HIDDEN, text))


class WegwijzerError(Exception):
    """Base of all errors raised on purpose; its attributes are the facts that sentences are made of."""

    def said_to(self, *readers: Reader, **facts: object) -> str | None:
        """Return the nearest sentence in the catalogue for one of the readers, or None without one."""
        facts = {name: _shown(fact) for name, fact in (vars(self) | facts).items()}
        for kind in type(self).__mro__:
            sentences = _catalogue().get(kind.__name__, {})
            for reader in readers:
                if reader in sentences:
                    return without_password(sentences[reader].format(**facts))
        return None

    def __str__(self) -> str:
        return self.said_to("log") or without_password(super().__str__())

    def __repr__(self) -> str:
        return f"{type(self).__name__}({str(self)!r})"


@lru_cache(maxsize=1)
def _catalogue() -> Mapping[str, Mapping[Reader, str]]:
    """Return the sentences of every class of errors, by its name."""
    return tomllib.loads(CATALOGUE.read_text(encoding="utf-8"))


def _shown(fact: object) -> object:
    return ", ".join(map(str, fact)) if isinstance(fact, tuple) else fact
