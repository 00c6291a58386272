"""What ingest reads and stores: sections, chunks, and the data that stands beside them."""

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

GENERAL = "algemeen"  # The practice id of sections that are about no practice in particular.


Verdict = Literal["ja", "nee", "hangt"]


@dataclass(frozen=True, slots=True)
class Span:
    """A half-open range of characters in a section's text."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Section:
    """One section of a document as written; `text` is what quotes are verified against.

    `pages` are the offsets in `text` where a page begins, with its number; `page` is the first of them.
    """

    section_id: str
    title: str
    practice: str
    source: str
    text: str
    page: int | None = None
    url: str | None = None
    aspect: str | None = None
    order: int = 0
    sources: tuple[str, ...] = ()
    pages: tuple[tuple[int, int], ...] = ()

    def page_at(self, offset: int) -> int | None:
        """Return the page that holds the character at an offset, or None in a document without pages."""
        after = bisect_right(self.pages, offset, key=lambda start: start[0])
        return self.pages[after - 1][1] if after else self.page

    def address_at(self, offset: int) -> str | None:
        """Return the address of the document, at the page of the offset, or None when it has none."""
        page = self.page_at(offset)
        return f"{self.url}#page={page}" if self.url and page else self.url


@dataclass(frozen=True, slots=True)
class Chunk:
    """A run of whole sentences of a section, as indexed; `text == section.text[start:end]`."""

    chunk_id: str
    section_id: str
    start: int
    end: int
    text: str
    sentences: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class QuestionVariant:
    """A question that one sentence of a section answers, written when the corpus was written.

    `verdict` is the answer to a yes/no question that the sentence settles.
    """

    text: str
    section_id: str
    start: int
    end: int
    verdict: Verdict | None = None


@dataclass(frozen=True, slots=True)
class Situation:
    """An example situation about a subject, with the practice that an expert would advise."""

    text: str
    practice: str
    subject: str


@dataclass(frozen=True, slots=True)
class Practice:
    """One practice of practices.yaml."""

    id: str
    label: str
    description: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Aspect:
    """One aspect that sections are about, with the words that a question about it uses.

    `advice` tells whether such sections argue for their practice, against it, or about choosing in general.
    """

    id: str
    label: str
    cues: tuple[str, ...] = ()
    advice: Literal["for", "against", "about"] | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """What decides between two practices: a question, and one answer in the visitor's words for each."""

    question: str
    options: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Unread:
    """What a document holds that was not read, and on which pages; `name` is a field or a language."""

    path: Path
    kind: Literal["scans", "sideways", "frames", "field", "language", "link", "folder"]
    pages: tuple[int, ...] = ()
    name: str = ""


@dataclass(frozen=True, slots=True)
class Corpus:
    """All that one ingest reads: sections, and what the folder says about practices and questions.

    `unanswerable` are example questions that the sections do not answer; `shorthand` gives words of chat
    language in full.
    """

    sections: tuple[Section, ...]
    practices: tuple[Practice, ...] = ()
    aspects: tuple[Aspect, ...] = ()
    choices: tuple[Choice, ...] = ()
    suggestions: tuple[str, ...] = ()
    variants: tuple[QuestionVariant, ...] = ()
    situations: tuple[Situation, ...] = ()
    unanswerable: tuple[str, ...] = ()
    references: Mapping[str, str] = field(default_factory=dict)
    shorthand: Mapping[str, str] = field(default_factory=dict)
