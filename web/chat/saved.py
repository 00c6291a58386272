"""A conversation → what is kept of it on paper: headings, lines, lists, and each source once."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from ingest.text.sentences import sentences
from web import texts
from web.chat.conversation import ChatTurn, Conversation
from web.shown.blocks import ShownBlock, without_bullet
from web.shown.markers import Paragraph
from web.shown.view import AnswerView, Candidate, Card, ShownIndex, ShownSource, view

Kind = Literal["title", "turn", "heading", "text", "bullet", "number", "small"]
WORDS = texts.WORDS


@dataclass(frozen=True, slots=True)
class Part:
    """A line of the record; `key` is a keyword before it, shown bold."""

    kind: Kind
    text: str
    key: str = ""


def parts(conversation: Conversation, index: ShownIndex, address: str, day: date) -> Iterator[Part]:
    """Yield the record: when and where it was, each question with its choices, answer and sources."""
    yield Part("title", index.about.name)
    yield Part("small", texts.SAVED_ON.format(date=texts.on_date(day), address=address))
    yield Part("small", texts.disclosure(index.about))
    following = [*(turn.question for turn in conversation.turns[1:]), ""]
    for number, (turn, chosen) in enumerate(zip(conversation.turns, following, strict=False), start=1):
        yield Part("turn", WORDS["turn"].format(number=number, question=turn.question))
        yield from _turn(turn, index, chosen)


def _turn(turn: ChatTurn, index: ShownIndex, chosen: str) -> Iterator[Part]:
    """Yield an answer and its sources; `chosen` is what was asked next, which may be one of its options."""
    if turn.answer is None:
        yield Part("text", turn.failure or texts.SEEKING)
        return
    shown = view(turn.answer, index)
    told = list(_answer(shown, chosen))
    yield from told
    if shown.sources:
        yield Part("heading", WORDS["sources"])
        said = "\n".join(f"{part.key}{part.text}" for part in told)
        yield from (_source(source, said) for source in shown.sources)


def _answer(shown: AnswerView, chosen: str) -> Iterator[Part]:
    if shown.card:
        yield from _card(shown.card, chosen)
    for block in shown.blocks:
        yield from _block(block)
    if shown.notice:
        yield Part("small", shown.notice)


def _card(card: Card, chosen: str) -> Iterator[Part]:
    yield Part("text", card.lead)
    if card.question:
        yield Part("heading", card.question)
        yield from (
            Part("bullet", option, f"{WORDS['chosen']}: " if option == chosen else "")
            for option in card.options
        )
    for one in card.best:
        yield from _candidate(one, asks=bool(card.question))
    if card.change:
        yield Part("heading", WORDS["change"])
        yield from (Part("text", line) for line in card.change)
    if card.others:
        yield Part("heading", WORDS["others"])
        yield from (Part("bullet", f"{one.label}: {one.share}") for one in (*card.best, *card.others))


def _candidate(one: Candidate, *, asks: bool) -> Iterator[Part]:
    sure = "" if asks else f" ({WORDS['sure'].format(share=one.share, sure=one.sure)})"
    yield Part("heading", f"{one.label}{sure}")
    for reason in one.reasons:
        yield Part("bullet", " ".join(filter(None, (reason.lead, reason.text, f"[{reason.citation}]"))))


def _block(block: ShownBlock) -> Iterator[Part]:
    kinds: dict[str, Kind] = {"bullets": "bullet", "numbers": "number", "note": "small"}
    for line in block.lines:
        key = line[0].text if line and line[0].strong else ""
        yield Part(kinds.get(block.kind, "text"), _text(line[1:] if key else line), key)


def _text(pieces: Paragraph) -> str:
    return "".join(f" {piece.text}" if piece.cite else piece.text for piece in pieces)


def _source(source: ShownSource, told: str) -> Part:
    """Return the line of a source; its quote is there only when the answer does not hold it already."""
    page = WORDS["page"].format(page=source.page) if source.page is not None else ""
    place = " · ".join(part for part in (source.title, source.origin, page, source.url or "") if part)
    quoted = all(line in told for line in _lines(source.quote))
    return Part("small", place if quoted else f"{place}: “{source.quote}”", f"[{source.n}] ")


def _lines(quote: str) -> Sequence[str]:
    """Return the sentences of a quote, which an answer may show apart."""
    lines = [without_bullet(line).strip() for line in quote.split("\n") if line.strip()]
    return [line[span.start : span.end] for line in lines for span in sentences(line)]
