"""What kind of document a file is, told by its content and not by its name alone."""

import re
import zipfile
import zlib
from collections.abc import Iterable
from pathlib import Path

from errors import (
    DamagedDocumentError,
    DocumentError,
    EncryptedDocumentError,
    MisnamedDocumentError,
    UnsupportedFormatError,
)

HEAD = 4_096  # Bytes that tell the kind; the mark of a PDF is in the first thousand.
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # Word before 2007, and newer Office files with a password.
_HTML = re.compile(
    rb"\A(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html)\b", re.I | re.S
)
_WORD_PART = re.compile(
    rb"(?:wordprocessingml\.(?:document|template)|ms-word\.(?:document|template)\.macroEnabled\w*)\.main\+xml"
)
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")  # The name of the stream that holds such a file.


def kind(path: Path, known: Iterable[str]) -> str:
    """Return the suffix that fits the content; raise DocumentError when no known kind does."""
    suffix, readable = path.suffix.lower(), tuple(known)
    try:
        with path.open("rb") as file:
            head = file.read(HEAD)
    except OSError as error:
        raise DocumentError(path, error.strerror or "cannot be opened") from error
    if b"%PDF-" in head[:1_024]:
        return ".pdf"
    if _HTML.match(head):
        return ".html"
    if head.startswith(_OLE) and _ENCRYPTED in path.read_bytes():
        raise EncryptedDocumentError(path)
    if _is_word(path):
        return ".docx"
    if suffix not in readable:
        raise UnsupportedFormatError(path, readable)
    if head.strip(b"\0 \t\r\n") and suffix in {".pdf", ".docx"}:
        _explain(path, suffix, head, readable)
    return suffix


def _explain(path: Path, suffix: str, head: bytes, readable: tuple[str, ...]) -> None:
    """Raise the error that fits a file that is not what its suffix says."""
    if suffix == ".docx" and head.startswith(b"PK"):
        if zipfile.is_zipfile(path):
            raise MisnamedDocumentError(path, readable)
        raise DamagedDocumentError(path, suffix)
    raise MisnamedDocumentError(path, readable)


def _is_word(path: Path) -> bool:
    """Return whether a file is a Word document, also one with macros, a template or one of Word Online."""
    try:
        with zipfile.ZipFile(path) as package:
            return bool(_WORD_PART.search(package.read("[Content_Types].xml")))
    except (zipfile.BadZipFile, KeyError, OSError, ValueError, NotImplementedError, zlib.error):
        return False
