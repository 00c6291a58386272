"""Every error raised on purpose.

WegwijzerError
├── InvalidSettingError        a WEGWIJZER_ variable has a value that cannot be used
├── DocumentError              a document cannot be read
│   ├── DamagedDocumentError
│   ├── EmptyDocumentError
│   ├── EncodingError
│   ├── EncryptedDocumentError
│   ├── ForeignLanguageError
│   ├── FramesError
│   ├── MisnamedDocumentError
│   ├── OversizedDocumentError
│   ├── ScannedDocumentError
│   ├── UnknownPracticeError
│   ├── UnreadableTextError
│   └── UnsupportedFormatError
├── NoDocumentsError           nothing to ingest under the given paths
├── NoUsableDocumentsError     none of the documents can be read
├── DetailsError               a document.toml cannot be used
├── PracticesError             practices.yaml cannot be used
├── TrainingDataError          a file with example situations or question variants cannot be used
├── IndexNotFoundError         nobody has built the index yet
├── IndexDamagedError          a file of the index is missing or unreadable
├── IndexBusyError             another ingest is running
│   └── IndexLockedError           it holds the lock on the Chroma server, or left it there
├── IndexWriteError            the index could not be written; the old one still serves
├── ChromaServerError          the Chroma server that is set cannot be used
├── EmbeddingModelError        the embedding model cannot be loaded
├── ModelMismatchError         the index was built with another embedding model
├── LanguageModelError         the language model cannot be used as it is set
│   ├── UnknownProviderError
│   ├── ProviderMissingError       its package is not installed
│   ├── ModelKeyError              a variable that its provider needs is not set
│   ├── ModelUnreachableError      nothing answers at its address
│   └── ExamMissingError           it has not passed the exam that lets it write
├── EmptyQuestionError
├── QuestionTooLongError
├── BatchFileError             a batch file cannot be read
└── BatchLineError             a line of a batch file cannot be read
"""

import re
from collections.abc import Iterable
from pathlib import Path

HIDDEN = "…"
# Of an address, what is before its last `@`.
_SIGNED_IN = re.compile(r"(?<=://)[^\s'\"<>]+(?=@)|(?<![\w/@:.])[^\s:/@'\"=]+:[^\s'\"<>/]+(?=@)")


def without_password(text: str) -> str:
    """Return a text without the names and passwords in its addresses: `http://jan:geheim@c` → `http://…@c`."""
    return _SIGNED_IN.sub(HIDDEN, text)


class WegwijzerError(Exception):
    """Base of all errors raised on purpose; the message gives the fact, the value and the remedy."""

    def __init__(self, message: str = "") -> None:
        super().__init__(without_password(message))


class InvalidSettingError(WegwijzerError):
    """A WEGWIJZER_ variable has a value that cannot be used."""

    def __init__(self, name: str, value: str, reason: str) -> None:
        super().__init__(f"{name}={value} cannot be used: {reason}. See .env.example")
        self.name, self.value, self.reason = name, without_password(value), reason


class DocumentError(WegwijzerError):
    """A document cannot be read."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"{path}: {reason}")
        self.path, self.reason = path, reason


class DamagedDocumentError(DocumentError):
    """The file is broken, or not what its name says."""

    def __init__(self, path: Path, kind: str) -> None:
        super().__init__(path, f"damaged {kind} file. Save or download it again")
        self.kind = kind


class EmptyDocumentError(DocumentError):
    """The document holds no text."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, "the file holds no text. Fill it or take it away")


class EncodingError(DocumentError):
    """The document is not UTF-8."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, "the file is not UTF-8. Save it as UTF-8")


class EncryptedDocumentError(DocumentError):
    """Only a password opens the file."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, "locked with a password. Save it without one")


class ForeignLanguageError(DocumentError):
    """The document is not in Dutch, and nobody said that it should go in."""

    def __init__(self, path: Path, language: str) -> None:
        super().__init__(
            path, f"written in '{language}', not in Dutch. Say so in document.toml to read it nevertheless"
        )
        self.language = language


