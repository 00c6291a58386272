"""What a refusal says: what is missing with the nearest fact, or one short line with a question to ask."""

from collections.abc import Sequence

from assistant import texts
from assistant.answer.quotes import Found, item, joined, sentences_of_block
from assistant.retrieval.coverage import is_far
from assistant.types import Claim, Sentence
from ingest.index.open import Index
from ingest.text.sentences import is_item


def nearest_fact(found: Found, missing: Sequence[str]) -> tuple[Claim, ...]:
    """Return a line that names what the text lacks, with the nearest fact; nothing for a far question."""
    if not found.blocks or (is_far(found.index, found.passages) and not found.query.mentions.practices):
        return ()
    block = sentences_of_block(found, found.blocks[0])
    best = max(block, key=lambda sentence: sentence.score)
    quote: Sentence = item(best) if is_item(best.text) else best
    if quote.text.endswith(":"):  # It says nothing without the list that it leads to.
        quote = joined(block)
    lacks = texts.MISSING.format(names=texts.listed(missing)) if missing else texts.NOT_THERE
    return Claim(f"{lacks} {texts.NEAREST}"), Claim(quote.text, quote)


def refusal(index: Index) -> str:
    """Return the short line for a question about something else, with a question that can be asked."""
    example = [texts.EXAMPLE.format(question=one) for one in index.suggestions[:2][-1:]]
    return " ".join(filter(None, (texts.told(texts.REFUSAL, index.about), *example, index.about.elsewhere)))
