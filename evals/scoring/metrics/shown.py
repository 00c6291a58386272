"""What a visitor sees of an answer: its sentences and lists, and which of them answer the question."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from assistant.types import Answer
from evals.questions import ReferenceQuestion
from evals.scoring.metrics.facts import groups_found, plain_text
from evals.texts import BARE_VERDICT
from ingest.text.sentences import is_item, sentences, without_marker

MOST_FRAME_WORDS = 12  # A longer line of ours before a quote is a sentence by itself, not a frame.
MOST_KEYWORDS = 4  # A shorter first sentence of a quote is the keyword of a list item: 'Bekende gezichten.'
LEAST_LED = 2  # A list counts as the one asked for when it holds so many of the groups, or all.


@dataclass(frozen=True, slots=True)
class Unit:
    """A sentence or a list item as shown; what belongs to a list, its lead too, has that list's number."""

    text: str
    list_number: int | None = None


def shown_units(answer: Answer) -> list[Unit]:
    """Return the sentences and list items of an answer, in order.

    A verdict ('Nee.'), a frame ('Zo begin je:'), a short line of ours before a quote, and the keyword that an
    item opens with join what follows.
    """
    quotes = [citation.quote.replace("**", "") for citation in answer.citations]
    quoted = " ".join(" ".join(citation.quote.replace("**", "").split()) for citation in answer.citations)
    units: list[Unit] = []
    opening = ""
    split = list(_split(plain_text(answer)))
    for unit, following in zip_longest(split, split[1:]):
        leads = following is not None and (
            BARE_VERDICT.fullmatch(unit.text) is not None
            or unit.text.endswith(":")
            or _is_frame(unit.text, following.text, quoted)
            or _is_keyword(unit.text, quotes)
        )
        if unit.list_number is None and leads:
            opening = f"{opening}{unit.text} "
            continue
        units.append(Unit(opening + unit.text, unit.list_number))
        opening = ""
    return units


def score_shown(question: ReferenceQuestion, answer: Answer) -> dict[str, float]:
    """Score what is shown: whether the first answers, what share does, and the words outside lists."""
    units = shown_units(answer)
    if not units:
        return {"first_answers": 0.0}
    answers = _answering(question, units)
    first = [unit.text for unit in units if unit.list_number == units[0].list_number]
    whole = first if units[0].list_number is not None else first[:1]
    return {
        "first_answers": float(any(groups_found(question, " ".join(whole)))),
        "shown_answers": sum(answers) / len(units),
        "outside_words": float(sum(len(unit.text.split()) for unit in units if unit.list_number is None)),
    }


def _answering(question: ReferenceQuestion, units: Sequence[Unit]) -> list[bool]:
    """Return for each unit whether it holds an asked fact, or belongs to the list that was asked for."""
    asked = set()
    if question.asks_list:
        for number in {unit.list_number for unit in units} - {None}:
            whole = " ".join(unit.text for unit in units if unit.list_number == number)
            found = groups_found(question, whole)
            if sum(found) >= min(LEAST_LED, len(found)):
                asked.add(number)
    return [unit.list_number in asked or any(groups_found(question, unit.text)) for unit in units]


def _split(text: str) -> Iterator[Unit]:
    """Yield the items and sentences of each line; a sentence right before an item leads to its list."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    number = 0
    for place, line in enumerate(lines):
        following = lines[place + 1] if place + 1 < len(lines) else ""
        if is_item(line):
            number += place == 0 or not is_item(lines[place - 1])
            yield Unit(without_marker(line), max(number, 1))
            continue
        spans = sentences(line)
        for span in spans:
            leads = is_item(following) and span == spans[-1]
            yield Unit(line[span.start : span.end], number + 1 if leads else None)


def _is_frame(text: str, following: str, quoted: str) -> bool:
    """Return whether a short text of ours is before a quote."""
    return len(text.split()) <= MOST_FRAME_WORDS and text not in quoted and following in quoted


def _is_keyword(text: str, quotes: Sequence[str]) -> bool:
    """Return whether a quote opens with these few words and goes on."""
    return len(text.split()) <= MOST_KEYWORDS and any(
        quote.startswith(text) and len(quote) > len(text) for quote in quotes
    )