class FramesError(DocumentError):
    """The page only places other pages in frames."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, "holds frames, no text. Save the pages that they show")


class MisnamedDocumentError(DocumentError):
    """The content of the file is not what its suffix says, and is nothing that can be read."""

    def __init__(self, path: Path, known: Iterable[str]) -> None:
        self.known = tuple(known)
        super().__init__(path, f"not a {path.suffix} file. Readable: {', '.join(self.known)}")


class OversizedDocumentError(DocumentError):
    """The file would take more memory than it may."""

    def __init__(self, path: Path, most_mb: int) -> None:
        super().__init__(path, f"holds more than {most_mb} MB of text and pictures. Split it")
        self.most_mb = most_mb


class ScannedDocumentError(DocumentError):
    """The pages are pictures of text."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, "holds pictures of pages, no text. Make it readable with: ocrmypdf -l nld")


class UnknownPracticeError(DocumentError):
    """The front matter names a practice that practices.yaml does not hold."""

    def __init__(self, path: Path, practice: str, known: Iterable[str]) -> None:
        self.practice, self.known = practice, tuple(known)
        super().__init__(path, f"unknown practice '{practice}'. Choose from: {', '.join(self.known)}")


class UnreadableTextError(DocumentError):
    """The letters of a PDF are there, but not which letters they are."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, "its letters cannot be told. Read them anew with: ocrmypdf --force-ocr -l nld")


class UnsupportedFormatError(DocumentError):
    """No reader takes this kind of file."""

    def __init__(self, path: Path, known: Iterable[str]) -> None:
        self.known = tuple(known)
        super().__init__(path, f"no reader for '{path.suffix}'. Readable: {', '.join(self.known)}")


class NoDocumentsError(WegwijzerError):
    """Nothing to ingest under the given paths."""

    def __init__(self, paths: Iterable[Path], known: Iterable[str]) -> None:
        self.paths, self.known = tuple(paths), tuple(known)
        where = ", ".join(str(path) for path in self.paths)
        super().__init__(f"No documents at {where}. Readable: {', '.join(self.known)}")


class NoUsableDocumentsError(WegwijzerError):
    """None of the documents can be read."""

    def __init__(self, left_out: Iterable[DocumentError]) -> None:
        self.left_out = tuple(left_out)
        super().__init__("; ".join(str(error) for error in self.left_out))


class DetailsError(WegwijzerError):
    """A document.toml cannot be used."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"{path}: {reason}")
        self.path, self.reason = path, reason


class PracticesError(WegwijzerError):
    """The file practices.yaml cannot be used."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"{path}: {reason}")
        self.path, self.reason = path, reason


class TrainingDataError(WegwijzerError):
    """A file with example situations or question variants cannot be used."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"{path}: {reason}")
        self.path, self.reason = path, reason


class IndexNotFoundError(WegwijzerError):
    """Nobody has built the index yet."""

    def __init__(self, path: Path | str) -> None:
        super().__init__(f"No index at {path}. Build it with: python -m ingest")
        self.path = path


class IndexDamagedError(WegwijzerError):
    """A file of the index is missing or unreadable."""

    def __init__(self, path: Path | str, reason: str) -> None:
        super().__init__(f"The index at {path} is damaged ({reason}). Build it again with: python -m ingest")
        self.path, self.reason = path, reason


class IndexBusyError(WegwijzerError):
    """Another ingest is writing this index."""

    def __init__(self, path: Path | str, remedy: str = "Wait for it and try again") -> None:
        super().__init__(f"Another ingest is writing {path}. {remedy}")
        self.path = path


class IndexLockedError(IndexBusyError):
    """Another ingest holds the lock on the Chroma server, or left it there when it was broken off."""

    def __init__(self, url: str, holder: str) -> None:
        remedy = f"It is {holder}. Wait for it, or if it was broken off: python -m ingest --force"
        super().__init__(without_password(url), remedy)
        self.holder = holder


