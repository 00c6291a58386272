"""Answer → what the page shows of it: pieces of text, the advice card, and sources cut at the quote."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from assistant.texts import LEAST_SECOND, MODE_EXTRACTIVE, filled, how_sure, share
from assistant.types import Advice, Answer, Citation, RankedPractice
from ingest.text.mentions import mentions
from ingest.text.sentences import sentences
from ingest.types import About, Aspect, Criterion, Practice, Section
from web import texts
from web.shown.blocks import ShownBlock, blocks, ends_in_bullet, lead_apart, plain, without_bullet
from web.shown.markers import Paragraph, paragraphs
from web.shown.origin import origin, page_shown, web_address

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
    def criteria(self) -> Sequence[Criterion]:
        """Return what decides between the types; none without advice by criteria."""

    @property
    def aspects(self) -> Mapping[str, Aspect]:
        """Return what sections can be about, by id."""

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
    page: str | None
    url: str | None
    references: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ShownReason:
    """A quote that speaks for a type; `lead` is what we say before it: 'Je schrijft "…". Dat wijst op …:'."""

    text: str
    citation: int
    lead: str = ""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A type with how likely it fits, in per cent for its bar, in figures and in words, and why."""

    practice: str
    label: str
    percent: int
    share: str
    sure: str
    reasons: tuple[ShownReason, ...] = ()


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

    `compared` are the types that a comparison of this answer shows first; `advised` tells that it is advice.
    """

    status: str
    said: str
    blocks: tuple[ShownBlock, ...]
    card: Card | None
    sources: tuple[ShownSource, ...]
    suggestions: tuple[str, ...]
    notice: str = ""
    compared: tuple[str, ...] = ()
    advised: bool = False


def view(answer: Answer, index: ShownIndex) -> AnswerView:
    """Return what the page shows of an answer; what the card tells of an advice is not told twice.

    Where none of the types fits there is no card, as it would tell how likely each of them is.
    Of an advice that a model wrote, the second line is the model's: the others are our adviser's.
    """
    written = paragraphs(answer.text, answer.citations)
    advice = answer.advice
    card = _card(advice, written, index.practices) if advice and advice.none_fits is None else None
    quoted = answer.mode == MODE_EXTRACTIVE
    shown = written if card is None else _beside_card(written, card) if quoted else written[1:2]
    found = blocks(shown)
    sources = tuple(source_of(citation, index) for citation in answer.citations)
    items = {source.n for source in sources if ends_in_bullet(source.before)}
    return AnswerView(
        status=answer.status,
        said=_said(found, card),
        blocks=found if card or answer.status == "refused" else lead_apart(found, items),
        card=card,
        sources=sources,
        suggestions=answer.suggestions,
        notice=answer.notice,
        compared=_compared(answer, index),
        advised=advice is not None,
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
    """Return the two types that an answer is about: the best two of an advice, or those asked or else quoted.

    Beside the best one of an advice comes the one that the visitor named.
    """
    asked = mentions(answer.standalone_question, index.practices, ()).practices
    if answer.advice and answer.advice.none_fits:
        return ()
    if answer.advice:
        ranked = [one.practice for one in answer.advice.ranking]
        named = [practice for practice in asked if practice in ranked[1:]]
        return (ranked[0], named[0]) if len(named) == 1 else tuple(ranked[:SHOWN_FIRST])
    if answer.status != "answered":
        return ()
    known = {practice.id for practice in index.practices}
    quoted = [one.practice for one in answer.citations if one.practice in known]
    pairs = asked, tuple(dict.fromkeys((*asked, *quoted)))
    return next((pair for pair in pairs if len(pair) == SHOWN_FIRST), ())


def _card(advice: Advice, written: Sequence[Paragraph], practices: Sequence[Practice]) -> Card:
    question = advice.clarifying_question
    alone = [_frame(p) for p in written[1:] if not any(piece.cite for piece in p)]
    lead = _lead(_frame(written[0], until_quote=True), advice, practices) if written else ""
    leads = {n: text.removeprefix(lead).strip() for n, text in _leads(written).items()}
    ranked = [_candidate(practice, leads) for practice in advice.ranking]
    second = any(one.probability >= LEAST_SECOND for one in advice.ranking[1:SHOWN_FIRST])
    first = SHOWN_FIRST if question or second else 1
    return Card(
        lead=lead,
        best=tuple(ranked[:first]),
        others=tuple(ranked[first:]),
        change=tuple(line for line in alone if line != question),
        question=question,
        options=tuple(option.text for option in advice.options),
    )


def _lead(text: str, advice: Advice, practices: Sequence[Practice]) -> str:
    """Return the conclusion: all up to the sentence that names the best type, or else the first sentence."""
    best = advice.ranking[0].practice if advice.ranking else ""
    for span in sentences(text):
        if best in mentions(text[span.start : span.end], practices, ()).practices:
            return text[: span.end]
    return _first_sentence(text)


def _leads(written: Sequence[Paragraph]) -> dict[int, str]:
    """Return the words of ours before each quote, by the number of its marker."""
    leads: dict[int, str] = {}
    for paragraph in written:
        said = ""
        for piece in paragraph:
            if piece.cite is not None:
                leads.setdefault(piece.cite, said.strip())
                said = ""
            elif not piece.quote:
                said += piece.text
    return leads


def _beside_card(written: Sequence[Paragraph], card: Card) -> list[Paragraph]:
    """Return the paragraphs that cite more than the reasons on the card."""
    told = {reason.citation for candidate in card.best for reason in candidate.reasons}
    return [p for p in written if any(piece.cite and piece.cite not in told for piece in p)]


def _candidate(practice: RankedPractice, leads: Mapping[int, str]) -> Candidate:
    probability = practice.probability
    return Candidate(
        practice=practice.practice,
        label=practice.label,
        percent=filled(probability),
        share=share(probability),
        sure=how_sure(probability),
        reasons=tuple(
            ShownReason(without_bullet(one.text), one.citation, leads.get(one.citation, ""))
            for one in practice.reasons
        ),
    )


def _frame(paragraph: Paragraph, *, until_quote: bool = False) -> str:
    """Return a paragraph without its quotes and markers, or only what is before the first quote."""
    said = list(paragraph)
    if until_quote:
        end = next((place for place, piece in enumerate(said) if piece.quote), len(said))
        said = said[:end]
    return " ".join(piece.text.strip() for piece in said if not piece.quote and not piece.cite).strip()


def source_of(citation: Citation, index: ShownIndex) -> ShownSource:
    """Return the section of a citation, cut at its quote."""
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
        page=page_shown(citation.page, section),
        url=web_address(citation.url),
        references=references,
    )
