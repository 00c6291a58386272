"""ExtractiveWriter: what was asked first, in whole blocks and sentences taken word for word from the text."""

from collections.abc import Sequence

from assistant import texts
from assistant.answer.explain import explain
from assistant.answer.named import without_left_out
from assistant.answer.plain_plan import plain_plan
from assistant.answer.plan import plan
from assistant.answer.quotes import Found, first_of, is_one_item, plain_reason
from assistant.answer.verdict import verdict
from assistant.types import Claim, Sentence
from ingest.index.open import Index


class ExtractiveWriter:
    """The writer that needs no language model."""

    mode = texts.MODE_EXTRACTIVE

    def write(self, found: Found) -> list[Claim]:
        """Return the claims in order: advice, or what answers best, after ja or nee."""
        if found.judgement:
            return explain(found.index, found.judgement, found.query.text)
        return _answer(found)


def planned(found: Found) -> list[Sentence]:
    """Return the quotes of an answer, best first: those that are picked, or what answers best."""
    taught = found.index.variants and found.index.practices
    quotes = list(found.picked) or (plan(without_left_out(found)) if taught else plain_plan(found))
    return [first_of(quote) for quote in quotes[:1]] if found.brief else quotes


def _answer(found: Found) -> list[Claim]:
    """Return the planned quotes, opened by the verdict where a yes/no question is settled."""
    quotes = planned(found)
    settled = verdict(found.index, found.query, quotes[0]) if quotes and not found.picked else None
    if settled:
        quotes = [plain_reason(quotes[0])]
    told = texts.VERDICTS[settled] if settled else _before_items(found.index, quotes)
    opening = [Claim(told)] if told else []
    return opening + [
        Claim(quote.text, quote, opens_line=bool(number) or ("\n" in quote.text and bool(opening)))
        for number, quote in enumerate(quotes)
    ]


def _before_items(index: Index, quotes: Sequence[Sentence]) -> str:
    """Return the line of an aspect that says what items of its list are, when they are shown alone."""
    section = quotes[0].section if quotes else None
    if section is None or not all(quote.section == section and is_one_item(quote) for quote in quotes):
        return ""
    aspect = index.aspects.get(section.aspect or "")
    practice = next((one for one in index.practices if one.id == section.practice), None)
    if aspect is None or practice is None:
        return ""
    return texts.capitalised(aspect.items.replace("{practice}", practice.in_text))
