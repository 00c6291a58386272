"""Answer → what the page shows of it: pieces of text, the advice card, and sources cut at the quote."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from assistant.texts import MODE_EXTRACTIVE, how_sure
from assistant.types import Advice, Answer, Citation, RankedPractice, Reason
from ingest.text.mentions import mentions
from ingest.text.sentences import sentences
from ingest.types import About, Practice, Section
from web import texts
from web.chat.blocks import ShownBlock, blocks, lead_apart, plain, without_bullet
from web.chat.markers import Paragraph, paragraphs
from web.chat.origin import origin

SHOWN_FIRST = 2  # The best type and the runner-up; the others are in a list below.


class ShownIndex(Protocol):
    """The parts of an index that the page shows."""

    @property
    def sections(self) -> Mapping[str, Section]:
        """Return the sections by their id."""

    @property
    def practices(self) -> Sequence[Practice]:
        """Return the types that advice chooses from; none without advice."""

    @property
    def suggestions(self) -> Sequence[str]:
        """Return questions to begin with."""

    @property
    def about(self) -> About:
        """Return what the documents are together."""

    @property
    def references(self) -> Mapping[str, str]:
        """Return the reference text of each source code."""


@dataclass(frozen=True, slots=True)
class ShownSource:
    """A cited section, cut at the quote: `before + quote + after` is its text."""

    n: int
    title: str
    before: str
    quote: str
    after: str
    origin: str
    page: int | None
    url: str | None
    references: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A type with how likely it fits, in per cent and in words, and why."""

    practice: str
    label: str
    percent: int
    sure: str
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class Card:
    """Advice: its first sentence, the two best types, the others, and what would change it or decides."""

    lead: str
    best: tuple[Candidate, ...]
    others: tuple[Candidate, ...]
    change: tuple[str, ...]
    question: str | None
    options: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AnswerView:
    """All that the page shows of one answer; `said` is what a screen reader says of it at once.

    `compared` are the types that a comparison of this answer shows first.
    """

    status: str
    said: str
    blocks: tuple[ShownBlock, ...]
    card: Card | None
    sources: tuple[ShownSource, ...]
    suggestions: tuple[str, ...]
    notice: str = ""
    compared: tuple[str, ...] = ()


def view(answer: Answer, index: ShownIndex) -> AnswerView:
    """Return what the page shows of an answer; what the card tells of an advice is not told twice.

    Of an advice that a model wrote, the second line is the model's: the others are our adviser's.
    """
    written = paragraphs(answer.text, answer.citations)
    card = _card(answer.advice, written) if answer.advice else None
    quoted = answer.mode == MODE_EXTRACTIVE
    shown = written if card is None else _beside_card(written, card) if quoted else written[1:2]
    found = blocks(shown)
    return AnswerView(
        status=answer.status,
        said=_said(found, card),
        blocks=found if card or answer.status == "refused" else lead_apart(found),
        card=card,
        sources=tuple(_source(citation, index) for citation in answer.citations),
        suggestions=answer.suggestions,
        notice=answer.notice,
        compared=_compared(answer, index),
    )


def _said(found: Sequence[ShownBlock], card: Card | None) -> str:
    """Return the conclusion in one sentence, and the question that is asked back."""
    if card is None:
        return _first_sentence(plain(found[0].lines[0])) if found else ""
    asked = f" {texts.ASKED_BACK.format(question=card.question)}" if card.question else ""
    return f"{_first_sentence(card.lead)}{asked}"


def _first_sentence(text: str) -> str:
    return next((text[span.start : span.end] for span in sentences(text)), text)


def _compared(answer: Answer, index: ShownIndex) -> tuple[str, ...]:
    """Return the two types that an answer is about: the best two of an advice, or those that were asked."""
    if answer.advice:
        return tuple(one.practice for one in answer.advice.ranking[:SHOWN_FIRST])
    asked = mentions(answer.standalone_question, index.practices, ()).practices
    return tuple(asked) if len(asked) == SHOWN_FIRST and answer.status == "answered" else ()


def _card(advice: Advice, written: Sequence[Paragraph]) -> Card:
    question = advice.clarifying_question
    frames = [_frame(paragraph) for paragraph in written]
    alone = [_frame(p) for p in written[1:] if not any(piece.cite for piece in p)]
    return Card(
        lead=frames[0] if frames else "",
        best=tuple(_candidate(practice) for practice in advice.ranking[:SHOWN_FIRST]),
        others=tuple(_candidate(practice) for practice in advice.ranking[SHOWN_FIRST:]),
        change=tuple(line for line in alone if line != question),
        question=question,
        options=tuple(option.text for option in advice.options),
    )


def _beside_card(written: Sequence[Paragraph], card: Card) -> list[Paragraph]:
    """Return the paragraphs that cite more than the reasons on the card."""
    told = {reason.citation for candidate in card.best for reason in candidate.reasons}
    return [p for p in written if any(piece.cite and piece.cite not in told for piece in p)]


def _candidate(practice: RankedPractice) -> Candidate:
    reasons = tuple(Reason(without_bullet(reason.text), reason.citation) for reason in practice.reasons)
    percent = round(practice.probability * 100)
    return Candidate(practice.practice, practice.label, percent, how_sure(practice.probability), reasons)


def _frame(paragraph: Paragraph) -> str:
    """Return a paragraph without its quotes and markers."""
    return " ".join(piece.text.strip() for piece in paragraph if not piece.quote and not piece.cite).strip()


def _source(citation: Citation, index: ShownIndex) -> ShownSource:
    section = index.sections.get(citation.section_id)
    # An answer outlives its index: of a text that changed since, only what was quoted is shown.
    verbatim = section is not None and section.text[citation.start : citation.end] == citation.quote
    text = section.text if section and verbatim else ""
    codes = section.sources if section and verbatim else ()
    references = tuple(index.references[code] for code in codes if code in index.references)
    return ShownSource(
        n=citation.n,
        title=citation.title,
        before=text[: citation.start],
        quote=citation.quote,
        after=text[citation.end :],
        origin=origin(references),
        page=citation.page,
        url=web_address(citation.url),
        references=references,
    )


def web_address(url: str | None) -> str | None:
    """Return the address of a document, or None when there is none that a browser may open."""
    return url if url is not None and url.startswith(("https://", "http://")) else None
