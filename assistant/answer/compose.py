"""ExtractiveWriter: what was asked first, in whole blocks and sentences taken word for word from the text."""

from assistant import texts
from assistant.answer.explain import explain
from assistant.answer.plain_plan import plain_plan
from assistant.answer.plan import plan
from assistant.answer.quotes import Found, plain_reason
from assistant.answer.verdict import verdict
from assistant.types import Claim


class ExtractiveWriter:
    """The writer that needs no language model."""

    mode = texts.MODE_EXTRACTIVE

    def write(self, found: Found) -> list[Claim]:
        """Return the claims in order: advice, or what answers best, after ja or nee."""
        if found.judgement:
            return explain(found.index, found.judgement)
        return _answer(found)


def _answer(found: Found) -> list[Claim]:
    """Return the planned quotes, opened by the verdict where a yes/no question is settled."""
    planned = plan(found) if found.index.variants and found.index.practices else plain_plan(found)
    settled = verdict(found.index, found.query, planned[0]) if planned else None
    if settled:
        planned = [plain_reason(planned[0])]
    opening = [Claim(texts.VERDICTS[settled])] if settled else []
    return opening + [
        Claim(quote.text, quote, opens_line=bool(number) or ("\n" in quote.text and bool(opening)))
        for number, quote in enumerate(planned)
    ]
