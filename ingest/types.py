"""What ingest reads and stores: sections, chunks, and the data that is beside them."""

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from pydantic import with_config

GENERAL = "algemeen"  # The practice id of sections that are about no practice in particular.


Verdict = Literal["ja", "nee", "hangt"]


@dataclass(frozen=True, slots=True)
class Span:
    """A half-open range of characters in a section's text."""

    start: int
    end: int

    def overlaps(self, other: "Span") -> bool:
        """Return whether both hold some character."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Section:
    """One section of a document as written; `text` is what quotes are verified against.

    `pages` are the offsets in `text` where a page begins, with its number; `page` is the first of them.
    `labels` are the numbers that are printed on pages, by their own, where the two differ: `(3, '1')`.
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
    labels: tuple[tuple[int, str], ...] = ()

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


Value = Literal["yes", "no"]  # A situation states a feature, or denies it.
Intent = Literal["advice", "fact", "smalltalk", "assistant", "outside"]


@dataclass(frozen=True, slots=True)
class Feature:
    """A feature that a text states or denies, with the words that say so."""

    criterion: str
    value: Value
    evidence: str


@dataclass(frozen=True, slots=True)
class Situation:
    """An example situation about a subject, with the practice that an expert would advise.

    `practice` is empty where none is best: several are `acceptable`, none fits, or a fact is asked. `history`
    holds earlier turns; `writer` names the file, so that a writer can be left out of training.
    """

    text: str
    practice: str
    subject: str
    history: tuple[str, ...] = ()
    acceptable: tuple[str, ...] = ()
    none_fits: bool = False
    asks: Intent = "advice"
    features: tuple[Feature, ...] = ()
    writer: str = ""

    @property
    def told(self) -> str:
        """Return all turns as one text."""
        return " ".join((*self.history, self.text))


@dataclass(frozen=True, slots=True)
class LabelledQuestion:
    """A question with what its writer wants of it; `writer` names the file."""

    text: str
    intent: Intent
    history: tuple[str, ...] = ()
    writer: str = ""


@dataclass(frozen=True, slots=True)
class Practice:
    """One practice of practices.yaml; `name` is how a sentence names it."""

    id: str
    label: str
    description: str
    aliases: tuple[str, ...] = ()
    name: str = ""

    @property
    def in_text(self) -> str:
        """Return the practice as it is in a sentence, with its article: `een lab`."""
        return self.name or self.label


@dataclass(frozen=True, slots=True)
class Aspect:
    """One aspect that sections are about, with the words that a question about it uses.

    `advice` says whether such sections argue for their practice, against it, or about choosing in general.
    Sections of an aspect that does not answer teach advising, and are never quoted for a fact. One that
    defines is quoted with what follows: a definition alone explains little; one that begins says how to
    begin with its practice. `items` is the line before items of its lists that are shown without the rest,
    with `{practice}` for the practice: an item of `Valkuilen` alone does not say that it is a pitfall.
    `remedies` are words of questions for what helps against what such sections tell, which these do not say.
    """

    id: str
    label: str
    cues: tuple[str, ...] = ()
    advice: Literal["for", "against", "about"] | None = None
    answers: bool = True
    defines: bool = False
    begins: bool = False
    items: str = ""
    remedies: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DecidingQuestion:
    """What decides between two practices: a question, and one answer in the visitor's words for each.

    `criteria` are those that the answers state, by practice.
    """

    question: str
    options: Mapping[str, str]
    criteria: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a criterion: what it means, what a visitor answers, and the clause after 'if'."""

    means: str
    answer: str
    condition: str


@dataclass(frozen=True, slots=True)
class Ground:
    """The passage that states what a criterion says of a practice, or that none fits."""

    section: str
    quote: str
    practice: str | None = None


@dataclass(frozen=True, slots=True)
class Criterion:
    """An observable feature of a situation, and how much it speaks for (+) or against (-) each practice.

    With `none_fits`, a sentence, no practice fits where it is present, or only the one that it `rules_out`
    does not. `opening` criteria can begin a conversation; from the probability `shown_from` on the feature is
    given as a reason. `prevalence` tells how often it is present where the practice fits that it speaks for
    most.
    """

    id: str
    name: str
    question: str
    present: Side
    absent: Side
    weights: Mapping[str, float] = field(default_factory=dict)
    grounds: tuple[Ground, ...] = ()
    none_fits: str = ""
    rules_out: str = ""
    opening: bool = False
    shown_from: float = 0.6
    prevalence: float = 1.0


@dataclass(frozen=True, slots=True)
class TermOption:
    """An answer to what is asked about a policy term: it says that a criterion is present."""

    criterion: str
    text: str


@dataclass(frozen=True, slots=True)
class Term:
    """Words of policy, what they say, the practices that they leave open, and what to ask then."""

    words: tuple[str, ...]
    says: str
    practices: tuple[str, ...]
    question: str = ""
    options: tuple[TermOption, ...] = ()


@with_config(extra="forbid")
@dataclass(frozen=True, slots=True)
class About:
    """What the documents are together, as pages say it: `Vraag naar {subject}`, `kies {choice} past`.

    `name` is the title of the page, `owner` who offers it, and `contact` where a person is reached. `choice`
    is what advice is about: 'welk type' or 'welke aanpak'. `elsewhere` is a sentence that says where people
    with quite another question can go.
    """

    name: str = ""
    subject: str = ""
    choice: str = ""
    owner: str = ""
    contact: str = ""
    elsewhere: str = ""


@dataclass(frozen=True, slots=True)
class Unread:
    """What a document holds that was not read, and on which pages; `name` is a field or a language."""

    path: Path
    kind: Literal["scans", "damaged", "frames", "field", "language", "link", "folder"]
    pages: tuple[int, ...] = ()
    name: str = ""


@dataclass(frozen=True, slots=True)
class Unanswered:
    """An example question that the sections do not answer, and the sentence that comes nearest to it.

    `nearest` is empty where nothing in the text is near, and None where nobody said.
    """

    text: str
    nearest: str | None = None


@dataclass(frozen=True, slots=True)
class Corpus:
    """All that one ingest reads: sections, and what the folder says about practices and questions.

    `shorthand` gives words of chat language in full.
    """

    sections: tuple[Section, ...]
    practices: tuple[Practice, ...] = ()
    aspects: tuple[Aspect, ...] = ()
    choices: tuple[DecidingQuestion, ...] = ()
    suggestions: tuple[str, ...] = ()
    about: About = About()
    variants: tuple[QuestionVariant, ...] = ()
    situations: tuple[Situation, ...] = ()
    labelled: tuple[LabelledQuestion, ...] = ()
    criteria: tuple[Criterion, ...] = ()
    terms: tuple[Term, ...] = ()
    unanswerable: tuple[Unanswered, ...] = ()
    references: Mapping[str, str] = field(default_factory=dict)
    shorthand: Mapping[str, str] = field(default_factory=dict)
