"""Errors in settings, the index, models and questions."""

from collections.abc import Iterable
from pathlib import Path

from errors.base import WegwijzerError, without_password


class InvalidSettingError(WegwijzerError):
    """A WEGWIJZER_ variable has a value that cannot be used."""

    def __init__(self, name: str, value: str, reason: str) -> None:
        self.name, self.value, self.reason = name, value, reason


class IndexNotFoundError(WegwijzerError):
    """Nobody has built the index yet."""

    def __init__(self, path: Path | str) -> None:
        self.path = path


class IndexDamagedError(WegwijzerError):
    """A file of the index is missing or unreadable."""

    def __init__(self, path: Path | str, reason: str) -> None:
        self.path, self.reason = path, reason


class IndexBusyError(WegwijzerError):
    """Another ingest is writing this index."""

    def __init__(self, path: Path | str) -> None:
        self.path = path


class IndexLockedError(IndexBusyError):
    """Another ingest holds the lock on the Chroma server, or left it there when it was broken off."""

    def __init__(self, url: str, holder: str) -> None:
        super().__init__(without_password(url))
        self.holder = holder


class IndexWriteError(WegwijzerError):
    """The index could not be written; the old one still serves."""

    def __init__(self, path: Path | str, reason: str) -> None:
        self.path, self.reason = path, reason


class ChromaServerError(WegwijzerError):
    """The Chroma server that is set cannot be used: it does not answer, or refuses."""

    def __init__(self, url: str, reason: str) -> None:
        self.url, self.reason = url, reason


class EmbeddingModelError(WegwijzerError):
    """The embedding model cannot be loaded."""

    def __init__(self, name: str, reason: str) -> None:
        self.name, self.reason = name, reason


class ModelMismatchError(WegwijzerError):
    """The index was built with another embedding model."""

    def __init__(self, built_with: str, asked_with: str) -> None:
        self.built_with, self.asked_with = built_with, asked_with


class LanguageModelError(WegwijzerError):
    """The language model cannot be used as it is set."""

    def __init__(self, name: str, reason: str = "") -> None:
        self.name, self.reason = name, reason


class UnknownProviderError(LanguageModelError):
    """The name gives no provider that is known."""

    def __init__(self, name: str, known: Iterable[str]) -> None:
        super().__init__(name)
        self.known = tuple(known)


class ProviderMissingError(LanguageModelError):
    """The provider's package is not installed."""

    def __init__(self, name: str, extra: str) -> None:
        super().__init__(name)
        self.extra = extra


class ModelKeyError(LanguageModelError):
    """A variable that the provider needs is not set."""

    def __init__(self, name: str, variable: str) -> None:
        super().__init__(name)
        self.variable = variable


class ModelUnreachableError(LanguageModelError):
    """Nothing answers at the model's address."""

    def __init__(self, name: str, address: str) -> None:
        super().__init__(name)
        self.address = address


class DailyLimitError(LanguageModelError):
    """The tokens or euros of today are used up, so no exam can be sat."""


class ExamMissingError(LanguageModelError):
    """The model has no record of a passed exam for this prompt and version, so it may not write."""


class EmptyQuestionError(WegwijzerError):
    """The question holds no words."""


class QuestionTooLongError(WegwijzerError):
    """The question is longer than the setting allows."""

    def __init__(self, chars: int, most: int) -> None:
        self.chars, self.most = chars, most
