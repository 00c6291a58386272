"""ExtractiveWriter: what was asked first, in whole blocks and sentences taken word for word from the text."""

from collections.abc import Iterable

from assistant import texts
from assistant.advice.judgement import Judgement
from assistant.answer.plan import Found, plan
from assistant.answer.verdict import verdict
from assistant.types import Claim
from ingest.index.open import Index


class ExtractiveWriter:
    """The writer that needs no language model."""

    mode = texts.MODE_EXTRACTIVE

    def write(self, found: Found) -> list[Claim]:
        """Return the claims in order: advice, or what answers best, after ja or nee."""
        if found.judgement:
            return list(_advice(found.index, found.judgement))
        return _answer(found)


def _answer(found: Found) -> list[Claim]:
    """Return the planned quotes, opened by the verdict where a yes/no question is settled."""
    planned = plan(found)
    settled = verdict(found.index, found.query, planned[0]) if planned else None
    opening = [Claim(texts.VERDICTS[settled])] if settled else []
    return opening + [
        Claim(quote.text, quote, opens_line=bool(number) or ("\n" in quote.text and bool(opening)))
        for number, quote in enumerate(planned)
    ]


def _advice(index: Index, judgement: Judgement) -> Iterable[Claim]:
    labels = {practice.id: practice.label for practice in index.practices}
    first, second = judgement.first, judgement.second
    if judgement.close:
        yield Claim(texts.ADVICE_CLOSE.format(first=labels[first], second=labels[second]))
        for practice in (first, second):
            yield Claim(texts.ADVICE_FOR.format(label=labels[practice]), opens_line=True)
            yield from (Claim(reason.text, reason) for reason in judgement.reasons[practice])
        return
    yield Claim(texts.advice_line(labels[first], judgement.ranking[0][1]))
    yield from (Claim(reason.text, reason) for reason in judgement.reasons[first])
    yield Claim(texts.ADVICE_RUNNER_UP.format(label=labels[second]), opens_line=True)
    yield from (Claim(reason.text, reason) for reason in judgement.reasons[second])
    decisive = next(option.text for option in judgement.options if option.favours == second)
    yield Claim(texts.ADVICE_CHANGE.format(label=labels[second], option=decisive), opens_line=True)
