"""Fetch plain Dutch text: sentences and paragraphs of manuals and messages in Debian's packages."""

from __future__ import annotations

import bz2
import gettext
import gzip
import html
import io
import re
import subprocess
import tarfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO, cast

PACKAGES = """
    aisleriot akregator apt aptitude-doc-nl ark cantor debian-edu-doc-nl debian-faq-nl debian-handbook
    digikam-data dolphin dpkg-dev eog evince-common evolution-common gimp-help-nl gnome-user-docs
    gnucash-common gnumeric-common gosa-help-nl installation-guide-amd64 iso-codes kaddressbook kdeconnect
    kdenlive-data kdevelop-l10n kgpg kig kleopatra kmail kmymoney-common konsole korganizer kpat krita-l10n
    kstars-data ktorrent-data kturtle libreoffice-help-nl libreoffice-l10n-nl lilypond-doc-html-nl lokalize
    manpages-nl marble-data okular plasma-desktop-data skrooge-common tellico-data totem-common
""".split()
DUTCH_PATH = re.compile(r"(^|[/._-])nl(_NL|-NL)?([/._-]|$)")
COMMON = set(
    """
    de het een en van in is dat op te zijn niet met voor als er aan door deze dit of bij ook kan om naar wordt
    worden u je uit over hebben heeft dan maar die nog meer geen tot alle wel hun uw moet zal wat welke waar
    hoe ze hij kunt kunnen
    """.split()
)
LEAST_COMMON, LEAST_LETTERS = 0.15, 0.6  # Shares of its words and characters: the rest is code or names.
SHORTEST, LONGEST, LONGEST_PARAGRAPH, FEWEST_WORDS = 8, 400, 900, 3
MARKUP = (".html", ".htm", ".page", ".docbook", ".xml", ".xhtml")
UNREAD = re.compile(r"(?is)<(script|style|head)\b.*?</\1>")
BLOCK = re.compile(
    r"(?i)</?(p|div|li|td|th|h\d|dt|dd|br|tr|table|ul|ol|pre|title|para|simpara|item|listitem|term|section"
    r"|varlistentry|warning|note|tip|entry|caption)\b[^>]*>"
)
TAG = re.compile(r"<[^>]+>")
MANUAL_PAGE = re.compile(r"\.\d$")
SENTENCE_END = re.compile(r'(?<=[.!?])\s+(?=[A-Z"‘“(])')


def plain_dutch(folder: Path) -> list[str]:
    """Return the Dutch sentences and paragraphs of the packages, each once; fetch those not in the folder."""
    texts = dict[str, None]()
    for name in PACKAGES:
        for member, content in _dutch_files(_package(name, folder)):
            for paragraph in _paragraphs(member, content):
                texts |= dict.fromkeys(texts_of(paragraph))
    return list(texts)


def texts_of(paragraph: str) -> list[str]:
    """Return the sentences of a paragraph that are Dutch, and the paragraph where it has more than one."""
    paragraph = " ".join(paragraph.split())
    sentences = SENTENCE_END.split(paragraph)
    found = [sentence for sentence in sentences if SHORTEST <= len(sentence) <= LONGEST and _dutch(sentence)]
    if len(sentences) > 1 and len(paragraph) <= LONGEST_PARAGRAPH and _dutch(paragraph):
        found.append(paragraph)
    return found


def _dutch(text: str) -> bool:
    words = re.findall(r"[a-zà-ÿ]+", text.lower())
    common = sum(word in COMMON for word in words)
    return (
        len(words) >= FEWEST_WORDS
        and common >= LEAST_COMMON * len(words)
        and len("".join(words)) >= LEAST_LETTERS * len(text)
    )


def _package(name: str, folder: Path) -> Path:
    """Return the file of a package, from the folder or as apt fetches it; exit when neither has it."""
    folder.mkdir(parents=True, exist_ok=True)
    if not (found := sorted(folder.glob(f"{name}_*.deb"))):
        try:
            subprocess.run(["apt-get", "download", name], cwd=folder, check=True)  # noqa: S603, S607 - fixed names
        except (OSError, subprocess.CalledProcessError) as error:
            raise SystemExit(f"Cannot fetch the Debian package {name}. Put its file in {folder}.") from error
        found = sorted(folder.glob(f"{name}_*.deb"))
    return found[-1]


def _dutch_files(package: Path) -> Iterator[tuple[str, bytes]]:
    """Yield the path and the content of every file of a package whose path says that it is Dutch."""
    command = ["dpkg-deb", "--fsys-tarfile", str(package)]
    unpacked = subprocess.run(command, capture_output=True, check=True).stdout  # noqa: S603 - a fixed command
    with tarfile.open(fileobj=io.BytesIO(unpacked)) as files:
        for member in files:
            if member.isfile() and DUTCH_PATH.search(member.name):
                yield _unpacked(member.name, cast("IO[bytes]", files.extractfile(member)).read())


def _unpacked(name: str, content: bytes) -> tuple[str, bytes]:
    for ending, read in ((".gz", gzip.decompress), (".bz2", bz2.decompress)):
        if name.endswith(ending):
            return name.removesuffix(ending), read(content)
    return name, content


def _paragraphs(name: str, content: bytes) -> Iterator[str]:
    """Yield the paragraphs of a file: messages, a page, a manual page or plain text; none of another kind."""
    if name.endswith(".mo"):
        yield from _messages(content)
        return
    text = content.decode("utf-8", "replace")
    if name.endswith(MARKUP):
        yield from (html.unescape(TAG.sub("", part)) for part in BLOCK.split(UNREAD.sub(" ", text)) if part)
    elif MANUAL_PAGE.search(name):
        plain = re.sub(r"\\f[A-Z]|\\-|\\&", "", text)
        yield from re.split(r"\n\.\S*[^\n]*|\n\n", plain)
    elif name.endswith(".txt"):
        yield from text.split("\n\n")


def _messages(content: bytes) -> Iterator[str]:
    """Yield the translations of a catalogue, without tags and the marks of shortcut keys."""
    catalogue: dict[object, str] = gettext.GNUTranslations(io.BytesIO(content))._catalog  # type: ignore[attr-defined]
    for message, translation in catalogue.items():
        if translation != message:
            yield re.sub(r"<[^>]+>|&(?=\w)|[_~](?=\w)", "", translation)
