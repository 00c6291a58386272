"""Errors in documents, in what is beside them, and in files of questions."""

from collections.abc import Iterable
from pathlib import Path

from errors.base import WegwijzerError


class FileError(WegwijzerError):
    """A file cannot be used."""

    def __init__(self, path: Path, reason: str = "") -> None:
        self.path, self.reason = path, reason


class DocumentError(FileError):
    """A document cannot be read."""


class DamagedDocumentError(DocumentError):
    """The file is broken, or not what its name says."""

    def __init__(self, path: Path, kind: str) -> None:
        super().__init__(path)
        self.kind = kind


class EmptyDocumentError(DocumentError):
    """The document holds no text."""


class EncodingError(DocumentError):
    """The document is not UTF-8."""


class EncryptedDocumentError(DocumentError):
    """Only a password opens the file."""


class ForeignLanguageError(DocumentError):
    """The document is not in Dutch, and nobody said that it should go in."""

    def __init__(self, path: Path, language: str) -> None:
        super().__init__(path)
        self.language = language


class FramesError(DocumentError):
    """The page only places other pages in frames."""


class MisnamedDocumentError(DocumentError):
    """The content of the file is not what its suffix says, and is nothing that can be read."""

    def __init__(self, path: Path, known: Iterable[str]) -> None:
        super().__init__(path)
        self.known = tuple(known)


class OversizedDocumentError(DocumentError):
    """The file would take more memory than it may."""

    def __init__(self, path: Path, most_mb: int) -> None:
        super().__init__(path)
        self.most_mb = most_mb


class ScannedDocumentError(DocumentError):
    """The pages are pictures of text."""


class UnknownPracticeError(DocumentError):
    """The front matter names a practice that practices.yaml does not hold."""

    def __init__(self, path: Path, practice: str, known: Iterable[str]) -> None:
        super().__init__(path)
        self.practice, self.known = practice, tuple(known)


class UnreadableTextError(DocumentError):
    """The letters of a PDF are there, but not which letters they are."""


class UnsupportedFormatError(DocumentError):
    """No reader takes this kind of file."""

    def __init__(self, path: Path, known: Iterable[str]) -> None:
        super().__init__(path)
        self.known = tuple(known)


class NoDocumentsError(WegwijzerError):
    """Nothing to ingest under the given paths."""

    def __init__(self, paths: Iterable[Path], known: Iterable[str]) -> None:
        self.paths, self.known = tuple(paths), tuple(known)


class NoUsableDocumentsError(WegwijzerError):
    """None of the documents can be read."""

    def __init__(self, left_out: Iterable[DocumentError]) -> None:
        self.left_out = tuple(left_out)
        self.reasons = "; ".join(map(str, self.left_out))


class DetailsError(FileError):
    """A document.toml cannot be used."""


class PracticesError(FileError):
    """The file practices.yaml cannot be used."""


class TrainingDataError(FileError):
    """A file with example situations or question variants cannot be used."""


class BatchFileError(FileError):
    """A batch file cannot be read."""


class BatchLineError(FileError):
    """A line of a batch file cannot be read."""

    def __init__(self, path: Path, line: int, reason: str) -> None:
        super().__init__(path, reason)
        self.line = line