class IndexWriteError(WegwijzerError):
    """The index could not be written; the old one still serves."""

    def __init__(self, path: Path | str, reason: str) -> None:
        super().__init__(f"Cannot write the index at {path}: {reason}. The old index still serves")
        self.path, self.reason = path, reason


class ChromaServerError(WegwijzerError):
    """The Chroma server that is set cannot be used: it does not answer, or refuses."""

    def __init__(self, url: str, reason: str) -> None:
        super().__init__(
            f"The Chroma server at {url} cannot be used: {reason}. Start it, or correct WEGWIJZER_CHROMA_URL"
        )
        self.url, self.reason = without_password(url), without_password(reason)


class EmbeddingModelError(WegwijzerError):
    """The embedding model cannot be loaded."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(
            f"Embedding model '{name}' cannot be loaded: {reason}. "
            "Set WEGWIJZER_EMBEDDING_MODEL to a sentence-transformers model or folder, or leave it empty"
        )
        self.name, self.reason = name, reason


class ModelMismatchError(WegwijzerError):
    """The index was built with another embedding model."""

    def __init__(self, built_with: str, asked_with: str) -> None:
        super().__init__(
            f"The index was built with model '{built_with}', now '{asked_with}' is set. "
            "Run: python -m ingest, or set WEGWIJZER_EMBEDDING_MODEL back"
        )
        self.built_with, self.asked_with = built_with, asked_with


class LanguageModelError(WegwijzerError):
    """The language model cannot be used as it is set."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(f"Language model '{name}' cannot be used: {reason}. See docs/language-models.md")
        self.name, self.reason = name, reason


class UnknownProviderError(LanguageModelError):
    """The name gives no provider that is known."""

    def __init__(self, name: str, known: Iterable[str]) -> None:
        self.known = tuple(known)
        super().__init__(name, f"write provider:model, with as provider one of {', '.join(self.known)}")


class ProviderMissingError(LanguageModelError):
    """The provider's package is not installed."""

    def __init__(self, name: str, extra: str) -> None:
        self.extra = extra
        super().__init__(name, f"a package is missing. Install it with: pip install '.[{extra}]'")


class ModelKeyError(LanguageModelError):
    """A variable that the provider needs is not set."""

    def __init__(self, name: str, variable: str) -> None:
        self.variable = variable
        super().__init__(name, f"the variable {variable} is not set. Set it in the environment")


class ModelUnreachableError(LanguageModelError):
    """Nothing answers at the model's address."""

    def __init__(self, name: str, address: str) -> None:
        self.address = address
        super().__init__(
            name, f"nothing answers at {address}. Start the server or set WEGWIJZER_LLM_BASE_URL"
        )


class ExamMissingError(LanguageModelError):
    """The model has no record of a passed exam for this prompt and version, so it may not write."""

    def __init__(self, name: str) -> None:
        super().__init__(
            name, f"it has not passed the exam. Let it sit one with: python -m evals exam --llm {name}"
        )


class EmptyQuestionError(WegwijzerError):
    """The question holds no words."""

    def __init__(self) -> None:
        super().__init__("The question is empty. Ask one in a sentence or a few words")


class QuestionTooLongError(WegwijzerError):
    """The question is longer than the setting allows."""

    def __init__(self, chars: int, most: int) -> None:
        super().__init__(
            f"The question has {chars} characters, at most {most} are read. "
            "Shorten it or raise WEGWIJZER_MAX_QUESTION_CHARS"
        )
        self.chars, self.most = chars, most


class BatchFileError(WegwijzerError):
    """A batch file cannot be read."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"{path} cannot be read: {reason}. Give a file of JSON lines")
        self.path, self.reason = path, reason


class BatchLineError(WegwijzerError):
    """A line of a batch file cannot be read."""

    def __init__(self, path: Path, line: int, reason: str) -> None:
        super().__init__(f"{path}, line {line}: {reason}")
        self.path, self.line, self.reason = path, line, reason
